"""Traits of a record as bits for the index."""

from __future__ import annotations

from enum import IntFlag
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsreader.domain.record import Record


class Trait(IntFlag):
    """A trait. The bits are stored in the index; changing them requires a new index version."""

    AMP = 1
    IMAGE = 2
    VIDEO = 4
    BODY = 8


def traits_of(record: Record) -> Trait:
    """Return the traits of a record."""
    return Trait(
        Trait.AMP * bool(record.amp_url or record.cached_amp_url)
        + Trait.IMAGE * bool(record.images)
        + Trait.VIDEO * bool(record.type == "video" or record.embed_urls)
        + Trait.BODY * bool(record.body)
    )
