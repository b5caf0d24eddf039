"""Which page a reader means, and what is said where a story lacks it."""

from __future__ import annotations

import pytest

from newsreader.domain.dates import Moment
from newsreader.domain.link_status import LinkOutcome, LinkStatus
from newsreader.domain.mark_changes import identity_of, identity_of_page
from newsreader.domain.pages import PageKind, find_copy, find_page, page_in_words
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
        ({"amp_url": AMP, "cached_amp_url": CACHED}, PageKind.ORIGINAL, ORIGINAL),
        ({"amp_url": AMP, "cached_amp_url": CACHED}, PageKind.AMP, AMP),
        ({"amp_url": AMP, "cached_amp_url": CACHED}, PageKind.CACHED_AMP, CACHED),
        ({"cached_amp_url": CACHED}, PageKind.AMP, CACHED),
        ({"original_url": "", "web_url": ORIGINAL}, PageKind.ORIGINAL, ORIGINAL),
        ({}, PageKind.ARCHIVED, ARCHIVED),
        ({"original_url": "", "web_url": ORIGINAL}, PageKind.ARCHIVED, ARCHIVED),
    ],
)
def test_each_page_is_found(urls: dict[str, str], page: PageKind, url: str) -> None:
    link = find_page(a_record(**urls), page, key_of).link
    assert link is not None
    assert link.url == url


@pytest.mark.parametrize(
    ("urls", "page", "words"),
    [
        ({}, PageKind.AMP, "This story has no AMP page; o opens the original."),
        ({}, PageKind.CACHED_AMP, "This story has no cached AMP page; o opens the original."),
        ({"amp_url": AMP}, PageKind.CACHED_AMP, "This story has no cached AMP page; a opens the AMP page."),
        (
            {"original_url": "javascript:alert(1)", "web_url": ""},
            PageKind.ORIGINAL,
            "This story has no link that can be opened.",
        ),
        (
            {"original_url": "javascript:alert(1)", "web_url": ""},
            PageKind.ARCHIVED,
            "This story has no link that could have been archived.",
        ),
    ],
)
def test_a_page_that_is_missing_is_told_with_what_can_be_done(
    urls: dict[str, str], page: PageKind, words: str
) -> None:
    assert find_page(a_record(**urls), page, key_of) == (None, words)


def test_the_cached_page_in_place_of_the_publishers_is_said_to_be_that() -> None:
    assert (
        find_page(a_record(cached_amp_url=CACHED), PageKind.AMP, key_of).words
        == "No AMP page at the publisher: "
    )


def test_a_page_is_told_with_the_host_that_would_be_visited() -> None:
    assert page_in_words(Link(LinkKind.AMP, AMP)) == "AMP page at who.int"
    assert page_in_words(Link(LinkKind.ACTION, AMP, "Download")) == "page at who.int"


DAY = Moment(1_624_864_320, day_only=False)
COPY = Link(
    LinkKind.ARCHIVED,
    f"https://web.archive.org/web/20210628071200/{ORIGINAL}",
    "nearest to 28 Jun 2021",
)


def fared(url: str, outcome: LinkOutcome) -> LinkStatus:
    return LinkStatus(url, outcome, 404 if outcome is LinkOutcome.GONE else 0, "", 1_700_000_000)


@pytest.mark.parametrize(
    "verdicts",
    [
        [],
        [fared(ORIGINAL, LinkOutcome.ALIVE)],
        [fared(ORIGINAL, LinkOutcome.REFUSED), fared(AMP, LinkOutcome.ALIVE)],
        [fared(AMP, LinkOutcome.ALIVE)],
    ],
)
def test_the_copy_is_that_of_the_archive_nearest_the_day_of_publication(verdicts: list[LinkStatus]) -> None:
    assert find_copy(a_record(amp_url=AMP, moment=DAY), verdicts) == (COPY, "")


def test_a_living_amp_page_comes_before_the_archive_where_the_original_is_gone() -> None:
    record = a_record(amp_url=AMP, cached_amp_url=CACHED, moment=DAY)
    gone = fared(ORIGINAL, LinkOutcome.GONE)
    words = "The original page is gone: "
    assert find_copy(record, [gone]) == (COPY, words)
    assert find_copy(record, [gone, fared(AMP, LinkOutcome.GONE)]) == (COPY, words)
    assert find_copy(record, [gone, fared(AMP, LinkOutcome.ALIVE)]) == (Link(LinkKind.AMP, AMP), words)
    alive = fared(CACHED, LinkOutcome.ALIVE)
    assert find_copy(record, [gone, fared(AMP, LinkOutcome.GONE), alive]).link == Link(
        LinkKind.CACHED_AMP, CACHED
    )


def test_a_page_that_did_not_answer_is_told_by_its_host() -> None:
    verdict = fared(ORIGINAL, LinkOutcome.UNREACHABLE)
    assert find_copy(a_record(moment=DAY), [verdict]) == (COPY, "No answer from who.int: ")


def test_without_a_date_the_newest_copy_is_meant_and_without_a_link_none() -> None:
    link = find_copy(a_record(moment=None), []).link
    assert link == Link(LinkKind.ARCHIVED, f"https://web.archive.org/web/2/{ORIGINAL}", "the newest")
    record = a_record(original_url="", web_url="")
    assert find_copy(record, []) == (None, "This story has no link that could have been archived.")


def test_an_archived_copy_is_told_with_its_day() -> None:
    assert page_in_words(COPY) == "archived copy at web.archive.org (nearest to 28 Jun 2021)"


def test_a_text_is_kept_by_the_page_of_its_record_or_by_the_path_or_by_any_address() -> None:
    assert identity_of_page(a_record(amp_url=AMP)) == identity_of([ORIGINAL], "")
    assert identity_of_page(a_record(original_url="", web_url="", path="a.md")).name == "path:a.md"
    site = a_record(original_url="", web_url="https://site.example/", path="")
    assert identity_of_page(site).name == "path:https://site.example/"
