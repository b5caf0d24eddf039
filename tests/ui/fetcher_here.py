"""What stands in for the fetching process."""

from __future__ import annotations

from collections.abc import Iterator
from queue import SimpleQueue
from typing import Any, ClassVar

from newsreader.web.fetch.protocol import Answer


class FetcherHere:
    """Keeps what it was asked for, and answers when it is told to. Those that were made stand in `made`."""

    made: ClassVar[list[FetcherHere]] = []

    def __init__(self, **_: object) -> None:
        self.asked: dict[int, dict[str, Any]] = {}
        self.cancelled: list[int] = []
        self._answers = SimpleQueue[Answer | None]()
        self.made.append(self)

    def ask(self, do: str, **what: Any) -> int:
        number = len(self.asked) + 1
        self.asked[number] = {"do": do, **what}
        return number

    def cancel(self, number: int) -> None:
        self.cancelled.append(number)

    def answer(self, answer: Answer) -> None:
        self._answers.put(answer)

    def answers(self) -> Iterator[Answer]:
        while (answer := self._answers.get()) is not None:
            yield answer

    def stop(self) -> None:
        self._answers.put(None)
