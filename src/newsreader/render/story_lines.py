"""Lines and targets of a story's layout."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from newsreader.domain.dates import DateForm
from newsreader.domain.record import Link
from newsreader.domain.story_page import Coverage
from newsreader.render.cells import cell_len, steady, wrap
from newsreader.render.headline_row import Line, Span

READABLE = 88
"""Maximum readable line width in cells."""

_NARROWEST = 10
_SEPARATOR = " · "


def text_width(width: int, widest: int = READABLE) -> int:
    """Return the line width for a pane, in cells."""
    return min(max(_NARROWEST, width), widest)


class Follow(NamedTuple):
    """A target: the story of a related entry."""

    coverage: Coverage


class Show(NamedTuple):
    """A target: another record of the corpus."""

    record_id: int


Target = Link | Follow | Show


class StoryLine(NamedTuple):
    """A line, and the number of its target, -1 for none."""

    spans: Line
    target: int = -1


class StoryLayout(NamedTuple):
    """The lines and targets of a story; `text` is the range of lines of the page text, (0, 0) without one."""

    lines: tuple[StoryLine, ...]
    targets: tuple[Target, ...]
    text: tuple[int, int] = (0, 0)

    def line_of(self, target: int) -> int:
        """Return the first line of a target."""
        return next((number for number, line in enumerate(self.lines) if line.target == target), 0)

    def span_of(self, target: int) -> tuple[int, int]:
        """Return the range of lines of a target."""
        numbers = [number for number, line in enumerate(self.lines) if line.target == target]
        return (numbers[0], numbers[-1] + 1) if numbers else (0, 0)


def layout_hint(hint: str, width: int) -> StoryLayout:
    """Lay out a hint in place of a story; line breaks are kept."""
    lines: list[StoryLine] = []
    for paragraph in hint.split("\n"):
        spans = wrap(paragraph, max(10, width)) or [(0, 0)]
        lines.extend(StoryLine((Span(paragraph[start:end], "note"),)) for start, end in spans)
    return StoryLayout(tuple(lines), ())


class StoryLines:
    """Collects the lines of one story, section by section.

    Args:
        width: Maximum line width in cells.
        now: In seconds since the Unix epoch.
        form: The date format.

    Attributes:
        section: The range of lines of the page text.

    """

    def __init__(self, width: int, now: int, form: DateForm) -> None:
        self.width = width
        self.now = now
        self.form = form
        self.section = (0, 0)
        self._lines: list[StoryLine] = []
        self._targets: list[Target] = []

    def __len__(self) -> int:
        return len(self._lines)

    def layout(self) -> StoryLayout:
        """Return the layout."""
        return StoryLayout(tuple(self._lines), tuple(self._targets), self.section)

    def gap(self) -> None:
        """Add a blank line, unless there is one."""
        if self._lines and self._lines[-1].spans:
            self._lines.append(StoryLine(()))

    def heading(self, text: str) -> None:
        """Add the heading of a section."""
        self.gap()
        self.text(text, "heading")

    def text(self, text: str, role: str) -> None:
        """Add wrapped text."""
        shown = steady(text)
        for start, end in wrap(shown, self.width):
            self._lines.append(StoryLine((Span(shown[start:end], role),)))

    def items(self, items: Iterable[str], role: str) -> None:
        """Add items with separators; a line breaks between items, unless one is wider than a line."""
        line = ""
        for item in map(steady, items):
            longer = f"{line}{_SEPARATOR}{item}" if line else item
            if line and cell_len(longer) > self.width:
                self.text(line, role)
                longer = item
            line = longer
        self.text(line, role)

    def hanging(self, text: str, role: str, label: Span) -> None:
        """Add wrapped text with a hanging label."""
        shown = steady(text)
        before = label
        indent = cell_len(label.text)
        for start, end in wrap(shown, self.width - indent):
            self._lines.append(StoryLine((before, Span(shown[start:end], role))))
            before = Span(" " * indent, "blank")

    def line(self, *spans: Span) -> None:
        """Add a line."""
        self._lines.append(StoryLine(spans))

    def target(self, target: Target, lines: Iterable[Line]) -> None:
        """Add the lines of a target."""
        number = len(self._targets)
        self._targets.append(target)
        self._lines.extend(StoryLine(line, number) for line in lines)

    def prose(self, lines: Iterable[tuple[Line, int]], links: Iterable[Link]) -> None:
        """Add lines with links; each line has the number of its first link, -1 for none."""
        first = len(self._targets)
        self._targets.extend(links)
        self._lines.extend(StoryLine(line, -1 if link < 0 else first + link) for line, link in lines)
