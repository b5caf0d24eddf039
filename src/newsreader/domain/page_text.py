"""The fetched text of a page, and the pages of a record that it can be fetched from."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from newsreader.domain.record import Record
from newsreader.domain.urls import is_openable


class Version(StrEnum):
    """The page of a story that a text is from, in the order in which they are tried."""

    AMP = "AMP"
    CACHED_AMP = "cached AMP"
    WEB = "web"
    ORIGINAL = "original"
    ARCHIVED = "archived"


class Candidate(NamedTuple):
    """A page that the text of a story can be fetched from."""

    version: Version
    url: str


class PageText(NamedTuple):
    """The extracted text of a page.

    `url` is the URL after redirects, `title` the headline on the page. `html` is the article alone, in a few
    plain tags (headings, paragraphs, lists, quotes, code, tables, links with absolute URLs); `body_blocks`
    sanitizes it like any other body. `fetched_at` is in seconds since the Unix epoch. `is_cut` means that the
    page exceeded the size limit. `etag` and `last_modified` are for conditional requests.
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
"""Reading speed, close to the mean for English (Brysbaert 2019: 238 words a minute)."""


def minutes_to_read(words: int) -> int:
    """Return the reading time in whole minutes, at least one."""
    return max(1, round(words / WORDS_A_MINUTE))


def candidates_of(record: Record) -> tuple[Candidate, ...]:
    """Return the openable pages of a record, each once, in the order in which they are tried."""
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
