"""Which story is open, how the reader came to it, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from newsreader.domain.history import History
from newsreader.domain.story_page import StoryPage, entry_page
from newsreader.render.story_lines import Follow, Show
from newsreader.ui.controllers.context import ScreenContext
from newsreader.ui.message_router import handles
from newsreader.ui.messages import MarksChanged, PageRead
from newsreader.ui.widgets.story_view import Position, StoryView


class StoryVisit(NamedTuple):
    """A story, and where the reader was in it."""

    page: StoryPage
    position: Position = Position()


class StoryController:
    """The story in the pane, and the stories visited before it.

    A story that the list merely previews gives way to the next; one that was entered or followed
    is a visit, and `back` returns to it at the same line.

    Args:
        context: Of the main screen.
        view: The pane.
        on_shown: Called with the story that the pane shows, None where it shows none.

    """

    def __init__(
        self,
        context: ScreenContext,
        view: StoryView,
        on_shown: Callable[[StoryPage | None], None] = lambda _: None,
    ) -> None:
        self._context = context
        self._view = view
        self._on_shown = on_shown
        self._history = History[StoryVisit]()
        self._wanted: int | None = None
        self._is_visit = False
        self._reveals_text = False
        self._waiting: Callable[[StoryPage], None] | None = None

    @property
    def page(self) -> StoryPage | None:
        """The story in the pane."""
        return self._view.page

    def preview(self, record_id: int) -> None:
        """Show the record that the list rests on."""
        shown = self.page
        is_shown = self._wanted is None and shown is not None and shown.record_id == record_id
        if is_shown or self._wanted == record_id:
            return
        if self._is_visit and shown is not None:
            self._history.leave(StoryVisit(shown, self._view.position))
        self._is_visit = False
        self._want(record_id)

    def rest_on(self, record_id: int | None) -> None:
        """The list rests on a record, or is empty."""
        if record_id is None:
            self.clear("There is no story to show.")
        else:
            self.preview(record_id)

    def enter(self) -> None:
        """The reader goes into the story: from now on it is a visit."""
        self._is_visit = True

    def clear(self, hint: str) -> None:
        """Show words in place of a story."""
        self._wanted, self._waiting, self._is_visit = None, None, False
        self._view.show_hint(hint)
        self._on_shown(None)

    def with_page(self, use: Callable[[StoryPage], None], record_id: int | None) -> None:
        """Do something with the story, after it was read if it is still under way.

        Args:
            use: What to do.
            record_id: The record that the reader means, None for whatever is in the pane.

        """
        shown = self.page
        if record_id is not None and (
            self._wanted is not None or shown is None or shown.record_id != record_id
        ):
            self.preview(record_id)
            self._waiting = use
        elif self._wanted is not None:
            self._waiting = use
        elif shown is not None:
            use(shown)
        else:
            self._context.tell("There is no story here.")

    @handles(PageRead)
    def take(self, message: PageRead) -> None:
        """Show a story that was read, if it is still wanted."""
        record_id, page, shown = message.record_id, message.page, self.page
        if page is None:
            if record_id == self._wanted:
                self._wanted = None
                self._context.tell("This record is gone from the corpus.")
        elif record_id == self._wanted:
            self._wanted = None
            self._show(page)
            waiting, self._waiting = self._waiting, None
            if waiting is not None:
                waiting(page)
        elif shown is not None and shown.record_id == record_id:
            self._show_anew(page)

    def fill(self, page: StoryPage, filled: StoryPage) -> None:
        """More is known of a story: show it, if the story is still in the pane."""
        if self.shows(page):
            self._show_anew(filled)

    def shows(self, page: StoryPage) -> bool:
        """Whether a story is what the pane shows; one that the corpus lacks is known by what it says."""
        shown = self.page
        if shown is None or self._wanted is not None or shown.record_id != page.record_id:
            return False
        return page.record_id is not None or shown.record == page.record

    def reveal_text(self) -> None:
        """The reader wants the text of the page that is shown next: scroll to it, unless it is in sight."""
        self._reveals_text = True

    def _show_anew(self, page: StoryPage) -> None:
        before = None if self.page is None else self.page.text
        if page.text is None:  # one that could not be kept stays as long as its story
            page = page._replace(text=before)
        self._show(page, self._view.position)
        if self._reveals_text and page.text not in (None, before):
            self._reveals_text = False
            self._view.reveal_text()

    @handles(MarksChanged)
    def read_again(self, _: MarksChanged | None = None) -> None:
        """The index changed: what a story refers to may resolve now, one that it lacked be there."""
        if self._wanted is not None:
            self._context.client.read_page(self._wanted)
        elif self.page is not None and self.page.record_id is not None:
            self._context.client.read_page(self.page.record_id)

    def follow(self, target: Follow | Show) -> None:
        """Go to related coverage: its record, or a story made from the entry."""
        if self.page is not None:
            self._history.leave(StoryVisit(self.page, self._view.position))
        self._is_visit = True
        if isinstance(target, Show):
            self._want(target.record_id)
        elif target.coverage.record_id is not None:
            self._want(target.coverage.record_id)
        else:
            self._wanted = None
            self._show(entry_page(target.coverage.entry))

    def back(self) -> None:
        """To the story visited before."""
        self._travel(self._history.back, "This is the first story visited.")

    def forward(self) -> None:
        """To the story that `back` came from."""
        self._travel(self._history.forward, "This is the last story visited.")

    def _show(self, page: StoryPage, position: Position = Position()) -> None:  # noqa: B008 - a frozen value
        self._view.show(page, position)
        self._on_shown(page)

    def _travel(self, step: Callable[[StoryVisit], StoryVisit | None], refusal: str) -> None:
        visit = step(StoryVisit(self.page, self._view.position)) if self.page is not None else None
        if visit is None:
            self._context.tell(refusal)
            return
        self._wanted, self._waiting, self._is_visit = None, None, True
        self._show(visit.page, visit.position)
        self.read_again()  # its text may have come meanwhile

    def _want(self, record_id: int) -> None:
        self._wanted = record_id
        self._waiting = None
        self._reveals_text = False
        self._context.client.read_page(record_id)
