"""Which panes can be seen at which width."""

from __future__ import annotations

from enum import StrEnum


class Pane(StrEnum):
    """The three panes, from left to right; each value is the id of a widget."""

    TOPICS = "topics"
    LIST = "list"
    STORY = "story"


WIDE = 110
"""Columns from which all three panes stand side by side."""

MEDIUM = 70
"""Columns from which list and story stand side by side and the topics lie over them."""


def status_height(width: int, height: int) -> int:
    """Lines of the status bar: two where hints and place do not fit on one and rows are to spare."""
    return 2 if width < WIDE and height >= 16 else 1


def visible_panes(width: int, active: Pane, *, zen: bool = False) -> frozenset[Pane]:
    """The panes to show in a terminal of that many columns while one of them has the focus."""
    if zen:
        return frozenset({Pane.STORY})
    if width >= WIDE:
        return frozenset(Pane)
    if width >= MEDIUM:
        return frozenset({Pane.LIST, Pane.STORY, active})
    return frozenset({active})
