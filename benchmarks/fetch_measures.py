"""From a key to the picture that it changes while the pages of fifty stories are fetched."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks import rows
from benchmarks.results import Result
from benchmarks.screen import WatchedScreen
from benchmarks.workplace import Reader, Workplace

_PAGES = 50
_KEYS = 60
_QUIET = 0.05
"""Seconds between two keys, at the least."""
_FETCHING = re.compile(rf"\b\d+ of {_PAGES} pages")


def fetching(place: Workplace) -> Iterator[Result]:
    """Select fifty stories, have their pages fetched from a server on this machine, and move in the list."""
    home = place.home("fetching").with_settings("private_addresses = true\n")
    times: list[float] = []
    with _pages_server() as port, Reader(_corpus(place.scratch / "fetched", port), home) as reader:
        reader.wait_for_list()
        reader.be_idle()
        reader.press("X", quiet=_QUIET)
        reader.press("t", lambda screen: screen.has(re.compile("Fetch many pages")), quiet=_QUIET)
        reader.press("<enter>", lambda screen: screen.has(_FETCHING), quiet=_QUIET)
        while len(times) < _KEYS and reader.screen.has(_FETCHING):
            times.append(_reaction(reader, "j" if len(times) % 40 < 20 else "k"))
    if times:
        yield Result(rows.DOWN_FETCHING, times)


def _reaction(reader: Reader, key: str) -> float:
    """Milliseconds until another row is under the cursor."""
    before = Reader.row(reader.screen)

    def moved(screen: WatchedScreen) -> bool:
        return Reader.row(screen) not in ("", before)

    reached = reader.press(key, moved, quiet=_QUIET).reached[0]
    if reached is None:
        raise RuntimeError(
            f"{key} moved nothing while pages were fetched; the screen:\n{reader.screen.text()}"
        )
    return reached


@contextmanager
def _pages_server() -> Iterator[int]:
    """A server in a process of its own; gives its port."""
    argv = [sys.executable, "-m", "benchmarks.page_server"]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, text=True) as server:
        try:
            yield int(server.stdout.readline() if server.stdout else "")
        finally:
            server.kill()


def _corpus(folder: Path, port: int) -> Path:
    """Fifty stories whose pages are on the server; by two names of it, so that four are fetched at once."""
    news = folder / "_news"
    news.mkdir(parents=True, exist_ok=True)
    for number in range(_PAGES):
        host = "127.0.0.1" if number % 2 else "localhost"
        lines = [
            f"title: Report {number}",
            f"publishedDateTime: {1_625_140_800 - number * 86_400}",
            f"originalUrl: http://{host}:{port}/{number}",
            "published: true",
        ]
        text = "\n".join(["---", *lines, "---", ""])
        (news / f"{number:03}.md").write_text(text, encoding="utf-8")
    return folder
