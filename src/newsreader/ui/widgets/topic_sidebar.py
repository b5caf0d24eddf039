"""The sidebar: what can be looked at, with counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from newsreader.domain.view import Scope, View
from newsreader.render.cells import cell_len, fit, steady
from newsreader.render.headline_row import Line, Span
from newsreader.ui.widgets.virtual_list import VirtualList


class SidebarPlace(NamedTuple):
    """One row of the sidebar: the scope, a topic, type, language or provider, the problems, a heading.

    `view` holds the narrowing that the row stands for, or the scope; headings and the problems have none.
    That of a saved search is all that the list shows; one that is given cannot be changed. `records` is None
    while that is not known; `read` of them are read. `is_open` says whether what stands below a topic is
    shown, None if nothing does; `is_chosen` whether the list is in that language.
    """

    label: str
    records: int | None = None
    depth: int = 0
    view: View | None = None
    is_problems: bool = False
    is_fold: bool = False
    is_search: bool = False
    is_given: bool = False
    is_scope: bool = False
    is_open: bool | None = None
    read: int = 0
    is_language: bool = False
    is_chosen: bool = False

    @property
    def numbers(self) -> str:
        """How many records there are; once some are read, how many are unread and how many there are."""
        if self.records is None:
            return ""
        unread = f"{max(0, self.records - self.read):,}/" if self.read else ""
        return f"{unread}{self.records:,}"

    @property
    def is_heading(self) -> bool:
        """Whether the row only separates."""
        return self.view is None and not self.is_problems and not self.is_fold

    def is_named_as(self, other: SidebarPlace) -> bool:
        """Whether both are the same place, apart from counts."""
        return (self.label, self.is_search, self.is_language) == (
            other.label,
            other.is_search,
            other.is_language,
        )

    def stands_for(self, view: View) -> bool:
        """Whether the list shows what this row stands for."""
        if self.view is None:
            return False
        if self.is_search:
            return self.view == view._replace(unfolded=(), filter=view.filter.strip(), language="")
        return view.is_narrowed and self.view.part == view.part


NOWHERE = SidebarPlace("")
"""No place at all."""


_FOLD_SIGNS = {None: "", True: "▾ ", False: "▸ "}
_CHOICE_SIGNS = {True: "◉", False: "○"}
_SCOPES = (("Front page", "Everything"), ("Front page", "All"), ("Front", "All"))
"""Names of both scopes, from wide to narrow."""


def _scope_line(scope: Scope, width: int) -> str:
    """Show both scopes, with a sign at the current one, in the longest words that fit."""
    on, off = (_CHOICE_SIGNS[scope is each] for each in Scope)
    lines = [f" {on} {front} {off} {everything}" for front, everything in _SCOPES]
    return next((line for line in lines if cell_len(line) < width), fit(lines[-1], width))


class TopicSidebar(VirtualList):
    """Places to go, one a line, with their counts aligned on the right."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "topic-sidebar--count",
        "topic-sidebar--cursor",
        "topic-sidebar--cursor-idle",
        "topic-sidebar--heading",
        "topic-sidebar--jump",
        "topic-sidebar--name",
        "topic-sidebar--problem",
    }

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._places: list[SidebarPlace] = []

    def show(self, rows: Sequence[SidebarPlace], current: View, cursor: int | None = None) -> None:
        """Show new rows, with the cursor on the one of the view unless `cursor` is given."""
        if list(rows) != self._places:
            chosen, had_rows = self.place(self.cursor), bool(self._places)
            self._places = list(rows)
            row = self.place_of(current, chosen) if cursor is None else cursor
            self.set_rows(len(rows), row, keep_line=had_rows)
        elif cursor is None:
            self.point_at(current)

    def point_at(self, view: View) -> None:
        """Put the cursor on the row that a view stands for, without telling anyone."""
        index = self.place_of(view, self.place(self.cursor))
        if index != self.cursor:
            self.set_rows(len(self._places), index, keep_line=False)

    def place(self, index: int) -> SidebarPlace:
        """The place of a row; an empty one where the rows have become fewer since it was asked for."""
        return self._places[index] if index < len(self._places) else NOWHERE

    def place_of(self, view: View, chosen: SidebarPlace = NOWHERE) -> int:
        """The row that a view stands for; where none does, that of all topics.

        Several may, such as a topic and a saved search for it: then it is the one that was chosen. The cursor
        stays on the scope and on a language, which change no place.
        """
        if chosen.is_scope:
            return 0
        if chosen.is_language:
            here = (row for row, place in enumerate(self._places) if place.is_named_as(chosen))
            return next(here, 1)
        rows = [row for row, place in enumerate(self._places) if place.stands_for(view)]
        same = (row for row in rows if self._places[row].is_named_as(chosen))
        return next(same, rows[0] if rows else 1)

    def is_selectable(self, index: int) -> bool:
        """Headings only separate."""
        return not self.place(index).is_heading

    def row_lines(self, index: int, width: int) -> Sequence[Line]:
        """The name, indented by its depth in the tree, and the count."""
        place = self._places[index]
        if place.is_scope and place.view is not None:
            return ((Span(_scope_line(place.view.scope, width), "name"),),)
        if place.is_heading:
            label = fit(place.label, width - 2)
            return ((Span(f" {label}", "heading"),),)
        count = place.numbers
        indent = " " * (1 + 2 * min(place.depth, 6)) + _FOLD_SIGNS[place.is_open]
        if place.is_language:
            indent += f"{_CHOICE_SIGNS[place.is_chosen]} "
        room = width - len(indent) - len(count) - 2
        name = fit(steady(place.label), room)
        gap = " " * max(1, room - cell_len(name) + 1)
        role = "problem" if place.is_problems else "name"
        return ((Span(indent + name, role), Span(gap, "blank"), Span(count, "count"), Span(" ", "blank")),)
