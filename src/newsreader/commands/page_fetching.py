"""Fetching the pages of many records, and the row of each."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Iterator
from time import time
from typing import TYPE_CHECKING, NamedTuple

from newsreader.app.page_results import FetchOutcome, PageResult
from newsreader.app.page_texts import NoPageError, PageRequest, PageTexts, copy_request, page_request
from newsreader.commands.output.record_columns import every_row, short_name
from newsreader.domain.mark_changes import identity_of_page
from newsreader.domain.sanitize import clean_line
from newsreader.domain.story_page import StoryPage
from newsreader.domain.urls import host_of

if TYPE_CHECKING:
    from newsreader.commands.support.selection import Selection
    from newsreader.domain.link_status import LinkStatus
    from newsreader.domain.page_text import PageText
    from newsreader.web.fetch.protocol import Failed, PageFetched, PageUnchanged
    from newsreader.web.http.polite_client import PoliteClient


class FetchedPage(NamedTuple):
    """The row of one record.

    `text` is the kept text, None if there is none. `words` and `failure` are the reason of a failure and its
    kind; both are empty otherwise.
    """

    name: str
    title: str
    outcome: FetchOutcome
    text: PageText | None = None
    tried: str = ""
    words: str = ""
    failure: str = ""

    @property
    def short(self) -> str:
        """The short form of the name."""
        return short_name(self.name)

    @property
    def version(self) -> str:
        """Which page the text is from; empty if there is none."""
        return self.text.version if self.text else ""

    @property
    def length(self) -> str:
        """The number of words."""
        return f"{self.text.words}" if self.text else ""

    @property
    def url(self) -> str:
        """The address that answered, or the last one that was tried."""
        return self.text.url if self.text else self.tried


class FetchOptions(NamedTuple):
    """What to fetch, and callbacks.

    `again` requests newer versions of kept pages, `archived` the archived copy if all pages of a record are
    dead. `on_begin` is called with the host when a request begins, `on_done` with each row.
    """

    again: bool
    archived: bool
    on_begin: Callable[[str], None]
    on_done: Callable[[FetchedPage], None]


def fetch_pages(selection: Selection, texts: PageTexts, options: FetchOptions) -> Iterator[FetchedPage]:
    """Fetch and keep the pages of a selection, those of one address once.

    Returns:
        The rows in the order of the selection.

    """
    from newsreader.web.http.ordered_gather import waited_for

    return waited_for(_stream(selection, texts, options))


async def _stream(
    selection: Selection, texts: PageTexts, options: FetchOptions
) -> AsyncGenerator[FetchedPage, None]:
    from newsreader.web.http.ordered_gather import in_order
    from newsreader.web.http.polite_client import PoliteClient

    allowed = selection.corpus.settings.private_addresses
    async with PoliteClient(on_begin=options.on_begin, private_addresses=allowed) as client:
        fetcher = _PageFetcher(client, texts, options)
        async for fetched in in_order(_stories(selection), fetcher.fetch):
            yield fetched


def _stories(selection: Selection) -> Iterator[tuple[str, StoryPage]]:
    """The names and stories of a selection; of those that share a page only the first."""
    seen = set[int]()
    for row in every_row(selection.reader, selection.ids):
        key = identity_of_page(row.record).key
        if key not in seen:
            seen.add(key)
            yield row.listed.name, StoryPage(row.record, row.listed.record_id)


class _PageFetcher:
    def __init__(self, client: PoliteClient, texts: PageTexts, options: FetchOptions) -> None:
        self._client = client
        self._texts = texts
        self._options = options

    async def fetch(self, story: tuple[str, StoryPage]) -> FetchedPage:
        """Fetch and keep the page of a record, unless it is kept already."""
        name, page = story
        fetched = await self._fetch(name, page)
        self._options.on_done(fetched)
        return fetched

    async def _fetch(self, name: str, page: StoryPage) -> FetchedPage:
        title = page.record.title
        page = page._replace(text=self._texts.open().get(identity_of_page(page.record)))
        if page.text is not None and not self._options.again:
            return FetchedPage(name, title, FetchOutcome.KEPT, page.text)
        url = ""
        try:
            request = page_request(page)
            url = request.candidates[0].url
            result = self._texts.accept(page, request, await self._answer(request))
            copy = copy_request(result) if self._options.archived else None
            if copy is not None:
                result = self._texts.accept(page, copy, await self._answer(copy))
        except NoPageError:
            words = "no host: it has no address that can be opened"
            return FetchedPage(name, title, FetchOutcome.FAILED, None, "", words, "no address")
        except Exception as error:  # noqa: BLE001 - one odd page must not end the run
            words = f"{host_of(url)}: the program failed on it ({type(error).__name__}: {error})"
            words = clean_line(words, 300)
            return FetchedPage(name, title, FetchOutcome.FAILED, page.text, url, words, "not read")
        return _row(name, result, url)

    async def _answer(self, request: PageRequest) -> PageFetched | PageUnchanged | Failed:
        from newsreader.web.fetch.page_text import PageError, read_page_text
        from newsreader.web.fetch.protocol import Failed, PageFetched, PageUnchanged

        statuses: list[LinkStatus] = []
        try:
            text = await read_page_text(
                self._client,
                request.candidates,
                request.kept,
                now=time,
                on_stage=_ignore,  # most requests wait for their turn: a stage says nothing of the work
                on_verdict=statuses.append,
            )
        except PageError as error:
            return Failed(0, error.kind, str(error), error.url, error.retry_after, error.verdicts)
        return PageUnchanged(0, tuple(statuses)) if text is None else PageFetched(0, text, tuple(statuses))


def _row(name: str, result: PageResult, url: str) -> FetchedPage:
    title, kept = result.page.record.title, result.page.text
    if result.failure is not None:
        failure = result.failure
        return FetchedPage(
            name, title, FetchOutcome.FAILED, kept, failure.url, failure.words, str(failure.kind)
        )
    if result.warning:
        words = f"{host_of(url)}: {result.warning}"
        return FetchedPage(name, title, FetchOutcome.FAILED, kept, url, words, "not kept")
    return FetchedPage(name, title, result.outcome, result.updated.text)


def _ignore(_: str) -> None:
    pass
