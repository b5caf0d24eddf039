"""Bodies in Markdown and HTML, as blocks, as lines of the screen and as HTML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from newsreader.domain.sanitize import clean_block
from newsreader.markup.blocks import Block, BlockKind, address, parts
from newsreader.markup.html import html_blocks
from newsreader.markup.markdown import markdown_blocks
from newsreader.render.body import body_lines
from newsreader.render.body_html import body_html
from tests.fuzz.target import Target, require, require_block, require_line

MARKDOWN: Final = (
    "# Heading\n\nText with **strong _both_** `code` and a [link](https://a.example 'title').\n\n- one\n  - two\n1. three\n",
    "> quote\n> > deeper\n\n| a | b |\n|:--|--:|\n| 1 | `x|y` |\n\n```py\ncode\n```\n\n---\n",
    "A[^1] ![image](i.png) <b>html</b> ~~no~~ https://auto.example [[wiki|text]] $$x^2$$\n\n[^1]: note\n\nterm\n: definition\n",
    "> [!NOTE] Title\n> text\n\n::: tip\nx\n:::\n\n{% raw %}x{% endraw %} {{< ref >}} <Card title='x'>y</Card>\n\n- [ ] a\n- [x] b\n",
)
HTML: Final = (
    "<h1>Title</h1><p>Text <a href='https://a.example/?a=1&amp;b=2'>link</a> <b>bold <i>both</b></i><br>x</p><ul><li>a<ol><li>b</ol></ul>",
    "<table><tr><th>a<th align=right>b<tr><td colspan=2>c</table><pre>a\n b</pre><blockquote>q<blockquote>r</blockquote></blockquote>",
    "<script>alert(1)</script><style>x</style><!-- c --><iframe src=//v.example></iframe><img src=x alt='y'><math><mi>x</mi></math><svg><a/></svg>",
)
_MARKDOWN_PIECES = (
    *(
        "# ",
        "\n",
        "\n\n",
        "> ",
        "- ",
        "1. ",
        "    ",
        "\t",
        "**",
        "*",
        "_",
        "__",
        "`",
        "```\n",
        "~~",
        "[",
        "](",
        ")",
        "![",
        "[^",
        "]: ",
    ),
    *(
        "|",
        "|--|",
        "---\n",
        ":::",
        "{%",
        "%}",
        "{{",
        "}}",
        "$$",
        "[[",
        "]]",
        "<",
        ">",
        "<!--",
        "-->",
        "<b>",
        "</b>",
        "<div>",
        "==",
        "^",
    ),
    *(
        "https://a.example/",
        "javascript:alert(1)",
        "&#27;",
        "&#x9b;",
        "&amp;",
        "\\",
        ": ",
        "[!NOTE]",
        "- [ ] ",
        "word ",
        "字",
    ),
)
_HTML_PIECES = (
    *(
        "<p>",
        "</p>",
        "<div>",
        "<a href=",
        "<a href='https://a.example'>",
        "</a>",
        "<b>",
        "</b>",
        "<i>",
        "<table>",
        "<tr>",
        "<td>",
        "</table>",
    ),
    *(
        "<ul>",
        "<li>",
        "</ul>",
        "<pre>",
        "</pre>",
        "<blockquote>",
        "<br>",
        "<h2>",
        "<script>",
        "</script>",
        "<!--",
        "-->",
        "<![CDATA[",
        "<?",
        "<!",
    ),
    *(
        "<img src=",
        "<svg>",
        "<math>",
        "<mfrac>",
        "<template>",
        "<textarea>",
        "<plaintext>",
        " style='display:none'",
        "=",
        '"',
        "'",
        ">",
        "/>",
    ),
    *(
        "&#27;",
        "&#155;",
        "&#xd800;",
        "&#99999999;",
        "&lt;",
        "&nbsp",
        "javascript:",
        "data:text/html,",
        "text ",
    ),
)
_ALLOWED_TAG: Final = re.compile(
    r'</?(?:h[1-6]|p|ul|ol|li|blockquote|pre|code|strong|em|s|del|a|hr|br|table|thead|tbody|tr|th|td|b|i|dl|dt|dd)(?: [a-z]+="[^"<>]*")*(?: ?/)?>'
)


def require_blocks(blocks: Sequence[Block]) -> None:
    """Fail unless blocks are safe, and their spans lie inside the text and in order."""
    for block in blocks:
        if block.kind is BlockKind.CODE:
            require_block(block.text)
        else:
            require_line(block.text)
        spans = [span[:2] for span in (*block.links, *block.references, *block.emphasis)]
        require(all(0 <= start < end <= len(block.text) for start, end in spans), block)
        require(all(first.end <= second.start for first, second in pairwise(block.links)), block)
        require(all(address(link.url) == link.url for link in block.links), block)
        require("".join(block.text[part.start : part.end] for part in parts(block)) == block.text, block)


def check_markdown(text: str) -> None:
    """A body in Markdown is safe as blocks, on the screen and as HTML."""
    body = clean_block(text)
    require_blocks(list(markdown_blocks(body)))
    _check_shown(body)


def check_html(text: str) -> None:
    """A body in HTML likewise."""
    body = clean_block(text)
    require_blocks(list(html_blocks(body, is_body=True)))
    _check_shown(f"<div>{body}")


def _check_shown(body: str) -> None:
    html = body_html(body)
    require_block(html)
    require("<" not in _ALLOWED_TAG.sub("", html), "a tag that is not allowed", _ALLOWED_TAG.sub("", html))
    lines, links = body_lines(body, 40)
    for spans, _ in lines:
        require_line("".join(span.text for span in spans))
    for link in links:
        require_line(link)


TARGETS: Final = (
    Target("markdown", check_markdown, MARKDOWN, _MARKDOWN_PIECES, 1),
    Target("html", check_html, HTML, _HTML_PIECES, 1),
)
