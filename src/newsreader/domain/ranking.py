"""The orders of a list and the score behind the default one."""

from __future__ import annotations

from enum import StrEnum
from math import log2

DAY = 86_400
"""Seconds in a day; the default half-life of a story."""


class Order(StrEnum):
    """How a list is ordered. Undated records come last in each; ties fall to newer, then path."""

    TOP = "top"
    HOT = "hot"
    QUALITY = "quality"
    NEW = "new"
    OLD = "old"
    MATCH = "match"

    @property
    def meaning(self) -> str:
        """The order in words, for menus and messages."""
        return _MEANINGS[self]

    @classmethod
    def offered(cls, *, with_text: bool) -> tuple[Order, ...]:
        """The orders to choose from; only words that are looked for can match better or worse."""
        return tuple(order for order in cls if with_text or order is not cls.MATCH)

    def next(self, *, with_text: bool) -> Order:
        """The order that follows this one when the reader cycles through them."""
        orders = self.offered(with_text=with_text)
        return orders[(orders.index(self) + 1) % len(orders)] if self in orders else orders[0]


_MEANINGS = {
    Order.TOP: "heat weighed against age",
    Order.HOT: "hottest stories first",
    Order.QUALITY: "best editorial score first",
    Order.NEW: "newest first",
    Order.OLD: "oldest first",
    Order.MATCH: "best match first",
}


def signal(heat: int | None, quality: int | None) -> int | None:
    """The strength of a story: its heat, or its quality where heat is unknown."""
    return quality if heat is None else heat


def top_score(strength: int | None, seconds: int, half_life: int = DAY) -> float:
    """The score of the order `top` for a dated record.

    `log2(1 + max(0, strength)) + seconds / half_life`: each half-life of age costs as much as
    halving the strength. Counting age from the epoch instead of from now moves every score by
    the same amount, so the order is unchanged, does not depend on the clock and can be stored.

    Args:
        strength: See `signal`; unknown and negative strengths count as 0.
        seconds: Time of publication, in seconds since 1970 UTC.
        half_life: In seconds, above 0.

    """
    return log2(1 + max(0, strength or 0)) + seconds / half_life
