from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import get_character_cell_size

from newsreader.render.cells import cell_len, fit, is_combining, pad, steady, wrap
from tests.unit.render.shown_text import lines

widths = st.integers(min_value=2, max_value=50)


def wrapped(text: str, width: int) -> list[str]:
    return [text[start:end] for start, end in wrap(text, width)]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain text", "plain text"),
        ("naïve café", "naïve café"),
        ("family 👨‍👩‍👧‍👦!", "family 👨!"),
        ("coder 👩🏽‍💻", "coder 👩"),
        ("thumb 👍🏿", "thumb 👍"),
        ("flag 🇩🇪🇫🇷", "flag DEFR"),
        ("pride 🏳️‍🌈", "pride 🏳"),
        ("keycap 1️⃣", "keycap 1"),
        ("sign ⚠️ or ⚠︎", "sign ⚠ or ⚠"),
        ("heart ❤️‍🔥", "heart ❤"),
        ("क्‍ष", "क्ष"),
        ("open 🧑‍ joiner", "open 🧑 joiner"),
    ],
)
def test_emoji_sequences_are_reduced_to_what_every_terminal_draws_alike(text: str, shown: str) -> None:
    assert steady(text) == shown


@given(lines)
def test_steady_text_is_as_wide_as_its_characters_together(text: str) -> None:
    shown = steady(text)
    assert cell_len(shown) == sum(map(get_character_cell_size, shown))
    assert steady(shown) == shown


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_plain_text_is_steady_already(text: str) -> None:
    assert steady(text) == text


@pytest.mark.parametrize(
    ("text", "width", "fitted"),
    [
        ("short", 5, "short"),
        ("longer", 5, "long…"),
        ("two words", 5, "two…"),
        ("字字字", 6, "字字字"),
        ("字字字字", 6, "字字…"),
        ("anything", 1, "…"),
        ("anything", 0, ""),
        ("anything", -3, ""),
        ("", 0, ""),
        ("cafe\u0301s", 5, "cafe\u0301s"),
        ("cafe\u0301ses", 5, "cafe\u0301…"),
    ],
)
def test_text_that_does_not_fit_ends_in_an_ellipsis(text: str, width: int, fitted: str) -> None:
    assert fit(text, width) == fitted


@given(lines.map(steady), st.integers(min_value=1, max_value=50))
def test_fitted_text_is_never_wider_and_begins_as_the_text_does(text: str, width: int) -> None:
    fitted = fit(text, width)
    assert cell_len(fitted) <= width
    assert fitted == text or (fitted.endswith("…") and text.startswith(fitted[:-1]))


@given(lines.map(steady), st.integers(min_value=0, max_value=50))
def test_padded_text_is_exactly_as_wide_as_asked(text: str, width: int) -> None:
    assert cell_len(pad(text, width)) == width


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("", 10, []),
        ("   ", 10, []),
        ("one", 10, ["one"]),
        ("one two three", 7, ["one two", "three"]),
        ("one  two", 3, ["one", "two"]),
        ("  leading and trailing  ", 30, ["leading and trailing"]),
        ("exactly ten", 11, ["exactly ten"]),
        ("unbreakable", 4, ["unbr", "eaka", "ble"]),
        ("see https://a.example/some/path now", 12, ["see", "https://a.", "example/", "some/path", "now"]),
        ("人工智能医疗", 5, ["人工", "智能", "医疗"]),
        ("AI在医疗中", 6, ["AI在医", "疗中"]),
        ("字", 1, ["字"]),
    ],
)
def test_lines_break_at_spaces_then_punctuation_then_anywhere(
    text: str, width: int, expected: list[str]
) -> None:
    assert wrapped(text, width) == expected


@given(lines.map(steady), widths)
def test_wrapping_keeps_every_word_in_order(text: str, width: int) -> None:
    assert "".join(wrapped(text, width)).replace(" ", "") == text.replace(" ", "")


@given(lines.map(steady), widths)
def test_no_wrapped_line_is_wider_than_asked(text: str, width: int) -> None:
    for line in wrapped(text, width):
        assert len(line) > 0
        assert cell_len(line) <= width
        assert line == line.strip(" ")


@given(st.lists(st.text(alphabet="abcdef", min_size=1, max_size=8)), st.integers(min_value=8, max_value=40))
def test_words_that_fit_are_never_broken(words: list[str], width: int) -> None:
    assert " ".join(wrapped(" ".join(words), width)).split() == words


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("人工智能、机器学习。", 8, ["人工智", "能、机器", "学习。"]),
        ("他说「你好」然后走了", 6, ["他说", "「你", "好」然", "后走了"]),
        ("データベース", 4, ["デー", "タ", "ベー", "ス"]),
        ("。。。。。。。。", 4, ["。。", "。。", "。。", "。。"]),
    ],
)
def test_no_line_begins_with_a_sign_that_closes(text: str, width: int, shown: list[str]) -> None:
    assert wrapped(text, width) == shown


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("AI 人工智能正在改变医疗", 10, ["AI 人工智", "能正在改变", "医疗"]),
        ("例えばGoogleが作った", 10, ["例えば", "Googleが", "作った"]),
        ("例えばDonaudampf", 8, ["例えば", "Donaudam", "pf"]),
        ("说明（AI）的", 6, ["说明", "（AI）", "的"]),
        ("这是真的.好", 8, ["这是真", "的.好"]),
        ("か\u3099か\u3099か\u3099", 4, ["か\u3099か\u3099", "か\u3099"]),
        ("한국어 문장은 단어", 10, ["한국어", "문장은", "단어"]),
        ("aaaa/\u0301bbbb", 7, ["aaaa", "/\u0301bbbb"]),
        ("你好🦆鸭子", 6, ["你好🦆", "鸭子"]),
    ],
)
def test_scripts_without_spaces_fill_the_line_and_latin_words_in_them_stay_whole(
    text: str, width: int, shown: list[str]
) -> None:
    assert wrapped(text, width) == shown


CJK = st.text(alphabet="人工智能データ。、）（「」ー a b\u3099", max_size=60).map(
    lambda text: " ".join(text.split())
)


@given(CJK, st.integers(min_value=8, max_value=40))
def test_no_line_begins_with_a_combining_mark(text: str, width: int) -> None:
    lines_of_text = wrapped(text, width)
    assert all(
        line[0] != "\u3099"
        for line in lines_of_text[1:]
        if "\u3099\u3099" not in text and " \u3099" not in text
    )


@given(
    st.lists(st.sampled_from(["क", "क्षि", "मा", "कि\u0947", "\u093f"]), max_size=20).map("".join),
    st.integers(min_value=6, max_value=20),
)
def test_words_that_are_cut_are_cut_before_a_base_letter(text: str, width: int) -> None:
    shown = wrapped(text, width)
    assert "".join(shown) == text
    assert all(
        not is_combining(line[0]) for line in shown[1:] if any(not is_combining(sign) for sign in text[:3])
    )
