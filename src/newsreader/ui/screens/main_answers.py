"""What the main screen does with answers: each goes to the desk whose business it is."""

from __future__ import annotations

from textual import on

from newsreader.keymap.active import key_of
from newsreader.ui import messages, messages_text
from newsreader.ui.controllers.topics import TopicsController
from newsreader.ui.controllers.undo import UndoSource
from newsreader.ui.screens.main_actions import MainActions
from newsreader.ui.widgets.status_line import StatusLine
from newsreader.ui.workers.fetch_client import FetchClient


class MainAnswers(MainActions):
    """The messages of workers that `messages.py` lists. `MainScreen` makes the desks."""

    _fetches: FetchClient
    _status: StatusLine
    _topics: TopicsController

    @on(messages.ListRead)
    def _take_list(self, answer: messages.ListRead) -> None:
        self._list.take(answer.listing)
        self._show_place()
        self._preview()

    @on(messages.WindowRead)
    def _take_window(self, answer: messages.WindowRead) -> None:
        self._list.take_window(answer)

    @on(messages.SidebarRead)
    def _take_sidebar(self, answer: messages.SidebarRead) -> None:
        self._topics.take(answer.tree, answer.counts, self.view)
        self.show_view(self._topics.true_name(self.view))
        self._list.note_count(answer.counts.everything)
        self._filters.know(answer.tree, answer.counts)

    @on(messages.SearchesRead)
    def _take_searches(self, answer: messages.SearchesRead) -> None:
        self._saved.take(answer)

    @on(messages.SearchCounted)
    def _take_search_count(self, answer: messages.SearchCounted) -> None:
        self._topics.note_found(answer.name, answer.count, self.view)

    @on(messages.SearchesChanged)
    def _report_searches(self, answer: messages.SearchesChanged) -> None:
        self._saved.changed(answer)

    @on(messages.PageRead)
    def _take_page(self, answer: messages.PageRead) -> None:
        self._stories.take(answer.record_id, answer.page)
        if self._stories.page is not None:
            self._marks.rest_on(self._stories.page)

    @on(messages.MarksChanged)
    def _follow_marks(self, answer: messages.MarksChanged) -> None:
        if answer.is_step:
            self._undo.note(UndoSource.MARKS)
        if answer.undone is not None:
            self._undo.was_empty(undone=answer.undone)
        if answer.words:
            self.tell(f"{answer.words}; {key_of('undo')} undoes it." if answer.is_step else answer.words)
        self._list.read_marks()
        self._stories.read_again()
        self._saved.count_soon()

    @on(messages.UnreadFound)
    def _go_to_unread(self, answer: messages.UnreadFound) -> None:
        if not self._list.go_to_unread(answer):
            self.tell(messages_text.no_unread(answer.direction))

    @on(messages.UnreadCounted)
    def _ask_before_marking(self, answer: messages.UnreadCounted) -> None:
        self._marks.offer_to_mark(answer.ids)

    @on(messages.LinkOpened)
    def _report_link(self, event: messages.LinkOpened) -> None:
        self.tell(event.words)
        if event.failed_url:
            self._links.offer_copy(event.failed_url, event.words)

    @on(messages.RecordsRead)
    def _use_selection(self, answer: messages.RecordsRead) -> None:
        self._selection.use(answer.use, answer.records)

    @on(messages.StoriesRead)
    def _fetch_selection(self, answer: messages.StoriesRead) -> None:
        self._pages.fetch_all(answer.pages)

    @on(messages.FetchAnswered)
    def _take_fetched(self, event: messages.FetchAnswered) -> None:
        self._fetches.take(event.answer)

    @on(messages.TextKept)
    def _show_text(self, event: messages.TextKept) -> None:
        self._pages.text_kept(event)
        self._saved.count_soon()

    @on(messages.VerdictsKept)
    def _show_verdicts(self, event: messages.VerdictsKept) -> None:
        self._pages.verdicts_kept(event)
        self._saved.count_soon()

    @on(messages.EntryFilled)
    def _fill_entry(self, event: messages.EntryFilled) -> None:
        self._pages.entry_filled(event)

    @on(messages.PictureDrawn)
    def _show_picture(self, answer: messages.PictureDrawn) -> None:
        self._pictures.take_drawing(answer)

    @on(messages.Notification)
    def _pass_on(self, event: messages.Notification) -> None:
        self.tell(event.words)

    @on(messages.IndexMissing)
    def _wait_for_index(self) -> None:
        self._list.wait()

    @on(messages.QueryFailed)
    def _report_failure(self, event: messages.QueryFailed) -> None:
        self._index.failed(event)

    @on(messages.IndexGrew)
    def _follow_growth(self, event: messages.IndexGrew) -> None:
        self._index.grew(event, something_shown=self._list.record_id is not None)

    @on(messages.CorpusChanged)
    def _follow_corpus(self) -> None:
        self._index.corpus_changed()

    @on(messages.RefreshEnded)
    def _finish_refresh(self, event: messages.RefreshEnded) -> None:
        self._index.ended(event, something_shown=self._list.record_id is not None)

    @on(messages.SyncMoved)
    def _follow_sync(self, event: messages.SyncMoved) -> None:
        self._sync.moved(event)

    @on(messages.SyncEnded)
    def _finish_sync(self, event: messages.SyncEnded) -> None:
        self._sync.ended(event)

    @on(messages.ProblemsRead)
    def _show_problems(self, answer: messages.ProblemsRead) -> None:
        self._problems.show(answer.problems)

    @on(messages.Explained)
    def _show_explanation(self, answer: messages.Explained) -> None:
        self._order.show_explanation(answer)

    def _preview(self) -> None:
        self._stories.rest_on(self._list.record_id)

    def _look_again(self) -> None:
        """The index is not what it was: read list, numbers and story anew."""
        self._list.read_again()
        self._loader.read_sidebar(self._list.view.scope)
        self._saved.read()
        self._stories.read_again()

    def _show_place(self) -> None:
        self._status.place = " · ".join(filter(None, (self._selection.words, self._list.place)))
