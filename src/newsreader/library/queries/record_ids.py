"""What records are called outside the program.

The numbers of an index change when it is built again. So a record is called by the key of its page, as its
marks are (`domain/mark_changes.py`): sixteen digits that stay when the file moves or the corpus is cloned
elsewhere. Where several records have one page, that which the list prefers has the plain name; the others
have four more digits, of their paths.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

Ask = Callable[[str, Sequence[object]], list[tuple[Any, ...]]]

NAME = r"([0-9a-f]{4,16})(?:-([0-9a-f]{4}))?"
"""A name, or the beginning of one, as a pattern."""

DIGITS = 16

_CHUNK = 500

_RIVALS = (
    "SELECT mark, record.id, path FROM address JOIN record ON record.id = record_id JOIN file USING (id)"
    " WHERE key = mark AND key IN"
)
_PREFERENCE = "ORDER BY standing = 0, front = 0, standing < 3, record.place"
_BETWEEN = "SELECT mark, id, path FROM record JOIN file USING (id) WHERE mark BETWEEN ? AND ?"


class NamedRecord(NamedTuple):
    """A record with its mark and path, as far as its name needs."""

    record_id: int
    mark: int
    path: bytes


def names_of(ask: Ask, records: Iterable[NamedRecord]) -> dict[int, str]:
    """The names of records, by their ids."""
    named = list(records)
    preferred: dict[int, int] = {}
    marks = list({record.mark for record in named})
    for start in range(0, len(marks), _CHUNK):
        part = marks[start : start + _CHUNK]
        for mark, record_id, _ in ask(f"{_RIVALS} ({','.join('?' * len(part))}) {_PREFERENCE}", part):
            preferred.setdefault(mark, record_id)
    return {
        record.record_id: _digits(record.mark)
        + ("" if preferred.get(record.mark, record.record_id) == record.record_id else _tail(record.path))
        for record in named
    }


def records_named(ask: Ask, name: str) -> list[int]:
    """The ids of the records whose names begin like this; of one page, all or the preferred one."""
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
    """The least and the greatest mark whose name begins with these digits."""
    missing = DIGITS - len(digits)
    return tuple(  # type: ignore[return-value]
        int.from_bytes(bytes.fromhex(digits + digit * missing), "big", signed=True) for digit in "0f"
    )


def _digits(mark: int) -> str:
    return f"{mark % 2**64:016x}"


def _tail(path: bytes) -> str:
    from hashlib import blake2b  # hardly any name needs it

    return "-" + blake2b(path, digest_size=2).hexdigest()
