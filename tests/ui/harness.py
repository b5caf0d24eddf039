"""What tests of the user interface share: a corpus on disk, an index made in this process, a fixed clock."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, closing
from pathlib import Path
from queue import SimpleQueue
from threading import Lock
from time import monotonic
from typing import Any
from zlib import crc32

from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.message import Message
from textual.message_pump import MessagePump
from textual.pilot import Pilot
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.timer import Timer
from textual.widgets import Input

from newsreader.domain.ranking import DAY
from newsreader.domain.setting_values import Clipboard, GlyphSet
from newsreader.domain.view import View
from newsreader.library import IndexingError, Library, Progress
from newsreader.library.indexing.refresh import refresh
from newsreader.settings.model import Settings
from newsreader.ui.app import NewsreaderApp
from newsreader.ui.screens.main import MainScreen
from newsreader.ui.widgets.filter_bar import FilterBar
from newsreader.ui.widgets.headline_list import HeadlineList
from newsreader.ui.widgets.status_line import StatusLine
from newsreader.ui.widgets.story_view import StoryView
from newsreader.ui.widgets.topic_sidebar import TopicSidebar
from tests.builders import a_corpus

NOW = 1_625_140_800
"""1 July 2021, 12:00 UTC."""

FRONT_PAGE = View()
DEFAULTS = Settings(
    theme="newsreader-dark",
    glyphs=GlyphSet.UNICODE,
    hyperlinks=False,
    mark_read_after=None,
    clipboard=Clipboard.OSC52,
)
"""The same whatever the terminal of the tests has, and no mark that nobody sets."""

PATIENCE = 30.0
"""Seconds after which something that should come at once is taken for never, on the busiest machine."""

WIDE = (120, 40)
"""Columns and rows of a terminal that shows all three panes."""


_parse_rules = Stylesheet._parse_rules
_parsed: dict[tuple[object, ...], list[RuleSet]] = {}


def _parse_rules_once(sheet: Stylesheet, css: str, *where: Any, **more: Any) -> list[RuleSet]:
    """Parse a style sheet once for all tests: each start of the program would parse it again."""
    key = (css, where, frozenset(more.items()), frozenset(sheet._variables.items()))
    if key not in _parsed:
        _parsed[key] = _parse_rules(sheet, css, *where, **more)
    return _parsed[key]


Stylesheet._parse_rules = _parse_rules_once  # type: ignore[assignment,method-assign]


class RefreshHere:
    """Does in this process what `Indexer` does in another."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._stopped = False
        self._at_work = Lock()

    def progress(self) -> Iterator[Progress]:
        library = self._library
        try:
            with self._at_work:
                steps = refresh(library.root, library.index, half_life=library.half_life)
                with closing(steps):
                    while not self._stopped and (progress := next(steps, None)) is not None:
                        yield progress
        except (OSError, sqlite3.Error) as error:
            raise IndexingError(f"The corpus could not be indexed: {error}") from error

    def stop(self) -> None:
        """Like a process that is killed, it writes nothing from now on."""
        self._stopped = True
        with self._at_work:
            pass


class WatcherHere:
    """A watcher that tells of a change when it is told to."""

    def __init__(self) -> None:
        self._told: SimpleQueue[bool] = SimpleQueue()

    def tell(self) -> None:
        self._told.put(True)

    def changes(self) -> Iterator[None]:
        while self._told.get():
            yield

    def stop(self) -> None:
        self._told.put(False)


class LibraryHere(Library):
    """A library that needs no second process."""

    def refresh(self) -> RefreshHere:  # type: ignore[override]
        return RefreshHere(self)

    def watch(self) -> WatcherHere:  # type: ignore[override]
        self.watcher = WatcherHere()
        return self.watcher


def a_library(
    root: Path,
    cache: Path,
    *,
    indexed: bool = True,
    marks: Path | None = None,
    pages: Path | None = None,
) -> Library:
    """A library of a folder; its index is made at once unless `indexed` is false."""
    library = LibraryHere(root, cache, marks=marks, pages=pages)
    if indexed:
        for _ in refresh(library.root, library.index):
            pass
    return library


def an_app(
    library: Library, view: View = FRONT_PAGE, settings: Settings = DEFAULTS, **more: Any
) -> NewsreaderApp:
    """The program with a clock that stands still."""
    return NewsreaderApp(library, view, settings, clock=lambda: NOW, **more)


@asynccontextmanager
async def reading(
    library: Library,
    view: View = FRONT_PAGE,
    *,
    size: tuple[int, int] = WIDE,
    settings: Settings = DEFAULTS,
    heard: Callable[[Message], None] | None = None,
    **more: Any,
) -> AsyncIterator[Pilot[None]]:
    """The program at work on a library, come to rest; `heard` is told every message of the program."""
    app = an_app(library, view, settings, **more)
    async with app.run_test(size=size, message_hook=heard) as pilot:
        await settle(pilot)
        yield pilot


@asynccontextmanager
async def reading_files(
    folder: Path, files: Mapping[str, str | bytes], view: View = FRONT_PAGE, **more: Any
) -> AsyncIterator[Pilot[None]]:
    """The program at work on a corpus of these files."""
    library = a_library(a_corpus(folder, files), folder / "cache")
    async with reading(library, view, **more) as pilot:
        yield pilot


async def settle(pilot: Pilot[None]) -> None:
    """Wait until the cursor has come to rest, every question is answered and every answer shown."""
    quiet = 0
    deadline = monotonic() + PATIENCE
    while monotonic() < deadline:
        await pilot.pause()
        quiet = quiet + 1 if is_quiet(pilot) else 0
        if quiet == 2:
            return
    raise AssertionError("the program did not come to rest")


def is_quiet(pilot: Pilot[None]) -> bool:
    """Whether no timer, no worker, no key and no message is under way."""
    app, screen = pilot.app, main_screen(pilot)
    timers: tuple[Timer | None, ...] = (screen._beginning, screen._resting, screen._index._next_look)
    if any(timer is not None and timer._task is not None and not timer._task.done() for timer in timers):
        return False
    if any(worker.is_running and worker.group != "watch" for worker in app.workers):
        return False
    assert isinstance(app, NewsreaderApp)
    return not app._keys._is_busy and not any(map(_has_work, _pumps(app)))


def _pumps(app: NewsreaderApp) -> Iterator[MessagePump]:
    """The app, and every screen that is open with all its widgets: each has a message queue of its own."""
    yield app
    for screen in app.screen_stack:
        yield from screen.walk_children(with_self=True)


def _has_work(pump: MessagePump) -> bool:
    """Whether messages wait, or callbacks for when there are none."""
    return pump.is_running and bool(
        pump.message_queue_size or pump._pending_message is not None or pump._next_callbacks
    )


async def until(pilot: Pilot[None], condition: Callable[[], bool]) -> None:
    """Wait until something is so."""
    deadline = monotonic() + PATIENCE
    while monotonic() < deadline:
        if condition():
            return
        await pilot.pause()
    raise AssertionError("it did not come to be")


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys and wait for all that they set off."""
    await pilot.press(*keys)
    await settle(pilot)


async def enter(pilot: Pilot[None], text: str) -> None:
    """Put a text into the field with the focus, as from the clipboard, and wait for all that it sets off."""
    field = pilot.app.focused
    assert isinstance(field, Input)
    field.value = text
    field.cursor_position = len(text)
    await settle(pilot)


def main_screen(pilot: Pilot[None]) -> MainScreen:
    """The main screen, also while another lies over it."""
    screen = pilot.app.screen_stack[0]
    assert isinstance(screen, MainScreen)
    return screen


def is_alone(pilot: Pilot[None]) -> bool:
    """Whether nothing lies over the main screen."""
    return len(pilot.app.screen_stack) == 1


def rows(pilot: Pilot[None]) -> HeadlineList:
    """The list."""
    return main_screen(pilot).query_one(HeadlineList)


def story(pilot: Pilot[None]) -> StoryView:
    """The story pane."""
    return main_screen(pilot).query_one(StoryView)


def sidebar(pilot: Pilot[None]) -> TopicSidebar:
    """The topics."""
    return main_screen(pilot).query_one(TopicSidebar)


def status(pilot: Pilot[None]) -> StatusLine:
    """The status line."""
    return main_screen(pilot).query_one(StatusLine)


def filter_bar(pilot: Pilot[None]) -> FilterBar:
    """The line in which a filter is typed."""
    return main_screen(pilot).query_one(FilterBar)


def titles(pilot: Pilot[None]) -> list[str]:
    """The titles of all rows that are at hand."""
    shown = (rows(pilot).headline(index) for index in range(rows(pilot).count))
    return [headline.title for headline in shown if headline is not None]


def selected_title(pilot: Pilot[None]) -> str:
    """The title of the row under the cursor."""
    headline = rows(pilot).headline(rows(pilot).cursor)
    return headline.title if headline else ""


def story_title(pilot: Pilot[None]) -> str:
    """The title of the story in the pane."""
    page = story(pilot).page
    return page.record.title if page else ""


def cursor_line(pilot: Pilot[None]) -> int:
    """The line of the list, counted from its top, on which the row under the cursor begins."""
    return rows(pilot).cursor_line


def story_text(pilot: Pilot[None]) -> str:
    """The whole story as laid out, whatever part of it is in sight."""
    lines = story(pilot)._layout.lines
    return "\n".join("".join(span.text for span in line.spans) for line in lines)


def sidebar_lines(pilot: Pilot[None]) -> list[str]:
    """The rows of the sidebar as text, without the room on their right."""
    width = sidebar(pilot).scrollable_content_region.width
    lines = (sidebar(pilot).row_lines(index, width)[0] for index in range(sidebar(pilot).count))
    return ["".join(span.text for span in line).rstrip() for line in lines]


def screen_text(pilot: Pilot[None]) -> str:
    """Everything that is on the screen, as text."""
    app = pilot.app
    width, height = app.size
    lines = app.screen._compositor.render_strips(app.size)
    return "\n".join(strip.crop(0, width).text for strip in lines[:height])


def strips_of(pane: ScrollView) -> list[Strip]:
    """The visible lines of a pane as they are painted, without its frame."""
    return [pane.render_line(y) for y in range(pane.scrollable_content_region.height)]


def shown_in(pane: ScrollView) -> str:
    """The words in sight in a pane, with one space between them."""
    return " ".join(" ".join(strip.text for strip in strips_of(pane)).split())


def a_story(number: int, **values: object) -> str:
    """The file of story `number`: a day older, hotter by one and better by seven than the one before it."""
    seconds = NOW - number * DAY
    title = str(values.get("title", "")).encode()
    ordinary: dict[str, object] = {
        "title": f"Story {number:04d}",
        "excerpt": f"What happened in story {number}.",
        "publishedDateTime": seconds,
        # Stories of other titles stand on other pages, and make no story together.
        "originalUrl": f"https://news.example/{number}" + (f"/{crc32(title)}" if title else ""),
        "heat": number,
        "quality": number * 7 % 10,
        "published": True,
        "provider": {"name": "News", "domain": "news.example"},
        "topics": ["AI"],
    }
    return front_matter(ordinary | values)


def stories(count: int) -> dict[str, str]:
    """The files of as many stories; the front page shows them by their number."""
    return {story_path(number): a_story(number) for number in range(1, count + 1)}


def story_path(number: int) -> str:
    """Where the file of a story stands; files of newer stories come later among the names."""
    return f"_news/{9999 - number:04d}-story.md"


def front_matter(values: Mapping[str, object], body: str = "") -> str:
    """A file with front matter; JSON is YAML too."""
    import json

    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in values.items()]
    return f"---\n{''.join(lines)}---\n{body}"
