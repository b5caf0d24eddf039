from __future__ import annotations

import ctypes
import re
from collections.abc import Callable
from unicodedata import category, combining

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len as rich_cell_len
from rich.cells import get_character_cell_size

from newsreader.render.cell_widths import (
    FILLER,
    cell_len,
    character_cells,
    place_words,
    question_marks,
    reserve,
)
from newsreader.render.cells import fit, pad, steady, wrap

WORDS = (
    "हिन्दी समाचार", "ខ្មែរ", "မြန်မာသတင်း", "සිංහල පුවත්", "தமிழ் செய்திகள்", "বাংলা সংবাদ", "മലയാളം",
    "☰ ㉈ 🙂", "plain", "naïve", "新聞", "ไทย",
)  # fmt: skip

texts = st.lists(st.sampled_from(WORDS) | st.text("हिन्ादacé │㉈🙂新", max_size=6), max_size=5).map(" ".join)


def counts_like_rich(character: str) -> int:
    return get_character_cell_size(character)


def counts_spacing_marks(character: str) -> int:
    return character_cells(character)


def joins_clusters(character: str) -> int:
    return 0 if category(character)[0] == "M" or combining(character) else get_character_cell_size(character)


def counts_pictures_once(character: str) -> int:
    return (
        min(1, get_character_cell_size(character)) if ord(character) > 0x1F000 else character_cells(character)
    )


def columns(output: str, count: Callable[[str], int]) -> dict[int, str]:
    """What a terminal that counts in its own way shows in which column of its line."""
    shown: dict[int, str] = {}
    column = saved = 0
    for part in re.findall(r"\x1b7|\x1b8|\x1b\[\d+C|\x1b\][^\x07]*\x07|[^\x1b]", output):
        if part == "\x1b7":
            saved = column
        elif part == "\x1b8":
            column = saved
        elif part.startswith("\x1b["):
            column += int(part[2:-1])
        elif not part.startswith("\x1b"):
            shown[column] = part
            column += count(part)
    return shown | {-1: str(column)}


@pytest.mark.parametrize(
    "count", [counts_like_rich, counts_spacing_marks, joins_clusters, counts_pictures_once]
)
@given(text=texts, width=st.integers(2, 30))
@example(text="हिन्दी समाचार", width=20)
@example(text="☰☰ ㉈", width=8)
def test_what_follows_a_word_stands_in_the_same_column_in_every_terminal(
    count: Callable[[str], int], text: str, width: int
) -> None:
    row = pad(steady(text), width)
    shown = columns(place_words(reserve(row)) + "│", count)
    assert shown[width] == "│"
    assert int(shown[-1]) == width + 1
    assert max(shown) == width


@given(texts)
def test_textual_reserves_as_many_cells_as_are_counted(text: str) -> None:
    assert rich_cell_len(reserve(steady(text))) == cell_len(steady(text))


@given(texts)
def test_no_filler_reaches_the_terminal(text: str) -> None:
    assert FILLER not in place_words(reserve(text) + FILLER)


@given(texts, st.integers(2, 30))
def test_texts_are_shortened_by_the_cells_that_are_counted(text: str, width: int) -> None:
    assert cell_len(fit(steady(text), width)) <= width
    for start, end in wrap(text, width):
        assert cell_len(text[start:end]) <= width or end - start == 1


def test_titles_and_links_that_are_sent_to_the_terminal_stay_whole() -> None:
    title = "\x1b]2;हिन्दी\x07"
    assert place_words(title) == title
    link = "\x1b]8;;https://a.example/हिन्दी\x1b\\समाचार\x1b]8;;\x1b\\"
    placed = place_words(link)
    assert placed.startswith("\x1b]8;;https://a.example/हिन्दी\x1b\\\x1b7")


def test_other_text_is_written_as_it_is() -> None:
    for text in ("plain \x1b[1mbold\x1b[0m", "│ ▲ naïve 新聞 ไทย עברית"):
        assert place_words(text) is text or place_words(text) == text
        assert reserve(text) == text


def test_no_terminal_takes_more_cells_than_are_counted() -> None:
    """The C library's own count, where it can be asked."""
    try:
        wcwidth = ctypes.CDLL(None).wcwidth
    except (OSError, AttributeError):
        pytest.skip("no wcwidth(3) here")
    if wcwidth(0x65B0) != 2:
        pytest.skip("wcwidth(3) does not know the locale's characters")
    for number in range(0xA0, 0x1F1E6):
        character = chr(number)
        if category(character)[0] not in "CZ":
            assert character_cells(character) >= wcwidth(number), hex(number)


@given(texts)
def test_question_marks_take_as_many_cells_as_what_they_stand_for(text: str) -> None:
    row = reserve(steady(text))
    shown = question_marks(row, "latin-1")
    assert rich_cell_len(shown) == rich_cell_len(row)
    assert shown.encode("latin-1").decode("latin-1") == shown
    assert question_marks("naïve 新聞 €", "latin-1") == "naïve ???? ?"
