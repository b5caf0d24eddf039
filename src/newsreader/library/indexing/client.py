"""The reader's side of the indexing process: start it, follow it, end it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from newsreader.domain.sanitize import clean_block
from newsreader.library.indexing.progress import IndexingError, Progress


class Indexer:
    """One run of the indexing process.

    Args:
        root: Of the corpus.
        index: The database file.
        half_life: Of the order `top`, in seconds.
        options: What the settings say about the corpus, as `CorpusOptions.to_json` writes it.

    """

    def __init__(self, root: Path, index: Path, half_life: int, options: str = "") -> None:
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the process
        self._process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "newsreader.library.indexing.process",
                str(root),
                str(index),
                str(half_life),
                options,
            ],
            stdin=subprocess.PIPE,  # its end tells the process that its parent is gone, however it went
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            start_new_session=True,
        )

    def progress(self) -> Iterator[Progress]:
        """What the process reports, until it ends.

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
            self._complaints.seek(0)
            reason = _last_line(self._complaints.read())
            raise IndexingError(f"Indexing ended early (status {status}{reason}). R starts it again.")

    def stop(self) -> None:
        """End the process now. What it has written stays; the rest comes with the next run."""
        with self._process:  # closes the pipe and waits
            if self._process.poll() is None:
                self._kill()
        self._complaints.close()

    def _kill(self) -> None:
        """Kill the process with its parsers: one that hangs would live on and hold the pipe open."""
        if hasattr(os, "killpg"):
            os.killpg(self._process.pid, signal.SIGKILL)  # it leads a group, being the first of its session
        else:
            self._process.kill()


def _last_line(output: bytes) -> str:
    """What a process said last, to be put behind its status."""
    lines = clean_block(output.decode("utf-8", "replace"), 10_000).splitlines()
    return f": {lines[-1]}" if lines else ""
