"""One undo stack for marks, notes and saved searches."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from newsreader.app.marking import Marker
from newsreader.app.saved_searches import SavedSearches, check_name
from newsreader.app.undo import ChangeTarget, StaleEditError, UnchangedError, UndoStack
from newsreader.domain.marks import Mark, MarkSet
from newsreader.domain.saved_search import SavedSearch
from newsreader.domain.view import View
from newsreader.library.marks.store import Marks
from newsreader.settings.saved_searches import SearchesError, SearchesFile
from tests.unit.app.conftest import SETTINGS, MarkedCorpus

KEYS = {"undo": "ctrl+z", "redo": "ctrl+y"}


@pytest.fixture
def file(tmp_path: Path) -> SearchesFile:
    return SearchesFile(tmp_path / "searches.toml")


@pytest.fixture
def saved(corpus: MarkedCorpus, file: SearchesFile) -> SavedSearches:
    return SavedSearches(file, corpus.undo, Path("/corpus"))


@pytest.fixture
def later(corpus: MarkedCorpus) -> Iterator[UndoStack]:
    """The undo stack of a later session."""
    undo = UndoStack()
    with closing(Marker(corpus.library, SETTINGS, undo)):
        yield undo


def _names(file: SearchesFile) -> list[str]:
    return [search.name for search in file.read().searches]


def test_changes_are_undone_and_redone_in_their_order(
    corpus: MarkedCorpus, saved: SavedSearches, file: SearchesFile
) -> None:
    corpus.marker.toggle(Mark.STARRED, corpus.page("a.md"))
    saved.save("AI", View(topic="AI"))
    corpus.marker.note(corpus.page("a.md"), "look")
    done = [corpus.undo.undo() for _ in range(3)]
    assert [change.target for change in done] == [
        ChangeTarget.MARKS,
        ChangeTarget.SEARCHES,
        ChangeTarget.MARKS,
    ]
    assert corpus.page("a.md").marks == MarkSet.NONE
    assert _names(file) == []
    with pytest.raises(UnchangedError, match="Nothing to undo"):
        corpus.undo.undo()
    assert [corpus.undo.redo().words for _ in range(3)] == [change.words for change in reversed(done)]
    assert corpus.page("a.md").marks == MarkSet.STARRED | MarkSet.NOTE
    assert _names(file) == ["AI"]
    with pytest.raises(UnchangedError, match="Nothing to redo"):
        corpus.undo.redo()


def test_messages_say_how_a_change_is_reversed(corpus: MarkedCorpus) -> None:
    change = corpus.marker.toggle(Mark.STARRED, corpus.page("a.md"))
    assert change.sentence(**KEYS) == "Starred “a.md”; ctrl+z undoes it."
    assert corpus.undo.undo().sentence(**KEYS) == "Undone: Starred “a.md”; ctrl+y redoes it."
    assert corpus.undo.redo().sentence(**KEYS) == "Redone: Starred “a.md”; ctrl+z undoes it."


def test_a_new_change_ends_what_can_be_redone(corpus: MarkedCorpus, saved: SavedSearches) -> None:
    corpus.marker.toggle(Mark.STARRED, corpus.page("a.md"))
    corpus.undo.undo()
    saved.save("AI", View())
    with pytest.raises(UnchangedError, match="Nothing to redo"):
        corpus.undo.redo()
    assert corpus.undo.undo().words == "Saved the search “AI”"


def test_marks_of_an_earlier_session_are_undone_and_redone(corpus: MarkedCorpus, later: UndoStack) -> None:
    corpus.marker.toggle(Mark.STARRED, corpus.page("a.md"))
    assert later.undo().words == later.redo().words == "Starred “a.md”"
    corpus.marker.undo()
    assert later.redo().words == "Starred “a.md”"


def test_what_another_instance_has_undone_is_skipped(corpus: MarkedCorpus, saved: SavedSearches) -> None:
    saved.save("AI", View())
    corpus.marker.toggle(Mark.STARRED, corpus.page("a.md"))
    assert corpus.library.marks_file is not None
    with closing(Marks(corpus.library.marks_file)) as elsewhere:
        elsewhere.undo()
    assert corpus.undo.undo().words == "Saved the search “AI”"


def test_a_file_that_somebody_else_has_changed_ends_the_undo_of_its_edits(
    corpus: MarkedCorpus, saved: SavedSearches, file: SearchesFile
) -> None:
    corpus.marker.toggle(Mark.STARRED, corpus.page("a.md"))
    saved.save("AI", View())
    saved.save("Chips", View())
    corpus.undo.undo()
    file.put(SavedSearch("Other"))
    with pytest.raises(StaleEditError, match="was changed by someone else"):
        corpus.undo.undo()
    assert corpus.undo.undo().words == "Starred “a.md”"
    assert _names(file) == ["AI", "Other"]


def test_searches_are_renamed_moved_and_deleted(
    corpus: MarkedCorpus, saved: SavedSearches, file: SearchesFile
) -> None:
    for name in ("One", "Two", "Three"):
        saved.save(name, View())
    assert saved.rename("One", " First ").words == "Renamed “One” to “First”"
    assert saved.move("Three", -1).words == "Moved the saved search “Three”"
    assert saved.move("First", 1).words == "Moved the saved search “First”"
    assert _names(file) == ["Three", "First", "Two"]
    assert saved.delete("First").words == "Deleted the saved search “First”"
    assert [search.name for search in saved.read().searches] == ["Three", "Two"]
    for _ in range(4):
        corpus.undo.undo()
    assert _names(file) == ["One", "Two", "Three"]


def test_a_search_at_an_end_cannot_be_moved_on(saved: SavedSearches) -> None:
    saved.save("One", View())
    with pytest.raises(UnchangedError, match="“One” is the first of the saved searches"):
        saved.move("One", -1)
    with pytest.raises(UnchangedError, match="“One” is the last of the saved searches"):
        saved.move("One", 1)
    with pytest.raises(SearchesError, match="There is no search “Gone”"):
        saved.move("Gone", 1)


def test_names_are_checked() -> None:
    assert check_name("AI") == ""
    assert check_name("  ") == "A name is needed."
    assert check_name(" AI", {"AI"}) == "There is already a search “AI”."
