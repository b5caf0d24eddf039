"""Whether an index is as new as its corpus is told quickly, and never wrongly for long."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from newsreader.domain.ranking import DAY
from newsreader.library.index import freshness
from newsreader.library.index.freshness import SCAN, SUM, TRUSTED, FolderScan, is_fresh
from newsreader.library.indexing.refresh import refresh
from tests.unit.library.corpora import JUNE, Corpus


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    corpus = Corpus(tmp_path)
    corpus.put("_news/a.md")
    corpus.put("_archive/b.md")
    settle(corpus.root)
    corpus.refresh()
    return corpus


@pytest.fixture
def large(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> Corpus:
    """A corpus in which looking at every file would take too long."""
    monkeypatch.setattr(freshness, "CHEAP", -1)
    return corpus


def settle(root: Path) -> None:
    """Let all folders be as if they were changed long ago."""
    for folder, _, _ in os.walk(root):
        os.utime(folder, (JUNE, JUNE))


def facts(corpus: Corpus) -> dict[str, object]:
    with closing(sqlite3.connect(corpus.index)) as connection:
        return dict(connection.execute("SELECT name, value FROM fact"))


def fresh(corpus: Corpus, later: int = 0, half_life: int = DAY) -> bool:
    return is_fresh(facts(corpus), corpus.root, half_life, lambda: time.time_ns() + later)


def test_nothing_has_changed(corpus: Corpus) -> None:
    assert fresh(corpus)
    with corpus.reader() as reader:
        assert reader.catalogue.is_fresh(corpus.root, DAY)


@pytest.mark.parametrize("later", [0, 10 * TRUSTED])
def test_in_a_small_corpus_every_change_is_seen_at_once(corpus: Corpus, later: int) -> None:
    assert fresh(corpus, later)
    corpus.put("_news/a.md", title="written in place")
    settle(corpus.root)
    assert not fresh(corpus, later)


def test_in_a_large_corpus_the_folders_tell_of_files_that_come_and_go(large: Corpus) -> None:
    assert fresh(large)
    large.put("_news/c.md")
    assert not fresh(large)
    settle(large.root)
    for _ in refresh(large.root, large.index):
        pass
    assert fresh(large)
    (large.root / "_archive" / "b.md").unlink()
    assert not fresh(large)


def test_a_file_that_is_written_in_place_is_noticed_when_the_trust_ends(large: Corpus) -> None:
    large.put("_news/a.md", title="written in place")
    settle(large.root)
    assert fresh(large)
    assert not fresh(large, TRUSTED + 1)
    assert not fresh(large, -TRUSTED)  # the clock was set back


def test_a_look_that_finds_nothing_renews_the_trust(large: Corpus) -> None:
    before = FolderScan.from_bytes(facts(large)[SCAN])  # type: ignore[arg-type]
    assert [progress.changed for progress in refresh(large.root, large.index)] == [False]
    after = FolderScan.from_bytes(facts(large)[SCAN])  # type: ignore[arg-type]
    assert after.began > before.began
    assert after.folders == before.folders


def test_a_folder_that_has_just_changed_is_not_trusted(large: Corpus) -> None:
    (large.root / "_news").touch()
    for _ in refresh(large.root, large.index):
        pass
    assert not fresh(large)


def test_a_folder_or_corpus_that_is_gone_is_a_change(corpus: Corpus, tmp_path: Path) -> None:
    corpus.root.rename(tmp_path / "elsewhere")
    assert not fresh(corpus)


def test_a_folder_that_is_gone_is_a_change_in_a_large_corpus(large: Corpus, tmp_path: Path) -> None:
    large.root.rename(tmp_path / "elsewhere")
    assert not fresh(large)


def test_scores_of_another_half_life_are_old(corpus: Corpus) -> None:
    assert not fresh(corpus, half_life=2 * DAY)


def test_an_index_that_tells_nothing_of_it_is_old(corpus: Corpus) -> None:
    known = facts(corpus)
    for name in (SUM, SCAN):
        assert not is_fresh({key: value for key, value in known.items() if key != name}, corpus.root, DAY)


def test_a_look_is_kept_whatever_the_folders_are_called() -> None:
    odd = os.fsdecode(b"/news/caf\xe9 \n\xc3\xa9")
    look = FolderScan(12, 34, {odd: 56, "/": 0})
    assert FolderScan.from_bytes(look.to_bytes()) == look
    assert FolderScan.from_bytes(FolderScan(1, 2, {}).to_bytes()) == FolderScan(1, 2, {})
