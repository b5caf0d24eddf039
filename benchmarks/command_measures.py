"""A list without a screen, beside the least that could give it: Python, sqlite3 and the query."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from benchmarks import rows
from benchmarks.results import Result
from benchmarks.workplace import Home, Workplace
from newsreader.library.index.schema import ORDERINGS

_TURNS: Final = 20

_ENTRY: Final = "import sys; from newsreader.cli import main; sys.exit(main())"
"""What the script does that an installation puts into the path."""

_BARE: Final = f"""
import sqlite3, sys
with sqlite3.connect(sys.argv[1]) as connection:
    for row in connection.execute(
        "SELECT id, published_at, heat, quality, type, source, title FROM record WHERE role = 4"
        " ORDER BY {ORDERINGS["top"]} LIMIT 20"
    ):
        print(*row, sep=chr(9))
"""


def commands(place: Workplace) -> Iterator[Result]:
    """Run `newsreader list --limit 20` into a pipe and the floor, in turns: as usual and without refresh."""
    place.bring_up_to_date()
    ours = [sys.executable, "-c", _ENTRY, "list", "--limit", "20", "--corpus", str(place.corpus)]
    bare = [sys.executable, "-c", _BARE, str(place.library.index)]
    usual: list[float] = []
    as_it_is: list[float] = []
    floors: list[float] = []
    _run(ours, place.main)  # should the corpus just have been made, its folders are looked at once more
    for turn in range(_TURNS + 1):
        floor = _run(bare, place.main)
        for times, argv in ((usual, ours), (as_it_is, [*ours, "--no-refresh"]), (floors, [])):
            if turn:  # the first one warms the caches of the system
                times.append(_run(argv, place.main) if argv else floor)
    yield Result(rows.LIST, usual, floors, paired=True)
    yield Result(rows.LIST_AS_IT_IS, as_it_is, floors, paired=True)


def _run(argv: list[str], home: Home) -> float:
    """Milliseconds until a command that prints 20 lines has ended."""
    started = time.monotonic()
    done = subprocess.run(argv, env=home.env, cwd=Path(home.folder), capture_output=True, check=True)
    took = (time.monotonic() - started) * 1000
    if done.stdout.count(b"\n") != 20:
        raise ValueError(f"{argv[-1]}: 20 lines were expected")
    return took
