"""What is said of a filter that finds nothing."""

from __future__ import annotations

import pytest

from newsreader.domain.query import parse
from newsreader.domain.query.completion import Vocabulary
from newsreader.domain.query.hints import hint

NAMES = Vocabulary(
    ["Robots", "Computer Vision"], ["Wired", "bbc.co.uk"], ["article", "video"], {"CV": "Computer Vision"}
)


def hint_of(text: str, names: Vocabulary = NAMES) -> str:
    return hint(text, parse(text), names)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NOT musk", "NOT is searched as a word; write -musk."),
        ("gpu (NOT musk)", "NOT is searched as a word; write -musk."),
        ("(gpu OR", "A bracket is not closed."),
        ('"open source', "A quotation mark is not closed."),
        ("topic:zzz", "There is no topic “zzz”."),
        ("topic:robot", "There is no topic “robot”. Near: Robots."),
        ("gpu (heat>3 OR topic:vsion)", "There is no topic “vsion”. Near: Computer Vision."),
        ("provider:=wird", "There is no provider “wird”. Near: Wired."),
        ("provider:wird", "There is no provider “wird”. Near: Wired."),
        ('type:"vidoe"', "There is no type “vidoe”. Near: video."),
        ("from:musk", "There is no field “from”. Fields are title, excerpt, topic"),
        ("/mu.k/", "/mu.k/ is searched as text: there are no regular expressions."),
    ],
)
def test_the_mistake_is_named(text: str, expected: str) -> None:
    assert hint_of(text).startswith(expected)


@pytest.mark.parametrize(
    "text",
    [
        "", "musk", "topic:robots", "topic:CV", "-topic:zzz", "provider:wir",
        'provider:="bbc.co.uk"', "type:vid",
        '"NOT now"', "heat>3", "https://a.example/b", "12:30", "a(b)c", "path:/a/", '"from:musk"',
    ],
)  # fmt: skip
def test_a_filter_without_a_mistake_is_left_alone(text: str) -> None:
    assert hint_of(text) == ""


def test_without_names_nothing_is_unknown() -> None:
    assert hint_of("topic:zzz provider:=x", Vocabulary()) == ""
