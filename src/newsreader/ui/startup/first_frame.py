"""A first picture before Textual is there.

Most of a start is the import of Textual. Until that is done, the terminal can already show the list: the
program keeps the first picture of its last start, and the next start paints it again with the rows that the
index has now. So frames, colours and status line are those that Textual painted, and rows are laid out by the
code that lays them out ever after; when Textual takes over, no cell changes.

Nothing of this needs to work: where anything differs from the last start (size, theme, view, version,
terminal), there is no first frame, and Textual paints the first picture as ever.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
import termios
import time
from pathlib import Path
from types import FrameType
from typing import NamedTuple, NoReturn
from zlib import crc32

from newsreader import __version__
from newsreader.domain.listing import Listing
from newsreader.domain.query import parse
from newsreader.domain.view import View
from newsreader.render.ascii_glyphs import PLAIN_SIGNS
from newsreader.render.cell_widths import place_words, reserve
from newsreader.render.glyphs import is_plain
from newsreader.render.headline_row import CURSOR, Line, RowLook, Span, headline_lines, last_visit_line
from newsreader.render.row_geometry import Rows
from newsreader.settings import paths
from newsreader.settings.model import Settings
from newsreader.state.layout import LayoutState
from newsreader.state.theme import known_background
from newsreader.ui import texts

_MOST_KEPT = 8
"""Templates that are kept for one corpus."""

ALTERNATE_SCREEN = "\x1b[?1049h"

Paint = tuple[str, str]
"""What is written before and after a text, so that it styles as its role asks."""


class Template(NamedTuple):
    """A picture, and its parts that have to be painted again."""

    lines: list[str]
    """The whole picture, line by line, as written to the terminal."""
    rows: tuple[int, int, int, int]
    """Where the list stands: column and line of its first cell, counted from 0, width and height."""
    styles: dict[str, Paint]
    """By role; `""` is for what has none."""
    cursor_styles: dict[str, Paint]
    """The same for the row under the cursor."""
    place: tuple[int, int, str, int]
    """Column, line and words of the place on the status line, and the blank cells before it."""
    place_style: Paint
    scroll: int
    """The first line of the list that was in sight."""
    has_bar: bool
    """Whether a scroll bar stands on the right of the list."""


def picture(
    template: Template,
    listing: Listing,
    now: int,
    line: int | None = None,
    look: RowLook = RowLook(),  # noqa: B008
) -> str | None:
    """What to write to the terminal; None where the template does not fit the list.

    Args:
        template: How the screen looked when that view was shown last.
        listing: What the list shows now.
        now: In seconds since 1970 UTC, for ages.
        line: The line of the list on the screen on which the row under the cursor is to begin.
        look: How rows look.

    """
    place = _place(template, texts.place(listing.cursor, listing.total, listing.view))
    if not listing.headlines or place is None:
        return None
    left, top, _, height = template.rows
    rows = Rows(len(listing.ids) if listing.total is None else listing.total, look.height, listing.seen_from)
    scroll = rows.scrolled(listing.cursor, rows.top_of(listing.cursor) if line is None else line, height)
    written = [f"\x1b[{number};1H{kept}" for number, kept in enumerate(template.lines, 1)]
    written.append(place)
    for number in range(height):
        written.append(_at(left, top + number))
        written.append(_row_line(template, listing, rows, scroll + number, (now, look)))
        if template.has_bar and scroll != template.scroll:
            # Where the bar would stand is not known.
            written.append(_painted((Span(" ", ""),), template.styles))
    return "".join(written)


def _row_line(template: Template, listing: Listing, rows: Rows, line: int, how: tuple[int, RowLook]) -> str:
    """Paint a line of the list; `how` is the time and the row layout."""
    now, look = how
    width = template.rows[2]
    row, part = rows.at(line)
    if part < 0:
        return _painted(last_visit_line(width), template.styles)
    known = row - listing.start
    headline = listing.headlines[known] if 0 <= known < len(listing.headlines) else None
    if headline is None:
        return _painted((Span(" " * width, ""),), template.styles)
    shown = headline_lines(headline, width, now, parse(listing.view.filter), look=look)[part]
    if row == listing.cursor:
        return _painted(_with_cursor(shown), template.cursor_styles)
    return _painted(shown, template.styles)


def _place(template: Template, words: str) -> str | None:
    """The place on the status line; None where there is no room for it."""
    column, line, before, room = template.place
    further = len(words) - len(before)
    if further > room:
        return None
    words = " " * max(0, -further) + words
    return _at(column - max(0, further), line) + _painted((Span(words, ""),), {"": template.place_style})


class FirstFrame:
    """The first frame of one start.

    Templates are stored beside the index, one for each of the last views.
    """

    def __init__(self, index: Path, view: View, settings: Settings, layout: LayoutState, notice: str) -> None:
        self._index = index
        self._is_plain = is_plain(settings.glyphs, os.environ)
        self._look = RowLook(layout.shown_density(settings.density), settings.columns, settings.dates)
        self._conditions = _conditions(view, settings, layout, notice)
        name = f"{crc32(repr(self._conditions).encode('utf-8', 'replace')):08x}"
        self._path = index.with_suffix(f".{name}.frame")
        self._terminal = sys.__stdin__.fileno() if sys.__stdin__ else 0
        self.attributes = termios.tcgetattr(self._terminal)
        """How the terminal was found."""
        self.is_shown = False
        self.is_taken_over = False
        """Whether somebody else will leave the terminal as it was found."""

    def show(self, listing: Listing | None, line: int | None = None) -> None:
        """Paint the list, on a screen of its own, if it is painted as it was last.

        `line` is that of the list on which the row under the cursor is to begin.

        Until the frame is taken over nothing that is typed shows; it is kept for whoever reads it.
        """
        shown = self._picture(listing, line) if listing is not None and listing.complete else None
        if shown is None:
            return
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            signal.signal(getattr(signal, name), _end)
        quiet = termios.tcgetattr(self._terminal)
        # As Textual sets them: ctrl+q and ctrl+s are keys, enter is not translated.
        quiet[0] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
        quiet[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
        self.is_shown = True  # a signal may end the program from here on at any step
        termios.tcsetattr(self._terminal, termios.TCSANOW, quiet)
        shown = shown.translate(PLAIN_SIGNS) if self._is_plain else shown
        _write(f"{ALTERNATE_SCREEN}\x1b[?25l\x1b[2J{shown}")

    def give_back(self) -> None:
        """Leave the terminal as it was found."""
        if self.is_shown:
            with contextlib.suppress(OSError, termios.error):  # the terminal may be gone
                if not self.is_taken_over:
                    _write("\x1b[0m\x1b[?1049l\x1b[?25h")
                termios.tcsetattr(self._terminal, termios.TCSADRAIN, self.attributes)

    def keep(self, template: Template) -> None:
        """Keep a picture for the next start; a folder that cannot be written to costs only time."""
        kept = json.dumps({"conditions": self._conditions, "template": template._asdict()})
        fresh = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        try:
            fresh.write_text(kept, encoding="utf-8")
            fresh.replace(self._path)
            kept_before = self._index.parent.glob(f"{self._index.stem}.*.frame")
            for old in sorted(kept_before, key=lambda path: path.stat().st_mtime)[:-_MOST_KEPT]:
                old.unlink(missing_ok=True)
        except OSError:
            fresh.unlink(missing_ok=True)

    def _picture(self, listing: Listing, line: int | None) -> str | None:
        """Return the picture of a list; None if none was kept, or the kept one is damaged."""
        try:
            kept = json.loads(self._path.read_bytes())
            if kept["conditions"] != self._conditions:
                return None
            return picture(Template(**kept["template"]), listing, int(time.time()), line, self._look)
        except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
            return None


def _conditions(view: View, settings: Settings, layout: LayoutState, notice: str) -> list[object]:
    """Return everything that the first picture depends on, except for the records."""
    size = os.get_terminal_size(sys.__stdout__.fileno()) if sys.__stdout__ else (0, 0)
    names = ("TERM", "COLORTERM", "TERM_PROGRAM", "NO_COLOR", "COLUMNS", "LINES", "LANG", "LC_ALL")
    environment = [os.environ.get(name) for name in names]
    wanted = (
        settings.theme,
        known_background(paths.background_file(), os.environ),
        settings.glyphs,
        settings.density,
        settings.columns,
        settings.dates,
        settings.keys,
    )
    return [__version__, sys.version, *size, repr(view), repr(wanted), repr(layout), notice, *environment]


def _end(number: int, _frame: FrameType | None) -> NoReturn:
    sys.exit(128 + number)


def _write(output: str) -> None:
    if sys.__stderr__:
        sys.__stderr__.write(place_words(output))
        sys.__stderr__.flush()


def _at(column: int, line: int) -> str:
    return f"\x1b[{line + 1};{column + 1}H"


def _with_cursor(line: Line) -> Line:
    """The line with its first cell, which is blank, taken by the cursor's sign."""
    return (Span(CURSOR, ""), Span(line[0].text[1:], line[0].role), *line[1:])


def _painted(line: Line, styles: dict[str, Paint]) -> str:
    return "".join([f"{styles[role][0]}{reserve(text)}{styles[role][1]}" for text, role in line])
