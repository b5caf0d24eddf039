"""What became of a link when it was tried."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class LinkOutcome(StrEnum):
    """How a link fared. The words are kept in a database."""

    ALIVE = "alive"
    GONE = "gone"
    """The server says that there is no such page (404, 410)."""
    UNREACHABLE = "unreachable"
    """There is no such host, nobody listens there, or no answer comes."""
    REFUSED = "refused"
    """The server, or our own rules, do not let us in; a browser may fare better."""
    FAILED = "failed"
    """The server failed, or is too busy; later it may do."""

    @property
    def is_dead(self) -> bool:
        """Whether another copy of the page is worth looking for."""
        return self in (LinkOutcome.GONE, LinkOutcome.UNREACHABLE)


class LinkStatus(NamedTuple):
    """What became of one address.

    `status` is that of HTTP, 0 where no answer came. `words` tell a person why. `checked_at` is in seconds
    since 1970 UTC. `moved_to` is the address that answered in the end, empty where it is the same.
    """

    url: str
    outcome: LinkOutcome
    status: int
    words: str
    checked_at: int
    moved_to: str = ""
