"""Find text in laid out lines, also across line breaks."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from newsreader.render.headline_row import Line, Span


class Piece(NamedTuple):
    """A span of one line."""

    line: int
    start: int
    end: int


Hit = tuple[Piece, ...]
"""A match: one piece per line."""


def find(lines: Sequence[Line], words: str) -> list[Hit]:
    """Find consecutive words, ignoring case and white space."""
    wanted = r"\s+".join(re.escape(word) for word in words.split())
    if not wanted:
        return []
    texts = ["".join(span.text for span in line) for line in lines]
    starts = [0, *accumulate(len(text) + 1 for text in texts)]
    return [
        tuple(_pieces(texts, starts, found.start(), found.end()))
        for found in re.finditer(wanted, "\n".join(texts), re.IGNORECASE)
    ]


def highlighted(line: Line, marks: Mapping[tuple[int, int], str]) -> Line:
    """Change the roles of spans of a line; of overlapping marks, the first one wins."""
    ordered = sorted(marks.items())
    edges = sorted({edge for pair in marks for edge in pair})
    spans: list[Span] = []
    position = number = 0
    for text, role in line:
        end = position + len(text)
        inside = edges[bisect_right(edges, position) : bisect_left(edges, end)]
        for low, high in pairwise([position, *inside, end]):
            while number < len(ordered) and ordered[number][0][1] <= low:
                number += 1
            is_marked = number < len(ordered) and ordered[number][0][0] <= low
            spans.append(
                Span(text[low - position : high - position], ordered[number][1] if is_marked else role)
            )
        position = end
    return tuple(spans)


def _pieces(texts: Sequence[str], starts: Sequence[int], begin: int, end: int) -> list[Piece]:
    first = bisect_right(starts, begin) - 1
    last = bisect_right(starts, end - 1) - 1
    cut = [
        Piece(line, max(begin - starts[line], 0), min(end - starts[line], len(texts[line])))
        for line in range(first, last + 1)
    ]
    return [piece for piece in cut if piece.start < piece.end]
