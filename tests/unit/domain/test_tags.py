"""Tags as they are typed, edited and completed."""

from __future__ import annotations

import pytest

from newsreader.domain.query import parse
from newsreader.domain.query.ast import Tagged
from newsreader.domain.tags import (
    LONGEST_TAG,
    MOST_TAGS,
    TagEdit,
    complete_tag,
    difference,
    parse_edit,
    parse_tags,
    tag_filter,
    with_completion,
)


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("", ()),
        (" # - , ", ()),
        ("Work, #ai ai", ("ai", "work")),
        ("c++ über-alles", ("c++", "über-alles")),
        ('a"b(c)|d*', ("a", "b", "c", "d")),
        ("one\ntwo\x1b[31m", ("one", "two")),
        (" a \u200d#\u0301-b #=\u200d", ("a", "b")),
        ("x" * 100, ("x" * LONGEST_TAG,)),
    ],
)
def test_tags_are_words_in_lower_case(text: str, tags: tuple[str, ...]) -> None:
    assert parse_tags(text) == tags


def test_every_tag_can_be_asked_for_in_a_filter() -> None:
    for tag in parse_tags("c++ über-alles a:b x=y 1..2 ä'ö [z]"):
        assert parse(tag_filter(tag)).condition == Tagged(tag)


@pytest.mark.parametrize("tag", [Tagged("ai"), Tagged("ai", prefix=True), Tagged("a:b")])
def test_a_condition_is_written_as_it_is_read(tag: Tagged) -> None:
    assert parse(str(tag)).condition == tag


def test_the_number_of_tags_is_bounded() -> None:
    many = " ".join(f"t{number}" for number in range(100))
    assert len(parse_tags(many)) == MOST_TAGS
    assert len(TagEdit(("x",)).apply(f"t{number}" for number in range(100))) == MOST_TAGS


def test_an_edit_adds_and_removes() -> None:
    edit = parse_edit("new, #other -old -#older new2 -new2")
    assert edit == TagEdit(("new", "other"), ("new2", "old", "older"))
    assert edit.apply(["old", "kept"]) == ("kept", "new", "other")
    assert str(TagEdit(("a",), ("b",))) == "#a -#b"
    assert difference(["a", "b"], ["b", "c"]) == TagEdit(("c",), ("a",))


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("", ["ads", "ai", "work"]),
        ("a", ["ads", "ai"]),
        ("-#A", ["ads", "ai"]),
        ("ads, a", ["ai"]),
        ("work", []),
        ("work ", ["ads", "ai"]),
    ],
)
def test_the_last_word_is_completed(text: str, offered: list[str]) -> None:
    assert complete_tag(text, ["ads", "ai", "work"]) == offered


def test_a_completion_replaces_the_last_word() -> None:
    assert with_completion("home w", "work") == "home work "
    assert with_completion("home ", "work") == "home work "
    assert with_completion("-w", "work") == "-work "
