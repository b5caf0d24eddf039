"""Drawing of pictures in the terminal."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from newsreader.domain.sanitize import clean_line
from newsreader.domain.setting_values import GlyphSet
from newsreader.render.cells import steady
from newsreader.render.glyphs import is_plain
from newsreader.render.picture_fit import Room
from newsreader.ui.messages import PictureDrawn
from newsreader.ui.pictures.capabilities import USUAL_CELL, PictureProtocol, best_protocol, cell_size
from newsreader.ui.widgets.picture_view import FRAME, PictureView, StoryArea

if TYPE_CHECKING:
    from textual.screen import Screen

    from newsreader.ui.pictures.rasterize import Drawing, Shown

LEAST = Room(8, 4)
"""Columns and rows below which a picture is not recognizable."""

_MOST_WIDE, _MOST_HIGH = 1_600, 1_200
"""Pixels that a terminal gets at most."""


class PictureCanvas:
    """Draws a picture as large as it fits, and removes it from the terminal."""

    def __init__(self, screen: Screen[None], view: PictureView, area: StoryArea, glyphs: GlyphSet) -> None:
        self._screen = screen
        self._view = view
        self._area = area
        self._glyphs = glyphs
        self._caption = ""
        self._drawing: Drawing | None = None
        self._token: object = None

    @property
    def is_shown(self) -> bool:
        """Whether a picture is shown."""
        return self._view.is_shown

    @property
    def is_in_sight(self) -> bool:
        """Whether the reader would see a picture."""
        return bool(self._area.display)

    @property
    def is_drawing(self) -> bool:
        """Whether a picture is being drawn."""
        return self._token is not None

    @property
    def protocol(self) -> PictureProtocol | None:
        """How pictures are drawn here, None where that cannot be."""
        plain = is_plain(self._glyphs, os.environ)
        colours, knows_cells = self._screen.app.console.color_system, cell_size() is not None
        return best_protocol(os.environ, colours, is_plain=plain, knows_cells=knows_cells)

    @property
    def room(self) -> Room | None:
        """What there is for a picture: half of the area, None where that is too little."""
        # An area that was just shown has no size yet.
        size = self._area.size if self._area.size.height else self._screen.app.size
        room = Room(size.width - FRAME, size.height // 2 - FRAME)
        return room if room.columns >= LEAST.columns and room.rows >= LEAST.rows else None

    def box(self, room: Room) -> tuple[int, int]:
        """The width and height in pixels that are of use, for half blocks also in a wider pane."""
        if self.protocol is not PictureProtocol.HALF_BLOCKS:
            cell = cell_size() or USUAL_CELL
            return min(room.columns * cell.width, _MOST_WIDE), min(room.rows * cell.height, _MOST_HIGH)
        screen = self._screen.app.size
        return max(1, screen.width), max(1, 2 * screen.height)

    def draw(self, shown: Shown, caption: str) -> None:
        """Draw a picture, in a thread; without room for it there is none."""
        room, protocol = self.room, self.protocol
        if room is None or protocol is None:
            self.clear()
            return
        self._caption = caption
        token = self._token = object()
        cell = cell_size() or USUAL_CELL

        def work() -> None:
            try:
                from newsreader.ui.pictures.rasterize import draw

                message = PictureDrawn(token, draw(shown, protocol, room, cell))
            except Exception as error:  # noqa: BLE001 - the reader waits for an answer
                words = clean_line(f"The picture cannot be drawn ({error}).", 300)
                message = PictureDrawn(token, None, words)
            self._screen.post_message(message)

        self._screen.run_worker(work, thread=True, group="picture", exit_on_error=False)

    def receive(self, answer: PictureDrawn) -> bool:
        """Show a drawing; return whether it is still wanted."""
        if answer.token is not self._token:
            return False
        self._token = None
        if answer.drawing is not None:
            self._erase()
            self._drawing = answer.drawing
            self._send(answer.drawing.before)
            self._view.show(answer.drawing.lines, steady(self._caption), answer.drawing.over)
        return True

    def clear(self) -> None:
        """Remove the picture, also one that is being drawn."""
        self._token = None
        self._view.clear()
        self._erase()

    def _erase(self) -> None:
        if self._drawing is not None:
            self._send(self._drawing.after)
        self._drawing = None

    def _send(self, commands: str) -> None:
        # Through Textual's own writer: what others write to the terminal would land amidst its sequences.
        driver = self._screen.app._driver
        if commands and driver is not None:
            driver.write(commands)
