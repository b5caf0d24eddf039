"""Lay out an edition as a newspaper's front page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from newsreader.domain.dates import MONTHS
from newsreader.domain.editions import WEEKS, Edition, EditionPage, EditionPlan, EditionStory, first_day
from newsreader.domain.plural import counted
from newsreader.render.cells import cell_len, fit, pad, wrap
from newsreader.render.headline_row import CURSOR, Line, Span

NARROWEST, WIDEST = 30, 240
"""Widths of a page in cells; a wider terminal leaves margins."""

_COLUMN, _NARROW_COLUMN = 34, 28
"""Least widths of a column of a section, and of a story beside the lead."""

_MOST_COLUMNS = 6
_LEAD_MEASURE = 84
"""Maximum width of the lead's text."""

_BETWEEN = " │ "
_SHADES = "·░▒▓█"
"""The shades of a week, from no stories to the most."""

_MARK = f"{CURSOR} "


class PlacedStory(NamedTuple):
    """Where a story is on the page: lines from `top`, cells from `left`; the ends are exclusive."""

    record_id: int
    top: int
    bottom: int
    left: int
    right: int


class EditionLayout(NamedTuple):
    """The lines of a page, and the places of its stories in reading order."""

    lines: list[Line]
    places: list[PlacedStory]

    def across(self, number: int, direction: int) -> int:
        """Return the number of the nearest story to the right (1) or left (-1); the same if there is none."""
        here = self.places[number] if number < len(self.places) else None
        beside = [
            (abs(place.left - here.left), abs(place.top - here.top), other)
            for other, place in enumerate(self.places)
            if here is not None
            and (place.left - here.left) * direction > 0
            and place.top < here.bottom
            and here.top < place.bottom
        ]
        return min(beside)[2] if beside else number


class _Block(NamedTuple):
    """Lines of one width, and the places of the stories in it."""

    lines: list[Line]
    places: list[PlacedStory]


def lay_out_edition(page: EditionPage, name: str, width: int, chosen: int = 0) -> EditionLayout:
    """Lay out a page.

    Args:
        page: The stories.
        name: The name of the newspaper.
        width: In cells; each line has exactly this width.
        chosen: The number of the selected story, in reading order; -1 for none.

    """
    inner = max(NARROWEST, min(width, WIDEST) - 2)
    margin = max(0, (width - inner) // 2)
    marked = page.stories[chosen].record_id if 0 <= chosen < len(page.stories) else None
    sheet = _Sheet(inner)
    sheet.add(_masthead(page, name, inner))
    sheet.add(_lead(page.lead, inner, marked))
    beside = _fitting(inner, _NARROW_COLUMN, len(page.secondary))
    column = _width(inner, beside)
    sheet.columns(_balanced([_story(story, column, marked) for story in page.secondary], beside), column)
    sections: list[tuple[str, Sequence[EditionStory]]] = [
        (section.topic, section.stories) for section in page.sections
    ]
    if page.briefs:
        sections.append(("More news", page.briefs))
    columns = _fitting(inner, _COLUMN, len(sections))
    column = _width(inner, columns)
    blocks = [_section(title, stories, column, marked) for title, stories in sections]
    sheet.columns(_balanced(blocks, columns), column)
    if page.boxed:
        sheet.add(_box(page.boxed, inner, marked))
    order = {story.record_id: number for number, story in enumerate(page.stories)}
    places = sorted(sheet.places, key=lambda place: order[place.record_id])
    left, right = Span(" " * margin, "blank"), Span(" " * (width - inner - margin), "blank")
    return EditionLayout(
        [(left, *line, right) for line in sheet.lines],
        [_moved(place, 0, margin) for place in places],
    )


class _Sheet:
    """The page while it is filled from the top."""

    def __init__(self, width: int) -> None:
        self.lines: list[Line] = []
        self.places: list[PlacedStory] = []
        self._width = width

    def add(self, block: _Block) -> None:
        """Add a block of the full width."""
        self._place(block, 0, len(self.lines))
        self.lines.extend(block.lines)

    def columns(self, columns: Sequence[Sequence[_Block]], width: int) -> None:
        """Add columns of blocks of this width side by side, below a rule."""
        if not columns:
            return
        self.lines.append((Span("─" * self._width, "rule"),))
        top = len(self.lines)
        stacks: list[list[Line]] = []
        for number, blocks in enumerate(columns):
            stack: list[Line] = []
            for block in blocks:
                if stack:
                    stack.append((Span(" " * width, "blank"),))
                left = number * (width + len(_BETWEEN))
                self._place(block, left, top + len(stack))
                stack.extend(block.lines)
            stacks.append(stack)
        empty: Line = (Span(" " * width, "blank"),)
        rest = self._width - len(columns) * width - (len(columns) - 1) * len(_BETWEEN)
        for row in zip_longest(*stacks, fillvalue=empty):
            self.lines.append((*_joined(row), Span(" " * rest, "blank")))

    def _place(self, block: _Block, left: int, top: int) -> None:
        self.places.extend(_moved(place, top, left) for place in block.places)


def _moved(place: PlacedStory, down: int, right: int) -> PlacedStory:
    record_id, top, bottom, left, end = place
    return PlacedStory(record_id, top + down, bottom + down, left + right, end + right)


def _joined(row: Sequence[Line]) -> Iterator[Span]:
    for number, line in enumerate(row):
        if number:
            yield Span(_BETWEEN, "rule")
        yield from line


def _fitting(total: int, least: int, wanted: int) -> int:
    """Return how many of the wanted columns fit, each at least so wide; 1 or more."""
    return max(1, min(_MOST_COLUMNS, wanted, (total + len(_BETWEEN)) // (least + len(_BETWEEN))))


def _width(total: int, columns: int) -> int:
    """Return the width of each of some columns."""
    return (total - len(_BETWEEN) * (columns - 1)) // columns


def _masthead(page: EditionPage, name: str, width: int) -> _Block:
    """The name, spaced if it fits, and the dateline between rules."""
    title = name.upper()
    spaced = " ".join(title)
    shown = spaced if cell_len(spaced) <= width - 4 else fit(title, width)
    return _Block(
        [
            _centred(shown, "masthead", width),
            (Span("═" * width, "rule"),),
            *(
                _centred(page.dateline[start:end], "dateline", width)
                for start, end in wrap(page.dateline, width)
            ),
            (Span("─" * width, "rule"),),
        ],
        [],
    )


def _lead(story: EditionStory, width: int, marked: int | None) -> _Block:
    """The lead: headline, facts and excerpt in the middle of the page."""
    measure = min(width - 4, _LEAD_MEASURE)
    is_marked = story.record_id == marked
    role = "chosen" if is_marked else "lead"
    lines: list[Line] = [_filled("", "blank", width)]
    titles = [story.title[start:end] for start, end in wrap(story.title, measure)]
    for number, title in enumerate(titles):
        lines.append(_centred(_MARK + title if is_marked and not number else title, role, width))
    lines.append(_centred(fit(_facts(story), measure), "facts", width))
    excerpt = [story.excerpt[start:end] for start, end in wrap(story.excerpt, measure)]
    if excerpt:
        left = (width - max(map(cell_len, excerpt))) // 2
        lines.append(_filled("", "blank", width))
        lines.extend(_filled(" " * left + text, "text", width) for text in excerpt)
    lines.append(_filled("", "blank", width))
    return _Block(lines, [PlacedStory(story.record_id, 1, len(lines) - 1, 0, width)])


def _story(story: EditionStory, width: int, marked: int | None, excerpt_lines: int = 5) -> _Block:
    """A story of a column: headline, facts and the start of its excerpt."""
    lines = [*_headline(story, width, marked), _filled(_facts(story), "facts", width)]
    parts = wrap(story.excerpt, width)
    for number, (start, end) in enumerate(parts[:excerpt_lines]):
        is_cut = number == excerpt_lines - 1 and len(parts) > excerpt_lines
        lines.append(_filled(story.excerpt[start : None if is_cut else end], "text", width))
    return _Block(lines, [PlacedStory(story.record_id, 0, len(lines), 0, width)])


def _brief(story: EditionStory, width: int, marked: int | None) -> _Block:
    """A headline with its facts."""
    lines = [*_headline(story, width, marked), _filled(_facts(story), "facts", width)]
    return _Block(lines, [PlacedStory(story.record_id, 0, len(lines), 0, width)])


def _section(title: str, stories: Sequence[EditionStory], width: int, marked: int | None) -> _Block:
    """Stories below the name of their topic, the first with an excerpt; in columns if there is room."""
    columns = _fitting(width, _COLUMN, -(-len(stories) // 2))
    column = _width(width, columns)
    blocks = [
        _brief(story, column, marked) if number else _story(story, column, marked, 3)
        for number, story in enumerate(stories)
    ]
    sheet = _Sheet(width)
    sheet.columns(_balanced(blocks, columns), column)
    heading = fit(f"━━ {title} ", width)
    sheet.lines[0] = (Span(heading + "━" * (width - cell_len(heading)), "section"),)
    return _Block(sheet.lines, sheet.places)


def _box(stories: Sequence[EditionStory], width: int, marked: int | None) -> _Block:
    """Videos, courses and the like in a frame, in two columns if there is room."""
    inner = width - 4
    title = " Videos, courses and more "
    columns = _fitting(inner, _COLUMN, min(2, len(stories)))
    each = _width(inner, columns)
    sheet = _Sheet(inner)
    sheet.columns(_balanced([_brief(story, each, marked) for story in stories], columns), each)
    lines: list[Line] = [(Span(f"┌─{title}{'─' * (width - 3 - cell_len(title))}┐", "rule"),)]
    lines.extend((Span("│ ", "rule"), *line, Span(" │", "rule")) for line in sheet.lines[1:])
    lines.append((Span(f"└{'─' * (width - 2)}┘", "rule"),))
    return _Block(lines, [_moved(place, 0, 2) for place in sheet.places])


def _balanced(blocks: Sequence[_Block], columns: int) -> list[list[_Block]]:
    """Distribute blocks to columns in order, each to the shortest so far."""
    filled: list[list[_Block]] = [[] for _ in range(min(columns, len(blocks)))]
    heights = [0] * len(filled)
    for block in blocks:
        shortest = heights.index(min(heights))
        filled[shortest].append(block)
        heights[shortest] += len(block.lines) + 1
    return filled


def _headline(story: EditionStory, width: int, marked: int | None) -> Iterator[Line]:
    """The headline; the mark of the selected story never changes where its lines end."""
    is_marked = story.record_id == marked
    for number, (start, end) in enumerate(wrap(story.title, width - len(_MARK))):
        mark = "" if not is_marked else " " * len(_MARK) if number else _MARK
        yield _filled(mark + story.title[start:end], "chosen" if is_marked else "title", width)


def _facts(story: EditionStory) -> str:
    strength = "" if story.signal is None or story.signal < 0 else f"▲{story.signal:,}"
    outlets = f"+{counted(story.outlets, 'outlet')}" if story.outlets else ""
    kind = "" if story.type == "article" else story.type
    return " · ".join(part for part in (kind, story.provider, strength, outlets) if part)


def _filled(text: str, role: str, width: int) -> Line:
    return (Span(pad(text, width), role),)


def _centred(text: str, role: str, width: int) -> Line:
    left = max(0, (width - cell_len(text)) // 2)
    return Span(" " * left, "blank"), Span(pad(text, width - left), role)


class YearStrip(NamedTuple):
    """The year of an edition as a heat map of weeks of seven days from 1 January."""

    plan: EditionPlan
    edition: Edition

    def lines(self, width: int) -> list[Line]:
        """Draw the months and, below, a cell or more for each week: darker for more stories."""
        year = self.edition.year
        if year is None:
            return []
        cell = _cell_of_week(width)
        counts = self.plan.weeks_of(year)
        most = max(counts)
        chosen = {(day - first_day(year)) // 7 for day in range(self.edition.first, self.edition.last + 1)}
        spans = [
            Span(_shade(count, most) * cell, "chosen" if week in chosen else "heat")
            for week, count in enumerate(counts)
        ]
        names = ""
        for month, name in enumerate(MONTHS, 1):
            names = (
                pad(names, len(_label(year)) + (first_day(year, month) - first_day(year)) // 7 * cell) + name
            )
        return [(Span(names, "label"),), (Span(_label(year), "label"), *spans)]

    def day_at(self, cell: int, width: int) -> int | None:
        """Return the last day of the week at a cell, counted from the Unix epoch; None beside the weeks."""
        year = self.edition.year
        if year is None:
            return None
        week = (cell - len(_label(year))) // _cell_of_week(width)
        return first_day(year) + 7 * week + 6 if 0 <= week < WEEKS else None


def _shade(count: int, most: int) -> str:
    return _SHADES[-(-count * (len(_SHADES) - 1) // most) if most else 0]


def _label(year: int) -> str:
    return f"{year:04} "


def _cell_of_week(width: int) -> int:
    return max(1, (width - len(_label(0))) // WEEKS)
