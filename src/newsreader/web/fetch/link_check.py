"""Link status: from a response, from an error, or by a check of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from newsreader.domain.link_status import LinkOutcome, LinkStatus
from newsreader.domain.urls import canonical_url, host_of, is_page
from newsreader.web.http.client import Response, WebClient
from newsreader.web.http.errors import Failure, OfflineError, WebError

_READ_LIMIT: Final = 1_000
"""Bytes of a page that prove that it is there."""

# Servers without support for HEAD answer with almost any status; these are reliable.
_RELIABLE: Final = frozenset({410, 429})


async def check_link(client: WebClient, url: str, *, now: Callable[[], float]) -> LinkStatus:
    """Check a link with HEAD, and with GET where that fails. Returns failures as a status."""
    try:
        response = await client.head(url)
    except WebError as error:
        if error.kind is Failure.UNSAFE or error.status in _RELIABLE or isinstance(error, OfflineError):
            return failed_status_of(url, error, now())
        try:
            response = await client.get(url, body_limit=_READ_LIMIT)
        except WebError as second:
            return failed_status_of(url, second, now())
    return status_of(url, response, now())


def failed_status_of(url: str, error: WebError, now: float) -> LinkStatus:
    """Return the status of a link that failed; `now` is a Unix time."""
    moved_to = error.url if canonical_url(error.url) != canonical_url(url) else ""
    return LinkStatus(url, error.kind.outcome, error.status, str(error), int(now), moved_to)


def status_of(url: str, response: Response, now: float) -> LinkStatus:
    """Return the status of a link that works, with the URL that it redirects to, if any."""
    here, there = canonical_url(url), canonical_url(response.url)
    message, moved_to = "answers", "" if here == there else response.url
    if not moved_to:
        pass
    elif is_page(here) and not is_page(there):
        # Removed pages often redirect to the front page.
        message = "leads to the front page of the site now"
    elif host_of(url) != host_of(response.url):
        message = f"leads to {host_of(response.url)} now"
    return LinkStatus(
        url, LinkOutcome.ALIVE, response.status, f"{host_of(url)}: {message}", int(now), moved_to
    )
