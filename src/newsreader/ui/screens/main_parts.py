"""The parts of the main screen: its widgets and controllers."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

from textual.containers import Vertical

from newsreader.app.marking import Marker
from newsreader.app.open_corpus import plain_view
from newsreader.app.page_texts import PageTexts
from newsreader.app.saved_searches import SavedSearches
from newsreader.app.undo import UndoStack
from newsreader.domain.listing import WINDOW
from newsreader.domain.story_page import StoryPage
from newsreader.domain.view import View
from newsreader.keymap.actions import SCREEN
from newsreader.keymap.active import keymap
from newsreader.library import Library
from newsreader.settings import paths
from newsreader.settings.model import Settings
from newsreader.settings.saved_searches import SearchesFile
from newsreader.state.filter_history import FilterHistory
from newsreader.ui.controllers.add_source import AddSourceController
from newsreader.ui.controllers.changes import ChangesController
from newsreader.ui.controllers.context import ScreenContext, ViewScreen
from newsreader.ui.controllers.copying import CopyController
from newsreader.ui.controllers.corpora import CorporaController
from newsreader.ui.controllers.enclosures import DownloadController
from newsreader.ui.controllers.external_commands import ExternalCommandsController
from newsreader.ui.controllers.filter import FilterController
from newsreader.ui.controllers.find import FindController
from newsreader.ui.controllers.indexing import IndexingController
from newsreader.ui.controllers.links import LinksController
from newsreader.ui.controllers.list import ListController
from newsreader.ui.controllers.marks import MarksController
from newsreader.ui.controllers.menu import MenuController
from newsreader.ui.controllers.notification import NotificationController
from newsreader.ui.controllers.page_text import PageTextController
from newsreader.ui.controllers.panes import LayoutController, PanesController
from newsreader.ui.controllers.refresh import RefreshController
from newsreader.ui.controllers.saved_searches import SavedSearchesController
from newsreader.ui.controllers.selection import SelectionController
from newsreader.ui.controllers.story import StoryController
from newsreader.ui.controllers.sync import SyncController
from newsreader.ui.controllers.tags import TagsController
from newsreader.ui.controllers.topics import TopicsController
from newsreader.ui.controllers.trends import TrendsController
from newsreader.ui.controllers.view import FoldController, ViewController
from newsreader.ui.keys.bindings import bind
from newsreader.ui.messages import MessageRouter
from newsreader.ui.panes import Pane
from newsreader.ui.pictures.canvas import PictureCanvas
from newsreader.ui.pictures.controller import PictureController
from newsreader.ui.style.painter import has_hyperlinks
from newsreader.ui.widgets.filter_bar import FilterBar
from newsreader.ui.widgets.headline_list import HeadlineList
from newsreader.ui.widgets.picture_view import PictureView, StoryArea
from newsreader.ui.widgets.status_line import StatusLine
from newsreader.ui.widgets.story_view import StoryView
from newsreader.ui.widgets.topic_sidebar import TopicSidebar
from newsreader.ui.workers.fetch_client import FetchClient
from newsreader.ui.workers.library_client import LibraryClient


class MainParts(ViewScreen):
    """Creates widgets and controllers. The controllers hold the state; widgets only show it."""

    def __init__(
        self,
        library: Library,
        view: View,
        settings: Settings,
        searches: SearchesFile,
        clock: Callable[[], int],
    ) -> None:
        super().__init__()
        bind(self, (*SCREEN, *keymap().own))
        self._layout_state = LayoutController(self, settings, paths.layout_file())
        self._make_widgets(settings, clock)
        client = LibraryClient(library, self, WINDOW, self._prepare_page)
        self.context = ScreenContext(self, library, settings, client, self._status)
        self._make_controllers(view, searches, clock)
        self._router = MessageRouter(self._controllers())

    @property
    def view(self) -> View:
        """What the list shows, or will show."""
        return self._list.view

    @property
    def has_unsaved_changes(self) -> bool:
        """Whether a change of marks or saved searches has not been written yet."""
        return self._changes.has_unsaved

    def tell(self, words: str) -> None:
        """Show a message on the status line."""
        self._status.show_message(words)

    def _make_widgets(self, settings: Settings, clock: Callable[[], int]) -> None:
        self._sidebar = TopicSidebar(id=Pane.TOPICS.value)
        self._filter = FilterBar(FilterHistory(paths.filter_history_file()), id="filter")
        self._rows = HeadlineList(clock, self._layout_state.row_look(), id=Pane.LIST.value)
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
        self._folds = FoldController(context, self._list)
        self._order = ViewController(context)
        self._trends = TrendsController(context, self._list.go_to)
        self._finds = FindController(context, self._story)
        self._copies = CopyController(context)
        self._links = LinksController(context, self._copies)
        self._menu = MenuController(context)
        self._external = ExternalCommandsController(context)
        self._downloads = DownloadController(context)
        self._fetch_client = FetchClient(self, private_addresses=settings.private_addresses)
        canvas = PictureCanvas(self, self._picture, self._reading, settings.glyphs)
        self._pictures = PictureController(context, canvas, self._fetch_client, self._links.open)
        self._stories = StoryController(
            context,
            self._story,
            self._pictures.follow,
            filter_text=lambda: self._list.view.filter,
            on_origin=self._rows.mark_origin,
        )
        self._pages = PageTextController(
            context,
            self._fetch_client,
            PageTexts(library.pages_file, settings.pages_megabytes),
            stories=self._stories,
            links=self._links,
            go_to=self._list.go_to,
        )
        marker = Marker(library, settings, undo)
        self._tags = TagsController(context, marker, self._changes)
        self._marks = MarksController(
            context,
            marker,
            self._changes,
            stories=self._stories,
            is_visible=self._is_visible,
        )
        self._saved = SavedSearchesController(
            context,
            SavedSearches(searches, undo, library.root),
            self._changes,
            topics=self._topics,
            plain=plain,
        )
        self._selection = SelectionController(
            context,
            self._list,
            self._rows,
            links=self._links,
            copies=self._copies,
            marks=self._marks,
            on_change=self._show_place,
        )
        self._index = IndexingController(context, self._list, read_again=self._read_again, clock=clock)
        self._sync = SyncController(context, self._index.corpus_changed)
        self._due = RefreshController(context, self._sync, clock)
        self._cancels = (
            self._pages.cancel,
            self._pictures.cancel,
            self._downloads.cancel,
            self._sync.cancel,
        )
        self._notifications = NotificationController(context)
        self._adding = AddSourceController(context, self._sync)
        focusable = {Pane.TOPICS: self._sidebar, Pane.LIST: self._rows, Pane.STORY: self._story}
        areas = {**focusable, Pane.LIST: self._middle, Pane.STORY: self._reading}
        self._panes = PanesController(self, areas, focusable, self._layout_state)

    def _controllers(self) -> Iterator[object]:
        """Yield the receivers of worker messages, in the order in which they receive one."""
        yield from (
            self._changes,
            self._topics,
            self._filters,
            self._list,
            self,
            self._stories,
            self._marks,
            self._tags,
        )
        yield from (self._saved, self._selection, self._copies, self._links, self._fetch_client, self._pages)
        yield from (
            self._pictures,
            self._index,
            self._sync,
            self._downloads,
            self._due,
            self._notifications,
            self._adding,
            self._order,
        )

    def _prepare_page(self, page: StoryPage) -> None:
        """Lay out the text of a page in the thread that read it."""
        from newsreader.render.page_text import prepare_page_text  # not before the first story

        prepare_page_text(page, self._story.text_width)

    def _read_again(self) -> None:
        """Read list, counts and story again: the index has changed."""
        self._list.read_again()
        self.context.client.read_sidebar(self.view)
        self._saved.read()
        self._tags.read()
        self._stories.read_again()

    def _show_place(self) -> None:
        self._status.place = " · ".join(filter(None, (self._selection.words, self._list.place)))
        self._status.show_hints(in_story=self._panes.active is Pane.STORY, scope=self.view.scope)

    def _is_visible(self, record_id: int) -> bool:
        """Whether a story can be read on the screen now."""
        page = self._stories.page
        is_there = page is not None and page.record_id == record_id
        return is_there and self._reading.display and self.app.screen is self
