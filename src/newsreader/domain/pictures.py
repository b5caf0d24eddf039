"""Which picture a story has, and what is said below it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from newsreader.domain.record import Image, Record
from newsreader.domain.urls import is_openable


class Picture(NamedTuple):
    """A picture to fetch: its address, and words about it, which may be empty."""

    url: str
    caption: str = ""


def picture_of(record: Record) -> Picture | None:
    """The first picture of a record that can be fetched; else one of its coverage, which the caption tells.

    A record lists its picture as the publishing site found it. Coverage of the same event mostly shows the
    same scene, which is better than nothing, but it must not pass for the story's own.
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
