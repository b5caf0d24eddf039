"""JSON: one array, a value on each line, or lines of their own."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TextIO

from newsreader.domain.sanitize import clean_block

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(", ", ": "))


def write_json(values: Iterable[object], out: TextIO) -> None:
    """An array, one value a line."""
    start = "[\n"
    for text in _encoded(values, out):
        out.write(f"{start}{text}")
        start = ",\n"
    out.write("[]\n" if start == "[\n" else "\n]\n")


def write_lines(values: Iterable[object], out: TextIO) -> None:
    """JSON Lines: each value on a line."""
    for text in _encoded(values, out):
        out.write(f"{text}\n")


def write_value(value: object, out: TextIO) -> None:
    """One value over several lines, for people to read, too."""
    out.write(json.dumps(_shown(value) if out.isatty() else value, ensure_ascii=False, indent=2) + "\n")


def _encoded(values: Iterable[object], out: TextIO) -> Iterable[str]:
    return map(_ENCODER.encode, map(_shown, values) if out.isatty() else values)


def _shown(value: object) -> object:
    """The value with all text fit for a terminal; elsewhere JSON's own escapes keep it exact."""
    if isinstance(value, str):
        return clean_block(value)
    if isinstance(value, dict):
        return {clean_block(str(key)): _shown(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_shown(inner) for inner in value]
    return value
