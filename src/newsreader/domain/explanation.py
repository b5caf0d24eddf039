"""Explain the rank of a record."""

from __future__ import annotations

from math import log2
from typing import NamedTuple

from newsreader.domain.ranking import DAY, Order, signal

_EQUAL = 0.005
"""Points that make no difference."""


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
    first_seconds: int | None
    """The time of publication of that record."""
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


class ScorePart(NamedTuple):
    """A part of the score in points, and a sentence about it."""

    name: str
    points: float
    text: str


def explain_score(explanation: Explanation) -> list[ScorePart]:
    """Explain the score by its parts; points of age are counted from the first record of the list."""
    if explanation.seconds is None:
        return [ScorePart("score", 0.0, "Undated records come last in every order.")]
    first = explanation.seconds if explanation.first_seconds is None else explanation.first_seconds
    age = (explanation.seconds - first) / explanation.half_life
    total = explanation.strength_credit + age
    parts = [
        ScorePart("heat", explanation.strength_credit, _about_strength(explanation)),
        ScorePart("age", age, _about_age(explanation.seconds - first, age)),
        ScorePart("sum", total, f"Together {points(total)}."),
    ]
    if explanation.first_score is not None:
        best = explanation.first_score - first / explanation.half_life
        above = (
            f"; the first of this list has {best:,.1f}"
            if best - total > _EQUAL
            else ", the most in this list"
        )
        parts[-1] = parts[-1]._replace(text=f"Together {points(total)}{above}.")
    return parts


def place_in_words(explanation: Explanation) -> str:
    """Tell the place in the list, and what it would be by heat alone."""
    order, place, total = explanation.places[0]
    if place is None:
        return "Not in this list."
    by_heat = next((other.place for other in explanation.places if other.order is Order.HOT), None)
    end = f"; by heat it would be {ordinal(by_heat)}" if by_heat and order is not Order.HOT else ""
    return f"Place {place:,} of {total:,}{end}."


def scale_in_words(explanation: Explanation) -> str:
    """Tell what a point is worth."""
    return f"A point is a doubling of heat, or {_days(explanation.half_life)} of age (the setting half_life)."


def points(number: float) -> str:
    """Format a number of points with one decimal."""
    return f"{'−' if number <= -0.05 else ''}{abs(number):,.1f} {'point' if abs(number) == 1 else 'points'}"


def _about_strength(explanation: Explanation) -> str:
    gained = points(explanation.strength_credit)
    if explanation.heat is not None:
        return f"Heat {explanation.heat:,} gives {gained}."
    if explanation.quality is not None:
        return f"Its heat is unknown; quality {explanation.quality:,} gives {gained}."
    return "Neither heat nor quality is known: no points."


def _about_age(seconds: int, age: float) -> str:
    if abs(age) < _EQUAL:
        return "Published at the same time as the first of this list: no points."
    side = "before" if seconds < 0 else "after"
    return f"Published {_days(abs(seconds))} {side} the first of this list: {points(age)}."


def _days(seconds: int) -> str:
    days = seconds / DAY
    number = f"{days:,.0f}" if days >= 10 else f"{days:.1f}".removesuffix(".0")
    return f"{number} {'day' if number == '1' else 'days'}"


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
