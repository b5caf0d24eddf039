"""Coming back to a corpus: the record that the reader was at, and what has come since."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

Ask = Callable[..., list[tuple[Any, ...]]]
"""Answers a statement with its parameters."""


def record_at(ask: Ask, path: str) -> int | None:
    """The record of a file, by its path in the corpus with `/`; None where there is none."""
    found = ask(
        "SELECT record.id FROM file JOIN record ON record.id = file.id WHERE path = ?",
        (path.encode("utf-8", "surrogateescape"),),
    )
    return int(found[0][0]) if found else None


def path_of(ask: Ask, record_id: int) -> str:
    """The path of a record's file in the corpus, which `record_at` takes; empty where it is gone."""
    found = ask("SELECT path FROM file WHERE id = ?", (record_id,))
    return bytes(found[0][0]).decode("utf-8", "surrogateescape") if found else ""


def seen_from(ask: Ask, ids: Sequence[int], last_visit: int) -> int | None:
    """The first of these records that was there at the last visit, where newer ones stand before it."""
    new = {id_ for (id_,) in ask("SELECT id FROM file WHERE arrived > ?", (last_visit,))}
    return next((row for row, id_ in enumerate(ids) if id_ not in new), 0) or None
