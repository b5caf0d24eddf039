"""Read the identities and mark keys of records, and which of them are unread."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from newsreader.corpus.scan import display_path
from newsreader.domain.mark_changes import Identity, identity_of
from newsreader.domain.marks import MarkSet
from newsreader.domain.sanitize import clean_line
from newsreader.library.marks.attached import AttachedMarks
from newsreader.library.sqlite.statements import Ask, chunks, select_in

_NAMED = (
    "SELECT path, record.title, urls FROM record JOIN passage USING (id) JOIN file USING (id) WHERE id IN"
)
_KEYS = "SELECT id, mark FROM record WHERE id IN"


def identities(ask: Ask, ids: Sequence[int]) -> list[tuple[Identity, str]]:
    """Return the identities and titles of these records; deleted records are left out."""
    return [
        (identity_of(urls.splitlines(), clean_line(display_path(path))), title)
        for path, title, urls in select_in(ask, _NAMED, ids)
    ]


def unread(ask: Ask, marks: AttachedMarks, ids: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the ids of the unread records among these, with their positions."""
    position = 0
    for chunk in chunks(ids):
        keys = keys_of(ask, chunk)
        found = marks.of(list(keys.values()))
        for id_ in chunk:
            if id_ in keys and MarkSet.READ not in found.get(keys[id_], MarkSet.NONE):
                yield id_, position
            position += 1


def keys_of(ask: Ask, ids: Sequence[int]) -> dict[int, int]:
    """Return the mark keys of records; deleted records are left out."""
    return dict(select_in(ask, _KEYS, ids))
