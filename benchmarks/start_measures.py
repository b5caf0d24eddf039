"""From the start of the program to its first picture, and the memory that it takes; beside the bare app."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks import rows
from benchmarks.probe import Session
from benchmarks.results import Result
from benchmarks.workplace import SMALL, Bare, Reader, Workplace

_PAGES = 60


def start(place: Workplace) -> Iterator[Result]:
    """Start the reader, the reader with few records, and the bare app, in turns."""
    place.bring_up_to_date()
    first_frames: list[float] = []
    large: list[float] = []
    small: list[float] = []
    bare: list[float] = []
    for turn in range(8):
        with Bare(place.records, place.main) as session:
            bare.append(session.wait_for_list())
        with Reader(place.corpus, place.main) as reader:
            first_frames.append(reader.wait_for_list())
            reader.be_idle()
        with Reader(place.corpus, place.without_frame) as reader:
            large.append(reader.wait_for_list())
        with Reader(place.small_corpus, place.without_frame) as reader:
            small.append(reader.wait_for_list())
        if not turn:  # the first one warms the caches of the system
            for times in (first_frames, large, small, bare):
                times.clear()
    yield Result(rows.FIRST_FRAME, first_frames, bare, paired=True)
    yield Result(rows.START, large, bare, paired=True)
    yield Result(rows.START_SMALL, large, small, paired=True, note=f"floor: {SMALL} records")


def memory(place: Workplace) -> Iterator[Result]:
    """The most that the process held when it had started, and after going through the list."""
    place.bring_up_to_date()
    with Reader(place.corpus, place.main) as reader:
        reader.wait_for_list()
        reader.be_idle()
        ours = _memory(reader)
    with Bare(place.records, place.main) as bare:
        bare.wait_for_list()
        floor = _memory(bare)
    if not ours[0]:
        return  # the system does not tell
    yield Result(rows.MEMORY_PAINTED, [ours[0]], [floor[0]])
    yield Result(rows.MEMORY_SCROLLED, [ours[1]], [floor[1]])


def _memory(session: Session) -> tuple[float, float]:
    """The peak now, and that after going through the list."""
    painted = session.memory().peak
    for keys in ("<pgdn>",) * _PAGES + ("<end>", "<home>", "<pgdn>", "<end>"):
        session.press(keys, quiet=0.02, patience=0.2)
    session.settle()
    return painted, session.memory().peak
