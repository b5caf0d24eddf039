"""Commands at the prompt: their table, parsing what was typed, and their help."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from newsreader.domain.errors import NewsreaderError
from newsreader.domain.mark_changes import LONGEST_NOTE
from newsreader.domain.sanitize import clean_line, shorten
from newsreader.domain.suggest import suggest
from newsreader.keymap.action import NUMBERS
from newsreader.keymap.actions import PROMPT_ACTIONS, PromptAction, PromptGroup

_SIGNS = "/+!?#"
"""Letters that may stand right before what follows them, whatever that is."""

_LETTER_AND_NUMBER = re.compile(r"([A-Za-z])(?=[0-9])")
_NUMBERS = re.compile(r"([0-9]{1,9})(?:-([0-9]{1,9}))?")
_SHOWN = 60
"""Characters of what was typed in a message about it."""

MOST = 1_000
"""Rows that one command may name; more are meant by a filter and `M`."""


BY_FORM = {form: command for command in PROMPT_ACTIONS for form in command.forms}
"""Commands by each of their letters and words."""

BY_ID = {command.id: command for command in PROMPT_ACTIONS}

_HEAD = (
    "Type a command and enter. A number reads the story of that row; numbers that stand behind u or r in a "
    "story are typed with that letter."
)
_FOOT = f"{NUMBERS} are rows such as 3 or 2-5 9; without them the story that is open is meant."


class RefusedError(NewsreaderError):
    """What was typed cannot be done; the message says why and what can."""


class Request(NamedTuple):
    """A command, and the text behind it."""

    command: PromptAction
    rest: str = ""


def read_request(typed: str) -> Request:
    """What a line asks for.

    Raises:
        RefusedError: there is no such command.

    """
    line: str = clean_line(typed, LONGEST_NOTE)
    if not line:
        return Request(BY_ID["next_page"])
    if line[0].isdecimal():
        return Request(BY_ID["read"], line)
    if line[0] in _SIGNS:
        return Request(BY_FORM[line[0]], line[1:].strip())
    if found := _LETTER_AND_NUMBER.match(line):
        line = f"{found[1]} {line[1:]}"
    word, _, rest = line.partition(" ")
    second, _, further = rest.strip().partition(" ")
    if command := BY_FORM.get(f"{word} {second}".lower()):
        return Request(command, further.strip())
    command = BY_FORM.get(word) or (BY_FORM.get(word.lower()) if len(word) > 1 else None)
    if command is None:
        raise RefusedError(f"There is no command “{shorten(word, _SHOWN)}”. {_hint(word)}")
    return Request(command, rest.strip())


def read_number(text: str) -> int:
    """The one number that a text is.

    Raises:
        RefusedError: it is none.

    """
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise RefusedError(
            f"A number is needed in place of “{shorten(text, _SHOWN)}”." if text else "A number is needed."
        )
    return int(text)


def read_numbers(text: str) -> list[int]:
    """The numbers in a text such as `2-5 9`, each once.

    Raises:
        RefusedError: it is anything else, or far too many.

    """
    numbers: dict[int, None] = {}
    for part in re.split(r"[\s,]+", text):
        found = _NUMBERS.fullmatch(part)
        if found is None:
            raise RefusedError(f"Numbers such as 3 or 2-5 are needed in place of “{shorten(part, _SHOWN)}”.")
        first, last = int(found[1]), int(found[2] or found[1])
        if last - first >= MOST or len(numbers) >= MOST:
            raise RefusedError(f"At most {MOST:,} stories can be named at once.")
        numbers |= dict.fromkeys(range(first, last + 1))
    if not numbers:
        raise RefusedError("The first number of a range is the smaller one, such as 2-5.")
    return list(numbers)


def find_command(text: str) -> PromptAction:
    """The command of that letter or name.

    Raises:
        RefusedError: there is none.

    """
    command = BY_FORM.get(text) or BY_FORM.get(text.lower())
    if command is None:
        raise RefusedError(f"There is no command “{shorten(text, _SHOWN)}”. {_hint(text)}")
    return command


def _hint(word: str) -> str:
    hint = suggest(word, [form for form in BY_FORM if len(form) > 1])
    return f"{hint} A question mark lists all commands.".lstrip()


def letter_of(action: str) -> str:
    """What is typed for an action: its letter, or its word if it has none."""
    command = BY_ID[action]
    return command.letter or command.name


def all_commands() -> Iterator[str]:
    """Every command, by groups."""
    yield _HEAD
    for group in PromptGroup:
        yield ""
        yield group
        yield from (one_command(command) for command in PROMPT_ACTIONS if command.group is group)
    yield ""
    yield _FOOT


def one_command(command: PromptAction) -> str:
    """How a command is typed, and what it does."""
    argument = f" {command.argument}" if command.argument else ""
    return f"{', '.join(command.forms)}{argument}: {command.help}"
