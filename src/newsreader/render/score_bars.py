"""Draw the parts of a score as bars."""

from __future__ import annotations

from collections.abc import Sequence

from newsreader.domain.explanation import ScorePart

WIDTH = 12
"""Cells of the longest bar."""

GAIN, LOSS = "█", "░"


def score_bars(parts: Sequence[ScorePart]) -> list[tuple[str, str]]:
    """Return the name of each part, and its bar followed by its sentence.

    Bars are as long as their points, but at least one cell unless there are none; losses are drawn lighter.
    """
    largest = max((abs(part.points) for part in parts), default=0.0)
    return [(part.name, f"{_bar(part.points, largest):<{WIDTH}}  {part.text}") for part in parts]


def _bar(points: float, largest: float) -> str:
    if abs(points) < 0.05 or not largest:
        return ""
    return (GAIN if points > 0 else LOSS) * max(1, round(WIDTH * abs(points) / largest))
