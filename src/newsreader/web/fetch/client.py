"""The reader's side of the fetching process: start it, ask it, hear its answers, end it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import count
from queue import SimpleQueue
from threading import Lock, Thread
from typing import Any

from newsreader.domain.page_text import Candidate, PageText
from newsreader.domain.sanitize import clean_block
from newsreader.web.fetch.protocol import (
    CANCEL,
    PAGE,
    Answer,
    Failed,
    Stage,
    line_of,
    page_request,
    read_answer,
)
from newsreader.web.http.errors import Failure

PROGRAM = (sys.executable, "-m", "newsreader.web.fetch.process")
"""What is started."""


class Fetcher:
    """Asks for what is on the network, without ever waiting for it.

    The process is started with the first request. One that dies answers all that it was asked for with a
    failure, and the next request starts another.

    Args:
        private_addresses: Whether pages of this machine and the local network may be fetched.
        program: What is started.

    """

    def __init__(self, *, private_addresses: bool = False, program: Sequence[str] = PROGRAM) -> None:
        self._private = private_addresses
        self._program = tuple(program)
        self._numbers = count(1)
        self._lock = Lock()
        self._open: dict[int, _Process | None] = {}
        self._process: _Process | None = None
        self._sender: Thread | None = None
        self._requests = SimpleQueue[dict[str, Any] | None]()
        self._answers = SimpleQueue[Answer | None]()

    def fetch_page(self, candidates: Iterable[Candidate], kept: PageText | None = None) -> int:
        """Ask for the text of the first of these pages that has one.

        Args:
            candidates: The pages, in the order in which they are tried.
            kept: The text that is there already; without a newer one the answer is that it is unchanged.

        Returns:
            The number that the answers carry.

        """
        return self.ask(PAGE, **page_request(candidates, kept))

    def ask(self, do: str, **what: object) -> int:
        """Ask for something that is done in the process; gives the number that the answers carry."""
        number = next(self._numbers)
        with self._lock:
            self._open[number] = None
            if self._sender is None:
                self._sender = Thread(target=self._send_all, name="requests", daemon=True)
                self._sender.start()
        self._requests.put({"id": number, "do": do, "private": self._private, **what})
        return number

    def cancel(self, number: int) -> None:
        """Give a request up: from now on nothing answers it."""
        with self._lock:
            is_open = number in self._open
            self._open.pop(number, None)
        if is_open:
            self._requests.put({"id": number, "do": CANCEL})

    def answers(self) -> Iterator[Answer]:
        """All answers as they come, until `stop`. For a thread that has nothing else to do."""
        while (answer := self._answers.get()) is not None:
            yield answer

    def stop(self) -> None:
        """End the process now; what was asked is not answered any more."""
        with self._lock:
            self._open.clear()
            sender = self._sender
        self._requests.put(None)
        self._end_process()  # lets go a sender that waits for it
        if sender is not None:
            sender.join()
        self._end_process()  # that it had just begun
        self._answers.put(None)

    def _send_all(self) -> None:
        while (request := self._requests.get()) is not None:
            process = self._process_for(request)
            if process is not None:
                process.write(line_of(request))

    def _process_for(self, request: dict[str, Any]) -> _Process | None:
        """Whom to ask, None where nobody is to be asked any more. Only the thread that sends starts one."""
        number = request["id"]
        process = self._process
        if request["do"] == CANCEL:
            return process
        if number not in self._open:
            return None
        if process is None:
            try:
                process = _Process(self._program)
            except OSError as error:
                self._lose([number], f"the fetching process could not be started ({error.strerror})")
                return None
            with self._lock:
                self._process = process
                process.listen(self._listen)
        with self._lock:
            if number not in self._open:
                return None
            if self._process is process:
                self._open[number] = process
                return process
        return self._process_for(request)  # it died just now

    def _listen(self, process: _Process) -> None:
        """Pass the answers of a process on until it ends. In a thread of its own."""
        for line in process.lines():
            with suppress(ValueError, KeyError, TypeError):  # nothing that was asked for
                self._take(read_answer(line))
        with self._lock:
            if self._process is process:
                self._process = None
            lost = [number for number, asked in self._open.items() if asked is process]
        self._lose(lost, f"the fetching process ended early ({process.end()})")

    def _take(self, answer: Answer) -> None:
        with self._lock:
            if answer.id not in self._open:
                return
            if not isinstance(answer, Stage):
                del self._open[answer.id]
        self._answers.put(answer)

    def _lose(self, numbers: Iterable[int], words: str) -> None:
        for number in numbers:
            self._take(Failed(number, Failure.BROKEN, words))

    def _end_process(self) -> None:
        with self._lock:
            process, self._process = self._process, None
        if process is not None:
            process.kill()


class _Process:
    """One run of the fetching process."""

    def __init__(self, program: Sequence[str]) -> None:
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the process
        try:
            self._process = subprocess.Popen(
                program,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._complaints,
                start_new_session=True,  # ctrl+c at the terminal is the reader's business
            )
        except OSError:
            self._complaints.close()
            raise
        self._listener: Thread | None = None

    def listen(self, listen: Callable[[_Process], None]) -> None:
        """Hear its answers in a thread."""
        self._listener = Thread(target=listen, args=(self,), name="answers", daemon=True)
        self._listener.start()

    def write(self, line: bytes) -> None:
        """Ask it. One that is dead is told of by whoever listens."""
        with suppress(OSError, ValueError):
            if self._process.stdin is not None:
                self._process.stdin.write(line)
                self._process.stdin.flush()

    def lines(self) -> Iterator[bytes]:
        """What it answers, until it ends."""
        yield from self._process.stdout or ()

    def end(self) -> str:
        """Let go of what has ended; gives its status, and what it said last."""
        status = self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                if pipe is not None:
                    pipe.close()
        self._complaints.seek(0)
        said = clean_block(self._complaints.read().decode("utf-8", "replace"), 10_000).splitlines()
        self._complaints.close()
        return f"status {status}" + (f": {said[-1]}" if said else "")

    def kill(self) -> None:
        """End it now, with whatever it has started."""
        with suppress(ProcessLookupError):
            if self._process.poll() is not None:
                pass
            elif hasattr(os, "killpg"):
                os.killpg(
                    self._process.pid, signal.SIGKILL
                )  # it leads a group, being the first of its session
            else:
                self._process.kill()
        if self._listener is not None:
            self._listener.join()
