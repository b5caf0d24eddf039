"""Opening and copying links: which URL goes to the browser, and what is said where there is none."""

from __future__ import annotations

from pathlib import Path
from time import sleep
from typing import Any

import pytest
from textual.pilot import Pilot

from newsreader.app.open_links import LinkOpener
from newsreader.domain.setting_values import Clipboard
from newsreader.domain.story_page import StoryPage
from newsreader.library import Reader
from newsreader.settings.model import Settings
from newsreader.ui.dialogs.chooser import ChooserScreen
from newsreader.ui.screens.main import REST
from tests.builders import a_corpus
from tests.real_records import real_records
from tests.ui.harness import (
    DEFAULTS,
    a_library,
    a_story,
    press,
    reading,
    reading_files,
    rows,
    screen_text,
    settle,
    shown_in,
    sidebar,
    sidebar_lines,
    status,
    stories,
    story,
    story_text,
    story_title,
    until,
)
from tests.unit.browser.fake_browsers import Desk

ORIGINAL = "https://www.news.example/a/b?id=1&x=(y)%20z#part"
AMP = "https://amp.news.example/a/b?amp=1"
CACHED = "https://amp-news-example.cdn.ampproject.org/c/s/amp.news.example/a/b?amp=1"
LINKS = {"originalUrl": ORIGINAL, "webUrl": "https://web.example/", "ampWebUrl": AMP, "cdnAmpWebUrl": CACHED}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A browser that writes down what it is called with, and another that fails."""
    folder = tmp_path / "browsers"
    folder.mkdir()
    desk = Desk(folder)
    desk.install("good")
    desk.install("bad", "exit 3")
    return desk


def _settings(desk: Desk, name: str = "good") -> Settings:
    return Settings(browser=(str(desk.directory / name), "--new-tab", "%s"))


async def _opened(pilot: Pilot[None], key: str) -> str:
    """What the status line says after a link was opened."""
    await pilot.press(key)
    await until(pilot, lambda: not status(pilot).message.endswith("…"))
    await settle(pilot)
    return status(pilot).message


async def _after(tmp_path: Path, desk: Desk, key: str, **values: Any) -> tuple[list[str], str]:
    """What the browser was called with and what was said, after a key on a story with these values."""
    files = {"_news/a.md": a_story(1, **values)}
    async with reading_files(tmp_path, files, settings=_settings(desk)) as pilot:
        said = await _opened(pilot, key)
    return desk.received("good"), said


@pytest.mark.parametrize(
    ("key", "url", "said"),
    [
        ("o", ORIGINAL, "Opened the original page at news.example with good."),
        ("a", AMP, "Opened the AMP page at amp.news.example with good."),
        ("A", CACHED, "Opened the cached AMP page at amp-news-example.cdn.ampproject.org with good."),
    ],
)
async def test_each_key_opens_exactly_its_own_url(
    tmp_path: Path, desk: Desk, key: str, url: str, said: str
) -> None:
    assert await _after(tmp_path, desk, key, **LINKS) == (["--new-tab", url], said)


async def test_where_the_publisher_has_no_amp_page_the_cached_one_is_opened(
    tmp_path: Path, desk: Desk
) -> None:
    received, said = await _after(tmp_path, desk, "a", cdnAmpWebUrl=CACHED)
    assert received == ["--new-tab", CACHED]
    assert said == (
        "No AMP page at the publisher: opened the cached AMP page "
        "at amp-news-example.cdn.ampproject.org with good."
    )


ONLY_ITS_FILE = "Opened the file."

MISSING: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("a", {}, "This story has no AMP page; o opens the original."),
    ("A", {}, "This story has no cached AMP page; o opens the original."),
    ("A", {"ampWebUrl": AMP}, "This story has no cached AMP page; a opens the AMP page."),
    ("o", {"originalUrl": None}, ONLY_ITS_FILE),
    ("o", {"originalUrl": "javascript:alert(1)"}, ONLY_ITS_FILE),
    ("o", {"originalUrl": "file:///etc/passwd"}, ONLY_ITS_FILE),
    ("u", {"originalUrl": None}, "This story has no link that can be opened."),
    ("y", {"originalUrl": None}, "This story has no link to copy."),
)


async def test_a_missing_link_is_told_in_words(
    tmp_path: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LinkOpener, "open_file", lambda *_: ONLY_ITS_FILE)
    files = {
        f"_news/{number}.md": a_story(number + 1, title=f"Case {number}", heat=99 - number, **values)
        for number, (_, values, _) in enumerate(MISSING)
    }
    async with reading_files(tmp_path, files, settings=_settings(desk)) as pilot:
        for number, (key, _, said) in enumerate(MISSING):
            assert story_title(pilot) == f"Case {number}"
            status(pilot).message = ""
            assert (await _opened(pilot, key), number) == (said, number)
            await press(pilot, "j")
    assert desk.received("good") == []


async def test_the_web_address_stands_in_for_a_missing_original(tmp_path: Path, desk: Desk) -> None:
    received, _ = await _after(tmp_path, desk, "o", originalUrl=None, webUrl="https://web.example/")
    assert received == ["--new-tab", "https://web.example/"]


async def test_any_link_is_chosen_from_a_menu(tmp_path: Path, desk: Desk) -> None:
    embed = '<iframe src="https://video.example/1"></iframe>'
    actions = [{"url": "https://files.example/x.pdf", "title": "The paper"}]
    files = {"a.md": a_story(1, **LINKS, featuredContent=embed, actions=actions)}
    async with reading_files(tmp_path, files, settings=_settings(desk)) as pilot:
        await press(pilot, "u")
        shown = screen_text(pilot)
        for words in ("original", "cached AMP", "video.example", "The paper", "https://files.example/x.pdf"):
            assert words in shown
        await press(pilot, "escape")
        assert desk.received("good") == []
        await press(pilot, "u", "G")
        assert await _opened(pilot, "enter") == "Opened the page at files.example with good."
        assert desk.received("good") == ["--new-tab", "https://files.example/x.pdf"]


async def test_the_keys_mean_the_row_under_the_cursor_even_before_its_story_is_read(
    tmp_path: Path, desk: Desk
) -> None:
    async with reading_files(tmp_path, stories(3), settings=_settings(desk)) as pilot:
        await pilot.press("j", "j", "o")
        await until(pilot, lambda: bool(desk.received("good")))
        assert desk.received("good")[-1] == "https://news.example/3"


async def test_a_key_waits_for_a_story_that_is_slow_to_come(
    tmp_path: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading_files(tmp_path, stories(3), settings=_settings(desk)) as pilot:
        read_page = Reader.page

        def slowly(reader: Reader, record_id: int) -> StoryPage | None:
            sleep(3 * REST)  # the cursor rests, and asks for the same story
            return read_page(reader, record_id)

        monkeypatch.setattr(Reader, "page", slowly)
        await pilot.press("j", "o")
        await until(pilot, lambda: bool(desk.received("good")))
        assert desk.received("good")[-1] == "https://news.example/2"


async def test_the_keys_mean_the_story_in_the_pane_while_it_has_the_focus(tmp_path: Path, desk: Desk) -> None:
    related = [
        {"title": "Another", "webUrl": "https://other.example/x", "ampWebUrl": "https://other.example/amp"}
    ]
    files = {"a.md": a_story(1, related=related)}
    async with reading_files(tmp_path, files, settings=_settings(desk)) as pilot:
        await press(pilot, "enter", "G", "enter")
        assert story_title(pilot) == "Another"
        await _opened(pilot, "a")
        await _opened(pilot, "o")
        assert desk.received("good")[1::2] == ["https://other.example/amp", "https://other.example/x"]
        await press(pilot, "2")
        await _opened(pilot, "o")
        assert desk.received("good")[-1] == "https://news.example/1"


async def test_a_browser_that_fails_is_named_and_the_link_offered_for_copying(
    tmp_path: Path, desk: Desk
) -> None:
    async with reading_files(tmp_path, stories(1), settings=_settings(desk, "bad")) as pilot:
        await _opened(pilot, "o")
        await until(pilot, lambda: isinstance(pilot.app.screen, ChooserScreen))
        shown = " ".join(screen_text(pilot).replace("│", " ").split())
        assert "bad exited with status 3." in shown
        assert "https://news.example/1" in shown
        await press(pilot, "enter")
        assert pilot.app.clipboard == "https://news.example/1"
        assert status(pilot).message == "Sent to the terminal to copy (OSC 52): https://news.example/1"


async def test_a_browser_that_is_not_there_is_named_too(tmp_path: Path, desk: Desk) -> None:
    async with reading_files(tmp_path, stories(1), settings=_settings(desk, "absent")) as pilot:
        said = await _opened(pilot, "o")
        assert "absent" in said
        assert "Correct `browser` in the settings" in said or "set `browser` in the settings" in said
        await until(pilot, lambda: isinstance(pilot.app.screen, ChooserScreen))
        await press(pilot, "j", "enter")
        assert pilot.app.clipboard == ""


async def test_the_original_link_is_copied(tmp_path: Path, desk: Desk) -> None:
    async with reading_files(tmp_path, {"a.md": a_story(1, **LINKS)}, settings=_settings(desk)) as pilot:
        await press(pilot, "y")
        assert pilot.app.clipboard == ORIGINAL
        assert status(pilot).message == f"Sent to the terminal to copy (OSC 52): {ORIGINAL}"
    assert desk.received("good") == []


FORBES = "https://www.forbes.com/sites/janakirammsv/2021/06/27/"
FORBES += "pytorch-gains-momentum-with-push-from-facebook-and-microsoft/"


async def test_the_one_real_record_opens_everything_it_offers(tmp_path: Path, desk: Desk) -> None:
    record = (real_records() / "one-record.txt").read_bytes()
    sealed = record.partition(b'secured: "')[2][:24].decode()
    root = a_corpus(tmp_path, {"one-record.txt": record})
    library = a_library(root, tmp_path / "cache")
    async with reading(library, size=(160, 60), settings=_settings(desk)) as pilot:
        assert rows(pilot).count == 1
        text = " ".join(story_text(pilot).split())
        assert "heat 141 = quality 121 + 10 × 2 related" in text
        assert "on the front page" in text
        assert "Facebook AI" in text
        assert "Microsoft AI" in text
        assert "Forbes · forbes.com Sun 27 Jun 2021, 06:09 UTC" in text
        assert "Related coverage (2, none in this corpus)" in text
        assert sealed
        assert sealed[:8] not in screen_text(pilot) + text
        for key in "oaA":
            await _opened(pilot, key)
        assert desk.received("good")[1::2] == [
            FORBES,
            FORBES + "amp/",
            "https://www-forbes-com.cdn.ampproject.org/c/s/" + FORBES.removeprefix("https://") + "amp/",
        ]
        await press(pilot, "/", *sealed[:6])
        assert rows(pilot).count == 0
        await press(pilot, "escape", "enter", "G", "enter")
        assert story_title(pilot).startswith("AI Governance Market Growing Popularity")
        assert await _opened(pilot, "a") == "This story has no AMP page; o opens the original."


async def test_the_real_site_is_listed_whole_and_without_problems(tmp_path: Path) -> None:
    import frontmatter

    site = real_records() / "site"
    files = (path for path in site.rglob("*") if path.suffix in (".md", ".html"))
    loaded = [frontmatter.load(str(path)).metadata for path in files]
    records = [record for record in loaded if record and "taxonomy" not in record]
    listed = [record for record in records if not record.get("removed")]
    front = [record for record in listed if record.get("published") is not False]
    async with reading(a_library(site, tmp_path / "cache")) as pilot:
        assert "Problems" not in "".join(sidebar_lines(pilot))
        assert rows(pilot).count == len(front)
        await press(pilot, "v")
        assert rows(pilot).count == len(listed)
        for _ in range(12):
            await press(pilot, "pagedown")
            assert shown_in(story(pilot))
        assert sidebar(pilot).count > 10
        await press(pilot, *"/microsoft")
        assert 0 < rows(pilot).count < len(listed)


async def test_a_story_is_copied_in_the_form_that_is_chosen(tmp_path: Path) -> None:
    async with reading_files(tmp_path, {"a.md": a_story(1, originalUrl=ORIGINAL)}) as pilot:
        await press(pilot, "Y")
        assert isinstance(pilot.app.screen, ChooserScreen)
        await press(pilot, "j", "j", "enter")
        copied = "[Story 0001](https://www.news.example/a/b?id=1&x=%28y%29%20z#part)"
        assert pilot.app.clipboard == copied
        assert status(pilot).message == f"Sent to the terminal to copy (OSC 52): {copied}"
        await press(pilot, "Y", "escape")
        assert pilot.app.clipboard == copied


async def test_a_program_copies_where_there_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[str] = []

    def copy(_: object, text: str) -> str:
        taken.append(text)
        return "wl-copy" if len(taken) == 1 else ""

    monkeypatch.setattr("newsreader.app.clipboard.copy_with", copy)
    settings = DEFAULTS._replace(clipboard=Clipboard.AUTO)
    async with reading_files(tmp_path, stories(1), settings=settings) as pilot:
        await press(pilot, "y")
        await until(pilot, lambda: status(pilot).message.startswith("Copied https://news.example/"))
        assert pilot.app.clipboard == ""
        await press(pilot, "y")
        await until(
            pilot, lambda: status(pilot).message.startswith("Sent to the terminal to copy (OSC 52): https")
        )
        assert pilot.app.clipboard == taken[1]


async def test_a_terminal_is_not_asked_where_programs_alone_are_wanted(tmp_path: Path) -> None:
    settings = DEFAULTS._replace(clipboard=Clipboard.COMMAND)
    async with reading_files(tmp_path, stories(1), settings=settings) as pilot:
        await press(pilot, "y")
        await until(pilot, lambda: status(pilot).message.startswith("Nothing was copied: no program"))
        assert pilot.app.clipboard == ""
