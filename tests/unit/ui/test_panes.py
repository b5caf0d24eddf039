from __future__ import annotations

import pytest

from newsreader.ui.panes import MEDIUM, WIDE, Pane, status_height, visible_panes

ALL = frozenset(Pane)


@pytest.mark.parametrize(
    ("width", "active", "visible"),
    [
        (WIDE, Pane.LIST, ALL),
        (200, Pane.TOPICS, ALL),
        (WIDE - 1, Pane.LIST, {Pane.LIST, Pane.STORY}),
        (WIDE - 1, Pane.STORY, {Pane.LIST, Pane.STORY}),
        (WIDE - 1, Pane.TOPICS, ALL),
        (MEDIUM, Pane.LIST, {Pane.LIST, Pane.STORY}),
        (MEDIUM - 1, Pane.LIST, {Pane.LIST}),
        (MEDIUM - 1, Pane.TOPICS, {Pane.TOPICS}),
        (20, Pane.STORY, {Pane.STORY}),
    ],
)
def test_as_many_panes_are_shown_as_fit(width: int, active: Pane, visible: set[Pane]) -> None:
    assert visible_panes(width, active) == visible


@pytest.mark.parametrize("width", [20, MEDIUM, WIDE, 300])
@pytest.mark.parametrize("active", Pane)
def test_the_pane_with_the_focus_is_always_in_sight(width: int, active: Pane) -> None:
    assert active in visible_panes(width, active)


@pytest.mark.parametrize("width", [20, MEDIUM, WIDE, 300])
def test_the_story_alone_fills_any_width(width: int) -> None:
    assert visible_panes(width, Pane.STORY, zen=True) == {Pane.STORY}


@pytest.mark.parametrize(
    ("width", "height", "lines"), [(120, 40, 1), (WIDE, 10, 1), (80, 24, 2), (80, 16, 2), (80, 15, 1)]
)
def test_the_status_bar_takes_a_second_line_where_rows_are_to_spare(
    width: int, height: int, lines: int
) -> None:
    assert status_height(width, height) == lines
