"""The result of checking a link."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class LinkOutcome(StrEnum):
    """The outcome of a check. The values are stored in a database."""

    ALIVE = "alive"
    GONE = "gone"
    """The server reports that the page does not exist (404, 410)."""
    UNREACHABLE = "unreachable"
    """The host does not exist, refuses connections, or does not answer."""
    REFUSED = "refused"
    """The server or the program's own rules deny access; a browser may have access."""
    FAILED = "failed"
    """The server failed or is overloaded; a retry may succeed."""

    @property
    def is_dead(self) -> bool:
        """Whether to look for a copy of the page."""
        return self in (LinkOutcome.GONE, LinkOutcome.UNREACHABLE)


class LinkStatus(NamedTuple):
    """The result of checking one URL.

    `status` is the HTTP status, 0 without a response. `words` is the reason, for the user. `checked_at` is in
    seconds since the Unix epoch. `moved_to` is the URL after redirects, empty if there were none.
    """

    url: str
    outcome: LinkOutcome
    status: int
    words: str
    checked_at: int
    moved_to: str = ""
