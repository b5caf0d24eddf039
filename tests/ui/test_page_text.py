"""The text of a page within its story: fetched by a key, kept, and shown again without the network."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from textual.pilot import Pilot

from newsreader.domain.link_status import LinkOutcome, LinkStatus
from newsreader.domain.page_text import Candidate, PageText, Version
from newsreader.domain.setting_values import GlyphSet
from newsreader.library import Library
from newsreader.library.pages.store import PagesError, PageStore
from newsreader.ui.dialogs.chooser import ChooserScreen
from newsreader.web.fetch.protocol import Answer, Failed, PageFetched, PageUnchanged, Stage
from newsreader.web.http.errors import Failure
from tests.builders import a_corpus
from tests.ui.harness import (
    DEFAULTS,
    NOW,
    a_library,
    a_story,
    is_alone,
    main_screen,
    press,
    reading,
    rows,
    screen_text,
    selected_title,
    settle,
    shown_in,
    status,
    stories,
    story,
    story_text,
    story_title,
    until,
)
from tests.ui.stand_in_fetcher import Asked, StandIn
from tests.unit.browser.fake_browsers import Desk

AMP, CACHED = "https://amp.example/1", "https://amp-example.cdn.ampproject.org/c/s/amp.example/1"
WEB, ORIGINAL = "https://web.example/1", "https://news.example/all"
RELATED = "https://other.example/report"
FILES = stories(8) | {
    "_news/first.md": a_story(
        9,
        title="All four pages",
        heat=99_999,
        publishedDateTime=NOW,
        originalUrl=ORIGINAL,
        webUrl=WEB,
        ampWebUrl=AMP,
        cdnAmpWebUrl=CACHED,
        related=[
            {"title": "A report from elsewhere", "webUrl": RELATED, "provider": {"domain": "other.example"}}
        ],
    ),
    "_news/last.md": a_story(10, title="No page", heat=0, originalUrl=None),
}
HTML = (
    "<h2>What changes</h2><p>The first paragraph has <a href='https://link.example/a'>a link</a> in it.</p>"
    "<ul><li>One point</li></ul><blockquote><p>As somebody said.</p></blockquote><pre>code</pre>"
)
TEXT = PageText(Version.AMP, AMP, "All four pages", HTML, 812, NOW - 3_600, etag='"1"')


@pytest.fixture(autouse=True)
def stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsreader.web.fetch.client.Fetcher", StandIn)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return a_library(a_corpus(tmp_path, FILES), tmp_path / "cache", pages=tmp_path / "cache" / "pages.sqlite")


async def ask(pilot: Pilot[None], key: str = "t") -> Asked:
    """Press a key that has a page fetched; gives the request."""
    await press(pilot, key)
    return StandIn.now.asked[-1]


async def answer(pilot: Pilot[None], *answers: Answer) -> None:
    """Let the process answer, and wait for what comes of it."""
    for each in answers:
        StandIn.now.give(each)
    listening = main_screen(pilot)._fetch_client
    await until(pilot, StandIn.now._answers.empty)
    await until(pilot, lambda: answers[-1].id not in listening._handlers or isinstance(answers[-1], Stage))
    await settle(pilot)


async def fetch(pilot: Pilot[None], text: PageText = TEXT) -> None:
    """Have the text of the story fetched."""
    await answer(pilot, PageFetched((await ask(pilot)).id, text))


def dead(*urls: str, status: int = 404) -> tuple[LinkStatus, ...]:
    return tuple(LinkStatus(url, LinkOutcome.GONE, status, "has no such page (404)", NOW) for url in urls)


def gone(number: int) -> Failed:
    words = "news.example: has no such page (404)"
    return Failed(number, Failure.GONE, words, ORIGINAL, verdicts=dead(AMP, CACHED, WEB, ORIGINAL))


def choices(pilot: Pilot[None]) -> Sequence[str]:
    assert isinstance(pilot.app.screen, ChooserScreen)
    return [choice.name for choice in pilot.app.screen._choices]


async def test_nothing_is_asked_of_the_network_before_a_key_asks_for_it(library: Library) -> None:
    made = StandIn.made
    async with reading(library) as pilot:
        await press(pilot, "j", "k", "enter", "j", "o")
        assert StandIn.made == made
        assert "t reads the text of the page" in story_text(pilot)


async def test_the_text_comes_into_the_story_with_its_origin(library: Library) -> None:
    async with reading(library) as pilot:
        request = await ask(pilot)
        assert request.candidates == (
            Candidate(Version.AMP, AMP),
            Candidate(Version.CACHED_AMP, CACHED),
            Candidate(Version.WEB, WEB),
            Candidate(Version.ORIGINAL, ORIGINAL),
        )
        assert request.kept is None
        assert status(pilot).fetching == "reading the page …; esc stops it"
        await answer(pilot, Stage(request.id, "reading amp.example (120 kB) …"))
        assert status(pilot).fetching == "reading amp.example (120 kB) …; esc stops it"
        await answer(pilot, PageFetched(request.id, TEXT))
        assert status(pilot).fetching == ""
        assert status(pilot).message == "812 words from amp.example, 4 minutes to read."
        lines = story_text(pilot).splitlines()
        start = lines.index("Text of the AMP page")
        assert lines[start + 1 : start + 14] == [
            "amp.example",
            "fetched Thu 1 Jul 2021, 11:00 UTC",
            "812 words, 4 minutes",
            "",
            "What changes",
            "",
            "The first paragraph has a link in it.",
            "",
            "• One point",
            "",
            "│ As somebody said.",
            "",
            "  code",
        ]


async def test_links_of_the_text_are_walked_to_and_opened(library: Library, tmp_path: Path) -> None:
    browsers = Desk(tmp_path)
    setting = (str(browsers.install("good")), "%s")
    async with reading(library, settings=DEFAULTS._replace(browser=setting)) as pilot:
        await fetch(pilot)
        await press(pilot, "3", "j")
        await press(pilot, "enter")
        await until(pilot, lambda: browsers.received("good") != [])
        assert browsers.received("good") == ["https://link.example/a"]


async def test_a_kept_text_is_shown_at_once_and_without_the_network(library: Library) -> None:
    async with reading(library) as pilot:
        await fetch(pilot)
    made = StandIn.made
    async with reading(library) as pilot:
        assert "The first paragraph has a link in it." in story_text(pilot)
        assert StandIn.made == made


async def test_a_text_that_is_shown_is_asked_for_again_only_if_it_is_newer(library: Library) -> None:
    async with reading(library) as pilot:
        await fetch(pilot)
        request = await ask(pilot)
        assert request.kept == TEXT
        await answer(pilot, PageUnchanged(request.id))
        assert status(pilot).message == "The page is unchanged; this is its newest text."
        same = TEXT._replace(fetched_at=NOW)  # by a server that does not know of versions
        await answer(pilot, PageFetched((await ask(pilot)).id, same))
        assert status(pilot).message == "The page is unchanged; this is its newest text."
        newer = TEXT._replace(html="<p>It has changed.</p>", words=3)
        await answer(pilot, PageFetched((await ask(pilot)).id, newer))
        assert status(pilot).message == "3 words from amp.example, 1 minute to read."
        assert "It has changed." in story_text(pilot)
        assert "The first paragraph" not in story_text(pilot)


async def test_a_text_that_comes_when_the_reader_has_gone_on_is_kept(library: Library) -> None:
    async with reading(library) as pilot:
        request = await ask(pilot)
        await press(pilot, "j")
        before = story_title(pilot)
        await answer(pilot, PageFetched(request.id, TEXT))
        assert story_title(pilot) == before
        assert status(pilot).message == "The text of “All four pages” is kept."
        await press(pilot, "k")
        assert "The first paragraph" in story_text(pilot)


async def test_a_story_that_is_come_back_to_has_the_text_that_came_meanwhile(library: Library) -> None:
    async with reading(library) as pilot:
        request = await ask(pilot)
        await press(pilot, "enter", "2", "j", "enter")
        await answer(pilot, PageFetched(request.id, TEXT))
        await press(pilot, "backspace")
        assert story_title(pilot) == "All four pages"
        assert "The first paragraph" in story_text(pilot)


async def test_escape_gives_up_at_once_and_nothing_comes_of_a_late_answer(library: Library) -> None:
    async with reading(library) as pilot:
        request = await ask(pilot)
        await press(pilot, "escape")
        assert StandIn.now.cancelled == [request.id]
        assert status(pilot).message == "Stopped; nothing was changed."
        assert status(pilot).fetching == ""
        await answer(pilot, PageFetched(request.id, TEXT))
        assert "The first paragraph" not in story_text(pilot)
        await press(pilot, "enter", "escape")  # does again what it always does
        assert main_screen(pilot).focused is rows(pilot)


async def test_a_filter_that_is_being_typed_is_left_before_fetching_is_stopped(library: Library) -> None:
    async with reading(library) as pilot:
        request = await ask(pilot)
        await press(pilot, "slash", "f", "escape")
        assert StandIn.now.cancelled == []
        await press(pilot, "escape")
        assert StandIn.now.cancelled == [request.id]


async def test_a_page_is_not_asked_for_twice_at_once(library: Library) -> None:
    async with reading(library) as pilot:
        await ask(pilot)
        await press(pilot, "t")
        assert len(StandIn.now.asked) == 1
        assert status(pilot).message == "This page is being read …; esc stops it"


async def test_a_story_without_a_page_says_so(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "G", "t")
        assert story_title(pilot) == "No page"
        assert status(pilot).message == "This story has no page that can be fetched."
        assert "reads the text" not in story_text(pilot)


@pytest.mark.parametrize(
    ("kind", "outcome", "step"),
    [
        (Failure.REFUSED, LinkOutcome.REFUSED, "o opens it in the browser"),
        (Failure.BUSY, LinkOutcome.FAILED, "t tries again"),
        (Failure.BROKEN, LinkOutcome.FAILED, "t tries again"),
        (Failure.UNSAFE, LinkOutcome.REFUSED, "o opens it in the browser"),
        (Failure.UNREADABLE, LinkOutcome.ALIVE, "o opens it in the browser"),
    ],
)
async def test_a_failure_is_one_line_with_the_next_step(
    library: Library, kind: Failure, outcome: LinkOutcome, step: str
) -> None:
    async with reading(library) as pilot:
        number = (await ask(pilot)).id
        verdicts = (LinkStatus(ORIGINAL, outcome, 0, "", NOW),)
        await answer(pilot, Failed(number, kind, "news.example: it failed", ORIGINAL, verdicts=verdicts))
        assert status(pilot).message == f"news.example: it failed; {step}."
        assert is_alone(pilot)


async def test_the_marks_of_dead_links_stand_beside_them(library: Library) -> None:
    async with reading(library) as pilot:
        verdicts = (
            *dead(AMP, status=410),
            LinkStatus(ORIGINAL, LinkOutcome.REFUSED, 403, "", NOW),
            LinkStatus(WEB, LinkOutcome.ALIVE, 200, "", NOW),
        )
        number = (await ask(pilot)).id
        await answer(pilot, Failed(number, Failure.REFUSED, "news.example: no", verdicts=verdicts))
        told = story_text(pilot)
        assert "a AMP         amp.example\n  gone · 410 · checked 1 Jul 2021" in told
        assert "o original    news.example\n  refused · 403 · checked 1 Jul 2021" in told
        assert told.count("checked") == 2


async def test_a_link_that_was_dead_loses_its_mark_when_a_text_comes_from_it(library: Library) -> None:
    async with reading(library) as pilot:
        number = (await ask(pilot)).id
        await answer(pilot, Failed(number, Failure.REFUSED, "amp.example: no", verdicts=dead(AMP, WEB)))
        await press(pilot, "escape")
        assert story_text(pilot).count("gone · 404") == 2
        alive = LinkStatus(AMP, LinkOutcome.ALIVE, 200, "amp.example: answers", NOW)
        await answer(pilot, PageFetched((await ask(pilot)).id, TEXT, (alive,)))
        assert story_text(pilot).count("gone · 404") == 1


async def test_a_long_failure_is_shown_whole_in_a_small_terminal(library: Library) -> None:
    words = "a-rather-long-name-of-a-host.example: asks for fewer requests (429), and to wait for 30 seconds"
    async with reading(library, size=(80, 24)) as pilot:
        await answer(pilot, Failed((await ask(pilot)).id, Failure.BUSY, words))
        assert f"{words}; t tries again." in " ".join(screen_text(pilot).split())
        assert " 1 of 10 · front" in screen_text(pilot).splitlines()[-1]


async def test_of_a_page_that_is_gone_the_archived_copy_is_offered(library: Library, tmp_path: Path) -> None:
    browsers = Desk(tmp_path)
    setting = (str(browsers.install("good")), "%s")
    copy = f"https://web.archive.org/web/20210701120000/{ORIGINAL}"
    async with reading(library, settings=DEFAULTS._replace(browser=setting)) as pilot:
        await answer(pilot, gone((await ask(pilot)).id))
        assert choices(pilot) == ["Open the archived copy", "Read the archived copy here", "Cancel"]
        assert "news.example: has no such page (404)." in screen_text(pilot)
        await press(pilot, "enter")
        await until(pilot, lambda: browsers.received("good") == [copy])
        await answer(pilot, gone((await ask(pilot)).id))
        await press(pilot, "j", "enter")
        request = StandIn.now.asked[-1]
        assert request.candidates == (Candidate(Version.ARCHIVED, copy),)
        archived = TEXT._replace(version=Version.ARCHIVED, url=copy)
        await answer(pilot, PageFetched(request.id, archived))
        assert "Text of the archived copy" in story_text(pilot)
        await press(pilot, "t")
        assert StandIn.now.asked[-1].candidates[-1] == Candidate(Version.ARCHIVED, copy)
        await answer(pilot, gone(StandIn.now.asked[-1].id))
        assert is_alone(pilot)  # the copy was among what was asked for


async def test_leaving_it_leaves_the_words_with_the_key_that_opens_it_later(library: Library) -> None:
    async with reading(library) as pilot:
        await answer(pilot, gone((await ask(pilot)).id))
        await press(pilot, "G", "enter")
        assert is_alone(pilot)
        assert status(pilot).message.endswith("has no such page (404); w opens the archived copy.")


async def test_nothing_is_laid_over_a_reader_who_has_gone_on(library: Library) -> None:
    async with reading(library) as pilot:
        request = await ask(pilot)
        await press(pilot, "j")
        await answer(pilot, gone(request.id))
        assert is_alone(pilot)
        words = "“All four pages” has no text: news.example: has no such page (404)."
        assert status(pilot).message == words


async def test_w_opens_the_archived_copy_and_a_living_amp_page_of_a_dead_original(
    library: Library, tmp_path: Path
) -> None:
    browsers = Desk(tmp_path)
    setting = (str(browsers.install("good")), "%s")
    async with reading(library, settings=DEFAULTS._replace(browser=setting)) as pilot:
        await press(pilot, "w")
        await until(pilot, lambda: browsers.received("good") != [])
        await settle(pilot)
        assert browsers.received("good") == [f"https://web.archive.org/web/20210701120000/{ORIGINAL}"]
        assert status(pilot).message == (
            "Opened the archived copy at web.archive.org (nearest to 1 Jul 2021) with good."
        )
        verdicts = (*dead(ORIGINAL), LinkStatus(AMP, LinkOutcome.ALIVE, 200, "", NOW))
        number = (await ask(pilot)).id
        await answer(pilot, Failed(number, Failure.GONE, "news.example: no", verdicts=verdicts))
        await press(pilot, "w")
        await until(pilot, lambda: len(browsers.received("good")) == 2)
        await settle(pilot)
        assert browsers.received("good")[1] == AMP
        assert status(pilot).message.startswith("The original page is gone: opened the AMP page")


async def test_several_selected_stories_are_fetched_together(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "x", "x", "x", "t")
        asked = StandIn.now.asked
        assert len(asked) == 3
        assert status(pilot).fetching == "fetched 0 of 3 pages …; esc stops it"
        await answer(pilot, PageFetched(asked[0].id, TEXT))
        await answer(pilot, Stage(asked[1].id, "reading news.example …"))
        assert status(pilot).fetching == "fetched 1 of 3 pages · reading news.example …; esc stops it"
        await answer(pilot, PageFetched(asked[1].id, TEXT))
        await answer(pilot, Failed(asked[2].id, Failure.BUSY, "news.example: asks for fewer requests (429)"))
        assert status(pilot).message == "2 pages read, 1 failed."
        shown = " ".join(screen_text(pilot).split())
        assert "Story 0002 news.example: asks for fewer" in shown
        await press(pilot, "enter")
        assert selected_title(pilot) == "Story 0002"


async def test_a_batch_that_is_stopped_keeps_what_came(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "x", "x", "t")
        asked = StandIn.now.asked
        await answer(pilot, PageFetched(asked[0].id, TEXT))
        await press(pilot, "escape")
        assert StandIn.now.cancelled == [asked[1].id]
        assert status(pilot).message == "Stopped after 1 of 2 pages; what was read is kept."
        await press(pilot, "escape", "g", "g")
        assert "The first paragraph" in story_text(pilot)


async def test_more_than_a_few_are_fetched_after_asking(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "X", "t")
        assert choices(pilot) == ["Fetch 9 pages", "Cancel"]
        await press(pilot, "enter")
        assert len(StandIn.now.asked) == 9
        await answer(pilot, *(PageUnchanged(asked.id) for asked in StandIn.now.asked))
        await until(pilot, lambda: status(pilot).fetching == "")
        assert status(pilot).message == "0 pages read, 9 unchanged, 1 without a page."


async def test_related_coverage_that_the_corpus_lacks_has_a_text_as_well(library: Library) -> None:
    text = TEXT._replace(version=Version.WEB, url=RELATED)

    async def go_there(pilot: Pilot[None]) -> None:
        await press(pilot, "3", "G", "enter")
        await until(pilot, lambda: story_title(pilot) == "A report from elsewhere")
        await settle(pilot)

    async with reading(library) as pilot:
        await go_there(pilot)
        request = await ask(pilot)
        assert request.candidates == (Candidate(Version.WEB, RELATED),)
        await answer(pilot, PageFetched(request.id, text))
        assert "Text of the web page" in story_text(pilot)
        await press(pilot, "backspace")
        await press(pilot, "alt+right")
        assert "Text of the web page" in story_text(pilot)
    async with reading(library) as pilot:
        await go_there(pilot)
        assert "Text of the web page" in story_text(pilot)


async def test_a_text_that_cannot_be_kept_is_shown_all_the_same(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PagesError("pages.sqlite: the page was not kept (disk full).")

    monkeypatch.setattr(PageStore, "keep", refuse)
    async with reading(library) as pilot:
        await fetch(pilot)
        assert "The first paragraph" in story_text(pilot)
        assert status(pilot).message.endswith("the page was not kept (disk full).")


async def test_where_nothing_is_kept_the_text_is_shown_while_the_story_is(tmp_path: Path) -> None:
    library = a_library(a_corpus(tmp_path, FILES), tmp_path / "cache")
    async with reading(library) as pilot:
        await fetch(pilot)
        assert "The first paragraph" in story_text(pilot)


async def test_the_beginning_of_a_text_that_is_out_of_sight_is_brought_into_sight(library: Library) -> None:
    async with reading(library, size=(80, 24)) as pilot:
        await fetch(pilot, TEXT._replace(html=HTML + "<p>More.</p>" * 50))
        assert shown_in(story(pilot)).startswith("Text of the AMP page")


@pytest.mark.parametrize("size", [(80, 24), (50, 20), (24, 12)])
async def test_the_text_fits_into_any_pane_and_plain_signs(library: Library, size: tuple[int, int]) -> None:
    settings = DEFAULTS._replace(glyphs=GlyphSet.ASCII)
    async with reading(library, size=size, settings=settings) as pilot:
        await fetch(pilot)
        width = story(pilot).text_width
        await press(pilot, "3")
        assert "Text of the AMP" in story_text(pilot)
        assert all(
            len(line) <= max(width, story(pilot).text_width) for line in story_text(pilot).splitlines()
        )
