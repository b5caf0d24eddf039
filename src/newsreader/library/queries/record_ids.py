"""Permanent names of records for use outside of the program.

The ids of an index change when it is rebuilt. So the name of a record is the key of its marks
(`domain/mark_changes.py`), sixteen digits that do not change when the file is moved or the corpus cloned. If
several records have one page, the preferred one has the plain name; the others have a suffix of four more
digits, from their paths.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from newsreader.library.sqlite.statements import Ask, select_in

NAME = r"([0-9a-f]{4,16})(?:-([0-9a-f]{4}))?"
"""The pattern of a name, or its beginning."""

DIGITS = 16

_SAME_PAGE = (
    "SELECT mark, record.id, path FROM address JOIN record ON record.id = record_id JOIN file USING (id)"
    " WHERE key = mark AND key IN"
)
_PREFERENCE = "ORDER BY role = 0, front = 0, role < 3, record.place"
_BETWEEN = "SELECT mark, id, path FROM record JOIN file USING (id) WHERE mark BETWEEN ? AND ?"


class NamedRecord(NamedTuple):
    """The parts of a record that its name depends on."""

    record_id: int
    mark: int
    path: bytes


def names_of(ask: Ask, records: Iterable[NamedRecord]) -> dict[int, str]:
    """Return the names of records by id."""
    named = list(records)
    preferred: dict[int, int] = {}
    for mark, record_id, _ in select_in(ask, _SAME_PAGE, {record.mark for record in named}, _PREFERENCE):
        preferred.setdefault(mark, record_id)
    return {
        record.record_id: _digits(record.mark)
        + ("" if preferred.get(record.mark, record.record_id) == record.record_id else _tail(record.path))
        for record in named
    }


def records_named(ask: Ask, name: str) -> list[int]:
    """Return the ids of the records whose names start with `name`; without a suffix, one for each page."""
    found = re.fullmatch(NAME, name)
    if found is None:
        return []
    digits, tail = found.groups()
    low, high = _bounds(digits)
    rows = ask(f"{_BETWEEN} {_PREFERENCE}", (low, high))
    by_mark: defaultdict[int, list[tuple[int, bytes]]] = defaultdict(list)
    for mark, record_id, path in rows:
        by_mark[mark].append((record_id, path))
    return list(_meant(by_mark.values(), tail))


def _meant(groups: Iterable[Sequence[tuple[int, bytes]]], tail: str | None) -> Iterator[int]:
    for (first, _), *others in groups:
        if tail is None:
            yield first
        else:
            yield from (record_id for record_id, path in others if _tail(path) == f"-{tail}")


def _bounds(digits: str) -> tuple[int, int]:
    """Return the least and the greatest mark whose name starts with these digits."""
    missing = DIGITS - len(digits)
    return tuple(  # type: ignore[return-value]
        int.from_bytes(bytes.fromhex(digits + digit * missing), "big", signed=True) for digit in "0f"
    )


def _digits(mark: int) -> str:
    return f"{mark % 2**64:016x}"


def _tail(path: bytes) -> str:
    from hashlib import blake2b  # needed by few names

    return "-" + blake2b(path, digest_size=2).hexdigest()
