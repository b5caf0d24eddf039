"""Parse unfenced metadata: `Key: value` headers up to the first blank line, and Logseq's `key:: value`."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

MOST_LINES = 200
"""Most lines of headers; the longest seen have 15."""

_HEADER_RE = re.compile(r"([A-Za-z][A-Za-z0-9_ -]{0,40}):(?:[ \t]+(.*)|)$")
_PROPERTY_RE = re.compile(r"(?:- )?([A-Za-z][A-Za-z0-9_./ -]{0,40}):: ?(.*)$")
_TELLING = frozenset(
    ("title", "date", "author", "authors", "tags", "category", "slug", "summary", "description", "created")
)
"""Without one of these keys, lines with colons are prose."""


class Parsed(NamedTuple):
    """The values, the lines of their keys counted from 0, and where in the text the body begins."""

    values: dict[str, Any]
    lines: dict[str, int]
    end: int


def parse_headers(text: str) -> Parsed | None:
    """Parse `Key: value` lines as Pelican and MultiMarkdown do; None where the text begins otherwise.

    An indented line continues the value above it. A key that stands twice has a list of values.
    """
    values: dict[str, Any] = {}
    lines: dict[str, int] = {}
    key = ""
    place = 0
    for number in range(MOST_LINES):
        end = text.find("\n", place)
        line = text[place : end if end >= 0 else len(text)].rstrip()
        following = end + 1 if end >= 0 else len(text)
        if not line or (values and line in ("---", "...")):
            return Parsed(values, lines, following) if _is_metadata(values) else None
        if key and line[:1] in " \t":
            values[key] = _continued(values[key], line.strip())
        elif found := _HEADER_RE.match(line):
            key = found[1].strip()
            value = (found[2] or "").strip()
            values[key] = [*_as_list(values[key]), value] if key in values else value
            lines.setdefault(key, number)
        else:
            return None
        place = following
    return None


def parse_properties(text: str) -> Parsed | None:
    """Parse the `key:: value` lines that begin a page of Logseq; None where there are none."""
    values: dict[str, Any] = {}
    lines: dict[str, int] = {}
    place = 0
    for number in range(MOST_LINES):
        end = text.find("\n", place)
        line = text[place : end if end >= 0 else len(text)].rstrip()
        found = _PROPERTY_RE.match(line) or (_PROPERTY_RE.match(line.strip()) if values else None)
        if not found:
            break
        values[found[1].strip()] = found[2].strip()
        lines.setdefault(found[1].strip(), number)
        place = end + 1 if end >= 0 else len(text)
        if end < 0:
            break
    return Parsed(values, lines, place) if values else None


def _is_metadata(values: dict[str, Any]) -> bool:
    return any(key.lower() in _TELLING for key in values)


def _continued(value: Any, more: str) -> Any:
    if isinstance(value, list):
        return [*value[:-1], f"{value[-1]} {more}".strip()]
    return f"{value} {more}".strip()


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
