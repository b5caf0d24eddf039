"""The main screen: composes the panes, hears their messages, and answers to the keys."""

from __future__ import annotations

import os
from collections.abc import Callable

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.timer import Timer

from newsreader.domain.listing import WINDOW, Listing
from newsreader.domain.record import Link
from newsreader.domain.setting_values import Pictures
from newsreader.domain.view import View
from newsreader.keymap.actions import SCREEN
from newsreader.keymap.active import key_of
from newsreader.library import Library
from newsreader.render.page_text import prepare_page_text
from newsreader.settings import paths
from newsreader.settings.model import Settings
from newsreader.settings.saved_searches import SearchesFile
from newsreader.ui import messages_text
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
from newsreader.ui.controllers.undo import UndoController, Undoer, UndoSource
from newsreader.ui.controllers.view import FoldController, ViewController
from newsreader.ui.controllers.visits import VisitController
from newsreader.ui.keys.bindings import bind
from newsreader.ui.panes import Pane
from newsreader.ui.pictures.canvas import PictureCanvas
from newsreader.ui.pictures.controller import PictureController
from newsreader.ui.screens.main_answers import MainAnswers
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
from newsreader.ui.workers.page_store import PageStoreClient

REST = 0.08
"""Seconds that the cursor has to rest on a row before its story is read."""

LEISURE = 0.3
"""Seconds after the first picture when what nobody waits for begins."""


class MainScreen(MainAnswers, inherit_bindings=False):
    """Topics, list and story. What they show is kept by the desks; widgets only show it.

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
        self._watches = settings.watch
        self._notice = notice
        self._resting: Timer | None = None
        self._sidebar = TopicSidebar(id=Pane.TOPICS.value)
        plain = View(order=settings.order, folds_front=settings.fold_stories)
        self._topics = TopicsController(self._sidebar, plain)
        self._filter = FilterBar(id="filter")
        self._looks = LayoutController(self, settings, paths.look_file())
        self._rows = HeadlineList(clock, self._looks.rows(), id=Pane.LIST.value)
        self._middle = Vertical(self._filter, self._rows, id="middle")
        hyperlinks = has_hyperlinks(settings.hyperlinks, os.environ)
        self._story = StoryView(clock, hyperlinks=hyperlinks, dates=settings.dates, id=Pane.STORY.value)
        picture = PictureView(id="picture")
        self._reading = StoryArea(picture, self._story, id="reading")
        self._status = StatusLine(id="status")
        self._loader = LibraryClient(
            library, self, WINDOW, lambda page: prepare_page_text(page, self._story.text_width)
        )
        self._list = ListController(self._rows, self._loader, view)
        self._filters = FilterController(self._filter, lambda: self.view, self.show_view)
        self._corpora = CorporaController(self, settings, library.root, self.tell)
        self._visit = VisitController(library, self._list, self._rows)
        self._folds = FoldController(self._list, self.show_view, self.tell)
        self._order = ViewController(self, lambda: self.view, self.show_view, self._loader.explain, self.tell)
        self._trends = TrendsController(
            self,
            library,
            settings.glyphs,
            view=lambda: self.view,
            show=self._show_record_in,
        )
        self._finds = FindController(self, self._story, self.tell)
        copies = CopyController(self, library.root, self.tell)
        self._links = LinksController(self, settings, copies, self.tell)
        self._fetches = FetchClient(self, private_addresses=settings.private_addresses)
        self._pictures = PictureController(
            self,
            PictureCanvas(self, picture, self._reading, settings.glyphs),
            self._fetches,
            comes_by_itself=settings.pictures is Pictures.ALWAYS,
            status=self._status,
            open_link=self._links.open,
        )
        self._stories = StoryController(self._story, self._loader.read_page, self.tell, self._pictures.follow)
        self._pages = PageTextController(
            self,
            self._fetches,
            PageStoreClient(self, library.pages_file, settings.pages_megabytes),
            stories=self._stories,
            links=self._links,
            status=self._status,
            go_to=self._list.go_to,
            tell=self.tell,
        )
        self._saved = SavedSearchesController(
            self,
            searches,
            loader=self._loader,
            topics=self._topics,
            plain=plain,
            view=lambda: self.view,
            tell=self.tell,
            note_change=lambda: self._undo.note(UndoSource.SEARCHES),
        )
        self._marks = MarksController(self, library, settings, is_shown=self._is_shown, tell=self.tell)
        self._selection = SelectionController(
            self,
            self._list,
            self._rows,
            links=self._links,
            copies=copies,
            marks=self._marks,
            read_records=self._loader.read_records,
            show_place=self._show_place,
            tell=self.tell,
        )
        self._undo = UndoController(
            {
                UndoSource.MARKS: Undoer(self._marks.undo, self._marks.redo),
                UndoSource.SEARCHES: Undoer(self._saved.undo, self._saved.redo),
            }
        )
        self._index = IndexingController(
            self, self._loader, self._status, look_again=self._look_again, tell=self.tell, clock=clock
        )
        self._sync = SyncController(
            self,
            settings,
            library.root,
            self._status,
            look_for_changes=self._index.corpus_changed,
            tell=self.tell,
        )
        focusable = {Pane.TOPICS: self._sidebar, Pane.LIST: self._rows, Pane.STORY: self._story}
        areas = {**focusable, Pane.LIST: self._middle, Pane.STORY: self._reading}
        self._panes = PanesController(self, areas, focusable, self._looks.look, self._looks.keep_widths)
        self._problems = ProblemsController(self, self._stories, self._panes, self._loader.read_problems)

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
        self._loader.read_sidebar(self._list.view.scope)
        self._saved.read()
        self.set_timer(LEISURE, self._marks.start)
        self._loader.start(watch=self._watches)

    def on_unmount(self) -> None:
        """Leave nothing running."""
        self._visit.end()
        self._pictures.stop()
        self._looks.stop()
        self._pages.stop()
        self._sync.stop()
        self._marks.stop()
        self._saved.stop()
        self._loader.stop()

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
            self._loader.read_sidebar(view.scope)
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

    # -- what the list and the topics say ---------------------------------------------------------

    @on(HeadlineList.WindowWanted)
    def _read_window(self, request: HeadlineList.WindowWanted) -> None:
        self._list.read_window(request)

    @on(VirtualList.Highlighted, f"#{Pane.LIST}")
    def _rest_on_row(self) -> None:
        self._list.note_move()
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

    @on(StoryView.NothingChosen)
    def _explain_walking(self) -> None:
        self.tell(messages_text.how_to_walk())

    # -- helpers ----------------------------------------------------------------------------------

    @on(events.DescendantFocus)
    def _note_focus(self, event: events.DescendantFocus) -> None:
        # One that has lost the focus again must not change what is in sight.
        if event.widget is self.focused and event.widget.id in tuple(Pane):
            self._panes.note_focus(Pane(event.widget.id))

    def _show_record_in(self, view: View, record_id: int | None) -> None:
        self.show_view(view)
        if record_id is not None:
            self._list.go_to(record_id)

    def _is_shown(self, record_id: int) -> bool:
        """Whether a story can be read on the screen now."""
        page = self._stories.page
        is_there = page is not None and page.record_id == record_id
        return is_there and self._reading.display and self.app.screen is self
