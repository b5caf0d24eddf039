"""Which records are marked together, which marks undo leaves alone, and what is said of it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from newsreader.app.marking import Marker, count_stories
from newsreader.app.undo import UnchangedError, UndoStack
from newsreader.domain.mark_changes import Identity, MarkChange
from newsreader.domain.marks import Mark, MarkSet
from newsreader.domain.record import Related
from newsreader.domain.story_page import entry_page
from newsreader.domain.tags import TagEdit
from newsreader.library import Library
from newsreader.library.marks.store import Marks, MarksError
from tests.builders import a_related
from tests.unit.app.conftest import SETTINGS, MarkedCorpus


def test_a_lead_is_marked_read_and_unread_with_its_reports(corpus: MarkedCorpus) -> None:
    change = corpus.marker.toggle(Mark.READ, corpus.page("a.md"))
    assert change.words == "Marked “a.md” and its 2 other reports as read"
    assert corpus.unread() == "alone"
    change = corpus.marker.toggle(Mark.READ, corpus.page("a.md"))
    assert change.words == "Marked “a.md” and its 2 other reports as unread"
    assert corpus.unread() == "a alone b c"


def test_a_report_is_marked_alone(corpus: MarkedCorpus) -> None:
    assert corpus.marker.toggle(Mark.READ, corpus.page("b.md")).words == "Marked “b.md” as read"
    assert corpus.unread() == "a alone c"


def test_a_setting_leaves_reports_out(corpus: MarkedCorpus) -> None:
    settings = SETTINGS._replace(mark_coverage=False)
    with closing(Marker(corpus.library, settings, corpus.undo)) as marker:
        assert marker.toggle(Mark.READ, corpus.page("a.md")).words == "Marked “a.md” as read"
        marker.toggle_all(Mark.READ, [corpus.id_of("a.md"), corpus.id_of("alone.md")])
    assert corpus.unread() == "b c"


@pytest.mark.parametrize(
    ("mark", "words"),
    [
        (Mark.STARRED, ("Starred “a.md”", "Removed the star from “a.md”")),
        (Mark.LATER, ("Saved “a.md” to read later", "Removed “a.md” from read later")),
        (Mark.HIDDEN, ("Hid “a.md”", "Unhid “a.md”")),
    ],
)
def test_other_marks_are_toggled_for_the_record_alone(
    corpus: MarkedCorpus, mark: Mark, words: tuple[str, str]
) -> None:
    page = corpus.page("a.md")
    assert (corpus.marker.toggle(mark, page).words, corpus.marker.toggle(mark, page).words) == words
    assert corpus.page("b.md").marks == MarkSet.NONE


def test_several_are_unmarked_only_if_all_have_the_mark(corpus: MarkedCorpus) -> None:
    ids = [corpus.id_of("a.md"), corpus.id_of("alone.md")]
    corpus.marker.toggle(Mark.STARRED, corpus.page("alone.md"))
    assert corpus.marker.toggle_all(Mark.STARRED, ids).words == "Starred 2 stories"
    assert corpus.marker.toggle_all(Mark.STARRED, ids).words == "Removed the star from 2 stories"
    corpus.marker.toggle_all(Mark.READ, ids)
    assert corpus.unread() == ""


def test_hiding_changes_lists_and_so_does_undoing_it(corpus: MarkedCorpus) -> None:
    ids = [corpus.id_of("b.md"), corpus.id_of("alone.md")]
    change = corpus.marker.toggle_all(Mark.HIDDEN, ids)
    assert (change.words, change.hides) == ("Hid 2 stories", True)
    assert corpus.unread() == "a c"
    assert corpus.undo.undo().hides
    assert corpus.unread() == "a alone b c"
    assert not corpus.marker.toggle_all(Mark.STARRED, ids).hides


def test_all_of_a_list_are_marked_read_once(corpus: MarkedCorpus) -> None:
    assert corpus.marker.mark_all_read([corpus.id_of("b.md")]).words == "Marked 1 story as read"
    for ids in ([corpus.id_of("b.md")], []):
        with pytest.raises(UnchangedError, match="Nothing has changed"):
            corpus.marker.mark_all_read(ids)


def test_a_note_is_set_kept_and_removed(corpus: MarkedCorpus) -> None:
    page = corpus.page("alone.md")
    assert corpus.marker.note(page, "look").words == "Noted something on “alone.md”"
    with pytest.raises(UnchangedError, match="The note is unchanged"):
        corpus.marker.note(page, "look")
    assert corpus.page("alone.md").note == "look"
    assert corpus.marker.note(page, " ").words == "Removed the note from “alone.md”"
    assert corpus.page("alone.md").note == ""


def test_tags_are_added_and_removed_as_one_step(corpus: MarkedCorpus) -> None:
    change = corpus.marker.tag(corpus.page("alone.md"), TagEdit(("ai", "work")))
    assert change.words == "Tagged “alone.md” #ai #work"
    ids = [corpus.id_of("a.md"), corpus.id_of("alone.md")]
    assert corpus.marker.common_tags(ids) == ()
    change = corpus.marker.tag_all(ids, TagEdit(("later",), ("work",)))
    assert change.words == "Tagged 2 stories #later -#work"
    assert corpus.page("alone.md").tags == ("ai", "later")
    assert corpus.marker.common_tags(ids) == ("later",)
    assert corpus.marker.common_tags([]) == ()
    corpus.undo.undo()
    assert (corpus.page("a.md").tags, corpus.page("alone.md").tags) == ((), ("ai", "work"))
    with pytest.raises(UnchangedError, match="The tags are unchanged"):
        corpus.marker.tag(corpus.page("alone.md"), TagEdit(("ai",)))


def test_a_story_that_was_shown_is_read_and_undo_leaves_that_alone(corpus: MarkedCorpus) -> None:
    corpus.marker.toggle(Mark.STARRED, corpus.page("alone.md"))
    page = corpus.page("a.md")
    assert corpus.marker.mark_shown(page)
    assert not corpus.marker.mark_shown(page)  # as it was read before
    assert not corpus.marker.mark_shown(corpus.page("a.md"))
    assert corpus.unread() == "alone"
    assert corpus.undo.undo().words == "Starred “alone.md”"
    assert corpus.unread() == "alone"
    with pytest.raises(UnchangedError, match="Nothing to undo"):
        corpus.undo.undo()


def test_marking_by_hand_is_a_setting(corpus: MarkedCorpus) -> None:
    by_hand = Marker(corpus.library, SETTINGS._replace(mark_read_after=None), UndoStack())
    assert not by_hand.mark_shown(corpus.page("a.md"))


def test_a_related_entry_is_marked_by_its_address(corpus: MarkedCorpus) -> None:
    page = entry_page(a_related(title="Far away", web_url="https://far.example/page"))
    assert not corpus.marker.mark_shown(page)
    corpus.marker.toggle(Mark.STARRED, page)
    with closing(Marks(corpus.library.marks_file or Path())) as marks:
        assert marks.get(Identity.named("https://far.example/page"), Mark.STARRED) == 1
    nameless = entry_page(Related(title="Nowhere"))
    with pytest.raises(UnchangedError, match="cannot be marked"):
        corpus.marker.note(nameless, "text")


def test_without_a_file_of_marks_nothing_is_marked(corpus: MarkedCorpus) -> None:
    undo = UndoStack()
    library = Library(corpus.library.root, corpus.library.index.parent)
    marker = Marker(library, SETTINGS, undo)
    with pytest.raises(MarksError, match="Nothing can be marked here"):
        marker.toggle(Mark.STARRED, corpus.page("a.md"))
    assert not marker.mark_shown(corpus.page("a.md"))
    for step in (undo.undo, undo.redo):
        with pytest.raises(UnchangedError):
            step()
    marker.close()


def test_damage_is_reported_once(corpus: MarkedCorpus) -> None:
    assert corpus.library.marks_file is not None
    corpus.library.marks_file.write_bytes(b"no database at all " * 500)
    assert "The marks were damaged" in corpus.marker.open()
    assert corpus.marker.open() == ""


def test_changes_by_others_are_told_from_own_ones(corpus: MarkedCorpus) -> None:
    before = corpus.marker.store
    corpus.marker.open()
    store = corpus.marker.store
    assert before is None
    assert store is not None
    corpus.marker.toggle(Mark.STARRED, corpus.page("a.md"))
    corpus.marker.mark_shown(corpus.page("a.md"))
    assert not store.changed_elsewhere()
    assert corpus.library.marks_file is not None
    with closing(Marks(corpus.library.marks_file)) as marks:
        marks.set("Starred", [MarkChange(Identity.named("https://news.example/b"), Mark.STARRED, 1)])
    assert store.changed_elsewhere()
    assert not store.changed_elsewhere()


def test_marks_are_read_apart_from_rows(corpus: MarkedCorpus) -> None:
    starred, plain = corpus.id_of("a.md"), corpus.id_of("b.md")
    corpus.marker.toggle(Mark.STARRED, corpus.page("a.md"))
    with closing(corpus.library.reader()) as reader:
        assert reader.marks_for([starred, plain, 99]) == {starred: MarkSet.STARRED, plain: MarkSet.NONE}


def test_stories_are_counted_in_words() -> None:
    assert [count_stories(number) for number in (1, 2, 1_000)] == ["1 story", "2 stories", "1,000 stories"]
