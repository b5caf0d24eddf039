"""Asking one source: which pages, with which validators, and what is done with the answers."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from newsreader.domain.sanitize import clean_line
from newsreader.domain.topics import TopicTree
from newsreader.domain.urls import is_openable
from newsreader.web.http.errors import Failure, WebError
from newsreader.web.sources.entries import records_of
from newsreader.web.sources.feeds import ACCEPT, NoFeedparserError, read_feed
from newsreader.web.sources.incoming_record import IncomingRecord, InvalidRecordError
from newsreader.web.sources.listing import MOST_PAGES, read_listing
from newsreader.web.sources.opml import Outline, read_opml
from newsreader.web.sources.plan import Plan, SourceKind, SyncSource
from newsreader.web.sync.file_writer import CorpusWriteError, CorpusWriter
from newsreader.web.sync.report import RecordOutcome, SourceReport, WriteResult
from newsreader.web.sync.state import PageValidators, SyncState

if TYPE_CHECKING:
    from newsreader.web.http.client import Response, WebClient

MOST_WORDS = 200
"""Sentences of one report; a source that is broken throughout does not fill the memory."""

MOST_BROUGHT = 5_000
"""Records that one report names."""

SAVE_EVERY = 200
"""Files after which what is remembered is written down, for a run that is killed."""

_NEXT_STEPS = {
    Failure.GONE: "Look for its new address, and change the settings.",
    Failure.UNREACHABLE: "Try again when the network or the site is back.",
    Failure.REFUSED: "The site does not let programs in.",
    Failure.BUSY: "Try again later.",
    Failure.BROKEN: "Try again later.",
    Failure.UNSAFE: "If you trust it, private_addresses in the settings allows addresses of this network.",
    Failure.UNREADABLE: "Look at the address in a browser.",
}


class SourceRun:
    """One run of one source.

    Args:
        source: Which.
        plan: It is part of.
        client: Asks the servers.
        intake: Takes the records.
        state: What is remembered.
        topics: Of the corpus.
        requests: Lets only so many requests be under way.

    Attributes:
        outcomes: What became of the records that were not there before.

    """

    def __init__(
        self,
        source: SyncSource,
        plan: Plan,
        *,
        client: WebClient,
        intake: CorpusWriter,
        state: SyncState,
        topics: TopicTree,
        requests: asyncio.Semaphore,
    ) -> None:
        self._source = source
        self._plan = plan
        self._client = client
        self._intake = intake
        self._state = state
        self._memory = state.source(source)
        self._topics = topics
        self._slots = requests
        self._counts: Counter[str] = Counter()
        self._words: list[str] = []
        self._requests = self._unchanged = self._unsaved = 0
        self._on_new: Callable[[int], None] = lambda _: None
        self.outcomes: list[WriteResult] = []

    @property
    def name(self) -> str:
        """Of the source."""
        return self._source.name

    async def run(self, on_new: Callable[[int], None]) -> SourceReport:
        """Ask it; `on_new` hears how many records came up to now. What goes wrong stands in the report."""
        self._on_new = on_new
        failure = ""
        ask = {
            SourceKind.LISTING: self._ask_listing,
            SourceKind.FEED: self._ask_feed,
            SourceKind.OPML: self._ask_list,
        }[self._source.kind]
        try:
            await ask()
        except (WebError, InvalidRecordError, CorpusWriteError) as error:
            failure = in_words(error)
        return SourceReport(
            self.name,
            dict(self._counts),
            tuple((one.came.value, one.path) for one in self.outcomes[:MOST_BROUGHT]),
            tuple(self._words),
            failure,
            self._requests,
            self._unchanged,
        )

    async def _ask_listing(self) -> None:
        """Follow the pages, up to the first one that is known throughout if all behind it are."""
        was_whole = self._memory.is_whole
        visited: set[str] = set()
        url = self._source.address
        while url:
            if url in visited:
                raise InvalidRecordError(f"{url}: the pages of this listing lead in a circle")
            if len(visited) == MOST_PAGES:
                raise InvalidRecordError(
                    f"this listing has more than {MOST_PAGES:,} pages; the rest was left out"
                )
            visited.add(url)
            url, is_known = await self._ask_page(url)
            if is_known and was_whole and not self._plan.all_pages:
                break
        self._memory.is_whole = True

    async def _ask_page(self, url: str) -> tuple[str, bool]:
        """One page of a listing: the address of the next one, and whether all its records are known."""
        answer = await self._get(url, accept="application/json")
        if answer.is_unchanged:
            return self._memory.pages[url].following, True
        page = read_listing(answer.text(), answer.url, self._source)
        self._memory.is_whole = False  # until what is behind this page is known, too, whatever ends the run
        is_known = await self._take(page.records, page.complaints, self.name)
        self._remember(url, answer, page.next_url)
        return page.next_url, is_known

    async def _ask_feed(self) -> None:
        await self._ask_one_feed(self._source.address, self.name)

    async def _ask_one_feed(self, url: str, by: str, categories: Iterable[str] = ()) -> None:
        answer = await self._get(url, accept=ACCEPT)
        if answer.is_unchanged:
            return
        # Read at once: it is short for a feed, and nothing else waits but other sources.
        feed = read_feed(answer.body, answer.url, content_type=answer.content_type, charset=answer.charset)
        records, complaints = records_of(
            feed, answer.url, self._source, self._topics, categories=categories, asked=url
        )
        await self._take(records, complaints, by)
        self._remember(url, answer)

    async def _ask_list(self) -> None:
        """Every feed of a list; those that fail are told of at the end."""
        outlines = await self._outlines()
        failures: list[str] = []

        async def ask(outline: Outline) -> None:
            try:
                # A record belongs to its feed: another one of the list may have the same page, too.
                await self._ask_one_feed(outline.url, f"{self.name} {outline.url}", outline.folders)
            except NoFeedparserError:
                raise
            except (WebError, InvalidRecordError) as error:
                failures.append(f"{outline.title or outline.url}: {in_words(error)}")

        try:
            async with asyncio.TaskGroup() as group:
                for outline in outlines:
                    group.create_task(ask(outline))
        except* (InvalidRecordError, CorpusWriteError) as errors:
            raise errors.exceptions[0] from None
        if failures:
            self._note(failures)
            raise InvalidRecordError(
                f"{len(failures):,} of {len(outlines):,} feeds failed, the first: {failures[0]}"
            )

    async def _outlines(self) -> list[Outline]:
        address = self._source.address
        if is_openable(address):
            # Always in full: its feeds are asked whether or not the list has changed.
            answer = await self._get(
                address, accept="text/x-opml, application/xml;q=0.9, */*;q=0.5", known=False
            )
            return read_opml(answer.body)
        try:
            return read_opml(await asyncio.to_thread(Path(address).read_bytes))
        except OSError as error:
            raise InvalidRecordError(f"{address}: cannot be read ({error.strerror or error})") from None

    async def _get(self, url: str, *, accept: str, known: bool = True) -> Response:
        from newsreader.web.http.client import Validators

        page = (
            self._memory.pages.get(url, PageValidators())
            if known and not self._plan.restore
            else PageValidators()
        )
        is_own = urlsplit(url)[:2] == urlsplit(self._source.address)[:2]
        async with self._slots:
            self._requests += 1
            answer = await self._client.get(
                url,
                validators=Validators(page.etag, page.last_modified),
                accept=accept,
                may_cut=False,
                trusted=is_own,
            )
        if answer.is_unchanged and page == PageValidators():
            raise InvalidRecordError(
                f"{url}: the server says that nothing has changed, though it was not asked"
            )
        self._unchanged += answer.is_unchanged
        return answer

    def _remember(self, url: str, answer: Response, following: str = "") -> None:
        self._memory.pages[url] = PageValidators(*answer.validators, following)

    async def _take(self, records: Iterable[IncomingRecord], complaints: Iterable[str], by: str) -> bool:
        """Take records in that belong to a source or feed; whether all of them are known."""
        self._note(complaints)
        self._counts[RecordOutcome.REFUSED] += len(list(complaints))
        is_known = True
        for outcome in self._intake.take(records, by):
            self._counts[outcome.came] += 1
            is_known = is_known and outcome.came.is_known
            if outcome.words:
                self._note([outcome.words])
            if not outcome.came.is_known:
                self.outcomes.append(outcome)
                await self._pause()
        self._on_new(self._counts[RecordOutcome.NEW])
        return is_known

    async def _pause(self) -> None:
        """Now and then write down what is remembered, and let others have a turn."""
        self._unsaved += 1
        if self._unsaved % 10 == 0:
            self._on_new(self._counts[RecordOutcome.NEW])
            await asyncio.sleep(0)
        if self._unsaved % SAVE_EVERY == 0 and not self._plan.dry_run:
            self._intake.settle()
            self._state.save()

    def _note(self, words: Iterable[str]) -> None:
        self._words += [clean_line(line, 500) for line in words][: MOST_WORDS - len(self._words)]


def in_words(error: Exception) -> str:
    """What went wrong and what to do, in one line."""
    words = clean_line(str(error), 500).rstrip(".")
    return f"{words}. {_NEXT_STEPS[error.kind]}" if isinstance(error, WebError) else f"{words}."
