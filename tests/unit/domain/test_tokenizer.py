from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newsreader.domain.query import parse
from newsreader.domain.query.highlights import wanted_terms
from newsreader.domain.sanitize import clean_line
from newsreader.domain.tokenizer import search_form, words

SCRIPTS = (
    "WHO’s “AI” report — 6 principles…",
    "Café Zürich, Straße, Ærø, Łódź, Việt Nam, İstanbul",
    "Новый ёлка, Ґалаган, МОСКВА́",
    "Αθήνα, ὀδός, ΟΔΟΣ, Ωμέγα",
    "नमस्ते हिन्दी, বাংলা, தமிழ்",
    "שָׁלוֹם עולם, مُحَمَّد, آسمان",
    "機械学習 ガラス パン ｶﾞﾗｽ 豈",
    "한국어 뉴스",
    "ภาษาไทย",
    "AI🤖robots x²½ Ⅷ ﬁn _id co-op",
    "i\u0307x\u030c x\u0336y",
)
titles = st.one_of(
    st.sampled_from(SCRIPTS), st.text(), st.text(st.sampled_from("".join(SCRIPTS)), max_size=30)
)


def folded(text: str) -> list[str]:
    return [word.folded for word in words(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("… — “”", []),
        ("Power Apps: what's new?", ["power", "apps", "what", "s", "new"]),
        ("GPT-3_beta", ["gpt", "3", "beta"]),
        ("Café CAFE\u0301", ["cafe", "cafe"]),
        ("Übergröße", ["ubergrosse"]),
        ("Новый ёж", ["новыи", "еж"]),
        ("Ὀδός ΟΔΟΣ", ["οδοσ", "οδοσ"]),
        ("機械AI", ["機", "械", "ai"]),
        ("ガ カ", ["ガ", "カ"]),
        ("한국", ["한", "국"]),
        ("\u1112\u1161\u11ab", ["\u1112\u1161\u11ab"]),
    ],
)
def test_a_text_is_cut_into_words_without_case_and_accents(text: str, found: list[str]) -> None:
    assert folded(text) == found


def test_composed_and_decomposed_text_has_the_same_words() -> None:
    assert folded("Zu\u0308rich cafe\u0301s") == folded("Zürich cafés")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("WHO’s new", ["WHO", "s", "new"]),
        ("x\u0336y\u0336 z", ["x\u0336y\u0336", "z"]),
        ("cafe\u0301", ["cafe\u0301"]),
        ("Straße.", ["Straße"]),
        ("機械", ["機", "械"]),
    ],
)
def test_a_word_knows_its_place_with_all_its_accents(text: str, parts: list[str]) -> None:
    assert [text[word.start : word.end] for word in words(text)] == parts


@given(titles)
def test_words_stand_in_order_inside_the_text(text: str) -> None:
    last = 0
    for word in words(text):
        assert word.folded
        assert last <= word.start < word.end <= len(text)
        last = word.start


@given(titles)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(" ".join(folded(text))) == folded(text)


@pytest.mark.parametrize("text", ["plain text", "WHO’s “AI” — €5 …", "Café ÓDŹ™", ""])
def test_the_index_is_given_latin_text_as_it_is(text: str) -> None:
    assert search_form(text) == text


@pytest.mark.parametrize(
    ("text", "symbol"), [("новый C+++ 🤖!", "+++"), ("🤖🤖 中", "🤖🤖"), ("中 ->", "->")]
)
def test_symbols_are_kept_in_the_index_for_filters_without_words(text: str, symbol: str) -> None:
    assert symbol in search_form(text)


class _Index:
    """A full-text index over one text, made like the library's."""

    def __init__(self) -> None:
        self._database = sqlite3.connect(":memory:")
        self._database.execute(
            "CREATE VIRTUAL TABLE passage USING fts5 (title, tokenize='unicode61 remove_diacritics 2')"
        )

    def hold(self, text: str) -> None:
        self._database.execute("DELETE FROM passage")
        self._database.execute("INSERT INTO passage VALUES (?)", (search_form(text),))

    def finds(self, phrase: tuple[str, ...], *, prefix: bool = False) -> bool:
        match = f'"{" ".join(phrase)}"' + "*" * prefix
        return bool(
            self._database.execute("SELECT 1 FROM passage WHERE passage MATCH ?", (match,)).fetchall()
        )

    def close(self) -> None:
        self._database.close()


@pytest.fixture(scope="module")
def index() -> Iterator[_Index]:
    index = _Index()
    yield index
    index.close()


@given(titles.map(clean_line))
@settings(max_examples=150)
@example("AI🤖robots ıssız")
@example("x\u0305y")
def test_the_index_finds_every_phrase_of_a_text(index: _Index, text: str) -> None:
    found = folded(text)
    index.hold(text)
    for start in range(len(found)):
        assert index.finds(tuple(found[start : start + 1]))
        assert index.finds(tuple(found[start : start + 3]))
        assert index.finds((found[start][:2],), prefix=True)


@pytest.mark.parametrize("text", SCRIPTS)
def test_whoever_types_a_title_finds_it(index: _Index, text: str) -> None:
    title = clean_line(text)
    index.hold(title)
    for typed in (title, title.upper(), title.lower(), f'"{title}"'):
        condition = parse(typed).condition
        assert condition is not None
        for term in wanted_terms(condition):
            assert not term.words or index.finds(term.words, prefix=term.prefix)


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("ＡＩが書いた記事、ＮＨＫが１２月に放送", "AI"),
        ("ＡＩが書いた記事、ＮＨＫが１２月に放送", "12月"),
        ("ロボット ｶﾒﾗ", "カメラ"),
        ("ｶﾞｽとﾊﾟﾝ", "ガス"),
        ("ｶﾞｽとﾊﾟﾝ", "パン"),
        ("Søren reads", "soren"),
        ("Œuvre and Æsir", "oeuvre aesir"),
        ("Łódź Đorđe Þór straße", "lodz dorde thor strasse"),
    ],
)
def test_letters_are_found_as_they_are_typed(index: _Index, text: str, typed: str) -> None:
    index.hold(text)
    assert set(folded(typed)) <= set(folded(text))
    for term in folded(typed):
        assert index.finds((term,))


def test_a_voiced_mark_without_its_letter_is_no_word() -> None:
    assert folded("ﾞ aﾞ") == ["a"]
