"""The readable text of a page, as it was fetched, and which of a record's pages it may be taken from."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from newsreader.domain.record import Record
from newsreader.domain.urls import is_openable


class Version(StrEnum):
    """Which page of a story a text was taken from, in the order in which they are tried."""

    AMP = "AMP"
    CACHED_AMP = "cached AMP"
    WEB = "web"
    ORIGINAL = "original"
    ARCHIVED = "archived"


class Candidate(NamedTuple):
    """A page that the text of a story may be taken from."""

    version: Version
    url: str


class PageText(NamedTuple):
    """What was read of a page.

    `url` is the address that answered in the end, `title` the headline that the page gives itself. `html`
    is the article alone, in a few plain tags (headings, paragraphs, lists, quotes, code, tables, links with
    whole addresses); it has to pass the gate of `body_blocks` like any other body. `fetched_at` is in
    seconds since 1970 UTC. `is_cut` tells that the page was longer than what is read of one. `etag` and
    `last_modified` are what the server said of this version, to ask it for a newer one only.
    """

    version: Version
    url: str
    title: str
    html: str
    words: int
    fetched_at: int
    is_cut: bool = False
    etag: str = ""
    last_modified: str = ""


WORDS_A_MINUTE = 230
"""How fast people read: close to the mean for English (Brysbaert 2019, 238 words a minute)."""


def minutes_to_read(words: int) -> int:
    """How long a text takes to be read, in whole minutes, at least one."""
    return max(1, round(words / WORDS_A_MINUTE))


def candidates_of(record: Record) -> tuple[Candidate, ...]:
    """The pages of a record that can be opened, in the order in which its text is looked for; each once."""
    urls = (
        (Version.AMP, record.amp_url),
        (Version.CACHED_AMP, record.cached_amp_url),
        (Version.WEB, record.web_url),
        (Version.ORIGINAL, record.original_url),
    )
    found: dict[str, Candidate] = {}
    for version, url in urls:
        if is_openable(url.strip()):
            found.setdefault(url.strip(), Candidate(version, url.strip()))
    return tuple(found.values())
