"""Letting an iterator work on while what it gave is being dealt with."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from queue import Queue
from threading import Event, Thread
from typing import NamedTuple, TypeVar

Item = TypeVar("Item")


class _End(NamedTuple):
    """Nothing more comes; `error` is what ended it, if anything did."""

    error: Exception | None = None


def ahead(source: Generator[Item, None, None], most: int) -> Generator[Item, None, None]:
    """What an iterator gives, fetched by a thread of its own.

    It pays where the iterator mostly waits for other processes. When nobody asks any more, the iterator is
    closed as soon as it has given the item that it works on.

    Args:
        source: Used by the thread alone.
        most: Items that may lie ready.

    Raises:
        Exception: what the iterator raised, in its place.

    """
    given: Queue[Item | _End] = Queue(most)
    is_over = Event()

    def fetch() -> None:
        end = _End()
        try:
            with closing(source):
                for item in source:
                    given.put(item)
                    if is_over.is_set():
                        break
        except Exception as error:  # noqa: BLE001 - handed on
            end = _End(error)
        given.put(end)

    Thread(target=fetch, name="ahead", daemon=True).start()
    item: Item | _End | None = None
    try:
        while not isinstance(item := given.get(), _End):
            yield item
    finally:
        is_over.set()
        while not isinstance(item, _End):
            item = given.get()
    if item.error is not None:
        raise item.error
