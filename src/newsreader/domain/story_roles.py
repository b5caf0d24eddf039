"""The role of a record in its story."""

from __future__ import annotations

from enum import IntEnum


class MembershipReason(IntEnum):
    """Why a record belongs to a story, best reason first. The numbers are stored in the index."""

    LEAD = 0
    SAME_PAGE = 1
    LISTED = 2
    LISTED_BY_TITLE = 3
    LISTS_LEAD = 4
    LISTED_BY_OTHER = 5

    @property
    def words(self) -> str:
        """The reason in words."""
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
    """The role of a record in its story. The numbers are stored in the index and queried by range."""

    COPY = 0
    """A duplicate of a record, under another path."""
    FOLDED = 1
    """Not the lead, not on the front page."""
    FOLDED_FRONT = 2
    """Not the lead, but on the front page."""
    ROW = 3
    """Lead or single record, not on the front page."""
    FRONT_ROW = 4
    """Lead or single record, on the front page."""

    @classmethod
    def of(cls, *, front: bool, leads: bool, is_copy: bool = False) -> StoryRole:
        """Return the role of a record."""
        if is_copy:
            return cls.COPY
        if leads:
            return cls.FRONT_ROW if front else cls.ROW
        return cls.FOLDED_FRONT if front else cls.FOLDED

    @property
    def shown(self) -> int:
        """2 if shown on the front page, 1 if shown in everything, 0 if hidden."""
        return 2 if self is StoryRole.FRONT_ROW else int(self > StoryRole.COPY)
