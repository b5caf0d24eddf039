"""What is marked along with a story, and what is said of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from newsreader.app.marking import Marker, stories_in_words
from newsreader.domain.marks import Mark, MarkSet
from newsreader.domain.story_page import StoryPage
from newsreader.domain.view import Scope, View
from newsreader.library import Library
from newsreader.library.marks.store import Marks
from tests.unit.library.corpora import Corpus


class Desk:
    """A story of a lead and two reports, a record that stands alone, and their marks."""

    def __init__(self, folder: Path) -> None:
        corpus = Corpus(folder)
        entries = [{"title": f"Report {name}", "webUrl": f"https://news.example/{name}"} for name in "bc"]
        corpus.put(
            "a.md", webUrl="https://news.example/a", quality=9, heat=29, published=True, related=entries
        )
        for name in "bc":
            corpus.put(f"{name}.md", webUrl=f"https://news.example/{name}", heat=-1, published=False)
        corpus.put("alone.md", webUrl="https://news.example/alone", quality=1)
        corpus.refresh()
        self.library = Library(corpus.root, folder / "cache", marks=folder / "marks.sqlite")
        self.library.index = corpus.index
        self.marks = Marks(folder / "marks.sqlite")
        self.marker = Marker(self.library, with_coverage=True)

    def page(self, path: str) -> StoryPage:
        with closing(self.library.reader()) as reader:
            record_id = reader.record_at(path)
            page = None if record_id is None else reader.page(record_id)
        assert page is not None
        return page

    def id_of(self, path: str) -> int:
        record_id = self.page(path).record_id
        assert record_id is not None
        return record_id

    def unread(self) -> str:
        with closing(self.library.reader()) as reader:
            ids = reader.ids(View(Scope.EVERYTHING, filter="is:unread"))
            paths = [reader.path_of(id_) for id_ in ids]
        return " ".join(sorted(path.removesuffix(".md") for path in paths))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    with closing(desk.marks):
        yield desk


def test_a_lead_is_read_with_its_reports_and_unread_with_them(desk: Desk) -> None:
    marked = desk.marker.toggle(desk.marks, Mark.READ, desk.page("a.md"))
    assert marked == ("Marked “a.md” and its 2 other reports as read", 3)
    assert desk.unread() == "alone"
    desk.marker.toggle(desk.marks, Mark.READ, desk.page("a.md"))
    assert desk.unread() == "a alone b c"


def test_a_report_is_marked_alone(desk: Desk) -> None:
    desk.marker.toggle(desk.marks, Mark.READ, desk.page("b.md"))
    assert desk.unread() == "a alone c"


def test_a_lead_is_marked_alone_where_that_is_wanted(desk: Desk) -> None:
    alone = Marker(desk.library, with_coverage=False)
    alone.toggle(desk.marks, Mark.READ, desk.page("a.md"))
    assert desk.unread() == "alone b c"


def test_a_star_is_for_one_record(desk: Desk) -> None:
    marked = desk.marker.toggle(desk.marks, Mark.STARRED, desk.page("a.md"))
    assert marked.words.startswith("Starred “")
    assert MarkSet.STARRED not in desk.page("b.md").marks


def test_several_are_marked_together_and_their_reports_with_them(desk: Desk) -> None:
    ids = [desk.id_of("a.md"), desk.id_of("alone.md")]
    assert desk.marker.toggle_all(desk.marks, Mark.READ, ids).words == "Marked 2 stories as read"
    assert desk.unread() == ""
    assert desk.marker.toggle_all(desk.marks, Mark.READ, ids).words == "Marked 2 stories as unread"
    assert desk.unread() == "a alone b c"
    assert desk.marker.toggle_all(desk.marks, Mark.LATER, ids).changes == 2


def test_all_of_a_list_are_read(desk: Desk) -> None:
    assert desk.marker.read_all(desk.marks, [desk.id_of("a.md")]) == ("Marked 1 story as read", 1)
    assert desk.marker.read_all(desk.marks, []) == ("Marked 0 stories as read", 0)


def test_a_story_that_was_read_is_so_once(desk: Desk) -> None:
    page = desk.page("a.md")
    assert desk.marker.is_to_be_read(page)
    assert desk.marker.read(desk.marks, page).changes == 3
    assert desk.marker.read(desk.marks, page).changes == 0
    assert not desk.marker.is_to_be_read(desk.page("a.md"))


def test_nothing_is_to_be_read_where_nothing_is_marked(desk: Desk) -> None:
    unmarked = Marker(Library(desk.library.root, desk.library.index.parent), with_coverage=True)
    assert not unmarked.is_to_be_read(desk.page("a.md"))


def test_a_note_is_put_on_kept_and_taken_off(desk: Desk) -> None:
    page = desk.page("alone.md")
    assert desk.marker.note(desk.marks, page, "look").words.startswith("Noted something on “")
    assert desk.marker.note(desk.marks, page, "look") == ("The note is what it was.", 0)
    assert desk.marker.note(desk.marks, page, " ").words.startswith("Took the note off “")


def test_stories_are_counted_in_words() -> None:
    assert [stories_in_words(number) for number in (1, 2, 1_000)] == ["1 story", "2 stories", "1,000 stories"]
