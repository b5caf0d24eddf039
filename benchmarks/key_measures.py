"""From a key to the picture that it changes: moving in the list, idle and while the corpus is indexed."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator

from benchmarks import rows
from benchmarks.probe import Session
from benchmarks.results import Result, Row
from benchmarks.screen import WatchedScreen
from benchmarks.workplace import UNREAD, Bare, Reader, Workplace

_TIMES = 30
_QUIET = 0.25
"""Longer than it takes until the story under the cursor is painted: each key is measured alone."""
_REPEAT = 1 / 30
"""Seconds between two repetitions of a key that is held."""
_INDEXING = re.compile(r"Indexing [\d,]+ of")


def keys(place: Workplace) -> Iterator[Result]:
    """Move in the list of a reader that has nothing else to do, and in that of the bare app."""
    place.bring_up_to_date()
    with Reader(place.corpus, place.main) as reader, Bare(place.records, place.main) as bare:
        reader.wait_for_list()
        bare.wait_for_list()
        reader.be_idle()
        for row, ours, theirs in (
            (rows.DOWN, "j", "<down>"),
            (rows.PAGE_DOWN, "<pgdn>", "<pgdn>"),
        ):
            yield Result(row, _reactions(reader, [ours] * _TIMES), _reactions(bare, [theirs] * _TIMES))
        ends = ["<end>", "<home>"] * (_TIMES // 4)
        yield Result(rows.ENDS, _reactions(reader, ends), _reactions(bare, ends))
        yield Result(rows.ENDS_READ, [_until_read(reader, key) for key in ends])
        reader.press("<home>", quiet=_QUIET)
        yield Result(rows.HELD, [_held(reader) for _ in range(3)])


def while_indexing(place: Workplace) -> Iterator[Result]:
    """Start on an empty cache, and move in the list while it grows."""
    first_rows: list[float] = []
    down: list[float] = []
    page: list[float] = []
    for turn in range(3 if place.records <= 20_000 else 1):
        with Reader(place.corpus, place.home(f"empty-{turn}")) as reader:
            first_rows.append(reader.wait_for_list())
            for times, there, back in [(down, "j", "k"), (page, "<pgdn>", "<pgup>")] * _TIMES:
                if len(times) >= _TIMES * 2 or not reader.screen.has(_INDEXING):
                    break
                times.extend(_reactions(reader, [there, back], quiet=0.03))
    yield Result(rows.FIRST_ROWS, first_rows)
    yield from _if_any(rows.DOWN_INDEXING, down)
    yield from _if_any(rows.PAGE_INDEXING, page)


def _if_any(row: Row, times: list[float]) -> Iterator[Result]:
    """A row, unless indexing was over before anything could be measured."""
    if times:
        yield Result(row, times)


def _reactions(session: Session, presses: list[str], quiet: float = _QUIET) -> list[float]:
    """Milliseconds from each key to the first cell that changed."""
    found = [session.press(key, quiet=quiet).first for key in presses]
    return [reaction for reaction in found if reaction is not None]


def _until_read(reader: Reader, key: str) -> float:
    """Milliseconds until the row that the key leads to can be read."""
    before = Reader.row(reader.screen)

    def read(screen: WatchedScreen) -> bool:
        return Reader.row(screen) not in ("", UNREAD, before)

    return _reached(reader, key, read)


def _held(reader: Reader) -> float:
    """How far the picture is behind after two seconds of a key that is held, in milliseconds."""
    start = reader.place()
    presses = round(2 / _REPEAT)
    for number in range(1, presses):
        reader.send("j")
        time.sleep(_REPEAT)
        if number % 10 == 0:
            reader.take_in()
    return _reached(reader, "j", lambda _: reader.place() == start + presses)


def _reached(reader: Reader, key: str, seen: Callable[[WatchedScreen], bool]) -> float:
    reached = reader.press(key, seen, quiet=_QUIET).reached[0]
    if reached is None:
        raise RuntimeError(f"what {key} leads to was never shown; the screen:\n{reader.screen.text()}")
    return reached
