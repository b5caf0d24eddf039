"""A fetched page and a verdict as rows of the database, and back; None where a row is no such thing."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Sequence
from typing import Any, NamedTuple

from newsreader.domain.link_status import LinkOutcome, LinkStatus
from newsreader.domain.page_text import PageText, Version
from newsreader.domain.sanitize import clean_line
from newsreader.domain.urls import is_openable, url_key

LONGEST_HTML = 16_000_000
"""Bytes of an article."""

_LONGEST_HEADER = 1_000
_CHUNK = 500

_PAGE = "version, url, title, html, words, fetched_at, is_cut, etag, last_modified"
_VERDICT = "key, url, outcome, status, words, checked_at, moved_to"


class PackedPage(NamedTuple):
    """What is kept of a page: its columns, the plain text to look for words in, and the bytes of both."""

    text: PageText
    html: bytes
    plain: str
    size: int


def packed(text: PageText) -> PackedPage:
    """What is kept of a page. Every text in it passes the gate, the article its own (`body_blocks`)."""
    from newsreader.domain.tokenizer import search_form
    from newsreader.markup import body_blocks
    from newsreader.markup.blocks import REST

    kept = text._replace(
        url=_url(text.url),
        title=clean_line(text.title),
        etag=_header(text.etag),
        last_modified=_header(text.last_modified),
    )
    html = zlib.compress(text.html.encode("utf-8", "replace")[:LONGEST_HTML], 6)
    plain = "\n".join(search_form(block.text) for block in body_blocks(text.html) if block != REST)
    return PackedPage(kept, html, plain, len(html) + len(plain.encode("utf-8", "replace")))


def read_text(connection: sqlite3.Connection, schema: str, key: int) -> PageText | None:
    """What was fetched of the page of a record, by the key of its identity."""
    row = connection.execute(f"SELECT {_PAGE} FROM {schema}.page WHERE key = ?", (key,)).fetchone()  # noqa: S608
    return None if row is None else _text(*row)


def verdict_row(verdict: LinkStatus) -> tuple[int, str, str, int, str, int, str] | None:
    """A verdict as a row; None for what is no address."""
    key = url_key(verdict.url)
    if key is None:
        return None
    words, moved_to = clean_line(verdict.words), _url(verdict.moved_to)
    return (
        key,
        verdict.url.strip(),
        str(verdict.outcome),
        verdict.status,
        words,
        verdict.checked_at,
        moved_to,
    )


def read_verdicts(connection: sqlite3.Connection, schema: str, urls: Sequence[str]) -> dict[str, LinkStatus]:
    """How links fared, by the addresses as they are asked for; those that were never tried are left out."""
    # Nobody has to work out keys where no link was ever tried.
    if not connection.execute(f"SELECT 1 FROM {schema}.verdict LIMIT 1").fetchone():  # noqa: S608 - fixed names
        return {}
    keys = {url: key for url in urls if (key := url_key(url)) is not None}
    wanted = list(dict.fromkeys(keys.values()))
    found: dict[int, LinkStatus] = {}
    for start in range(0, len(wanted), _CHUNK):
        part = wanted[start : start + _CHUNK]
        marks = ",".join("?" * len(part))
        rows = connection.execute(f"SELECT {_VERDICT} FROM {schema}.verdict WHERE key IN ({marks})", part)  # noqa: S608
        found |= {key: verdict for key, *row in rows if (verdict := _verdict(*row))}
    return {url: found[key]._replace(url=url) for url, key in keys.items() if key in found}


def _text(version: Any, url: Any, title: Any, html: Any, *rest: Any) -> PageText | None:
    words, fetched_at, is_cut, etag, last_modified = rest
    unpacking = zlib.decompressobj()
    try:
        source = unpacking.decompress(html, LONGEST_HTML).decode("utf-8", "replace")
        name = Version(version)
    except (zlib.error, ValueError, TypeError):
        return None
    if not (unpacking.eof or unpacking.unconsumed_tail):  # the end is missing
        return None
    return PageText(name, url, title, source, words, fetched_at, bool(is_cut), etag, last_modified)


def _verdict(url: Any, outcome: Any, *rest: Any) -> LinkStatus | None:
    try:
        return LinkStatus(url, LinkOutcome(outcome), *rest)
    except ValueError:
        return None


def _url(url: str) -> str:
    url = url.strip()
    return url if is_openable(url) else ""


def _header(value: str) -> str:
    """What a server said, to be sent back to it as it is; nothing where that would not be safe."""
    return value if value == clean_line(value, _LONGEST_HEADER) else ""
