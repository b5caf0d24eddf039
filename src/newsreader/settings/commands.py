"""The tables `[[command]]` and `[play]` of the settings: commands to which a story is passed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from newsreader.domain.external_command import ExternalCommand, StoryForm
from newsreader.domain.placeholders import PlaceholderError, check_placeholders
from newsreader.domain.sanitize import clean_line
from newsreader.settings.line_numbers import PLAY, SourceEntry, line_of

EXAMPLE = """\
[[command]]
name = "Save to Wallabag"    # in the palette and the help
key = "ctrl+e"    # optional
run = ["wallabag", "add", "%u"]    # %u address, %a AMP page, %t title, %e enclosure, %f file of the record
input = "markdown"    # optional: the story on standard input, as markdown, html or json
foreground = false    # true for a command that needs the terminal
"""
"""An example of a command."""

_LONGEST_NAME = 60


class _InvalidCommandError(Exception):
    """The value is invalid; the message says what is needed."""


def _name(value: Any) -> str:
    if isinstance(value, str) and (
        name := clean_line(value.translate({123: None, 125: None}), _LONGEST_NAME)
    ):
        return name
    raise _InvalidCommandError("a name is needed")


def _run(value: Any) -> tuple[str, ...]:
    if not (isinstance(value, list) and value and all(isinstance(part, str) and part for part in value)):
        raise _InvalidCommandError('a list of a command and its arguments is needed, such as ["mpv", "%u"]')
    try:
        check_placeholders(value)
    except PlaceholderError as error:
        raise _InvalidCommandError(str(error)) from error
    return tuple(value)


def _key(value: Any) -> str:
    if isinstance(value, str):
        return value
    raise _InvalidCommandError('a key is needed, such as "ctrl+e"')


def _form(value: Any) -> StoryForm:
    if value in tuple(StoryForm):
        return StoryForm(value)
    raise _InvalidCommandError(f"one of {', '.join(StoryForm)} is needed")


def _switch(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise _InvalidCommandError("true or false is needed")


_READ: Mapping[str, Callable[[Any], object]] = {
    "name": _name,
    "run": _run,
    "key": _key,
    "input": _form,
    "foreground": _switch,
}


def read_commands(
    entries: Iterable[SourceEntry], path: Path
) -> tuple[tuple[ExternalCommand, ...], list[str]]:
    """Parse the commands. Return the valid ones, and a message for each error."""
    commands: list[ExternalCommand] = []
    complaints: list[str] = []
    for entry in entries:
        mistakes: list[str] = []
        fields: dict[str, Any] = {}
        values = entry.values if isinstance(entry.values, dict) else {}
        for key, value in values.items():
            spot = f"{path}:{entry.lines[key]}: command.{clean_line(key, _LONGEST_NAME)}"
            if key not in _READ:
                near = get_close_matches(key, _READ, n=1)
                hint = f"did you mean {near[0]}?" if near else f"known keys are {', '.join(_READ)}."
                mistakes.append(f"{spot} is not a key of commands; {hint}")
                continue
            try:
                fields[key] = _READ[key](value)
            except _InvalidCommandError as error:
                mistakes.append(f"{spot}: {error}.")
        place = f"{path}:{entry.line}"
        if "run" in fields:
            fields.setdefault("name", clean_line(" ".join(fields["run"]), _LONGEST_NAME))
            commands.append(ExternalCommand(**fields, place=place))
        elif "run" not in values:
            mistakes.append(f'{place}: command: run is needed, such as run = ["mpv", "%u"].')
        complaints += mistakes
    return tuple(commands), complaints


def read_players(
    table: Mapping[str, Any], text: str, path: Path
) -> tuple[tuple[tuple[str, ExternalCommand], ...], list[str]]:
    """Parse the commands that play enclosures, by patterns of media types such as `audio/*`.

    Return the valid ones in the order of the file, and a message for each error.
    """
    players: list[tuple[str, ExternalCommand]] = []
    complaints: list[str] = []
    for pattern, value in table.items():
        place = f"{path}:{line_of(pattern, text, f'{PLAY}.')}"
        try:
            run = _run(value)
        except _InvalidCommandError as error:
            complaints.append(f"{place}: {PLAY}.{clean_line(pattern, _LONGEST_NAME)}: {error}.")
        else:
            name = clean_line(run[0], _LONGEST_NAME)
            players.append((pattern.lower(), ExternalCommand(name, run, place=place)))
    return tuple(players), complaints
