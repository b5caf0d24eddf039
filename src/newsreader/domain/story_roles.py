"""Where a record stands among the rows of a list."""

from __future__ import annotations

from enum import IntEnum


class MembershipReason(IntEnum):
    """Why a record belongs to a story, the best reason first; the numbers stand in indexes."""

    LEAD = 0
    SAME_PAGE = 1
    LISTED = 2
    LISTED_BY_TITLE = 3
    LISTS_LEAD = 4
    LISTED_BY_OTHER = 5

    @property
    def words(self) -> str:
        """The reason for a person to read."""
        return _WORDS[self]


_WORDS = {
    MembershipReason.LEAD: "lead",
    MembershipReason.SAME_PAGE: "same canonical URL",
    MembershipReason.LISTED: "related of the lead",
    MembershipReason.LISTED_BY_TITLE: "same title and day as a related of the lead",
    MembershipReason.LISTS_LEAD: "names the lead as related",
    MembershipReason.LISTED_BY_OTHER: "related of another report",
}


class StoryRole(IntEnum):
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
    def of(cls, *, front: bool, leads: bool, is_copy: bool = False) -> StoryRole:
        """The standing of a record."""
        if is_copy:
            return cls.COPY
        if leads:
            return cls.FRONT_ROW if front else cls.ROW
        return cls.FOLDED_FRONT if front else cls.FOLDED

    @property
    def shown(self) -> int:
        """2 on the front page, 1 in a list of everything, 0 nowhere."""
        return 2 if self is StoryRole.FRONT_ROW else int(self > StoryRole.COPY)
