"""Line numbers of keys and tables in the settings file, for error messages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from newsreader.domain.setting_values import KeyEntry

KEYS = "keys"
"""The table of keys."""

SOURCES = "sources"
"""The table of sources of fresh records."""

COMMAND = "command"
"""The array of tables of commands to which a story is passed."""

PLAY = "play"
"""The table of commands that play enclosures."""

RULE = "rule"
"""The array of tables of rules."""


class SourceEntry(NamedTuple):
    """A table in `sources` or of an array: its name, line and values, and the line of each value."""

    name: str
    line: int
    values: Any
    lines: Mapping[str, int]


def key_entries(table: Mapping[str, Any], text: str, path: Path) -> Iterator[KeyEntry]:
    """Return the entries of the table of keys."""
    start = line_of(KEYS, text)
    rest = _from_line(start, text)
    for name, value in table.items():
        line = start - 1 + line_of(name, rest, f"{KEYS}.")
        yield KeyEntry(f"{path}:{line}", name, tuple(value) if isinstance(value, list) else value)


def source_entries(table: Mapping[str, Any], text: str) -> Iterator[SourceEntry]:
    """Return the tables of sources."""
    start = line_of(SOURCES, text)
    rest = _from_line(start, text)
    for name, values in table.items():
        line = start - 1 + line_of(name, rest, f"{SOURCES}.")
        below = _from_line(line, text)
        keys = values if isinstance(values, dict) else {}
        lines = {key: line - 1 + line_of(key, below, f"{SOURCES}.{name}.") for key in keys}
        yield SourceEntry(name, line, values, lines)


def array_entries(name: str, tables: Sequence[Any], text: str) -> Iterator[SourceEntry]:
    """Return the tables `[[name]]` of an array."""
    import re

    header = re.compile(rf"\s*\[\[\s*[\"']?{re.escape(name)}[\"']?\s*\]\]")
    starts = [number for number, line in enumerate(text.splitlines(), 1) if header.match(line)]
    for number, values in enumerate(tables):
        # An array may also be written on one line: name = [{...}].
        line = starts[number] if number < len(starts) else line_of(name, text)
        below = _from_line(line, text)
        keys = values if isinstance(values, dict) else {}
        lines = {key: line - 1 + line_of(key, below) for key in keys}
        yield SourceEntry(f"{name} {number + 1}", line, values, lines)


def line_of(key: str, text: str, prefix: str = "") -> int:
    """Return the line number of a key or its table, from 1; 1 if it is not found."""
    import re

    start = re.compile(rf"[\s\[\"']*(?:{re.escape(prefix)})?[\"']?{re.escape(key)}(?![\w-])")
    for number, line in enumerate(text.splitlines(), start=1):
        if start.match(line):
            return number
    return 1


def _from_line(start: int, text: str) -> str:
    return "\n".join(text.splitlines()[start - 1 :])
