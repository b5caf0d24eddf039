"""What a measurement yields, and the arithmetic of judging it."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple


class Figure(StrEnum):
    """Which number of a result a bar is about."""

    MEDIAN = "median"
    P95 = "p95"
    RATIO = "ratio"


class Bar(NamedTuple):
    """What is asked for: a figure that is at most `limit`, from `records` records on."""

    figure: Figure
    limit: float
    records: int = 0

    def __str__(self) -> str:
        number = f"{self.limit:g}"
        return f"≤ {number} ×" if self.figure is Figure.RATIO else f"{self.figure} ≤ {number}"


class Row(NamedTuple):
    """One line of the table: what is measured, in what unit, and what is asked for, if anything."""

    name: str
    unit: str = "ms"
    bar: Bar | None = None


class Result(NamedTuple):
    """The runs of one row.

    `floors` are runs of what the row is compared with; where they are `paired`, each was made beside
    the value at the same place, so that a slow spell of the machine hits both.
    """

    row: Row
    values: Sequence[float]
    floors: Sequence[float] = ()
    paired: bool = False
    note: str = ""

    @property
    def median(self) -> float:
        """Of the values."""
        return statistics.median(self.values)

    @property
    def p95(self) -> float:
        """Of the values."""
        return percentile(self.values, 0.95)

    @property
    def floor(self) -> float | None:
        """The median of the floors."""
        return statistics.median(self.floors) if self.floors else None

    @property
    def ratio(self) -> float | None:
        """How many times the floor it is; of paired runs the median of their ratios."""
        if not self.floors:
            return None
        if self.paired:
            return statistics.median(
                [value / floor for value, floor in zip(self.values, self.floors, strict=True)]
            )
        return self.median / statistics.median(self.floors)

    def figure(self, figure: Figure) -> float | None:
        """One of the numbers above."""
        return {Figure.MEDIAN: self.median, Figure.P95: self.p95, Figure.RATIO: self.ratio}[figure]

    def verdict(self, records: int) -> str:
        """`ok` or `over`, or nothing where no bar applies to a corpus of this size."""
        bar = self.row.bar
        figure = self.figure(bar.figure) if bar else None
        if bar is None or figure is None or records < bar.records:
            return ""
        return "ok" if figure <= bar.limit else "over"


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least a share of all values does not exceed (nearest rank).

    Raises:
        ValueError: there are no values.

    """
    if not values:
        raise ValueError("no values")
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]
