"""What a story is laid out in: lines of spans, and what can be followed from them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from newsreader.domain.dates import DateForm
from newsreader.domain.record import Link
from newsreader.domain.story_page import Coverage
from newsreader.render.cells import cell_len, steady, wrap
from newsreader.render.headline_row import Line, Span

READABLE = 88
"""Widest text in cells; longer lines tire the eye."""

_NARROWEST = 10


def text_width(width: int, widest: int = READABLE) -> int:
    """How wide the lines of a story are in a pane, in cells."""
    return min(max(_NARROWEST, width), widest)


class Follow(NamedTuple):
    """A target: the story of a related entry."""

    coverage: Coverage


class Show(NamedTuple):
    """A target: another record of the corpus."""

    record_id: int


Target = Link | Follow | Show


class StoryLine(NamedTuple):
    """One line of the pane, and the number of the target it shows, -1 for none."""

    spans: Line
    target: int = -1


class StoryLayout(NamedTuple):
    """The lines of a story and what can be followed from it, in the order of the lines.

    `text` are the first line of the text of the page and the line after its last, both 0 where there is none.
    """

    lines: tuple[StoryLine, ...]
    targets: tuple[Target, ...]
    text: tuple[int, int] = (0, 0)

    def line_of(self, target: int) -> int:
        """The first line that shows a target."""
        return next((number for number, line in enumerate(self.lines) if line.target == target), 0)

    def span_of(self, target: int) -> tuple[int, int]:
        """The first line of a target and the line after its last."""
        numbers = [number for number, line in enumerate(self.lines) if line.target == target]
        return (numbers[0], numbers[-1] + 1) if numbers else (0, 0)


class StoryLines:
    """Collects the lines of one story, section by section.

    Args:
        width: No line is wider, in cells.
        now: In seconds since 1970 UTC, for relative dates.
        form: How dates are told.

    Attributes:
        section: The first line of the text of the page and the line after its last.

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
        """All that was collected."""
        return StoryLayout(tuple(self._lines), tuple(self._targets), self.section)

    def gap(self) -> None:
        """A blank line, unless there is one."""
        if self._lines and self._lines[-1].spans:
            self._lines.append(StoryLine(()))

    def heading(self, text: str) -> None:
        """The first line of a section."""
        self.gap()
        self.text(text, "heading")

    def text(self, text: str, role: str) -> None:
        """Text over as many lines as it takes."""
        shown = steady(text)
        for start, end in wrap(shown, self.width):
            self._lines.append(StoryLine((Span(shown[start:end], role),)))

    def hanging(self, text: str, role: str, label: Span) -> None:
        """Text beside a label, its further lines below its first."""
        shown = steady(text)
        before = label
        indent = cell_len(label.text)
        for start, end in wrap(shown, self.width - indent):
            self._lines.append(StoryLine((before, Span(shown[start:end], role))))
            before = Span(" " * indent, "blank")

    def line(self, *spans: Span) -> None:
        """A line that is laid out already."""
        self._lines.append(StoryLine(spans))

    def target(self, target: Target, lines: Iterable[Line]) -> None:
        """The lines of something that can be followed."""
        number = len(self._targets)
        self._targets.append(target)
        self._lines.extend(StoryLine(line, number) for line in lines)

    def prose(self, lines: Iterable[tuple[Line, int]], links: Iterable[Link]) -> None:
        """Lines in which links stand: each with the number of the first link in it, -1 for none."""
        first = len(self._targets)
        self._targets.extend(links)
        self._lines.extend(StoryLine(line, -1 if link < 0 else first + link) for line, link in lines)
