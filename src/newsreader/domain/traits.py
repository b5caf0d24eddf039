"""What a record has besides its words, as one number that a database can keep."""

from __future__ import annotations

from enum import IntFlag
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsreader.domain.record import Record


class Trait(IntFlag):
    """Each is one bit; the numbers stand in indexes and must not change within one version of them."""

    AMP = 1
    IMAGE = 2
    VIDEO = 4
    BODY = 8


def traits_of(record: Record) -> Trait:
    """What a record has."""
    present = {
        Trait.AMP: record.amp_url or record.cached_amp_url,
        Trait.IMAGE: record.images,
        Trait.VIDEO: record.type == "video" or record.embed_urls,
        Trait.BODY: record.body,
    }
    return Trait(sum(trait for trait, has in present.items() if has))
