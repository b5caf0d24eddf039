from __future__ import annotations

import pytest

from newsreader.domain.languages import ALL
from newsreader.domain.ranking import Order
from newsreader.domain.statistics import Counts
from newsreader.domain.view import Scope, View, reordered


def test_the_default_view_is_the_front_page_by_its_top_stories() -> None:
    assert View().describe() == "front page · top · all topics"


@pytest.mark.parametrize(
    ("view", "words"),
    [
        (View(topic="Machine Learning"), "front page · top · Machine Learning"),
        (View(Scope.EVERYTHING, type="video", order=Order.NEW), "everything · new · type video"),
        (View(topic="AI", type="video"), "front page · top · AI"),
        (View(filter="  chips "), "front page · match · all topics · filter “chips”"),
        (View(filter="is:front"), "front page · top · all topics · filter “is:front”"),
        (View(filter=" "), "front page · top · all topics"),
        (View(language="de"), "front page · top · all topics · Deutsch"),
        (View(language=ALL), "front page · top · all topics · all languages"),
    ],
)
def test_a_view_describes_itself(view: View, words: str) -> None:
    assert view.describe() == words


def test_scopes_toggle() -> None:
    assert [scope.other().other() for scope in Scope] == list(Scope)
    assert Scope.FRONT.other() is Scope.EVERYTHING


def test_an_empty_corpus_counts_nothing() -> None:
    assert Counts() == Counts(front=0, everything=0, topics={}, types={}, problems=0)


@pytest.mark.parametrize(
    ("view", "order"),
    [
        (View(), Order.TOP),
        (View(order=Order.NEW), Order.NEW),
        (View(filter="chips"), Order.MATCH),
        (View(filter="chips", order=Order.NEW), Order.MATCH),
        (View(filter="chips", order=Order.NEW, order_chosen=True), Order.NEW),
        (View(filter="title:chips -gpu"), Order.MATCH),
        (View(filter="topic:ai", order=Order.NEW), Order.NEW),
        (View(filter="-chips"), Order.TOP),
        (View(filter="++"), Order.TOP),
        (View(filter="chips sort:old"), Order.OLD),
        (View(filter="chips sort:old", order=Order.NEW, order_chosen=True), Order.OLD),
        (View(filter="topic:ai sort:match", order=Order.HOT), Order.HOT),
        (View(order=Order.MATCH, order_chosen=True), Order.TOP),
        (View(filter="topic:ai", order=Order.MATCH, order_chosen=True), Order.TOP),
    ],
)
def test_words_bring_the_best_match_to_the_top_unless_an_order_was_chosen(view: View, order: Order) -> None:
    assert view.shown_order is order


def test_a_view_tells_whether_words_are_looked_for() -> None:
    assert View(filter="chips").has_text
    assert not View(filter="is:front").has_text
    assert not View().has_text


def test_another_scope_shows_stories_in_its_own_way() -> None:
    view = View(topic="AI", fold=False, unfolded=(1,))
    assert view.in_scope(Scope.FRONT) is view
    assert view.in_scope(Scope.EVERYTHING) == View(Scope.EVERYTHING, topic="AI")


@pytest.mark.parametrize(
    ("view", "words"),
    [
        (View(fold=True), "front page · top · all topics"),
        (View(fold=False), "front page · top · all topics · every report"),
        (View(Scope.EVERYTHING, fold=True), "everything · top · all topics · one row a story"),
    ],
)
def test_a_view_tells_when_stories_are_shown_unlike_its_scope_does(view: View, words: str) -> None:
    assert view.describe() == words


def test_a_chosen_order_is_told_with_its_meaning() -> None:
    view, words = reordered(View(topic="AI"), Order.HOT)
    assert view == View(topic="AI", order=Order.HOT, order_chosen=True)
    assert words == "Order: hot, hottest stories first."


def test_an_order_that_the_filter_asks_for_stays() -> None:
    view = View(filter="chips sort:new")
    assert reordered(view, Order.HOT).view == view
    assert "sort:new" in reordered(view, Order.HOT).words
