"""Whether a link still leads somewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from newsreader.domain.link_status import LinkStatus
from newsreader.web.http.client import WebClient
from newsreader.web.http.errors import Failure, OfflineError, WebError
from newsreader.web.http.link_status import living, verdict_of

_READ_OF_A_PAGE: Final = 1_000
"""How much of a page is read to see that it comes, in bytes."""

# Servers that do not know HEAD answer it with almost anything, or not at all; these are meant.
_MEANT: Final = frozenset({410, 429})


async def check_link(client: WebClient, url: str, *, now: Callable[[], float]) -> LinkStatus:
    """Ask for the head of a page, then for the page where that is not answered well, and judge the link.

    Never raises but when it is called off: what goes wrong is the verdict.
    """
    try:
        answer = await client.head(url)
    except WebError as error:
        if error.kind is Failure.UNSAFE or error.status in _MEANT or isinstance(error, OfflineError):
            return verdict_of(url, error, now())
        try:
            answer = await client.get(url, body_limit=_READ_OF_A_PAGE)
        except WebError as second:
            return verdict_of(url, second, now())
    return living(url, answer, now())
