"""The readable text of stories: fetched by a key, kept, and shown if the reader is still there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from newsreader.app.page_results import STOPPED, FetchBatch, FetchOutcome, PageResult
from newsreader.app.page_texts import (
    MANY,
    NoPageError,
    PageRequest,
    PageTexts,
    copy_request,
    page_request,
    page_requests,
)
from newsreader.keymap.active import key_of
from newsreader.ui.controllers.context import ScreenContext
from newsreader.ui.controllers.links import LinksController
from newsreader.ui.controllers.story import StoryController
from newsreader.ui.messages import EntryFilled, PageFetchEnded, StoriesRead, handles
from newsreader.ui.workers.fetch_client import FetchClient, under_way
from newsreader.ui.workers.job_queue import JobQueue

if TYPE_CHECKING:
    from newsreader.domain.story_page import StoryPage
    from newsreader.web.fetch.protocol import Answer


class _Job(NamedTuple):
    page: StoryPage
    request: PageRequest
    in_batch: bool


class PageTextController:
    """Requests texts of pages, shows the progress, and reports the results."""

    def __init__(
        self,
        context: ScreenContext,
        fetch_client: FetchClient,
        texts: PageTexts,
        *,
        stories: StoryController,
        links: LinksController,
        go_to: Callable[[int], None],
    ) -> None:
        self._context = context
        self._fetch_client = fetch_client
        self._texts = texts
        self._queue = JobQueue(context.screen, "pages")
        self._stories = stories
        self._links = links
        self._jobs: dict[int, _Job] = {}
        self._batch = FetchBatch()
        self._go_to = go_to

    def fetch(self, page: StoryPage) -> None:
        """Fetch the text of a story, or a newer one."""
        try:
            request = page_request(page)
        except NoPageError as error:
            self._context.tell(str(error))
            return
        if self._is_under_way(page):
            self._context.tell(under_way("This page is being read"))
        else:
            self._fetch_alone(page, request)

    @handles(StoriesRead)
    def fetch_all(self, message: StoriesRead) -> None:
        """Fetch the texts of several stories, after asking if there are many."""
        requests, lacking = page_requests(message.pages)
        requests = [(page, request) for page, request in requests if not self._is_under_way(page)]
        begin = partial(self._begin_batch, requests, lacking)
        if not requests:
            self._context.tell("None of these stories has a page that can be fetched.")
        elif len(requests) <= MANY:
            begin()
        else:
            from newsreader.ui.dialogs.chooser import Choice, ChooserScreen

            fetch = Choice(f"Fetch {len(requests):,} pages", "at most two at once from one host")
            self._context.push(
                ChooserScreen("Fetch many pages", [fetch, Choice("Cancel", "")]),
                lambda index: begin() if index == 0 else None,
            )

    def cancel(self) -> bool:
        """Cancel all requests; return False if there are none."""
        if not self._jobs:
            return False
        for number in self._jobs:
            self._fetch_client.cancel(number)
        self._jobs.clear()
        self._show_stage("")
        self._context.tell(self._batch.stop() or STOPPED)
        return True

    def keep_in_view(self, page: StoryPage | None) -> None:
        """Add what was fetched earlier to the story in the pane, if the corpus lacks it."""
        if page is not None and page.record_id is None and page.text is None:
            self._queue.do(lambda: self._fill(page))

    @handles(PageFetchEnded)
    def report(self, message: PageFetchEnded) -> None:
        """Show a result if the reader is still there, and report it."""
        result = message.result
        is_shown = self._stories.shows(result.page)
        if is_shown and result.updated != result.page:
            self._show(result)
        if message.in_batch:
            if self._batch.count(result):
                self._report_batch()
            self._show_stage("")
        elif not is_shown:
            self._context.tell(result.message_elsewhere())
        else:
            self._context.tell(result.message(key_of))
            if result.copy is not None and self._context.is_uncovered:
                self._offer_copy(result)

    @handles(EntryFilled)
    def show_filled(self, message: EntryFilled) -> None:
        """Show what was fetched earlier of related coverage that the corpus lacks."""
        self._stories.fill(message.page, message.filled)

    def stop(self) -> None:
        """Stop the requests and finish what is being kept."""
        self._jobs.clear()
        self._fetch_client.stop()
        self._queue.finish()
        self._texts.close()

    # -- requests -----------------------------------------------------------------------------------

    def _fetch_alone(self, page: StoryPage, request: PageRequest) -> None:
        if self._stories.shows(page):
            self._stories.reveal_text()
        self._begin(page, request, in_batch=False)
        self._show_stage("reading the page")

    def _begin_batch(self, requests: Sequence[tuple[StoryPage, PageRequest]], lacking: int) -> None:
        self._batch.add(len(requests), lacking)
        for page, request in requests:
            self._begin(page, request, in_batch=True)
        self._show_stage("")

    def _begin(self, page: StoryPage, request: PageRequest, *, in_batch: bool) -> None:
        numbers: list[int] = []  # known only when the request is made, and needed by the handler
        numbers.append(
            self._fetch_client.fetch_page(
                request.candidates, request.kept, lambda answer: self._handle_answer(numbers[0], answer)
            )
        )
        self._jobs[numbers[0]] = _Job(page, request, in_batch)
        self._context.status.clear_message()

    def _is_under_way(self, page: StoryPage) -> bool:
        return any(_is_same(job.page, page) for job in self._jobs.values())

    def _handle_answer(self, number: int, answer: Answer) -> None:
        from newsreader.web.fetch.protocol import PictureFetched, Stage

        job = self._jobs.get(number)
        if job is None or isinstance(answer, PictureFetched):
            return
        if isinstance(answer, Stage):
            self._show_stage(answer.words)
            return
        del self._jobs[number]
        self._queue.do(
            lambda: PageFetchEnded(self._texts.accept(job.page, job.request, answer), in_batch=job.in_batch)
        )
        self._show_stage("")

    def _show_stage(self, stage: str) -> None:
        """Show the progress; without a stage only if that is known to have changed."""
        if not self._jobs:
            self._context.status.fetching = ""
        elif self._batch.is_active:
            self._context.status.fetching = under_way(self._batch.progress(stage))
        elif stage:
            self._context.status.fetching = under_way(stage)

    # -- results ------------------------------------------------------------------------------------

    def _show(self, result: PageResult) -> None:
        if result.outcome is not FetchOutcome.FAILED or result.page.record_id is None:
            shown = self._stories.page or result.page
            new = result.updated
            self._stories.fill(result.page, shown._replace(text=new.text, verdicts=new.verdicts))
        self._stories.read_again()

    def _fill(self, page: StoryPage) -> EntryFilled | None:
        filled = self._texts.fill(page)
        return EntryFilled(page, filled) if filled != page else None

    def _report_batch(self) -> None:
        """Show the summary of a batch, and list its failures; the reader may go to one of these stories."""
        from newsreader.ui.dialogs.chooser import Choice, ChooserScreen

        summary, failures = self._batch.summary(), self._batch.failures
        self._batch.clear()
        self._context.tell(summary)
        if not failures or not self._context.is_uncovered:
            return

        def go_to(index: int | None) -> None:
            record_id = None if index is None else failures[index].page.record_id
            if record_id is not None:
                self._go_to(record_id)

        reasons = [(result.page.record.title, result.failure) for result in failures]
        choices = [Choice(title, failure.words if failure else "") for title, failure in reasons]
        self._context.push(ChooserScreen("Pages that failed", choices, about=summary), go_to)

    def _offer_copy(self, result: PageResult) -> None:
        """Offer the archived copy of a page that is dead."""
        from newsreader.ui.dialogs.chooser import Choice, ChooserScreen

        link, request = result.copy, copy_request(result)
        if link is None or request is None or result.failure is None:
            return
        choices = [
            Choice("Open the archived copy", f"in the browser, {link.label}"),
            Choice("Read the archived copy here", "its text, as of any page"),
            Choice("Cancel", f"{key_of('archived')} opens it later"),
        ]
        actions = (partial(self._links.open, link), partial(self._fetch_alone, result.page, request))
        self._context.push(
            ChooserScreen("The page is not there", choices, about=f"{result.failure.words}."),
            lambda index: actions[index]() if index is not None and index < len(actions) else None,
        )


def _is_same(one: StoryPage, other: StoryPage) -> bool:
    if one.record_id is None and other.record_id is None:
        return one.record == other.record
    return one.record_id == other.record_id
