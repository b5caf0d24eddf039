"""The line that tells how far a long run is: it fits, and is nothing where nobody looks on."""

from __future__ import annotations

import io

import pytest

from newsreader.commands.support.progress import ProgressLine
from newsreader.domain.setting_values import GlyphSet
from newsreader.render.cells import cell_len


class Screen(io.StringIO):
    """What is written to a terminal."""

    def isatty(self) -> bool:
        return True


def test_the_line_shows_counts_bar_failures_and_current_item() -> None:
    line = ProgressLine("fetching", 8, None, GlyphSet.ASCII)
    assert line.line(80) == "fetching 0 of 8  --------------------"
    line.count(failed=False)
    line.count(failed=True)
    line.show("reading example.com (120 kB) …")
    told = "fetching 2 of 8, 1 failed  #####---------------  reading example.com (120 kB) …"
    assert line.line(80) == told
    assert "█████───────────────" in _drawn(GlyphSet.UNICODE).line(80)


def _drawn(glyphs: GlyphSet) -> ProgressLine:
    line = ProgressLine("fetching", 4, None, glyphs)
    line.count(failed=False)
    return line


@pytest.mark.parametrize("width", [1, 10, 25, 40, 60, 200])
def test_the_line_fits_the_width(width: int) -> None:
    line = ProgressLine("checking", 12_345, None, GlyphSet.UNICODE)
    line.count(failed=True)
    line.show("汉字" * 60)
    assert cell_len(line.line(width)) <= width
    if width >= 40:
        assert line.line(width).startswith("checking 1 of 12,345, 1 failed")


def test_control_sequences_are_removed_from_the_line() -> None:
    screen = Screen()
    line = ProgressLine("fetching", 2, screen)
    line.show("\x1b]0;owned\x07evil\u202e\n")
    line.clear()
    assert screen.getvalue().replace("\r\x1b[K", "").isprintable()
    assert "evil" in screen.getvalue()
    assert screen.getvalue().endswith("\r\x1b[K")


def test_updates_are_rate_limited() -> None:
    screen = Screen()
    line = ProgressLine("fetching", 1_000, screen)
    for _ in range(1_000):
        line.count(failed=False)
    assert 1 <= screen.getvalue().count("fetching") < 100


def test_nothing_is_written_without_a_terminal() -> None:
    pipe = io.StringIO()
    for out in (pipe, None):
        line = ProgressLine("fetching", 2, out)
        line.show("x")
        line.count(failed=True)
        line.clear()
    assert pipe.getvalue() == ""


def test_a_closed_terminal_is_ignored() -> None:
    class Gone(Screen):
        def write(self, text: str) -> int:
            raise OSError("gone")

    line = ProgressLine("fetching", 2, Gone())
    line.count(failed=False)
    line.clear()
