"""Lay out a headline as one or two lines of spans."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from newsreader.domain.dates import DateForm, day_or_age
from newsreader.domain.headline import Headline
from newsreader.domain.marks import MarkSet
from newsreader.domain.query import Query
from newsreader.domain.setting_values import Density, ListColumn
from newsreader.render.cells import cell_len, fit, pad, steady


class Span(NamedTuple):
    """A part of a line, with the role that determines its style."""

    text: str
    role: str


Line = tuple[Span, ...]

CURSOR = "▌"
"""The first cell of the line under the cursor, which must not be marked by color alone."""

UNREAD = "●"
"""Marks the title of an unread story."""

CHOSEN = "✓"
"""Marks the title of a selected story."""

ORIGIN = "▸"
"""Marks the title of the story whose links led to the open one."""

SIGNS = {MarkSet.STARRED: "★", MarkSet.LATER: "◔", MarkSet.NOTE: "✎", MarkSet.TAGS: "#"}
"""The symbols of the other marks."""

_INDENT = 3
"""Cells for the unread mark, the selection mark and a gap."""

_BRANCH = "  │"
_ROOMY = 48
"""Width from which every number has its own column."""

_ROOM_FOR_AGE, _ROOM_FOR_PROVIDER = 56, 74
"""Widths from which age and provider are shown next to a title on the same line."""

_PROVIDER = 16
_AGE = 11


class RowLook(NamedTuple):
    """The layout of rows: density, columns and date format."""

    density: Density = Density.COMFORTABLE
    columns: tuple[ListColumn, ...] = tuple(ListColumn)
    dates: DateForm = DateForm.RELATIVE

    @property
    def height(self) -> int:
        """Number of lines per row."""
        return 1 if self.density is Density.COMPACT else 2


def headline_lines(
    headline: Headline,
    width: int,
    now: int,
    query: Query = Query(),  # noqa: B008
    reason: str = "",
    *,
    chosen: bool = False,
    is_origin: bool = False,
    look: RowLook = RowLook(),  # noqa: B008
) -> tuple[Line, ...]:
    """Lay out title, provider and age on the left, and numbers on the right, on one or two lines.

    Each line is exactly `width` cells wide.

    Args:
        headline: What to show.
        width: In cells.
        now: In seconds since the Unix epoch.
        query: The filter whose matches are highlighted.
        reason: Why the report belongs to the story above it; empty for a row of its own.
        chosen: Whether the row is selected.
        is_origin: Whether links of this story led to the open one.
        look: The layout.

    """
    if reason:
        # The lead shows the number of reports.
        alone = headline._replace(coverage=0)
        room = width - cell_len(_BRANCH)
        below = headline_lines(alone, room, now, query, chosen=chosen, is_origin=is_origin, look=look)
        title_line, *details = ((Span(_BRANCH, "detail"), *line) for line in below)
        return (title_line, *(_with_reason(line, reason) for line in details))
    right = _side(headline, width, now, look) if look.density is Density.COMPACT else []
    room = max(1, width - _INDENT - 1 - _width_of(right))
    is_read = MarkSet.READ in headline.marks
    role = "read" if is_read else "title"
    title = list(_marked(fit(steady(headline.title), room), role, "title-match", query))
    first = [
        Span(" " if is_read else UNREAD, "unread"),
        Span(CHOSEN, "chosen") if chosen else Span(ORIGIN, "marks") if is_origin else Span(" ", "blank"),
        Span(" ", "blank"),
        *title,
    ]
    if look.density is Density.COMPACT:
        gap = Span(" " * (room - _width_of(title)), "blank")
        return (_filled([*first, gap, *right, Span(" ", "blank")], width),)
    return _filled(first, width), _filled(_details(headline, width, now, query, look), width)


def _side(headline: Headline, width: int, now: int, look: RowLook) -> list[Span]:
    """Return the columns next to a title, as many as fit."""
    side = [Span(" ", "blank"), *extras] if (extras := _extras(headline, look)) else []
    if ListColumn.PROVIDER in look.columns and width >= _ROOM_FOR_PROVIDER:
        side.append(Span(f" {pad(steady(headline.provider), _PROVIDER)}", "source"))
    if ListColumn.AGE in look.columns and width >= _ROOM_FOR_AGE:
        side.append(Span(f" {pad(_when(headline, now, look), _AGE)}", "detail"))
    numbers = _numbers(headline, look, aligned=width >= _ROOMY)
    return [*side, Span(" ", "blank"), *numbers] if numbers else side


def _width_of(spans: Iterable[Span]) -> int:
    return sum(cell_len(span.text) for span in spans)


def _when(headline: Headline, now: int, look: RowLook) -> str:
    return day_or_age(headline.moment, now, look.dates) if headline.moment else "undated"


def _with_reason(details: Line, reason: str) -> Line:
    """Insert the reason between provider and numbers, as far as it fits."""
    gap = max(range(1, len(details)), key=lambda number: _blanks(details[number]))
    room = _blanks(details[gap]) - 1
    words = fit(f" · {reason}", room) if room > 6 else ""
    blank = Span(" " * (_blanks(details[gap]) - cell_len(words)), "blank")
    return (*details[:gap], Span(words, "detail"), blank, *details[gap + 1 :])


def _blanks(span: Span) -> int:
    return len(span.text) if span.role == "blank" else 0


def placeholder_lines(width: int, look: RowLook = RowLook()) -> tuple[Line, ...]:  # noqa: B008
    """Return the lines of a headline that is still loading."""
    first = _filled([Span(" " * _INDENT, "blank"), Span("…", "detail")], width)
    return (first, *[_filled([], width)] * (look.height - 1))


def last_visit_line(width: int) -> Line:
    """Return the line between new and old records."""
    words = fit(" last visit ", width)
    side = (width - cell_len(words)) // 2
    return (Span("─" * side + words + "─" * (width - side - cell_len(words)), "rule"),)


def _details(headline: Headline, width: int, now: int, query: Query, look: RowLook) -> list[Span]:
    right = [*_extras(headline, look), *_numbers(headline, look, aligned=width >= _ROOMY)]
    right_width = _width_of(right)
    room = width - _INDENT - right_width - 2
    if room < 8:
        right, right_width, room = [], 0, width - _INDENT - 1
    when = _when(headline, now, look) if ListColumn.AGE in look.columns else ""
    source_room = room - (cell_len(when) + 3 if when else 0)
    shows_source = ListColumn.PROVIDER in look.columns and source_room >= 4
    source = fit(steady(headline.provider), source_room) if shows_source else ""
    left = list(_marked(source, "source", "source-match", query)) if source else []
    if source and when:
        left.append(Span(" · ", "detail"))
    left.append(Span(fit(when, room), "detail"))
    gap = width - _INDENT - _width_of(left) - right_width - 1
    return [Span(" " * _INDENT, "blank"), *left, Span(" " * max(0, gap), "blank"), *right, Span(" ", "blank")]


def _extras(headline: Headline, look: RowLook) -> list[Span]:
    """Return marks and type."""
    kind = "" if headline.type == "article" else fit(steady(headline.type), 10)
    signs = "".join(sign for mark, sign in SIGNS.items() if mark in headline.marks)
    marks = [Span(f"{signs} ", "marks")] if signs and ListColumn.MARKS in look.columns else []
    return [*marks, *([Span(f"{kind} ", "kind")] if kind and ListColumn.TYPE in look.columns else [])]


def _numbers(headline: Headline, look: RowLook, *, aligned: bool) -> list[Span]:
    """Return coverage, AMP and strength, in aligned columns if there is room."""
    coverage = f"+{headline.coverage}" if headline.coverage else ""
    signal = "" if headline.signal is None or headline.signal < 0 else f"▲{headline.signal:,}"
    amp = "AMP " if headline.has_amp else "    "
    parts = {
        ListColumn.COVERAGE: [Span(f"{coverage:>{4 * aligned}} ", "coverage")] if aligned or coverage else [],
        ListColumn.AMP: [Span(amp, "amp")] if aligned or headline.has_amp else [],
        ListColumn.HEAT: [Span(f"{signal:>4}", "signal")],
    }
    return [span for column, spans in parts.items() if column in look.columns for span in spans]


def _marked(text: str, role: str, hit_role: str, query: Query) -> Iterable[Span]:
    """Split text at the matches of the query."""
    position = 0
    for start, end in query.highlights(text):
        if start > position:
            yield Span(text[position:start], role)
        yield Span(text[start:end], hit_role)
        position = end
    if position < len(text):
        yield Span(text[position:], role)


def _filled(spans: list[Span], width: int) -> Line:
    """Shorten or pad spans to a width."""
    used = sum(cell_len(span.text) for span in spans)
    if used <= width:
        return (*spans, Span(" " * (width - used), "blank"))
    cut: list[Span] = []
    for span in spans:
        room = width - sum(cell_len(part.text) for part in cut)
        if room > 0:
            cut.append(Span(pad(span.text, min(room, cell_len(span.text))), span.role))
    return tuple(cut)
