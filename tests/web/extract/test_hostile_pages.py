"""Pages that were made to harm: each has to give something, soon, and nothing may be raised."""

from __future__ import annotations

import time

import pytest

from newsreader.markup import body_blocks
from newsreader.web.extract import Engine, extract_article
from newsreader.web.extract.tree import MAX_DEPTH, MAX_TOKENS, HtmlNode, read_tree
from tests.web.extract.judged import blocks_in, links_in

PROSE = (
    "<p>The council decided on Wednesday, after a long debate, that the old bridge is to stay as it is.</p>"
    "<p>A new one will be built beside it, for those who think that the old one has become too narrow.</p>"
)
URL = "https://site.example/story"

PAGES = {
    "five megabytes of div": "<div>" * 1_000_000,
    "a hundred thousand nested elements": "<div>" * 50_000 + "<b>" * 50_000 + PROSE,
    "the beginning of a link, again and again": "<a " * 20_000,
    "an attribute without an end": PROSE + '<p x="' + "y" * 2_000_000,
    "a hundred thousand attributes": "<p " + "x=1 " * 100_000 + ">" + PROSE,
    "quotes that never close": "<a b='" * 20_000 + PROSE,
    "entities of entities": "&amp;" * 200_000 + PROSE,
    "ampersands": "&" * 1_000_000 + PROSE,
    "null bytes": PROSE + "<p\0>\0x\0" * 10_000,
    "a million line breaks": "<br>" * 1_000_000 + PROSE,
    "scripts that end paragraphs": "<script>'</p>'</script>" * 20_000 + PROSE,
    "a script without an end": PROSE + "<script>" + "<p>x" * 200_000,
    "brackets for machines": '<script type="application/ld+json">' + "[" * 500_000 + "</script>" + PROSE,
    "nested tables": "<table><tr><td>" * 2_000 + PROSE,
    "less than": PROSE + "<" * 1_000_000,
    "halves of characters": "\ud800" * 100_000 + PROSE,
    "links within links": "<a href=x><div>" * 10_000 + PROSE,
    "lists that never end": "<ul><li>" * 4_000 + PROSE,
    "names for ever": f"<div class='{'ad ' * 100_000}'>" + PROSE,
}


@pytest.mark.parametrize("name", sorted(PAGES))
def test_hostile_pages_do_not_raise(name: str) -> None:
    article = extract_article(PAGES[name], URL)

    assert article is None or (article.words > 0 and body_blocks(article.html))


@pytest.mark.parametrize("name", ["five megabytes of div", "a hundred thousand nested elements", "less than"])
def test_a_tree_stays_small_and_shallow(name: str) -> None:
    root = read_tree(PAGES[name])

    depth, waiting = 0, [(root, 0)]
    while waiting:
        node, level = waiting.pop()
        depth = max(depth, level)
        waiting.extend((child, level + 1) for child in node.children if isinstance(child, HtmlNode))
    assert depth <= MAX_DEPTH
    assert sum(1 for _ in root.walk()) <= MAX_TOKENS


@pytest.mark.parametrize(
    ("piece", "times"),
    [("<a b='", 5_000), ("<a href=x><div>y, ", 3_000), ("<b>x</i>", 5_000), ("<table><tr><td>x", 2_000)],
)
def test_twice_the_page_takes_about_twice_the_time(piece: str, times: int) -> None:
    def seconds(count: int) -> float:
        start = time.process_time()
        extract_article(piece * count, URL, engine=Engine.OWN)
        return time.process_time() - start

    seconds(times // 10)  # with all that is imported and compiled on first use

    assert seconds(2 * times) < 8 * seconds(times) + 0.5


def test_only_openable_links_stay_links() -> None:
    source = (
        "<article>"
        + PROSE
        + "<p>See <a href='javascript:alert(1)'>this</a>, <a href='data:text/html,x'>that</a>, "
        "<a href='//[bad/'>a bad one</a>, <a href='  /ok now?a=1&amp;b=2 '>a good one</a>, <a>no one</a>, "
        "<a href='https://evil.example\u202e/x'>a turned one</a> and <a href='#here'>one in the page</a>.</p>"
    )

    article = extract_article(source, URL, engine=Engine.OWN)

    assert links_in(article) == [
        ("a good one", "https://site.example/ok%20now?a=1&b=2"),
        ("one in the page", "https://site.example/story#here"),
    ]


def test_links_are_resolved_against_the_base_of_a_page() -> None:
    link = "<p>The report is <a href='report.html'>on the pages of the board</a>.</p>"
    bases = {
        "<base href='/dir/'>": "https://site.example/dir/report.html",
        "<base href='https://other.example/a/b'>": "https://other.example/a/report.html",
        "<base href='javascript:x'><base>": "https://site.example/report.html",
    }

    for base, address in bases.items():
        article = extract_article(f"<head>{base}</head><article>{PROSE}{link}", URL, engine=Engine.OWN)
        assert links_in(article) == [("on the pages of the board", address)]


def test_escaped_markup_stays_text() -> None:
    source = f"<article>{PROSE}<p>Write &lt;script&gt;x&lt;/script&gt; and &lt;b&gt; &amp;amp;, he said.</p>"

    article = extract_article(source, URL, engine=Engine.OWN)

    assert article is not None
    assert "<script" not in article.html
    assert blocks_in(article)[-1][1].startswith("Write <script>x</script> and <b> &")
