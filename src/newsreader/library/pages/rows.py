"""Convert page texts and link statuses to database rows and back."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Sequence
from typing import Any, NamedTuple

from newsreader.domain.link_status import LinkOutcome, LinkStatus
from newsreader.domain.page_text import PageText, Version
from newsreader.domain.sanitize import clean_line
from newsreader.domain.urls import is_openable, url_key
from newsreader.library.sqlite.statements import select_in

LONGEST_HTML = 16_000_000
"""Maximum size of an article in bytes."""

_LONGEST_HEADER = 1_000

_PAGE = "version, url, title, html, words, fetched_at, is_cut, etag, last_modified"
_LINK_STATUS = "key, url, outcome, status, words, checked_at, moved_to"


class PackedPage(NamedTuple):
    """A page text as it is stored: compressed, with the text to search and the size of both in bytes."""

    text: PageText
    html: bytes
    plain: str
    size: int


def pack(text: PageText) -> PackedPage:
    """Sanitize and compress a page text. `body_blocks` sanitizes the article when it is read."""
    from newsreader.domain.tokenizer import search_form
    from newsreader.markup import body_blocks
    from newsreader.markup.blocks import REST

    clean = text._replace(
        url=_url(text.url),
        title=clean_line(text.title),
        etag=_header(text.etag),
        last_modified=_header(text.last_modified),
    )
    html = zlib.compress(text.html.encode("utf-8", "replace")[:LONGEST_HTML], 6)
    plain = "\n".join(search_form(block.text) for block in body_blocks(text.html) if block != REST)
    return PackedPage(clean, html, plain, len(html) + len(plain.encode("utf-8", "replace")))


def read_text(connection: sqlite3.Connection, schema: str, key: int) -> PageText | None:
    """Read a page text by the key of its record's identity; None if there is none or it is damaged."""
    row = connection.execute(f"SELECT {_PAGE} FROM {schema}.page WHERE key = ?", (key,)).fetchone()  # noqa: S608
    return None if row is None else _text(*row)


def link_status_row(status: LinkStatus) -> tuple[int, str, str, int, str, int, str] | None:
    """Convert a link status to a row; None if its URL is not an address."""
    key = url_key(status.url)
    if key is None:
        return None
    words, moved_to = clean_line(status.words), _url(status.moved_to)
    url, outcome = status.url.strip(), str(status.outcome)
    return key, url, outcome, status.status, words, status.checked_at, moved_to


def read_link_statuses(
    connection: sqlite3.Connection, schema: str, urls: Sequence[str]
) -> dict[str, LinkStatus]:
    """Return the known statuses of links by URL."""
    # Do not compute keys if no link was ever checked.
    if not connection.execute(f"SELECT 1 FROM {schema}.verdict LIMIT 1").fetchone():  # noqa: S608 - fixed names
        return {}
    keys = {url: key for url in urls if (key := url_key(url)) is not None}
    statement = f"SELECT {_LINK_STATUS} FROM {schema}.verdict WHERE key IN"  # noqa: S608 - fixed names
    rows = select_in(connection.execute, statement, dict.fromkeys(keys.values()))
    found = {key: status for key, *row in rows if (status := _link_status(*row))}
    return {url: found[key]._replace(url=url) for url, key in keys.items() if key in found}


def _text(version: Any, url: Any, title: Any, html: Any, *rest: Any) -> PageText | None:
    words, fetched_at, is_cut, etag, last_modified = rest
    unpacking = zlib.decompressobj()
    try:
        source = unpacking.decompress(html, LONGEST_HTML).decode("utf-8", "replace")
        name = Version(version)
    except (zlib.error, ValueError, TypeError):
        return None
    if not (unpacking.eof or unpacking.unconsumed_tail):  # truncated
        return None
    return PageText(name, url, title, source, words, fetched_at, bool(is_cut), etag, last_modified)


def _link_status(url: Any, outcome: Any, *rest: Any) -> LinkStatus | None:
    try:
        return LinkStatus(url, LinkOutcome(outcome), *rest)
    except ValueError:
        return None


def _url(url: str) -> str:
    url = url.strip()
    return url if is_openable(url) else ""


def _header(value: str) -> str:
    """Return a response header that is sent back verbatim; "" if that is unsafe."""
    return value if value == clean_line(value, _LONGEST_HEADER) else ""
