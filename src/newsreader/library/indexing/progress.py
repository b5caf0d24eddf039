"""How far a refresh is, and that it failed."""

from __future__ import annotations

from typing import NamedTuple

from newsreader.domain.errors import NewsreaderError


class Progress(NamedTuple):
    """How far a refresh is: files done of those that changed; `changed` once anything was written."""

    done: int
    total: int
    changed: bool = False
    finished: bool = False

    def in_words(self, seconds: int) -> str:
        """How far indexing is after that many seconds, how fast it goes, and how long it will take."""
        done, total = self.done, self.total
        words = f"Indexing {done:,} of {total:,} files · {100 * done // total} %"
        if seconds < 2 or not done:
            return words
        rate = done / seconds
        left = round((total - done) / rate)
        remaining = f"{left} s left" if left < 100 else f"{round(left / 60)} min left"
        return f"{words} · {rate:,.0f} a second · {remaining}"


class IndexingError(NewsreaderError):
    """The index could not be brought up to date; what is in it can still be read."""
