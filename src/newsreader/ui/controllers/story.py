"""The story in the pane: read, shown, and followed to other stories and back."""

from __future__ import annotations

from collections.abc import Callable

from newsreader.app.snippets import snippet_of
from newsreader.app.story_history import NoVisitError, StoryHistory, StoryVisit, target_of
from newsreader.domain.marks import MarkSet
from newsreader.domain.story_page import StoryPage
from newsreader.render.story_lines import Follow, Show
from newsreader.ui.controllers.context import ScreenContext
from newsreader.ui.messages import MarksRead, PageRead, handles
from newsreader.ui.widgets.story_view import Position, StoryView


class StoryController:
    """Shows the story that the history has open.

    `on_shown` is called with the story in the pane, None for no story. `filter_text` returns the filter of
    the list. `on_origin` is called with the record from which the story was reached by following links, None
    for a story of the list.
    """

    def __init__(
        self,
        context: ScreenContext,
        view: StoryView,
        on_shown: Callable[[StoryPage | None], None] = lambda _: None,
        filter_text: Callable[[], str] = lambda: "",
        on_origin: Callable[[int | None], None] = lambda _: None,
    ) -> None:
        self._context = context
        self._view = view
        self._on_shown = on_shown
        self._filter_text = filter_text
        self._on_origin = on_origin
        self._shown_filter = ""
        self._history = StoryHistory[Position]()
        self._reveals_text = False
        self._waiting: Callable[[StoryPage], None] | None = None

    @property
    def page(self) -> StoryPage | None:
        """The story in the pane."""
        return self._history.page

    def preview(self, record_id: int | None) -> None:
        """Show the record under the cursor of the list, None if the list is empty."""
        if record_id is None:
            self.clear("There is no story to show.")
        elif self._history.preview(record_id, self._view.position):
            self._read(record_id)
        elif self._history.is_at(record_id) and self.page and self._shown_filter != self._filter_text():
            self._show(self.page, self._view.position)

    def enter(self) -> None:
        """Make the story a visit."""
        self._history.enter()

    def clear(self, hint: str) -> None:
        """Show words in place of a story."""
        self._history.clear()
        self._waiting = None
        self._view.show_hint(hint)
        self._show_trail()
        self._on_shown(None)

    def with_page(self, use: Callable[[StoryPage], None], record_id: int | None) -> None:
        """Use a story, once it has been read.

        `record_id` is None for the story in the pane.
        """
        page = self._history.page
        if record_id is not None and not self._history.is_at(record_id):
            self.preview(record_id)
            self._waiting = use
        elif self._history.wanted is not None:
            self._waiting = use
        elif page is not None:
            use(page)
        else:
            self._context.tell("There is no story here.")

    @handles(PageRead)
    def receive(self, message: PageRead) -> None:
        """Show a story that was read, if it is still wanted."""
        record_id, page = message.record_id, message.page
        if page is None:
            if record_id == self._history.wanted:
                self._history.wanted = None
                self._context.tell("This record is gone from the corpus.")
        elif record_id == self._history.wanted:
            self._history.show(page)
            self._show(page)
            waiting, self._waiting = self._waiting, None
            if waiting is not None:
                waiting(page)
        elif self.page is not None and self.page.record_id == record_id:
            self._show_again(page)

    def fill(self, page: StoryPage, filled: StoryPage) -> None:
        """Show what more is known of a story, if it is still in the pane."""
        if self.shows(page):
            self._show_again(filled)

    def shows(self, page: StoryPage) -> bool:
        """Whether a story is what the pane shows."""
        return self._history.shows(page)

    def reveal_text(self) -> None:
        """Scroll to the text of the page when it is shown, unless it is visible then."""
        self._reveals_text = True

    def _show_again(self, page: StoryPage) -> None:
        before = None if self.page is None else self.page.text
        if page.text is None:  # one that could not be kept stays as long as its story
            page = page._replace(text=before)
        self._history.page = page
        self._show(page, self._view.position)
        if self._reveals_text and page.text not in (None, before):
            self._reveals_text = False
            self._view.reveal_text()

    @handles(MarksRead)
    def show_marks(self, answer: MarksRead) -> None:
        """Read the story again if its marks have changed, or may have: notes and tags are read with it."""
        page = self.page
        if page is None or self._history.wanted is not None or page.record_id is None:
            self.read_again()
            return
        marks = answer.marks.get(page.record_id, page.marks)
        if (marks | page.marks) & (MarkSet.NOTE | MarkSet.TAGS):
            self.read_again()
        elif marks != page.marks:
            self._show_again(page._replace(marks=marks))

    def read_again(self) -> None:
        """Read the story again, since it may have changed."""
        record_id = self._history.wanted
        if record_id is None and self.page is not None:
            record_id = self.page.record_id
        if record_id is not None:
            self._context.client.read_page(record_id)

    def follow(self, target: Follow | Show) -> None:
        """Go to related coverage: its record, or a story made from the entry."""
        goal = target_of(target)
        self._history.visit(goal, self._view.position)
        if isinstance(goal, int):
            self._read(goal)
        else:
            self._show(goal)

    def back(self) -> None:
        """Go to the story visited before."""
        self._travel(self._history.back)

    def forward(self) -> None:
        """Go to the story that `back` came from."""
        self._travel(self._history.forward)

    def _travel(self, step: Callable[[Position], StoryVisit[Position]]) -> None:
        try:
            visit = step(self._view.position)
        except NoVisitError as error:
            self._context.tell(str(error))
            return
        self._waiting = None
        self._show(visit.page, visit.position)
        self.read_again()  # its text may have been fetched meanwhile

    def _show(self, page: StoryPage, position: Position = Position()) -> None:  # noqa: B008 - a frozen value
        self._shown_filter = self._filter_text()
        self._view.show(page, position, snippet_of(page, self._shown_filter))
        self._show_trail()
        self._on_shown(page)

    def _show_trail(self) -> None:
        trail = self._history.trail
        self._view.show_trail([page.record.title for page in trail])
        self._on_origin(trail[0].record_id if trail else None)

    def _read(self, record_id: int) -> None:
        self._waiting = None
        self._reveals_text = False
        self._context.client.read_page(record_id)
