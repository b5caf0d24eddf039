"""Saved searches: naming what the list shows, and changing what is saved, with a way back."""

from __future__ import annotations

from collections.abc import Callable, Collection
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from newsreader.domain.saved_search import SavedSearch, clean_name
from newsreader.domain.view import View
from newsreader.keymap.active import key_of
from newsreader.settings.saved_searches import Edit, SearchesError, SearchesFile
from newsreader.ui.controllers.topics import TopicsController
from newsreader.ui.message_router import handles
from newsreader.ui.messages import (
    MarksChanged,
    PageFetchEnded,
    SearchesChanged,
    SearchesRead,
    WorkerMessage,
)
from newsreader.ui.workers.job_queue import JobQueue

if TYPE_CHECKING:
    from textual.timer import Timer

    from newsreader.ui.controllers.context import ScreenContext


SOON = 0.5
"""Seconds after which changed marks are counted."""


class SavedSearchAction(StrEnum):
    """What a key asks of saved searches."""

    SAVE = "save"
    RENAME = "rename"
    UP = "up"
    DOWN = "down"
    DELETE = "delete"


class SavedSearchChange(NamedTuple):
    """A change of the file, and what it was in words."""

    edit: Edit
    words: str


class SavedSearchesController:
    """Keeps the saved searches of the sidebar and their file in step.

    Args:
        context: Of the main screen.
        file: Of the searches.
        topics: The sidebar.
        plain: The default view, which searches are applied to.
        on_change: Called after each change that can be undone.

    """

    def __init__(
        self,
        context: ScreenContext,
        file: SearchesFile,
        *,
        topics: TopicsController,
        plain: View,
        on_change: Callable[[], None],
    ) -> None:
        self._context = context
        self._file = file
        self._topics = topics
        self._plain = plain
        self._on_change = on_change
        self._names: tuple[str, ...] = ()
        self._counting: Timer | None = None
        self._complaints: tuple[str, ...] = ()
        self._done: list[SavedSearchChange] = []
        self._undone: list[SavedSearchChange] = []
        self._jobs = JobQueue(context.screen, "searches file")

    def read(self) -> None:
        """Read the file, and count what its searches find."""
        self._context.client.read_searches(self._file, self._plain)

    @handles(MarksChanged, PageFetchEnded)
    def count_soon(self, _: WorkerMessage) -> None:
        """Count what searches find after a change that they may depend on, once for many changes."""
        if self._counting is None and self._names:
            self._counting = self._context.screen.set_timer(SOON, self._count)

    def _count(self) -> None:
        self._counting = None
        self.read()

    @handles(SearchesRead)
    def take(self, answer: SearchesRead) -> None:
        """The file was read; a mistake in it is told once."""
        self._names = tuple(search.name for search in answer.searches)
        self._topics.take_searches(answer.searches, self._context.view)
        if answer.complaints and tuple(answer.complaints) != self._complaints:
            more = len(answer.complaints) - 1
            self._context.tell(answer.complaints[0] + (f" ({more} more)" if more else ""))
        self._complaints = tuple(answer.complaints)

    def stop(self) -> None:
        """Leave nothing undone."""
        self._jobs.finish()

    def act(self, wish: SavedSearchAction) -> None:
        """Do what a key asks for, or say why that cannot be done."""
        if wish is SavedSearchAction.SAVE:
            self._save()
        elif (name := self._topics.search_name) is None:
            sidebar, save = key_of("topics_pane"), key_of("save_search")
            words = f"{sidebar} goes to the sidebar; {save} saves what the list shows."
            self._context.tell(f"No saved search is chosen. {words}")
        elif wish is SavedSearchAction.RENAME:
            self._rename(name)
        elif wish is SavedSearchAction.DELETE:
            self._do(lambda: self._file.delete(name), f"Deleted the saved search “{name}”")
        else:
            self._move(name, -1 if wish is SavedSearchAction.UP else 1)

    @handles(SearchesChanged)
    def changed(self, answer: SearchesChanged) -> None:
        """The file was changed, or could not be."""
        if answer.failure:
            self._context.tell(answer.failure)
            if answer.is_replay:  # nor would what was done before fit to the file as it is now
                self._done.clear()
                self._undone.clear()
        elif answer.edit is not None:
            self._done.append(SavedSearchChange(answer.edit, answer.words))
            self._undone.clear()
            self._on_change()
            self._context.tell(f"{answer.words}; {key_of('undo')} undoes it.")
        else:
            self._context.tell(answer.words)
        self.read()

    def _save(self) -> None:
        view = self._context.view
        parts = (view.topic, view.type, view.provider, view.filter.strip())

        def save(name: str) -> None:
            search = SavedSearch.of(name, view)
            self._do(lambda: self._file.put(search), f"Saved the search “{search.name}”")

        about = f"The list shows {view.describe()}."
        self._ask("Save this search as", " ".join(part for part in parts if part), save, about=about)

    def _rename(self, name: str) -> None:
        def rename(new: str) -> None:
            if new != name:
                self._do(lambda: self._file.rename(name, new), f"Renamed “{name}” to “{new}”")

        self._ask("Rename the saved search", name, rename, taken=set(self._names) - {name})

    def _move(self, name: str, direction: int) -> None:
        place = self._names.index(name) + direction
        if 0 <= place < len(self._names):
            other = self._names[place]
            self._do(lambda: self._file.swap(name, other), f"Moved the saved search “{name}”")
        else:
            self._context.tell(
                f"“{name}” is the {'first' if direction < 0 else 'last'} of the saved searches."
            )

    def undo(self) -> None:
        """Take the last change back."""
        if self._done:
            step = self._done.pop()
            self._undone.append(step)
            words = f"Undone: {step.words}; {key_of('redo')} does it again."
            self._replay(step.edit.reversed(), words)

    def redo(self) -> None:
        """Make the change again that was taken back last."""
        if self._undone:
            step = self._undone.pop()
            self._done.append(step)
            self._replay(step.edit, f"Done again: {step.words}; {key_of('undo')} undoes it.")

    def _ask(
        self,
        title: str,
        text: str,
        use: Callable[[str], None],
        *,
        about: str = "",
        taken: Collection[str] = (),
    ) -> None:
        """Have a name typed, one that is not taken."""
        from newsreader.ui.dialogs.prompt import PromptScreen

        def refuse(typed: str) -> str:
            name = clean_name(typed)
            if not name:
                return "A name is needed."
            return f"There is already a search “{name}”." if name in taken else ""

        self._context.push(
            PromptScreen(title, text, about=about, refuse=refuse),
            lambda typed: None if typed is None else use(clean_name(typed)),
        )

    def _do(self, make: Callable[[], Edit], words: str) -> None:
        """Change the file."""

        def job() -> SearchesChanged:
            try:
                return SearchesChanged(words, make())
            except SearchesError as error:
                return SearchesChanged(words, failure=str(error))

        self._jobs.do(job)

    def _replay(self, edit: Edit, words: str) -> None:
        """Take a change back, or make it again."""

        def job() -> SearchesChanged:
            try:
                self._file.replay(edit)
            except SearchesError as error:
                return SearchesChanged(words, failure=str(error), is_replay=True)
            return SearchesChanged(words, is_replay=True)

        self._jobs.do(job)
