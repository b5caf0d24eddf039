"""Which records a list shows and in what order: one frozen value."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from newsreader.domain.ranking import Order


class Scope(StrEnum):
    """How much of the corpus is in view."""

    FRONT = "front page"
    EVERYTHING = "everything"

    def other(self) -> Scope:
        """The scope that one key toggles to."""
        return Scope.EVERYTHING if self is Scope.FRONT else Scope.FRONT


class View(NamedTuple):
    """Scope, topic or type, filter text and order of a list.

    `topic` is the name of a topic; the records of the topics below it belong to it too.
    `type` narrows to one type of record (`video`, `course` …). Empty strings do not narrow.
    """

    scope: Scope = Scope.FRONT
    topic: str = ""
    type: str = ""
    filter: str = ""
    order: Order = Order.TOP

    def describe(self) -> str:
        """The view in words, for the status line."""
        place = self.topic or (f"type {self.type}" if self.type else "all topics")
        parts = [str(self.scope), str(self.order), place]
        if self.filter.strip():
            parts.append(f"filter “{self.filter.strip()}”")
        return " · ".join(parts)
