"""The readable text of stories: fetched on request, kept, and shown where the reader still is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from newsreader.domain.page_text import Candidate, PageText, Version, candidates_of
from newsreader.domain.pages import find_copy
from newsreader.keymap.active import key_of
from newsreader.ui.controllers import fetch_messages
from newsreader.ui.controllers.context import ScreenContext
from newsreader.ui.controllers.links import LinksController
from newsreader.ui.controllers.page_batch import PageBatch
from newsreader.ui.controllers.story import StoryController
from newsreader.ui.message_router import handles
from newsreader.ui.messages import EntryFilled, StoriesRead, TextKept, VerdictsKept
from newsreader.ui.workers.fetch_client import FetchClient
from newsreader.ui.workers.page_store import PageStoreClient

if TYPE_CHECKING:
    from newsreader.domain.link_status import LinkStatus
    from newsreader.domain.story_page import StoryPage
    from newsreader.web.fetch.protocol import Answer, Failed


class _Job(NamedTuple):
    """A text that is being fetched. `batch` is None where it was asked for alone."""

    page: StoryPage
    candidates: Sequence[Candidate]
    batch: PageBatch | None


class PageTextController:
    """Has texts of pages fetched and kept, and says what came of it.

    Args:
        context: Of the main screen.
        fetches: Asks for the pages.
        keeper: Keeps what came.
        stories: Shows it, if the reader is still there.
        links: Opens archived copies in the browser.
        go_to: Puts the cursor on a record of the list.

    """

    def __init__(
        self,
        context: ScreenContext,
        fetches: FetchClient,
        keeper: PageStoreClient,
        *,
        stories: StoryController,
        links: LinksController,
        go_to: Callable[[int], None],
    ) -> None:
        self._context = context
        self._fetches = fetches
        self._keeper = keeper
        self._stories = stories
        self._links = links
        self._jobs: dict[int, _Job] = {}
        self._batch = PageBatch(context, go_to)

    def fetch(self, page: StoryPage) -> None:
        """Fetch the text of a story, or a newer one."""
        candidates = _candidates_for(page)
        if not candidates:
            self._context.tell("This story has no page that can be fetched.")
        elif self._is_under_way(page):
            self._context.tell(fetch_messages.under_way("This page is being read"))
        else:
            if self._stories.shows(page):
                self._stories.reveal_text()
            self._begin(page, candidates, None)

    @handles(StoriesRead)
    def fetch_all(self, message: StoriesRead) -> None:
        """Fetch the texts of several stories, after asking if they are many."""
        pages = message.pages
        wanted = [page for page in pages if _candidates_for(page)]
        lacking = len(pages) - len(wanted)
        if self._jobs:
            wanted = [page for page in wanted if not self._is_under_way(page)]
        self._batch.offer(wanted, lacking, self._begin_batch)

    def cancel(self) -> bool:
        """Give up what is being fetched; False where nothing is."""
        if not self._jobs:
            return False
        for number in self._jobs:
            self._fetches.cancel(number)
        self._jobs.clear()
        self._show_stage("")
        self._context.tell(self._batch.stop() or "Stopped; nothing was changed.")
        return True

    def keep_in_view(self, page: StoryPage | None) -> None:
        """A story is in the pane that the corpus may lack: what was fetched of it is shown with it."""
        if page is not None and page.record_id is None and page.text is None:
            self._keeper.fill(page)

    @handles(TextKept)
    def text_kept(self, message: TextKept) -> None:
        """A text was kept: show it where the reader still is."""
        page, text = message.page, message.text
        if self._stories.shows(page):
            self._stories.fill(page, (self._stories.page or page)._replace(text=text))
            self._stories.read_again()
            words = fetch_messages.fetched(text)
        else:
            words = fetch_messages.fetched_elsewhere(page.record.title)
        if message.in_batch:
            self._batch.kept(message.failure)
            self._show_stage("")
        else:
            self._context.tell(f"{words} {message.failure}".rstrip() if message.failure else words)

    @handles(VerdictsKept)
    def verdicts_kept(self, message: VerdictsKept) -> None:
        """How links fared was noted: the marks beside them follow."""
        page = message.page
        if self._stories.shows(page):
            if page.record_id is not None:
                self._stories.read_again()
            else:
                told = {verdict.url: verdict for verdict in (*page.verdicts, *message.verdicts)}
                self._stories.fill(page, page._replace(verdicts=tuple(told.values())))

    @handles(EntryFilled)
    def entry_filled(self, message: EntryFilled) -> None:
        """Something was fetched earlier of related coverage that the corpus lacks."""
        self._stories.fill(message.page, message.filled)

    def stop(self) -> None:
        """Leave nothing running, and nothing undone."""
        self._jobs.clear()
        self._fetches.stop()
        self._keeper.stop()

    # -- under way ----------------------------------------------------------------------------------

    def _begin(self, page: StoryPage, candidates: Sequence[Candidate], batch: PageBatch | None) -> None:
        job = _Job(page, candidates, batch)
        numbers: list[int] = []  # known only when the request is made, and needed by whoever answers
        numbers.append(
            self._fetches.fetch_page(candidates, page.text, lambda answer: self._take(numbers[0], answer))
        )
        self._jobs[numbers[0]] = job
        self._context.status.fall_silent()
        self._show_stage("reading the page" if batch is None else "")

    def _is_under_way(self, page: StoryPage) -> bool:
        return any(_same(job.page, page) for job in self._jobs.values())

    def _begin_batch(self, pages: Sequence[StoryPage]) -> None:
        for page in pages:
            self._begin(page, _candidates_for(page), self._batch)
        self._show_stage("")

    def _take(self, number: int, answer: Answer) -> None:
        from newsreader.web.fetch.protocol import Failed, PageFetched, PageUnchanged, Stage

        job = self._jobs.get(number)
        if job is None:
            return
        if isinstance(answer, Stage):
            self._show_stage(answer.words)
            return
        del self._jobs[number]
        if isinstance(answer, PageFetched):
            self._fetched(job, answer.text, answer.verdicts)
        elif isinstance(answer, PageUnchanged):
            self._unchanged(job, answer.verdicts)
        elif isinstance(answer, Failed):
            self._failed(job, answer)
        self._show_stage("")

    def _show_stage(self, words: str) -> None:
        """Show how far it is; without news the least that is true."""
        if not self._jobs:
            self._context.status.fetching = ""
        elif self._batch.is_under_way:
            self._context.status.fetching = fetch_messages.under_way(self._batch.progress(words))
        elif words:
            self._context.status.fetching = fetch_messages.under_way(words)

    # -- what came ----------------------------------------------------------------------------------

    def _fetched(self, job: _Job, text: PageText, verdicts: Sequence[LinkStatus]) -> None:
        before = job.page.text
        if before is not None and before.html == text.html:
            self._unchanged(job, verdicts)
        else:
            self._keeper.keep(job.page, text, verdicts, in_batch=job.batch is not None)

    def _unchanged(self, job: _Job, verdicts: Sequence[LinkStatus]) -> None:
        if verdicts:
            self._keeper.note(job.page, verdicts)
        if job.batch is not None:
            job.batch.unchanged()
        else:
            self._context.tell("The page is unchanged; this is its newest text.")

    def _failed(self, job: _Job, failure: Failed) -> None:
        from newsreader.web.fetch.advice import failed_in_words, is_dead

        of_copy = any(candidate.version is Version.ARCHIVED for candidate in job.candidates)
        if failure.verdicts:
            self._keeper.note(job.page, failure.verdicts)
        if job.batch is not None:
            job.batch.failed(job.page, failure)
        elif not self._stories.shows(job.page):
            self._context.tell(fetch_messages.failed_elsewhere(job.page.record.title, failure))
        elif is_dead(failure) and self._context.is_uncovered and not of_copy:
            self._offer_copy(job.page, failure)
        else:
            self._context.tell(failed_in_words(failure, key_of, of_copy=of_copy))

    def _offer_copy(self, page: StoryPage, failure: Failed) -> None:
        """The page is dead: offer what the Internet Archive may have."""
        from newsreader.ui.dialogs.chooser import Choice, ChooserScreen
        from newsreader.web.fetch.advice import failed_in_words

        self._context.tell(failed_in_words(failure, key_of))
        link, _ = find_copy(page.record, ())
        if link is None:
            return
        candidate = Candidate(Version.ARCHIVED, link.url)
        choices = [
            Choice("Open the archived copy", f"in the browser, {link.label}"),
            Choice("Read the archived copy here", "its text, as of any page"),
            Choice("Leave it", f"{key_of('archived')} opens it later"),
        ]
        acts = (partial(self._links.open, link), partial(self._read_copy, page, candidate))
        self._context.push(
            ChooserScreen("The page is not there", choices, about=f"{failure.words}."),
            lambda index: acts[index]() if index is not None and index < len(acts) else None,
        )

    def _read_copy(self, page: StoryPage, candidate: Candidate) -> None:
        if self._stories.shows(page):
            self._stories.reveal_text()
        self._begin(page, [candidate], None)


def _candidates_for(page: StoryPage) -> Sequence[Candidate]:
    """The pages to try; behind them the archived copy, where the text that is kept is from there."""
    found = candidates_of(page.record)
    if page.text is not None and page.text.version is Version.ARCHIVED:
        return (*found, Candidate(Version.ARCHIVED, page.text.url))
    return found


def _same(one: StoryPage, other: StoryPage) -> bool:
    if one.record_id is None and other.record_id is None:
        return one.record == other.record
    return one.record_id == other.record_id
