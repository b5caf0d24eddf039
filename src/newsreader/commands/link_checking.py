"""Collect the URLs of many records and check them."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Collection, Iterable, Iterator
from math import inf
from time import time
from typing import TYPE_CHECKING, NamedTuple

from newsreader.commands.output.record_columns import every_row, short_name
from newsreader.domain.dates import Moment, iso
from newsreader.domain.link_status import LinkStatus
from newsreader.domain.record import LinkKind, Record, record_of
from newsreader.domain.urls import host_of

if TYPE_CHECKING:
    from newsreader.commands.support.selection import Selection
    from newsreader.library.pages.store import PageStore
    from newsreader.web.http.polite_client import PoliteClient


class Address(NamedTuple):
    """A URL of a record or of one of its related entries; `name` is the id of the record in both cases."""

    name: str
    title: str
    kind: LinkKind
    url: str
    is_related: bool = False

    @property
    def short(self) -> str:
        """The abbreviated id of the record."""
        return short_name(self.name)

    @property
    def host(self) -> str:
        """The host of the URL."""
        return host_of(self.url)


class Checked(NamedTuple):
    """The status of a URL.

    `was_known` is set if it was stored and not checked again, `is_offline` if there was no network, in which
    case the status is not stored.
    """

    address: Address
    verdict: LinkStatus
    was_known: bool = False
    is_offline: bool = False

    @property
    def checked_at(self) -> str:
        """The time of the check, in UTC."""
        return iso(Moment(self.verdict.checked_at, day_only=False))


def addresses(selection: Selection, kinds: Collection[LinkKind], *, related: bool) -> Iterator[Address]:
    """Yield each URL of the given kinds once; `related` includes those of related entries."""
    seen = set[str]()
    for row in every_row(selection.reader, selection.ids):
        for record in _with_related(row.record, related=related):
            for link in record.links():
                if link.kind in kinds and link.url not in seen:
                    seen.add(link.url)
                    yield Address(
                        row.listed.name, record.title, link.kind, link.url, record is not row.record
                    )


def _with_related(record: Record, *, related: bool) -> Iterator[Record]:
    yield record
    if related:
        yield from map(record_of, record.coverage())


def check_addresses(
    requested: Iterable[Address],
    pages: PageStore,
    *,
    max_age: int,
    private_addresses: bool,
    on_begin: Callable[[str], None],
    on_done: Callable[[Checked], None],
) -> Iterator[Checked]:
    """Check URLs and store their status.

    Args:
        requested: The URLs.
        pages: The store of link statuses.
        max_age: Seconds for which a stored status is valid; negative to ignore stored ones.
        private_addresses: Whether this machine and its network may be requested.
        on_begin: Called with the host when a request begins.
        on_done: Called with each status in the order of completion.

    Returns:
        The statuses in the order of the URLs.

    """
    from newsreader.web.http.ordered_gather import waited_for

    checking = _Checking(pages, max_age)

    async def stream() -> AsyncGenerator[Checked, None]:
        from newsreader.web.http.ordered_gather import in_order
        from newsreader.web.http.polite_client import PoliteClient

        async with PoliteClient(on_begin=on_begin, private_addresses=private_addresses) as client:

            async def check(address: Address) -> Checked:
                checked = await checking.check(client, address)
                on_done(checked)
                return checked

            async for checked in in_order(requested, check):
                yield checked

    return waited_for(stream())


class _Checking:
    def __init__(self, pages: PageStore, max_age: int) -> None:
        self._pages = pages
        self._oldest = time() - max_age if max_age >= 0 else inf

    async def check(self, client: PoliteClient, address: Address) -> Checked:
        """Check a URL and store the status, unless a recent one is stored."""
        from newsreader.web.fetch.link_check import check_link

        url = address.url
        known = self._pages.link_statuses([url]).get(url)
        if known is not None and known.checked_at >= self._oldest:
            return Checked(address, known, was_known=True)
        verdict = await check_link(client, url, now=time)
        if url in client.offline:  # the page itself may be fine
            return Checked(address, verdict, is_offline=True)
        self._pages.note([verdict])
        return Checked(address, verdict)
