"""Sentences and titles that depend on the state."""

from __future__ import annotations

from newsreader.domain.view import View


def list_title(view: View) -> str:
    """The title of the list's frame."""
    place = view.topic or (f"Type: {view.type}" if view.type else view.provider)
    scope = view.scope.capitalize()
    return " · ".join(part for part in (place, scope, view.shown_order) if part)


NO_RECORDS = (
    "There are no records in this folder. A record is a .md, .markdown, .txt or .html file that begins "
    "with YAML front matter between two lines of three dashes. R looks again."
)


def empty_list(view: View, *, indexing: bool, nothing_at_all: bool) -> str:
    """What to say, and which key helps, where the list has no rows.

    Args:
        view: What the list would show.
        indexing: Whether the index may be behind the files.
        nothing_at_all: Whether the whole index is known to be empty.

    """
    if nothing_at_all and not indexing:
        return NO_RECORDS
    if view.filter.strip():
        return "Nothing here matches the filter. esc clears it, v looks at everything."
    if view.is_narrowed:
        return "Nothing here on this topic. v switches between the front page and everything."
    if indexing:
        return "The corpus is being read for the first time. Its newest records appear here in a moment."
    if view.scope == "front page":
        return "The front page is empty. v shows everything."
    return NO_RECORDS


def progress(done: int, total: int, seconds: int) -> str:
    """How far indexing is after that many seconds, how fast it goes, and how long it will take."""
    words = f"Indexing {done:,} of {total:,} files · {100 * done // total} %"
    if seconds < 2 or not done:
        return words
    rate = done / seconds
    left = round((total - done) / rate)
    remaining = f"{left} s left" if left < 100 else f"{round(left / 60)} min left"
    return f"{words} · {rate:,.0f} a second · {remaining}"


def place(row: int, count: int | None, view: View) -> str:
    """Where the reader is, for the status line; `count` is None while it is being found out."""
    if count is None:
        return f"{row + 1:,} of … · {view.describe()}"
    return f"{min(row + 1, count):,} of {count:,} · {view.describe()}"
