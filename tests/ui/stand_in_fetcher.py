"""A fetcher for tests: notes what it is asked for, and answers what it is told to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from queue import SimpleQueue
from typing import NamedTuple

from newsreader.domain.page_text import Candidate, PageText
from newsreader.web.fetch.protocol import Answer


class Asked(NamedTuple):
    """A request for a page."""

    id: int
    candidates: tuple[Candidate, ...]
    kept: PageText | None


class StandIn:
    """Replaces `newsreader.web.fetch.client.Fetcher`. `made` lists all instances, `now` is the last one."""

    now: StandIn
    made = 0

    def __init__(self, *, private_addresses: bool = False) -> None:
        self.private_addresses = private_addresses
        self.asked: list[Asked] = []
        self.cancelled: list[int] = []
        self._numbers = count(1)
        self._answers = SimpleQueue[Answer | None]()
        StandIn.now = self
        StandIn.made += 1

    def fetch_page(self, candidates: Sequence[Candidate], kept: PageText | None = None) -> int:
        """Note the request."""
        self.asked.append(Asked(next(self._numbers), tuple(candidates), kept))
        return self.asked[-1].id

    def cancel(self, number: int) -> None:
        """Note that it was given up; it may still be answered, as by a process that did not hear in time."""
        self.cancelled.append(number)

    def give(self, answer: Answer) -> None:
        """Answer."""
        self._answers.put(answer)

    def answers(self) -> Iterator[Answer]:
        """What was given."""
        while (answer := self._answers.get()) is not None:
            yield answer

    def stop(self) -> None:
        """End."""
        self._answers.put(None)
