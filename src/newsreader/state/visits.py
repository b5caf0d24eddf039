"""The view and position at the end of the last visit to a corpus."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from newsreader.domain.query import QueryError, parse
from newsreader.domain.ranking import Order
from newsreader.domain.view import Scope, View

_VERSION = 1
_MAX_BYTES = 100_000
"""Maximum number of bytes read from a file."""


class Visit(NamedTuple):
    """The state at the end of a visit.

    `ended` is Unix time in milliseconds. `path` is the path of the record under the cursor, with `/` as
    separator, or empty. `line` is the first line of its row, counted from the top of the visible list.
    """

    ended: int
    view: View = View()
    path: str = ""
    line: int = 0


def read_visit(file: Path) -> Visit | None:
    """Read the last visit; None if there is none, or the file is invalid."""
    try:
        with file.open("rb") as stream:
            text = stream.read(_MAX_BYTES)
        import json  # commands mostly open corpora without a visit

        stored = json.loads(text)
        if stored["version"] != _VERSION:
            return None
        return Visit(int(stored["ended"]), _view(stored["view"]), str(stored["path"]), int(stored["line"]))
    except (OSError, ValueError, LookupError, TypeError, RecursionError, QueryError):
        return None


def keep_visit(file: Path, visit: Visit) -> None:
    """Store the end of a visit atomically, if possible."""
    import json

    stored = {
        "version": _VERSION,
        "ended": visit.ended,
        "view": {name: getattr(visit.view, name) for name in _FIELDS},
        "path": visit.path,
        "line": visit.line,
    }
    temporary = file.with_suffix(".new")
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_text(json.dumps(stored), encoding="utf-8")
        temporary.replace(file)


_FIELDS = {
    "scope": Scope,
    "topic": str,
    "type": str,
    "provider": str,
    "filter": str,
    "order": Order,
    "order_chosen": bool,
    "language": str,
}
"""The fields of a view that are stored, and their types. Unfolded stories are not: their ids may change."""


def _view(stored: Any) -> View:
    """Restore a view. Raise QueryError if its filter is invalid."""
    stored = {"language": "", **stored}  # visits of earlier versions have none
    view = View(**{name: read(stored[name]) for name, read in _FIELDS.items()})
    parse(view.filter)
    return view
