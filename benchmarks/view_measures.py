"""From a key to another list or another story."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from benchmarks import rows
from benchmarks.results import Result
from benchmarks.workplace import UNREAD, Reader, Workplace

_TIMES = 12
_QUIET = 0.25


def views(place: Workplace) -> Iterator[Result]:
    """Switch topic, order and scope; the time is that to the first list with rows that can be read."""
    place.bring_up_to_date()
    with Reader(place.corpus, place.main) as reader:
        reader.wait_for_list()
        reader.be_idle()
        yield Result(rows.ORDER, [_until_another_list(reader, "s") for _ in range(_TIMES)])
        yield Result(rows.SCOPE, [_until_another_list(reader, "v") for _ in range(_TIMES)])
        reader.press("1", quiet=_QUIET)
        reader.press("jj", quiet=_QUIET)
        yield Result(rows.TOPIC, [_until_another_list(reader, "j") for _ in range(_TIMES)])


def stories(place: Workplace) -> Iterator[Result]:
    """Rest on a row until its story is there, and go into the story."""
    place.bring_up_to_date()
    with Reader(place.corpus, place.main) as reader:
        reader.wait_for_list()
        reader.be_idle()
        yield Result(rows.PREVIEW, [_until_changed(reader, "j", Reader.story) for _ in range(_TIMES)])
        entered: list[float] = []
        for _ in range(_TIMES):
            reaction = reader.press("<enter>", quiet=_QUIET)
            entered.append(reaction.first or 0.0)
            reader.press("<esc>", quiet=_QUIET)
        yield Result(rows.ENTER, entered)


def _until_another_list(reader: Reader, key: str) -> float:
    before = Reader.list_title(reader.screen)
    return _reached(
        reader,
        key,
        lambda: Reader.list_title(reader.screen) != before and Reader.row(reader.screen) not in ("", UNREAD),
    )


def _until_changed(reader: Reader, key: str, part: Callable[..., str]) -> float:
    before = part(reader.screen)
    return _reached(reader, key, lambda: part(reader.screen) != before)


def _reached(reader: Reader, key: str, condition: Callable[[], bool]) -> float:
    reached = reader.press(key, lambda _: condition(), quiet=_QUIET).reached[0]
    if reached is None:
        raise RuntimeError(f"what {key} leads to was never shown; the screen:\n{reader.screen.text()}")
    return reached
