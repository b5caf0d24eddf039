"""Where a record stands among the rows of a list."""

from __future__ import annotations

from enum import IntEnum


class Standing(IntEnum):
    """What a record is to its story; the numbers stand in indexes, and lists ask for ranges of them."""

    COPY = 0
    """Another path of a record that is shown."""
    FOLDED = 1
    """Led by another record, and not on the front page."""
    FOLDED_FRONT = 2
    """Led by another record, although the publishing site shows both."""
    ROW = 3
    """Leads a story or stands alone, and is not on the front page."""
    FRONT_ROW = 4
    """Leads a story or stands alone, on the front page."""

    @classmethod
    def of(cls, *, front: bool, leads: bool, is_copy: bool = False) -> Standing:
        """The standing of a record."""
        if is_copy:
            return cls.COPY
        if leads:
            return cls.FRONT_ROW if front else cls.ROW
        return cls.FOLDED_FRONT if front else cls.FOLDED

    @property
    def shown(self) -> int:
        """2 on the front page, 1 in a list of everything, 0 nowhere."""
        return 2 if self is Standing.FRONT_ROW else int(self > Standing.COPY)
