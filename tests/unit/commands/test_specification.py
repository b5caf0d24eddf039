"""`newsreader --spec` says what parsers, help, filter and settings say."""

from __future__ import annotations

import json
from typing import Any

import pytest

from newsreader import __version__
from newsreader.cli import main
from newsreader.commands.output.schemas import SCHEMA_NAMES
from newsreader.commands.registry import COMMANDS
from newsreader.domain.query import parse
from newsreader.domain.query.fields import FIELDS
from newsreader.keymap.actions import ACTIONS, PROMPT_ACTIONS
from newsreader.keymap.presets import PRESETS
from newsreader.settings.model import SETTINGS


@pytest.fixture
def specification(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    assert main(["--spec"]) == 0
    return dict(json.loads(capsys.readouterr().out))


def test_it_has_a_version_and_every_entry_of_the_registries(specification: dict[str, Any]) -> None:
    assert (specification["specification"], specification["version"]) == (1, __version__)
    assert [command["name"] for command in specification["commands"]] == [one.name for one in COMMANDS]
    assert [field["name"] for field in specification["filter"]["fields"]] == list(FIELDS)
    assert [action["id"] for action in specification["actions"]] == [action.id for action in ACTIONS]
    assert [one["id"] for one in specification["promptCommands"]] == [one.id for one in PROMPT_ACTIONS]
    assert [one["name"] for one in specification["settings"]] == [setting.key for setting in SETTINGS]
    assert list(specification["schemas"]) == list(SCHEMA_NAMES)
    assert {status["status"] for status in specification["exitStatuses"]} == {0, 1, 2, 130, 141}


def test_a_command_tells_options_examples_and_json(specification: dict[str, Any]) -> None:
    commands = {command["name"]: command for command in specification["commands"]}
    sort = next(option for option in commands["list"]["arguments"] if "--sort" in option["flags"])
    assert "quality" in sort["choices"]
    assert commands["list"]["json"][0] == {"options": "--format json", "shape": "array", "schema": "record"}
    assert commands["list"]["examples"][0]["command"].startswith("newsreader list")
    assert [action["name"] for action in commands["marks"]["actions"]] == ["marks export", "marks import"]
    assert commands["marks"]["actions"][0]["json"][0]["schema"] == "mark"
    assert any("--filter" in option["flags"] for option in specification["arguments"])


def test_the_operators_of_the_filter_are_those_that_it_accepts(specification: dict[str, Any]) -> None:
    fields = {field["name"]: field for field in specification["filter"]["fields"]}
    assert fields["quality"]["operators"] == [":", "=", "<", "<=", ">", ">="]
    assert fields["topic"]["operators"] == [":", "=", ":="]
    assert "unread" in fields["is"]["values"]
    assert "amp" in fields["has"]["values"]
    assert "new" in fields["sort"]["values"]
    for field in fields.values():
        parse(field["example"])
        for operator in field["operators"]:
            value = (
                field["values"][0]
                if field["values"]
                else {"newer": "7d", "older": "7d"}.get(field["name"], "2021")
            )
            parse(f"{field['name']}{operator}{value}")


def test_keys_are_told_for_each_preset(specification: dict[str, Any]) -> None:
    actions = {action["id"]: action for action in specification["actions"]}
    assert actions["filter"]["keys"]["vim"] == ["/"]
    assert all(list(action["keys"]) == list(PRESETS) for action in actions.values())


def test_settings_have_a_type_a_default_and_a_meaning(specification: dict[str, Any]) -> None:
    settings = {setting.pop("name"): setting for setting in specification["settings"]}
    assert settings["watch"] == {
        "type": "true or false",
        "default": "true",
        "meaning": "show changes of files without R",
    }
    assert settings["half_life_days"]["type"] == "a number of days between 0.01 and 10000"
    assert all(one["type"] and "needed" not in one["type"] for one in settings.values())


def test_other_options_are_checked_as_ever(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--spec", "--no-such-option"])
    assert "--no-such-option" in capsys.readouterr().err
