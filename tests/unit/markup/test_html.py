from __future__ import annotations

import pytest

from newsreader.markup.blocks import REST, RULE, Block, BlockKind
from newsreader.markup.html import MAX_TOKENS, html_blocks, looks_like_html
from newsreader.markup.html_tokens import tag_attributes


def texts(source: str) -> list[str]:
    return [block.text for block in html_blocks(source)]


def kinds(source: str) -> list[tuple[str, int, str, str]]:
    return [(block.kind.value, block.level, block.marker, block.text) for block in html_blocks(source)]


def links(source: str) -> list[tuple[str, str]]:
    return [
        (block.text[link.start : link.end], link.url) for block in html_blocks(source) for link in block.links
    ]


def emphasis(source: str) -> list[tuple[str, str]]:
    return [
        (block.text[part.start : part.end], part.kind)
        for block in html_blocks(source)
        for part in block.emphasis
    ]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>a</p><p>b</p>", ["a", "b"]),
        ("<p>a<p>b<div>c</div>d", ["a", "b", "c", "d"]),
        ("a<div>b<div>c</div>d</div>e", ["a", "b", "c", "d", "e"]),
        ("<table><tr><td>a<td><td><p>b</p><p>c</table>", ["a", "b", "c"]),
        ("<div><p> \n </p><span></span>&nbsp;</div>a", ["a"]),
        ("a</p>b</div>c", ["a", "b", "c"]),
        ("<dl><dt>a<dd>b</dl><figure><figcaption>c</figure>", ["a", "b", "c"]),
        ("<p>a\n  <span>b</span>c\td</p>", ["a bc d"]),
        ("<tr><th>a<td>b</tr>c", ["a", "b", "c"]),
        ("<custom-element>a</custom-element><o:p>b</o:p>", ["ab"]),
    ],
)
def test_each_part_of_a_layout_is_a_paragraph(source: str, expected: list[str]) -> None:
    assert texts(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>a<br>b<br/><br />c</br>d</p>", ["a", "b", "c", "d"]),
        ("<h2>a<br>b</h2>", ["a b"]),
        ("<ul><li>a<br>b</ul>", ["a b"]),
        ("<br style='display:none'>a<br hidden>b", ["ab"]),
    ],
)
def test_a_line_break_parts_paragraphs_only(source: str, expected: list[str]) -> None:
    assert texts(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>a<br>b<br/>c</p>d", [False, True, True, False]),
        ("<p>a<br><br>b</p>", [False, False]),
        ("<br>a<p>b</p><br>c", [False, False, False]),
        ("a<br><hr>b", [False, False, False]),
        ("a<br><pre>b</pre>c", [False, False, False]),
        ("<blockquote>a<br>b</blockquote>", [False, True]),
    ],
)
def test_a_single_line_break_continues_the_paragraph(source: str, expected: list[bool]) -> None:
    assert [block.continues for block in html_blocks(source)] == expected


def test_a_mail_address_is_shown_without_its_scheme() -> None:
    source = "<a href='mailto:a@b.example?subject='>mailto:a@b.example?subject=</a>"
    assert texts(source) == ["a@b.example"]
    assert links(source) == [("a@b.example", "mailto:a@b.example")]
    assert links("<a href='mailto:a@b.example?subject=Hello&cc='>Mail</a>") == [
        ("Mail", "mailto:a@b.example?subject=Hello")
    ]


def test_headings_have_their_level() -> None:
    assert kinds("<h1>a</h1><h6><p>b</p></h6>c") == [
        ("heading", 1, "", "a"),
        ("heading", 6, "", "b"),
        ("paragraph", 0, "", "c"),
    ]


def test_items_have_their_nesting_and_marker() -> None:
    assert kinds(
        "<ul><li>a<ul><li>b</ul>c<li>d</ul><ol start=5><li>e<li value='9'>f</li><li value=x>g</ol><li>h"
    ) == [
        ("item", 0, "-", "a"),
        ("item", 1, "-", "b"),
        ("paragraph", 0, "", "c"),
        ("item", 0, "-", "d"),
        ("item", 0, "5.", "e"),
        ("item", 0, "9.", "f"),
        ("item", 0, "10.", "g"),
        ("item", 0, "-", "h"),
    ]


def test_only_the_first_block_of_an_item_is_the_item() -> None:
    assert kinds("<ul><li><p>a</p><p>b</p></li><li></li></ul>c") == [
        ("item", 0, "-", "a"),
        ("paragraph", 0, "", "b"),
        ("paragraph", 0, "", "c"),
    ]
    assert kinds("<ul><li><h3>a</h3>b")[1] == ("paragraph", 0, "", "b")


def test_quotes_have_their_depth() -> None:
    assert kinds("<blockquote>a<blockquote>b</blockquote>c</blockquote>d") == [
        ("quote", 1, "", "a"),
        ("quote", 2, "", "b"),
        ("quote", 1, "", "c"),
        ("paragraph", 0, "", "d"),
    ]


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("<pre>\nif a &lt; b:\n    c</pre>", "if a < b:\n    c"),
        ("<pre><code>a  <b>b</b></code></pre>", "a  b"),
        ("<pre>a<br>b</pre>", "a\nb"),
        ("<pre><div>a</div><div>b\n</div>c</pre>", "a\nb\nc"),
        ("<pre>a<pre>b</pre></pre>", "ab"),
        ("<pre>a &amp;amp; <!-- c --></pre>", "a &amp;"),
        ("<pre>never closed", "never closed"),
    ],
)
def test_preformatted_text_is_code_as_it_stands(source: str, code: str) -> None:
    assert [block for block in html_blocks(source) if block.text] == [Block(BlockKind.CODE, code)]


def test_an_empty_preformatted_text_vanishes() -> None:
    assert kinds("a<pre> \n</pre>b<pre hidden>c</pre>") == [
        ("paragraph", 0, "", "a"),
        ("paragraph", 0, "", "b"),
    ]


def test_rules_stand_between_blocks_only() -> None:
    assert list(html_blocks("<hr>a<hr><hr/>b<div hidden><hr></div>c<hr>")) == [
        Block(BlockKind.PARAGRAPH, "a"),
        RULE,
        Block(BlockKind.PARAGRAPH, "b"),
        Block(BlockKind.PARAGRAPH, "c"),
    ]


def test_a_table_with_a_header_keeps_its_rows_together() -> None:
    source = (
        "<table><thead><tr><th>Name</th><th>Value</th></tr></thead>"
        "<tr><td>a</td><td><p>b</p><ul><li>c</ul>d<br>e</td></tr><tbody><tr><td><td>f</table>g"
    )
    assert kinds(source) == [
        ("table row", 1, "", "Name │ Value"),
        ("table row", 0, "", "a │ b c d e"),
        ("table row", 0, "", "f"),
        ("paragraph", 0, "", "g"),
    ]
    assert kinds("<table><tr><th scope=row>a<td>b</table>") == [("table row", 0, "", "a │ b")]


def test_a_table_without_a_header_is_layout() -> None:
    assert texts("<table><tr><th>a</th><td>b</td></tr></table><td>c") == ["a", "b", "c"]


def test_a_table_in_a_table_row_stands_by_itself() -> None:
    source = "<table><thead><tr><th>a<td><table><tr><td>b<td>c</table></table>"
    assert kinds(source) == [
        ("table row", 1, "", "a │"),
        ("paragraph", 0, "", "b"),
        ("paragraph", 0, "", "c"),
    ]


def test_links_keep_their_text_and_address() -> None:
    source = "<p>x <a class='l' href=\"https://a.example/?b=1&amp;c=2\"> <b>y</b> z </a>, <a href=https://d.example>w</a>"
    assert texts(source) == ["x y z , w"]
    assert links(source) == [("y z", "https://a.example/?b=1&c=2"), ("w", "https://d.example")]


@pytest.mark.parametrize(
    "href",
    [
        "href='javascript:alert(1)'",
        "href='/relative'",
        "href",
        "href=''",
        "name='x'",
        "href='data:,x'",
        "href='https:'",
    ],
)
def test_a_link_to_elsewhere_is_text(href: str) -> None:
    assert texts(f"<p><a {href}>a</a> b") == ["a b"]
    assert links(f"<p><a {href}>a</a> b") == []


def test_a_link_around_blocks_is_a_link_in_each() -> None:
    assert links("<a href='https://a.example'><p>b</p><p>c</p></a>d") == [
        ("b", "https://a.example"),
        ("c", "https://a.example"),
    ]


def test_a_link_ends_where_the_next_one_begins() -> None:
    assert links("<a href='https://a.example'>b<a href='https://c.example'>d</a>e</a>f") == [
        ("b", "https://a.example"),
        ("d", "https://c.example"),
    ]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<a href='https://a.example'><img alt=' Chart '></a>", [("Chart", "https://a.example")]),
        (
            "<a href='https://a.example'><table><td><img alt='Chart'></table></a>",
            [("Chart", "https://a.example")],
        ),
        (
            "<a href='https://a.example'><img alt=''><img alt='b'><img alt='c'></a>",
            [("b", "https://a.example")],
        ),
        ("<a href='https://a.example'>b <img alt='c'></a>", [("b", "https://a.example")]),
        ("<a href='https://a.example'><img alt='c'> b</a>", [("b", "https://a.example")]),
        ("<a href='https://a.example'><img alt='c' hidden></a>", []),
        ("<a href='https://a.example'><img alt='pixel' width=1 height=1></a>", []),
        ("<a href='https://a.example'><img src='x.png'></a>", []),
        ("<a href='/b'><img alt='c'></a>", []),
        ("<h1>News <a href='https://a.example'><img alt='Logo'></a></h1>", []),
        ("<h1><a href='https://a.example'><img alt='News'></a></h1>", [("News", "https://a.example")]),
        ("<div hidden><a href='https://a.example'><img alt='c'></a></div>", []),
    ],
)
def test_a_picture_is_told_in_words_only_where_it_is_all_of_a_link(
    source: str, expected: list[tuple[str, str]]
) -> None:
    assert links(source) == expected


def test_other_pictures_leave_nothing() -> None:
    assert texts("a<img alt='b' src='c.png'>d<img hidden>") == ["ad"]


def test_emphasis_keeps_its_kind() -> None:
    source = (
        "<b>a <i>b</i></b> <code>c &amp;amp;</code>"
        "<strong>d<strong>e</strong>f</strong><cite>g</cite> <kbd></kbd>"
    )
    assert emphasis(source) == [
        ("a b", "strong"),
        ("b", "emphasis"),
        ("c &amp;", "code"),
        ("def", "strong"),
        ("g", "emphasis"),
    ]


def test_emphasis_that_is_never_closed_ends_with_its_block() -> None:
    assert emphasis("<p><b>a<p>b<td><i>c</td>d") == [("a", "strong"), ("c", "emphasis")]


@pytest.mark.parametrize(
    "source",
    [
        "a<script>if (x<y) '<p>b</p>'</script>",
        "a<style>p > b {}</style >",
        "a<SCRIPT src='x'/>",
        "<head><title>b</title><meta><link></head>a",
        "<head><title>b</title><p>a",
        "<head><style>b</style><body>a",
        "a<template><p>b</p></template>",
        "a<svg viewBox='x'><text>b</text><title>b</title></svg>",
        "a<svg/>",
        "a<!-- b <p>b --><!---->",
        "a<!--[if mso]><p>b</p><![endif]-->",
        "a<!--> <!-- b",
        "a<!--->",
        "a<!-- b --!><!-- c -->",
        "a<![if !mso]><![endif]><?xml b?></ b>",
        "a<iframe>b</iframe><textarea>b</textarea><select><option>b</select><button>b</button>",
        "a<p hidden>b</p>",
        "a<p hidden>b<div hidden>b</div>",
        "a<div style='color:red; DISPLAY : none'><p>b</div>",
        "a<div><span aria-hidden='TRUE'>b<br>b</div>",
        "a<div hidden><div>b</div>b</div>",
        "a<script>b",
        "a<a href='https://cut.example",
        "a</p",
    ],
)
def test_what_a_browser_does_not_show_is_dropped(source: str) -> None:
    assert texts(source) == ["a"]


@pytest.mark.parametrize(
    "source",
    [
        "<p class='hidden overflow-none' style='overflow:hidden'>a",
        "<div aria-hidden='false'>a",
        "<!--[if !mso]><!-->a<!--<![endif]-->",
        "<![CDATA[<p>a</p>]]>",
        "<noscript>a</noscript>",
        "<div hidden>b</div>a",
        "<p hidden>b<p>a",
        "<div class='x' <p>a</p>",
        "<p title='1 > 0 < 2'>a",
        "<p title=\"it's\" x='\"'>a",
        "<p title='never closed>a",
        "<svg><g/></svg>a",
    ],
)
def test_what_a_browser_shows_is_kept(source: str) -> None:
    assert texts(source) == ["a"]


@pytest.mark.parametrize("text", ["1 < 2 > 0", "a <b and c", "<3", "a<", "x &lt;b&gt; y", "<"])
def test_an_angle_that_begins_no_tag_is_text(text: str) -> None:
    assert texts(f"{text}<p>z") == [text.replace("&lt;", "<").replace("&gt;", ">"), "z"]


def test_entities_that_were_escaped_twice_are_decoded_in_prose() -> None:
    assert texts("<p>&amp;#8220;a&amp;#x201d; &amp;amp; &amp;lt; b&amp;nbsp;c") == ["“a” & &lt; b c"]


def test_a_document_with_too_many_tags_ends_with_a_note() -> None:
    found = list(html_blocks("a" + "<b>" * MAX_TOKENS + "b"))
    assert found == [Block(BlockKind.PARAGRAPH, "a"), REST]


def test_attributes_have_their_first_value() -> None:
    inside = " A=1 b='x &amp; y' c=\"2 > 1\" d e = f a=2 / g='' h=\"open"
    assert tag_attributes(inside) == {
        "a": "1",
        "b": "x & y",
        "c": "2 > 1",
        "d": "",
        "e": "f",
        "g": "",
        "h": "",
        "open": "",
    }


def test_text_without_an_angle_is_no_html() -> None:
    assert not looks_like_html("a > b")


def test_a_newsletter_reads_from_top_to_bottom() -> None:
    source = """<html><head><title>News</title><style>a { color: red }</style></head><body>
    <!--[if mso]><table><tr><td><![endif]--><center><table role="presentation"><tr>
      <td class="hidden-area"></td>
      <td><h1><span>Every Day<br/>
        <a href="https://site.example/"><img alt="Logo" src="l.png"></a></span></h1></td>
    </tr><tr><td style="font-size:20px"><strong>News of the day</strong></td></tr><tr><td>
      <p><a href="https://news.example/1"><img alt="" src="1.png" width="35"></a></p>
      <p><a href="https://social.example/?u=a b"><img alt="" src="t.png"></a></p>
      <table><tr><td><div><p><strong>{Title}</strong> Some&#160;text.</p></div>
        <p><a href="https://news.example/1">↪ Publisher
        </a></p><hr></td></tr></table>
    </td></tr></table></center>
    <img src="https://track.example/o.gif" width="1" height="1" alt="t"></body></html>"""
    assert kinds(source) == [
        ("heading", 1, "", "Every Day"),
        ("paragraph", 0, "", "News of the day"),
        ("paragraph", 0, "", "{Title} Some text."),
        ("paragraph", 0, "", "↪ Publisher"),
    ]
    assert links(source) == [("↪ Publisher", "https://news.example/1")]


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("see https://a.example/b?c=1&amp;d=2 there", "https://a.example/b?c=1&d=2"),
        ("(https://a.example/b_(c)).", "https://a.example/b_(c)"),
        ("HTTPS://a.example!", "HTTPS://a.example"),
        ("»https://a.example/…«", "https://a.example/"),
    ],
)
def test_an_address_in_the_text_is_a_link_to_itself(text: str, url: str) -> None:
    assert links(text) == [(url, url)]


@pytest.mark.parametrize(
    "text", ["<code>https://a.example</code>", "ftp://a.example", "https://", "xhttps://a"]
)
def test_what_only_resembles_an_address_is_text(text: str) -> None:
    assert links(text) == []


def test_an_address_inside_a_link_belongs_to_it() -> None:
    assert links('<a href="https://a.example">https://b.example c</a>') == [
        ("https://b.example c", "https://a.example")
    ]


def test_a_stray_end_of_a_line_break_breaks_the_line_unless_it_is_hidden() -> None:
    assert texts("a</br>b<p hidden>c</br>d</p>") == ["a", "b"]
