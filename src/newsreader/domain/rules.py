"""Rules: what is done with stories that a filter finds."""

from __future__ import annotations

from typing import NamedTuple

from newsreader.domain.marks import Mark

RULE_MARKS = {"read": Mark.READ, "star": Mark.STARRED, "later": Mark.LATER, "hide": Mark.HIDDEN}
"""The marks that rules set, by the words of the settings."""

TAG_PREFIX = "tag:"
"""Prefix of a tag that a rule adds."""


class Rule(NamedTuple):
    """A filter, and the marks and tags to set on what it finds.

    `place` is its file and line in the settings.
    """

    when: str
    marks: tuple[Mark, ...] = ()
    tags: tuple[str, ...] = ()
    place: str = ""

    @property
    def filter(self) -> str:
        """The filter, whose last word is complete and no beginning of one."""
        return f"{self.when} "

    @property
    def actions(self) -> tuple[str, ...]:
        """The marks and tags as they are written in the settings."""
        words = tuple(word for word, mark in RULE_MARKS.items() if mark in self.marks)
        return (*words, *(f"{TAG_PREFIX}{tag}" for tag in self.tags))
