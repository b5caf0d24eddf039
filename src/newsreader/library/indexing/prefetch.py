"""Prefetch an iterator in a background thread."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from queue import Queue
from threading import Event, Thread
from typing import NamedTuple, TypeVar

Item = TypeVar("Item")


class _End(NamedTuple):
    """The end of the iterator, with the exception that ended it, if any."""

    error: Exception | None = None


def prefetch(source: Generator[Item, None, None], most: int) -> Generator[Item, None, None]:
    """Prefetch up to `most` items of an iterator in a background thread, which alone uses it.

    It helps if the iterator mostly waits for other processes. Closing the result closes the iterator after
    its current item. An exception of the iterator is raised after its last item.
    """
    items: Queue[Item | _End] = Queue(most)
    is_closed = Event()

    def fetch() -> None:
        end = _End()
        try:
            with closing(source):
                for item in source:
                    items.put(item)
                    if is_closed.is_set():
                        break
        except Exception as error:  # noqa: BLE001 - raised by the consumer
            end = _End(error)
        items.put(end)

    Thread(target=fetch, name="prefetch", daemon=True).start()
    item: Item | _End | None = None
    try:
        while not isinstance(item := items.get(), _End):
            yield item
    finally:
        is_closed.set()
        while not isinstance(item, _End):
            item = items.get()
    if item.error is not None:
        raise item.error
