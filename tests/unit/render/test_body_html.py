from __future__ import annotations

import sys

import pytest

from newsreader.render.body import body_lines
from newsreader.render.body_html import body_html
from newsreader.render.find_in_lines import highlighted
from newsreader.render.headline_row import Span


def calls(function: object, *arguments: object) -> int:
    """Count the function calls that a call takes."""
    assert callable(function)
    count = 0

    def note(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    outer = sys.getprofile()
    sys.setprofile(note)
    try:
        function(*arguments)
    finally:
        sys.setprofile(outer)
    return count


@pytest.mark.parametrize(
    "piece", ["`a` b ", "[a](https://a.example) b ", "**a** `b` ", "| a | b |\n", "- a\n\n  b\n\n", "<td>a"]
)
@pytest.mark.parametrize("function", [body_html, lambda body: body_lines(body, 80)])
def test_the_work_grows_with_the_number_of_spans(piece: str, function: object) -> None:
    lead = "| a | b |\n|---|---|\n" if piece.startswith("|") else ""
    lead = "<table><thead><tr><th>a</thead><tr>" if piece == "<td>a" else lead
    short, long = (calls(function, lead + piece * count) for count in (100, 400))
    assert long <= 5 * short


def test_the_work_of_highlighting_grows_with_the_number_of_marks() -> None:
    def work(count: int) -> int:
        line = tuple(Span("ab ", "body") for _ in range(count))
        return calls(highlighted, line, {(3 * at, 3 * at + 1): "found" for at in range(count)})

    assert work(800) <= 5 * work(200)


def test_thousands_of_spans_are_written_in_order() -> None:
    html = body_html("`a` [b](https://b.example) " * 2_000)
    assert html.count("<code>a</code>") == html.count('<a href="https://b.example">b</a>') == 2_000
