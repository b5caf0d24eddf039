from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.domain.ranking import DAY, Order, signal, top_score

NOON = 1_624_881_600
strengths = st.integers(0, 1_000)
times = st.integers(-(10**9), 4 * 10**9)


@pytest.mark.parametrize("with_text", [True, False])
def test_orders_follow_each_other_in_a_circle(with_text: bool) -> None:
    offered = Order.offered(with_text=with_text)
    order, seen = Order.TOP, []
    for _ in offered:
        seen.append(order)
        order = order.next(with_text=with_text)
    assert (order, seen) == (Order.TOP, list(offered))


def test_only_words_can_match_better_or_worse() -> None:
    assert set(Order.offered(with_text=True)) == set(Order)
    assert set(Order.offered(with_text=False)) == set(Order) - {Order.MATCH}
    assert Order.MATCH.next(with_text=False) is Order.TOP


def test_every_order_has_a_meaning_of_its_own() -> None:
    assert len({order.meaning for order in Order}) == len(Order)
    assert all(order.meaning for order in Order)


@pytest.mark.parametrize(
    ("heat", "quality", "strength"),
    [(141, 121, 141), (None, 121, 121), (0, 121, 0), (-1, 50, -1), (None, None, None), (5, None, 5)],
)
def test_the_signal_is_the_heat_or_else_the_quality(
    heat: int | None, quality: int | None, strength: int | None
) -> None:
    assert signal(heat, quality) == strength


@pytest.mark.parametrize("strength", [None, -1, -500, 0])
def test_unknown_and_negative_strengths_count_as_nothing(strength: int | None) -> None:
    assert top_score(strength, 3 * DAY) == 3


@pytest.mark.parametrize("half_life", [3_600, DAY, 7 * DAY])
def test_twice_the_strength_makes_up_for_one_half_life(half_life: int) -> None:
    older = top_score(2 * 50 + 1, NOON - half_life, half_life)
    assert older == pytest.approx(top_score(50, NOON, half_life))


@given(strengths, strengths, times)
def test_of_two_stories_of_one_moment_the_stronger_leads(one: int, other: int, when: int) -> None:
    assert (top_score(one, when) > top_score(other, when)) == (one > other)


@given(strengths, times, st.integers(1, 10**9))
def test_of_two_stories_of_one_strength_the_newer_leads(strength: int, when: int, later: int) -> None:
    assert top_score(strength, when + later) > top_score(strength, when)


@given(strengths, strengths, times, times, st.integers(-1_000, 1_000))
def test_the_order_is_the_same_on_any_day_it_is_counted_from(
    one: int, other: int, when: int, then: int, days: int
) -> None:
    gap = top_score(one, when) - top_score(other, then)
    moved = top_score(one, when + days * DAY) - top_score(other, then + days * DAY)
    assert moved == pytest.approx(gap, abs=1e-6)
