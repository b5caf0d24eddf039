"""Why a record stands where it stands in a list."""

from __future__ import annotations

from math import log2
from typing import NamedTuple

from newsreader.domain.ranking import DAY, Order, signal

FORMULA = "score = log2(1 + strength) + time of publication / half-life"


class Placing(NamedTuple):
    """A place in one order, counted from 1; None where the record is not in the list."""

    order: Order
    place: int | None
    total: int


class Explanation(NamedTuple):
    """The parts of the score of the order `top`, and the places in every order.

    The score is the sum of both credits; see `ranking.top_score` for where the formula comes from.
    """

    title: str
    heat: int | None
    quality: int | None
    seconds: int | None
    """Time of publication since 1970 UTC; None for an undated record, which comes last in every order."""
    half_life: int
    """In seconds."""
    score: float
    """As the index has it."""
    first_score: float | None
    """That of the first record of the list in the order `top`; None where there is none with a date."""
    places: tuple[Placing, ...]
    """The order of the list comes first."""

    @property
    def strength(self) -> int:
        """What the strength credit is made of: heat, or quality where heat is unknown, and at least 0."""
        return max(0, signal(self.heat, self.quality) or 0)

    @property
    def strength_credit(self) -> float:
        """Grows by one whenever the strength (and one) doubles."""
        return log2(1 + self.strength)

    @property
    def age_credit(self) -> float:
        """Grows by one with every half-life that a record is younger."""
        return (self.seconds or 0) / self.half_life


def explain_in_words(explanation: Explanation) -> list[tuple[str, str]]:
    """The score as lines of a name and what it is, for a person."""
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
        words = f"{lead:9.2f}  behind the first of the list: {lead * days:.1f} d of age"
        lines.append(("distance", words if lead > 0.005 else f"{0:9.2f}  nothing in the list is above it"))
    return lines


def places_in_words(explanation: Explanation, shown: Order) -> list[tuple[str, str]]:
    """The place in each order, as lines of the order and what it is; `shown` is that of the list."""
    lines = []
    for order, place, total in explanation.places:
        here = " · this list" if order is shown else ""
        words = "not in this list" if place is None else f"{ordinal(place)} of {total:,}"
        lines.append((str(order), f"{words} · {order.meaning}{here}"))
    return lines


def ordinal(number: int) -> str:
    """A place as one says it: 1st, 2nd, 3rd, 4th, 11th."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number:,}{ending}"
