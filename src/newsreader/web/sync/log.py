"""The log of what came in: a line of JSON for each record, the newest last."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from newsreader.state.atomic_file import write_whole
from newsreader.web.sync.report import WriteResult

MOST_BYTES: Final = 1_000_000
"""A longer log loses its older half."""


def log_file(folder: Path) -> Path:
    """The log in the folder of what is remembered."""
    return folder / "log.jsonl"


class SyncLog:
    """Appends to the log.

    Args:
        folder: Where it is.
        corpus: The folder that the records came into.

    """

    def __init__(self, folder: Path, corpus: str) -> None:
        self._path = log_file(folder)
        self._corpus = corpus

    def add(self, outcomes: Iterable[WriteResult], source: str) -> None:
        """Note what became of the records of a source.

        Raises:
            OSError: the log cannot be written.

        """
        now = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        lines = [
            json.dumps({"at": now, "corpus": self._corpus, "source": source, **_fact(outcome)})
            for outcome in outcomes
        ]
        if not lines:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in lines)
        if self._path.stat().st_size > MOST_BYTES:
            kept = self._path.read_bytes()[-MOST_BYTES // 2 :].decode("utf-8", "replace").partition("\n")[2]
            write_whole(self._path, lambda file: file.write(kept), replace=True)


def _fact(outcome: WriteResult) -> dict[str, str]:
    return {"came": outcome.came, "path": outcome.path}


def read_log(folder: Path) -> Iterator[dict[str, str]]:
    """The entries, the oldest first; lines that are none are left out."""
    try:
        lines = log_file(folder).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return
    for line in lines:
        try:
            entry = json.loads(line)
        except ValueError:
            continue
        if isinstance(entry, dict):
            yield {key: str(value) for key, value in entry.items()}
