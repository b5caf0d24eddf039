"""Why a record belongs to a story."""

from __future__ import annotations

from enum import IntEnum


class Reason(IntEnum):
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
    Reason.LEAD: "lead",
    Reason.SAME_PAGE: "same canonical URL",
    Reason.LISTED: "related of the lead",
    Reason.LISTED_BY_TITLE: "same title and day as a related of the lead",
    Reason.LISTS_LEAD: "names the lead as related",
    Reason.LISTED_BY_OTHER: "related of another report",
}
