from __future__ import annotations

import pytest

from newsreader.domain.explanation import (
    Explanation,
    Placing,
    explain_score,
    ordinal,
    place_in_words,
    places_in_words,
    scale_in_words,
)
from newsreader.domain.ranking import DAY, Order, top_score


def an_explanation(**changes: object) -> Explanation:
    ordinary = Explanation("Title", 244, 104, 18_000 * DAY, DAY, 0.0, None, None, ())
    changed = ordinary._replace(**changes)  # type: ignore[arg-type]
    return changed._replace(score=top_score(changed.strength, changed.seconds or 0, changed.half_life))


@pytest.mark.parametrize(
    ("heat", "quality", "strength"),
    [(244, 104, 244), (None, 104, 104), (-1, 104, 0), (None, None, 0), (0, 9, 0)],
)
def test_the_parts_are_those_of_the_score(heat: int | None, quality: int | None, strength: int) -> None:
    explanation = an_explanation(heat=heat, quality=quality)
    assert explanation.strength == strength
    assert explanation.strength_credit + explanation.age_credit == explanation.score
    assert explanation.age_credit == 18_000


@pytest.mark.parametrize(
    ("explanation", "words"),
    [
        (
            an_explanation(heat=60),
            ["Heat 60 gives 5.9 points.", "Published at the same time", "Together 5.9 points."],
        ),
        (an_explanation(heat=None, quality=7), ["Its heat is unknown; quality 7 gives 3.0 points."]),
        (an_explanation(heat=None, quality=None), ["Neither heat nor quality is known: no points."]),
        (an_explanation(seconds=None), ["Undated records come last in every order."]),
        (
            an_explanation(heat=60, first_seconds=18_593 * DAY, first_score=18_601.0),
            [
                "Published 593 days before the first of this list: −593.0 points.",
                "Together −587.1 points; the first of this list has 8.0.",
            ],
        ),
        (
            an_explanation(heat=0, half_life=2 * DAY, first_seconds=17_999 * DAY, first_score=8_999.5),
            [
                "Published 1 day after the first of this list: 0.5 points.",
                "0.5 points, the most in this list.",
            ],
        ),
        (an_explanation(heat=0, first_seconds=17_999 * DAY, first_score=1.0), ["of this list: 1.0 point."]),
    ],
)
def test_the_score_is_explained_in_words(explanation: Explanation, words: list[str]) -> None:
    text = "\n".join(part.text for part in explain_score(explanation))
    for expected in words:
        assert expected in text


def test_the_place_is_told_beside_that_by_heat() -> None:
    top, hot = Placing(Order.TOP, 8, 40), Placing(Order.HOT, 31, 40)
    assert place_in_words(an_explanation(places=(top, hot))) == "Place 8 of 40; by heat it would be 31st."
    assert place_in_words(an_explanation(places=(hot, top))) == "Place 31 of 40."
    assert place_in_words(an_explanation(places=(top._replace(place=None), hot))) == "Not in this list."


def test_the_worth_of_a_point_names_the_half_life() -> None:
    assert "or 1 day of age" in scale_in_words(an_explanation())
    assert "or 0.5 days of age" in scale_in_words(an_explanation(half_life=DAY // 2))


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (11, "11th"),
        (12, "12th"),
        (113, "113th"),
        (1_221, "1,221st"),
    ],
)
def test_places_are_told_as_one_says_them(number: int, words: str) -> None:
    assert ordinal(number) == words


def test_the_places_tell_which_order_the_list_is_in() -> None:
    places = (Placing(Order.NEW, 3, 1_000), Placing(Order.HOT, None, 1_000))
    assert places_in_words(an_explanation(places=places), Order.NEW) == [
        ("new", "3rd of 1,000 · newest first · this list"),
        ("hot", "not in this list · hottest stories first"),
    ]
