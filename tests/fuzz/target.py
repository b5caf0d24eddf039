"""A target of fuzzing: a parser, inputs to begin with, and what must hold whatever comes in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

_CONTROL: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_CONTROL_IN_BLOCK: Final = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


class Target(NamedTuple):
    """One parser.

    Attributes:
        name: On the command line.
        check: Read a case; an exception is a failure.
        seeds: Valid inputs.
        pieces: Of the grammar.
        share: Of the cases of a run, relative to other targets; cheap parsers have more.
        seconds: Of CPU that one case may take.

    """

    name: str
    check: Callable[[str], object]
    seeds: Sequence[str]
    pieces: Sequence[str] = ()
    share: int = 1
    seconds: float = 2.0


def require(holds: object, *found: object) -> None:
    """Fail with what was found unless something holds."""
    if not holds:
        raise AssertionError("; ".join(ascii(value)[:300] for value in found))


def require_line(text: str) -> None:
    """Fail unless a text is one line without control characters."""
    require(_CONTROL.search(text) is None, "a control character", text)


def require_block(text: str) -> None:
    """Fail unless a text is free of control characters other than line breaks."""
    require(_CONTROL_IN_BLOCK.search(text) is None, "a control character", text)


def require_safe(value: object) -> None:
    """Fail unless every text in a value, however deep, is free of control characters."""
    if isinstance(value, str):
        require_block(value)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            require_line(str(key))
            require_safe(inner)
    elif isinstance(value, list | tuple | set | frozenset):
        for inner in value:
            require_safe(inner)
