"""Parse JSON metadata (`{ … }`, `---json`, `;;;`)."""

from __future__ import annotations

import json
import re
from itertools import islice
from typing import Any, NamedTuple

from newsreader.corpus.formats.bounds import LONGEST, bounded
from newsreader.domain.checks.problem import Defect
from newsreader.domain.sanitize import clean_line

RULE = "invalid-json"

OPENING_RE = re.compile(r"\{\s*(?:\"|\}[ \t]*(?:\n|\Z))")
"""How a JSON object at the start of a file begins; `{%` and `{{` begin templates."""

_MOST_LINES = 1_000
_MEMBER_RE = re.compile(r"^[ \t{]*(\"[^\"\\\n]{1,80}\")[ \t]*:[ \t]*(.*?)[ \t]*,?[ \t]*$", re.MULTILINE)
_CLOSING_RE = re.compile(r"^\}[ \t]*$", re.MULTILINE)


class Parsed(NamedTuple):
    """The values of an object, and where in the text it ends."""

    values: dict[str, Any]
    end: int


def parse_json(text: str, offset: int, defects: list[Defect]) -> Parsed:
    """Parse the object that begins a text whose first line is `offset`; of a broken one, its sound lines."""
    try:
        values, end = _DECODER.raw_decode(text)
        if end > LONGEST:
            raise ValueError("longer than any real metadata")
        return Parsed(dict(bounded(values)), end)
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 1
        words = error.msg if isinstance(error, json.JSONDecodeError) else str(error) or type(error).__name__
        defects.append(Defect(offset + line - 1, f"not valid JSON: {clean_line(words, 200)}", RULE))
    closing = _CLOSING_RE.search(text)
    end = closing.end() if closing else len(text)
    return Parsed(_sound_lines(text[: min(end, LONGEST)]), end)


def _sound_lines(text: str) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for member in islice(_MEMBER_RE.finditer(text), _MOST_LINES):
        try:
            values[json.loads(member[1])] = bounded(_DECODER.decode(member[2]))
        except (ValueError, RecursionError):
            continue
    return values


_DECODER = json.JSONDecoder(parse_constant=str, strict=False)
