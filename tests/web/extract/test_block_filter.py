from __future__ import annotations

import pytest

from newsreader.markup.html import html_blocks
from newsreader.web.extract.block_filter import filter_blocks, is_list_of_pages, is_mostly_links

PROSE = (
    "<p>The mill on the brook has been turning again since Monday, for the first time in thirty years.</p>"
    "<p>It was repaired by volunteers, who had to learn first how a mill of this kind was built at all.</p>"
)
TEASER = (
    '<h3><a href="https://x.example/{0}">Another page, number {0}</a></h3><p>It tells of something else.</p>'
)


def shown(html: str, title: str = "") -> list[str]:
    return [block.text for block in filter_blocks(html_blocks(html), title)]


@pytest.mark.parametrize(
    "line",
    [
        "<p>Advertisement</p>",
        "<p>ANZEIGE</p>",
        "<p>広告</p>",
        "<p>Story continues below advertisement</p>",
        "<p>Share this article</p>",
        '<p><a href="https://x.example/">Why mills turn to the left</a></p>',
        '<p>Read more: <a href="https://x.example/">Why mills turn to the left.</a></p>',
        '<p>Lire aussi : <a href="https://x.example/">Les moulins</a></p>',
        '<ul><li><a href="https://x.example/1">a</a><li><a href="https://x.example/2">b</a>'
        '<li><a href="https://x.example/3">c</a></ul>',
        "<h3>Related stories</h3>",
    ],
)
def test_boilerplate_lines_are_dropped(line: str) -> None:
    first, second = PROSE.split("</p><p>")

    assert shown(f"{first}</p>{line}<p>{second}") == shown(PROSE)


@pytest.mark.parametrize(
    "line",
    [
        '<p>Read more in <a href="https://x.example/">her book</a>, which nobody has printed since then.</p>',
        '<p><a href="https://x.example/">The board has published its report.</a></p>',
        '<ul><li><a href="https://x.example/1">a</a> is one<li>b<li>c</ul>',
        "<p>Related to the miller she was not.</p>",
        "<pre>share</pre>",
    ],
)
def test_lines_with_text_stay(line: str) -> None:
    first, second = PROSE.split("</p><p>")

    assert len(shown(f"{first}</p>{line}<p>{second}")) > 2


def test_duplicates_are_dropped() -> None:
    assert shown(PROSE + PROSE) == shown(PROSE)


def test_short_lines_may_repeat() -> None:
    first, second = PROSE.split("</p><p>")

    assert (
        shown(f"{first}</p><p>No.</p><p>{second}<p>No.</p>{PROSE.replace('mill', 'barn')}").count("No.") == 2
    )


def test_the_title_and_all_before_it_are_dropped() -> None:
    assert shown(f"<p>Mills</p><h1>The mill turns</h1>{PROSE}", "The mill turns") == shown(PROSE)
    assert shown(f"<h2>The mill turns</h2>{PROSE}", "The mill turns") == shown(PROSE)


def test_dates_and_names_around_the_text_are_dropped() -> None:
    assert shown(f"<p>By Ann Brook</p><p>3 May 2030</p>{PROSE}<p>The Post</p>") == shown(PROSE)


def test_a_caption_before_the_text_stays() -> None:
    assert shown(f"<p><em>The mill at dusk</em></p>{PROSE}")[0] == "The mill at dusk"


def test_teasers_below_the_text_are_dropped() -> None:
    assert shown(PROSE * 1 + PROSE.replace("mill", "barn") + TEASER.format(1) + TEASER.format(2)) == shown(
        PROSE + PROSE.replace("mill", "barn")
    )


def test_a_list_of_pages_is_distinguished_from_an_article_with_teasers() -> None:
    teasers = "".join(map(TEASER.format, range(4)))
    prose = "".join(PROSE.replace("mill", f"mill of {n}") for n in range(6))

    assert is_list_of_pages(html_blocks(teasers))
    assert not is_list_of_pages(html_blocks(prose + teasers))
    assert is_mostly_links(
        html_blocks('<p>See <a href="https://x.example/">all of these other pages</a></p>')
    )
    assert not is_mostly_links(html_blocks(PROSE))
