"""Which page a reader means, and what is said where a story lacks it."""

from __future__ import annotations

import pytest

from newsreader.domain.pages import Page, find_page, page_in_words
from newsreader.domain.record import Link, LinkKind
from tests.builders import a_record

ORIGINAL = "https://who.int/news/first-report"
AMP = "https://who.int/amp/first-report"
ARCHIVED = f"https://web.archive.org/web/20210628071200/{ORIGINAL}"
CACHED = "https://who-int.cdn.ampproject.org/c/s/who.int/amp/first-report"


def key_of(action: str) -> str:
    return {"open_original": "o", "open_amp": "a"}[action]


@pytest.mark.parametrize(
    ("urls", "page", "url"),
    [
        ({"amp_url": AMP, "cached_amp_url": CACHED}, Page.ORIGINAL, ORIGINAL),
        ({"amp_url": AMP, "cached_amp_url": CACHED}, Page.AMP, AMP),
        ({"amp_url": AMP, "cached_amp_url": CACHED}, Page.CACHED_AMP, CACHED),
        ({"cached_amp_url": CACHED}, Page.AMP, CACHED),
        ({"original_url": "", "web_url": ORIGINAL}, Page.ORIGINAL, ORIGINAL),
        ({}, Page.ARCHIVED, ARCHIVED),
        ({"original_url": "", "web_url": ORIGINAL}, Page.ARCHIVED, ARCHIVED),
    ],
)
def test_each_page_is_found(urls: dict[str, str], page: Page, url: str) -> None:
    link = find_page(a_record(**urls), page, key_of).link
    assert link is not None
    assert link.url == url


@pytest.mark.parametrize(
    ("urls", "page", "words"),
    [
        ({}, Page.AMP, "This story has no AMP page; o opens the original."),
        ({}, Page.CACHED_AMP, "This story has no cached AMP page; o opens the original."),
        ({"amp_url": AMP}, Page.CACHED_AMP, "This story has no cached AMP page; a opens the AMP page."),
        (
            {"original_url": "javascript:alert(1)", "web_url": ""},
            Page.ORIGINAL,
            "This story has no link that can be opened.",
        ),
        (
            {"original_url": "javascript:alert(1)", "web_url": ""},
            Page.ARCHIVED,
            "This story has no link that an archive could have.",
        ),
    ],
)
def test_a_page_that_is_missing_is_told_with_what_can_be_done(
    urls: dict[str, str], page: Page, words: str
) -> None:
    assert find_page(a_record(**urls), page, key_of) == (None, words)


def test_the_cached_page_in_place_of_the_publishers_is_said_to_be_that() -> None:
    assert (
        find_page(a_record(cached_amp_url=CACHED), Page.AMP, key_of).words == "No AMP page at the publisher: "
    )


def test_a_page_is_told_with_the_host_that_would_be_visited() -> None:
    assert page_in_words(Link(LinkKind.AMP, AMP)) == "AMP page at who.int"
    assert page_in_words(Link(LinkKind.ARCHIVED, ARCHIVED)) == "archived page at web.archive.org"
    assert page_in_words(Link(LinkKind.ACTION, AMP, "Download")) == "page at who.int"
