"""The orders of a list, and the score of the default order."""

from __future__ import annotations

from enum import StrEnum
from math import log2

DAY = 86_400
"""Seconds in a day; the default half-life of a story."""


class Order(StrEnum):
    """The order of a list. Undated records are last; ties are broken by time, newest first, then path."""

    TOP = "top"
    HOT = "hot"
    QUALITY = "quality"
    NEW = "new"
    OLD = "old"
    MATCH = "match"

    @property
    def meaning(self) -> str:
        """The description of the order, for menus and messages."""
        return _MEANINGS[self]

    @classmethod
    def offered(cls, *, with_text: bool) -> tuple[Order, ...]:
        """Return the available orders; `MATCH` requires a search for words."""
        return tuple(order for order in cls if with_text or order is not cls.MATCH)

    def next(self, *, with_text: bool) -> Order:
        """Return the next order in the cycle."""
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
    """Return the strength of a story: its heat, or its quality if heat is unknown."""
    return quality if heat is None else heat


def top_score(strength: int | None, seconds: int, half_life: int = DAY) -> float:
    """Return the score of a dated record in the order `top`.

    `log2(1 + max(0, strength)) + seconds / half_life`: a half-life of age weighs as much as halving the
    strength. Age is measured from the epoch instead of now, which shifts all scores equally; so the scores do
    not depend on the clock and can be stored.

    Args:
        strength: See `signal`; unknown and negative strengths count as 0.
        seconds: Time of publication, in seconds since the Unix epoch.
        half_life: In seconds, above 0.

    """
    return log2(1 + max(0, strength or 0)) + seconds / half_life
