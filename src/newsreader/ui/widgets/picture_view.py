"""The picture of a story, above its text."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import ControlType, Segment
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from newsreader.ui.style.painter import NO_STYLE, StylePainter

_CONTROL = ((ControlType.CURSOR_FORWARD, 0),)
"""Marks text without width; its kind does not matter to Textual."""

FRAME = 2
"""Rows, and columns, of the frame around the picture."""


class StoryArea(Vertical):
    """Where the story and its picture stand."""

    class Resized(Message):
        """There is more or less room."""

    def on_resize(self) -> None:
        """Fit the picture again."""
        self.post_message(self.Resized())


class PictureView(Widget):
    """A drawn picture in the middle of a frame, its caption in the lower edge. Often there is none."""

    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._painter = StylePainter(self)
        self._lines: tuple[Strip, ...] = ()
        self._over = ""
        self.display = False

    @property
    def is_shown(self) -> bool:
        """Whether there is a picture."""
        return bool(self._lines)

    def show(self, lines: Sequence[Strip], caption: str, over: str = "") -> None:
        """Show the lines of a picture, all of the same width, and words about it.

        `over` draws what the terminal shows over these lines, beginning at the cursor.
        """
        self._lines, self._over = tuple(lines), over
        self.border_title = Content("Picture")
        self.border_subtitle = Content(caption) if caption else None
        self.styles.height = len(self._lines) + FRAME
        self.display = True
        self.refresh(layout=True)

    def clear(self) -> None:
        """Remove the picture."""
        self._lines, self._over = (), ""
        self.display = False

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a part of the screen."""
        self._painter.reset()
        lines = super().render_lines(crop)
        # With the lower edge, after the lines that it goes over. Not below a dialog, which it would cover.
        if self._over and crop.bottom == self.outer_size.height and self.screen.is_active:
            lines[-1] = Strip([self._placed(), *lines[-1]], lines[-1].cell_length)
        return lines

    def _placed(self) -> Segment:
        """What is sent to the terminal at the place of the picture; the cursor is back where it was."""
        region = self.content_region
        left = region.x + self._left(self._lines[0])
        return Segment(f"\x1b7\x1b[{region.y + 1};{left + 1}H{self._over}\x1b8", NO_STYLE, _CONTROL)

    def _left(self, line: Strip) -> int:
        """Where a line begins that is to stand in the middle."""
        return max(0, (self.content_region.width - line.cell_length) // 2)

    def render_line(self, y: int) -> Strip:
        """One line of the screen, the picture in its middle."""
        width = self.size.width
        if y >= len(self._lines):
            return self._painter.blank(width)
        line = self._lines[y].apply_style(self._painter.base)
        centred = Strip.join([self._painter.blank(self._left(line)), line])
        return centred.adjust_cell_length(width, self._painter.base)
