"""Sentences and titles that depend on the state."""

from __future__ import annotations

from collections.abc import Sequence

from newsreader.domain.view import View
from newsreader.keymap.active import key_of
from newsreader.render.cells import cell_len, fit, steady


def list_title(view: View) -> str:
    """The title of the list's frame."""
    place = view.topic or (f"Type: {view.type}" if view.type else view.provider)
    scope = view.scope.capitalize()
    return " · ".join(part for part in (place, scope, view.shown_order) if part)


_TRAIL_SEPARATOR = " › "
_MOST_STEPS = 3
"""Stories named by a breadcrumb."""


def breadcrumb(titles: Sequence[str], width: int) -> str:
    """Name the stories that the reader followed; a long way loses its middle. `width` is in cells."""
    if len(titles) > _MOST_STEPS:
        titles = [titles[0], "…", *titles[2 - _MOST_STEPS :]]
    shown = _TRAIL_SEPARATOR.join(map(steady, titles))
    if cell_len(shown) <= width:
        return shown
    room = (width - len(_TRAIL_SEPARATOR) * (len(titles) - 1)) // len(titles)
    return _TRAIL_SEPARATOR.join(fit(steady(title), max(1, room)) for title in titles)


def way_back(title: str) -> str:
    """Name the key that leads back, and the story that it leads to."""
    return f"{key_of('back')}: back to {steady(title)}"


_NO_RECORDS = (
    "There are no records in this folder. A record is a .md, .markdown, .txt or .html file that begins "
    "with YAML front matter between two lines of three dashes, or with other metadata that the guide lists."
)


def no_records(folder: str = "", *, has_source: bool = False) -> str:
    """What to say of a folder without records; `folder` tells what was found in it."""
    source = (
        f"{key_of('sync')} syncs its sources" if has_source else f"{key_of('add_source')} adds a site or feed"
    )
    return f"{folder or _NO_RECORDS} {key_of('refresh_corpus')} looks again; {source}."


def no_unread(direction: int) -> str:
    """What to say where there is no unread story in a direction."""
    if direction > 0:
        return f"There is no unread story below; {key_of('previous_unread')} looks above."
    return f"There is no unread story above; {key_of('next_unread')} looks below."


def how_to_walk() -> str:
    """What to say where nothing in the story is chosen."""
    walk = f"{key_of('cursor_down')} and {key_of('cursor_up')} walk to a link or to related coverage"
    return f"{walk}; {key_of('activate')} follows it."


def empty_list(
    view: View,
    *,
    indexing: bool,
    nothing_at_all: bool,
    folder: str = "",
    has_source: bool = False,
    why: str = "",
) -> str:
    """What to say, and which key helps, where the list has no rows.

    Args:
        view: What the list would show.
        indexing: Whether the index may be behind the files.
        nothing_at_all: Whether the whole index is known to be empty.
        folder: What was found in the folder of an empty corpus.
        has_source: Whether a source brings records into it.
        why: What is probably wrong with the filter.

    """
    if nothing_at_all and not indexing:
        return no_records(folder, has_source=has_source)
    if view.filter.strip():
        clear, everything = key_of("step_back"), key_of("toggle_scope")
        nothing = f"Nothing here matches the filter. {clear} clears it, {everything} looks at everything."
        return f"{why} {clear} clears the filter." if why else nothing
    if view.is_narrowed:
        switch = key_of("toggle_scope")
        return f"Nothing here on this topic. {switch} switches between the front page and everything."
    if indexing:
        return "The corpus is being read for the first time. Its newest records appear here in a moment."
    if view.scope == "front page":
        return f"The front page is empty. {key_of('toggle_scope')} shows everything."
    return no_records()


def place(row: int, count: int | None, view: View) -> str:
    """Where the reader is, for the status line; `count` is None while it is being found out."""
    if count is None:
        return f"{row + 1:,} of … · {view.describe()}"
    return f"{min(row + 1, count):,} of {count:,} · {view.describe()}"
