"""The reader's side of the watching process: start it, hear it, end it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path


class Watcher:
    """Tells when the corpus may have changed, from its construction until `stop`.

    Args:
        root: Of the corpus.

    """

    def __init__(self, root: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "newsreader.corpus.watch_process", str(root)],
            stdin=subprocess.PIPE,  # its end tells the process that the reader is gone, however it went
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def changes(self) -> Iterator[None]:
        """Yield for every change; ends with the process, without a word: R still looks for changes."""
        for _ in self._process.stdout or ():
            yield

    def stop(self) -> None:
        """End the process."""
        with self._process:  # closes the pipes and waits
            self._process.kill()
