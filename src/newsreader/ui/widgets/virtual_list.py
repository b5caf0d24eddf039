"""A list of any length that renders only the lines that can be seen."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import ClassVar

from textual import events
from textual.cache import LRUCache
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from newsreader.keymap.actions import MOVE
from newsreader.render.cells import wrap
from newsreader.render.headline_row import Line, Span
from newsreader.render.row_geometry import Rows
from newsreader.ui.keys.bindings import bind
from newsreader.ui.style.painter import NO_STYLE
from newsreader.ui.widgets.line_pane import RIGHT_BUTTON, LinePane


class VirtualList(LinePane, inherit_bindings=False):
    """Rows of a fixed height, one of them under the cursor.

    A subclass says what the lines of a row are (`row_lines`) and which rows the cursor may rest on
    (`is_selectable`). Every span's role is a component class; `--cursor` and `--cursor-idle` are
    laid over the row under the cursor, with and without the focus.
    """

    ROW_HEIGHT: ClassVar[int] = 1

    cursor = reactive(0, repaint=False)
    """The index of the row under the cursor; it has no meaning while the list is empty."""

    hint = reactive("")
    """What stands in the list while it is empty."""

    class RowMessage(Message):
        """Something happened to a row."""

        def __init__(self, control: VirtualList, index: int) -> None:
            super().__init__()
            self.list = control
            self.index = index

        @property
        def control(self) -> VirtualList:
            """The list that the row belongs to."""
            return self.list

    class Highlighted(RowMessage):
        """The cursor moved to a row."""

        def can_replace(self, message: Message) -> bool:
            """Only the last of several moves matters."""
            return isinstance(message, VirtualList.Highlighted) and message.control is self.list

    class Activated(RowMessage):
        """A row was chosen: by `enter` or a double click."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        bind(self, MOVE)
        self.row_height = self.ROW_HEIGHT
        """Lines of a row; a change shows with the next rows."""
        self._rows = Rows(0, self.ROW_HEIGHT)
        self._line: int | None = None
        self._strips: LRUCache[tuple[object, ...], Strip] = LRUCache(400)
        self._laid_out: tuple[int, int, Sequence[Line]] = (-1, 0, ())
        self.lines_painted = 0
        """How many lines were laid out since the start; tests count work by it."""

    @property
    def count(self) -> int:
        """How many rows there are."""
        return self._rows.total

    @property
    def cursor_line(self) -> int:
        """The line, counted from the top of what is in sight, on which the row under the cursor begins."""
        return self._rows.top_of(self.cursor) - self.scroll_offset.y

    @property
    def rows_per_page(self) -> int:
        """Whole rows that fit."""
        return max(1, self.scrollable_content_region.height // self.row_height)

    def row_lines(self, index: int, width: int) -> Sequence[Line]:
        """The lines of a row, `ROW_HEIGHT` of them. No reading and no waiting is allowed here."""
        raise NotImplementedError

    def is_selectable(self, index: int) -> bool:  # noqa: ARG002 - for subclasses
        """Whether the cursor may rest on a row."""
        return True

    def rule_line(self, width: int) -> Line:  # noqa: ARG002 - for subclasses
        """The line that parts the rows above it from those below."""
        return ()

    def set_rows(
        self,
        count: int,
        cursor: int = 0,
        *,
        keep_line: bool = False,
        line: int | None = None,
        rule: int | None = None,
    ) -> None:
        """Set the number of rows, all of which may have changed.

        Args:
            count: How many rows there are now.
            cursor: The row to put the cursor on.
            keep_line: Scroll so that the row under the cursor does not move on the screen.
            line: Scroll so that it begins on this line, counted from the top of the list.
            rule: The row above which a line parts the rows, None for no such line.

        """
        before = self.cursor_line
        self._rows = Rows(count, self.row_height, rule if rule is not None and 0 < rule < count else None)
        self._strips.clear()
        self.fit_content(self._rows.lines)
        self.set_reactive(VirtualList.cursor, self._clamped(cursor))
        if line is not None:
            self._place_cursor(line)
        elif keep_line:
            self.scroll_to_line(self._rows.top_of(self.cursor) - before)
        self._scroll_to_cursor()
        self.refresh()

    def repaint(self) -> None:
        """Lay out every visible row again."""
        self._strips.clear()
        self.refresh()

    def repaint_row(self, index: int) -> None:
        """Lay out one row again."""
        for key in [key for key in self._strips.keys() if key[0] == index]:  # noqa: SIM118 - not a mapping
            self._strips.discard(key)
        self.refresh_lines(self._rows.top_of(index), self.row_height)

    def move_cursor(self, index: int) -> None:
        """Put the cursor on a row, or on the nearest one where it may rest, and show it."""
        if self._rows.total:
            self.cursor = self._clamped(index)

    def watch_cursor(self, old: int, new: int) -> None:
        """Repaint the two rows that changed, and post the new one."""
        for index in {old, new}:
            self.refresh_lines(self._rows.top_of(index), self.row_height)
        if self._rows.total:
            self._scroll_to_cursor()
            self.post_message(self.Highlighted(self, new))

    def render_lines(self, crop: Region) -> list[Strip]:
        """Render a part of the list."""
        self._laid_out = -1, 0, ()  # valid for one rendering only
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        width = self.scrollable_content_region.width
        row, line = self._rows.at(y + self.scroll_offset.y)
        if row >= self._rows.total:
            return self.painter.blank(width) if self._rows.total else self._hint_line(y, width)
        if line < 0:
            return self.painter.paint(self.rule_line(width), width)
        under_cursor = row == self.cursor
        over = self.painter.cursor(focused=self.has_focus) if under_cursor else NO_STYLE
        key = (row, line, width, under_cursor, over, self.painter.base)
        strip = self._strips.get(key)
        if strip is None:
            self.lines_painted += 1
            if self._laid_out[:2] != (row, width):
                self._laid_out = row, width, self.row_lines(row, width)
            strip = self.painter.paint(self._laid_out[2][line], width, over)
            if under_cursor:
                strip = self.painter.mark_cursor(strip, over)
            self._strips[key] = strip
        return strip if line else self._with_jump_label(strip, row)

    def notify_style_update(self) -> None:
        """Forget what was painted in other colours."""
        self._strips.clear()
        super().notify_style_update()

    def on_resize(self) -> None:
        """Keep the row under the cursor in sight when the size changes."""
        self.fit_content(self._rows.lines)
        if self._line is not None:
            self._place_cursor(self._line)
        self._scroll_to_cursor()

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor, a double click chooses; the right button opens a menu."""
        row, line = self._rows.at(event.get_content_offset_capture(self).y + self.scroll_offset.y)
        if not 0 <= row < self._rows.total or line < 0 or not self.is_selectable(row):
            return
        self.move_cursor(row)
        if event.button == RIGHT_BUTTON:
            self.post_message(self.MenuWanted(self))
        elif event.chain == 2:
            self.action_activate()

    def jump_targets(self) -> Sequence[int]:
        """The rows whose first line is in sight and on which the cursor may rest."""
        top = self.scroll_offset.y
        lines = range(top, min(top + self.scrollable_content_region.height, self._rows.lines))
        begun = (row for row, line in map(self._rows.at, lines) if line == 0)
        return [row for row in begun if row < self._rows.total and self.is_selectable(row)]

    def jump_to(self, target: int) -> None:
        """Put the cursor on a row."""
        self.move_cursor(target)

    def place_cursor(self, share: float) -> None:
        """Scroll so that the row under the cursor has this share of the pane above it, if it can."""
        spare = self.scrollable_content_region.height - self.row_height
        self._place_cursor(round(share * max(0, spare)))

    def action_first(self) -> None:
        """To the first row."""
        self.move_cursor(0)

    def action_last(self) -> None:
        """To the last row."""
        self.move_cursor(self._rows.total - 1)

    def action_activate(self) -> None:
        """Choose the row under the cursor."""
        if self._rows.total and self.is_selectable(self.cursor):
            self.post_message(self.Activated(self, self.cursor))

    def _hint_line(self, y: int, width: int) -> Strip:
        """A line of the hint, one line below the top."""
        lines = wrap(self.hint, width - 2)
        if not 1 <= y <= len(lines):
            return self.painter.blank(width)
        start, end = lines[y - 1]
        return self.painter.paint((Span(" " + self.hint[start:end], "hint"),), width)

    def _refresh_cursor(self) -> None:
        self.refresh_lines(self._rows.top_of(self.cursor), self.row_height)

    def _step(self, direction: int) -> None:
        index = self.cursor + direction
        while 0 <= index < self._rows.total and not self.is_selectable(index):
            index += direction
        if 0 <= index < self._rows.total:
            self.move_cursor(index)
        elif direction < 0:
            self.scroll_to(y=0, animate=False)

    def _leap(self, count: int) -> None:
        """Move the cursor and the page together, so that the cursor stays on its line."""
        self.scroll_to_line(self.scroll_offset.y + count * self.row_height)
        self.move_cursor(self.cursor + count)

    def _clamped(self, index: int) -> int:
        """The nearest row where the cursor may rest."""
        index = max(0, min(index, self._rows.total - 1))
        nearby = chain(range(index, self._rows.total), range(index, -1, -1))
        return next((row for row in nearby if self.is_selectable(row)), max(0, index))

    def _place_cursor(self, line: int) -> None:
        """Scroll so that the row under the cursor begins on a line, now or when the list has got its size."""
        self._line = None if self.size.height else line
        self.scroll_to_line(self._rows.top_of(self.cursor) - line)

    def _scroll_to_cursor(self) -> None:
        region = Region(0, self._rows.top_of(self.cursor), 1, self.row_height)
        self.scroll_to_region(region, animate=False, force=True, immediate=True)
