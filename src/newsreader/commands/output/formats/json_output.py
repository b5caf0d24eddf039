"""JSON and JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TextIO

from newsreader.domain.sanitize import clean_block

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(", ", ": "))


def write_json(values: Iterable[object], out: TextIO) -> None:
    """Write an array, one value a line."""
    start = "[\n"
    for text in _encoded(values, out):
        out.write(f"{start}{text}")
        start = ",\n"
    out.write("[]\n" if start == "[\n" else "\n]\n")


def write_lines(values: Iterable[object], out: TextIO) -> None:
    """Write JSON Lines."""
    for text in _encoded(values, out):
        out.write(f"{text}\n")


def write_value(value: object, out: TextIO) -> None:
    """Write one value, indented."""
    out.write(json.dumps(_sanitized(value) if out.isatty() else value, ensure_ascii=False, indent=2) + "\n")


def _encoded(values: Iterable[object], out: TextIO) -> Iterable[str]:
    return map(_ENCODER.encode, map(_sanitized, values) if out.isatty() else values)


def _sanitized(value: object) -> object:
    """Sanitize all text in a value for a terminal."""
    if isinstance(value, str):
        return clean_block(value)
    if isinstance(value, dict):
        return {clean_block(str(key)): _sanitized(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_sanitized(inner) for inner in value]
    return value
