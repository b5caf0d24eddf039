"""How the screens look. `make snapshots` draws them anew; look at each of them before it is committed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from threading import Event

import pytest
from textual.app import App
from textual.pilot import Pilot

from newsreader.domain.ranking import Order
from newsreader.domain.saved_search import SavedSearch
from newsreader.domain.view import Scope
from newsreader.library import Library
from newsreader.settings.saved_searches import SearchesFile
from newsreader.ui.app import NewsreaderApp
from tests.builders import a_corpus, a_front_matter
from tests.ui.harness import (
    DEFAULTS,
    a_library,
    a_story,
    an_app,
    front_matter,
    press,
    rows,
    settle,
    stories,
    until,
)
from tests.ui.test_loading import StepwiseLibrary

Act = Callable[[Pilot[None]], Awaitable[None]]
Compare = Callable[..., bool]

_LEAD = a_front_matter(
    "## What it says\n\nTransparency is *one* of [six principles](https://who.int/six):\n\n"
    "1. autonomy\n2. safety\n\n> Better data, `better` care.\n",
    heat=264,
    ampWebUrl="https://amp.who.int/news/first-report",
    cdnAmpWebUrl="https://amp-who-int.cdn.ampproject.org/c/s/amp.who.int/news/first-report",
    topics=["AI in Healthcare", "AI"],
    secured="QUJDREVGR0hJSktMTU5PUA==;QUJDREVGR0hJSktMTU5PUA==",
    related=[
        {
            "title": "Story 0003",
            "webUrl": "https://news.example/3",
            "quality": 21,
            "provider": {"name": "News", "domain": "news.example"},
            "publishedDateTime": "2021-06-28T12:00:00Z",
        },
        {"title": "A page that is not in this corpus", "webUrl": "https://far.example/page"},
    ],
)


def _front_page() -> dict[str, str]:
    """Two dozen stories with all that a row may show."""
    return stories(24) | {
        "_data/topics/00-ai.yaml": front_matter({"taxonomy": "topic", "name": "AI"}),
        "_data/topics/01-health.yaml": front_matter(
            {"taxonomy": "topic", "name": "AI in Healthcare", "parent": "AI"}
        ),
        "_news/lead.md": _LEAD,
        "_news/wide.md": a_story(
            2, title="人工智能 — 한국어 👩🏽‍🚀 e\u0301tude", heat=9, topics=["AI", "언어"]
        ),
        "_learning/video.md": a_story(3, title="How a transformer reads", type="video", length="PT15M"),
        "_news/undated.md": a_story(4, title="Nobody knows when", publishedDateTime=None, provider=None),
    }


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("snapshots")
    return a_library(a_corpus(folder, _front_page()), folder / "cache")


def pressing(*keys: str) -> Act:
    """Press keys, one after the other, each when what the one before it set off has come to rest."""

    async def act(pilot: Pilot[None]) -> None:
        await settle(pilot)
        for key in keys:
            await press(pilot, key)

    return act


def _shows(compare: Compare, app: App[None], size: tuple[int, int], act: Act) -> bool:
    return compare(app, terminal_size=size, run_before=act)


LOOKS = {
    "three panes": ((120, 40), ["2"]),
    "a story in focus": ((120, 40), ["3", "j"]),
    "two panes": ((80, 24), []),
    "topics over the list": ((80, 24), ["1", "j", "j"]),
    "one pane, the list": ((60, 20), []),
    "one pane, the story": ((60, 20), ["enter"]),
    "tiny": ((40, 12), []),
    "very wide": ((200, 60), []),
    "the story alone": ((120, 40), ["Z"]),
    "a filter with hits": ((120, 40), ["slash", *"story 001", "enter"]),
    "a filter without hits": ((80, 24), ["slash", *"nowhere"]),
    "help": ((120, 40), ["question_mark"]),
    "help in a small terminal": ((80, 24), ["question_mark"]),
    "links": ((80, 24), ["u"]),
    "orders": ((80, 24), ["S"]),
    "why a story ranks where it does": ((120, 40), ["j", "e"]),
    "trends": ((120, 40), ["T", "left"]),
    "trends in a small terminal": ((80, 24), ["T"]),
    "a search to be named": ((80, 24), ["slash", *"story 001", "enter", "ctrl+s"]),
    "nothing to go back to": ((120, 40), ["backspace"]),
}


@pytest.mark.parametrize("name", LOOKS)
def test_the_program_looks_as_it_did(name: str, library: Library, snap_compare: Compare) -> None:
    size, keys = LOOKS[name]
    assert _shows(snap_compare, an_app(library), size, pressing(*keys))


def test_marks_in_rows_and_story(tmp_path: Path, snap_compare: Compare) -> None:
    folder = a_corpus(tmp_path, _front_page())
    library = a_library(folder, tmp_path / "cache", marks=tmp_path / "marks.sqlite")
    keys = ["m", "f", "j", "m", "j", "L", "j", "f", "L", "E", *"Read this.", "ctrl+s"]
    assert _shows(snap_compare, an_app(library), (120, 30), pressing(*keys))


def test_saved_searches_in_the_sidebar(tmp_path: Path, library: Library, snap_compare: Compare) -> None:
    file = SearchesFile(tmp_path / "searches.toml")
    file.put(SavedSearch("hot ones", filter="heat>10", order=Order.NEW))
    file.put(SavedSearch("videos & courses", filter="type:video,course", scope=Scope.EVERYTHING))
    assert _shows(snap_compare, an_app(library, searches=file), (120, 30), pressing("1", "j", "j"))


@pytest.mark.parametrize("theme", ["newsreader-light", "nord"])
def test_other_themes(theme: str, library: Library, snap_compare: Compare) -> None:
    app = an_app(library, settings=DEFAULTS._replace(theme=theme))
    assert _shows(snap_compare, app, (120, 30), pressing("j"))


def test_a_corpus_without_records(tmp_path: Path, snap_compare: Compare) -> None:
    library = a_library(a_corpus(tmp_path, {"README.md": "# Nothing here yet\n"}), tmp_path / "cache")
    assert _shows(snap_compare, _app_somewhere(library), (80, 24), pressing())


def test_a_corpus_with_nothing_on_the_front_page(tmp_path: Path, snap_compare: Compare) -> None:
    files = {"_news/a.md": a_story(1, published=False)}
    library = a_library(a_corpus(tmp_path, files), tmp_path / "cache")
    assert _shows(snap_compare, _app_somewhere(library), (80, 24), pressing())


def test_the_list_of_problems(tmp_path: Path, snap_compare: Compare) -> None:
    files = stories(3) | {
        "_news/broken.md": "---\ntitle: [never closed\nheat: 3\n---\n",
        "_news/untitled.md": a_story(5, title=None),
        "_news/wrong.md": a_story(6, heat="very"),
    }
    library = a_library(a_corpus(tmp_path, files), tmp_path / "cache")
    assert _shows(snap_compare, _app_somewhere(library), (100, 24), pressing("exclamation_mark"))


def test_a_corpus_that_is_read_for_the_first_time(tmp_path: Path, snap_compare: Compare) -> None:
    library = StepwiseLibrary(a_corpus(tmp_path, stories(1200)), tmp_path / "cache")

    async def until_some_are_shown(pilot: Pilot[None]) -> None:
        await _one_step(library.stepped, pilot)
        library.stepped.clear()
        library.go.set()
        await _one_step(library.stepped, pilot)
        await until(pilot, lambda: rows(pilot).count > 0)
        await until(pilot, lambda: rows(pilot).headline(0) is not None)

    assert _shows(snap_compare, _app_somewhere(library), (100, 24), until_some_are_shown)


async def _one_step(stepped: Event, pilot: Pilot[None]) -> None:
    await until(pilot, stepped.is_set)


def _app_somewhere(library: Library) -> NewsreaderApp:
    return an_app(library)
