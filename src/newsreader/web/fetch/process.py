"""The fetching process: everything that the screen wants from the network, as lines of JSON.

It is a process of its own, so that neither the network nor the parsing of pages delays a key. Started as
`python -m newsreader.web.fetch.process`; each line on standard input is a request, each line on standard
output an answer, and both carry the number of the request. It exits at the end of standard input.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import AsyncExitStack, suppress
from threading import Thread
from typing import TYPE_CHECKING, Any

from newsreader.domain.sanitize import clean_line
from newsreader.parent_process import end_process_group
from newsreader.web.fetch.protocol import CANCEL, PAGE, PICTURE, Failed, failure_fact, line_of
from newsreader.web.http.errors import Failure, WebError

if TYPE_CHECKING:
    from newsreader.web.http.client import WebClient

Request = Mapping[str, Any]
Work = Callable[["WebClient", Request, Callable[[str], None]], Awaitable[dict[str, object]]]

PACE = 0.1
"""Least seconds between two words on how far a request is."""


EXIT_TIMEOUT = 1.0
"""Seconds that work under way has to end in when the reader is gone."""


def _work(do: str) -> Work:
    """How a kind of request is answered. Loaded with the first one, in words if that fails."""
    if do == PICTURE:
        from newsreader.web.fetch.picture_handler import bring_picture

        return bring_picture
    from newsreader.web.fetch.page_handler import read_page

    return {PAGE: read_page}[do]


def main() -> int:
    """Answer until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # ctrl+c at the terminal is the reader's business
    if hasattr(os, "nice"):
        os.nice(5)  # the interface comes first
    asyncio.run(_serve())
    return 0


async def _serve() -> None:
    """Take requests, each in a task of its own, until standard input ends."""
    loop = asyncio.get_running_loop()
    lines = asyncio.Queue[bytes | None]()

    def listen() -> None:
        with suppress(RuntimeError):  # the loop is over
            for line in _lines(sys.stdin.fileno()):
                loop.call_soon_threadsafe(lines.put_nowait, line)
            loop.call_soon_threadsafe(lines.put_nowait, None)
            time.sleep(EXIT_TIMEOUT)  # a page that is being read keeps the loop from its end
            end_process_group()

    Thread(target=listen, daemon=True).start()  # works with any kind of standard input, on any system
    tasks: dict[int, asyncio.Task[None]] = {}
    async with RequestHandler() as desk:
        while (line := await lines.get()) is not None:
            request = json.loads(line)
            number = request["id"]
            if request["do"] == CANCEL:
                if number in tasks:
                    tasks[number].cancel()
                continue
            tasks[number] = task = asyncio.create_task(desk.answer(request))
            task.add_done_callback(lambda _, number=number: tasks.pop(number, None))  # type: ignore[misc]
        for task in tuple(tasks.values()):
            task.cancel()
        await asyncio.gather(*tasks.values(), return_exceptions=True)


class RequestHandler:
    """Answers requests, with a client that is made for the first of them."""

    def __init__(self) -> None:
        self._clients: dict[bool, WebClient] = {}
        self._making = asyncio.Lock()
        self._at_end = AsyncExitStack()

    async def __aenter__(self) -> RequestHandler:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._at_end.aclose()

    async def answer(self, request: Request) -> None:
        """Do what is asked, and tell what came of it: whatever happens, there is an answer."""
        number = request["id"]
        try:
            fact = await _work(request["do"])(
                await self._client(bool(request.get("private"))), request, _teller(number)
            )
        except WebError as error:
            fact = _failure(error)
        except Exception as error:  # noqa: BLE001 - the reader waits for an answer, and is to have one
            words = clean_line(f"the program failed ({type(error).__name__}: {error})", 300)
            fact = failure_fact(Failed(number, Failure.BROKEN, words))
        _tell({"id": number, **fact})

    async def _client(self, private: bool) -> WebClient:
        """The client for all requests; those that may go to private addresses have one of their own."""
        async with self._making:
            if private not in self._clients:
                from newsreader.web.http.bounded_client import BoundedClient

                client = BoundedClient(private_addresses=private)
                self._clients[private] = await self._at_end.enter_async_context(client)
        return self._clients[private]


def _failure(error: WebError) -> dict[str, object]:
    verdicts = getattr(error, "verdicts", ())
    return failure_fact(Failed(0, error.kind, str(error), error.url, error.retry_after, verdicts))


def _teller(number: int) -> Callable[[str], None]:
    """What tells how far a request is; not more often than a person could read it."""
    last, next_at = "", 0.0

    def tell(words: str) -> None:
        nonlocal last, next_at
        now = time.monotonic()
        if words != last and now >= next_at:
            last, next_at = words, now + PACE
            _tell({"id": number, "answer": "stage", "words": words})

    return tell


def _lines(file: int) -> Iterator[bytes]:
    """The lines of a file as they come. Unbuffered: a buffer's lock would be held when the process ends."""
    rest = b""
    while chunk := os.read(file, 65_536):
        *whole, rest = (rest + chunk).split(b"\n")
        yield from whole


def _tell(fact: dict[str, object]) -> None:
    try:
        sys.stdout.buffer.write(line_of(fact))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os._exit(0)  # nobody listens any more: the reader has quit, and there is nothing to be saved


if __name__ == "__main__":
    sys.exit(main())
