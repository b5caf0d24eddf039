"""The presets: complete, without collisions, and only of keys that terminals send."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pytest

from newsreader.domain.setting_values import KeyEntry
from newsreader.keymap.actions import ACTIONS, BY_ID
from newsreader.keymap.key_names import all_sendable, shown
from newsreader.keymap.keymap import VIM
from newsreader.keymap.presets import PRESETS, keymap_of
from newsreader.keymap.validation import judge

GUIDE = Path(__file__).parents[3] / "docs" / "guide" / "keys.md"


@pytest.mark.parametrize("preset", PRESETS)
def test_presets_have_valid_keys_without_collisions(preset: str) -> None:
    keys = [key for keys in keymap_of(preset).keys.values() for key in keys]
    assert {stroke for key in keys for stroke in key.split()} <= all_sendable()
    for one, other in combinations(keys, 2):
        assert one != other
        assert not one.startswith(f"{other} ")
        assert not other.startswith(f"{one} ")


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_is_valid_as_user_settings(preset: str) -> None:
    keymap = keymap_of(preset)
    made = judge([KeyEntry(f"x:{n}", id_, keys) for n, (id_, keys) in enumerate(keymap.keys.items())])
    assert made.complaints == []
    assert made.keymap == keymap


@pytest.mark.parametrize("preset", PRESETS)
def test_presets_name_known_actions_and_have_keys_to_move_and_quit(preset: str) -> None:
    assert set(PRESETS[preset].keys) <= set(BY_ID)
    keymap = keymap_of(preset)
    assert set(keymap.keys) == set(BY_ID)
    assert "ctrl+q" in keymap.keys_of("quit")
    # Whatever has no key is called from the palette, by arrows and enter.
    for action_id in ("cursor_down", "cursor_up", "activate", "command_palette", "help", "step_back"):
        assert keymap.keys_of(action_id)


def test_plain_has_no_letters() -> None:
    keys = [key for keys in keymap_of("plain").keys.values() for key in keys]
    assert not [key for key in keys if len(key) == 1 and key.isalpha()]


@pytest.mark.parametrize(
    ("key", "action"),
    [
        ("o", "open_original"),
        ("n", "next_unread"),
        ("p", "previous_unread"),
        ("A", "mark_all_read"),
        ("N", "toggle_read"),
        ("r", "refresh_corpus"),
        ("slash", "filter"),
        ("u", "choose_link"),
        ("g", "choose_order"),
        ("q", "quit"),
        ("question_mark", "help"),
    ],
)
def test_the_newsboat_preset_has_the_keys_of_newsboat(key: str, action: str) -> None:
    assert key in keymap_of("newsboat").keys_of(action)


def test_the_guide_lists_every_action_with_the_keys_of_every_preset() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.*) \| (.*) \| (.*) \|$", GUIDE.read_text(encoding="utf-8"), re.M)
    expected = [
        (action.id, *(_cell(keymap_of(preset).keys_of(action.id)) for preset in PRESETS))
        for action in ACTIONS
    ]
    assert rows == expected


def _cell(keys: tuple[str, ...]) -> str:
    return " ".join(f"`{shown(key)}`" for key in keys).replace("|", r"\|") or "palette"


def test_vim_has_the_keys_of_the_registry() -> None:
    assert keymap_of("vim") is VIM
