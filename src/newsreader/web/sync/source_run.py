"""Fetch one source: which pages, with which validators, and what is done with the responses."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from newsreader.domain.sanitize import clean_line
from newsreader.domain.topics import TopicTree
from newsreader.domain.urls import is_openable
from newsreader.web.http.errors import Failure, WebError
from newsreader.web.sources.entries import records_of
from newsreader.web.sources.feeds import ACCEPT, read_feed
from newsreader.web.sources.incoming_record import IncomingRecord, InvalidRecordError
from newsreader.web.sources.listing import MAX_PAGES, read_listing
from newsreader.web.sources.opml import FeedList, Outline, read_opml
from newsreader.web.sources.plan import Plan, SourceKind, SyncSource
from newsreader.web.sync.file_writer import CorpusWriteError, CorpusWriter
from newsreader.web.sync.pace import FeedPace, average_interval, pace_of_list
from newsreader.web.sync.report import RecordOutcome, SourceReport, WriteResult
from newsreader.web.sync.state import PageValidators, SyncState

if TYPE_CHECKING:
    from newsreader.web.http.client import Response, WebClient

MAX_MESSAGES = 200
"""Messages of one report."""

MAX_LISTED = 5_000
"""Records that one report lists."""

GONE_FOR_GOOD = 410
"""Status of a page that will not come back."""

SAVE_EVERY = 200
"""Written files between two saves of the state, in case the run is killed."""

_NEXT_STEPS = {
    Failure.GONE: "Look for its new address, and change the settings.",
    Failure.UNREACHABLE: "Try again when the network or the site is back.",
    Failure.REFUSED: "The site does not let programs in.",
    Failure.BUSY: "Try again later.",
    Failure.BROKEN: "Try again later.",
    Failure.UNSAFE: "If you trust it, private_addresses in the settings allows addresses of this network.",
    Failure.UNREADABLE: "Look at the address in a browser.",
}


@dataclass(kw_only=True)
class SyncContext:
    """What all source runs of a corpus share. `slots` bounds the concurrent requests."""

    plan: Plan
    client: WebClient
    writer: CorpusWriter
    state: SyncState
    topics: TopicTree
    slots: asyncio.Semaphore

    def save(self) -> None:
        """Flush written files, then save the state."""
        self.writer.flush()
        self.state.save()


@dataclass
class SourceRun:
    """One run of one source.

    Attributes:
        results: Of new and changed records and conflicts.

    """

    source: SyncSource
    context: SyncContext
    results: list[WriteResult] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.name = self.source.name
        self._memory = self.context.state.source(self.source)
        self._counts: Counter[str] = Counter()
        self._messages: list[str] = []
        self._feeds: list[str] = []
        self._requests = self._unchanged = self._received = self._unsaved = 0
        self._on_new: Callable[[int], None] = lambda _: None

    async def run(self, on_new: Callable[[int], None]) -> SourceReport:
        """Fetch the source; calls `on_new` with the number of new records. Errors are in the report."""
        self._on_new = on_new
        failure = ""
        fetch = {
            SourceKind.LISTING: self._fetch_listing,
            SourceKind.FEED: self._fetch_feed,
            SourceKind.OPML: self._fetch_opml,
        }[self.source.kind]
        try:
            await fetch()
        except (WebError, InvalidRecordError, CorpusWriteError) as error:
            failure = describe_error(error)
            self._note_failure(self.source.address, error)
        return SourceReport(
            self.name,
            dict(self._counts),
            tuple((result.outcome.value, result.path) for result in self.results[:MAX_LISTED]),
            tuple(self._messages),
            failure,
            self._requests,
            self._unchanged,
            self._received,
        )

    @property
    def pace(self) -> FeedPace:
        """The pace of the source; of a list, that of its feeds."""
        own = self._pace_of(self.source.address)
        return own if own.not_before or not self._feeds else pace_of_list([*map(self._pace_of, self._feeds)])

    def _pace_of(self, url: str) -> FeedPace:
        return self._memory.paces.get(url, FeedPace())

    def _note_answer(self, url: str, changed: FeedPace | None = None) -> None:
        """Remember the pace of a feed that answered; without `changed` it is as before."""
        self._memory.paces[url] = (changed or self._pace_of(url)).after_answer(int(time()))

    def _note_failure(self, url: str, error: Exception) -> None:
        wait = error.retry_after if isinstance(error, WebError) else None
        self._memory.paces[url] = self._pace_of(url).after_failure(int(time()), wait)

    async def _fetch_listing(self) -> None:
        """Follow the pages, up to the first with only known records if all pages behind it are known."""
        was_whole = self._memory.is_whole
        visited: set[str] = set()
        url = self.source.address
        while url:
            if url in visited:
                raise InvalidRecordError(f"{url}: the pages of this listing lead in a circle")
            if len(visited) == MAX_PAGES:
                raise InvalidRecordError(
                    f"this listing has more than {MAX_PAGES:,} pages; the rest was left out"
                )
            visited.add(url)
            url, is_known = await self._fetch_page(url)
            if is_known and was_whole and not self.context.plan.all_pages:
                break
        self._memory.is_whole = True

    async def _fetch_page(self, url: str) -> tuple[str, bool]:
        """Fetch a page of a listing; return the next URL, and whether all records are known."""
        response = await self._get(url, accept="application/json")
        is_first = url == self.source.address
        if response.is_unchanged:
            if is_first:
                self._note_answer(url)
            return self._memory.pages[url].next_url, True
        page = read_listing(response.text(), response.url, self.source)
        self._memory.is_whole = False  # until the pages behind this one are known, even if the run ends
        is_known = await self._write(page.records, page.errors, self.name)
        self._remember(url, response, page.next_url)
        if is_first:
            self._note_answer(url, FeedPace(average=average_interval(page.records)))
        return page.next_url, is_known

    async def _fetch_feed(self) -> None:
        await self._fetch_feed_at(self.source.address, self.name)

    async def _fetch_feed_at(self, url: str, owner: str, folders: Sequence[str] = ()) -> None:
        address, response = await self._get_feed(url)
        if response.is_unchanged:
            self._note_answer(url)
            return
        # Parsed on the event loop: feeds are short, and only other sources wait.
        feed = read_feed(
            response.body, response.url, content_type=response.content_type, charset=response.charset
        )
        records, errors = records_of(
            feed, response.url, self.source, self.context.topics, folders=folders, asked=url
        )
        await self._write(records, errors, owner)
        self._remember(address, response)
        self._note_answer(url, FeedPace(feed.lifetime, average_interval(records)))

    async def _get_feed(self, url: str) -> tuple[str, Response]:
        """Fetch a feed from where it has moved to; return that address and the response."""
        memory = self._memory
        if url in memory.gone and not self.context.plan.restore:
            raise InvalidRecordError(
                f"{url}: this feed is gone for good (410) and not asked any more. Remove it from the settings"
            )
        address = memory.moved.get(url, url)
        try:
            response = await self._get(address, accept=ACCEPT)
        except WebError as error:
            if address != url:  # the next run asks the address of the settings again
                del memory.moved[url]
            elif error.status == GONE_FOR_GOOD:
                memory.gone[url] = ""
            raise
        memory.gone.pop(url, None)
        if response.moved_to and response.moved_to != address:
            memory.moved[url] = address = response.moved_to
            self._note([f"{url} has moved to {address}, where it is asked from now on"])
        return address, response

    async def _fetch_opml(self) -> None:
        """Fetch every feed of a list, and report those that failed at the end."""
        outlines, skipped = await self._feed_list()
        self._note(skipped)
        self._memory.paces.pop(self.source.address, None)
        self._feeds = [outline.url for outline in outlines]
        if self.context.plan.by_itself:
            now = time()
            outlines = tuple(outline for outline in outlines if self._pace_of(outline.url).not_before <= now)
        failures: list[str] = []

        async def fetch(outline: Outline) -> None:
            try:
                # A record belongs to its feed: another one of the list may have the same page.
                await self._fetch_feed_at(outline.url, f"{self.name} {outline.url}", outline.folders)
            except (WebError, InvalidRecordError) as error:
                self._note_failure(outline.url, error)
                failures.append(f"{outline.title or outline.url}: {describe_error(error)}")

        try:
            async with asyncio.TaskGroup() as group:
                for outline in outlines:
                    group.create_task(fetch(outline))
        except* (InvalidRecordError, CorpusWriteError) as errors:
            raise errors.exceptions[0] from None
        if failures:
            self._note(failures)
            raise InvalidRecordError(
                f"{len(failures):,} of {len(outlines):,} feeds failed, the first: {failures[0]}"
            )

    async def _feed_list(self) -> FeedList:
        address = self.source.address
        if is_openable(address):
            # Unconditional: its feeds are fetched even if the list is unchanged.
            accept = "text/x-opml, application/xml;q=0.9, */*;q=0.5"
            response = await self._get(address, accept=accept, is_conditional=False)
            return read_opml(response.body)
        try:
            return read_opml(await asyncio.to_thread(Path(address).read_bytes))
        except OSError as error:
            raise InvalidRecordError(f"{address}: cannot be read ({error.strerror or error})") from None

    async def _get(self, url: str, *, accept: str, is_conditional: bool = True) -> Response:
        from newsreader.web.http.client import Validators

        page = PageValidators()
        if is_conditional and not self.context.plan.restore:
            page = self._memory.pages.get(url, page)
        async with self.context.slots:
            self._requests += 1
            response = await self.context.client.get(
                url,
                validators=Validators(page.etag, page.last_modified),
                accept=accept,
                may_cut=False,
                trusted=urlsplit(url)[:2] == urlsplit(self.source.address)[:2],
            )
        if response.is_unchanged and page == PageValidators():
            raise InvalidRecordError(
                f"{url}: the server says that nothing has changed, though it was not asked"
            )
        self._unchanged += response.is_unchanged
        self._received += len(response.body)
        return response

    def _remember(self, url: str, response: Response, next_url: str = "") -> None:
        self._memory.pages[url] = PageValidators(*response.validators, next_url)

    async def _write(self, records: Iterable[IncomingRecord], errors: Iterable[str], owner: str) -> bool:
        """Write the records of a source or feed; return whether all of them are known."""
        self._note(errors)
        self._counts[RecordOutcome.REFUSED] += len(list(errors))
        is_known = True
        for result in self.context.writer.write(records, owner):
            self._counts[result.outcome] += 1
            is_known = is_known and result.outcome.is_known
            if result.message:
                self._note([result.message])
            if not result.outcome.is_known:
                self.results.append(result)
                await self._checkpoint()
        self._on_new(self._counts[RecordOutcome.NEW])
        return is_known

    async def _checkpoint(self) -> None:
        """Save the state from time to time, and let other sources run."""
        self._unsaved += 1
        if self._unsaved % 10 == 0:
            self._on_new(self._counts[RecordOutcome.NEW])
            await asyncio.sleep(0)
        if self._unsaved % SAVE_EVERY == 0 and not self.context.plan.dry_run:
            self.context.save()

    def _note(self, messages: Iterable[str]) -> None:
        self._messages += [clean_line(line, 500) for line in messages][: MAX_MESSAGES - len(self._messages)]


def describe_error(error: Exception) -> str:
    """Return what went wrong and the next step, on one line."""
    message = clean_line(str(error), 500).rstrip(".")
    return f"{message}. {_NEXT_STEPS[error.kind]}" if isinstance(error, WebError) else f"{message}."
