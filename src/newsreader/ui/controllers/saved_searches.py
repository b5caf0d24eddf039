"""Saved searches in the sidebar: named, renamed, moved, deleted and counted."""

from __future__ import annotations

from collections.abc import Callable, Collection
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from newsreader.app.saved_searches import EVERYWHERE, SavedSearches, check_name
from newsreader.domain.saved_search import clean_name
from newsreader.domain.view import View
from newsreader.keymap.active import key_of
from newsreader.ui.controllers.changes import ChangesController
from newsreader.ui.controllers.topics import TopicsController
from newsreader.ui.messages import (
    MarksChanged,
    PageFetchEnded,
    SearchesChanged,
    SearchesRead,
    WorkerMessage,
    handles,
)

if TYPE_CHECKING:
    from textual.timer import Timer

    from newsreader.ui.controllers.context import ScreenContext


COUNT_DELAY = 0.5
"""Seconds after which changed marks are counted."""


class SavedSearchAction(StrEnum):
    """What a key does with saved searches."""

    SAVE = "save"
    RENAME = "rename"
    UP = "up"
    DOWN = "down"
    DELETE = "delete"


class SavedSearchesController:
    """Keeps the saved searches of the sidebar and their file in step."""

    def __init__(
        self,
        context: ScreenContext,
        searches: SavedSearches,
        changes: ChangesController,
        *,
        topics: TopicsController,
        plain: View,
    ) -> None:
        self._context = context
        self._searches = searches
        self._changes = changes
        self._topics = topics
        self._plain = plain
        self._names: tuple[str, ...] = ()
        self._counting: Timer | None = None
        self._complaints: tuple[str, ...] = ()

    def read(self) -> None:
        """Read the file, and count what its searches find."""
        self._context.client.read_searches(self._searches, self._plain)

    @handles(SearchesChanged)
    def read_again(self, _: SearchesChanged) -> None:
        """Read the file after a change."""
        self.read()

    @handles(MarksChanged, PageFetchEnded)
    def count_soon(self, _: WorkerMessage) -> None:
        """Count what searches find after a change that they may depend on, once for many changes."""
        if self._counting is None and self._names:
            self._counting = self._context.screen.set_timer(COUNT_DELAY, self._count)

    def _count(self) -> None:
        self._counting = None
        self.read()

    @handles(SearchesRead)
    def show(self, answer: SearchesRead) -> None:
        """Show the searches that were read; report a mistake in the file once."""
        self._names = tuple(search.name for search in answer.searches)
        self._topics.show_searches(answer.searches, self._context.view)
        if answer.complaints and tuple(answer.complaints) != self._complaints:
            more = len(answer.complaints) - 1
            self._context.tell(answer.complaints[0] + (f" ({more} more)" if more else ""))
        self._complaints = tuple(answer.complaints)

    def act(self, action: SavedSearchAction) -> None:
        """Do what a key asks for, or explain why that cannot be done."""
        if action is SavedSearchAction.SAVE:
            self._save()
        elif (name := self._topics.search_name) is None:
            sidebar, save = key_of("topics_pane"), key_of("save_search")
            words = f"{sidebar} goes to the sidebar; {save} saves what the list shows."
            self._context.tell(f"No saved search is selected. {words}")
        elif action is SavedSearchAction.RENAME:
            self._rename(name)
        elif action is SavedSearchAction.DELETE:
            self._changes.run(partial(self._searches.delete, name))
        else:
            direction = -1 if action is SavedSearchAction.UP else 1
            self._changes.run(partial(self._searches.move, name, direction))

    def _save(self) -> None:
        view = self._context.view
        parts = (view.topic, view.type, view.provider, view.filter.strip())

        def save(name: str) -> None:
            self._changes.run(partial(self._searches.save, name, view))

        about = f"The list shows {view.describe()}. {EVERYWHERE} before the name saves it for every corpus."
        self._ask_name("Save this search as", " ".join(part for part in parts if part), save, about=about)

    def _rename(self, name: str) -> None:
        def rename(new: str) -> None:
            if new != name:
                self._changes.run(partial(self._searches.rename, name, new))

        self._ask_name("Rename the saved search", name, rename, taken=set(self._names) - {name})

    def _ask_name(
        self,
        title: str,
        text: str,
        use: Callable[[str], None],
        *,
        about: str = "",
        taken: Collection[str] = (),
    ) -> None:
        """Ask for a name that is not taken."""
        from newsreader.ui.dialogs.prompt import PromptScreen

        self._context.push(
            PromptScreen(title, text, about=about, refuse=lambda typed: check_name(typed, taken)),
            lambda typed: None if typed is None else use(clean_name(typed)),
        )
