"""Draw screens of a terminal as an SVG picture, still or animated.

The picture needs no fonts from the network. A row that several frames have in common is written once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import NamedTuple

from rich.color import blend_rgb
from rich.color_triplet import ColorTriplet
from rich.segment import Segment
from rich.style import Style

CELL, LINE = 8.4, 17
"""Width and height of a cell in pixels, for a font of 14 pixels."""
MARGIN, BAR = 10, 30
"""Space around the screen, and height of the title bar."""
FONTS = "ui-monospace,'Cascadia Mono','DejaVu Sans Mono',Menlo,monospace"


class Frame(NamedTuple):
    """A screen, the title above it, and the seconds for which an animation shows it."""

    title: str
    rows: Sequence[Sequence[Segment]]
    seconds: float = 0.0


class Colours(NamedTuple):
    """The colours of the terminal where the screen sets none."""

    text: str
    background: str


class _Classes:
    """The CSS classes of all styles that were drawn, in the order of their first use."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def name(self, css: str) -> str:
        return self._names.setdefault(css, f"s{len(self._names)}")

    def rules(self) -> Iterator[str]:
        yield from (f".{name}{{{css}}}" for css, name in self._names.items())


def draw(frames: Sequence[Frame], colours: Colours) -> str:
    """Return an SVG document; it is animated if there are several frames."""
    columns = max(sum(segment.cell_length for segment in row) for frame in frames for row in frame.rows)
    lines = max(len(frame.rows) for frame in frames)
    width, height = round(columns * CELL + 2 * MARGIN), lines * LINE + BAR + MARGIN
    classes = _Classes()
    numbers: dict[str, int] = {}
    shown: list[str] = []
    for number, frame in enumerate(frames):
        uses = []
        for y, row in enumerate(frame.rows):
            if drawn := _row(row, colours, classes):
                place = numbers.setdefault(drawn, len(numbers))
                uses.append(f'<use href="#r{place}" x="{MARGIN}" y="{BAR + y * LINE}"/>')
        title = f'<text class="t" x="{width // 2}" y="20">{escape(frame.title)}</text>'
        shown.append(f'<g transform="translate({number * width})">{title}{"".join(uses)}</g>')
    rows = (f'<g id="r{number}">{drawn}</g>' for drawn, number in numbers.items())
    style = [
        f"text{{fill:{colours.text};font:14px {FONTS};white-space:pre}}",
        ".t{text-anchor:middle;opacity:.7}",
        *classes.rules(),
        *_animation(frames, width),
    ]
    newline = "\n"
    return f"""\
<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">
<title>{escape(frames[0].title)}</title>
<style>
{newline.join(style)}
</style>
<defs>
{newline.join(rows)}
</defs>
<rect width="{width}" height="{height}" rx="8" fill="{colours.background}"/>
<g class="film">
{newline.join(shown)}
</g>
</svg>
"""


def _animation(frames: Sequence[Frame], width: int) -> Iterator[str]:
    """Write the rules that move a film of all frames past the window; none for a single frame."""
    if len(frames) == 1:
        return
    total = sum(frame.seconds for frame in frames)
    steps, passed = [], 0.0
    for number, frame in enumerate(frames):
        steps.append(f"{100 * passed / total:.2f}%{{transform:translateX({-number * width}px)}}")
        passed += frame.seconds
    yield f"@keyframes film{{{''.join(steps)}}}"
    yield f".film{{animation:film {total:g}s step-end infinite}}"
    yield "@media (prefers-reduced-motion:reduce){.film{animation:none}}"


def _row(row: Iterable[Segment], colours: Colours, classes: _Classes) -> str:
    """Draw a row at the origin: backgrounds first, then texts."""
    backgrounds, texts, cell = [], [], 0
    for text, css, background in _runs(row, colours):
        length = Segment(text).cell_length
        x, width = f"{cell * CELL:g}", f"{length * CELL:g}"
        if background != colours.background:
            # A little wider than the cells, so that no line shows between neighbours.
            wide = f"{length * CELL + 0.3:g}"
            backgrounds.append(f'<rect x="{x}" width="{wide}" height="{LINE}" fill="{background}"/>')
        if text.strip():
            texts.append(
                f'<text class="{classes.name(css)}" x="{x}" y="13" textLength="{width}" '
                f'lengthAdjust="spacingAndGlyphs">{escape(text)}</text>'
            )
        cell += length
    return "".join(backgrounds + texts)


def _runs(row: Iterable[Segment], colours: Colours) -> Iterator[tuple[str, str, str]]:
    """Join neighbours that look the same: their text, CSS and background."""
    joined: list[tuple[str, str, str]] = []
    for segment in row:
        css, background = _look(segment.style or Style.null(), colours)
        if joined and joined[-1][1:] == (css, background):
            joined[-1] = (joined[-1][0] + segment.text, css, background)
        else:
            joined.append((segment.text, css, background))
    yield from joined


def _look(style: Style, colours: Colours) -> tuple[str, str]:
    """Return the CSS of a text, and its background."""
    front = style.color.get_truecolor() if style.color and not style.color.is_default else None
    back = style.bgcolor.get_truecolor() if style.bgcolor and not style.bgcolor.is_default else None
    front, back = front or _triplet(colours.text), back or _triplet(colours.background)
    if style.reverse:
        front, back = back, front
    if style.dim:
        front = blend_rgb(front, back, 0.4)
    css = f"fill:{front.hex}"
    css += ";font-weight:bold" if style.bold else ""
    css += ";font-style:italic" if style.italic else ""
    lines = ["underline"] * bool(style.underline) + ["line-through"] * bool(style.strike)
    css += f";text-decoration:{' '.join(lines)}" if lines else ""
    return css, back.hex


def _triplet(colour: str) -> ColorTriplet:
    return ColorTriplet(*(int(colour[place : place + 2], 16) for place in (1, 3, 5)))
