"""Placeholders for values of a story in the arguments of a command.

A value is never split, and never becomes more than a part of the one argument in which its placeholder is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from newsreader.domain.errors import NewsreaderError

PLACEHOLDERS = {"u": "address", "a": "AMP page", "t": "title", "f": "file", "e": "enclosure"}
"""What each letter behind a percent sign stands for."""

_INTERPRETERS = re.compile(
    r"(?:.*[/\\])?"
    r"(?:(?:ba|z|da|k|c|tc|fi|a|nu)?sh|busybox|python[\d.]*|perl|ruby|node|cmd|powershell|pwsh)"
    r"(?:\.exe)?",
    re.IGNORECASE,
)
_CODE = re.compile(r"-[a-z]*[ce]|--(?:command|eval)|/[ck]|-command", re.IGNORECASE)

_PLACEHOLDER = re.compile(r"%(.?)", re.DOTALL)


class PlaceholderError(NewsreaderError):
    """An argument cannot be filled in; the message says why."""


def check_placeholders(arguments: Sequence[str]) -> None:
    """Check that every percent sign begins a placeholder, and that none is in the command itself or in code.

    Raises:
        PlaceholderError: one does not.

    """
    for number, argument in enumerate(arguments):
        for found in _PLACEHOLDER.finditer(argument):
            if found[1] != "%" and found[1] not in PLACEHOLDERS:
                known = ", ".join(f"%{letter} ({meaning})" for letter, meaning in PLACEHOLDERS.items())
                raise PlaceholderError(f"{found[0]} is no placeholder; there are {known} and %%")
            if number == 0 and found[1] != "%":
                raise PlaceholderError("the command itself cannot be a placeholder")
            if found[1] != "%" and _is_code(arguments, number):
                raise PlaceholderError(
                    f"{found[0]} in code could run what a title says; pass it as an argument behind it, "
                    'such as ["sh", "-c", "echo \\"$1\\"", "sh", "%t"]'
                )


def _is_code(arguments: Sequence[str], number: int) -> bool:
    """Whether an argument is the code of a shell or another interpreter."""
    before = arguments[:number]
    return bool(before and _CODE.fullmatch(before[-1]) and any(map(_INTERPRETERS.fullmatch, before)))


def fill(arguments: Sequence[str], values: Mapping[str, str]) -> tuple[str, ...]:
    """Replace the placeholders of each argument.

    Args:
        arguments: A command and its arguments, as `check_placeholders` accepts them.
        values: By the letter of the placeholder; empty or missing if the story has none.

    Raises:
        PlaceholderError: the story lacks a value, or one would begin an option of the command.

    """
    filled: list[str] = []
    for argument in arguments:
        result = _PLACEHOLDER.sub(lambda found: _value(found[1], values), argument)
        # What the user wrote may be an option; what a story contains must not become one.
        if result.startswith("-") and not argument.startswith("-") and "--" not in filled[1:]:
            raise PlaceholderError(
                f"The value of {argument} begins with “-”, which {filled[0]} could take for an option. "
                f'Put "--" before {argument} if {filled[0]} ends its options there.'
            )
        filled.append(result)
    return tuple(filled)


def _value(letter: str, values: Mapping[str, str]) -> str:
    if letter == "%":
        return "%"
    if value := values.get(letter, ""):
        return value
    raise PlaceholderError(f"This story has no {PLACEHOLDERS[letter]}.")
