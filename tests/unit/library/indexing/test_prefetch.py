"""An iterator works on while what it gave is being dealt with."""

from __future__ import annotations

from collections.abc import Generator
from threading import Event, get_ident

import pytest

from newsreader.library.indexing.prefetch import prefetch

PATIENCE = 30


def test_everything_comes_once_and_in_order() -> None:
    assert list(prefetch((number for number in range(100)), 3)) == list(range(100))


def test_nothing_is_no_item() -> None:
    assert list(prefetch((number for number in range(0)), 3)) == []


def test_the_next_items_are_made_while_the_first_is_dealt_with() -> None:
    third_is_made = Event()

    def source() -> Generator[int, None, None]:
        yield 1
        yield 2
        third_is_made.set()
        yield 3

    items = prefetch(source(), 5)
    assert next(items) == 1
    assert third_is_made.wait(PATIENCE)
    assert list(items) == [2, 3]


def test_no_more_than_so_many_lie_ready() -> None:
    made: list[int] = []

    def source() -> Generator[int, None, None]:
        for number in range(100):
            made.append(number)
            yield number

    items = prefetch(source(), 2)
    for taken, number in enumerate(items, 1):
        assert number == taken - 1
        assert len(made) <= taken + 3  # two lie ready, one waits to, and one is being made


def test_what_goes_wrong_comes_after_what_was_made_before() -> None:
    def source() -> Generator[int, None, None]:
        yield 1
        raise OSError("the disk is gone")

    items = prefetch(source(), 5)
    assert next(items) == 1
    with pytest.raises(OSError, match="the disk is gone"):
        next(items)


def test_an_iterator_that_nobody_asks_any_more_is_closed_in_its_own_thread() -> None:
    closed: list[int] = []

    def source() -> Generator[int, None, None]:
        try:
            while True:
                yield 1
        finally:
            closed.append(get_ident())

    items = prefetch(source(), 2)
    assert next(items) == 1
    items.close()
    assert closed
    assert closed[0] != get_ident()
