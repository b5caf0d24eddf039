"""The picture of a story, above its text."""

from __future__ import annotations

from collections.abc import Sequence

from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from newsreader.ui.painting import Brush

FRAME = 2
"""Rows, and columns, that the frame around the picture takes."""


class StoryArea(Vertical):
    """Where the story and its picture stand."""

    class Resized(Message):
        """There is more or less room."""

    def on_resize(self) -> None:
        """Let the picture be fitted anew."""
        self.post_message(self.Resized())


class PictureView(Widget):
    """A drawn picture in the middle of a frame, its caption in the lower edge. Often there is none."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._brush = Brush(self)
        self._lines: tuple[Strip, ...] = ()
        self.display = False

    @property
    def is_shown(self) -> bool:
        """Whether there is a picture."""
        return bool(self._lines)

    def show(self, lines: Sequence[Strip], caption: str) -> None:
        """Show the lines of a picture, all of the same width, and words about it."""
        self._lines = tuple(lines)
        self.border_title = Content("Picture")
        self.border_subtitle = Content(caption) if caption else None
        self.styles.height = len(self._lines) + FRAME
        self.display = True
        self.refresh(layout=True)

    def clear(self) -> None:
        """Take the picture away."""
        self._lines = ()
        self.display = False

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a part of the screen."""
        self._brush.dip()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One line of the screen, the picture in its middle."""
        width = self.size.width
        if y >= len(self._lines):
            return self._brush.blank(width)
        line = self._lines[y].apply_style(self._brush.base)
        left = max(0, (width - line.cell_length) // 2)
        centred = Strip.join([self._brush.blank(left), line])
        return centred.adjust_cell_length(width, self._brush.base)
