"""What is kept of a visit, and what is new since then."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from newsreader.domain.ranking import Order
from newsreader.domain.view import Scope, View
from newsreader.library import Library
from newsreader.library.queries.reader import Reader
from newsreader.state.visits import Visit, keep_visit, read_visit
from tests.unit.library.corpora import EVERYTHING, JUNE, Corpus

NEWEST = View(order=Order.NEW)
SOMEWHERE = View(
    Scope.EVERYTHING,
    "AI",
    "video",
    'chips "open source"',
    Order.QUALITY,
    order_chosen=True,
    provider="forbes",
)


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    """Three records that came in June 2021, and were indexed then."""
    corpus = Corpus(tmp_path)
    for number in (1, 2, 3):
        corpus.put(f"_news/{number}.md", publishedDateTime=JUNE + number)
    corpus.refresh()
    return corpus


def reader_of(corpus: Corpus, last_visit: int | None) -> Reader:
    return Reader(corpus.index, last_visit=last_visit)


def paths_in(reader: Reader, view: View) -> list[str]:
    return [reader.path_of(id_) for id_ in reader.ids(view)]


def test_a_stored_visit_round_trips(tmp_path: Path) -> None:
    visit = Visit(1_624_752_000_123, SOMEWHERE, "_news/caf\udce9.md", 17)
    file = tmp_path / "state" / "visits" / "corpus.json"
    keep_visit(file, visit)
    assert read_visit(file) == visit
    keep_visit(file, visit._replace(ended=5))
    assert read_visit(file) == visit._replace(ended=5)
    assert [path.name for path in file.parent.iterdir()] == ["corpus.json"]


def test_a_missing_file_is_no_visit(tmp_path: Path) -> None:
    assert read_visit(tmp_path / "none.json") is None


def test_a_write_error_is_ignored(tmp_path: Path) -> None:
    (tmp_path / "visits").write_text("in the way")
    keep_visit(tmp_path / "visits" / "corpus.json", Visit(1))
    assert (tmp_path / "visits").read_text() == "in the way"


@pytest.mark.parametrize(
    "damage",
    [
        {"version": 2},
        {"ended": "yesterday"},
        {"view": {}},
        {"view": {"scope": "front page", "order": "by luck"}},
        {"line": None},
    ],
)
def test_an_invalid_visit_is_ignored(tmp_path: Path, damage: dict[str, Any]) -> None:
    file = tmp_path / "corpus.json"
    keep_visit(file, Visit(1))
    file.write_text(json.dumps(json.loads(file.read_text()) | damage))
    assert read_visit(file) is None


def test_a_visit_of_an_earlier_version_is_in_no_language(tmp_path: Path) -> None:
    file = tmp_path / "corpus.json"
    keep_visit(file, Visit(1, SOMEWHERE))
    stored = json.loads(file.read_text())
    del stored["view"]["language"]
    file.write_text(json.dumps(stored))
    assert read_visit(file) == Visit(1, SOMEWHERE)


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff\xfe", b"[" * 90_000, b"{}"])
def test_a_damaged_file_is_no_visit(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "corpus.json"
    file.write_bytes(content)
    assert read_visit(file) is None


def test_a_visit_with_an_invalid_filter_is_ignored(tmp_path: Path) -> None:
    file = tmp_path / "corpus.json"
    keep_visit(file, Visit(1, View(filter="quality>=abc")))
    assert read_visit(file) is None


def test_without_a_visit_everything_is_new_and_not_counted(corpus: Corpus) -> None:
    reader = reader_of(corpus, None)
    assert len(reader.ids(View(filter="is:new"))) == 3
    assert reader.counts(Scope.FRONT).new is None
    assert reader.listing(NEWEST, window=10).seen_from is None


def test_a_rebuilt_index_keeps_the_age_of_the_files(corpus: Corpus) -> None:
    reader = reader_of(corpus, (JUNE + 2) * 1000)
    assert paths_in(reader, View(filter="is:new")) == ["_news/3.md"]
    assert reader.counts(Scope.FRONT).new == 1


def test_files_added_later_are_new_regardless_of_their_dates(corpus: Corpus) -> None:
    before = time.time_ns() // 1_000_000 - 1
    corpus.put("_news/4.md", publishedDateTime=JUNE - 100)
    corpus.put("_news/1.md", publishedDateTime=JUNE + 1, heat=7)
    corpus.refresh()
    reader = reader_of(corpus, before)
    assert paths_in(reader, View(filter="is:new")) == ["_news/4.md"]
    assert paths_in(reader, View(filter="-is:new -path:4.md")) == [
        path for path in paths_in(reader, View()) if path != "_news/4.md"
    ]


def test_a_list_sorted_by_time_marks_the_last_visit(corpus: Corpus) -> None:
    reader = reader_of(corpus, (JUNE + 1) * 1000)
    assert paths_in(reader, NEWEST) == ["_news/3.md", "_news/2.md", "_news/1.md"]
    assert reader.listing(NEWEST, window=10).seen_from == 2
    first = reader.first_listing(NEWEST, window=10)
    assert first is not None
    assert first.seen_from == 2
    assert reader.listing(View(), window=10).seen_from is None


@pytest.mark.parametrize("last_visit", [0, (JUNE + 9) * 1000])
def test_no_line_is_drawn_if_all_or_nothing_is_new(corpus: Corpus, last_visit: int) -> None:
    assert reader_of(corpus, last_visit).listing(NEWEST, window=10).seen_from is None


def test_a_record_is_found_again_by_its_path(corpus: Corpus) -> None:
    corpus.put_bytes(b"_news/caf\xe9.md", "---\ntitle: Accents\n---\n")
    corpus.refresh()
    with corpus.reader() as reader:
        for id_ in reader.ids(EVERYTHING):
            assert reader.record_at(reader.path_of(id_)) == id_
        assert reader.record_at("_news/none.md") is None
        assert reader.path_of(999) == ""


def test_a_library_restores_the_last_visit(corpus: Corpus, tmp_path: Path) -> None:
    library = Library(corpus.root, corpus.index.parent, visits=tmp_path / "visits")
    assert library.last_visit is None
    library.index = corpus.index
    assert library.visit_file is not None
    keep_visit(library.visit_file, Visit((JUNE + 2) * 1000, path="_news/1.md"))
    again = Library(corpus.root, corpus.index.parent, visits=tmp_path / "visits")
    again.index = corpus.index
    assert again.last_visit is not None
    assert again.reader().counts(Scope.FRONT).new == 1
    for window in (10, 1):
        listing = again.first_listing(NEWEST, window, again.last_visit.path)
        assert listing is not None
        assert listing.cursor == 2
        assert listing.ids[2] == again.reader().record_at("_news/1.md")


def test_a_deleted_record_is_not_searched_for(corpus: Corpus) -> None:
    library = Library(corpus.root, corpus.index.parent)
    library.index = corpus.index
    listing = library.first_listing(NEWEST, 10, "_news/gone.md")
    assert listing is not None
    assert listing.cursor == 0
