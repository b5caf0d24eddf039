"""The filters that were used before, kept from one start to the next."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from newsreader.domain.sanitize import clean_line
from newsreader.state.atomic_file import write_whole

STORED = 200
"""Number of filters that are kept."""

_LONGEST = 1_000
"""Characters of a filter that is kept."""

_MAX_BYTES = 4 * STORED * _LONGEST


class FilterHistory:
    """Walks filters from the newest to the oldest and back; the file has one a line, the newest last.

    Reads the file on first use. A file that cannot be read or written is no error: then nothing is kept.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._filters: list[str] | None = None
        self._place: int | None = None
        self._typed = ""

    def add(self, text: str) -> None:
        """Add a filter that was accepted; one that was used before becomes the newest."""
        self._place = None
        text = clean_line(text, _LONGEST).strip()
        if not text:
            return
        filters = [*(other for other in self._read() if other != text), text][-STORED:]
        if filters == self._filters:
            return
        self._filters = filters
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(
                self._path, lambda file: file.writelines(f"{line}\n" for line in filters), replace=True
            )

    def older(self, current: str) -> str | None:
        """Return the filter before the current one; None at the oldest."""
        filters = self._read()
        if self._place is None or filters[self._place] != current:
            self._place, self._typed = len(filters), current
        while self._place > 0:
            self._place -= 1
            if filters[self._place] != current:
                return filters[self._place]
        return None

    def newer(self, current: str) -> str | None:
        """Return the filter after the current one, at last what was typed; None where none was recalled."""
        filters = self._read()
        if self._place is None or self._place >= len(filters) or filters[self._place] != current:
            return None
        self._place += 1
        return filters[self._place] if self._place < len(filters) else self._typed

    def _read(self) -> list[str]:
        if self._filters is None:
            text = ""
            with suppress(OSError), self._path.open("rb") as file:
                text = file.read(_MAX_BYTES).decode(errors="replace")
            lines = (clean_line(line, _LONGEST).strip() for line in text.splitlines())
            self._filters = list(dict.fromkeys(filter(None, lines)))[-STORED:]
        return self._filters
