from __future__ import annotations

import sys
from itertools import pairwise
from unicodedata import category

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newsreader.domain.sanitize import BLOCK_LIMIT
from newsreader.markup import MAX_BLOCKS, body_blocks
from newsreader.markup.blocks import (
    REST,
    Block,
    BlockKind,
    InlineLink,
    Prose,
    address,
    code_block,
    parts,
    unescaped,
)

# fmt: off
# Pieces of both languages, since plain random text seldom holds any markup.
html_pieces = st.sampled_from([
    "<p>", "</p>", "<div>", "</div>", "<b>", "</b>", "<i>", "</i>", "<code>", "</code>", "<br>", "<hr>",
    "<ul>", "</ul>", "<ol start='9'>", "</ol>", "<li>", "<h2>", "</h2>", "<blockquote>",
    "</blockquote>", "<pre>", "</pre>", "<a href='https://a.example/'>", '<a href="javascript:x">',
    "</a>", "<img alt='Chart'>", "<table>", "<thead>", "<tr>", "<th scope=col>", "<td>", "</td>",
    "</tr>", "</table>", "<!--", "-->", "<script>", "</script>", "<svg>", "</svg>", "<head>",
    "<span hidden>", "</span>", "<a b", "<", "=", "<dl>", "<dt>", "<dd>", "</dl>", "<td align=right>",
    "<math>", "<msup>", "<mi>", "</mi>", "</msup>", "</math>", "<del>", "</del>", "<input type=checkbox>",
    "<img src='/c.png'>", "<aside class=admonition>", "<p class=admonition-title>", "<video src='https://v.example'>",
    "<a href='#x'>", "<a href='b.md'>",
])
markdown_pieces = st.sampled_from([
    "# ", "## ", "===", "---", "- ", "* ", "1. ", "7) ", "> ", ">", "```", "~~~", "    ", "  ", "\t",
    "| ", "|-|", "*", "**", "***", "_", "__", "`", "``", "[", "]", "![", "](https://b.example)", "](x",
    "[ref]", "\\", "(", ")", "[ref]: https://c.example", "<https://d.example>",
    "https://e.example/a_b.", "<me@f.example>", "&amp;", "\\\n", "  \n", "\n", "\n\n", "\r\n", "\n> ",
    "\n- ", "\n  - ", "\n    ", "\n1. ", "[ ] ", "[^a]", "\n[^a]: ", "\n: ", "~~", "[[", "|", "]]",
    "![[", "$", "$$",
    "\n$$\n", "{{ x }}", "{% x %}", "{% raw %}", "{% endraw %}", "{% highlight py %}", "{% endhighlight %}",
    "{% tip %}", "{{% /tip %}}", '{{< figure src="/a.png" >}}', "{: .x}", "\n::: note\n", "\n:::\n",
    "\n!!! tip\n    ",
    "\n> [!tip] ", '\n=== "A"\n\n    ', "<Tip>", "</Tip>", "<Tab label='a' />", "\nimport a from 'b'\n",
    "\nexport const a = {\n", "%%", "==", ":rocket:", ":a-b:", "&copy ", "[a][none]",
])
troubles = st.sampled_from([
    "\x00", "\x1b[31m", "\u202e", "\ud800", "\u0301", "\u200d", "\xa0", "&#27;", "&#x202e;", "\x85",
])
words = st.sampled_from(["a", "b c", "é", "1"])
bodies = st.one_of(
    st.text(),
    st.lists(st.one_of(html_pieces, markdown_pieces, troubles, words), max_size=30).map("".join),
    st.lists(st.one_of(markdown_pieces, words), max_size=30).map("".join),
)

BOMB_SIZE = 30_000
SMALL = 600
CALLS_PER_CHARACTER = 150
"""What the worst of them takes, with room to spare; what grows with the square takes thousands."""
BOMBS = [
    "<", "</", "<!--", "<!---->", "<?", "<a ", "<a", "<a>", "<b>x", "</b>", "<p>x", "<div>", "<div>x",
    "<li>x", "<ul><li>", "<table><tr><td>", "<table><thead><tr><th>x", "<blockquote>", "<blockquote>x",
    "<pre>x", "<svg>", "<script>", '<a href="', '<a x="<a', "<a x='<a\" ", "<a ='", "<a b c d e ",
    "<p><td><b>", "<div hidden>", "<a href='https://x.example'>z</a>", "&", "&#1", "&amp;",
    "<p>&amp;#8220;", "<![CDATA[", "<hr>x", "<br>x", "<p>&#x301;", "<b>\u0301</b>", "*", "*a", "*a ",
    "**a** ", "*a _b ", "***a", "_a ", "`a", "``a`", "[", "]", "[a](", '[a](x "', "[a](x (", "[a](<",
    "[a](https://x.example)", "![a](", "[a][b]", "[a]: x\n[a] ", "<https://", "<a@b.c",
    "https://x.example ", "https://x))", ">", "> ", "> a\n\n", ">>>> a\n", "- ", "- a\n", "  - a\n",
    "1. ", "- - * ", "> - ", "- > ", "# a\n", "#", "```\n", "```a\n", "    a\n\n", "a  \n", "a\\\n",
    "\\", "|", "a|b\n-|-\n", "<div>\n\n", "<!--\n", "a\n---\n", "{% ", " ", "\n", "\t", "a\n",
    "$", "$$ a\n", "$a", "$a$", "\\$", "$$\n", "{{", "{%", "{{ a }}", "{% raw %}", "{% highlight %}",
    "{{< figure >}}", "{:", "{: .x}", "{/*", "{% a {", "{{< a\n", "{% include\n", "[[", "[[a",
    "[[a|b]] ", "![[a]]",
    "::: a\n", ":::a\n:::\n", ":::: a\n", "!!! a\n", "!!! a\n    b\n\n", '=== "a"\n', "> [!a] b\n",
    "> [!a]\n\n",
    "[^", "[^a] ", "[^a]: b\n", "^[", "^[a] ", "^[a", "a\n: b\n", "a\n\n: b\n\n: b\n", ": ", "~~", "~~a",
    "~~a~~ ",
    "- [ ] a\n", "- [x] ", "<A", "<A b={", "<A>", "</A>", "<A b={{", "<A/>\n", "import a from 'b'\n",
    "import ",
    "export const a = {\n", "export default {\n\n", "==", "==a", "==a==", "%%", "%%a%%", ":a-b:", ":a",
    "&copy ",
    "&am", "<!-- a --!>", "a <!-- ", "<math><msup>", "<mfrac><mi>a</mi>", "<dl><dt>a<dd>b", "<li><b>",
    "<table><thead><tr><td>", "|a", "| a | b |\n", "[a][", "<aside class=admonition>a", "<img src=a>",
    "![](https://a.example/b.png)", "<video src=https://a.example>", "<a href=#>#</a>", "![",
]
# fmt: on
CRAFTED_BOMBS = {
    "lists ever deeper": "".join(" " * (2 * depth) + "- a\n" for depth in range(150)) + "b\n" * 5_000,
    "lists ever deeper in HTML": "<ul><li>a" * 4_000,
    "code fences of every length": "".join("`" * length + "a" for length in range(1, 280)),
    "a quote that is never closed": '<a x="' + "<a " * 13_000,
    "quotes in which every tag stands": '<a x="<a"' * 4_000 + " <",
    "emphasis nested": "**a " * 5_000 + "b** " * 5_000,
    "links nested": "[" * 12_000 + "a" + "](b)" * 7_000,
    "labels nested": "[a]: b\n\n" + "[" * 20_000 + "]" * 20_000,
    "spaces between words": "a" + " " * BOMB_SIZE + "b",
    "a URL of stops": "https://x.example" + ".)" * 20_000,
    "a label without end": "[" + "a" * BOMB_SIZE + "]: x",
    "one word": "a" * BOMB_SIZE,
}


def texts(body: str) -> list[str]:
    return [block.text for block in body_blocks(body)]


@pytest.mark.parametrize(
    "body", ["", " ", "\n\t\r\n", "\xa0\n", "\x1b[2J", "<!-- nothing -->", "<p>&nbsp;</p>"]
)
def test_a_body_that_shows_nothing_has_no_blocks(body: str) -> None:
    assert body_blocks(body) == ()


@pytest.mark.parametrize(
    "body",
    [
        "<p>*a*</p>",
        "  <DIV>*a*</DIV>",
        "<span>*a*</span>",
        "<!doctype html><title>t</title>*a*",
        "<!-- a comment --><!-- another --><p>*a*",
        "<html>\n\n*a*",
        "*a*<p></p>",
        "<p></p>\n\n*a*",
    ],
)
def test_a_body_with_block_tags_is_html(body: str) -> None:
    assert texts(body) == ["*a*"]


@pytest.mark.parametrize(
    "body",
    [
        "*a*",
        "<https://a.example> *a*",
        "<T> *a*",
        "a < b *a*",
        "Write `<div>` *a*",
        "<p>*x*</p>\n\n*a*\n\n*b*",
        "# *a*\n\n<div>*x*</div>",
        "<b>x</b>\n\n*a*",
        "see [a](https://a.example) <p> *a*",
        "```\n<div>\n```\n*a*",
    ],
)
def test_a_body_with_little_html_is_markdown(body: str) -> None:
    found = body_blocks(body)
    assert any(block.text[part.start : part.end] == "a" for block in found for part in block.emphasis)


def test_fences_of_the_site_builder_are_dropped() -> None:
    assert texts("<p>{% raw %}a{%- endraw -%} b</p>") == ["a b"]
    assert texts("{%raw%}{{ a }}{% endraw %} {% include x %}") == ["{{ a }}"]


@pytest.mark.parametrize("body", ["a\x1b]0;t\x07b\u202ec\u200bd", "<p>a\x1b[31mb\x00c&#x202e;&#x200b;d</p>"])
def test_every_text_passes_the_gate(body: str) -> None:
    assert texts(body) == ["abcd"]


def test_a_letter_keeps_its_accent_and_an_emoji_its_parts() -> None:
    assert texts("cafe\u0301 *e\u0301* 👩\u200d🚀") == ["café é 👩\u200d🚀"]
    assert texts("<p>e&#x301;</p>") == ["é"]


@pytest.mark.parametrize("paragraph", ["a\n\n", "<p>a</p>"])
def test_a_body_of_too_many_blocks_ends_with_a_note(paragraph: str) -> None:
    assert body_blocks(paragraph * MAX_BLOCKS) == (Block(BlockKind.PARAGRAPH, "a"),) * MAX_BLOCKS
    cut = body_blocks(paragraph * (MAX_BLOCKS + 1))
    assert len(cut) == MAX_BLOCKS
    assert cut[-2:] == (Block(BlockKind.PARAGRAPH, "a"), REST)


def test_a_body_that_is_too_long_ends_with_a_note() -> None:
    found = body_blocks("a" + "\n" * BLOCK_LIMIT + "b")
    assert [block.text for block in found] == ["a", REST.text]


def calls(body: str) -> int:
    """Count the function calls that reading a body takes."""
    count = 0

    def note(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    outer = sys.getprofile()
    sys.setprofile(note)
    try:
        found = body_blocks(body)
    finally:
        sys.setprofile(outer)
    assert len(found) <= MAX_BLOCKS
    return count


@pytest.mark.parametrize("piece", BOMBS)
def test_the_work_grows_with_the_length_of_repeated_markup(piece: str) -> None:
    body_blocks(piece)
    short, long = (calls(piece * (size // len(piece))) for size in (SMALL, 4 * SMALL))
    assert long <= 6 * short + 2_000


@pytest.mark.parametrize("body", CRAFTED_BOMBS.values(), ids=CRAFTED_BOMBS.keys())
def test_a_crafted_body_takes_little_work(body: str) -> None:
    assert calls(body) <= CALLS_PER_CHARACTER * len(body)


@given(bodies)
@example("<p><b>a <i>b</b> c</i> <code>d</code>")
@example("**a _b **c** d_ `e`** [f `g`](https://a.example) <b>h")
def test_spans_lie_inside_the_text_and_in_order(body: str) -> None:
    for block in body_blocks(body):
        spans = [span[:2] for span in (*block.links, *block.references, *block.emphasis)]
        assert all(0 <= start < end <= len(block.text) for start, end in spans)
        assert all(first.end <= second.start for first, second in pairwise(block.links))
        assert all(
            (first.start, -first.end) <= (second.start, -second.end)
            for first, second in pairwise(block.emphasis)
        )
        for kind in ("strong", "emphasis", "code", "strike"):
            alike = [part for part in block.emphasis if part.kind == kind]
            assert all(first.end <= second.start for first, second in pairwise(alike))
        assert {part.kind for part in block.emphasis} <= {"strong", "emphasis", "code", "strike"}
        assert all(address(link.url) == link.url for link in block.links)
        assert all(link.url and not address(link.url) for link in block.references)
        assert all(0 <= start <= end <= len(block.text) for start, end in block.cells)
        assert all(first[1] <= second[0] for first, second in pairwise(block.cells))
        assert len(block.cells) == len(block.aligned)


@given(bodies)
@example("<pre>a\x85b\u2028c</pre>")
def test_no_text_holds_a_control_character(body: str) -> None:
    for block in body_blocks(body):
        text = block.text.replace("\n", "") if block.kind is BlockKind.CODE else block.text
        assert not {category(char) for char in text} & {"Cc", "Cs", "Zl", "Zp"}
        assert bool(block.text.strip()) == (block.kind is not BlockKind.RULE)


@given(bodies)
def test_a_block_says_what_it_is(body: str) -> None:
    for block in body_blocks(body):
        assert (block.level in range(1, 7)) or block.kind is not BlockKind.HEADING
        assert (block.level >= 1) or block.kind is not BlockKind.QUOTE
        assert set(block.inside) <= set(">-")
        assert len(block.inside) <= 8
        if block.kind is BlockKind.ITEM:
            assert block.marker in ("-", "[ ]", "[x]") or block.marker.endswith(".")
        else:
            named = {BlockKind.QUOTE: "callout", BlockKind.PARAGRAPH: "term"}
            assert block.marker in ("", named.get(block.kind, ""))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("&amp &copy &amp; &ampx", "& © & &ampx"),
        ("a & b", "a & b"),
        ("&amp;lt;", "&lt;"),
        ("&#8220;&#x201D;&eacute;&nbsp;", "“”é\xa0"),
        ("&#8220 &copy=2 &notes; &unknown;", "“ &copy=2 &notes; &unknown;"),
        pytest.param("&#" + "1" * 5_000 + ";", "&#" + "1" * 5_000 + ";", id="a number too long for Python"),
    ],
)
def test_entities_become_characters_once(text: str, expected: str) -> None:
    assert unescaped(text) == expected


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("https://a.example/b?c=1", "https://a.example/b?c=1"),
        (" HTTP://a.example\n/b c ", "HTTP://a.example/b%20c"),
        ("mailto:me@a.example?subject=a b", "mailto:me@a.example?subject=a%20b"),
        ("MailTo:me@a.example", "MailTo:me@a.example"),
        ("mailto:?subject=me@a.example", ""),
        ("mailto:me\u202e@a.example", ""),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("/relative", ""),
        ("//a.example", ""),
        ("https://", ""),
        ("", ""),
        pytest.param("https://a.example/" + "x" * 10_000, "", id="absurdly long"),
    ],
)
def test_only_addresses_of_the_web_and_of_mail_are_kept(href: str, expected: str) -> None:
    assert address(href) == expected


def test_code_without_a_visible_character_is_no_block() -> None:
    assert code_block("\n  a\n") == Block(BlockKind.CODE, "  a")
    assert code_block(" \n\t\xa0") is None


def test_prose_folds_white_space_across_pieces_and_never_into_spans() -> None:
    prose = Prose()
    assert not prose
    for piece in (" a ", "\n", " "):
        prose.add(piece)
    prose.begin("strong")
    prose.add(" b\t")
    prose.end("strong")
    prose.add("c ")
    assert prose
    block = prose.take(BlockKind.PARAGRAPH)
    assert block is not None
    assert block.text == "a b c"
    assert [block.text[part.start : part.end] for part in block.emphasis] == ["b"]
    assert prose.take(BlockKind.PARAGRAPH) is None


def test_what_is_open_goes_on_in_the_next_block() -> None:
    prose = Prose()
    prose.begin("emphasis")
    prose.begin_link("https://a.example")
    prose.add("a")
    first = prose.take(BlockKind.PARAGRAPH)
    prose.add("b")
    prose.end_link()
    prose.end("emphasis")
    prose.add("c")
    second = prose.take(BlockKind.PARAGRAPH)
    assert first is not None
    assert second is not None
    assert first.links == second.links == (InlineLink(0, 1, "https://a.example"),)
    assert first.emphasis == second.emphasis == ((0, 1, "emphasis"),)


def test_an_end_without_a_beginning_changes_nothing() -> None:
    prose = Prose()
    prose.end("code")
    prose.end_link()
    prose.add("a")
    assert prose.take(BlockKind.QUOTE, 2) == Block(BlockKind.QUOTE, "a", 2)


def test_a_link_in_a_link_belongs_to_the_outer_one() -> None:
    prose = Prose()
    prose.begin_link("https://outer.example")
    prose.begin_link("https://inner.example")
    prose.add("a")
    prose.end_link()
    prose.add("b")
    prose.end_link()
    prose.begin_link("")
    prose.add("c")
    prose.end_link()
    block = prose.take(BlockKind.PARAGRAPH)
    assert block is not None
    assert block.links == (InlineLink(0, 2, "https://outer.example"),)


def test_a_text_is_split_where_a_reference_begins_and_ends() -> None:
    references = (InlineLink(1, 2, "a.md"), InlineLink(3, 4, "b.md"))
    block = Block(BlockKind.PARAGRAPH, "abcde", references=references)
    assert [part.is_reference for part in parts(block)] == [False, True, False, True, False]
