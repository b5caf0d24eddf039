"""Many pieces of work at once: bounded, in order, and gone at once when nobody wants them."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
import time
from collections.abc import AsyncGenerator

import pytest

from newsreader.web.http.ordered_gather import MOST_THREADS, in_order, waited_for


async def test_results_are_in_the_order_of_the_items() -> None:
    async def work(number: int) -> int:
        await asyncio.sleep(0.02 if number % 3 == 0 else 0)
        return number

    assert [number async for number in in_order(range(20), work)] == list(range(20))
    assert [number async for number in in_order([], work)] == []


async def test_concurrency_is_bounded_and_items_are_consumed_lazily() -> None:
    taken: list[int] = []
    running = most = 0

    def items() -> list[int]:
        return list(range(30))

    async def work(number: int) -> int:
        nonlocal running, most
        taken.append(number)
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.001)
        running -= 1
        return number

    found = [number async for number in in_order(items(), work, at_once=4)]
    assert (len(found), most) == (30, 4)
    assert sorted(taken) == items()


async def test_a_slow_item_does_not_block_the_others() -> None:
    may_end = asyncio.Event()

    async def work(number: int) -> int:
        if number == 0:
            await may_end.wait()
        elif number == 9:
            may_end.set()
        return number

    # Each of the others has to be begun while the first one waits.
    assert [number async for number in in_order(range(10), work, at_once=2)] == list(range(10))


async def test_an_exception_cancels_all_work() -> None:
    ended: list[int] = []

    async def work(number: int) -> int:
        if number == 1:
            raise ValueError("enough")
        try:
            await asyncio.sleep(60)
        finally:
            ended.append(number)
        return number

    with pytest.raises(ValueError, match="enough"):
        async with asyncio.timeout(30):
            await anext(in_order([1, 2, 3], work))
    assert ended == [2, 3]


def test_synchronous_code_can_iterate_over_the_results() -> None:
    closed: list[bool] = []

    async def stream() -> AsyncGenerator[int, None]:
        try:
            for number in range(1_000):
                await asyncio.sleep(0)
                yield number
        finally:
            await asyncio.sleep(0)
            closed.append(True)

    found = waited_for(stream())
    assert [next(found), next(found)] == [0, 1]
    assert closed == []
    found.close()  # type: ignore[attr-defined]
    assert closed == [True]
    assert sum(waited_for(stream())) == 499_500


_SLOW_NAME = """
import asyncio, os, signal, socket, sys, threading, time
from newsreader.web.http.ordered_gather import waited_for
def resolve(*_, **__):
    print("asked", flush=True)
    time.sleep(120)
socket.getaddrinfo = resolve
async def stream():
    yield await asyncio.get_running_loop().getaddrinfo("slow.example", 80)
try:
    list(waited_for(stream()))
except KeyboardInterrupt:
    sys.exit(130)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
def test_an_interrupt_does_not_wait_for_a_name_lookup() -> None:
    import signal

    process = subprocess.Popen([sys.executable, "-c", _SLOW_NAME], stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == b"asked\n"
        time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 130
    finally:
        process.kill()
        process.communicate()


def test_threads_are_bounded_and_their_exceptions_are_raised() -> None:
    lock, running, most = threading.Lock(), 0, 0

    def call(number: int) -> int:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        time.sleep(0.01)
        with lock:
            running -= 1
        if number == 99:
            raise ValueError("the last")
        return number

    async def work(number: int) -> int:
        return await asyncio.to_thread(call, number)

    found: list[int] = []
    with pytest.raises(ValueError, match="the last"):
        found.extend(waited_for(in_order(range(100), work)))
    assert 1 < most <= MOST_THREADS
