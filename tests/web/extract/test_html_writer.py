from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.markup import body_blocks
from newsreader.markup.blocks import Block, BlockKind, Emphasis, InlineLink
from newsreader.web.extract import Engine, extract_article
from newsreader.web.extract.html_writer import blocks_html
from newsreader.web.extract.text_density import words_in

URL = "https://site.example/mill"
PROSE = (
    "<p>The mill on the brook has been turning again since Monday, for the first time in thirty years.</p>"
    "<p>It was repaired by volunteers, who had to learn first how a mill of this kind was built at all.</p>"
)


def kinds(part: str) -> list[tuple[str, int, str, str]]:
    """Return the blocks that a page shows of a part between its paragraphs."""
    end = "<p>Flour is ground on Saturdays, and sold out by ten in the morning.</p>"
    source = f"<meta property=og:title content=Mill><article>{PROSE}{part}{end}</article>"
    article = extract_article(source, URL, engine=Engine.OWN)
    assert article is not None
    blocks = body_blocks(article.html)
    assert len(blocks) >= 3
    return [(block.kind.value, block.level, block.marker, block.text) for block in blocks[2:-1]]


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (
            "<h1>One</h1><p>x y</p><h1>Two</h1><p>z</p>",
            [("heading", 2, "", "One"), ("paragraph", 0, "", "x y")],
        ),
        ("<h6>Deep</h6><p>x</p>", [("heading", 6, "", "Deep"), ("paragraph", 0, "", "x")]),
        ("<ol start=3><li>c<li>d</ol>", [("item", 0, "3.", "c"), ("item", 0, "4.", "d")]),
        (
            "<ul><li>a<ol><li>b</ol><li>c</ul>",
            [("item", 0, "-", "a"), ("item", 1, "1.", "b"), ("item", 0, "-", "c")],
        ),
        ("<ul><li>a</ul><ol><li>b</ol>", [("item", 0, "-", "a"), ("item", 0, "1.", "b")]),
        (
            "<ol><li><p>a</p><p>more of it</p><li>b</ol>",
            [("item", 0, "1.", "a"), ("paragraph", 0, "", "more of it"), ("item", 0, "2.", "b")],
        ),
        (
            "<blockquote>a<blockquote>b</blockquote></blockquote>",
            [("quote", 1, "", "a"), ("quote", 2, "", "b")],
        ),
        ("<pre># a\n\n\n~~~\n</pre>", [("code", 0, "", "# a\n\n\n~~~")]),
        (
            "<pre>```\n[x](http://y) {% raw %} &lt;p&gt;</pre>",
            [("code", 0, "", "```\n[x](http://y) {% raw %} <p>")],
        ),
        ("<p># no heading, [no](/link)</p>", [("paragraph", 0, "", "# no heading, [no](/link)")]),
        (
            "<table><tr><td>Name<td>Age</tr><tr><td>Ann<td>7</tr></table>",
            [("table row", 0, "", "Name │ Age"), ("table row", 0, "", "Ann │ 7")],
        ),
        (
            "<table><tr><td>only one<tr><td>column</table>",
            [("paragraph", 0, "", "only one"), ("paragraph", 0, "", "column")],
        ),
        (
            "<dl><dt>Term<dd>what it means</dl>",
            [("paragraph", 0, "", "Term"), ("paragraph", 0, "", "what it means")],
        ),
        (
            "first line<br><br>second line",
            [("paragraph", 0, "", "first line"), ("paragraph", 0, "", "second line")],
        ),
        ("<div>bare<p>mixed</p>text</div>", [("paragraph", 0, "", t) for t in ("bare", "mixed", "text")]),
    ],
)
def test_each_kind_of_block_is_preserved(part: str, expected: list[tuple[str, int, str, str]]) -> None:
    assert kinds(part)[: len(expected)] == expected


def test_emphasis_and_links_are_preserved_in_cells() -> None:
    source = (
        f"<article>{PROSE}<table><tr><th>Page<th>Note</tr>"
        "<tr><td><a href='/a'>first</a></td><td>a <strong>strong</strong> <i>word</i></td></tr></table>"
        "<p>Ends with <code>code</code>.</p></article>"
    )

    article = extract_article(source, URL, engine=Engine.OWN)

    assert article is not None
    row, last = body_blocks(article.html)[-2:]
    assert row.text == "first │ a strong word"
    assert row.links == (InlineLink(0, 5, "https://site.example/a"),)
    assert row.emphasis == (Emphasis(10, 16, "strong"), Emphasis(17, 21, "emphasis"))
    assert last.emphasis == (Emphasis(10, 14, "code"),)


_TEXTS = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), min_size=1).map(
    lambda text: " ".join(text.split())
)


@given(st.lists(_TEXTS.filter(lambda text: bool(text) and "&" not in text), min_size=1, max_size=5))
def test_paragraphs_of_any_text_read_back_as_written(lines: list[str]) -> None:
    lines = [block.text for line in lines for block in body_blocks(f"<p>{_escaped(line)}</p>")]
    blocks = [Block(BlockKind.PARAGRAPH, line) for line in lines]

    assert [block.text for block in body_blocks(blocks_html(blocks))] == lines


def _escaped(text: str) -> str:
    return blocks_html([Block(BlockKind.PARAGRAPH, text)])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("one two  three", 3),
        ("時計台", 1),
        ("三十年ぶりに動き出した", 5),
        ("新しい PDF を読む", 4),
        ("مكتبة متنقلة", 2),
    ],
)
def test_words_are_counted_and_estimated_in_scripts_without_spaces(text: str, words: int) -> None:
    assert words_in(text) == words
