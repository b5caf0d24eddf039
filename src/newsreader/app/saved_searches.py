"""Changing the saved searches, each time as a step that can be undone."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import NamedTuple

from newsreader.app.undo import Change, ChangeTarget, StaleEditError, UnchangedError, UndoStack
from newsreader.domain.saved_search import SavedSearch, clean_name
from newsreader.domain.view import View
from newsreader.settings.saved_searches import Edit, Searches, SearchesError, SearchesFile


class SavedSearches:
    """The saved searches of the user. Methods that change them raise `SearchesError` where they cannot."""

    def __init__(self, file: SearchesFile, undo: UndoStack) -> None:
        self._file = file
        self._undo = undo

    def read(self) -> Searches:
        """Read the file."""
        return self._file.read()

    def save(self, name: str, view: View) -> Change:
        """Save what a list shows, replacing a search of that name."""
        search = SavedSearch.of(name, view)
        return self._edit(lambda: self._file.put(search), f"Saved the search “{search.name}”")

    def rename(self, name: str, new: str) -> Change:
        """Rename a search."""
        new = clean_name(new)
        return self._edit(lambda: self._file.rename(name, new), f"Renamed “{name}” to “{new}”")

    def delete(self, name: str) -> Change:
        """Delete a search."""
        return self._edit(lambda: self._file.delete(name), f"Deleted the saved search “{name}”")

    def move(self, name: str, direction: int) -> Change:
        """Move a search up (-1) or down (1) by one place."""
        names = [search.name for search in self.read().searches]
        if name == (names or [""])[0 if direction < 0 else -1]:
            end = "first" if direction < 0 else "last"
            raise UnchangedError(f"“{name}” is the {end} of the saved searches.")
        other = names[names.index(name) + direction] if name in names else name
        return self._edit(lambda: self._file.swap(name, other), f"Moved the saved search “{name}”")

    def _edit(self, make: Callable[[], Edit], words: str) -> Change:
        self._undo.push(_EditStep(self._file, make(), words))
        return Change(words, ChangeTarget.SEARCHES)


class _EditStep(NamedTuple):
    """An edit of the file that can be reversed."""

    file: SearchesFile
    edit: Edit
    words: str

    def undo(self) -> Change:
        """Put the text before the edit back."""
        return self._replay(self.edit.reversed())

    def redo(self) -> Change:
        """Make the edit again."""
        return self._replay(self.edit)

    def _replay(self, edit: Edit) -> Change:
        try:
            self.file.replay(edit)
        except SearchesError as error:
            raise StaleEditError(str(error)) from error
        return Change(self.words, ChangeTarget.SEARCHES)


def check_name(typed: str, taken: Collection[str] = ()) -> str:
    """Explain why a text cannot be the name of a search; empty if it can."""
    name = clean_name(typed)
    if not name:
        return "A name is needed."
    return f"There is already a search “{name}”." if name in taken else ""
