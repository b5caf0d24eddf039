"""The scenes of the pictures: what is pressed, and what is then shown of the program on the sample corpus."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from docs.terminal_svg import Colours, Frame, draw
from rich.segment import Segment
from tests.ui.harness import a_library, press, settle
from textual._context import visible_screen_stack
from textual.pilot import Pilot

from newsreader.domain.setting_values import Density, GlyphSet
from newsreader.settings.model import Settings
from newsreader.ui.app import NewsreaderApp

SAMPLE = Path(__file__).parents[1] / "sample_content"
NOW = 1_678_968_000
"""16 March 2023, 12:00 UTC, a day after the newest record of the sample."""
SIZE = (120, 32)
DARK = Colours("#cfd5db", "#14181d")
LIGHT = Colours("#24292e", "#fbfaf7")
SETTINGS = Settings(theme="newsreader-dark", glyphs=GlyphSet.UNICODE, hyperlinks=False, mark_read_after=None)
"""The same, whatever the terminal has that this is run in."""

UNFOLDED = ("down", "+")
FILTERED = ("/", *"topic:vision quality>=60")


class Scene(NamedTuple):
    """A picture: its name, its title, the keys pressed before it, and what else differs."""

    name: str
    title: str
    keys: tuple[str, ...]
    settings: Settings = SETTINGS
    size: tuple[int, int] = SIZE
    colours: Colours = DARK
    edition: str | None = None


SCENES = (
    Scene("front-page", "The front page: topics, the ranked list, a story", ()),
    Scene("topic", "A topic with the topics above it", ("1", "down", "down", "down", "down")),
    Scene("story", "A story, full screen", ("down", "Z")),
    Scene("stories", "+ unfolds a story: one row for each report", UNFOLDED),
    Scene("related", "Following related coverage", ("down", "3", *["j"] * 4, "enter")),
    Scene("links", "u lists all links of a story", ("down", "u")),
    Scene("filter", "/ filters as you type", FILTERED),
    Scene("search-saved", "ctrl+s saves a search", (*FILTERED, "enter", "ctrl+s")),
    Scene("explain", "e explains why a story ranks where it does", ("down", "down", "e")),
    Scene("marks", "Read, starred and kept for later", ("m", "down", "f", "down", "L", "down")),
    Scene("note", "E writes a note", ("down", "E", *"Compare with the report of May")),
    Scene("selected", "x selects stories", ("x", "x", "x")),
    Scene("copy", "Y copies a story in other forms", ("down", "Y")),
    Scene("pipe", "| pipes the story to a command", ("down", "|", *"wc -w")),
    Scene("add-source", "ctrl+n adds a site or feed", ("ctrl+n", *"https://lab.example")),
    Scene("tags", "# edits tags", ("down", "#", *"work later-this-week")),
    Scene("find", "/ in the story finds words", ("down", "3", "/", *"Ford")),
    Scene("edition", "d shows the edition of a day or month", (), edition="2021-06"),
    Scene("trends", "T shows trends", ("T",)),
    Scene("help", "? lists all keys", ("?",)),
    Scene("palette", "ctrl+p finds every command by its name", ("ctrl+p", *"star")),
    Scene("compact", "Rows of one line", (), SETTINGS._replace(density=Density.COMPACT)),
    Scene("narrow", "At 60 columns", (), size=(60, 24)),
    Scene("light", "The light theme", (), SETTINGS._replace(theme="newsreader-light"), colours=LIGHT),
)

FILM: Sequence[tuple[str, tuple[str, ...], float]] = (
    ("newsreader", (), 3.0),
    ("j: the next story", ("j",), 1.5),
    ("+: all reports of the story", ("+",), 3.0),
    ("e: why it ranks here", ("e",), 3.5),
    ("/: filter as you type", ("escape", "+", "/", *"topic"), 1.0),
    ("/: filter as you type", tuple(":vision"), 1.0),
    ("/: filter as you type", ("space", *"quality>=60"), 3.0),
    ("d: an edition, laid out as a newspaper", ("escape", "escape", "d", *["["] * 8), 3.5),
    ("T: trends", ("escape", "T"), 3.5),
)
"""The frames of the animation: title, keys pressed before it, and seconds."""


@asynccontextmanager
async def _reading(
    settings: Settings, size: tuple[int, int], edition: str | None = None
) -> AsyncIterator[Pilot[None]]:
    """Start the program on the sample, with folders of its own and a clock that stands still."""
    with TemporaryDirectory() as folder:
        home = Path(folder)
        library = a_library(SAMPLE, home / "cache", marks=home / "marks.sqlite")
        app = NewsreaderApp(library, settings=settings, clock=lambda: NOW, edition=edition)
        async with app.run_test(size=size) as pilot:
            await settle(pilot)
            yield pilot


async def picture(scene: Scene) -> str:
    """Return the SVG of a scene."""
    async with _reading(scene.settings, scene.size, scene.edition) as pilot:
        await _press(pilot, scene.keys)
        return draw([Frame(scene.title, _rows(pilot))], scene.colours)


async def film() -> str:
    """Return the animated SVG."""
    frames = []
    async with _reading(SETTINGS, (110, 30)) as pilot:
        for title, keys, seconds in FILM:
            await _press(pilot, keys)
            frames.append(Frame(title, _rows(pilot), seconds))
    return draw(frames, DARK)


async def _press(pilot: Pilot[None], keys: Sequence[str]) -> None:
    for key in keys:
        await press(pilot, "space" if key == " " else key)


def _rows(pilot: Pilot[None]) -> list[list[Segment]]:
    """Return the screen with everything that lies over it."""
    app = pilot.app
    visible_screen_stack.set(app._background_screens)
    width, height = app.size
    strips = app.screen._compositor.render_strips(app.size)
    return [list(strip.crop(0, width)) for strip in strips[:height]]
