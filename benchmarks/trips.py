"""Count how much of the program a key runs: source files entered and calls made, until the screen shows it.

Run as `python -m benchmarks.trips`. Counts, unlike times, are the same on every machine.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any, Final, NamedTuple

from textual.pilot import Pilot

import newsreader
from benchmarks.generate import generate
from newsreader.library import Library
from newsreader.library.indexing.refresh import refresh
from newsreader.settings.model import Settings
from newsreader.settings.saved_searches import SearchesFile
from newsreader.ui.app import NewsreaderApp

RECORDS: Final = 200
"""Of the generated corpus."""

ACTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "next row": ("j", "j"),
    "star": ("f", "f", "f"),
    "undo": ("ctrl+z", "ctrl+z"),
    "filter keystroke": ("slash", "t", "h", "backspace", "h"),
}
"""The keys of each action: the last one is counted, those before it have been pressed for the first time."""

_PACKAGE: Final = f"{Path(newsreader.__file__).parent}/"
_QUIET: Final = 0.6
"""Seconds without a running worker, twice over: longer than any timer that an action starts."""


class Trip(NamedTuple):
    """What an action ran: calls by the path of the source file in the package."""

    action: str
    calls: Mapping[str, int]

    @property
    def row(self) -> str:
        """A line of the table."""
        return f"{self.action:<20}{len(self.calls):>6}{sum(self.calls.values()):>8,}"


HEADING: Final = f"{'action':<20}{'files':>6}{'calls':>8}"


@contextmanager
def counted() -> Iterator[Counter[str]]:
    """Count the calls into the package by source file, in threads started or running tasks from now on."""
    calls: Counter[str] = Counter()

    def note(frame: FrameType, event: str, _: Any) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(_PACKAGE):
            calls[frame.f_code.co_filename.removeprefix(_PACKAGE)] += 1

    threading.setprofile(note)
    sys.setprofile(note)
    try:
        yield calls
    finally:
        sys.setprofile(None)
        threading.setprofile(None)


async def count_trips(folder: Path) -> list[Trip]:
    """Run each action to warm up, then count it.

    Args:
        folder: Empty, for a corpus, its index and marks.

    """
    generate(folder / "corpus", RECORDS)
    library = Library(folder / "corpus", folder / "cache", marks=folder / "marks.sqlite")
    for _ in refresh(library.root, library.index):
        pass
    searches = SearchesFile(folder / "searches.toml")
    settings = Settings(theme="newsreader-dark", mark_read_after=None, watch=False)
    app = NewsreaderApp(library, settings=settings, searches=searches, clock=lambda: 1_640_995_200)
    found = []
    async with app.run_test(size=(120, 40)) as pilot:
        await _settle(pilot)
        for action, (*warm_up, key) in ACTIONS.items():
            await _press(pilot, *warm_up)
            with counted() as calls:
                # Only new threads are profiled, so the workers of the action get new ones.
                asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor())
                await _press(pilot, key)
            found.append(Trip(action, dict(calls)))
    return found


async def _press(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await _settle(pilot)


async def _settle(pilot: Pilot[None]) -> None:
    quiet = 0
    while quiet < 2:
        await asyncio.sleep(_QUIET)
        await pilot.pause()
        is_busy = any(worker.is_running and worker.group != "watch" for worker in pilot.app.workers)
        quiet = 0 if is_busy else quiet + 1


def main(arguments: list[str]) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.trips", description=__doc__)
    parser.add_argument("--files", action="store_true", help="list the files of each action with their calls")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="newsreader-trips-") as scratch:
        found = asyncio.run(count_trips(Path(scratch)))
    print(HEADING)
    for trip in found:
        print(trip.row)
        if options.files:
            for path, calls in sorted(trip.calls.items(), key=lambda item: -item[1]):
                print(f"    {calls:>6,}  {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
