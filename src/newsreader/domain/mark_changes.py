"""Marking: by what name a story is known for it, and what is to be changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from newsreader.domain.marks import Mark

if TYPE_CHECKING:
    from newsreader.domain.record import Record

BY_PATH = "path:"
"""Begins the name of a story without an address; its path in the corpus follows."""

LONGEST_NOTE = 20_000
"""Characters of a note."""


class Identity(NamedTuple):
    """A story as marks know it.

    `name` is the canonical URL of its page, so that marks stay when the file moves; a record without the
    address of a page has its path instead. `key` is a signed 64-bit number for it (BLAKE2b).
    """

    key: int
    name: str

    @classmethod
    def named(cls, name: str) -> Identity:
        """The identity of that name."""
        from hashlib import blake2b

        digest = blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        return cls(int.from_bytes(digest, "big", signed=True), name)


def identity_of(urls: Iterable[str], path: str) -> Identity:
    """By what a record is marked: the first of its addresses that is a page of its own, or else its path."""
    from newsreader.domain.urls import (
        canonical_url,
        is_page,
    )  # rows of marked stories can be shown without it

    pages = (canonical_url(url) for url in urls)
    return Identity.named(next((page for page in pages if is_page(page)), BY_PATH + path))


def identity_of_page(record: Record) -> Identity:
    """By what the text of a record's page is kept: as its marks are.

    Coverage that the corpus lacks has no path; without the address of a page it is known by any that it has.
    """
    urls = record.urls()
    return identity_of(urls, record.path or "".join(urls[:1]))


class MarkChange(NamedTuple):
    """A mark that is to be set: `value` is 1 or 0, or the text of a note. `title` is for people to read."""

    identity: Identity
    mark: Mark
    value: int | str
    title: str = ""


class MarkStep(NamedTuple):
    """Changes that were made together, in words, and how many there were."""

    words: str
    changes: int
