"""Which panes are in sight, how wide they are, and which one has the focus."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from newsreader.state.layout import LayoutState
from newsreader.ui.panes import WIDE, Pane, status_height, visible_panes

if TYPE_CHECKING:
    from textual.screen import Screen
    from textual.widget import Widget

STEP = 4
"""Columns, or per cent, by which a key changes the width of a pane."""


class PanesController:
    """Moves the focus between the panes and shows as many of them as fit.

    Args:
        screen: Gets the classes `-single`, `-overlay`, `-two-lines` and `-zen`.
        areas: What to show or hide for each pane.
        focusable: What takes the focus in each pane.
        look: How wide the panes are.
        keep: Keeps another look for the next start.

    """

    def __init__(
        self,
        screen: Screen[None],
        areas: Mapping[Pane, Widget],
        focusable: Mapping[Pane, Widget],
        look: LayoutState = LayoutState(),  # noqa: B008
        keep: Callable[[LayoutState], None] = lambda _: None,
    ) -> None:
        self._screen = screen
        self._areas = areas
        self._focusable = focusable
        self._look = look
        self._keep = keep
        self._active = Pane.LIST
        self._zen = False
        self._dragged: Pane | None = None

    @property
    def active(self) -> Pane:
        """The pane with the focus."""
        return self._active

    @property
    def is_dragging(self) -> bool:
        """Whether the mouse holds the border of a pane."""
        return self._dragged is not None

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
        self._screen.set_class(self._zen, "-zen")
        self._screen.set_class(status_height(width, height) == 2, "-two-lines")
        self._screen.set_class(Pane.TOPICS in visible and width < WIDE, "-overlay")
        self._divide(are_many=len(visible) > 1)

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

    def widen(self, direction: int) -> bool:
        """Make the pane with the focus wider, or narrower; with 0 all are as usual.

        Returns:
            Whether there is something to divide: one pane alone has all the room.

        """
        if len(visible_panes(self._screen.app.size.width, self._active, zen=self._zen)) == 1:
            return False
        usual = LayoutState(density=self._look.density)
        if not direction:
            self._adopt(usual)
        elif self._active is Pane.TOPICS:
            self._adopt(self._look._replace(topics=self._look.topics + direction * STEP))
        else:
            self._set_story(self._story + direction * STEP * (1 if self._active is Pane.STORY else -1))
        self._keep(self._look)
        return True

    def grab(self, x: int) -> bool:
        """The mouse went down in a column of the screen: hold the border there, if there is one."""
        self._dragged = None
        for pane in (Pane.LIST, Pane.STORY):
            area = self._areas[pane]
            is_edge = area.display and area.region.x > 0 and x in (area.region.x - 1, area.region.x)
            if is_edge and not self._screen.has_class("-single", "-overlay"):
                self._dragged = pane
        return self.is_dragging

    def drag(self, x: int) -> None:
        """The mouse moved to a column while it holds a border."""
        width = self._screen.app.size.width
        if self._dragged is Pane.LIST:
            self._adopt(self._look._replace(topics=x))
        elif self._dragged is Pane.STORY:
            left = self._areas[Pane.LIST].region.x
            self._set_story(round(100 * (width - x) / max(1, width - left)))

    def let_go(self) -> None:
        """The mouse lets the border go."""
        if self._dragged is not None:
            self._dragged = None
            self._keep(self._look)

    @property
    def _is_wide(self) -> bool:
        return self._screen.app.size.width >= WIDE

    @property
    def _story(self) -> int:
        return self._look.story if self._is_wide else self._look.story_of_two

    def _set_story(self, share: int) -> None:
        look = self._look
        self._adopt(look._replace(story=share) if self._is_wide else look._replace(story_of_two=share))

    def _adopt(self, look: LayoutState) -> None:
        self._look = look.bounded()
        self._divide(are_many=True)

    def _divide(self, *, are_many: bool) -> None:
        """Give each pane its width; one pane alone has what the stylesheet says."""
        shares = {
            Pane.TOPICS: str(self._look.topics) if self._is_wide else None,
            Pane.LIST: f"{100 - self._story}fr",
            Pane.STORY: f"{self._story}fr",
        }
        for pane, area in self._areas.items():
            share = shares[pane] if are_many else None
            if share is None:
                area.styles.clear_rule("width")
            else:
                area.styles.width = share
