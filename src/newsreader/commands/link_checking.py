"""Checking the addresses of many records: which there are, and how each fares."""

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
    """One address of a record, or of what it lists as related; `name` is the record's in both cases."""

    name: str
    title: str
    kind: LinkKind
    url: str
    is_related: bool = False

    @property
    def short(self) -> str:
        """The name of the record as far as people need it."""
        return short_name(self.name)

    @property
    def host(self) -> str:
        """The host that is asked."""
        return host_of(self.url)


class Checked(NamedTuple):
    """How an address fares.

    `was_known` tells that it was found out before, and not asked again; `is_offline` that there was no
    network to ask, so that the verdict is not kept.
    """

    address: Address
    verdict: LinkStatus
    was_known: bool = False
    is_offline: bool = False

    @property
    def checked_at(self) -> str:
        """When, in UTC."""
        return iso(Moment(self.verdict.checked_at, day_only=False))


def addresses(selection: Selection, kinds: Collection[LinkKind], *, related: bool) -> Iterator[Address]:
    """The addresses of a selection that can be opened, each once, in its order.

    Args:
        selection: Whose addresses.
        kinds: Which of them.
        related: Whether those of related entries are wanted, too.

    """
    seen = set[str]()
    for row in every_row(selection.reader, selection.ids):
        for record in _told_of(row.record, related=related):
            for link in record.links():
                if link.kind in kinds and link.url not in seen:
                    seen.add(link.url)
                    yield Address(
                        row.listed.name, record.title, link.kind, link.url, record is not row.record
                    )


def _told_of(record: Record, *, related: bool) -> Iterator[Record]:
    yield record
    if related:
        yield from map(record_of, record.coverage())


def check_addresses(
    asked: Iterable[Address],
    pages: PageStore,
    *,
    max_age: int,
    private_addresses: bool,
    on_begin: Callable[[str], None],
    on_done: Callable[[Checked], None],
) -> Iterator[Checked]:
    """Check addresses and keep the verdicts.

    Args:
        asked: What is to be checked.
        pages: Where verdicts are kept.
        max_age: Seconds for which a verdict is trusted; negative where none is.
        private_addresses: Whether this machine and its network may be asked.
        on_begin: Is told the host when a request begins.
        on_done: Gets how an address fares, as it comes.

    Returns:
        How each fares, in their order.

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

            async for checked in in_order(asked, check):
                yield checked

    return waited_for(stream())


class _Checking:
    def __init__(self, pages: PageStore, max_age: int) -> None:
        self._pages = pages
        self._oldest = time() - max_age if max_age >= 0 else inf

    async def check(self, client: PoliteClient, address: Address) -> Checked:
        """Check an address and keep the verdict, unless there is one that is new enough."""
        from newsreader.web.fetch.link_check import check_link

        url = address.url
        known = self._pages.link_statuses([url]).get(url)
        if known is not None and known.checked_at >= self._oldest:
            return Checked(address, known, was_known=True)
        verdict = await check_link(client, url, now=time)
        if url in client.offline:  # this says nothing of the page
            return Checked(address, verdict, is_offline=True)
        self._pages.note([verdict])
        return Checked(address, verdict)
