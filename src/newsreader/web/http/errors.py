"""Errors of requests."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from newsreader.domain.errors import NewsreaderError
from newsreader.domain.link_status import LinkOutcome
from newsreader.settings.install_hint import Extra, install_command

NO_IMAGES = f"Pictures need an extra: {install_command(Extra.IMAGES)}"
"""The message where Pillow or textual-image is missing."""


class Failure(StrEnum):
    """Kinds of failures, by what a user can do about them."""

    GONE = "gone"
    """The server has no such page (404, 410)."""
    UNREACHABLE = "unreachable"
    """Unknown host, connection refused, timeout, or no network."""
    REFUSED = "refused"
    """The server denies access (401, 403, 451 …)."""
    BUSY = "busy"
    """Too many requests, or an overloaded server (429, 503)."""
    BROKEN = "broken"
    """The server failed or sent invalid HTTP (5xx, a truncated body, a redirect loop)."""
    UNSAFE = "unsafe"
    """Refused by this program: a private address, not a web address, a decompression bomb."""
    UNREADABLE = "unreadable"
    """The response has nothing to show: no text, no article, no picture, no feed."""

    @property
    def outcome(self) -> LinkOutcome:
        """The matching outcome of a link check."""
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
    """A request failed. The message is one line: the host and what happened, without next steps.

    Attributes:
        url: The address that failed, after all redirects.
        status: HTTP status, 0 without a response.
        retry_after: Seconds from the header `Retry-After`, None without one.

    """

    def __init__(
        self, message: str, kind: Failure, url: str, *, status: int = 0, retry_after: int | None = None
    ) -> None:
        super().__init__(message)
        self.kind = kind
        self.url = url
        self.status = status
        self.retry_after = retry_after


class OfflineError(WebError):
    """There is no network, so no other address can be reached either."""


class NoConnectionError(Exception):
    """No connection could be made. The message lacks the host, which the caller puts before it.

    Attributes:
        is_offline: Whether there is no network, so that no other host can be reached either.

    """

    def __init__(self, message: str, kind: Failure, *, is_offline: bool = False) -> None:
        super().__init__(message)
        self.kind = kind
        self.is_offline = is_offline


def private_address() -> NoConnectionError:
    """Return the error for a private address."""
    return NoConnectionError("the address is a private one, which pages may not lead to", Failure.UNSAFE)


def causes_of(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and its chain of causes, the innermost last."""
    current: BaseException | None = error
    for _ in range(10):
        if current is None:
            return
        yield current
        if isinstance(current, BaseExceptionGroup):
            current = current.exceptions[0]
        else:
            current = current.__cause__ or current.__context__
