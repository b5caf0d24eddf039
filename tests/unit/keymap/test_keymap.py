"""What the user says about keys: what comes of it, and what is said about mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsreader.keymap.actions import ACTIONS
from newsreader.keymap.active import key_of, put_in_force
from newsreader.keymap.keymap import VIM, Keymap
from newsreader.keymap.presets import keymap_of
from newsreader.keymap.validation import ValidatedKeymap, judge
from newsreader.settings.model import load_settings


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def judged(path: Path, *lines: str) -> ValidatedKeymap:
    """What comes of these lines of the table; the first stands on line 2."""
    path.write_text("\n".join(["[keys]", *lines]), encoding="utf-8")
    settings, complaints, _ = load_settings(path)
    assert complaints == []
    return judge(settings.keys)


def keys(path: Path, line: str) -> dict[str, tuple[str, ...]]:
    """The actions that have other keys by this line than without it."""
    made = judged(path, line)
    assert [*made.complaints, *made.notices] == []
    return {
        id_: made.keymap.keys_of(id_)
        for id_, before in VIM.keys.items()
        if made.keymap.keys_of(id_) != before
    }


def test_the_default_keymap_is_vim(path: Path) -> None:
    assert judge(()) == ValidatedKeymap(VIM)
    assert judged(path).keymap == VIM


def test_keys_are_set_by_action_id(path: Path) -> None:
    assert keys(path, 'open_original = "b"') == {"open_original": ("b",)}
    assert keys(path, 'open_original = ["b", "ctrl+o", "b"]') == {"open_original": ("b", "ctrl+o")}
    assert keys(path, 'first = "g g"') == {"first": ("g g",)}
    assert keys(path, "zen = []") == {"zen": ()}


def test_a_user_key_overrides_the_preset(path: Path) -> None:
    assert keys(path, 'zen = "j"') == {"zen": ("j",), "cursor_down": ("down",)}
    assert keys(path, 'zen = "g z"') == {"zen": ("g z",), "first": ("home",)}


def test_an_action_left_without_a_key_is_reported(path: Path) -> None:
    made = judged(path, "", 'zen = "o"')
    assert made.keymap.keys_of("open_original") == ()
    assert made.complaints == []
    assert made.notices == [f"{path}:3: keys.zen: open_original has no key left; give it one of its own."]


def test_two_actions_can_swap_keys(path: Path) -> None:
    made = judged(path, 'star = "m"', 'toggle_read = "f"')
    assert (made.keymap.keys_of("star"), made.keymap.keys_of("toggle_read")) == (("m",), ("f",))
    assert [*made.complaints, *made.notices] == []


def test_the_first_of_two_colliding_user_keys_wins(path: Path) -> None:
    made = judged(path, 'star = "x"', 'zen = "x"', 'note = ["x", "ctrl+n"]')
    assert made.complaints == [
        f"{path}:3: keys.zen: x is left out; it is x, the key of star (line 2).",
        f"{path}:4: keys.note: x is left out; it is x, the key of star (line 2).",
    ]
    assert made.keymap.keys_of("star") == ("x",)
    assert made.keymap.keys_of("zen") == ("Z",)
    assert made.keymap.keys_of("note") == ("ctrl+n",)


def test_a_prefix_of_a_sequence_cannot_be_a_key(path: Path) -> None:
    made = judged(path, 'first = "g g"', 'star = "g"', 'last = ["g e", "g g x"]', 'zen = ["z", "z z"]')
    assert made.complaints == [
        f"{path}:3: keys.star: g is left out; it collides with g g, the key of first (line 2).",
        f"{path}:4: keys.last: g g x is left out; it collides with g g, the key of first (line 2).",
        f"{path}:5: keys.zen: z z is left out; it collides with z.",
    ]
    assert made.keymap.keys_of("star") == ("f",)
    assert made.keymap.keys_of("last") == ("g e",)
    assert made.keymap.begins_sequences == {"g"}


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('open_orignal = "o"', "keys.open_orignal is not an action; did you mean open_original?"),
        ('qqq = "o"', "keys.qqq is not an action; the help and `newsreader config` list them."),
        ('star = "ctrl+1"', "keys.star: “ctrl+1” cannot be sent by a terminal: ctrl goes with letters"),
        ('star = "\\u001b[2J"', "keys.star: "),
        ("star = 7", 'keys.star: a key such as "o", or a list of keys, is needed.'),
        ("star = [7]", "a list of keys, is needed."),
        ("star = {}", "a list of keys, is needed."),
        ('star = "ctrl+q"', "keys.star: ctrl+q always leaves the program."),
        ('star = "ctrl+q x"', "keys.star: ctrl+q always leaves the program."),
        ('quit = "ctrl+q x"', "keys.quit: ctrl+q always leaves the program."),
        ('preset = "emacs"', "keys.preset: one of vim, newsboat, plain is needed."),
        ("preset = 1", "keys.preset: one of vim, newsboat, plain is needed."),
    ],
)
def test_an_error_is_reported_with_its_line_and_changes_nothing(path: Path, line: str, words: str) -> None:
    made = judged(path, "# mine", line)
    assert made.keymap == VIM
    assert made.notices == []
    (complaint,) = made.complaints
    assert complaint.startswith(f"{path}:3: ")
    assert words in complaint
    assert complaint.isprintable()


def test_names_in_messages_are_sanitized(path: Path) -> None:
    (complaint,) = judged(path, "", '"\\u001b]0;x\\u0007\\u001b[2Jab" = "o"').complaints
    # The line of the table, where a name is written in a way that cannot be found again.
    assert complaint.startswith(f"{path}:1: keys.ab is not an action")


def test_one_invalid_key_of_several_is_ignored(path: Path) -> None:
    made = judged(path, 'star = ["ctrl+i", "x"]')
    assert made.keymap.keys_of("star") == ("x",)
    assert len(made.complaints) == 1


@pytest.mark.parametrize(
    ("line", "expected"),
    [('quit = "x"', ("x", "ctrl+q")), ("quit = []", ("ctrl+q",)), ('quit = "ctrl+q"', ("ctrl+q",))],
)
def test_ctrl_q_always_quits(path: Path, line: str, expected: tuple[str, ...]) -> None:
    made = judged(path, line)
    assert made.keymap.keys_of("quit") == expected
    assert made.complaints == []


def test_user_keys_are_combined_with_a_preset(path: Path) -> None:
    made = judged(path, 'zen = "N"', 'preset = "newsboat"')
    assert made.preset == "newsboat"
    assert made.keymap.keys_of("zen") == ("N",)
    assert made.keymap.keys_of("mark_all_read") == keymap_of("newsboat").keys_of("mark_all_read")
    assert made.notices == [f"{path}:2: keys.zen: toggle_read has no key left; give it one of its own."]


def test_line_numbers_are_found_in_the_table_of_keys(path: Path) -> None:
    path.write_text(
        'order = "new"\nfilter = 1\nkeys.undo = "x"\nkeys."filter" = "y"\nkeys.note="z"\n', encoding="utf-8"
    )
    settings, complaints, _ = load_settings(path)
    assert [(entry.place, entry.name, entry.value) for entry in settings.keys] == [
        (f"{path}:3", "undo", "x"),
        (f"{path}:4", "filter", "y"),
        (f"{path}:5", "note", "z"),
    ]
    assert len(complaints) == 1


def test_keys_that_are_no_table_are_reported(path: Path) -> None:
    path.write_text('\nkeys = "vim"\n', encoding="utf-8")
    settings, complaints, _ = load_settings(path)
    assert settings.keys == ()
    assert complaints == [f"{path}:2: keys: a table is needed, [keys], with a line for each action."]


def test_messages_name_the_active_keys() -> None:
    assert key_of("undo") == "ctrl+z"
    put_in_force(Keymap({**VIM.keys, "undo": ("g u",), "redo": (), "filter": ("slash", "x")}))
    assert key_of("undo") == "g u"
    assert key_of("redo") == "“Redo” (ctrl+p)"
    assert key_of("filter") == "/"
    put_in_force(Keymap({}))
    assert key_of("redo") == "“Redo”"


def test_every_action_has_a_key_by_default() -> None:
    assert all(VIM.keys_of(action.id) for action in ACTIONS)
