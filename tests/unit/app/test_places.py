"""Places by number or name, suggestions for unknown ones, and views narrowed to them."""

from __future__ import annotations

import pytest

from newsreader.app.places import (
    LanguageChoice,
    Place,
    SearchVisits,
    UnknownPlaceError,
    counted_places,
    find_numbered,
    find_place,
    find_topic,
    language_choices,
    narrowed,
    topics_with_records,
    visible_topics,
    vocabulary,
    why_nothing_matches,
    with_full_topic,
)
from newsreader.domain.languages import ALL
from newsreader.domain.ranking import Order
from newsreader.domain.statistics import Counts
from newsreader.domain.topics import Topic, TopicTree
from newsreader.domain.view import Scope, View

TREE = TopicTree(
    [
        Topic("AI"),
        Topic("Computer Vision", shortname="CV", parent="AI"),
        Topic("Computer Audio", parent="AI"),
        *(Topic(f"Robots {letter}") for letter in "abcdef"),
    ]
)


def test_languages_are_offered_with_all_of_them_last() -> None:
    counts = Counts(languages={"en": 3, "de": 2}, language="de")
    assert language_choices(counts) == [
        LanguageChoice("en", 3, is_chosen=False),
        LanguageChoice("de", 2, is_chosen=True),
        LanguageChoice(ALL, None, is_chosen=False),
    ]
    assert language_choices(counts._replace(language=""))[-1].is_chosen
    assert language_choices(Counts()) == []


def test_topics_without_records_are_left_out() -> None:
    assert topics_with_records(TREE, {"ai": 3, "computer vision": 2}) == [
        Place("AI", 3),
        Place("Computer Vision", 2, 1),
    ]
    assert counted_places({"Wired": 4}) == [Place("Wired", 4)]


TOPICS = [
    Place("AI", 9),
    Place("Vision", 4, 1),
    Place("Faces", 2, 2),
    Place("Ethics", 3, 1),
    Place("Law", 2),
    Place("Court", 1, 1),
]


@pytest.mark.parametrize(
    ("folded", "wanted", "rows"),
    [
        ((), "", "AI+ Vision+ Faces Ethics Law+ Court"),
        (("Vision",), "", "AI+ Vision- Ethics Law+ Court"),
        (("AI", "Vision", "Court"), "", "AI- Law+ Court"),
        (("AI",), "FACE", "AI+ Vision+ Faces"),
        ((), "a", "AI+ Vision+ Faces Law"),
        ((), "o c", "Law+ Court"),
        ((), "ethics x", ""),
    ],
)
def test_folded_and_filtered_topics(folded: tuple[str, ...], wanted: str, rows: str) -> None:
    signs = {None: "", True: "+", False: "-"}
    shown = visible_topics(TOPICS, folded, wanted)
    assert " ".join(row.place.name + signs[row.is_open] for row in shown) == rows


@pytest.mark.parametrize("text", ["2", "wired", "WIRED"])
def test_a_place_is_found_by_number_or_name(text: str) -> None:
    assert find_place("provider", text, ["Acme", "Wired"]) == "Wired"


@pytest.mark.parametrize("text", ["0", "3", "", "x", "1" * 30])
def test_a_number_out_of_range_is_none(text: str) -> None:
    assert find_numbered(text, ["Acme", "Wired"]) is None


def test_an_unknown_place_is_refused_with_a_suggestion() -> None:
    with pytest.raises(UnknownPlaceError, match=r"There is no provider “wird”\. Did you mean “Wired”"):
        find_place("provider", "wird", ["Acme", "Wired"])
    with pytest.raises(UnknownPlaceError, match=r"There is no provider with the number 7\.$"):
        find_place("provider", "7", ["Acme", "Wired"])


def test_a_filter_that_finds_nothing_is_explained_with_the_names_of_the_corpus() -> None:
    names = vocabulary(TREE, Counts(providers={"Wired": 1}, types={"video": 1}), ["work"])
    assert why_nothing_matches(View(), names) == ""
    assert why_nothing_matches(View(filter="topic:cv"), names) == ""
    found = why_nothing_matches(View(filter="topic:robot"), names)
    assert found.startswith("There is no topic “robot”. Near: Robots")
    assert why_nothing_matches(View(filter="tag:wrok "), names) == "There is no tag “wrok”. Near: work."


@pytest.mark.parametrize("text", ["Computer Vision", "computer vision", "cv", "comp vis"])
def test_a_topic_is_found_by_name_short_name_or_beginnings_of_words(text: str) -> None:
    assert find_topic(TREE, text) == "Computer Vision"
    assert with_full_topic(TREE, View(topic=text)).topic == "Computer Vision"


def test_a_view_of_all_topics_stays_as_it_is() -> None:
    assert with_full_topic(TREE, View()) == View()


def test_topics_that_are_not_unique_are_listed() -> None:
    with pytest.raises(
        UnknownPlaceError, match=r"“comp” matches 2 topics: Computer Audio, Computer Vision\."
    ):
        find_topic(TREE, "comp")
    with pytest.raises(UnknownPlaceError, match=r"“robots” matches 6 topics: .*Robots e, …\.$"):
        find_topic(TREE, "robots")
    with pytest.raises(UnknownPlaceError, match=r"There is no topic “Computer Visin”\. Did you mean"):
        find_topic(TREE, "Computer Visin")


def test_another_place_folds_stories_and_the_same_one_does_not() -> None:
    view = View(topic="AI", filter="chips", unfolded=(7,))
    assert narrowed(view, topic="ai") is view
    assert narrowed(view, provider="Wired") == View(provider="Wired", filter="chips")
    assert narrowed(view) == View(filter="chips")


def test_a_saved_search_takes_back_what_it_has_set() -> None:
    visits = SearchVisits()
    before = View(filter="mine", order=Order.NEW, order_chosen=True)
    search = View(Scope.EVERYTHING, filter="heat>20", order=Order.HOT, order_chosen=True)
    assert visits.enter(before, search) == search
    assert visits.enter(search, View(filter="heat>30")) == View(filter="heat>30")
    assert visits.leave(View(filter="heat>30")) == before
    assert visits.leave(before) == before


def test_what_the_reader_changed_in_a_saved_search_stays() -> None:
    visits = SearchVisits()
    search = View(filter="heat>20", order=Order.HOT, order_chosen=True)
    visits.enter(View(), search)
    changed = search._replace(scope=Scope.EVERYTHING, order=Order.OLD)
    assert visits.leave(changed) == changed._replace(filter="")
    visits.enter(View(), search)
    typed = search._replace(filter="heat>20 chips")
    assert visits.leave(typed) == typed
    visits.enter(View(), search)
    visits.enter(typed, search)
    assert visits.leave(search).filter == typed.filter
