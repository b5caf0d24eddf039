"""Find records by name, address or path, as people and scripts write them."""

from __future__ import annotations

import re

from newsreader.corpus.scan import RECORD_SUFFIXES, display_path
from newsreader.domain.urls import host_of, url_key
from newsreader.library.queries.record_ids import records_named
from newsreader.library.queries.sql_condition import like
from newsreader.library.sqlite.statements import Ask

_AT_ADDRESS = (
    "SELECT record.id, role FROM address JOIN record ON record.id = record_id WHERE key = ?"
    " ORDER BY mark <> key, role = 0, front = 0, role < 3, record.place"
)
_IN_PATH = (
    "SELECT record.id, path FROM file JOIN record USING (id) WHERE CAST(path AS TEXT) LIKE ? ESCAPE '\\'"
    " ORDER BY record.place"
)
_NO_TEXT = re.compile(r"\\x[0-9a-f]{2}")
"""How a byte of a path that is not valid UTF-8 is shown."""

_WORD = re.compile(r"\w{3,}")


def find(ask: Ask, text: str) -> list[int]:
    """Find the records that a text identifies; several if it is ambiguous.

    The text is a name (`record_ids.py`) or its beginning, an address, or a path in the corpus or its end,
    with or without the suffix.
    """
    text = text.strip()
    if "://" in text:
        return _at_address(ask, text)
    if named := records_named(ask, text.lower()):
        return named
    return _at_path(ask, text)


def near(ask: Ask, text: str, most: int) -> list[int]:
    """Suggest records for a text that identifies none, by similar paths or addresses."""
    if "://" in text:
        pattern = f"%{like(host_of(text))}%"
        rows = ask(
            "SELECT id FROM passage WHERE urls LIKE ? ESCAPE '\\' ORDER BY id LIMIT ?", (pattern, most)
        )
        return [id_ for (id_,) in rows]
    stem = text.rpartition("/")[2].casefold()
    wanted = _WORD.findall(stem)
    for count in range(len(wanted), 0, -1):
        pattern = "%" + "%".join(like(word) for word in wanted[-count:]) + "%"
        rows = ask(
            "SELECT id FROM record WHERE stem LIKE ? ESCAPE '\\' ORDER BY place LIMIT ?", (pattern, most)
        )
        if rows:
            return [id_ for (id_,) in rows]
    return []


def _at_address(ask: Ask, url: str) -> list[int]:
    """Find the records of a page; copies only if there is no other record."""
    key = url_key(url)
    rows = [] if key is None else ask(_AT_ADDRESS, (key,))
    return [id_ for id_, role in rows if role > 0] or [id_ for id_, _ in rows[:1]]


def _at_path(ask: Ask, text: str) -> list[int]:
    path = text.removeprefix("./").strip("/")
    if not path:
        return []
    pattern = "%".join(like(part) for part in _NO_TEXT.split(path))
    rows = [(id_, display_path(raw)) for id_, raw in ask(_IN_PATH, (f"%{pattern}%",))]
    for matches in (str.__eq__, _ends_with, _ends_without_suffix, _ends_within_a_name):
        if found := [id_ for id_, shown in rows if matches(shown, path)]:
            return found
    return []


def _ends_with(shown: str, path: str) -> bool:
    return shown.endswith(f"/{path}")


def _ends_without_suffix(shown: str, path: str) -> bool:
    stem, dot, suffix = shown.rpartition(".")
    return f"{dot}{suffix}".lower() in RECORD_SUFFIXES and f"/{stem}".endswith(f"/{path}")


def _ends_within_a_name(shown: str, path: str) -> bool:
    stem, dot, suffix = shown.rpartition(".")
    return shown.endswith(path) or (f"{dot}{suffix}".lower() in RECORD_SUFFIXES and stem.endswith(path))
