"""Read a story page: the record with its coverage and items resolved."""

from __future__ import annotations

import posixpath
import sqlite3
import zlib
from urllib.parse import unquote

from newsreader.corpus.scan import RECORD_SUFFIXES, display_path
from newsreader.domain.record import Record, Related
from newsreader.domain.sanitize import clean_line
from newsreader.domain.story_page import Coverage, Match, Member, StoryItem, StoryPage
from newsreader.domain.story_roles import MembershipReason
from newsreader.domain.urls import url_key
from newsreader.library.index.record_rows import title_key, unpack

_MOST_REFERENCES = 200
"""Most links of one body that are looked up."""

_BEST = "id <> ? ORDER BY role = 0, front DESC, place LIMIT 1"
_COPIES = "SELECT path FROM record JOIN file USING (id) WHERE story = ? AND role = 0 ORDER BY record.place"
_AT_ADDRESS = f"SELECT id FROM address JOIN record ON id = record_id WHERE key = ? AND {_BEST}"  # noqa: S608
_BY_TITLE = f"SELECT id FROM record WHERE title_key = ? AND {_BEST}"  # noqa: S608
"""Prefer a record that is not a copy, then one on the front page, then the first path."""


def read_page(connection: sqlite3.Connection, record_id: int) -> StoryPage | None:
    """Read the page of a record, None if it was deleted."""
    row = connection.execute(
        "SELECT data, path FROM detail JOIN file ON file.id = record_id WHERE record_id = ?", (record_id,)
    ).fetchone()
    if row is None:
        return None
    try:
        record = unpack(row[0], clean_line(display_path(row[1])))
    except (zlib.error, ValueError) as error:
        raise sqlite3.DatabaseError("a record is malformed") from error
    coverage = tuple(resolve(connection, entry, record_id) for entry in record.coverage())
    items = tuple(_resolve_item(connection, path) for path in record.items)
    copies = tuple(clean_line(display_path(path)) for (path,) in connection.execute(_COPIES, (record_id,)))
    members = read_members(connection, record_id)
    references = read_references(connection, record, record_id)
    return StoryPage(record, record_id, coverage, items, members, copies, references=references)


def read_references(connection: sqlite3.Connection, record: Record, record_id: int) -> tuple[StoryItem, ...]:
    """Find the records that the body links to by name, as in `[[name]]`, or by relative path, each once."""
    if not any(sign in record.body for sign in ("[[", "](", "]:", "href")):
        return ()
    from newsreader.markup import body_blocks

    found: dict[int | None, StoryItem] = {None: StoryItem("", None, ""), record_id: StoryItem("", None, "")}
    targets = dict.fromkeys(link.url for block in body_blocks(record.body) for link in block.references)
    for target in list(targets)[:_MOST_REFERENCES]:
        item = _resolve_item(connection, _reference_path(record.path, target))
        found.setdefault(item.record_id, item)
    return tuple(item for item in found.values() if item.record_id is not None)


def _reference_path(path: str, target: str) -> str:
    """Return the path that a reference in the file at a path names: relative, or the end of one."""
    named = unquote(target.partition("#")[0].partition("?")[0]).strip()
    if named.startswith("."):
        named = posixpath.normpath(posixpath.join(posixpath.dirname(path), named)).lstrip("./")
    return named


def read_members(connection: sqlite3.Connection, record_id: int) -> tuple[Member, ...]:
    """Read all reports of a record's story, the lead first, then by quality; none if it has no other."""
    rows = connection.execute(
        "SELECT id, title, source, reason FROM record WHERE role > 0 AND story ="
        " (SELECT story FROM record WHERE id = ? AND role > 0) ORDER BY reason > 0, quality DESC, place",
        (record_id,),
    )
    return tuple(Member(id_, title, source, MembershipReason(reason)) for id_, title, source, reason in rows)


def resolve(connection: sqlite3.Connection, entry: Related, besides: int = 0) -> Coverage:
    """Find the record of a related entry by address, else by title, provider and day.

    `besides` is the record that lists the entry, which is never the result.
    """
    for url in (entry.web_url, entry.amp_url, entry.cached_amp_url):
        key = url_key(url)
        found = key is not None and connection.execute(_AT_ADDRESS, (key, besides)).fetchone()
        if found:
            return Coverage(entry, found[0], Match.ADDRESS)
    found = connection.execute(
        _BY_TITLE,
        (title_key(entry.title, entry.provider, entry.moment), besides),
    ).fetchone()
    if found:
        return Coverage(entry, found[0], Match.TITLE)
    return Coverage(entry, None, Match.NONE)


def item_path(path: str) -> str:
    """Fold the path of a record and remove its suffix, to compare it with a collection."""
    folded = "/" + path.strip("/").casefold()
    return folded.removesuffix(next(filter(folded.endswith, RECORD_SUFFIXES), ""))


def is_item(path: str, wanted: str) -> bool:
    """Whether a path matches the path of an item, both from `item_path`."""
    return path.endswith(wanted)


def _resolve_item(connection: sqlite3.Connection, path: str) -> StoryItem:
    """Find the record of an item by the end of its path, without the suffix."""
    wanted = item_path(path)
    stem = wanted.rpartition("/")[2]
    for record_id, title, shown in connection.execute(
        "SELECT record.id, title, path FROM record JOIN file USING (id) WHERE stem = ? ORDER BY record.place",
        (stem,),
    ):
        if is_item(item_path(display_path(shown)), wanted):
            return StoryItem(path, record_id, title)
    return StoryItem(path, None, "")
