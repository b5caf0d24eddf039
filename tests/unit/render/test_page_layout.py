"""The text of a page, and what became of links, as lines of the story pane."""

from __future__ import annotations

from typing import Any

import pytest

from newsreader.commands.output.story_text import story_text as plain_text
from newsreader.domain.dates import DateForm
from newsreader.domain.link_status import LinkOutcome, LinkStatus
from newsreader.domain.page_text import PageText, Version
from newsreader.domain.record import Link, LinkKind
from newsreader.domain.story_page import Coverage, Match, StoryPage
from newsreader.prompt.story_text import story_text
from newsreader.render import page_text
from newsreader.render.cells import cell_len
from newsreader.render.page_text import prepare_page_text, text_origin
from newsreader.render.story import layout_story
from newsreader.render.story_lines import StoryLayout
from tests.builders import A_MOMENT, a_record, a_related

NOW = 1_793_702_400  # 3 November 2026, 10:40 UTC
FETCHED = NOW - 28 * 60
HTML = '<p>One <a href="https://a.example/">link</a>.</p><p>Two <a href="https://b.example/">more</a>.</p>'
TEXT = PageText(Version.AMP, "https://amp.example/x", "", HTML, 812, FETCHED)


def laid_out(page: StoryPage, width: int = 80, **more: Any) -> StoryLayout:
    return layout_story(page, width, NOW, **more)


def lines_of(layout: StoryLayout) -> list[str]:
    return ["".join(span.text for span in line.spans) for line in layout.lines]


def a_page(text: PageText | None = TEXT, **record: Any) -> StoryPage:
    return StoryPage(a_record(**record), 1, text=text)


def test_the_line_above_the_text_tells_host_time_and_length() -> None:
    assert text_origin(TEXT, NOW, DateForm.RELATIVE) == (
        "amp.example · fetched Tue 3 Nov 2026, 10:12 UTC · 812 words, 4 minutes"
    )
    short = TEXT._replace(words=1, is_cut=True)
    assert text_origin(short, NOW, DateForm.ISO) == (
        "amp.example · fetched 2026-11-03 10:12 UTC · 1 word, 1 minute · cut at 8 MB"
    )


@pytest.mark.parametrize("version", Version)
def test_the_heading_tells_which_page_the_text_is_of(version: Version) -> None:
    headings = {
        Version.AMP: "Text of the AMP page",
        Version.CACHED_AMP: "Text of the cached AMP page",
        Version.WEB: "Text of the web page",
        Version.ORIGINAL: "Text of the original page",
        Version.ARCHIVED: "Text of the archived copy",
    }
    assert headings[version] in lines_of(laid_out(a_page(TEXT._replace(version=version))))


@pytest.mark.parametrize(
    ("headline", "is_shown"),
    [
        ("", False),
        ("WHO issues first global report on AI in health", False),
        ("WHO issues the first report on AI in health | World Health Organization", False),
        ("Six principles for machines that help doctors", True),
    ],
)
def test_the_headline_of_a_page_is_shown_if_it_says_something_else(headline: str, is_shown: bool) -> None:
    page = a_page(TEXT._replace(title=headline), title="WHO issues first global report on AI in health")
    assert (headline in lines_of(laid_out(page))[1:] and bool(headline)) == is_shown


def test_the_text_stands_before_the_links_and_its_own_are_walked_first() -> None:
    layout = laid_out(a_page())
    lines = lines_of(layout)
    start, end = layout.text
    assert lines[start:end] == [
        "Text of the AMP page",
        "amp.example · fetched Tue 3 Nov 2026, 10:12 UTC · 812 words, 4 minutes",
        "",
        "One link.",
        "",
        "Two more.",
    ]
    assert lines[end:].index("Links") == 1
    urls = [target.url for target in layout.targets if isinstance(target, Link)]
    assert urls[:2] == ["https://a.example/", "https://b.example/"]
    assert [target.kind for target in layout.targets if isinstance(target, Link)][:2] == [LinkKind.BODY] * 2


def test_where_there_is_no_text_it_is_offered_if_there_is_a_page() -> None:
    offer = "t reads the text of the page"
    assert offer in lines_of(laid_out(a_page(None), offer=offer))
    assert offer not in lines_of(laid_out(a_page(), offer=offer))
    assert offer not in lines_of(laid_out(a_page(None, original_url="", web_url=""), offer=offer))
    assert laid_out(a_page(None)).text == (0, 0)


def test_a_page_is_laid_out_once_for_each_width(monkeypatch: pytest.MonkeyPatch) -> None:
    from newsreader.render import body

    widths: list[int] = []
    body_lines = body.body_lines

    def note(html: str, width: int) -> Any:
        widths.append(width)
        return body_lines(html, width)

    monkeypatch.setattr(body, "body_lines", note)
    page_text._laid_out.cache_clear()
    prepare_page_text(a_page(), 60)
    for _ in range(3):
        laid_out(a_page(), 60)
    laid_out(a_page(), 200)
    prepare_page_text(a_page(None), 60)
    assert widths == [60, 88]


@pytest.mark.parametrize("width", [18, 24, 31, 39, 80])
def test_no_line_is_wider_than_the_pane(width: int) -> None:
    record = a_record(related=(a_related(),))
    verdict = LinkStatus(record.original_url, LinkOutcome.UNREACHABLE, 0, "", FETCHED)
    related = LinkStatus(a_related().web_url, LinkOutcome.GONE, 404, "", FETCHED)
    page = StoryPage(
        record, 1, (Coverage(a_related(), None, Match.NONE),), text=TEXT, verdicts=(verdict, related)
    )
    assert max(map(cell_len, lines_of(laid_out(page, width)))) <= width


def test_what_became_of_links_stands_below_them() -> None:
    entry = a_related(web_url="https://b.example/1")
    record = a_record(original_url="https://who.int/1", web_url="", amp_url="https://amp.example/1")
    verdicts = (
        LinkStatus("https://who.int/1", LinkOutcome.GONE, 404, "", FETCHED),
        LinkStatus("https://amp.example/1", LinkOutcome.ALIVE, 200, "", FETCHED),
        LinkStatus("https://b.example/1", LinkOutcome.UNREACHABLE, 0, "", FETCHED),
    )
    page = StoryPage(record, 1, (Coverage(entry, None, Match.NONE),), verdicts=verdicts)
    lines = lines_of(laid_out(page))
    assert lines[lines.index("o original    who.int") + 1] == "              gone · 404 · checked 3 Nov 2026"
    assert lines[lines.index("a AMP         amp.example") + 1] == ""
    assert "  unreachable · checked 3 Nov 2026" in lines


def test_at_the_prompt_the_text_is_told_with_the_numbers_of_its_links() -> None:
    told = story_text(a_page(moment=A_MOMENT), NOW, DateForm.RELATIVE)
    assert list(told.text) == [
        "Text of the AMP page",
        "amp.example, fetched Tue 3 Nov 2026, 10:12 UTC, 812 words, 4 minutes",
        "",
        "One link [u 1].",
        "",
        "Two more [u 2].",
    ]
    assert [words for words in told.paragraphs if words in told.text and words] == [
        words for words in told.text if words
    ]
    assert "t reads the text of the page." in story_text(a_page(None), NOW, DateForm.RELATIVE).paragraphs


def test_at_the_prompt_a_dead_link_is_told_with_its_link() -> None:
    record = a_record(original_url="https://who.int/1", web_url="")
    page = StoryPage(
        record, 1, verdicts=(LinkStatus("https://who.int/1", LinkOutcome.GONE, 404, "", FETCHED),)
    )
    told = story_text(page, NOW, DateForm.RELATIVE).paragraphs
    assert "u 1. original: who.int (or o); gone, 404, checked 3 Nov 2026" in told


def test_without_a_screen_a_dead_link_has_its_line_and_the_text_its_addresses() -> None:
    record = a_record(original_url="https://who.int/1", web_url="")
    verdict = LinkStatus("https://who.int/1", LinkOutcome.GONE, 404, "", FETCHED)
    lines = list(plain_text(StoryPage(record, 1, text=TEXT, verdicts=(verdict,)), 80, NOW, bold=False))
    place = lines.index("original    https://who.int/1")
    assert lines[place + 1] == "            gone · 404 · checked 3 Nov 2026"
    assert "Text of the AMP page" in lines
    assert lines[lines.index("Links in the text") + 1 :] == ["https://a.example/", "https://b.example/"]
    assert not any("reads the text" in line for line in lines)
