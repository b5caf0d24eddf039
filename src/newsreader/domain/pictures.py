"""The picture of a story and its caption."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from newsreader.domain.record import Image, Record
from newsreader.domain.urls import is_openable


class Picture(NamedTuple):
    """A picture to fetch, with its caption."""

    url: str
    caption: str = ""


def picture_of(record: Record) -> Picture | None:
    """Return the first openable picture of a record, or else of its coverage.

    Coverage of the same event often shows the same scene, but the caption must say that the picture is not
    the story's own.
    """
    own = _first(record.images)
    if own is not None:
        return Picture(own.url, _caption(own))
    for entry in record.related:
        other = _first(entry.images)
        if other is not None:
            whose = f"from coverage by {entry.provider.label}" if entry.provider.label else "from coverage"
            return Picture(other.url, " · ".join(filter(None, (_caption(other), whose))))
    return None


def _first(images: Iterable[Image]) -> Image | None:
    return next((image for image in images if is_openable(image.url)), None)


def _caption(image: Image) -> str:
    return " · ".join(dict.fromkeys(filter(None, (image.title, image.attribution))))
