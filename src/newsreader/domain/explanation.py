"""Explain the rank of a record."""

from __future__ import annotations

from math import log2
from typing import NamedTuple

from newsreader.domain.ranking import DAY, Order, signal

FORMULA = "score = log2(1 + strength) + time of publication / half-life"


class Placing(NamedTuple):
    """A rank in one order, from 1; None if the record is not in the list."""

    order: Order
    place: int | None
    total: int


class Explanation(NamedTuple):
    """The parts of the score in the order `top`, and the ranks in all orders.

    The score is the sum of both credits; see `ranking.top_score`.
    """

    title: str
    heat: int | None
    quality: int | None
    seconds: int | None
    """Time of publication since the Unix epoch; None for an undated record, which is last in every order."""
    half_life: int
    """In seconds."""
    score: float
    """The score in the index."""
    first_score: float | None
    """The score of the first dated record in the order `top`; None if there is none."""
    places: tuple[Placing, ...]
    """The order of the list first."""

    @property
    def strength(self) -> int:
        """Heat, or quality if heat is unknown; at least 0."""
        return max(0, signal(self.heat, self.quality) or 0)

    @property
    def strength_credit(self) -> float:
        """Grows by one when 1 + strength doubles."""
        return log2(1 + self.strength)

    @property
    def age_credit(self) -> float:
        """Grows by one per half-life."""
        return (self.seconds or 0) / self.half_life


def explain_in_words(explanation: Explanation) -> list[tuple[str, str]]:
    """Format the score as lines of name and text."""
    days = explanation.half_life / DAY
    if explanation.seconds is None:
        return [("score", "none: undated records come last in every order")]
    if explanation.heat is not None:
        source = f"heat {explanation.heat:,}"
    elif explanation.quality is not None:
        source = f"quality {explanation.quality:,}, for its heat is unknown"
    else:
        source = "neither heat nor quality is known"
    lines = [
        ("strength", f"{explanation.strength_credit:9.2f}  log2(1 + {explanation.strength:,}): {source}"),
        ("age", f"{explanation.age_credit:9.2f}  half-lives of {days:g} d from 1970 to its publication"),
        ("score", f"{explanation.score:9.2f}  the sum; twice the strength weighs as much as {days:g} d"),
    ]
    if explanation.first_score is not None:
        lead = explanation.first_score - explanation.score
        text = f"{lead:9.2f}  behind the first of the list: {lead * days:.1f} d of age"
        lines.append(("distance", text if lead > 0.005 else f"{0:9.2f}  nothing in the list is above it"))
    return lines


def places_in_words(explanation: Explanation, shown: Order) -> list[tuple[str, str]]:
    """Format the ranks as lines of order and text; `shown` is the order of the list."""
    lines = []
    for order, place, total in explanation.places:
        here = " · this list" if order is shown else ""
        text = "not in this list" if place is None else f"{ordinal(place)} of {total:,}"
        lines.append((str(order), f"{text} · {order.meaning}{here}"))
    return lines


def ordinal(number: int) -> str:
    """Format an ordinal: 1st, 2nd, 3rd, 4th, 11th."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number:,}{ending}"
