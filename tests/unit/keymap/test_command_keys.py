"""Keys of the commands that the user declares."""

from __future__ import annotations

from newsreader.domain.external_command import ExternalCommand
from newsreader.domain.setting_values import KeyEntry
from newsreader.keymap.action import Group
from newsreader.keymap.help_content import help_sections
from newsreader.keymap.validation import judge

PLAY = ExternalCommand("Play", ("mpv", "%u"), "ctrl+e", place="config.toml:3")


def test_a_command_is_an_action_with_its_key_and_help() -> None:
    judged = judge([], [PLAY, ExternalCommand("Print {x}", ("lp", "{y}"))])
    play, print_ = judged.keymap.own
    assert (judged.complaints, judged.notices) == ([], [])
    assert (play.id, play.call, play.group) == ("command_0", "external(0)", Group.COMMANDS)
    assert judged.keymap.keys_of("command_0") == ("ctrl+e",)
    assert judged.keymap.keys_of("command_1") == ()
    assert judged.keymap.help_of(print_) == "Pass the story to lp (y)."
    sections = {section.title: section for section in help_sections(judged.keymap, "Here", [Group.LIST])}
    assert [entry.text for entry in sections["Your commands"].entries] == [play.help, print_.help]
    without = help_sections(judge([]).keymap, "Here", [Group.LIST])
    assert "Your commands" not in [section.title for section in without]


def test_a_key_of_a_command_is_taken_from_the_preset_and_that_is_told() -> None:
    judged = judge([], [PLAY._replace(key="o")])
    assert judged.keymap.keys_of("open_original") == ()
    assert judged.notices == [
        "config.toml:3: command “Play”: open_original has no key left; give it one of its own."
    ]


def test_keys_of_the_table_come_first_and_two_commands_cannot_share_one() -> None:
    entry = KeyEntry("config.toml:9", "star", "ctrl+e")
    judged = judge(
        [entry], [PLAY, PLAY._replace(name="Two", key="f5"), PLAY._replace(name="Three", key="f5")]
    )
    assert judged.keymap.keys_of("star") == ("ctrl+e",)
    assert judged.keymap.keys_of("command_0") == ()
    assert judged.complaints == [
        "config.toml:3: command “Play”: ctrl+e is left out; it is ctrl+e, the key of star (line 9).",
        "config.toml:3: command “Three”: f5 is left out; it is f5, the key of command “Two” (line 3).",
    ]
    assert "cannot be sent by a terminal" in judge([], [PLAY._replace(key="ctrl+1")]).complaints[0]
