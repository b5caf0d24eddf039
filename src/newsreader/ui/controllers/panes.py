"""Layout of the main screen: visible panes, their widths, the focus, and the density of rows."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from newsreader.domain.setting_values import Density
from newsreader.render.headline_row import RowLook
from newsreader.settings.model import Settings
from newsreader.state.layout import LayoutState, read_layout, write_layout
from newsreader.ui.panes import WIDE, Pane, status_height, visible_panes
from newsreader.ui.workers.job_queue import JobQueue

if TYPE_CHECKING:
    from textual.screen import Screen
    from textual.widget import Widget

    from newsreader.ui.widgets.line_pane import LinePane

STEP = 4
"""Columns, or per cent, by which a key changes the width of a pane."""


class LayoutController:
    """Reads and stores the layout state. A density of the settings is the one at every start.

    Attributes:
        state: The current layout.
        density: The density of rows.

    """

    def __init__(self, screen: Screen[None], settings: Settings, file: Path) -> None:
        self._settings = settings
        self._file = file
        self._queue = JobQueue(screen, "layout")
        self.state = read_layout(file)
        self.density = self.state.shown_density(settings.density)

    def row_look(self) -> RowLook:
        """Return how rows are laid out."""
        return RowLook(self.density, self._settings.columns, self._settings.dates)

    def toggle_density(self) -> Density:
        """Switch between rows of one line and of two; return the new density."""
        self.density = self.density.other()
        self.state = self.state._replace(density=self.density)
        self.save()
        return self.density

    def save(self) -> None:
        """Store the layout for the next start."""
        state = self.state
        self._queue.do(lambda: write_layout(self._file, state))

    def stop(self) -> None:
        """Finish writing."""
        self._queue.finish()


class PanesController:
    """Moves the focus between the panes and shows as many of them as fit.

    Args:
        screen: Gets the classes `-single`, `-overlay`, `-two-lines` and `-zen`.
        areas: What to show or hide for each pane.
        focusable: What receives the focus in each pane.
        layout: The widths of the panes.

    """

    def __init__(
        self,
        screen: Screen[None],
        areas: Mapping[Pane, Widget],
        focusable: Mapping[Pane, LinePane],
        layout: LayoutController,
    ) -> None:
        self._screen = screen
        self._areas = areas
        self._focusable = focusable
        self._layout = layout
        self._zen = False
        self._dragged: Pane | None = None
        self.active = Pane.LIST
        """The pane with the focus."""

    @property
    def is_dragging(self) -> bool:
        """Whether the mouse holds the border of a pane."""
        return self._dragged is not None

    @property
    def focused(self) -> LinePane:
        """What has the focus in the active pane."""
        return self._focusable[self.active]

    def page_down(self) -> None:
        """Scroll the pane with the focus by a page."""
        self.focused.action_page_down()

    def arrange(self) -> None:
        """Show the panes that fit."""
        width, height = self._screen.app.size
        visible = self._visible
        for pane, area in self._areas.items():
            area.display = pane in visible
        self._screen.set_class(len(visible) == 1, "-single")
        self._screen.set_class(self._zen, "-zen")
        self._screen.set_class(status_height(width, height) == 2, "-two-lines")
        self._screen.set_class(Pane.TOPICS in visible and width < WIDE, "-overlay")
        self._divide(are_many=len(visible) > 1)

    def note_focus(self, pane: Pane) -> None:
        """Follow the focus, however it moved to a pane."""
        if pane is not self.active:
            self.active = pane
            self._zen = self._zen and pane is Pane.STORY
            self.arrange()

    def go_to(self, pane: Pane) -> None:
        """Focus a pane."""
        self._zen = self._zen and pane is Pane.STORY
        self.active = pane
        self.arrange()
        self._focusable[pane].focus()

    def step(self, direction: int, *, around: bool) -> None:
        """Go to the next (1) or previous (-1) pane; with `around`, from the last to the first."""
        panes = list(Pane)
        place = panes.index(self.active) + direction
        if around:
            place %= len(panes)
        if 0 <= place < len(panes):
            self.go_to(panes[place])

    def toggle_zen(self) -> None:
        """Toggle full-screen story."""
        self._zen = not self._zen
        self.go_to(Pane.STORY)

    def widen(self, direction: int) -> bool:
        """Widen (1) or narrow (-1) the pane with the focus, or reset all widths (0).

        Returns:
            False if only one pane is visible.

        """
        if len(self._visible) == 1:
            return False
        state = self._layout.state
        if not direction:
            self._resize(LayoutState(density=state.density))
        elif self.active is Pane.TOPICS:
            self._resize(state._replace(topics=state.topics + direction * STEP))
        else:
            self._resize_story(self._story + direction * STEP * (1 if self.active is Pane.STORY else -1))
        self._layout.save()
        return True

    def grab(self, x: int) -> bool:
        """Start dragging the border in a column of the screen; return False if there is none."""
        self._dragged = None
        for pane in (Pane.LIST, Pane.STORY):
            area = self._areas[pane]
            is_edge = area.display and area.region.x > 0 and x in (area.region.x - 1, area.region.x)
            if is_edge and not self._screen.has_class("-single", "-overlay"):
                self._dragged = pane
        return self.is_dragging

    def drag(self, x: int) -> None:
        """Move the dragged border to a column."""
        width = self._screen.app.size.width
        if self._dragged is Pane.LIST:
            self._resize(self._layout.state._replace(topics=x))
        elif self._dragged is Pane.STORY:
            left = self._areas[Pane.LIST].region.x
            self._resize_story(round(100 * (width - x) / max(1, width - left)))

    def release(self) -> None:
        """Stop dragging."""
        if self._dragged is not None:
            self._dragged = None
            self._layout.save()

    @property
    def _visible(self) -> frozenset[Pane]:
        return visible_panes(self._screen.app.size.width, self.active, zen=self._zen)

    @property
    def _is_wide(self) -> bool:
        return self._screen.app.size.width >= WIDE

    @property
    def _story(self) -> int:
        return self._layout.state.story if self._is_wide else self._layout.state.story_of_two

    def _resize_story(self, share: int) -> None:
        state = self._layout.state
        self._resize(state._replace(story=share) if self._is_wide else state._replace(story_of_two=share))

    def _resize(self, state: LayoutState) -> None:
        self._layout.state = state.bounded()
        self._divide(are_many=True)

    def _divide(self, *, are_many: bool) -> None:
        """Set the width of each pane; the stylesheet decides where only one is visible."""
        shares = {
            Pane.TOPICS: str(self._layout.state.topics) if self._is_wide else None,
            Pane.LIST: f"{100 - self._story}fr",
            Pane.STORY: f"{self._story}fr",
        }
        for pane, area in self._areas.items():
            share = shares[pane] if are_many else None
            if share is None:
                area.styles.clear_rule("width")
            else:
                area.styles.width = share
