"""What a visit leaves for the next one."""

from __future__ import annotations

import time

from newsreader.domain.view import View
from newsreader.library import Library
from newsreader.state.visits import Visit, keep_visit

_FIELDS = ("scope", "topic", "type", "provider", "filter", "language")


def save_visit(library: Library, plain: View, first: View, end: Visit) -> None:
    """Store where a visit ended, for the next start; this writes a file.

    What the command line asked for is not remembered, unless the reader changed it.

    Args:
        library: The corpus that was visited.
        plain: The view without any options or earlier visit.
        first: The view at the start.
        end: The view and the position at the end; the time is set here.

    """
    if library.visit_file is None:
        return
    before = library.last_visit or Visit(0, plain)
    view = remembered_view(before.view, first, end.view)
    is_shown = all(getattr(view, name) == getattr(end.view, name) for name in _FIELDS)
    position = end if is_shown else before
    now = time.time_ns() // 1_000_000
    keep_visit(library.visit_file, position._replace(ended=now, view=view))


def remembered_view(before: View, first: View, last: View) -> View:
    """Return the view at the end of a visit, with what was not changed in it as it was before the visit."""
    kept = {name: getattr(before, name) for name in _FIELDS if getattr(first, name) == getattr(last, name)}
    if (first.order, first.order_chosen) == (last.order, last.order_chosen):
        kept |= {"order": before.order, "order_chosen": before.order_chosen}
    return last._replace(**kept)
