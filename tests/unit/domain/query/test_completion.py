from __future__ import annotations

import pytest

from newsreader.domain.query.completion import Completion, Vocabulary, complete
from newsreader.domain.ranking import Order

VOCABULARY = Vocabulary(
    ["AI", "Computer Vision", "AI Ethics"],
    ["forbes.com", "The Verge"],
    ["article", "video"],
    {"CV": "Computer Vision", "Ethics": "AI Ethics"},
)


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("to", ["topic:"]),
        ("chips to", ["topic:"]),
        ("-to", ["topic:"]),
        ("(to", ["topic:"]),
        ("qua", ["quality>="]),
        ("t", []),
        ("", []),
        ("x-to", []),
        ("topic:", ["AI", "Computer Vision", "AI Ethics"]),
        ("topic:a", ["AI", "AI Ethics"]),
        ("topic:ai", ["AI Ethics"]),
        ("topic:vis", ["Computer Vision"]),
        ("topic:cv", ["Computer Vision"]),
        ("topic:eth", ["AI Ethics"]),
        ("type:cv", []),
        ("topic:=comp", ["Computer Vision"]),
        ('topic:"comp', ["Computer Vision"]),
        ("topic:ai,vis", ["Computer Vision"]),
        ('topic:"AI Ethics",vis', ["Computer Vision"]),
        ("TOPIC:vis", ["Computer Vision"]),
        ("provider:the", ["The Verge"]),
        ("provider:verge", ["The Verge"]),
        ("provider:vrg", ["The Verge"]),
        ("topic:ethai", []),
        ("topic:ait", ["AI Ethics"]),
        ("type:v", ["video"]),
        ("is:l", ["lead", "later"]),
        ("has:n", ["note"]),
        ("is:g", ["gone"]),
        ("has:t", ["text"]),
        ("sort:", [str(order) for order in Order]),
        ("after:", ["today", "yesterday", "7d", "30d", "1y"]),
        ("quality>=", []),
        ("nothing:a", []),
    ],
)
def test_names_are_offered_that_begin_as_typed(text: str, offered: list[str]) -> None:
    assert [completion.label for completion in complete(text, len(text), VOCABULARY)] == offered


def test_a_completion_replaces_what_was_typed_of_it() -> None:
    assert complete("a topic:vis", 11, VOCABULARY) == [Completion(8, '"Computer Vision"', "Computer Vision")]
    assert complete("a to b", 4, VOCABULARY) == [Completion(2, "topic:", "topic:")]
    assert complete("total", 2, VOCABULARY) == []
    assert complete('topic:"comp', 11, VOCABULARY)[0].start == 6


def test_a_name_that_cannot_be_written_is_not_offered() -> None:
    assert complete("topic:", 6, Vocabulary(['A "b"', "C"]))[0].label == "C"
