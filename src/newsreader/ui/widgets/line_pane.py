"""The base of scrolled panes: renders only visible lines, and moves by the keys of `keymap.actions.MOVE`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.segment import Segment
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from newsreader.ui.style.painter import NO_STYLE, StylePainter

RIGHT_BUTTON = 3
"""The number of the mouse button that opens a menu."""


class LinePane(ScrollView, can_focus=True, inherit_bindings=False):
    """A pane of lines. A subclass renders them (`render_line`), and moves its cursor (`_step`, `_leap`)."""

    ALLOW_SELECT = False

    class MenuWanted(Message):
        """The right button was pressed on what is now under the cursor."""

        def __init__(self, control: LinePane) -> None:
            super().__init__()
            self.pane = control

        @property
        def control(self) -> LinePane:
            """The pane with the mouse."""
            return self.pane

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.painter = StylePainter(self)
        self._jump_labels: Mapping[int, str] = {}

    @property
    def rows_per_page(self) -> int:
        """Rows to move by a page; one stays visible."""
        return max(1, self.size.height - 1)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Render a part of the pane in the current styles."""
        self.painter.reset()
        return super().render_lines(crop)

    def fit_content(self, lines: int) -> None:
        """Set the number of lines to scroll.

        Textual would lay out the whole screen for a change of the virtual size, which takes as long as
        painting the list. The sizes of panes depend on the terminal alone, so nothing else moves.
        """
        self.set_reactive(ScrollView.virtual_size, Size(self.scrollable_content_region.width, lines))
        self._scroll_update(self.virtual_size)

    def scroll_to_line(self, line: int) -> None:
        """Scroll a line to the top, as far as possible."""
        self.scroll_to(y=max(0, min(line, self.max_scroll_y)), animate=False, force=True, immediate=True)

    def jump_targets(self) -> Sequence[int]:
        """The numbers of the rows or links in sight, from top to bottom; none in a pane without a cursor."""
        return ()

    def jump_to(self, target: int) -> None:
        """Put the cursor on a row or link."""

    def action_activate(self) -> None:
        """Choose what is under the cursor."""

    def show_jump_labels(self, labels: Mapping[int, str]) -> None:
        """Show a label beside each of some rows or links, by their numbers; none takes them away."""
        self._jump_labels = labels
        self.refresh()

    def place_cursor(self, share: float) -> None:
        """Scroll so that the row or link under the cursor has this share of the pane above it, if it can."""

    def _with_jump_label(self, strip: Strip, target: int, at: int = 0) -> Strip:
        """Lay the label of a row or link, if it has one, over the cells of its line from `at` on."""
        label = self._jump_labels.get(target)
        if not label:
            return strip
        shown = Strip([Segment(label, self.painter.style_on("jump", NO_STYLE))], len(label))
        return Strip.join([strip.crop(0, at), shown, strip.crop(at + len(label))])

    def on_focus(self) -> None:
        """Show the cursor in the colour of the focus."""
        self._refresh_cursor()

    def on_blur(self) -> None:
        """Show the cursor in the colour without focus."""
        self._refresh_cursor()

    def action_cursor_down(self) -> None:
        """Move down."""
        self._step(1)

    def action_cursor_up(self) -> None:
        """Move up."""
        self._step(-1)

    def action_page_down(self) -> None:
        """Move down by a page."""
        self._leap(self.rows_per_page)

    def action_page_up(self) -> None:
        """Move up by a page."""
        self._leap(-self.rows_per_page)

    def action_half_page_down(self) -> None:
        """Move down by half a page."""
        self._leap(max(1, self.rows_per_page // 2))

    def action_half_page_up(self) -> None:
        """Move up by half a page."""
        self._leap(-max(1, self.rows_per_page // 2))

    def action_to_middle(self) -> None:
        """Scroll so that the cursor is in the middle."""
        self.place_cursor(0.5)

    def action_to_top(self) -> None:
        """Scroll so that the cursor is at the top."""
        self.place_cursor(0.0)

    def action_to_bottom(self) -> None:
        """Scroll so that the cursor is at the bottom."""
        self.place_cursor(1.0)

    def _refresh_cursor(self) -> None:
        self.refresh()

    def _step(self, direction: int) -> None:
        self._leap(direction)

    def _leap(self, count: int) -> None:
        self.scroll_to_line(self.scroll_offset.y + count)
