"""Fetching the pages of many records: what is asked for, and what became of each."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from enum import StrEnum
from time import time
from typing import TYPE_CHECKING, NamedTuple

from newsreader.commands.output.record_columns import every_row, short_name
from newsreader.domain.link_status import LinkStatus
from newsreader.domain.page_text import Candidate, Version, candidates_of
from newsreader.domain.pages import find_copy
from newsreader.domain.sanitize import clean_line
from newsreader.domain.urls import host_of

if TYPE_CHECKING:
    from newsreader.commands.support.selection import Selection
    from newsreader.domain.mark_changes import Identity
    from newsreader.domain.page_text import PageText
    from newsreader.domain.record import Record
    from newsreader.library.pages.store import PageStore
    from newsreader.web.http.polite_client import PoliteClient


class FetchOutcome(StrEnum):
    """What became of the page of a record."""

    FETCHED = "fetched"
    UNCHANGED = "unchanged"
    """It was asked for again, and is what is kept."""
    KEPT = "kept"
    """It is there from before, and was not asked for."""
    FAILED = "failed"

    @property
    def heading(self) -> str:
        """In a summary."""
        return "kept already" if self is FetchOutcome.KEPT else self.value


class FetchedPage(NamedTuple):
    """What became of one record.

    `text` is what is kept of it now, None if nothing is. `words` tell why it failed, and `failure` is the
    kind of that; both are empty where it did not fail.
    """

    name: str
    title: str
    fate: FetchOutcome
    text: PageText | None = None
    tried: str = ""
    words: str = ""
    failure: str = ""

    @property
    def short(self) -> str:
        """The name as far as people need it."""
        return short_name(self.name)

    @property
    def version(self) -> str:
        """Which page was taken, empty where none was."""
        return self.text.version if self.text else ""

    @property
    def length(self) -> str:
        """The number of words that were read."""
        return f"{self.text.words}" if self.text else ""

    @property
    def url(self) -> str:
        """The address that answered, or the last one that was tried."""
        return self.text.url if self.text else self.tried


class _Wanted(NamedTuple):
    name: str
    record: Record
    identity: Identity


class FetchOptions(NamedTuple):
    """What is to be fetched, and who is told of it.

    `again` asks for newer versions of kept pages, `archived` asks the archive where all pages of a record
    are dead. `on_begin` is told the host when a request begins, `on_done` what became of a record.
    """

    again: bool
    archived: bool
    on_begin: Callable[[str], None]
    on_done: Callable[[FetchedPage], None]


def fetch_pages(selection: Selection, pages: PageStore, wishes: FetchOptions) -> Iterator[FetchedPage]:
    """Fetch the pages of a selection and keep them, those of one address once.

    Returns:
        What became of each, in the order of the selection.

    """
    from newsreader.web.http.ordered_gather import waited_for

    return waited_for(_stream(selection, pages, wishes))


async def _stream(
    selection: Selection, pages: PageStore, wishes: FetchOptions
) -> AsyncGenerator[FetchedPage, None]:
    from newsreader.web.http.ordered_gather import in_order
    from newsreader.web.http.polite_client import PoliteClient

    allowed = selection.corpus.settings.private_addresses
    async with PoliteClient(on_begin=wishes.on_begin, private_addresses=allowed) as client:
        fetching = _Fetching(client, pages, wishes)
        async for fetched in in_order(_wanted(selection), fetching.fetch):
            yield fetched


def _wanted(selection: Selection) -> Iterator[_Wanted]:
    from newsreader.domain.mark_changes import identity_of_page

    seen = set[int]()
    for row in every_row(selection.reader, selection.ids):
        identity = identity_of_page(row.record)
        if identity.key not in seen:
            seen.add(identity.key)
            yield _Wanted(row.listed.name, row.record, identity)


class _Fetching:
    def __init__(self, client: PoliteClient, pages: PageStore, wishes: FetchOptions) -> None:
        self._client = client
        self._pages = pages
        self._wishes = wishes

    async def fetch(self, wanted: _Wanted) -> FetchedPage:
        """Fetch the page of a record and keep it, unless it is kept, and tell of it."""
        fetched = await self._fetch(wanted)
        self._wishes.on_done(fetched)
        return fetched

    async def _fetch(self, wanted: _Wanted) -> FetchedPage:
        name, record, identity = wanted
        kept = self._pages.get(identity)
        if kept is not None and not self._wishes.again:
            return FetchedPage(name, record.title, FetchOutcome.KEPT, kept)
        candidates = candidates_of(record)
        try:
            text = await self._read(record, candidates, kept)
            if text is not None:
                self._pages.keep(identity, text)
        except Exception as error:  # noqa: BLE001 - one odd page is not to end the run
            return FetchedPage(name, record.title, FetchOutcome.FAILED, kept, *_told(error, candidates))
        # Not every server tells whether a page is still the same.
        is_same = text is None or (kept is not None and text.html == kept.html)
        fate = FetchOutcome.UNCHANGED if is_same else FetchOutcome.FETCHED
        return FetchedPage(name, record.title, fate, text or kept)

    async def _read(
        self, record: Record, candidates: Sequence[Candidate], kept: PageText | None
    ) -> PageText | None:
        """Read the newest version; None where that is the kept one. Notes how the links fared."""
        from newsreader.web.fetch.page_text import PageError, read_page_text

        verdicts: list[LinkStatus] = []
        try:
            return await read_page_text(
                self._client,
                candidates,
                kept,
                now=time,
                on_stage=_say_nothing,
                on_verdict=verdicts.append,
            )
        except PageError as error:
            archived = find_copy(record, ()).link
            if archived is None or not (self._wishes.archived and _are_dead(error.verdicts)):
                raise
        finally:
            self._pages.note(verdicts)
        last = [Candidate(Version.ARCHIVED, archived.url)]
        return await read_page_text(self._client, last, kept, now=time, on_stage=_say_nothing)


def _told(error: Exception, candidates: Sequence[Candidate]) -> tuple[str, str, str]:
    """Of a failure the address, why in words, and the kind."""
    from newsreader.library.pages.store import PagesError
    from newsreader.web.http.errors import WebError

    if not candidates:
        return "", "no host: it has no address that can be opened", "no address"
    url = candidates[0].url
    if isinstance(error, WebError):
        return error.url, str(error), str(error.kind)
    if isinstance(error, PagesError):
        return url, f"{host_of(url)}: {error}", "not kept"
    words = f"{host_of(url)}: the program failed on it ({type(error).__name__}: {error})"
    return url, clean_line(words, 300), "not read"


def _say_nothing(words: str) -> None:
    """Most pages wait for their turn: what is told before says nothing of what is being done."""


def _are_dead(verdicts: Sequence[LinkStatus]) -> bool:
    return bool(verdicts) and all(verdict.outcome.is_dead for verdict in verdicts)
