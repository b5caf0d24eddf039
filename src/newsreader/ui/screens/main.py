"""The main screen: composes the panes, hears their messages, and answers to the keys."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.timer import Timer

from newsreader.app.marking import Marker
from newsreader.app.open_corpus import plain_view
from newsreader.app.page_texts import PageTexts
from newsreader.app.saved_searches import SavedSearches
from newsreader.app.undo import UndoStack
from newsreader.domain.listing import WINDOW, Listing
from newsreader.domain.record import Link
from newsreader.domain.story_page import StoryPage
from newsreader.domain.view import View
from newsreader.keymap.actions import SCREEN
from newsreader.keymap.active import key_of
from newsreader.library import Library
from newsreader.render.page_text import prepare_page_text
from newsreader.settings import paths
from newsreader.settings.model import Settings
from newsreader.settings.saved_searches import SearchesFile
from newsreader.ui import messages_text
from newsreader.ui.controllers.changes import ChangesController
from newsreader.ui.controllers.context import ScreenContext
from newsreader.ui.controllers.copying import CopyController
from newsreader.ui.controllers.corpora import CorporaController
from newsreader.ui.controllers.filter import FilterController
from newsreader.ui.controllers.find import FindController
from newsreader.ui.controllers.indexing import IndexingController
from newsreader.ui.controllers.layout import LayoutController
from newsreader.ui.controllers.links import LinksController
from newsreader.ui.controllers.list import ListController
from newsreader.ui.controllers.marks import MarksController
from newsreader.ui.controllers.page_text import PageTextController
from newsreader.ui.controllers.panes import PanesController
from newsreader.ui.controllers.problems import ProblemsController
from newsreader.ui.controllers.saved_searches import SavedSearchesController
from newsreader.ui.controllers.selection import SelectionController
from newsreader.ui.controllers.story import StoryController
from newsreader.ui.controllers.sync import SyncController
from newsreader.ui.controllers.topics import TopicsController
from newsreader.ui.controllers.trends import TrendsController
from newsreader.ui.controllers.view import FoldController, ViewController
from newsreader.ui.controllers.visits import VisitController
from newsreader.ui.keys.bindings import bind
from newsreader.ui.message_router import MessageRouter, handles
from newsreader.ui.messages import ListRead, MarksChanged, Notification, WorkerMessage
from newsreader.ui.panes import Pane
from newsreader.ui.pictures.canvas import PictureCanvas
from newsreader.ui.pictures.controller import PictureController
from newsreader.ui.screens.main_actions import MainActions
from newsreader.ui.style.hyperlinks import has_hyperlinks
from newsreader.ui.widgets.filter_bar import FilterBar
from newsreader.ui.widgets.headline_list import HeadlineList
from newsreader.ui.widgets.picture_view import PictureView, StoryArea
from newsreader.ui.widgets.status_line import StatusLine
from newsreader.ui.widgets.story_view import StoryView
from newsreader.ui.widgets.topic_sidebar import TopicSidebar
from newsreader.ui.widgets.virtual_list import VirtualList
from newsreader.ui.workers.fetch_client import FetchClient
from newsreader.ui.workers.library_client import LibraryClient

REST = 0.08
"""Seconds that the cursor has to rest on a row before its story is read."""

LEISURE = 0.3
"""Seconds after the first picture when what nobody waits for begins."""


class MainScreen(MainActions, inherit_bindings=False):
    """Topics, list and story. The controllers hold the state; widgets only show it.

    Args:
        library: The corpus.
        view: What the list shows first.
        settings: The user's.
        searches: Those that the user saved.
        clock: Tells the time in seconds since 1970 UTC.
        notice: Words for the status line at the start.
        first: What the list shows at once, if that was read before.
        line: The line of the list, from its top on the screen, on which the row under the cursor is to begin.
        on_painted: Called once, when the first picture is on the screen.

    """

    AUTO_FOCUS = f"#{Pane.LIST}"

    def __init__(
        self,
        library: Library,
        view: View,
        settings: Settings,
        searches: SearchesFile,
        clock: Callable[[], int],
        *,
        notice: str = "",
        first: Listing | None = None,
        line: int | None = None,
        on_painted: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__()
        bind(self, SCREEN)
        self._on_painted = on_painted
        self._first = first, line
        self._notice = notice
        self._resting: Timer | None = None
        self._looks = LayoutController(self, settings, paths.look_file())
        self._make_widgets(settings, clock)
        client = LibraryClient(library, self, WINDOW, self._prepare_page)
        self.context = ScreenContext(self, library, settings, client, self._status)
        self._make_controllers(view, searches, clock)
        self._router = MessageRouter(self._controllers())

    def _make_widgets(self, settings: Settings, clock: Callable[[], int]) -> None:
        self._sidebar = TopicSidebar(id=Pane.TOPICS.value)
        self._filter = FilterBar(id="filter")
        self._rows = HeadlineList(clock, self._looks.rows(), id=Pane.LIST.value)
        self._middle = Vertical(self._filter, self._rows, id="middle")
        hyperlinks = has_hyperlinks(settings.hyperlinks, os.environ)
        self._story = StoryView(clock, hyperlinks=hyperlinks, dates=settings.dates, id=Pane.STORY.value)
        self._picture = PictureView(id="picture")
        self._reading = StoryArea(self._picture, self._story, id="reading")
        self._status = StatusLine(id="status")

    def _make_controllers(self, view: View, searches: SearchesFile, clock: Callable[[], int]) -> None:
        context = self.context
        library, settings = context.library, context.settings
        plain = plain_view(settings)
        undo = UndoStack()
        self._changes = ChangesController(context, undo)
        self._topics = TopicsController(context, self._sidebar, plain)
        self._list = ListController(context, self._rows, view)
        self._filters = FilterController(context, self._filter)
        self._corpora = CorporaController(context)
        self._visit = VisitController(library, self._list, self._rows)
        self._folds = FoldController(context, self._list)
        self._order = ViewController(context)
        self._trends = TrendsController(context, self._list.go_to)
        self._finds = FindController(context, self._story)
        copies = CopyController(context)
        self._links = LinksController(context, copies)
        self._fetch_client = FetchClient(self, private_addresses=settings.private_addresses)
        canvas = PictureCanvas(self, self._picture, self._reading, settings.glyphs)
        self._pictures = PictureController(context, canvas, self._fetch_client, self._links.open)
        self._stories = StoryController(context, self._story, self._pictures.follow)
        self._pages = PageTextController(
            context,
            self._fetch_client,
            PageTexts(library.pages_file, settings.pages_megabytes),
            stories=self._stories,
            links=self._links,
            go_to=self._list.go_to,
        )
        self._marks = MarksController(
            context,
            Marker(library, settings, undo),
            self._changes,
            stories=self._stories,
            is_visible=self._is_visible,
        )
        self._saved = SavedSearchesController(
            context, SavedSearches(searches, undo), self._changes, topics=self._topics, plain=plain
        )
        self._selection = SelectionController(
            context,
            self._list,
            self._rows,
            links=self._links,
            copies=copies,
            marks=self._marks,
            on_change=self._show_place,
        )
        self._index = IndexingController(context, self._list, read_again=self._read_again, clock=clock)
        self._sync = SyncController(context, self._index.corpus_changed)
        focusable = {Pane.TOPICS: self._sidebar, Pane.LIST: self._rows, Pane.STORY: self._story}
        areas = {**focusable, Pane.LIST: self._middle, Pane.STORY: self._reading}
        self._panes = PanesController(self, areas, focusable, self._looks.look, self._looks.keep_widths)
        self._problems = ProblemsController(context, self._stories, self._panes)

    def _controllers(self) -> Iterator[object]:
        """Those that handle messages of workers, in the order in which they receive one."""
        yield from (self._changes, self._topics, self._filters, self._list, self, self._stories, self._marks)
        yield from (self._saved, self._selection, self._links, self._fetch_client, self._pages)
        yield from (self._pictures, self._index, self._sync, self._problems, self._order)

    def compose(self) -> ComposeResult:
        """The panes side by side, the status line below."""
        with Horizontal(id="panes"):
            yield self._sidebar
            yield self._middle
            yield self._reading
        yield self._status

    def on_mount(self) -> None:
        """Show what the index has, then look for changes."""
        self._sidebar.border_title = Content(self._corpora.name or "Topics")
        self._story.border_title = Content("Story")
        self._filters.settle()
        self._panes.go_to(Pane.LIST)
        self._list.start(*self._first)
        self._show_place()
        if self._notice:
            self.tell(self._notice)
        self.call_after_refresh(self._go_on)

    def _go_on(self) -> None:
        """The first picture is painted: read the rest, and look for changes."""
        self._on_painted()
        self._preview()
        self.context.client.read_sidebar(self.view.scope)
        self._saved.read()
        self.set_timer(LEISURE, self._marks.start)
        self.context.client.start(watch=self.context.settings.watch)

    def on_unmount(self) -> None:
        """Leave nothing running."""
        self._changes.stop()  # first: an exit that takes too long is cut short
        self._marks.stop()
        self._visit.end()
        self._pictures.stop()
        self._looks.stop()
        self._pages.stop()
        self._sync.stop()
        self.context.client.stop()

    def on_resize(self) -> None:
        """Show as many panes as fit."""
        self._panes.arrange()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """The border between two panes can be taken and moved."""
        if self._panes.grab(event.screen_x):
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Move the border that is held."""
        if self._panes.is_dragging:
            self._panes.drag(event.screen_x)

    def on_mouse_up(self) -> None:
        """Let the border go."""
        if self._panes.is_dragging:
            self.release_mouse()
            self._panes.let_go()

    def show_view(self, view: View) -> None:
        """Show other records, or the same in another order."""
        if view == self._list.view:
            return
        if view.scope is not self._list.view.scope:
            self.context.client.read_sidebar(view.scope)
        refiltered = view.filter != self._list.view.filter
        if refiltered or view.part != self._list.view.part or view.scope is not self._list.view.scope:
            self._selection.clear()  # what cannot be seen is not acted on
        self._list.show(view)
        self._sidebar.point_at(view)
        if refiltered:
            self._filters.settle()
        self._show_place()

    def tell(self, words: str) -> None:
        """Say something on the status line."""
        self._status.say(words)

    # -- messages of workers ----------------------------------------------------------------------

    @on(WorkerMessage)
    def _route(self, message: WorkerMessage) -> None:
        self._router.dispatch(message)

    @handles(ListRead)
    def _follow_list(self, _: ListRead) -> None:
        self._show_place()
        self._preview()

    @handles(MarksChanged)
    def _read_marks(self, _: MarksChanged) -> None:
        page = self._stories.page
        shown = [] if page is None or page.record_id is None else [page.record_id]
        self.context.client.read_marks([*self._list.held_ids, *shown])

    @handles(Notification)
    def _show_notification(self, message: Notification) -> None:
        self.tell(message.words)

    # -- what the list and the topics say ---------------------------------------------------------

    @on(HeadlineList.WindowWanted)
    def _read_window(self, request: HeadlineList.WindowWanted) -> None:
        self._list.read_window(request)

    @on(VirtualList.Highlighted, f"#{Pane.LIST}")
    def _rest_on_row(self) -> None:
        self._list.cursor_moved()
        self._show_place()
        self._status.fall_silent()
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(REST, self._preview)

    @on(VirtualList.Activated, f"#{Pane.LIST}")
    def _enter_story(self) -> None:
        self._stories.with_page(lambda _: self._stories.enter(), self._list.record_id)
        self._panes.go_to(Pane.STORY)

    @on(VirtualList.Highlighted, f"#{Pane.TOPICS}")
    def _show_topic(self, event: VirtualList.Highlighted) -> None:
        self.show_view(self._topics.view_of(event.index, self.view))

    @on(VirtualList.Activated, f"#{Pane.TOPICS}")
    def _leave_topics(self, event: VirtualList.Activated) -> None:
        place = self._topics.place(event.index)
        if place.is_problems:
            self.action_problems()
        elif place.is_fold:
            self._topics.toggle_providers(self.view)
        else:
            self._panes.go_to(Pane.LIST)

    @on(FilterBar.Changed)
    def _filter_list(self) -> None:
        self._filters.follow()

    @on(FilterBar.Accepted)
    def _leave_filter(self) -> None:
        if self._filter.error is None:
            self._panes.go_to(Pane.LIST)
            self._filters.settle()
        else:
            self.tell(f"{self._filter.error}. {key_of('step_back')} clears the filter.")

    @on(FilterBar.Moved)
    def _move_while_typing(self, event: FilterBar.Moved) -> None:
        self._rows.move_cursor(self._rows.cursor + event.direction)

    # -- what the story says ----------------------------------------------------------------------

    @on(StoryView.Followed)
    def _follow(self, event: StoryView.Followed) -> None:
        if isinstance(event.target, Link):
            self._links.open(event.target)
        else:
            self._stories.follow(event.target)
            self._pages.keep_in_view(self._stories.page)

    @on(StoryArea.Resized)
    def _fit_picture(self) -> None:
        self._pictures.fit()
        self._marks.start_rest()  # the area may have been hidden

    @on(events.ScreenResume)
    def _return_from_dialog(self) -> None:
        self._marks.start_rest()

    @on(StoryView.NothingChosen)
    def _explain_walking(self) -> None:
        self.tell(messages_text.how_to_walk())

    # -- helpers ----------------------------------------------------------------------------------

    @on(events.DescendantFocus)
    def _note_focus(self, event: events.DescendantFocus) -> None:
        # One that has lost the focus again must not change what is in sight.
        if event.widget is self.focused and event.widget.id in tuple(Pane):
            self._panes.note_focus(Pane(event.widget.id))

    def _prepare_page(self, page: StoryPage) -> None:
        """Lay out the text of a page in the thread that read it."""
        prepare_page_text(page, self._story.text_width)

    def _preview(self) -> None:
        self._stories.preview(self._list.record_id)

    def _read_again(self) -> None:
        """Read list, counts and story again: the index has changed."""
        self._list.read_again()
        self.context.client.read_sidebar(self.view.scope)
        self._saved.read()
        self._stories.read_again()

    def _show_place(self) -> None:
        self._status.place = " · ".join(filter(None, (self._selection.words, self._list.place)))

    def _is_visible(self, record_id: int) -> bool:
        """Whether a story can be read on the screen now."""
        page = self._stories.page
        is_there = page is not None and page.record_id == record_id
        return is_there and self._reading.display and self.app.screen is self
