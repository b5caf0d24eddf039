from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newsreader.domain.query import Query, Term, parse

# What filters and titles go wrong with, next to plain text.
pieces = st.one_of(
    st.sampled_from(['"', '""', " ", "  ", "+++", "a", "ai", "AI", "C++", "é", "e\u0301", "İ", "ß", "Ⅷ"]),
    st.sampled_from(
        ["中", "ガ", "한국", "й", "ς", "\u0301", "_", "-", "🤖", "\u202e", "\x00", "\n", "'", "*"]
    ),
    st.text(max_size=4),
)
texts = st.lists(pieces, max_size=10).map("".join)


def shown(filter_text: str, text: str) -> list[str]:
    """What of a text lights up."""
    return [text[start:end] for start, end in parse(filter_text).highlights(text)]


@pytest.mark.parametrize("text", ["", " ", "\t\n", '"', '""', '" "', '""""'])
def test_a_filter_without_content_asks_for_nothing(text: str) -> None:
    assert parse(text) == Query()


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("chips", (Term("chips", ("chips",), prefix=True),)),
        ("chips ", (Term("chips", ("chips",)),)),
        ("ai chips", (Term("ai", ("ai",)), Term("chips", ("chips",), prefix=True))),
        ("  ai   chips  ", (Term("ai", ("ai",)), Term("chips", ("chips",)))),
        ("Café", (Term("Café", ("cafe",), prefix=True),)),
        ("power-apps ", (Term("power-apps", ("power", "apps")),)),
        ("it's", (Term("it's", ("it", "s"), prefix=True),)),
        ("C++ ", (Term("C++", ("c",)),)),
        ("+++", (Term("+++", ()),)),
        ("機械 ", (Term("機械", ("機", "械")),)),
    ],
)
def test_words_are_terms_and_the_last_one_is_still_being_typed(text: str, terms: tuple[Term, ...]) -> None:
    assert parse(text).terms == terms


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ('"machine learning"', (Term("machine learning", ("machine", "learning")),)),
        ('"machine lear', (Term("machine lear", ("machine", "lear"), prefix=True),)),
        ('"machine ', (Term("machine", ("machine",)),)),
        ('"a b" c ', (Term("a b", ("a", "b")), Term("c", ("c",)))),
        ('c"a b"d', (Term("c", ("c",)), Term("a b", ("a", "b")), Term("d", ("d",), prefix=True))),
        ('"a" "" "b"', (Term("a", ("a",)), Term("b", ("b",)))),
    ],
)
def test_quotes_make_a_phrase_and_an_open_one_reaches_to_the_end(text: str, terms: tuple[Term, ...]) -> None:
    assert parse(text).terms == terms


@pytest.mark.parametrize(
    ("filter_text", "text", "lit"),
    [
        ("chip", "Chips and chipmakers", ["Chip", "chip"]),
        ("chip ", "Chips, chip, CHIP", ["chip", "CHIP"]),
        ("ai chips ", "AI makes chips", ["AI", "chips"]),
        ('"ai chips"', "AI makes chips; AI chips sell", ["AI chips"]),
        ('"ai chi', "AI chips sell", ["AI chi"]),
        ("cafe", "Café, CAFE\u0301S", ["Café", "CAFE\u0301S"]),
        ("новый", "Новый год", ["Новый"]),
        ("strasse ", "Straße", ["Straße"]),
        ("機", "機械学習", ["機"]),
        ("械学", "機械学習", ["械学"]),
        ("+++", "a+++b ++++++", ["+++", "++++++"]),
        ("a aa", "aaa a", ["aa", "a"]),
        ("nothing", "AI chips", []),
        ("longer phrase than the text ", "longer", ["longer"]),
        ('"longer phrase"', "longer", []),
    ],
)
def test_what_a_filter_finds_lights_up(filter_text: str, text: str, lit: list[str]) -> None:
    assert shown(filter_text, text) == lit


@pytest.mark.parametrize(("filter_text", "text"), [("", "AI"), ("ai", ""), ("", "")])
def test_without_a_filter_or_a_text_nothing_lights_up(filter_text: str, text: str) -> None:
    assert parse(filter_text).highlights(text) == []


def test_terms_that_touch_share_one_highlight() -> None:
    assert parse('"ai chips" chips ').highlights("AI chips") == [(0, 8)]
    assert parse('"+" "++" ').highlights("+++") == [(0, 3)]


@given(texts, texts)
@example("İ", "İİ")
def test_highlights_are_in_order_apart_and_inside_the_text(filter_text: str, text: str) -> None:
    spans = parse(filter_text).highlights(text)
    edges = [edge for span in spans for edge in span]
    assert all(start < end for start, end in spans)
    assert edges == sorted(set(edges))
    assert all(0 <= edge <= len(text) for edge in edges)


@given(texts)
def test_any_text_is_a_filter(text: str) -> None:
    for term in parse(text).terms:
        assert term.text.strip() == term.text != ""
        assert all(term.words)
        assert not term.prefix or term.words


@given(st.lists(st.sampled_from(["ai", "chips", "é", "中"]), min_size=1, max_size=5))
def test_only_the_last_term_is_a_prefix(names: list[str]) -> None:
    assert [term.prefix for term in parse(" ".join(names)).terms] == [False] * (len(names) - 1) + [True]
    assert not any(term.prefix for term in parse(" ".join(names) + " ").terms)


@given(texts)
def test_a_text_lights_up_when_it_is_looked_for_itself(text: str) -> None:
    for term in parse(text).terms:
        assert Query((term,)).highlights(term.text)
