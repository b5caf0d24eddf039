"""Clients of the indexing process and the watching process."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from newsreader.domain.sanitize import clean_block
from newsreader.library.indexing.progress import IndexingError, Progress


class Indexer:
    """One run of the indexing process.

    Args:
        root: Of the corpus.
        index: The database file.
        half_life: Of the order `top`, in seconds.
        options: The settings of the corpus, from `CorpusOptions.to_json`.

    """

    def __init__(self, root: Path, index: Path, half_life: int, options: str = "") -> None:
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `stop`
        arguments = (str(root), str(index), str(half_life), options)
        self._process = _start("newsreader.library.indexing.process", *arguments, stderr=self._errors)

    def progress(self) -> Iterator[Progress]:
        """Yield the progress until the process ends.

        Raises:
            IndexingError: it ended before the index was up to date.

        """
        finished = False
        for line in self._process.stdout or ():
            fact = json.loads(line)
            if "error" in fact:
                raise IndexingError(f"The corpus could not be indexed: {fact['error']}")
            progress = Progress(**fact)
            finished = progress.finished
            yield progress
        status = self._process.wait()
        if not finished:
            self._errors.seek(0)
            reason = _last_line(self._errors.read())
            raise IndexingError(f"Indexing ended early (status {status}{reason}). R starts it again.")

    def stop(self) -> None:
        """End the process. What it has committed stays; the next run continues from there."""
        with self._process:  # closes the pipe and waits
            if self._process.poll() is None:
                self._kill()
        self._errors.close()

    def _kill(self) -> None:
        """Kill the process with its workers: one that hangs would survive and keep the pipe open."""
        if hasattr(os, "killpg"):
            os.killpg(self._process.pid, signal.SIGKILL)  # its session leader leads a process group
        else:
            self._process.kill()


class Watcher:
    """Reports when a corpus may have changed, from its construction until `stop`."""

    def __init__(self, root: Path) -> None:
        self._process = _start("newsreader.corpus.watch_process", str(root), stderr=subprocess.DEVNULL)

    def changes(self) -> Iterator[None]:
        """Yield for every change until the process ends, also if it fails."""
        for _ in self._process.stdout or ():
            yield

    def stop(self) -> None:
        """End the process."""
        with self._process:  # closes the pipes and waits
            self._process.kill()


def _start(module: str, *arguments: str, stderr: int | IO[bytes]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        stdin=subprocess.PIPE,  # its end of file tells the process that its parent has died
        stdout=subprocess.PIPE,
        stderr=stderr,
        start_new_session=True,
    )


def _last_line(output: bytes) -> str:
    """Return the last line of the output of a process, as a suffix for its exit status."""
    lines = clean_block(output.decode("utf-8", "replace"), 10_000).splitlines()
    return f": {lines[-1]}" if lines else ""
