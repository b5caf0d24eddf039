"""Which panes are in sight and which one has the focus."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from newsreader.ui.panes import WIDE, Pane, status_height, visible_panes

if TYPE_CHECKING:
    from textual.screen import Screen
    from textual.widget import Widget


class PaneDesk:
    """Moves the focus between the panes and shows as many of them as fit.

    Args:
        screen: Gets the classes `-single`, `-overlay` and `-two-lines`.
        areas: What to show or hide for each pane.
        focusable: What takes the focus in each pane.

    """

    def __init__(
        self, screen: Screen[None], areas: Mapping[Pane, Widget], focusable: Mapping[Pane, Widget]
    ) -> None:
        self._screen = screen
        self._areas = areas
        self._focusable = focusable
        self._active = Pane.LIST
        self._zen = False

    @property
    def active(self) -> Pane:
        """The pane with the focus."""
        return self._active

    def page_on(self) -> None:
        """One page on in the pane with the focus."""
        self._focusable[self._active].action_page_down()

    def arrange(self) -> None:
        """Show the panes that fit at the present width."""
        width, height = self._screen.app.size
        visible = visible_panes(width, self._active, zen=self._zen)
        for pane, area in self._areas.items():
            area.display = pane in visible
        self._screen.set_class(len(visible) == 1, "-single")
        self._screen.set_class(status_height(width, height) == 2, "-two-lines")
        self._screen.set_class(Pane.TOPICS in visible and width < WIDE, "-overlay")

    def note_focus(self, pane: Pane) -> None:
        """The focus went to a pane, by whatever way."""
        if pane is not self._active:
            self._active = pane
            self._zen = self._zen and pane is Pane.STORY
            self.arrange()

    def go_to(self, pane: Pane) -> None:
        """Give a pane the focus."""
        self._zen = self._zen and pane is Pane.STORY
        self._active = pane
        self.arrange()
        self._focusable[pane].focus()

    def step(self, direction: int, *, around: bool) -> None:
        """Go to the pane beside the active one; from the last on to the first if `around`."""
        panes = list(Pane)
        place = panes.index(self._active) + direction
        if around:
            place %= len(panes)
        if 0 <= place < len(panes):
            self.go_to(panes[place])

    def toggle_zen(self) -> None:
        """The story alone, and back."""
        self._zen = not self._zen
        self.go_to(Pane.STORY)
