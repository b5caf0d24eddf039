"""Parse TOML metadata (`+++`)."""

from __future__ import annotations

import re
import tomllib
from itertools import islice
from typing import Any

from newsreader.corpus.formats.bounds import LONGEST, bounded
from newsreader.domain.checks.problem import Defect
from newsreader.domain.sanitize import clean_line

RULE = "invalid-toml"

_MOST_LINES = 1_000
"""Most lines of broken TOML that are parsed one by one."""

_LINE_RE = re.compile(r"\(at line (\d+), column \d+\)$")
# Dotted keys take quadratic time, and each opening bracket a level of recursion.
_LONG_KEY_RE = re.compile(r"^[^=\n#\"']*(?:\.[^=\n#\"'.]*){32}", re.MULTILINE)
_STATEMENT_RE = re.compile(r"^[ \t]*[\w.\"'-]+[ \t]*=[ \t]*\S.*$", re.MULTILINE)
_TABLE_RE = re.compile(r"^[ \t]*\[", re.MULTILINE)


def parse_toml(front: str, offset: int, defects: list[Defect]) -> dict[str, Any]:
    """Parse TOML whose first line stands on line `offset`; of broken TOML, what its sound lines say."""
    if len(front) > LONGEST or _LONG_KEY_RE.search(front):
        defects.append(Defect(offset, "not valid TOML: longer than any real metadata", RULE))
        return {}
    try:
        return dict(bounded(tomllib.loads(front)))
    except (ValueError, RecursionError) as error:
        reason = str(error)
        found = _LINE_RE.search(reason)
        line = (
            int(found[1]) if found else front.rstrip().count("\n") + 1 if "end of document" in reason else 1
        )
        words = clean_line(_LINE_RE.sub("", reason), 200) or type(error).__name__
        defects.append(Defect(offset + line - 1, f"not valid TOML: {words}", RULE))
    return _sound_lines(front)


def _sound_lines(front: str) -> dict[str, Any]:
    table = _TABLE_RE.search(front)
    values: dict[str, Any] = {}
    for line in islice(_STATEMENT_RE.finditer(front, 0, table.start() if table else len(front)), _MOST_LINES):
        try:
            values.update(bounded(tomllib.loads(line[0])))
        except (ValueError, RecursionError):
            continue
    return values
