"""What can go wrong on the network, in words for a person."""

from __future__ import annotations

from enum import StrEnum

from newsreader.domain.errors import NewsreaderError
from newsreader.domain.link_status import LinkOutcome

NO_IMAGES = "Pictures need two more packages: pip install textual-image 'pillow<14' brings them."
"""What is said where Pillow or textual-image is missing."""


class Failure(StrEnum):
    """Kinds of failures, by what a reader can do about them."""

    GONE = "gone"
    """The server says that there is no such page (404, 410)."""
    UNREACHABLE = "unreachable"
    """No such host, nobody listens, no answer in time, the network is down."""
    REFUSED = "refused"
    """The server does not let us in (401, 403, 451 …)."""
    BUSY = "busy"
    """Too many requests, or the server is overloaded (429, 503)."""
    BROKEN = "broken"
    """The server failed, or sent what cannot be read as HTTP (5xx, cut off, a redirect in a circle)."""
    UNSAFE = "unsafe"
    """Our own rules forbid it: an address that is private, no web address, a body that explodes."""
    UNREADABLE = "unreadable"
    """It came, but there is nothing to read in it: no text, no article, no picture, no feed."""

    @property
    def outcome(self) -> LinkOutcome:
        """The same as a verdict on the link."""
        return _OUTCOMES[self]


_OUTCOMES = {
    Failure.GONE: LinkOutcome.GONE,
    Failure.UNREACHABLE: LinkOutcome.UNREACHABLE,
    Failure.REFUSED: LinkOutcome.REFUSED,
    Failure.BUSY: LinkOutcome.FAILED,
    Failure.BROKEN: LinkOutcome.FAILED,
    Failure.UNSAFE: LinkOutcome.REFUSED,
    Failure.UNREADABLE: LinkOutcome.ALIVE,
}


class WebError(NewsreaderError):
    """A request failed. The text is one line: the host, what happened, without what to do next.

    Attributes:
        kind: What a reader can do about it.
        url: The address that failed, after all redirects.
        status: Of HTTP, 0 where no answer came.
        retry_after: Seconds that the server asks us to wait, None where it does not say.

    """

    def __init__(
        self, words: str, kind: Failure, url: str, *, status: int = 0, retry_after: int | None = None
    ) -> None:
        super().__init__(words)
        self.kind = kind
        self.url = url
        self.status = status
        self.retry_after = retry_after


class OfflineError(WebError):
    """The network itself cannot be reached: no other address will fare better."""
