"""The keys of the user: what they do in the program, and that its words name them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from functools import wraps
from pathlib import Path

import pytest
from textual.actions import parse
from textual.command import Command, CommandList, CommandPalette
from textual.dom import DOMNode
from textual.events import Key
from textual.pilot import Pilot
from textual.widgets import Input

from newsreader.domain.setting_values import KeyEntry
from newsreader.domain.view import Scope, View
from newsreader.keymap.actions import ACTIONS, APP, BY_ID, MOVE, Action
from newsreader.keymap.keymap import VIM, Keymap
from newsreader.keymap.presets import PRESETS, keymap_of
from newsreader.keymap.validation import judge
from newsreader.library import Library
from newsreader.ui.app import NewsreaderApp
from newsreader.ui.dialogs.chooser import ChoiceList, ChooserScreen
from newsreader.ui.dialogs.trends import TrendsScreen
from newsreader.ui.keys.sequences import KeySequences
from newsreader.ui.panes import Pane
from newsreader.ui.screens.main import MainScreen
from newsreader.ui.widgets.story_view import StoryView
from newsreader.ui.widgets.virtual_list import VirtualList
from tests.builders import a_corpus
from tests.ui.harness import (
    a_library,
    filter_bar,
    is_alone,
    main_screen,
    press,
    reading,
    rows,
    screen_text,
    settle,
    shown_in,
    sidebar,
    status,
    stories,
    story_text,
    until,
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder: Path = tmp_path_factory.mktemp("keymap")
    return a_library(a_corpus(folder, stories(30)), folder / "cache", marks=folder / "marks.sqlite")


def keymap(**keys: str | tuple[str, ...]) -> Keymap:
    """The keymap of a user who has set these keys."""
    made = judge([KeyEntry(f"x:{line}", name, value) for line, (name, value) in enumerate(keys.items(), 1)])
    assert made.complaints == []
    return made.keymap


@asynccontextmanager
async def reading_with(library: Library, **keys: str | tuple[str, ...]) -> AsyncIterator[Pilot[None]]:
    """The program at work with these keys."""
    async with reading(library, keymap=keymap(**keys)) as pilot:
        yield pilot


def dialog(pilot: Pilot[None]) -> type[DOMNode]:
    """What kind of screen lies on top."""
    return type(pilot.app.screen)


# -- every action, by its keys alone ----------------------------------------------------------------


def _owners(action: Action) -> list[type[DOMNode]]:
    return [VirtualList, StoryView] if action in MOVE else [NewsreaderApp if action in APP else MainScreen]


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[str, tuple[object, ...]]]]:
    """Instead of doing anything, actions note here that they were called, and with what."""
    made: list[tuple[str, tuple[object, ...]]] = []

    def noting(name: str, method: Callable[..., object]) -> Callable[..., None]:
        @wraps(method)  # Textual looks at the signature
        def note(_self: DOMNode, *arguments: object) -> None:
            made.append((name, arguments))

        return note

    patched: dict[type[DOMNode], set[str]] = {}
    for action in ACTIONS:
        _, name, _ = parse(action.call or action.id)
        for owner in _owners(action):
            if name not in patched.setdefault(owner, set()):
                method = getattr(owner, f"action_{name}")
                monkeypatch.setattr(owner, f"action_{name}", noting(name, method))
                patched[owner].add(name)
    yield made


@pytest.mark.parametrize("preset", PRESETS)
async def test_every_action_works_from_the_keyboard_alone_in_every_pane(
    library: Library, preset: str, calls: list[tuple[str, tuple[object, ...]]]
) -> None:
    chosen = keymap_of(preset)
    async with reading(library, keymap=chosen) as pilot:
        panes = (sidebar(pilot), rows(pilot), main_screen(pilot).query_one(StoryView))
        # Which keys an action has makes no difference to the pane that hears them.
        for pane in panes if chosen is VIM else panes[1:2]:
            pane.focus()
            await settle(pilot)
            for action in ACTIONS:
                _, name, arguments = parse(action.call or action.id)
                keys = chosen.keys_of(action.id)
                for key in keys:
                    calls.clear()
                    await pilot.press(*key.split())
                    assert calls == [(name, arguments)], (pane, action.id, key)
                assert keys


async def test_every_action_has_an_entry_in_the_palette_that_calls_it(
    library: Library, calls: list[tuple[str, tuple[object, ...]]]
) -> None:
    async with reading(library) as pilot:
        offered = await _palette(pilot)
        await until(pilot, lambda: offered.option_count > len(ACTIONS))
        entries = [offered.get_option_at_index(index) for index in range(offered.option_count)]
        await pilot.press("escape")
        await until(pilot, lambda: is_alone(pilot))
        for action in ACTIONS:
            words = keymap_of("vim").help_of(action)
            (entry,) = [entry for entry in entries if words in str(entry.prompt)]
            assert f"{action.label[0].upper()}{action.label[1:]}" in str(entry.prompt)
            assert isinstance(entry, Command)
            calls.clear()
            pilot.app.call_later(entry.hit.command)
            _, name, arguments = parse(action.call or action.id)
            await until(pilot, lambda name=name, arguments=arguments: calls == [(name, arguments)])  # type: ignore[misc]


async def _palette(pilot: Pilot[None]) -> CommandList:
    """Open the palette."""
    pilot.app.push_screen(CommandPalette(id="--command-palette"))
    await until(pilot, lambda: isinstance(pilot.app.focused, Input))
    return pilot.app.screen.query_one(CommandList)


async def _call_from_palette(pilot: Pilot[None], action: Action) -> None:
    """Choose an action by its help, which only one has."""
    offered = await _palette(pilot)
    entry = pilot.app.focused
    assert isinstance(entry, Input)
    words = keymap_of("vim").help_of(action)
    entry.value = words

    def is_offered() -> bool:
        return offered.option_count > 0 and words in str(offered.get_option_at_index(0).prompt)

    await until(pilot, is_offered)
    shown = str(offered.get_option_at_index(0).prompt)
    assert f"{action.label[0].upper()}{action.label[1:]}" in shown
    await pilot.press("enter")
    await until(pilot, lambda: is_alone(pilot))


# -- keys that the user has set ---------------------------------------------------------------------


async def test_another_key_moves_in_every_pane_and_the_old_ones_do_not(library: Library) -> None:
    async with reading_with(library, cursor_down="x", last="ctrl+x") as pilot:
        for pane in ("1", "2"):
            await press(pilot, pane)
            moving = sidebar(pilot) if pane == "1" else rows(pilot)
            before = moving.cursor
            await press(pilot, "j", "down", "G", "end")
            assert moving.cursor == before
            await press(pilot, "x")
            assert moving.cursor > before
            await press(pilot, "k")
        await press(pilot, "3")
        before_target = main_screen(pilot).query_one(StoryView).position.target
        await press(pilot, "j", "down", "G", "end")
        assert main_screen(pilot).query_one(StoryView).position.target == before_target
        await press(pilot, "x")
        assert main_screen(pilot).query_one(StoryView).position.target == before_target + 1


async def test_another_key_works_in_dialogs_too(library: Library) -> None:
    async with reading_with(library, cursor_down="x", quit="Q", trends="ctrl+t", pane_left="<") as pilot:
        await press(pilot, "S")
        choices = pilot.app.screen.query_one(ChoiceList)
        await press(pilot, "j", "down")
        assert choices.cursor == 0
        await press(pilot, "x")
        assert choices.cursor == 1
        await press(pilot, "q")
        assert dialog(pilot) is ChooserScreen
        await press(pilot, "Q")
        assert is_alone(pilot)
        await press(pilot, "S", "<")
        assert is_alone(pilot)
        await press(pilot, "ctrl+t")
        await press(pilot, "T")
        assert dialog(pilot) is TrendsScreen
        await press(pilot, "ctrl+t")
        assert is_alone(pilot)


async def test_another_key_of_the_screen_works_in_every_pane(library: Library) -> None:
    async with reading_with(library, toggle_scope=("x", "ctrl+e"), next_pane=">") as pilot:
        for pane in Pane:
            main_screen(pilot).action_go_to(pane)
            await settle(pilot)
            focused = pilot.app.focused
            await press(pilot, "v", "tab")
            assert pilot.app.focused is focused, pane
            assert main_screen(pilot).view.scope is Scope.FRONT, pane
            await press(pilot, "x")
            assert main_screen(pilot).view.scope is Scope.EVERYTHING, pane
            await press(pilot, "ctrl+e")
            assert main_screen(pilot).view.scope is Scope.FRONT, pane
            await press(pilot, ">")
            assert pilot.app.focused is not focused, pane


async def test_an_action_without_a_key_is_called_from_the_palette(
    library: Library, calls: list[tuple[str, tuple[object, ...]]]
) -> None:
    async with reading_with(library, zen=()) as pilot:
        await press(pilot, "z")
        assert calls == []
        await _call_from_palette(pilot, BY_ID["zen"])
        await until(pilot, lambda: calls == [("zen", ())])


@pytest.mark.parametrize("where", [(), ("question_mark",), ("S",), ("slash",), ("E",)])
async def test_ctrl_q_leaves_from_everywhere(library: Library, where: tuple[str, ...]) -> None:
    async with reading_with(library, quit=()) as pilot:
        await press(pilot, *where)
        await pilot.press("q", "ctrl+c")
        assert pilot.app.is_running
        await pilot.press("ctrl+q")
        await pilot.pause()
        assert not pilot.app.is_running


# -- sequences --------------------------------------------------------------------------------------


@pytest.fixture
async def pilot(library: Library) -> AsyncIterator[Pilot[None]]:
    """The program with sequences."""
    async with reading_with(library, first="g g", last="g e", star="ctrl+space s") as pilot:
        yield pilot


async def test_a_sequence_does_what_its_last_key_completes(pilot: Pilot[None]) -> None:
    await press(pilot, "g", "e")
    assert rows(pilot).cursor == 29
    await press(pilot, "G", "home", "g")
    assert rows(pilot).cursor == 29
    await press(pilot, "g")
    assert rows(pilot).cursor == 0
    for key in ("g", "e", "k", "g", "g", "j", "j"):  # all at once
        pilot.app.post_message(Key(key, key))
    await settle(pilot)
    assert rows(pilot).cursor == 2
    for name in ("ctrl+@", "ctrl+space"):  # two names of one key
        await press(pilot, name, "s")
        assert "Starred" in status(pilot).message, name
        await press(pilot, "ctrl+z")


async def test_the_continuations_of_a_sequence_are_shown_until_it_ends(pilot: Pilot[None]) -> None:
    await press(pilot, "g")
    await until(pilot, lambda: "g …" in screen_text(pilot))
    assert "g first · e last · esc drops it" in screen_text(pilot)
    await press(pilot, "e")
    assert rows(pilot).cursor == 29
    assert "esc drops it" not in screen_text(pilot)
    await press(pilot, "g", "g", "g", "j")
    assert rows(pilot).cursor == 0
    assert "g j does nothing." in screen_text(pilot)
    await press(pilot, "j")
    assert rows(pilot).cursor == 1


async def test_escape_drops_a_sequence_and_nothing_else(pilot: Pilot[None]) -> None:
    await press(pilot, "slash", *"story", "enter", "g")
    await until(pilot, lambda: "esc drops it" in screen_text(pilot))
    await press(pilot, "escape")
    assert "esc drops it" not in screen_text(pilot)
    assert main_screen(pilot).view.filter == "story"
    await press(pilot, "e")
    assert not is_alone(pilot)


async def test_text_fields_know_no_sequences_and_end_one(pilot: Pilot[None]) -> None:
    await press(pilot, "slash", *"gga")
    assert filter_bar(pilot).text == "gga"
    rows(pilot).focus()
    await press(pilot, "g")
    filter_bar(pilot).query_one(Input).focus()
    await press(pilot, "end", "g")
    assert filter_bar(pilot).text == "ggag"


async def test_sequences_work_in_dialogs(pilot: Pilot[None]) -> None:
    await press(pilot, "S", "g", "e")
    choices = pilot.app.screen.query_one(ChoiceList)
    assert choices.cursor == choices.count - 1
    await press(pilot, "ctrl+@", "s")
    assert "★" not in shown_in(rows(pilot))


async def test_a_key_that_begins_no_sequence_is_not_held_up(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    ways_on = KeySequences._ways_on

    def looking(self: KeySequences, keys: str) -> Mapping[str, str]:
        looked.append(keys)
        return ways_on(self, keys)

    monkeypatch.setattr(KeySequences, "_ways_on", looking)
    async with reading_with(library, first="g g") as pilot:
        await press(pilot, "j", "v")
        assert looked == []
        await press(pilot, "g")
        assert looked == ["g"]


# -- words that name keys ---------------------------------------------------------------------------

OWN: dict[str, str | tuple[str, ...]] = {
    "filter": "ctrl+f",
    "undo": "u u",
    "toggle_scope": "x",
    "step_back": "ctrl+k",
    "open_original": "ctrl+o",
    "open_amp": (),
    "next_unread": ">",
    "previous_unread": "<",
    "refresh_corpus": "f5",
}


async def test_footer_and_story_name_the_keys_of_the_user(library: Library) -> None:
    async with reading_with(library, **OWN) as pilot:
        hints = screen_text(pilot)
        assert " ctrl+f filter  ctrl+o open  t text  s order " in hints
        assert "ctrl+o original" in story_text(pilot)
        assert "A      AMP" not in story_text(pilot)
        assert "       AMP " in story_text(pilot)


async def test_the_palette_names_the_keys_of_the_user(library: Library) -> None:
    async with reading_with(library, **OWN) as pilot:
        await pilot.press("ctrl+p")
        await until(pilot, lambda: isinstance(pilot.app.screen, CommandPalette))
        offered = pilot.app.screen.query_one(CommandList)
        await until(pilot, lambda: offered.option_count > len(ACTIONS))
        prompts = [offered.get_option_at_index(index).prompt for index in range(offered.option_count)]
        shown = [str(prompt).split("\n")[0] for prompt in prompts]
        assert "Undo  (u u)" in shown
        assert "Filter  (ctrl+f)" in shown
        assert "AMP" in shown


async def test_messages_name_the_keys_of_the_user(library: Library) -> None:
    async with reading_with(library, **OWN) as pilot:
        await press(pilot, "m")
        assert status(pilot).message.endswith("; u u undoes it.")
        await press(pilot, "u", "u")
        assert status(pilot).message.endswith("; ctrl+y redoes it.")
        await press(pilot, "<")
        assert status(pilot).message == "There is no unread story above; > looks below."
        await press(pilot, "a", "A")
        assert status(pilot).message == "This story has no cached AMP page; ctrl+o opens the original."
        await press(pilot, "ctrl+f", *"zzz")
        assert "ctrl+k clears it, x looks at everything." in shown_in(rows(pilot))


async def test_an_empty_list_names_the_keys_of_the_user(tmp_path: Path) -> None:
    library = a_library(a_corpus(tmp_path, {"README.md": "# Nothing\n"}), tmp_path / "cache")
    async with reading(library, View(), keymap=keymap(refresh_corpus="f5")) as pilot:
        assert "F5 looks again" in shown_in(rows(pilot))
