"""What an answer, or the lack of one, says of the link that was followed."""

from __future__ import annotations

from newsreader.domain.link_status import LinkOutcome, LinkStatus
from newsreader.domain.urls import canonical_url, host_of, is_page
from newsreader.web.http.client import Response
from newsreader.web.http.errors import WebError


def verdict_of(url: str, error: WebError, now: float) -> LinkStatus:
    """Return what a failure says of the link that was followed; `now` is in seconds since 1970 UTC."""
    moved_to = error.url if canonical_url(error.url) != canonical_url(url) else ""
    return LinkStatus(url, error.kind.outcome, error.status, str(error), int(now), moved_to)


def living(url: str, answer: Response, now: float) -> LinkStatus:
    """Return what an answer says of the link that was followed: that it is alive, and where it leads."""
    here, there = canonical_url(url), canonical_url(answer.url)
    if here == there:
        return LinkStatus(url, LinkOutcome.ALIVE, answer.status, f"{host_of(url)}: answers", int(now))
    # Pages that are taken away often lead to the front page instead of saying so.
    words = "answers" if is_page(there) or not is_page(here) else "leads to the front page of the site now"
    if words == "answers" and host_of(url) != host_of(answer.url):
        words = f"leads to {host_of(answer.url)} now"
    return LinkStatus(url, LinkOutcome.ALIVE, answer.status, f"{host_of(url)}: {words}", int(now), answer.url)
