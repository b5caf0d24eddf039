from __future__ import annotations

import pytest

from newsreader.domain.ranking import Order
from newsreader.domain.view import Scope, View
from newsreader.ui.texts import breadcrumb, empty_list, list_title, place

EVERYTHING = View(Scope.EVERYTHING)


@pytest.mark.parametrize(
    ("view", "title"),
    [
        (View(), "Front page · top"),
        (View(order=Order.NEW), "Front page · new"),
        (EVERYTHING, "Everything · top"),
        (View(topic="Google AI"), "Google AI · Front page · top"),
        (View(type="video"), "Type: video · Front page · top"),
    ],
)
def test_the_title_of_the_list_names_place_scope_and_order(view: View, title: str) -> None:
    assert list_title(view) == title


@pytest.mark.parametrize(
    ("view", "indexing", "words"),
    [
        (View(filter="x"), False, "esc clears it"),
        (View(filter="x"), True, "esc clears it"),
        (View(filter="x", topic="AI"), False, "esc clears it"),
        (View(filter="  "), False, "v shows everything"),
        (View(topic="AI"), True, "v switches"),
        (View(type="video"), False, "v switches"),
        (View(), True, "read for the first time"),
        (EVERYTHING, True, "read for the first time"),
        (View(), False, "v shows everything"),
        (EVERYTHING, False, "R looks again"),
    ],
)
def test_an_empty_list_tells_why_and_which_key_helps(view: View, indexing: bool, words: str) -> None:
    said = empty_list(view, indexing=indexing, nothing_at_all=False)
    assert words in said
    assert said.endswith(".")


@pytest.mark.parametrize("view", [View(), View(filter="x"), View(topic="AI"), EVERYTHING])
def test_an_empty_corpus_is_told_once_it_is_read(view: View) -> None:
    assert "no records in this folder" in empty_list(view, indexing=False, nothing_at_all=True)
    assert "no records" not in empty_list(view, indexing=True, nothing_at_all=True)
    said = empty_list(view, indexing=False, nothing_at_all=True, folder="Found: 3 pictures.")
    assert said == "Found: 3 pictures. R looks again; ctrl+n adds a site or feed."
    said = empty_list(view, indexing=False, nothing_at_all=True, has_source=True)
    assert said.endswith("R looks again; ctrl+r syncs its sources.")


@pytest.mark.parametrize(
    ("row", "count", "words"),
    [
        (0, 38, "1 of 38 · front page · top · all topics"),
        (1233, 100_000, "1,234 of 100,000 · front page · top · all topics"),
        (0, 0, "0 of 0 · front page · top · all topics"),
        (9, 5, "5 of 5 · front page · top · all topics"),
        (4, None, "5 of … · front page · top · all topics"),
    ],
)
def test_the_place_counts_from_one(row: int, count: int | None, words: str) -> None:
    assert place(row, count, View()) == words


def test_the_place_tells_the_filter_too() -> None:
    view = View(filter="chips ", type="video", order=Order.HOT, order_chosen=True)
    assert place(0, 1, view) == "1 of 1 · front page · hot · type video · filter “chips”"


@pytest.mark.parametrize(
    ("titles", "width", "shown"),
    [
        (["Release", "Reply"], 40, "Release › Reply"),
        (["OpenAI releases GPT-4", "Lightning AI CEO slams"], 27, "OpenAI rele… › Lightning A…"),
        (["First", "Second", "Third"], 40, "First › Second › Third"),
        (["First", "Second", "Third", "Fourth"], 40, "First › … › Fourth"),
        (["First", "Second"], 1, "… › …"),
    ],
)
def test_a_breadcrumb_names_the_way_in_the_room_there_is(titles: list[str], width: int, shown: str) -> None:
    assert breadcrumb(titles, width) == shown
