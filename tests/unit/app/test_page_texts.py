"""Page texts: which pages are requested, what is kept, and how results are reported."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from newsreader.app.page_results import FetchBatch, FetchOutcome, PageResult
from newsreader.app.page_texts import (
    NoPageError,
    PageRequest,
    PageTexts,
    copy_request,
    page_request,
    page_requests,
)
from newsreader.domain.link_status import LinkOutcome, LinkStatus
from newsreader.domain.page_text import Candidate, PageText, Version
from newsreader.domain.story_page import StoryPage
from newsreader.library.pages.store import PagesError, PageStore
from newsreader.web.fetch.protocol import Failed, PageFetched, PageUnchanged
from newsreader.web.http.errors import Failure
from tests.builders import a_record

ORIGINAL, AMP = "https://news.example/1", "https://amp.news.example/1"
COPY = "https://web.archive.org/web/2020/https://news.example/1"
RECORD = a_record(title="Rules", original_url=ORIGINAL, web_url="", amp_url=AMP, cached_amp_url="")
PAGE = StoryPage(RECORD, None)
TEXT = PageText(Version.AMP, AMP, "Rules", "<p>Text</p>", 460, 1_600_000_000)
ARCHIVED = TEXT._replace(version=Version.ARCHIVED, url=COPY)
REQUEST = page_request(PAGE)


def keys(action: str) -> str:
    return f"<{action}>"


def status(url: str, outcome: LinkOutcome = LinkOutcome.GONE) -> LinkStatus:
    return LinkStatus(url, outcome, 404, "", 1_600_000_000)


def failed(kind: Failure, *statuses: LinkStatus, words: str = "news.example: no") -> Failed:
    return Failed(0, kind, words, ORIGINAL, verdicts=statuses)


@pytest.fixture
def texts(tmp_path: Path) -> Iterator[PageTexts]:
    with closing(PageTexts(tmp_path / "pages.sqlite", 10)) as texts:
        yield texts


@pytest.fixture
def nothing_kept() -> PageTexts:
    return PageTexts(None, 10)


# -- requests ---------------------------------------------------------------------------------------


def test_the_pages_of_a_story_are_tried_in_order() -> None:
    own = (Candidate(Version.AMP, AMP), Candidate(Version.ORIGINAL, ORIGINAL))
    assert PageRequest(own, None) == REQUEST
    assert not REQUEST.includes_copy


def test_a_kept_archived_copy_is_tried_after_them_and_compared_with() -> None:
    request = page_request(PAGE._replace(text=ARCHIVED))
    assert request.candidates == (*REQUEST.candidates, Candidate(Version.ARCHIVED, COPY))
    assert request.kept == ARCHIVED
    assert request.includes_copy


def test_a_story_without_a_page_has_no_request() -> None:
    bare = StoryPage(a_record(original_url="", web_url="", amp_url="", cached_amp_url=""), None)
    with pytest.raises(NoPageError, match="no page that can be fetched"):
        page_request(bare)
    assert page_requests([bare, PAGE, bare]) == ([(PAGE, REQUEST)], 2)


# -- results ----------------------------------------------------------------------------------------


def test_a_text_is_kept_with_the_statuses_of_its_links(texts: PageTexts) -> None:
    page = PAGE._replace(verdicts=(status(ORIGINAL),))
    alive = status(AMP, LinkOutcome.ALIVE)
    result = texts.accept(page, REQUEST, PageFetched(0, TEXT, (alive,)))
    assert result.outcome is FetchOutcome.FETCHED
    assert result.updated == page._replace(text=TEXT, verdicts=(status(ORIGINAL), alive))
    assert result.message(keys) == "460 words from amp.news.example, 2 minutes to read."
    assert result.message_elsewhere() == "The text of “Rules” is kept."
    assert texts.fill(PAGE) == PAGE._replace(text=TEXT, verdicts=(alive,))


@pytest.mark.parametrize(
    "answer", [PageUnchanged(0), PageFetched(0, TEXT._replace(fetched_at=1_700_000_000))]
)
def test_a_text_is_unchanged_if_the_server_says_so_or_it_is_the_same(
    texts: PageTexts, answer: PageUnchanged | PageFetched
) -> None:
    page = PAGE._replace(text=TEXT)
    result = texts.accept(page, page_request(page), answer)
    assert result.outcome is FetchOutcome.UNCHANGED
    assert result.message(keys) == "The page is unchanged; this is its newest text."
    assert result.message_elsewhere() == result.message(keys)


def test_the_same_text_is_kept_with_its_new_date(texts: PageTexts) -> None:
    newer = TEXT._replace(fetched_at=1_700_000_000, etag='"2"')
    page = PAGE._replace(text=TEXT)
    assert texts.accept(page, page_request(page), PageFetched(0, newer)).updated.text == newer
    assert texts.fill(PAGE).text == newer


@pytest.mark.parametrize(
    ("failure", "step"),
    [
        (failed(Failure.BUSY), "<readable_text> tries again"),
        (failed(Failure.BROKEN), "<readable_text> tries again"),
        (failed(Failure.UNREACHABLE, status(ORIGINAL)), "<archived> opens the archived copy"),
        (failed(Failure.GONE, status(ORIGINAL)), "<archived> opens the archived copy"),
        (failed(Failure.UNSAFE), "<open_original> opens it in the browser"),
        (failed(Failure.UNSAFE, words="a private one"), "private_addresses in the settings allows it"),
        (failed(Failure.REFUSED), "<open_original> opens it in the browser"),
    ],
)
def test_a_failure_is_reported_with_the_next_step(
    nothing_kept: PageTexts, failure: Failed, step: str
) -> None:
    result = nothing_kept.accept(PAGE, REQUEST, failure)
    assert result.outcome is FetchOutcome.FAILED
    assert result.message(keys) == f"{failure.words}; {step}."
    assert result.message_elsewhere() == f"“Rules” has no text: {failure.words}."


@pytest.mark.parametrize("kept", [None, ARCHIVED])
def test_without_a_network_nothing_is_offered_that_needs_one(
    nothing_kept: PageTexts, kept: PageText | None
) -> None:
    page = PAGE._replace(text=kept)
    result = nothing_kept.accept(page, page_request(page), failed(Failure.UNREACHABLE, words="offline"))
    assert result.copy is None
    assert result.message(keys) == "No connection: offline; <readable_text> tries again once there is one."


def test_the_archived_copy_is_offered_only_if_every_page_is_dead(nothing_kept: PageTexts) -> None:
    dead = nothing_kept.accept(PAGE, REQUEST, failed(Failure.GONE, status(AMP), status(ORIGINAL)))
    assert dead.copy is not None
    assert copy_request(dead) == PageRequest((Candidate(Version.ARCHIVED, dead.copy.url),), None)
    refused = status(ORIGINAL, LinkOutcome.REFUSED)
    for statuses in ((), (status(AMP), refused)):
        result = nothing_kept.accept(PAGE, REQUEST, failed(Failure.GONE, *statuses))
        assert result.copy is None
        assert copy_request(result) is None


def test_the_archived_copy_is_not_offered_again_once_it_was_tried(nothing_kept: PageTexts) -> None:
    page = PAGE._replace(text=ARCHIVED)
    result = nothing_kept.accept(page, page_request(page), failed(Failure.GONE, status(ORIGINAL)))
    assert result.copy is None
    assert result.message(keys) == "news.example: no; <archived> opens it in the browser."


# -- keeping ----------------------------------------------------------------------------------------


def test_statuses_are_kept_of_a_failure_as_well(texts: PageTexts) -> None:
    texts.accept(PAGE, REQUEST, failed(Failure.GONE, status(ORIGINAL)))
    assert texts.fill(PAGE) == PAGE._replace(verdicts=(status(ORIGINAL),))


def test_what_cannot_be_kept_is_reported(texts: PageTexts, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PagesError("The disk is full.")

    monkeypatch.setattr(PageStore, "note", refuse)
    result = texts.accept(PAGE, REQUEST, PageFetched(0, TEXT))
    assert result.updated.text == TEXT
    assert result.message(keys).endswith("2 minutes to read. The disk is full.")
    monkeypatch.setattr(PageStore, "link_statuses", refuse)
    assert texts.fill(PAGE) == PAGE


def test_without_a_database_the_text_is_returned_all_the_same(nothing_kept: PageTexts) -> None:
    result = nothing_kept.accept(PAGE, REQUEST, PageFetched(0, TEXT))
    assert (result.updated.text, result.warning) == (TEXT, "")
    assert nothing_kept.fill(PAGE) == PAGE
    with pytest.raises(PagesError, match="No pages are kept"):
        nothing_kept.open()
    nothing_kept.close()


def test_only_coverage_that_the_corpus_lacks_is_filled(texts: PageTexts) -> None:
    assert texts.fill(PAGE) == PAGE  # the database does not exist yet
    texts.accept(PAGE, REQUEST, PageFetched(0, TEXT))
    indexed = PAGE._replace(record_id=1)
    assert texts.fill(indexed) == indexed


# -- batches ----------------------------------------------------------------------------------------


def a_result(outcome: FetchOutcome, *, failure: Failed | None = None, warning: str = "") -> PageResult:
    return PageResult(PAGE, PAGE, outcome, failure, warning=warning)


def test_a_batch_counts_its_results() -> None:
    batch = FetchBatch()
    batch.add(2, 1)
    assert batch.progress() == "fetched 0 of 2 pages"
    assert not batch.count(a_result(FetchOutcome.FETCHED, warning="The disk is full."))
    batch.add(2, 0)  # while it is active
    assert batch.progress("reading …") == "fetched 1 of 4 pages · reading …"
    assert not batch.count(a_result(FetchOutcome.UNCHANGED, warning="It is still full."))
    refused = a_result(FetchOutcome.FAILED, failure=failed(Failure.REFUSED))
    assert not batch.count(refused)
    assert batch.count(a_result(FetchOutcome.FETCHED))
    assert batch.failures == [refused]
    assert batch.summary() == "2 pages read, 1 unchanged, 1 failed, 1 without a page. The disk is full."


def test_a_batch_that_is_stopped_ignores_later_results() -> None:
    batch = FetchBatch()
    assert batch.stop() == ""
    batch.add(1, 0)
    assert batch.stop() == "Stopped after 0 of 1 page; what was read is kept."
    assert not batch.count(a_result(FetchOutcome.FETCHED))
    assert batch.summary() == "0 pages read."
