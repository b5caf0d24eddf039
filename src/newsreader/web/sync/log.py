"""The sync log: one line of JSON for each new or changed record, the newest last."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from newsreader.state.atomic_file import write_whole
from newsreader.web.sync.report import WriteResult

MAX_BYTES: Final = 1_000_000
"""A larger log loses its older half."""


def log_file(folder: Path) -> Path:
    """Return the path of the log in the state folder."""
    return folder / "log.jsonl"


def append_log(folder: Path, corpus: str, source: str, results: Iterable[WriteResult]) -> None:
    """Log the results of a source; raises OSError."""
    path = log_file(folder)
    now = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    common = {"at": now, "corpus": corpus, "source": source}
    lines = [json.dumps({**common, "came": result.outcome, "path": result.path}) + "\n" for result in results]
    if not lines:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.writelines(lines)
    if path.stat().st_size > MAX_BYTES:
        newest = path.read_bytes()[-MAX_BYTES // 2 :].decode("utf-8", "replace").partition("\n")[2]
        write_whole(path, lambda file: file.write(newest), replace=True)


def read_log(folder: Path) -> Iterator[dict[str, str]]:
    """Yield the entries, the oldest first; skips invalid lines."""
    try:
        lines = log_file(folder).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return
    for line in lines:
        try:
            entry = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(entry, dict):
            yield {key: str(value) for key, value in entry.items()}
