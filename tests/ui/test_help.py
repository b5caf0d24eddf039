"""The help screen: what it mounts and paints, and its keys; the rest is tested below the screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.app import App
from textual.events import MouseScrollDown, MouseScrollUp
from textual.pilot import Pilot
from textual.strip import Strip
from textual.widgets import Input

from newsreader.domain.setting_values import KeyEntry
from newsreader.keymap.validation import judge
from newsreader.library import Library
from newsreader.ui.dialogs.help import HelpScreen
from newsreader.ui.widgets.help_view import HelpView
from tests.builders import a_corpus
from tests.ui.harness import a_library, is_alone, press, reading, rows, screen_text, settle, shown_in, stories

FEW = 6
"""Widgets of the help: the frame, the search, the text, a hint, and scrollbars."""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder: Path = tmp_path_factory.mktemp("help")
    return a_library(a_corpus(folder, stories(12)), folder / "cache")


@pytest.fixture
def mounted(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Every widget that starts."""
    noted: list[object] = []
    start = App._start_widget

    def note(app: App[None], parent: object, widget: object) -> None:
        noted.append(widget)
        start(app, parent, widget)  # type: ignore[arg-type]

    monkeypatch.setattr(App, "_start_widget", note)
    return noted


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Every line of the help that is painted."""
    noted: list[int] = []
    render_line = HelpView.render_line

    def note(view: HelpView, y: int) -> Strip:
        noted.append(y)
        return render_line(view, y)

    monkeypatch.setattr(HelpView, "render_line", note)
    return noted


def text_of(pilot: Pilot[None]) -> str:
    return shown_in(pilot.app.screen.query_one(HelpView))


async def test_the_help_mounts_few_widgets_and_paints_what_is_in_sight(
    library: Library, mounted: list[object], painted: list[int]
) -> None:
    async with reading(library) as pilot:
        mounted.clear()
        await press(pilot, "question_mark")
        assert isinstance(pilot.app.screen, HelpScreen)
        assert len([widget for widget in mounted if widget is not pilot.app.screen]) <= FEW
        height = pilot.app.screen.query_one(HelpView).size.height
        assert set(painted) == set(range(height))
        assert len(painted) <= 2 * height
        mounted.clear()
        for letter in "undo":
            painted.clear()
            await press(pilot, letter)
            assert len(painted) <= height
        assert mounted == []
        assert pilot.app.screen.query_one(Input).value == "undo"
        assert text_of(pilot) == "In this pane: list ctrl+z Undo the last change of marks or searches."


async def test_the_pane_with_the_focus_comes_first(library: Library) -> None:
    async with reading(library) as pilot:
        for pane, title in (("1", "topics"), ("2", "list"), ("3", "story")):
            await press(pilot, pane, "f1")
            assert f"In this pane: {title} enter" in text_of(pilot)
            await press(pilot, "f1")
            assert is_alone(pilot)


async def test_the_help_is_scrolled_searched_and_closed(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "question_mark")
        everything = text_of(pilot)
        for there, back in (("down", "up"), ("pagedown", "pageup")):
            await press(pilot, there)
            assert text_of(pilot) != everything
            await press(pilot, back)
            assert text_of(pilot) == everything
        for wheel, is_top in ((MouseScrollDown, False), (MouseScrollUp, True)):
            await pilot._post_mouse_events([wheel], HelpView, offset=(5, 5))
            await settle(pilot)
            assert (text_of(pilot) == everything) is is_top
        await press(pilot, "pagedown", *"qqq")
        assert text_of(pilot) == "Nothing matches “qqq”. Esc clears the search."
        await press(pilot, "escape")
        assert text_of(pilot) == everything
        await press(pilot, "escape")
        assert is_alone(pilot)
        await press(pilot, "question_mark", "enter")
        assert is_alone(pilot)


async def test_the_help_is_wrapped_again_when_the_terminal_changes(library: Library) -> None:
    async with reading(library, size=(200, 60)) as pilot:
        await press(pilot, "question_mark")
        await pilot.resize_terminal(40, 20)
        await settle(pilot)
        view = pilot.app.screen.query_one(HelpView)
        assert not view.show_horizontal_scrollbar
        assert "▲ shows how hot a story is, +n how many other reports cover it." in text_of(pilot)


async def test_the_help_has_the_keys_of_the_user(library: Library) -> None:
    entries = [KeyEntry("x:1", "undo", "g u"), KeyEntry("x:2", "help", ("f2", "ctrl+g"))]
    entries += [KeyEntry("x:3", "cursor_down", ("x", "ctrl+n"))]
    async with reading(library, keymap=judge(entries).keymap) as pilot:
        await press(pilot, "question_mark", "f1")
        assert is_alone(pilot)
        await press(pilot, "f2")
        top = screen_text(pilot)
        await press(pilot, "ctrl+n")
        assert screen_text(pilot) != top
        await press(pilot, "g", "u")
        assert pilot.app.screen.query_one(Input).value == "gu"
        await press(pilot, "ctrl+g")
        assert is_alone(pilot)
        await press(pilot, "x")
        assert rows(pilot).cursor == 1
