"""Changing the saved searches, each time as a step that can be undone."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path
from typing import NamedTuple

from newsreader.app.undo import Change, ChangeTarget, StaleEditError, UnchangedError, UndoStack
from newsreader.domain.saved_search import SavedSearch, clean_name
from newsreader.domain.view import View
from newsreader.settings.saved_searches import Edit, Searches, SearchesError, SearchesFile

EVERYWHERE = "*"
"""Before a name: save the search for every corpus."""


class SavedSearches:
    """The saved searches of a corpus. Methods that change them raise `SearchesError` where they cannot.

    Args:
        file: The searches of all corpora.
        undo: Where changes are noted.
        corpus: The folder of the corpus.

    """

    def __init__(self, file: SearchesFile, undo: UndoStack, corpus: Path) -> None:
        self._file = file
        self._undo = undo
        self._corpus = str(corpus)

    def read(self) -> Searches:
        """Read the searches of this corpus and of every corpus."""
        found = self._file.read()
        own = tuple(search for search in found.searches if search.corpus in ("", self._corpus))
        return found._replace(searches=own)

    def save(self, name: str, view: View) -> Change:
        """Save what a list shows, replacing a search of that name; see `EVERYWHERE`.

        Raises:
            SearchesError: a search of another corpus has the name, or the file cannot be changed.

        """
        is_global = name.startswith(EVERYWHERE)
        search = SavedSearch.of(name.removeprefix(EVERYWHERE), view, "" if is_global else self._corpus)
        other = next((one for one in self._file.read().searches if one.name == search.name), search)
        if other.corpus not in ("", self._corpus):
            raise SearchesError(f"“{search.name}” is a saved search of {other.corpus}. Choose another name.")
        return self._edit(lambda: self._file.put(search), f"Saved the search “{search.name}”")

    def rename(self, name: str, new: str) -> Change:
        """Rename a search."""
        new = clean_name(new.removeprefix(EVERYWHERE))
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
    name = clean_name(typed.removeprefix(EVERYWHERE))
    if not name:
        return "A name is needed."
    return f"There is already a search “{name}”." if name in taken else ""
