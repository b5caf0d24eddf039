"""The client of the sync process."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

from newsreader.domain.errors import NewsreaderError
from newsreader.domain.sanitize import clean_line
from newsreader.web.child_process import ChildProcess
from newsreader.web.sources.plan import Plan
from newsreader.web.sync.report import SyncProgress, SyncReport


class SyncFailedError(NewsreaderError):
    """The sync process failed or ended early; the message says why."""


class Syncer:
    """One run of the sync process. `report` is None until it is done."""

    def __init__(self, plan: Plan) -> None:
        self.report: SyncReport | None = None
        self._process = ChildProcess([sys.executable, "-m", "newsreader.web.sync.run"])
        self._process.write(json.dumps(plan.as_json()).encode() + b"\n")

    def progress(self) -> Iterator[SyncProgress]:
        """Yield progress until the process ends; raises SyncFailedError if it ends without a report."""
        for line in self._process.lines():
            try:
                message = json.loads(line)
            except ValueError as error:
                raise SyncFailedError(f"The process that fetches was not understood: {error}") from error
            if "error" in message:
                raise SyncFailedError(clean_line(str(message["error"])))
            if "report" in message:
                self.report = SyncReport.from_json(message["report"])
            else:
                yield SyncProgress(**message)
        status = self._process.wait()
        if self.report is None:
            raise SyncFailedError(f"The process that fetches ended early ({status}).")

    def stop(self) -> None:
        """Kill the process. Files that it has written are complete and stay."""
        self._process.kill()
        self._process.close()
