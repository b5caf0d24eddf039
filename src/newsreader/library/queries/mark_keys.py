"""What marking has to know of records: by what they are marked, and which of them are unread."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from newsreader.corpus.scan import display_path
from newsreader.domain.mark_changes import Identity, identity_of
from newsreader.domain.marks import MarkSet
from newsreader.domain.sanitize import clean_line
from newsreader.library.marks.attached import AttachedMarks

Ask = Callable[[str, Sequence[object]], list[tuple[Any, ...]]]

_CHUNK = 500

_NAMED = (
    "SELECT path, record.title, urls FROM record JOIN passage USING (id) JOIN file USING (id) WHERE id IN"
)
_KEYS = "SELECT id, mark FROM record WHERE id IN"


def identities(ask: Ask, ids: Sequence[int]) -> list[tuple[Identity, str]]:
    """By what these records are marked, with their titles; records that are gone are left out."""
    found = []
    for part in _parts(ids):
        rows = ask(f"{_NAMED} ({','.join('?' * len(part))})", part)
        for path, title, urls in rows:
            found.append((identity_of(urls.splitlines(), clean_line(display_path(path))), title))
    return found


def unread(ask: Ask, sight: AttachedMarks, ids: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The ids of these records that are not read, in their order, with their places among `ids`."""
    place = 0
    for part in _parts(list(ids)):
        keys = keys_of(ask, part)
        marks = sight.of(list(keys.values()))
        for id_ in part:
            if id_ in keys and MarkSet.READ not in marks.get(keys[id_], MarkSet.NONE):
                yield id_, place
            place += 1


def keys_of(ask: Ask, ids: Sequence[int]) -> dict[int, int]:
    """The keys of marks by record; records that are gone are left out."""
    return {
        record_id: key
        for part in _parts(ids)
        for record_id, key in ask(f"{_KEYS} ({','.join('?' * len(part))})", part)
    }


def _parts(ids: Sequence[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), _CHUNK):
        yield list(ids[start : start + _CHUNK])
