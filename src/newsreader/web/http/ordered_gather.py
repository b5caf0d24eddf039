"""Process items concurrently and yield the results in order."""

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
"""Items in progress. Most wait for their host's throttle, so one slow host does not delay the others."""

MOST_THREADS = 16
"""Concurrent name look-ups and page parses."""


async def in_order(
    items: Iterable[Item], work: Callable[[Item], Awaitable[Result]], *, at_once: int = MOST_WAITING
) -> AsyncGenerator[Result, None]:
    """Yield the result of each item in the order of the items, as soon as it and its predecessors are done.

    Args:
        items: Consumed lazily.
        work: Returns the result of an item. An exception cancels all work.
        at_once: Maximum number of items in progress.

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
                    future: asyncio.Future[Result] = asyncio.ensure_future(work(item))
                    running.add(future)
                    ordered.append(future)
            if running:
                done, _ = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
                running -= done
            while ordered and ordered[0].done():
                yield ordered.popleft().result()
            if is_over and not ordered:
                return
    finally:
        for future in ordered:
            future.cancel()
        await asyncio.gather(*ordered, return_exceptions=True)


def waited_for(stream: AsyncGenerator[Result, None]) -> Iterator[Result]:
    """Iterate over an asynchronous generator from synchronous code.

    The generator is closed when the caller stops, and immediately on an interrupt; threads that are still
    busy, such as with a name look-up, are not waited for.
    """
    with asyncio.Runner() as runner:
        runner.get_loop().set_default_executor(_DaemonExecutor())
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


class _DaemonExecutor(ThreadPoolExecutor):
    """Runs each call in a daemon thread, which the program does not wait for on exit."""

    def __init__(self) -> None:
        super().__init__()
        self._slots = Semaphore(MOST_THREADS)

    def submit(self, call: Callable[..., Result], /, *args: Any, **kwargs: Any) -> Future[Result]:
        future: Future[Result] = Future()

        def run() -> None:
            with self._slots:
                _run(future, partial(call, *args, **kwargs))

        Thread(target=run, daemon=True).start()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002
        super().shutdown(wait=False, cancel_futures=cancel_futures)


def _run(future: Future[Result], call: Callable[[], Result]) -> None:
    if not future.set_running_or_notify_cancel():
        return
    with suppress(RuntimeError):  # the loop is closed
        try:
            result = call()
        except BaseException as error:  # noqa: BLE001 - raised where the result is awaited
            future.set_exception(error)
        else:
            future.set_result(result)
