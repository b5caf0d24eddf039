from __future__ import annotations

import pytest

from newsreader.domain.explanation import (
    Explanation,
    Placing,
    explain_in_words,
    ordinal,
    places_in_words,
)
from newsreader.domain.ranking import DAY, Order, top_score


def an_explanation(**changes: object) -> Explanation:
    ordinary = Explanation("Title", 244, 104, 18_000 * DAY, DAY, 0.0, None, ())
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
            an_explanation(heat=255),
            ["8.00  log2(1 + 255): heat 255", "18000.00  half-lives of 1 d", "18008.00  the sum"],
        ),
        (an_explanation(heat=None, quality=7), ["3.00  log2(1 + 7): quality 7, for its heat is unknown"]),
        (an_explanation(heat=None, quality=None), ["0.00  log2(1 + 0): neither heat nor quality is known"]),
        (an_explanation(half_life=2 * DAY), ["9000.00  half-lives of 2 d", "weighs as much as 2 d"]),
        (an_explanation(seconds=None), ["undated records come last in every order"]),
        (
            an_explanation(heat=0, half_life=DAY, first_score=18_002.5),
            ["2.50  behind the first of the list: 2.5 d of age"],
        ),
        (an_explanation(heat=0, first_score=18_000.0), ["nothing in the list is above it"]),
    ],
)
def test_the_score_is_told_in_words(explanation: Explanation, words: list[str]) -> None:
    told = "\n".join(text for _, text in explain_in_words(explanation))
    for expected in words:
        assert expected in told


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
