"""The results as a table for people, as Markdown, and as JSON."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from benchmarks.floors import cores
from benchmarks.results import Result

BEGIN, END = "<!-- results -->", "<!-- /results -->"
_COLUMNS = ("what", "median", "p95", "floor", "ratio", "bar", "")


class Run(NamedTuple):
    """What a run was made of."""

    records: int
    seed: int
    machine: str
    made: str

    @classmethod
    def now(cls, records: int, seed: int) -> Run:
        """A run that is made here and now."""
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
        machine = (
            f"{cores()} cores, {memory:.0f} GiB, {platform.system()} {platform.machine()},"
            f" Python {platform.python_version()}, Textual {version('textual')}"
        )
        return cls(records, seed, machine, f"{datetime.now(UTC):%Y-%m-%d}")


def cells(result: Result, records: int) -> tuple[str, ...]:
    """One line of the table; see `_COLUMNS`."""
    floor, ratio = result.floor, result.ratio
    return (
        f"{result.row.name}{f' ({result.note})' if result.note else ''}",
        f"{_number(result.median)} {result.row.unit}",
        _number(result.p95) if len(result.values) >= 10 else "",
        "" if floor is None else _number(floor),
        "" if ratio is None else f"× {ratio:.2f}",
        str(result.row.bar or ""),
        result.verdict(records),
    )


def line(result: Result, records: int) -> str:
    """One line of the table for a terminal."""
    what, *numbers, bar, verdict = cells(result, records)
    return f"{what:<44}" + "".join(f"{number:>12}" for number in numbers) + f"  {bar:<12} {verdict}"


def heading() -> str:
    """The line above all others."""
    what, *numbers, bar, _ = _COLUMNS
    return f"{what:<44}" + "".join(f"{number:>12}" for number in numbers) + f"  {bar}"


def markdown(results: Sequence[Result], run: Run) -> str:
    """The table as Markdown, with what it was made of above it."""
    lines = [
        f"{run.records:,} records, seed {run.seed}; {run.machine}; {run.made}.",
        "",
        "| " + " | ".join(_COLUMNS) + " |",
        "|---|" + "---:|" * 4 + "---|---|",
        *("| " + " | ".join(cells(result, run.records)) + " |" for result in results),
    ]
    return "\n".join(lines)


def parts_around(page: Path) -> tuple[str, str]:
    """What stands before and after the table of a page.

    Raises:
        OSError: the page cannot be read.
        ValueError: it lacks the marks between which the table stands.

    """
    before, begin, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"{page} has no {BEGIN} and {END}")
    return before, after


def put_into(page: Path, table: str) -> None:
    """Put a table into a page, between its two marks; raises as `parts_around` does."""
    before, after = parts_around(page)
    page.write_text(f"{before}{BEGIN}\n\n{table}\n\n{END}{after}", encoding="utf-8")


def as_json(results: Iterable[Result], run: Run) -> str:
    """Every single value, for whoever wants to look closer."""
    listed = [
        {
            "what": result.row.name,
            "unit": result.row.unit,
            "values": [round(value, 3) for value in result.values],
            "floors": [round(value, 3) for value in result.floors],
            "ratio": result.ratio and round(result.ratio, 3),
            "bar": str(result.row.bar or ""),
            "verdict": result.verdict(run.records),
            "note": result.note,
        }
        for result in results
    ]
    return json.dumps({**run._asdict(), "results": listed}, indent=1) + "\n"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"
