"""A file with front matter, after the text gate and before it is a record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from newsreader.domain.checks.problem import Defect


class Document(NamedTuple):
    """Keys and values of the front matter, the body below it, and what is wrong with them.

    `lines` gives the line, counted from 1, on which each top-level key stands. `front` is the text of the
    front matter from the end of its first fence on, which stands on `first_line`.
    """

    values: Mapping[str, Any]
    body: str
    defects: tuple[Defect, ...] = ()
    lines: Mapping[str, int] = {}
    front: str = ""
    first_line: int = 1
