"""The main screen: composes the panes, and handles their messages and those of workers."""

from __future__ import annotations

from collections.abc import Callable

from textual import events, on
from textual._styles_cache import StylesCache
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.timer import Timer

from newsreader.domain.listing import Listing
from newsreader.domain.record import Link
from newsreader.domain.view import View
from newsreader.keymap.active import key_of
from newsreader.library import Library
from newsreader.settings.model import Settings
from newsreader.settings.saved_searches import SearchesFile
from newsreader.ui import texts
from newsreader.ui.messages import (
    ListRead,
    MarksChanged,
    Notification,
    ProblemsRead,
    WorkerMessage,
    handles,
)
from newsreader.ui.panes import Pane
from newsreader.ui.screens.main_actions import MainActions
from newsreader.ui.widgets.filter_bar import FilterBar
from newsreader.ui.widgets.headline_list import HeadlineList
from newsreader.ui.widgets.line_pane import LinePane
from newsreader.ui.widgets.picture_view import StoryArea
from newsreader.ui.widgets.story_view import StoryView
from newsreader.ui.widgets.virtual_list import VirtualList

REST = 0.08
"""Seconds that the cursor has to rest on a row before its story is read."""

WRITING = 0.01
"""Seconds after the first paint until other work begins; meanwhile a thread writes the picture."""

LEISURE = 0.3
"""Seconds after the first paint until work begins that nobody waits for."""


class MainScreen(MainActions, inherit_bindings=False):
    """Topics, list and story.

    Args:
        library: The corpus.
        view: What the list shows first.
        settings: Of the user.
        searches: The saved searches.
        clock: Returns the time in seconds since 1970 UTC.
        notice: A message to show at the start.
        first: The listing to show at once, if it was read before.
        line: The line of the screen, from the top of the list, for the row under the cursor.
        source: A source to sync at the start.
        on_painted: Called once, after the first paint.

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
        source: str = "",
        on_painted: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__(library, view, settings, searches, clock)
        self._on_painted = on_painted
        self._first = first, line
        self._new_source = source
        self._notice = notice
        self._resting: Timer | None = None
        self._awaits_paint = False
        self._beginning: Timer | None = None

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
        self._story.show_trail(())
        self._filters.settle()
        self._panes.go_to(Pane.LIST)
        self._list.start(*self._first)
        self._show_place()
        if self._notice:
            self.tell(self._notice)
        self._awaits_paint = True

    def _compositor_refresh(self) -> None:
        """Paint, unless updates are batched.

        Textual drops what is painted in a batch, as during its start. Skipped, all of it is still due at the
        first refresh behind the batch; dropped, some of it waits for a second layout.
        """
        if not self.app._batch_count:
            super()._compositor_refresh()

    def note_paint(self) -> None:
        """Start the work in the background once the whole screen has been painted."""
        if self._awaits_paint:
            self._awaits_paint = False
            self._beginning = self.set_timer(WRITING, self._go_on)

    def _go_on(self) -> None:
        """Read the rest and watch for changes, after the first paint."""
        self._on_painted()
        self._preview()
        self.context.client.read_sidebar(self.view)
        self._saved.read()
        self._tags.read()
        self.set_timer(LEISURE, self._marks.start)
        self._notifications.start()
        self._due.look()
        self.context.client.start(watch=self.context.settings.watch)
        if self._new_source:
            self._sync.sync_source(self._new_source)

    def on_unmount(self) -> None:
        """Leave nothing running."""
        self._changes.stop()  # first: an exit that takes too long is cut short
        self._marks.stop()
        self._list.save_visit()
        self._pictures.stop()
        self._layout_state.stop()
        self._pages.stop()
        self._sync.stop()
        self._downloads.cancel()
        self.context.client.stop()

    def on_resize(self) -> None:
        """Show as many panes as fit."""
        self._panes.arrange()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Start dragging the border between two panes."""
        if self._panes.grab(event.screen_x):
            self.clear_selection()
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Drag the border."""
        if self._panes.is_dragging:
            self._panes.drag(event.screen_x)

    def on_mouse_up(self) -> None:
        """Stop dragging."""
        if self._panes.is_dragging:
            self.release_mouse()
            self._panes.release()

    def show_view(self, view: View) -> None:
        """Show other records, or the same in another order."""
        if view == self._list.view:
            return
        self._status.clear_message()  # it was about what was shown before
        before = self._list.view
        is_elsewhere = (view.scope, view.language) != (before.scope, before.language)
        if is_elsewhere:
            self.context.client.read_sidebar(view)
        refiltered = view.filter != before.filter
        if refiltered or view.part != before.part or is_elsewhere:
            self._selection.clear()  # what cannot be seen is not acted on
        self._list.show(view)
        self._sidebar.point_at(view)
        if refiltered:
            self._filters.settle()
        self._show_place()

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

    @handles(ProblemsRead)
    def _show_problems(self, message: ProblemsRead) -> None:
        from newsreader.ui.dialogs.problems import ProblemsScreen

        def show_record(record_id: int | None) -> None:
            if record_id is not None:
                self._stories.preview(record_id)
                self._stories.enter()
                self._panes.go_to(Pane.STORY)

        self.context.push(ProblemsScreen(message.problems), show_record)

    @handles(Notification)
    def _show_notification(self, message: Notification) -> None:
        self.tell(message.words)

    # -- what the list and the topics show_message ---------------------------------------------------------

    @on(HeadlineList.WindowWanted)
    def _read_window(self, request: HeadlineList.WindowWanted) -> None:
        self._list.read_window(request)

    @on(VirtualList.Highlighted, f"#{Pane.LIST}")
    def _rest_on_row(self) -> None:
        self._list.cursor_moved()
        self._show_place()
        self._status.clear_message()
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
        elif place.is_scope:
            self.action_toggle_scope()
        elif place.is_language and place.view is not None:
            self.show_view(self.view._replace(language=place.view.language, unfolded=()))
        elif self._topics.toggle_fold():
            pass
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
        # Textual keeps the painted lines of up to 1,024 closed widgets in this cache.
        StylesCache.get_inner_outer.cache_clear()
        self._marks.start_rest()

    @on(LinePane.MenuWanted, f"#{Pane.LIST}")
    @on(LinePane.MenuWanted, f"#{Pane.STORY}")
    def _open_menu(self, event: LinePane.MenuWanted) -> None:
        self._menu.open(in_list=event.pane.id == Pane.LIST)

    @on(events.TextSelected)
    def _copy_selection(self) -> None:
        if text := self.get_selected_text():
            self._copies.copy_text(text)

    @on(StoryView.NothingChosen)
    def _explain_walking(self) -> None:
        self.tell(texts.how_to_walk())

    # -- helpers ----------------------------------------------------------------------------------

    @on(events.DescendantFocus)
    def _note_focus(self, event: events.DescendantFocus) -> None:
        # One that has lost the focus again must not change what is in sight.
        if event.widget is self.focused and event.widget.id in tuple(Pane):
            self._panes.note_focus(Pane(event.widget.id))
            self._show_place()

    def _preview(self) -> None:
        self._stories.preview(self._list.record_id)
