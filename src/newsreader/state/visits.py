"""Where the reader was in a corpus when the last visit ended, kept in a small file of the state folder."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from newsreader.domain.query import QueryError, parse
from newsreader.domain.ranking import Order
from newsreader.domain.view import Scope, View

_VERSION = 1
_LONGEST = 100_000
"""Bytes of a file that is read; a filter that fills more was not typed by anybody."""


class Visit(NamedTuple):
    """How a visit ended.

    `ended` is in milliseconds since 1970 UTC. `path` is that of the record under the cursor as `/`-separated
    text, empty where there was none; `line` is the line of the list, from its top on the screen, on which
    that row began.
    """

    ended: int
    view: View = View()
    path: str = ""
    line: int = 0


def read_visit(file: Path) -> Visit | None:
    """The last visit; None where there was none or the file makes no sense."""
    try:
        with file.open("rb") as stream:
            text = stream.read(_LONGEST)
        import json  # most corpora that are opened for a question were never visited

        kept = json.loads(text)
        if kept["version"] != _VERSION:
            return None
        return Visit(int(kept["ended"]), _view(kept["view"]), str(kept["path"]), int(kept["line"]))
    except (OSError, ValueError, LookupError, TypeError, RecursionError, QueryError):
        return None


def keep_visit(file: Path, visit: Visit) -> None:
    """Keep how a visit ended; where that is impossible, the next one begins as this one did."""
    import json

    kept = {
        "version": _VERSION,
        "ended": visit.ended,
        "view": {name: getattr(visit.view, name) for name in _KEPT},
        "path": visit.path,
        "line": visit.line,
    }
    fresh = file.with_suffix(".new")
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_text(json.dumps(kept), encoding="utf-8")
        fresh.replace(file)


_KEPT = {
    "scope": Scope,
    "topic": str,
    "type": str,
    "provider": str,
    "filter": str,
    "order": Order,
    "order_chosen": bool,
}
"""What of a view is kept, and how it is read. What is unfolded goes by numbers that may change."""


def _view(kept: Any) -> View:
    """A view as it was kept; what of stories is folded follows from the scope."""
    view = View(**{name: read(kept[name]) for name, read in _KEPT.items()})
    parse(view.filter)
    return view
