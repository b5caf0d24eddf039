"""The client of the fetch process."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import count
from queue import SimpleQueue
from threading import Lock, Thread
from typing import Any

from newsreader.domain.page_text import Candidate, PageText
from newsreader.web.child_process import ChildProcess
from newsreader.web.fetch.protocol import (
    CANCEL,
    PAGE,
    Answer,
    Failed,
    Stage,
    encode,
    page_request,
    read_answer,
)
from newsreader.web.http.errors import Failure

PROGRAM = (sys.executable, "-m", "newsreader.web.fetch.process")


class Fetcher:
    """Sends requests to the fetch process without blocking.

    The first request starts the process. If it dies, its open requests fail, and the next request restarts
    it. `private_addresses` permits pages of this machine and the local network.
    """

    def __init__(self, *, private_addresses: bool = False, program: Sequence[str] = PROGRAM) -> None:
        self._private = private_addresses
        self._program = tuple(program)
        self._numbers = count(1)
        self._lock = Lock()
        self._open: dict[int, _FetchProcess | None] = {}
        self._process: _FetchProcess | None = None
        self._sender: Thread | None = None
        self._requests = SimpleQueue[dict[str, Any] | None]()
        self._answers = SimpleQueue[Answer | None]()

    def fetch_page(self, candidates: Iterable[Candidate], kept: PageText | None = None) -> int:
        """Request the text of the first candidate with an article; return the request's number.

        `kept` is the stored text, for a conditional request.
        """
        return self.ask(PAGE, **page_request(candidates, kept))

    def ask(self, do: str, **what: object) -> int:
        """Send a request and return its number, which its answers carry."""
        number = next(self._numbers)
        with self._lock:
            self._open[number] = None
            if self._sender is None:
                self._sender = Thread(target=self._send_all, name="requests", daemon=True)
                self._sender.start()
        self._requests.put({"id": number, "do": do, "private": self._private, **what})
        return number

    def cancel(self, number: int) -> None:
        """Cancel a request; it gets no more answers."""
        with self._lock:
            if number not in self._open:
                return
            del self._open[number]
        self._requests.put({"id": number, "do": CANCEL})

    def answers(self) -> Iterator[Answer]:
        """Yield answers until `stop`; blocks, so run it in a thread."""
        while (answer := self._answers.get()) is not None:
            yield answer

    def stop(self) -> None:
        """Kill the process and drop all open requests."""
        with self._lock:
            self._open.clear()
            sender = self._sender
        self._requests.put(None)
        self._end_process()  # unblocks a sender that writes to it
        if sender is not None:
            sender.join()
        self._end_process()  # started by the sender in the meantime
        self._answers.put(None)

    def _send_all(self) -> None:
        while (request := self._requests.get()) is not None:
            process = self._process_for(request)
            if process is not None:
                process.write(encode(request))

    def _process_for(self, request: dict[str, Any]) -> _FetchProcess | None:
        """Return the process for a request, None for a cancelled one. Called only by the sender thread."""
        number = request["id"]
        process = self._process
        if request["do"] == CANCEL:
            return process
        if number not in self._open:
            return None
        if process is None:
            try:
                process = _FetchProcess(self._program)
            except OSError as error:
                self._fail([number], f"the fetching process could not be started ({error.strerror})")
                return None
            with self._lock:
                self._process = process
                process.start_listener(self._listen)
        with self._lock:
            if number not in self._open:
                return None
            if self._process is process:
                self._open[number] = process
                return process
        return self._process_for(request)  # it has just died

    def _listen(self, process: _FetchProcess) -> None:
        """Forward the answers of a process until it ends; runs in its own thread."""
        for line in process.lines():
            with suppress(ValueError, KeyError, TypeError):  # not an answer
                self._receive(read_answer(line))
        with self._lock:
            if self._process is process:
                self._process = None
            lost = [number for number, handled_by in self._open.items() if handled_by is process]
        self._fail(lost, f"the fetching process ended early ({process.wait()})")
        process.close()

    def _receive(self, answer: Answer) -> None:
        with self._lock:
            if answer.id not in self._open:
                return
            if not isinstance(answer, Stage):
                del self._open[answer.id]
        self._answers.put(answer)

    def _fail(self, numbers: Iterable[int], message: str) -> None:
        for number in numbers:
            self._receive(Failed(number, Failure.BROKEN, message))

    def _end_process(self) -> None:
        with self._lock:
            process, self._process = self._process, None
        if process is not None:
            process.kill()


class _FetchProcess(ChildProcess):
    """A fetch process, and the thread that reads its answers."""

    _listener: Thread | None = None

    def start_listener(self, listen: Callable[[_FetchProcess], None]) -> None:
        self._listener = Thread(target=listen, args=(self,), name="answers", daemon=True)
        self._listener.start()

    def kill(self) -> None:
        super().kill()
        if self._listener is not None:
            self._listener.join()
