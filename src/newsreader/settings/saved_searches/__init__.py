"""The file of saved searches: TOML that users can edit, changed one entry at a time."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from newsreader.domain.saved_search import SavedSearch
from newsreader.settings.saved_searches.editor import Layout
from newsreader.settings.saved_searches.parser import (
    Searches,
    SearchesError,
    name_of,
    read_entries,
    read_searches,
)

__all__ = ["Edit", "Searches", "SearchesError", "SearchesFile"]

MOST_BYTES = 1_000_000
"""Maximum size of the file in bytes."""


class Edit(NamedTuple):
    """A change of the file: its text before and after."""

    before: str
    after: str

    def reversed(self) -> Edit:
        """Return the change that undoes this one."""
        return Edit(self.after, self.before)


class SearchesFile:
    """Saved searches in a file. Methods may be called from any thread.

    Each change reads the file again and edits one entry; comments and other entries are preserved.
    The file need not exist.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = Lock()

    def read(self) -> Searches:
        """Read the valid searches in the order of the file, and a message for each error."""
        try:
            return read_searches(self._text(), self.path)
        except SearchesError as error:
            return Searches((), (str(error),))

    def put(self, search: SavedSearch) -> Edit:
        """Append a search, or replace the one with the same name."""

        def change(layout: Layout, names: Sequence[str]) -> list[str]:
            if search.name in names:
                layout.replace(names.index(search.name), search)
                return list(names)
            layout.append(search)
            return [*names, search.name]

        return self._change(change)

    def rename(self, name: str, new: str) -> Edit:
        """Rename a search. Raise SearchesError if the new name is taken."""

        def change(layout: Layout, names: Sequence[str]) -> list[str]:
            if new in names:
                raise SearchesError(f"There is already a search “{new}”.")
            layout.rename(names.index(name), new)
            return [new if name == other else other for other in names]

        return self._change(change, name)

    def swap(self, name: str, other: str) -> Edit:
        """Swap two searches."""

        def change(layout: Layout, names: Sequence[str]) -> list[str]:
            layout.swap(names.index(name), names.index(other))
            trade = {name: other, other: name}
            return [trade.get(one, one) for one in names]

        return self._change(change, name, other)

    def delete(self, name: str) -> Edit:
        """Delete a search."""

        def change(layout: Layout, names: Sequence[str]) -> list[str]:
            layout.delete(names.index(name))
            return [other for other in names if other != name]

        return self._change(change, name)

    def replay(self, edit: Edit) -> None:
        """Apply a change again. Raise SearchesError if the file has changed in the meantime."""
        with self._lock:
            if self._text() != edit.before:
                raise SearchesError(f"{self.path} was changed by someone else; it stays as it is.")
            self._write(edit.after)

    def _change(self, change: Callable[[Layout, Sequence[str]], list[str]], *needed: str) -> Edit:
        """Change the file.

        Args:
            change: Change the layout, and return the names it should have afterwards.
            needed: Names that must exist before.

        Raises:
            SearchesError: the file cannot be read, changed or written, or a name is missing.

        """
        with self._lock:
            before = self._text()
            names = [name_of(entry) for entry in read_entries(before, self.path)]
            for name in needed:
                if name not in names:
                    raise SearchesError(f"There is no search “{name}” in {self.path} any more.")
            layout = Layout(before)
            expected = change(layout, names) if len(layout) == len(names) else None
            after = str(layout)
            if expected is None or self._names(after) != expected:
                raise SearchesError(f"{self.path} is written in a way that only an editor can change.")
            self._write(after)
            return Edit(before, after)

    def _names(self, text: str) -> list[str] | None:
        """Return the names in a text; None if it is invalid."""
        try:
            return [name_of(entry) for entry in read_entries(text, self.path)]
        except SearchesError:
            return None

    def _text(self) -> str:
        try:
            with self.path.open("rb") as file:
                content = file.read(MOST_BYTES + 1)
        except FileNotFoundError:
            return ""
        except OSError as error:
            raise SearchesError(f"{self.path}: cannot be read ({error.strerror}).") from error
        if len(content) > MOST_BYTES:
            raise SearchesError(f"{self.path}: too long for a file of saved searches.")
        try:
            return content.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            line = content[: error.start].count(b"\n") + 1
            raise SearchesError(f"{self.path}:{line}: not UTF-8. Mend it in an editor.") from error

    def _write(self, text: str) -> None:
        import shutil  # only needed to save
        import tempfile

        try:
            path = self.path.resolve()  # it may be a link into a folder of dotfiles
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            if path.exists():
                shutil.copymode(path, name)
            Path(name).replace(path)
        except OSError as error:
            raise SearchesError(f"{self.path}: cannot be written ({error.strerror}).") from error
