"""One piece of work for each of many things, many of them at once, with the results in order."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from threading import Semaphore, Thread
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

MOST_WAITING = 100
"""Pieces of work that are begun at once. Most of them wait for their host, and so no host holds up others."""

MOST_THREADS = 16
"""Names that are looked up, and pages that are read, at once."""


async def in_order(
    items: Iterable[Item], work: Callable[[Item], Awaitable[Result]], *, at_once: int = MOST_WAITING
) -> AsyncGenerator[Result, None]:
    """Give the result of each item in the order of the items, as soon as those before it are there.

    Args:
        items: Taken one by one, when there is room for another.
        work: Gives the result of an item. What it raises ends all work.
        at_once: Most pieces of work that are begun and not done.

    """
    remaining = iter(items)
    running = set[asyncio.Future[Result]]()
    ordered = deque[asyncio.Future[Result]]()
    is_over = False
    try:
        while True:
            while not is_over and len(running) < at_once:
                try:
                    item = next(remaining)
                except StopIteration:
                    is_over = True
                else:
                    begun = asyncio.ensure_future(work(item))
                    running.add(begun)
                    ordered.append(begun)
            if running:
                done, _ = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
                running -= done
            while ordered and ordered[0].done():
                yield ordered.popleft().result()
            if is_over and not ordered:
                return
    finally:
        for task in ordered:
            task.cancel()
        await asyncio.gather(*ordered, return_exceptions=True)


def waited_for(stream: AsyncGenerator[Result, None]) -> Iterator[Result]:
    """What an asynchronous generator gives, for a caller that waits for each.

    The generator is closed when the caller has enough, and at once when it is interrupted; nothing that a
    thread still does, such as looking a name up, is waited for.
    """
    with asyncio.Runner() as runner:
        runner.get_loop().set_default_executor(_PassingThreads())
        try:
            while True:
                try:
                    yield runner.run(_next(stream))
                except StopAsyncIteration:
                    return
        finally:
            runner.run(stream.aclose())


async def _next(stream: AsyncGenerator[Result, None]) -> Result:
    return await anext(stream)


class _PassingThreads(ThreadPoolExecutor):
    """Runs each call in a thread that the end of the program does not wait for."""

    def __init__(self) -> None:
        super().__init__()
        self._places = Semaphore(MOST_THREADS)

    def submit(self, call: Callable[..., Result], /, *args: Any, **kwargs: Any) -> Future[Result]:
        future: Future[Result] = Future()

        def run() -> None:
            with self._places:
                _fulfil(future, partial(call, *args, **kwargs))

        Thread(target=run, daemon=True).start()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002
        """Let them go."""
        super().shutdown(wait=False, cancel_futures=cancel_futures)


def _fulfil(future: Future[Result], call: Callable[[], Result]) -> None:
    if not future.set_running_or_notify_cancel():
        return
    with suppress(RuntimeError):  # the loop is closed: nobody waits any more
        try:
            result = call()
        except BaseException as error:  # noqa: BLE001 - whoever waits is told
            future.set_exception(error)
        else:
            future.set_result(result)
