"""`newsreader config`: show the effective settings and their origins, or write an initial file."""

from __future__ import annotations

import re
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from newsreader.commands.support.arguments import CommandParser, parse_arguments
from newsreader.domain.errors import NewsreaderError
from newsreader.domain.external_command import ExternalCommand
from newsreader.domain.ranking import DAY
from newsreader.domain.rules import Rule
from newsreader.keymap.actions import ACTIONS
from newsreader.keymap.key_names import written
from newsreader.keymap.keymap import VIM, Keymap
from newsreader.keymap.presets import DEFAULT, PRESETS
from newsreader.keymap.validation import ValidatedKeymap, judge
from newsreader.settings import paths
from newsreader.settings.commands import EXAMPLE as COMMAND_EXAMPLE
from newsreader.settings.intervals import written_interval
from newsreader.settings.line_numbers import COMMAND, PLAY, RULE
from newsreader.settings.model import KEYS, SETTINGS, SOURCES, Loaded, Setting, Settings, load_settings
from newsreader.settings.rules import EXAMPLE as RULE_EXAMPLE
from newsreader.settings.sources import EXAMPLE, DeclaredSource

_HEADER = """\
# Settings of newsreader. Each line shows the default; take the # away to change it.
# What is wrong in this file is told with its line at the next start, or by `newsreader config`.
"""

_COMMANDS_HEADER = """
# Commands that the story can be passed to; repeat the table for each of them.

"""

_RULES_HEADER = """
# Rules: what is done with records that come in; repeat the table for each of them.

"""

_SOURCES_HEADER = """
# Sources of fresh records, which newsreader sync brings in. The corpus that one names is written to.
#
"""

_KEYS_HEADER = """
# Keys: a preset ({presets}), and below it keys of your own for single actions: one key, several, a
# sequence such as "g g", or [] for none. Take the # away from the next line, too.
# [keys]
# preset = {default}
"""


def parser() -> ArgumentParser:
    """Build the argument parser."""
    command = CommandParser(
        "config",
        "Show the settings that are in force, as the settings file has them, and where each comes from.",
        (("config", "all settings with their origins"), ("config --init", "write a file to begin with")),
    )
    command.add_argument("--init", action="store_true", help="write a file with every setting, commented out")
    return command


def run(arguments: Sequence[str]) -> int:
    """Show or write settings; return 1 if the settings file has an error."""
    options = parse_arguments(parser(), arguments)
    path = paths.config_file()
    return _init(path) if options.init else _show(path, load_settings(path))


def _show(path: Path, loaded: Loaded) -> int:
    there = "" if path.exists() else " (there is no such file; newsreader config --init writes one)"
    print(f"# {path}{there}")
    width = max(len(line) for line in _lines(loaded.settings))
    for setting, line in zip(SETTINGS, _lines(loaded.settings), strict=True):
        number = loaded.lines.get(setting.key)
        print(f"{line:<{width}}  # {'the default' if number is None else f'line {number}'}")
    validated = judge(loaded.settings.keys, loaded.settings.commands)
    _show_sources(loaded.settings.sources)
    _show_commands(loaded.settings.commands)
    _show_players(loaded.settings.players)
    _show_rules(loaded.settings.rules)
    _show_keys(validated)
    complaints = [*loaded.complaints, *validated.complaints]
    for message in (*complaints, *validated.notices):
        print(f"newsreader: {message}", file=sys.stderr)
    return 1 if complaints else 0


def _show_sources(sources: Sequence[DeclaredSource]) -> None:
    """Print the sources in the format of the file."""
    for source in sources:
        print(f"\n[{SOURCES}.{_name(source.name)}]  # line {source.line}")
        print(f"corpus = {_text(source.corpus)}\n{source.kind} = {_text(source.address)}")
        print(f"topics = {_text(source.topics)}")
        if source.quality is not None:
            print(f"quality = {source.quality}")
        print(f"folder = {_text(source.folder)}")
        print(f"published = {_text(source.published)}\nenabled = {_text(source.enabled)}")
        if source.refresh is not None:
            print(f"refresh = {_text(written_interval(source.refresh))}")


def _show_commands(commands: Sequence[ExternalCommand]) -> None:
    """Print the commands in the format of the file."""
    for command in commands:
        print(f"\n[[{COMMAND}]]  # line {command.place.rpartition(':')[2]}\nname = {_text(command.name)}")
        print(f"key = {_text(command.key)}\nrun = {_text(command.run)}")
        if command.input is not None:
            print(f"input = {_text(command.input)}")
        print(f"foreground = {_text(command.foreground)}")


def _show_players(players: Sequence[tuple[str, ExternalCommand]]) -> None:
    """Print the commands that play enclosures in the format of the file."""
    if players:
        print(f"\n[{PLAY}]")
    for pattern, command in players:
        print(f"{_text(pattern)} = {_text(command.run)}  # line {command.place.rpartition(':')[2]}")


def _show_rules(rules: Sequence[Rule]) -> None:
    """Print the rules in the format of the file."""
    for rule in rules:
        print(f"\n[[{RULE}]]  # line {rule.place.rpartition(':')[2]}\nwhen = {_text(rule.when)}")
        print(f"then = {_text(rule.actions)}")


def _name(name: str) -> str:
    """Format a TOML key; quote it if necessary."""
    return name if re.fullmatch("[A-Za-z0-9_-]+", name) else _text(name)


def _show_keys(validated: ValidatedKeymap) -> None:
    """Print the active keys in the format of the file."""
    print(f"\n[{KEYS}]\npreset = {_text(validated.preset)}")
    lines = [_key_line(action.id, validated.keymap) for action in ACTIONS]
    width = max(map(len, lines))
    for action, line in zip(ACTIONS, lines, strict=True):
        own = validated.own.get(action.id)
        origin = f"preset {validated.preset}" if validated.preset != DEFAULT else "the default"
        if own is not None:
            origin = f"line {own.place.rpartition(':')[2]}"
        print(f"{line:<{width}}  # {origin}")


def _key_line(action_id: str, keymap: Keymap) -> str:
    """Format the keys of an action for the file."""
    return f"{action_id} = {_text([written(keys) for keys in keymap.keys_of(action_id)])}"


def _init(path: Path) -> int:
    defaults = zip(SETTINGS, _lines(Settings()), strict=True)
    text = _HEADER + "".join(f"\n# {setting.about}\n# {line}\n" for setting, line in defaults)
    text += _SOURCES_HEADER + "".join(f"# {line}\n" for line in EXAMPLE.splitlines())
    text += _COMMANDS_HEADER + "".join(f"# {line}\n" for line in COMMAND_EXAMPLE.splitlines())
    text += _RULES_HEADER + "".join(f"# {line}\n" for line in RULE_EXAMPLE.splitlines())
    text += _KEYS_HEADER.format(presets=", ".join(PRESETS), default=_text(DEFAULT))
    text += "".join(f"\n# {VIM.help_of(action)}\n# {_key_line(action.id, VIM)}\n" for action in ACTIONS)
    if path.exists():
        raise NewsreaderError(f"{path} is there already; it was not changed.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise NewsreaderError(f"{path}: cannot be written ({error.strerror}).") from error
    print(path)
    return 0


def _lines(settings: Settings) -> Iterator[str]:
    """Format each setting for the file."""
    for setting in SETTINGS:
        yield f"{setting.key} = {literal(setting, settings)}"


def literal(setting: Setting, settings: Settings) -> str:
    """Format the value of a setting as TOML."""
    value = getattr(settings, setting.field)
    if setting.field == "refresh":
        value = written_interval(value)
    if setting.field == "half_life":
        return f"{value / DAY:g}"
    if value is None:
        return '""' if setting.field == "density" else '"off"'
    if isinstance(value, Mapping):
        pairs = ", ".join(f"{_text(name)} = {_text(entry)}" for name, entry in value.items())
        return f"{{ {pairs} }}" if pairs else "{}"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:g}"
    return _text(value)


def _text(value: object) -> str:
    """Format a string or a list of strings as TOML."""
    import json  # TOML's basic strings, and lists of them, are those of JSON

    return json.dumps(value, ensure_ascii=False)
