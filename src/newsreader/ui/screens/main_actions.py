"""The actions of the main screen: each calls the controller in charge."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from newsreader.domain.marks import Mark
from newsreader.domain.pages import LinkAction
from newsreader.domain.setting_values import Density
from newsreader.domain.story_page import StoryPage
from newsreader.ui.controllers.saved_searches import SavedSearchAction
from newsreader.ui.panes import Pane
from newsreader.ui.screens.main_parts import MainParts


class MainActions(MainParts):
    """The actions of `keymap.actions.SCREEN`."""

    def action_step_pane(self, direction: int, around: bool) -> None:
        """To the pane beside this one."""
        if not around and self._panes.active is Pane.TOPICS and self._topics.step(direction):
            return
        self._panes.step(direction, around=around)

    def action_go_to(self, pane: str) -> None:
        """To a pane by its name."""
        self._panes.go_to(Pane(pane))

    def action_jump(self) -> None:
        """Show letters beside the rows or links in sight, and go to the one that is typed."""
        from newsreader.ui.dialogs.jump import Jump, JumpScreen

        pane = self._panes.focused

        def go(jump: Jump | None) -> None:
            if jump is not None:
                pane.jump_to(jump.target)
                if jump.chooses:
                    pane.action_activate()

        if pane.jump_targets():
            self.context.push(JumpScreen(pane), go)
        else:
            self.tell("There is nothing in sight to jump to.")

    def action_zen(self) -> None:
        """Toggle full-screen story."""
        self._panes.toggle_zen()

    def action_widen(self, direction: int) -> None:
        """Make the pane with the focus wider, narrower, or all as wide as usual."""
        if not self._panes.widen(direction):
            self.tell("One pane alone has all the room.")

    def action_density(self) -> None:
        """Rows of one line, or of two."""
        density = self._layout_state.toggle_density()
        self._rows.set_density(density)
        self.tell(f"Rows are {density}: {'one line' if density is Density.COMPACT else 'two lines'} each.")

    def action_visit(self, direction: int) -> None:
        """Go back or forward in the story history."""
        (self._stories.back if direction < 0 else self._stories.forward)()

    def action_link(self, use: str) -> None:
        """Open or copy a link of the story, or of all that are selected."""
        if self._means_selection:
            self._selection.read_for(LinkAction(use))
        else:
            self._with_page(partial(self._links.use, LinkAction(use)))

    def action_readable_text(self) -> None:
        """Fetch the text of the story, or of all that are selected."""
        if self._means_selection:
            self.context.client.read_stories(self._selection.ids)
        else:
            self._with_page(self._pages.fetch)

    def action_play(self) -> None:
        """Play the enclosure of the story."""
        self._with_page(self._external.play)

    def action_download(self) -> None:
        """Download the enclosure of the story."""
        self._with_page(self._downloads.download)

    def action_pipe(self) -> None:
        """Pass the story to a command that is typed."""
        self._with_page(self._external.pipe)

    def action_external(self, number: int) -> None:
        """Pass the story to a command of the settings."""
        self._with_page(partial(self._external.run, number))

    def action_select(self, every: bool) -> None:
        """Toggle the selection of a story, or of all."""
        self._panes.go_to(Pane.LIST)
        (self._selection.toggle_all if every else self._selection.toggle)()

    def action_saved(self, action: str) -> None:
        """Save a search, or change those that are saved."""
        self._saved.act(SavedSearchAction(action))

    def action_mark(self, mark: str) -> None:
        """Toggle a mark of the story, or of all that are selected."""
        if self._means_selection:
            self._selection.mark(Mark[mark])
        else:
            self._with_page(partial(self._marks.toggle, Mark[mark]))

    def action_mark_all_read(self) -> None:
        """Mark every story of the list as read."""
        self.context.client.read_unread(self.view)

    def action_note(self) -> None:
        """Edit the note on the story."""
        from newsreader.ui.dialogs.note import NoteScreen

        def ask(page: StoryPage) -> None:
            self.app.push_screen(NoteScreen(page.record.title, page.note, partial(self._marks.note, page)))

        self._with_page(ask)

    def action_tags(self) -> None:
        """Edit the tags of the story, or of all that are selected."""
        if self._means_selection:
            self._tags.edit_all(self._selection.ids)
        else:
            self._with_page(self._tags.edit)

    def action_unread(self, direction: int) -> None:
        """Go to the next or previous unread story; during a search in the story, to the next match."""
        if self._finds_in_story and direction > 0:
            self._finds.go(1)
            return
        self._list.find_unread(direction)

    def action_previous_found(self) -> None:
        """Go to the previous match."""
        if self._finds_in_story:
            self._finds.go(-1)
        else:
            self.tell("/ in the story looks for words there.")

    def action_picture(self) -> None:
        """Toggle the picture."""
        show = partial(self._with_page, self._pictures.toggle)
        if self._reading.display:
            show()
        else:
            # The page that the list's row stands for is asked for first: going there changes who is meant.
            show()
            self._panes.go_to(Pane.STORY)

    def action_read_on(self) -> None:
        """One page on; at the end of a story to the next unread one; in the sidebar fold or unfold."""
        if self._sidebar.has_focus:
            self._topics.toggle_fold()
            return
        if self._panes.active is not Pane.STORY or not self._story.is_at_end:
            self._panes.page_down()
            return
        if self._stories.page is not None:
            self._marks.finish(self._stories.page)
        self._list.find_unread(1)

    def action_undo(self) -> None:
        """Undo the last change."""
        self._changes.undo()

    def action_redo(self) -> None:
        """Redo the change that was undone last."""
        self._changes.redo()

    def action_filter(self) -> None:
        """Type a filter; in the story, words to find there; in the sidebar, words of topics."""
        if self._panes.active is Pane.STORY:
            self._finds.open()
            return
        if self._panes.active is Pane.TOPICS and self._sidebar.has_focus:
            self._topics.ask_for_filter()
            return
        self._panes.go_to(Pane.LIST)
        self._filter.open()

    def action_step_back(self) -> None:
        """Back: cancel fetching, the search, the selection or the filter, or go to the list."""
        if self.selections:
            self.clear_selection()
            return
        is_typing = self._filter.has_focus_within
        if not is_typing and any(cancel() for cancel in self._cancels):
            return
        if self._finds_in_story:
            self._finds.clear()
            return
        if self._means_selection and not is_typing:
            self._selection.clear()
            return
        if is_typing or (self._panes.active is Pane.LIST and self._list.view.filter):
            self._panes.go_to(Pane.LIST)
            self._filters.clear()
        elif self._panes.active is Pane.TOPICS and self._topics.wanted:
            self._topics.filter("")
        else:
            self._panes.go_to(Pane.LIST)

    def action_order(self, choose: bool) -> None:
        """Another order of the list: the next one, or one that the reader chooses."""
        (self._order.choose if choose else self._order.next)()

    def action_explain(self) -> None:
        """Why the story ranks where it does."""
        self._order.explain(self._list.record_id)

    def action_trends(self) -> None:
        """The records of the list by week, topic and provider."""
        self._trends.open()

    def action_edition(self, date: str = "") -> None:
        """The front page of a date, or else of the day of the story under the cursor."""
        from newsreader.ui.dialogs.edition import EditionRequest, EditionScreen

        def open_story(record_id: int | None) -> None:
            if record_id is not None:
                self._list.go_to(record_id)
                self._stories.preview(record_id)
                self._stories.enter()
                self._panes.go_to(Pane.STORY)

        request = EditionRequest(date, self._list.record_id)
        folder = self.context.library.root.name.replace("_", " ").replace("-", " ")
        name = self._corpora.name or folder or "newsreader"
        self.context.push(EditionScreen(self.context.library, name, request), open_story)

    def action_toggle_scope(self) -> None:
        """Front page or everything."""
        self.show_view(self.view.in_scope(self.view.scope.other()))

    def action_fold(self, whole_list: bool) -> None:
        """The reports of one story, or of every story."""
        (self._folds.toggle_all if whole_list else self._folds.toggle_story)()

    def action_corpora(self) -> None:
        """Another corpus."""
        self._corpora.choose()

    def action_refresh_corpus(self) -> None:
        """Look for changed files."""
        self._index.refresh()

    def action_messages(self) -> None:
        """The messages of this session."""
        from newsreader.ui.dialogs.messages import MessagesScreen

        self.app.push_screen(MessagesScreen(self._status.shown))

    def action_sync(self) -> None:
        """Fresh records."""
        self._sync.sync()

    def action_add_source(self) -> None:
        """A feed, a site or a list of feeds for this corpus."""
        self._adding.open()

    def action_problems(self) -> None:
        """The files that could not be read."""
        self.context.client.read_problems()

    def action_help(self) -> None:
        """All keys."""
        from newsreader.ui.dialogs.help import HelpScreen

        self.app.push_screen(HelpScreen(self._panes.active))

    @property
    def _finds_in_story(self) -> bool:
        """Whether words are looked for in the story, and the reader is there."""
        return self._panes.active is Pane.STORY and self._finds.is_active

    @property
    def _means_selection(self) -> bool:
        """Whether keys act on all stories that are selected."""
        return self._panes.active is Pane.LIST and not self._selection.is_empty

    def _with_page(self, use: Callable[[StoryPage], None]) -> None:
        """Do something with the story that the reader means: the list's row, or what is in the pane."""
        in_list = self._panes.active is Pane.LIST
        self._stories.with_page(use, self._list.record_id if in_list else None)
