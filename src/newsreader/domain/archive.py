"""Where the Internet Archive keeps a page."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from newsreader.domain.dates import Moment
from newsreader.domain.urls import is_openable

_HOST: Final = "https://web.archive.org/web"


def archived_url(url: str, moment: Moment | None) -> str:
    """Return the address of the copy nearest to a moment, of the newest one without it; "" if `url` is none.

    The Wayback Machine leads from a time that it has no copy of to the nearest one. The form of its
    addresses is `/web/<yyyymmddhhmmss>/<url>`; `2` alone stands for "as late as possible".
    """
    url = url.strip()
    if not is_openable(url):
        return ""
    if moment is None:
        return f"{_HOST}/2/{url}"
    when = datetime(1970, 1, 1) + timedelta(seconds=moment.seconds)  # noqa: DTZ001 - UTC, as all moments are
    return f"{_HOST}/{when:%Y%m%d%H%M%S}/{url}"
