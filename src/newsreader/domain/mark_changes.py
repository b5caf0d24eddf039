"""The identity of a story for marks, and changes of marks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from newsreader.domain.marks import Mark

if TYPE_CHECKING:
    from newsreader.domain.record import Record

BY_PATH = "path:"
"""Prefix of the path in the name of a story without a URL."""

LONGEST_NOTE = 20_000
"""Maximum number of characters in a note."""


class Identity(NamedTuple):
    """The identity of a story for marks.

    `name` is the canonical URL of its page, so that marks survive a move of the file; a record without one
    has its path instead. `key` is a signed 64-bit hash (BLAKE2b) of the name.
    """

    key: int
    name: str

    @classmethod
    def named(cls, name: str) -> Identity:
        """Create the identity with that name."""
        from hashlib import blake2b

        digest = blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        return cls(int.from_bytes(digest, "big", signed=True), name)


def identity_of(urls: Iterable[str], path: str) -> Identity:
    """Return the identity for marks: the first URL of a page, or else the path."""
    from newsreader.domain.urls import canonical_url, is_page  # rows of marked stories do not need it

    pages = (canonical_url(url) for url in urls)
    return Identity.named(next((page for page in pages if is_page(page)), BY_PATH + path))


def identity_of_page(record: Record) -> Identity:
    """Return the identity under which the page text of a record is stored, the same as for marks.

    Coverage that is not in the corpus has no path; any URL serves instead.
    """
    urls = record.urls()
    return identity_of(urls, record.path or "".join(urls[:1]))


class MarkChange(NamedTuple):
    """A mark to set: `value` is 1 or 0, or the text of a note or tags; `title` is for display."""

    identity: Identity
    mark: Mark
    value: int | str
    title: str = ""


class MarkStep(NamedTuple):
    """The description and number of changes that were made together, and whether they hide records."""

    words: str
    changes: int
    hides: bool = False
