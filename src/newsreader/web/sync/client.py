"""The reader's side of the process that brings fresh records in: start it, follow it, end it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress

from newsreader.domain.errors import NewsreaderError
from newsreader.domain.sanitize import clean_block, clean_line
from newsreader.web.sources.plan import Plan
from newsreader.web.sync.report import SyncProgress, SyncReport


class SyncFailedError(NewsreaderError):
    """Nothing could be brought in, or the process ended early; the message says why."""


class Syncer:
    """One run of the process.

    Args:
        plan: What it is to bring.

    Attributes:
        report: What it brought; None until it is done.

    """

    def __init__(self, plan: Plan) -> None:
        self.report: SyncReport | None = None
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the process
        self._process = subprocess.Popen(
            [sys.executable, "-m", "newsreader.web.sync.run"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            start_new_session=True,
        )
        if self._process.stdin is not None:
            with suppress(BrokenPipeError):  # it has died; what it said is told below
                self._process.stdin.write(json.dumps(plan.as_json()).encode() + b"\n")
                self._process.stdin.flush()

    def progress(self) -> Iterator[SyncProgress]:
        """What the process tells, until it ends.

        Raises:
            SyncFailedError: it ended without a report.

        """
        for line in self._process.stdout or ():
            try:
                fact = json.loads(line)
            except ValueError as error:
                raise SyncFailedError(f"The process that fetches was not understood: {error}") from error
            if "error" in fact:
                raise SyncFailedError(clean_line(str(fact["error"])))
            if "report" in fact:
                self.report = SyncReport.from_json(fact["report"])
            else:
                yield SyncProgress(**fact)
        status = self._process.wait()
        if self.report is None:
            self._complaints.seek(0)
            lines = clean_block(self._complaints.read().decode("utf-8", "replace"), 10_000).splitlines()
            reason = f": {lines[-1]}" if lines else ""
            raise SyncFailedError(f"The process that fetches ended early (status {status}{reason}).")

    def stop(self) -> None:
        """End the process now. Files that it has written are whole and stay."""
        with suppress(BrokenPipeError), self._process:  # closes the pipes and waits
            if self._process.poll() is None:
                self._kill()
        self._complaints.close()

    def _kill(self) -> None:
        if hasattr(os, "killpg"):
            os.killpg(self._process.pid, signal.SIGKILL)  # it leads a group, being the first of its session
        else:
            self._process.kill()
