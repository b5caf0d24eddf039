"""Marks: what a reader notes about a story."""

from __future__ import annotations

from enum import IntEnum, IntFlag


class Mark(IntEnum):
    """A kind of mark. The numbers are kept in the database of marks."""

    READ = 1
    STARRED = 2
    LATER = 3
    NOTE = 4

    @property
    def word(self) -> str:
        """Its name in files that carry marks elsewhere."""
        return self.name.lower()

    @property
    def flag(self) -> MarkSet:
        """Its place in a set of marks."""
        return MarkSet(1 << (self - 1))


class MarkSet(IntFlag):
    """The marks that a story has."""

    NONE = 0
    READ = 1
    STARRED = 2
    LATER = 4
    NOTE = 8
