"""An edition as one widget that renders only the lines that can be seen, and the heat map of its year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from newsreader.domain.editions import EditionPage
from newsreader.keymap.actions import MOVE
from newsreader.render.edition import EditionLayout, YearStrip, lay_out_edition
from newsreader.render.headline_row import Line
from newsreader.ui.keys.bindings import bind
from newsreader.ui.style.painter import StylePainter
from newsreader.ui.widgets.line_pane import LinePane


class EditionView(LinePane, inherit_bindings=False):
    """The front page of an edition; one story is selected."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "edition-view--chosen",
        "edition-view--dateline",
        "edition-view--facts",
        "edition-view--lead",
        "edition-view--masthead",
        "edition-view--rule",
        "edition-view--section",
        "edition-view--text",
        "edition-view--title",
    }

    class Activated(Message):
        """A story was opened: by `enter`, or a click on the selected story."""

        def __init__(self, record_id: int) -> None:
            super().__init__()
            self.record_id = record_id

    def __init__(self, name: str) -> None:
        super().__init__()
        bind(self, MOVE)
        self._paper = name
        self._page: EditionPage | None = None
        self._chosen = 0
        self._layout = EditionLayout([], [])

    def show(self, page: EditionPage, record_id: int | None = None) -> None:
        """Show another edition from its top, with this record selected, or else the lead."""
        self._page = page
        ids = [story.record_id for story in page.stories]
        self._chosen = ids.index(record_id) if record_id in ids else 0
        self._lay_out()
        self.scroll_to_line(0)
        self._show_chosen()

    @property
    def record_id(self) -> int | None:
        """The selected story."""
        return self._page.stories[self._chosen].record_id if self._page else None

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        width = self.scrollable_content_region.width
        number = y + self.scroll_offset.y
        if number >= len(self._layout.lines):
            return self.painter.blank(width)
        return self.painter.paint(self._layout.lines[number], width)

    def on_resize(self) -> None:
        """Lay the page out for the new width; the selected story stays in sight."""
        self._lay_out()
        self._show_chosen()

    def on_click(self, event: events.Click) -> None:
        """Select the story that was clicked; open it if it is selected already."""
        line, cell = event.y + self.scroll_offset.y, event.x
        for number, place in enumerate(self._layout.places):
            if place.top <= line < place.bottom and place.left <= cell < place.right:
                if number == self._chosen:
                    self.action_activate()
                else:
                    self._choose(number)

    def action_activate(self) -> None:
        """Open the selected story."""
        if self.record_id is not None:
            self.post_message(self.Activated(self.record_id))

    def action_first(self) -> None:
        """Select the lead."""
        self._choose(0)

    def action_last(self) -> None:
        """Select the last story."""
        self._choose(len(self._layout.places) - 1)

    def action_across(self, direction: int) -> None:
        """Select the nearest story to the right (1) or left (-1)."""
        self._choose(self._layout.across(self._chosen, direction))

    def _step(self, direction: int) -> None:
        self._choose(self._chosen + direction)

    def _leap(self, count: int) -> None:
        super()._leap(count)
        top, bottom = self.scroll_offset.y, self.scroll_offset.y + self.size.height
        seen = [number for number, place in enumerate(self._layout.places) if top <= place.top < bottom]
        if seen and self._chosen not in seen:
            self._choose(seen[0] if count > 0 else seen[-1])

    def _choose(self, number: int) -> None:
        if 0 <= number < len(self._layout.places) and number != self._chosen:
            self._chosen = number
            self._lay_out()
            self._show_chosen()

    def _show_chosen(self) -> None:
        """Scroll as far as needed for the selected story; the lead is shown with the name of the paper."""
        if not self._layout.places:
            return
        place = self._layout.places[self._chosen]
        top, height = self.scroll_offset.y, self.size.height
        if self._chosen == 0:
            self.scroll_to_line(0)
        elif place.top < top or place.bottom - place.top >= height:
            self.scroll_to_line(place.top)
        elif place.bottom > top + height:
            self.scroll_to_line(place.bottom - height)

    def _lay_out(self) -> None:
        if self._page is not None and self.size.width:
            width = self.scrollable_content_region.width
            self._layout = lay_out_edition(self._page, self._paper, width, self._chosen)
            self.fit_content(len(self._layout.lines))
        self.refresh()


class YearView(Widget):
    """The weeks of a year, darker for more stories; a click picks one."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "year-view--chosen",
        "year-view--heat",
        "year-view--label",
    }

    class Picked(Message):
        """A day was picked, counted from the Unix epoch."""

        def __init__(self, day: int) -> None:
            super().__init__()
            self.day = day

    def __init__(self) -> None:
        super().__init__()
        self.painter = StylePainter(self)
        self._strip: YearStrip | None = None

    def show(self, strip: YearStrip) -> None:
        """Show another year, or select another edition."""
        self._strip = strip
        self.refresh()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Render in the current styles."""
        self.painter.reset()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One line of the strip."""
        lines: Sequence[Line] = self._strip.lines(self.size.width) if self._strip else ()
        return self.painter.paint(lines[y] if y < len(lines) else (), self.size.width)

    def on_click(self, event: events.Click) -> None:
        """Pick a week by its last day."""
        day = self._strip.day_at(event.x, self.size.width) if self._strip else None
        if day is not None:
            self.post_message(self.Picked(day))
