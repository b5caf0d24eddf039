"""The fetch process: handles all network requests of the screen, as lines of JSON.

In a separate process, neither the network nor the parsing of pages delays a key. Started as
`python -m newsreader.web.fetch.process`; each line of standard input is a request, each line of standard
output an answer with the request's number. It exits at the end of standard input.
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
from newsreader.web.fetch.protocol import CANCEL, PAGE, PICTURE, Failed, encode, failure_fields
from newsreader.web.http.errors import Failure, WebError

if TYPE_CHECKING:
    from newsreader.web.http.client import WebClient

Request = Mapping[str, Any]
Handler = Callable[["WebClient", Request, Callable[[str], None]], Awaitable[dict[str, object]]]
"""Takes a client, a request and a progress callback; returns the answer without its number."""

PROGRESS_INTERVAL = 0.1
"""Minimum seconds between two progress messages of a request."""

EXIT_TIMEOUT = 1.0
"""Seconds for running work to end after standard input has."""


def _handler(kind: str) -> Handler:
    """Import the handler of a kind of request, so that an import error becomes an answer."""
    if kind == PICTURE:
        from newsreader.web.fetch.picture import handle_picture_request

        return handle_picture_request
    from newsreader.web.fetch.page_text import handle_page_request

    return {PAGE: handle_page_request}[kind]


def main() -> int:
    """Answer requests until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C at the terminal is for the parent
    if hasattr(os, "nice"):
        os.nice(5)  # the interface has priority
    asyncio.run(_serve())
    return 0


async def _serve() -> None:
    """Run each request in its own task until standard input ends."""
    loop = asyncio.get_running_loop()
    lines = asyncio.Queue[bytes | None]()

    def listen() -> None:
        with suppress(RuntimeError):  # the loop is closed
            for line in _lines(sys.stdin.fileno()):
                loop.call_soon_threadsafe(lines.put_nowait, line)
            loop.call_soon_threadsafe(lines.put_nowait, None)
            time.sleep(EXIT_TIMEOUT)  # a page that is being parsed keeps the loop from ending
            end_process_group()

    Thread(target=listen, daemon=True).start()  # works for any kind of standard input, on any system
    tasks: dict[int, asyncio.Task[None]] = {}
    async with AsyncExitStack() as clients:
        server = _RequestServer(clients)
        while (line := await lines.get()) is not None:
            request = json.loads(line)
            number = request["id"]
            if request["do"] == CANCEL:
                if number in tasks:
                    tasks[number].cancel()
                continue
            tasks[number] = task = asyncio.create_task(server.answer(request))
            task.add_done_callback(lambda _, number=number: tasks.pop(number, None))  # type: ignore[misc]
        for task in tuple(tasks.values()):
            task.cancel()
        await asyncio.gather(*tasks.values(), return_exceptions=True)


class _RequestServer:
    """Answers requests with clients that are created on demand."""

    def __init__(self, exit_stack: AsyncExitStack) -> None:
        self._exit_stack = exit_stack
        self._clients: dict[bool, WebClient] = {}
        self._creating = asyncio.Lock()

    async def answer(self, request: Request) -> None:
        """Handle a request; every outcome is an answer."""
        number = request["id"]
        try:
            client = await self._client(bool(request.get("private")))
            fields = await _handler(request["do"])(client, request, _reporter(number))
        except WebError as error:
            verdicts = getattr(error, "verdicts", ())
            failure = Failed(number, error.kind, str(error), error.url, error.retry_after, verdicts)
            fields = failure_fields(failure)
        except Exception as error:  # noqa: BLE001 - the parent waits for an answer
            message = clean_line(f"the program failed ({type(error).__name__}: {error})", 300)
            fields = failure_fields(Failed(number, Failure.BROKEN, message))
        _send({"id": number, **fields})

    async def _client(self, private: bool) -> WebClient:
        """Return the shared client; there is a separate one for requests that permit private addresses."""
        async with self._creating:
            if private not in self._clients:
                from newsreader.web.http.polite_client import ThrottledClient

                client = ThrottledClient(private_addresses=private)
                self._clients[private] = await self._exit_stack.enter_async_context(client)
        return self._clients[private]


def _reporter(number: int) -> Callable[[str], None]:
    """Return a progress callback that is limited to a readable rate."""
    last, next_at = "", 0.0

    def report(message: str) -> None:
        nonlocal last, next_at
        now = time.monotonic()
        if message != last and now >= next_at:
            last, next_at = message, now + PROGRESS_INTERVAL
            _send({"id": number, "answer": "stage", "words": message})

    return report


def _lines(file: int) -> Iterator[bytes]:
    """Yield lines as they arrive. Unbuffered: the lock of a buffer would be held when the process ends."""
    rest = b""
    while chunk := os.read(file, 65_536):
        *whole, rest = (rest + chunk).split(b"\n")
        yield from whole


def _send(message: dict[str, object]) -> None:
    try:
        sys.stdout.buffer.write(encode(message))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os._exit(0)  # the parent has exited, and there is nothing to save


if __name__ == "__main__":
    sys.exit(main())
