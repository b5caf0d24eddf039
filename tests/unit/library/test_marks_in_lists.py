"""Marks as rows, stories and filters show them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from newsreader.domain.mark_changes import Identity, MarkChange
from newsreader.domain.marks import Mark, MarkSet
from newsreader.domain.statistics import ReadCounts
from newsreader.domain.view import View
from newsreader.library import IndexFailedError
from newsreader.library.marks.store import Marks
from newsreader.library.queries.reader import Reader
from tests.unit.library.corpora import EVERYTHING, Corpus


class Desk:
    """A corpus of four records with its marks, at a time that is told."""

    def __init__(self, folder: Path) -> None:
        self.corpus = corpus = Corpus(folder)
        for name in "abc":
            corpus.put(f"{name}.md", webUrl=f"https://news.example/{name}", quality=ord(name))
        corpus.put("path.md", webUrl="https://site.example/", quality=1)
        corpus.refresh()
        self.file = folder / "state" / "marks.sqlite"
        self.now = 1_000.0
        self.marks = Marks(self.file, now=lambda: self.now)
        self.reader = Reader(corpus.index, marks=self.file)

    def found(self, filter_: str) -> str:
        ids = self.reader.ids(EVERYTHING._replace(filter=filter_))
        return " ".join(sorted(row.title for row in self.reader.headlines(ids) if row))

    def mark(self, mark: Mark, *titles: str, value: int | str = 1) -> None:
        ids = self.ids(*titles)
        changes = [
            MarkChange(identity, mark, value, title) for identity, title in self.reader.identities(ids)
        ]
        self.marks.set("marked", changes)

    def ids(self, *titles: str) -> list[int]:
        all_ids = self.reader.ids(EVERYTHING)
        named = {row.title: row.record_id for row in self.reader.headlines(all_ids) if row}
        return [named[title] for title in titles]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    desk.marks.close()
    desk.reader.close()


def test_rows_and_stories_carry_the_marks_that_were_made(desk: Desk) -> None:
    desk.mark(Mark.READ, "a.md", "path.md")
    desk.mark(Mark.STARRED, "a.md")
    desk.mark(Mark.NOTE, "b.md", value="Remember.")
    marks = {row.title: row.marks for row in desk.reader.headlines(desk.reader.ids(EVERYTHING)) if row}
    assert marks == {
        "a.md": MarkSet.READ | MarkSet.STARRED,
        "b.md": MarkSet.NOTE,
        "c.md": MarkSet.NONE,
        "path.md": MarkSet.READ,
    }
    a, b = desk.ids("a.md", "b.md")
    assert desk.reader.marks_for([a, b, 10**6]) == {a: MarkSet.READ | MarkSet.STARRED, b: MarkSet.NOTE}
    page = desk.reader.page(b)
    assert page is not None
    assert (page.marks, page.note) == (MarkSet.NOTE, "Remember.")


def test_records_are_marked_by_their_page_or_else_by_their_path(desk: Desk) -> None:
    assert {
        title: identity.name for identity, title in desk.reader.identities(desk.ids("a.md", "path.md"))
    } == {
        "a.md": "https://news.example/a",
        "path.md": "path:path.md",
    }
    assert desk.reader.identities([99_999]) == []


def test_marks_stay_when_the_file_moves(desk: Desk) -> None:
    desk.mark(Mark.STARRED, "a.md")
    (desk.corpus.root / "a.md").rename(desk.corpus.root / "z.md")
    desk.corpus.refresh()
    assert desk.found("is:starred") == "a.md"


@pytest.mark.parametrize(
    ("filter_", "expected"),
    [
        ("is:read", "a.md path.md"),
        ("is:unread", "b.md c.md"),
        ("-is:read", "b.md c.md"),
        ("is:starred", "b.md"),
        ("is:later", "c.md"),
        ("has:note", "a.md"),
        ("is:starred OR has:note", "a.md b.md"),
        ("is:unread quality>98", "c.md"),
        ("-has:note is:read", "path.md"),
    ],
)
def test_filters_find_what_is_marked(desk: Desk, filter_: str, expected: str) -> None:
    desk.mark(Mark.READ, "a.md", "path.md", "b.md")
    desk.mark(Mark.READ, "b.md", value=0)
    desk.mark(Mark.STARRED, "b.md", "c.md")
    desk.mark(Mark.STARRED, "c.md", value=0)
    desk.mark(Mark.LATER, "c.md")
    desk.mark(Mark.NOTE, "a.md", value="0")
    assert desk.found(filter_) == expected
    view = EVERYTHING._replace(filter=filter_)
    assert desk.reader.count(view) == len(expected.split())


@pytest.mark.parametrize(
    ("filter_", "expected"),
    [
        ("is:tagged", "a.md b.md"),
        ("tag:ai", "a.md b.md"),  # the last word is still being typed
        ("tag:=ai", "a.md"),
        ("tag:ai ", "a.md"),
        ("tag:#AI,work ", "a.md b.md"),
        ("tag:i ", ""),
        ("-tag:=ai is:tagged", "b.md"),
    ],
)
def test_filters_find_tags(desk: Desk, filter_: str, expected: str) -> None:
    desk.mark(Mark.TAGS, "a.md", value="ai home")
    desk.mark(Mark.TAGS, "b.md", value="work airport")
    desk.mark(Mark.TAGS, "c.md", value="ai")
    desk.mark(Mark.TAGS, "c.md", value="")
    assert desk.found(filter_) == expected


def test_tags_are_counted_and_stories_carry_them(desk: Desk) -> None:
    desk.mark(Mark.TAGS, "a.md", "path.md", value="work ai")
    desk.mark(Mark.TAGS, "b.md", value="work")
    desk.mark(Mark.TAGS, "c.md", value="gone")
    desk.mark(Mark.TAGS, "c.md", value="")
    assert list(desk.reader.tags().items()) == [("ai", 2), ("work", 3)]
    page = desk.reader.page(desk.ids("a.md")[0])
    assert page is not None
    assert (page.marks, page.tags) == (MarkSet.TAGS, ("ai", "work"))
    with closing(Reader(desk.corpus.index)) as blind:
        assert blind.tags() == {}
        assert blind.count(EVERYTHING._replace(filter="tag:work OR is:tagged")) == 0


def test_what_is_read_in_a_list_of_unread_stories_stays_in_it(desk: Desk) -> None:
    desk.mark(Mark.READ, "a.md")
    desk.now = 2_000.0
    desk.reader.marks.as_of = 1_500_000
    desk.mark(Mark.READ, "b.md")
    assert desk.found("is:unread") == "b.md c.md path.md"
    desk.mark(Mark.STARRED, "c.md")
    desk.mark(Mark.STARRED, "c.md", value=0)
    assert desk.found("is:starred") == "c.md"


def test_marks_that_come_later_are_seen_and_none_are_missed_where_there_are_none(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path)
    corpus.put("a.md", webUrl="https://news.example/a")
    corpus.refresh()
    file = tmp_path / "marks.sqlite"
    with closing(Reader(corpus.index, marks=file)) as reader, closing(Reader(corpus.index)) as blind:
        unread = View(filter="is:unread")
        assert reader.count(unread) == blind.count(unread) == 1
        assert reader.marks.note(1) == ""
        with closing(Marks(file)) as marks:
            marks.set("read", [MarkChange(Identity.named("https://news.example/a"), Mark.READ, 1)])
        assert reader.count(unread) == 0
        assert blind.count(unread) == 1
        assert blind.count(View(filter="is:read OR is:starred OR is:later OR has:note")) == 0


@pytest.mark.parametrize(
    "spoil",
    [
        lambda file: file.write_bytes(b"no database" * 1000),
        lambda file: sqlite3.connect(file).execute("PRAGMA user_version = 99").connection.close(),
        lambda file: (file.unlink(), file.mkdir()),
    ],
)
def test_marks_that_cannot_be_read_hide_no_records(tmp_path: Path, spoil: Callable[[Path], object]) -> None:
    corpus = Corpus(tmp_path)
    corpus.put("a.md")
    corpus.refresh()
    file = tmp_path / "marks.sqlite"
    Marks(file).close()
    spoil(file)
    with closing(Reader(corpus.index, marks=file)) as reader:
        assert reader.count(View(filter="is:unread")) == 1
        assert [row.marks for row in reader.headlines(reader.ids(EVERYTHING)) if row] == [MarkSet.NONE]


def test_marks_that_break_while_they_are_read_are_told(desk: Desk) -> None:
    assert desk.found("") != ""
    desk.marks._connection.execute("DROP TABLE mark")
    with pytest.raises(IndexFailedError):
        desk.reader.headlines(desk.reader.ids(EVERYTHING))
    with pytest.raises(IndexFailedError):
        desk.reader.page(1)


def test_unread_records_are_found_in_the_order_of_the_list(desk: Desk) -> None:
    desk.mark(Mark.READ, "b.md")
    ids = desk.ids("c.md", "b.md", "a.md")
    assert list(desk.reader.unread([*ids, 99_999])) == [(ids[0], 0), (ids[2], 2)]
    many = ids * 300
    assert len(list(desk.reader.unread(many))) == 600


def test_read_records_are_counted_by_scope_and_topic(desk: Desk) -> None:
    assert desk.reader.count_read(EVERYTHING) == ReadCounts()
    desk.corpus.put("d.md", webUrl="https://news.example/d", topics=["Law"])
    desk.corpus.put("e.md", webUrl="https://news.example/e", topics=["Law", "AI"], published=False)
    desk.corpus.refresh()
    desk.mark(Mark.READ, "a.md", "d.md", "e.md")
    desk.mark(Mark.STARRED, "b.md")
    assert desk.reader.count_read(View()) == ReadCounts(2, {"law": 1})
    assert desk.reader.count_read(EVERYTHING) == ReadCounts(3, {"law": 2, "ai": 1})
    desk.mark(Mark.READ, "d.md", value=0)
    desk.mark(Mark.HIDDEN, "e.md")
    assert desk.reader.count_read(EVERYTHING) == ReadCounts(1, {})


def test_without_marks_nothing_is_read(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path)
    corpus.put("a.md")
    corpus.refresh()
    with corpus.reader() as reader:
        assert reader.count_read(View()) == ReadCounts()
