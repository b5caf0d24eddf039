"""The facade: a corpus with its index, and what importing it costs."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from newsreader.domain.ranking import DAY
from newsreader.domain.view import Scope, View
from newsreader.library import IndexUnusableError, Library
from newsreader.library.indexing.refresh import refresh
from tests.unit.library.corpora import Corpus


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    corpus = Corpus(tmp_path)
    corpus.put("a.md", title="Alpha")
    corpus.put("b.md", title="Beta", published=False)
    return corpus


@pytest.fixture
def library(corpus: Corpus, tmp_path: Path) -> Library:
    return Library(corpus.root, tmp_path / "caches")


def build(library: Library) -> None:
    for _ in refresh(library.root, library.index, half_life=library.half_life):
        pass


# The index of a corpus.


def test_a_library_starts_without_an_index_and_writes_nothing(library: Library, tmp_path: Path) -> None:
    assert not library.is_indexed
    assert library.first_listing(View(), 10) is None
    with pytest.raises(IndexUnusableError):
        library.reader()
    assert not (tmp_path / "caches").exists()


def test_a_refresh_in_a_process_of_its_own_builds_the_index(library: Library) -> None:
    indexer = library.refresh()
    assert list(indexer.progress())[-1].finished
    indexer.stop()
    assert library.is_indexed
    with closing(library.reader()) as reader:
        assert reader.count(View(Scope.EVERYTHING)) == 2


def test_an_index_that_is_begun_can_be_read(library: Library) -> None:
    next(refresh(library.root, library.index))
    assert library.is_indexed


def test_a_discarded_index_is_gone_with_all_beside_it(library: Library) -> None:
    build(library)
    library.discard_index()
    assert not library.is_indexed
    assert list(library.index.parent.iterdir()) == []
    library.discard_index()


def test_the_corpus_is_only_ever_read(library: Library, corpus: Corpus) -> None:
    def look() -> list[tuple[str, int, bytes]]:
        files = (path for path in corpus.root.rglob("*") if path.is_file())
        return sorted((str(path), path.stat().st_mtime_ns, path.read_bytes()) for path in files)

    before = look()
    build(library)
    library.discard_index()
    assert look() == before


# The first listing.


def test_the_first_listing_is_what_a_reader_gives(library: Library) -> None:
    build(library)
    listing = library.first_listing(View(), 10)
    assert listing is not None
    assert [headline and headline.title for headline in listing.headlines] == ["Alpha"]
    assert listing.is_whole
    with closing(library.reader()) as reader:
        assert listing == reader.first_listing(View(), window=10)


def test_there_is_no_first_listing_where_the_index_is_damaged(library: Library) -> None:
    build(library)
    with closing(sqlite3.connect(library.index)) as connection:
        connection.execute("DROP TABLE detail")
        connection.execute("DROP TABLE record")
    assert library.is_indexed
    assert library.first_listing(View(), 10) is None


# Names of indexes.


def test_each_corpus_has_an_index_of_its_own_with_a_name_to_recognise(tmp_path: Path) -> None:
    names = [
        Library(tmp_path / folder, tmp_path).index.name
        for folder in ("news", "other/news", "my news: (2021)", "Été", "x" * 200)
    ]
    assert len(set(names)) == 5
    assert [name.rpartition("-")[0] for name in names] == [
        "news",
        "news",
        "my-news---2021-",
        "Été",
        "x" * 40,
    ]
    assert all(name.endswith(".sqlite") for name in names)


def test_the_root_of_a_file_system_is_a_corpus_too(tmp_path: Path) -> None:
    assert Library(Path(tmp_path.anchor), tmp_path).index.name.startswith("corpus-")


def test_all_ways_to_one_folder_lead_to_one_index(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "link").symlink_to(corpus.root)
    monkeypatch.chdir(tmp_path)
    ways = [corpus.root, tmp_path / "link", Path("corpus"), Path("corpus/../link")]
    assert len({Library(way, tmp_path).index for way in ways}) == 1
    assert {Library(way, tmp_path).root for way in ways} == {corpus.root.resolve()}


def test_a_folder_whose_name_is_no_text_has_an_index(tmp_path: Path) -> None:
    library = Library(tmp_path / os.fsdecode(b"bad\xff"), tmp_path)
    assert library.index.name.startswith("bad--")
    assert library.index.name.isascii()


def test_the_half_life_is_a_day_unless_another_is_wanted(tmp_path: Path) -> None:
    assert Library(tmp_path, tmp_path).half_life == DAY
    assert Library(tmp_path, tmp_path, 7 * DAY).half_life == 7 * DAY


# What an import brings along.


def test_importing_and_reading_leave_heavy_packages_alone(library: Library) -> None:
    build(library)
    script = """
import sys
before = set(sys.modules)
from pathlib import Path
from newsreader.domain.view import View
from newsreader.library import Library
library = Library(Path(sys.argv[1]), Path(sys.argv[2]))
library.first_listing(View(), 10)
reader = library.reader()
reader.listing(View(filter="alpha"), window=10)
reader.topics(), reader.problems()
print(*sys.modules.keys() - before)
"""
    ran = subprocess.run(
        [sys.executable, "-c", script, str(library.root), str(library.index.parent)],
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = {name.partition(".")[0] for name in ran.stdout.split()}
    assert "newsreader" in loaded
    assert loaded.isdisjoint(
        {"textual", "rich", "yaml", "frontmatter", "httpx", "multiprocessing", "platformdirs"}
    )
