"""`newsreader config`: the settings that are in force, where each comes from, and a file to begin with."""

from __future__ import annotations

import re
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from newsreader.commands.support.arguments import CommandParser, parse_arguments
from newsreader.domain.errors import NewsreaderError
from newsreader.domain.ranking import DAY
from newsreader.keymap.actions import ACTIONS
from newsreader.keymap.key_names import written
from newsreader.keymap.keymap import VIM, Keymap
from newsreader.keymap.presets import DEFAULT, PRESETS
from newsreader.keymap.validation import ValidatedKeymap, judge
from newsreader.settings import paths
from newsreader.settings.model import KEYS, SETTINGS, SOURCES, Loaded, Setting, Settings, load_settings
from newsreader.settings.sources import EXAMPLE, DeclaredSource

_HEAD = """\
# Settings of newsreader. Each line shows the default; take the # away to change it.
# What is wrong in this file is told with its line at the next start, or by `newsreader config`.
"""

_SOURCES_HEAD = """
# Sources of fresh records, which newsreader sync brings in. The corpus that one names is written to.
#
"""

_KEYS_HEAD = """
# Keys: a preset ({presets}), and below it keys of your own for single actions: one key, several, a
# sequence such as "g g", or [] for none. Take the # away from the next line, too.
# [keys]
# preset = {default}
"""


def parser() -> ArgumentParser:
    """The command line."""
    command = CommandParser(
        "config",
        "Show the settings that are in force, as the settings file has them, and where each comes from.",
        (("config", "all settings with their origins"), ("config --init", "write a file to begin with")),
    )
    command.add_argument("--init", action="store_true", help="write a file with every setting, commented out")
    return command


def run(arguments: Sequence[str]) -> int:
    """Do what the command line asks for.

    Returns:
        The exit status: 0, or 1 where the settings file has a mistake.

    """
    options = parse_arguments(parser(), arguments)
    path = paths.config_file()
    return _begin(path) if options.init else _show(path, load_settings(path))


def _show(path: Path, loaded: Loaded) -> int:
    there = "" if path.exists() else " (there is no such file; newsreader config --init writes one)"
    print(f"# {path}{there}")
    width = max(len(line) for line in _lines(loaded.settings))
    for setting, line in zip(SETTINGS, _lines(loaded.settings), strict=True):
        number = loaded.lines.get(setting.key)
        print(f"{line:<{width}}  # {'the default' if number is None else f'line {number}'}")
    judged = judge(loaded.settings.keys)
    _show_sources(loaded.settings.sources)
    _show_keys(judged)
    complaints = [*loaded.complaints, *judged.complaints]
    for words in (*complaints, *judged.notices):
        print(f"newsreader: {words}", file=sys.stderr)
    return 1 if complaints else 0


def _show_sources(sources: Sequence[DeclaredSource]) -> None:
    """The sources of fresh records, as the file could have them."""
    for source in sources:
        print(f"\n[{SOURCES}.{_name(source.name)}]  # line {source.line}")
        print(f"corpus = {_text(source.corpus)}\n{source.kind} = {_text(source.address)}")
        print(f"topics = {_text(source.topics)}")
        if source.quality is not None:
            print(f"quality = {source.quality}")
        print(f"folder = {_text(source.folder)}")
        print(f"published = {_text(source.published)}\nenabled = {_text(source.enabled)}")


def _name(name: str) -> str:
    """A key in TOML: one with a full stop or other letters has to be quoted."""
    return name if re.fullmatch("[A-Za-z0-9_-]+", name) else _text(name)


def _show_keys(judged: ValidatedKeymap) -> None:
    """The keys in force, as the file could have them."""
    print(f"\n[{KEYS}]\npreset = {_text(judged.preset)}")
    lines = [_key_line(action.id, judged.keymap) for action in ACTIONS]
    width = max(map(len, lines))
    for action, line in zip(ACTIONS, lines, strict=True):
        own = judged.own.get(action.id)
        origin = f"preset {judged.preset}" if judged.preset != DEFAULT else "the default"
        if own is not None:
            origin = f"line {own.place.rpartition(':')[2]}"
        print(f"{line:<{width}}  # {origin}")


def _key_line(action_id: str, keymap: Keymap) -> str:
    """The keys of an action as the file has them."""
    return f"{action_id} = {_text([written(keys) for keys in keymap.keys_of(action_id)])}"


def _begin(path: Path) -> int:
    defaults = zip(SETTINGS, _lines(Settings()), strict=True)
    text = _HEAD + "".join(f"\n# {setting.about}\n# {line}\n" for setting, line in defaults)
    text += _SOURCES_HEAD + "".join(f"# {line}\n" for line in EXAMPLE.splitlines())
    text += _KEYS_HEAD.format(presets=", ".join(PRESETS), default=_text(DEFAULT))
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
    """Each setting as the file has it."""
    for setting in SETTINGS:
        yield f"{setting.key} = {_literal(setting, settings)}"


def _literal(setting: Setting, settings: Settings) -> str:
    """The value of a setting in TOML."""
    value = getattr(settings, setting.field)
    if setting.field == "half_life":
        return f"{value / DAY:g}"
    if value is None:
        return '"off"'
    if isinstance(value, Mapping):
        pairs = ", ".join(f"{_text(name)} = {_text(entry)}" for name, entry in value.items())
        return f"{{ {pairs} }}" if pairs else "{}"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:g}"
    return _text(value)


def _text(value: object) -> str:
    """A text, or a list of texts, in TOML."""
    import json  # TOML's basic strings, and lists of them, are those of JSON

    return json.dumps(value, ensure_ascii=False)
