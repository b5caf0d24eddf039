from __future__ import annotations

import pytest

from newsreader.markup.blocks import REST, Block, BlockKind
from newsreader.markup.markdown import MAX_LENGTH, markdown_blocks

Shown = tuple[str, int, str, str]


def shown(source: str) -> list[Shown]:
    return [(block.kind.value, block.level, block.marker, block.text) for block in markdown_blocks(source)]


def links(source: str) -> list[tuple[str, str]]:
    return [
        (block.text[link.start : link.end], link.url)
        for block in markdown_blocks(source)
        for link in block.links
    ]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# a\n\n### b", [("heading", 1, "", "a"), ("heading", 3, "", "b")]),
        ("a\nb\n\nc", [("paragraph", 0, "", "a b"), ("paragraph", 0, "", "c")]),
        ("a  \nb", [("paragraph", 0, "", "a"), ("paragraph", 0, "", "b")]),
        ("- a\n  - b\n- c", [("item", 0, "-", "a"), ("item", 1, "-", "b"), ("item", 0, "-", "c")]),
        ("7. a\n8. b", [("item", 0, "7.", "a"), ("item", 0, "8.", "b")]),
        ("> a\n> > b", [("quote", 1, "", "a"), ("quote", 2, "", "b")]),
        ("```py\na < b\n  c\n```", [("code", 0, "", "a < b\n  c")]),
        ("    a\n      b", [("code", 0, "", "a\n  b")]),
        ("a\n\n---\n\nb", [("paragraph", 0, "", "a"), ("rule", 0, "", ""), ("paragraph", 0, "", "b")]),
        ("|a|b|\n|-|-|\n|1|2|", [("table row", 1, "", "a │ b"), ("table row", 0, "", "1 │ 2")]),
        ("&amp; \\*a\\* &#8220;", [("paragraph", 0, "", "& *a* “")]),
        ("List<T> and <b>c</b>", [("paragraph", 0, "", "List<T> and c")]),
        ("a <!-- b --> c", [("paragraph", 0, "", "a c")]),
    ],
)
def test_markdown_becomes_blocks(source: str, expected: list[Shown]) -> None:
    assert shown(source) == expected


def test_emphasis_and_code_keep_their_kinds() -> None:
    (block,) = markdown_blocks("*a* **b** `c` <em>d</em>")
    found = [(block.text[part.start : part.end], part.kind) for part in block.emphasis]
    assert found == [("a", "emphasis"), ("b", "strong"), ("c", "code"), ("d", "emphasis")]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("[a](https://a.example/b_c)", [("a", "https://a.example/b_c")]),
        ("[a][x]\n\n[x]: https://a.example", [("a", "https://a.example")]),
        ("<https://a.example>", [("https://a.example", "https://a.example")]),
        ("<me@a.example>", [("me@a.example", "mailto:me@a.example")]),
        ("[![alt](i.png)](https://a.example)", [("alt", "https://a.example")]),
        ("see https://a.example/b_c_d.", [("https://a.example/b_c_d", "https://a.example/b_c_d")]),
        ("[a](javascript:alert)", []),
        ("[a](/relative)", []),
        ("`https://a.example`", []),
    ],
)
def test_links_lead_to_the_web_or_nowhere(source: str, expected: list[tuple[str, str]]) -> None:
    assert links(source) == expected


def test_a_link_that_leads_nowhere_is_text() -> None:
    assert shown("[a](javascript:alert)") == [("paragraph", 0, "", "a")]


def test_a_very_long_text_ends_with_a_note() -> None:
    blocks = list(markdown_blocks("a" + "\n" * MAX_LENGTH))
    assert blocks == [Block(BlockKind.PARAGRAPH, "a"), REST]
