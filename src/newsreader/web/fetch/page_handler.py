"""What the fetching process does to answer a request for the text of a page."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from newsreader.domain.link_status import LinkStatus
from newsreader.web.fetch.page_text import read_page_text
from newsreader.web.fetch.protocol import read_candidates, read_text
from newsreader.web.http.client import WebClient


async def read_page(
    client: WebClient, request: Mapping[str, Any], tell: Callable[[str], None]
) -> dict[str, object]:
    """Read a page.

    Args:
        client: Fetches it.
        request: As `wire.page_request` makes it.
        tell: Is told how far it is, in words.

    Returns:
        The answer, without the request that it answers.

    Raises:
        WebError: it could not be read.

    """
    kept = read_text(request["kept"])
    verdicts: list[LinkStatus] = []
    found = await read_page_text(
        client,
        read_candidates(request),
        kept,
        now=time.time,
        on_stage=tell,
        on_verdict=verdicts.append,
    )
    told = {"answer": "unchanged"} if found is None else {"answer": "page", "text": found._asdict()}
    return {**told, "verdicts": verdicts}
