"""Words found in lines of spans."""

from __future__ import annotations

import pytest

from newsreader.render.find_in_lines import Piece, find, highlighted
from newsreader.render.headline_row import Line, Span

LINES: list[Line] = [
    (Span("Acme builds ", "title"), Span("faster chips", "title")),
    (),
    (Span("  ", "blank"), Span("The chips are", "body")),
    (Span("  ", "blank"), Span("FASTER than others (a+b).", "body")),
]


@pytest.mark.parametrize(
    ("words", "hits"),
    [
        ("chips", [(Piece(0, 19, 24),), (Piece(2, 6, 11),)]),
        ("faster", [(Piece(0, 12, 18),), (Piece(3, 2, 8),)]),
        ("builds  FASTER", [(Piece(0, 5, 18),)]),
        ("are faster", [(Piece(2, 12, 15), Piece(3, 0, 8))]),
        ("chips the chips", [(Piece(0, 19, 24), Piece(2, 0, 11))]),
        ("(a+b)", [(Piece(3, 21, 26),)]),
        ("nowhere", []),
        ("", []),
        ("  ", []),
    ],
)
def test_words_are_found_whatever_stands_between_them(words: str, hits: list[tuple[Piece, ...]]) -> None:
    assert find(LINES, words) == hits


def test_what_is_found_gets_another_role_and_nothing_else_changes() -> None:
    line = highlighted(LINES[0], {(5, 18): "found", (19, 24): "found-here"})
    assert "".join(span.text for span in line) == "Acme builds faster chips"
    roles = [role for text, role in line for _ in text]
    assert roles == ["title"] * 5 + ["found"] * 13 + ["title"] + ["found-here"] * 5
    assert highlighted(LINES[2], {}) == LINES[2]
