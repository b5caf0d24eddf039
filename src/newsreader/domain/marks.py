"""The reader's marks on stories."""

from __future__ import annotations

from enum import IntEnum, IntFlag


class Mark(IntEnum):
    """A kind of mark. The numbers are stored in the marks database."""

    READ = 1
    STARRED = 2
    LATER = 3
    NOTE = 4
    TAGS = 5
    HIDDEN = 6

    @property
    def is_text(self) -> bool:
        """Whether its value is a text; that of other marks is 1 or 0."""
        return self in (Mark.NOTE, Mark.TAGS)

    @property
    def word(self) -> str:
        """Its name in exported files."""
        return self.name.lower()

    @property
    def flag(self) -> MarkSet:
        """The mark as a set."""
        return MarkSet(1 << (self - 1))


class MarkSet(IntFlag):
    """The set of a story's marks."""

    NONE = 0
    READ = 1
    STARRED = 2
    LATER = 4
    NOTE = 8
    TAGS = 16
    HIDDEN = 32
