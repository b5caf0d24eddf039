"""Progress and failure of a refresh."""

from __future__ import annotations

from typing import NamedTuple

from newsreader.domain.errors import NewsreaderError


class Progress(NamedTuple):
    """How many of the changed files are done; `changed` once anything was written.

    `rebuilt` tells that the index was damaged and is being built from nothing; `waiting`, that another
    process is refreshing it.
    With `is_linking`, at the end of a first build, how many records are linked into stories.
    """

    done: int
    total: int
    changed: bool = False
    finished: bool = False
    rebuilt: bool = False
    waiting: bool = False
    is_linking: bool = False

    def in_words(self, seconds: int) -> str:
        """Describe progress, rate and remaining time after that many seconds."""
        done, total = self.done, self.total
        if self.is_linking:
            return f"Linking stories: {done:,} of {total:,} records · {100 * done // total} %"
        text = f"Indexing {done:,} of {total:,} files · {100 * done // total} %"
        if seconds < 2 or not done:
            return text
        rate = done / seconds
        left = round((total - done) / rate)
        remaining = f"{left} s left" if left < 100 else f"{round(left / 60)} min left"
        return f"{text} · {rate:,.0f} a second · {remaining}"


class IndexingError(NewsreaderError):
    """A refresh failed; what is in the index can still be read."""
