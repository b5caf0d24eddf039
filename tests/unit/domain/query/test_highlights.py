from __future__ import annotations

import pytest
from hypothesis import example, given

from newsreader.domain.query import Query, parse
from newsreader.domain.query.highlights import wanted_terms
from tests.unit.domain.query.texts import texts


def shown(filter_text: str, text: str) -> list[str]:
    """What of a text lights up."""
    return [text[start:end] for start, end in parse(filter_text).highlights(text)]


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
        ("c++", "C++, C and c++", ["C++", "c++"]),
        ("c++", "C++ in İ", ["C++"][1:]),
        ("quality>=90", "quality 90", []),
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
def test_a_text_lights_up_when_it_is_looked_for_itself(text: str) -> None:
    condition = parse(text).condition
    for term in wanted_terms(condition) if condition else ():
        assert Query(term).highlights(term.text)


def test_what_must_not_be_there_does_not_light_up() -> None:
    assert shown("ai -chips (title:gpu OR fast )", "AI chips, GPU, fast") == ["AI", "GPU", "fast"]
    assert shown("-ai ", "AI") == []
