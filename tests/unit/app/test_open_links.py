"""Opening links: which link is meant, and what is reported."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from newsreader.app.open_links import (
    LinkNotOpenedError,
    LinkOpener,
    describe,
    find_file,
    find_link,
    find_links,
    run_in_this_terminal,
)
from newsreader.browser import BrowserCommand, Candidates, run_in_foreground
from newsreader.domain.link_status import LinkOutcome, LinkStatus
from newsreader.domain.pages import FoundLink, PageKind
from newsreader.domain.record import Link, LinkKind
from newsreader.domain.story_page import StoryPage
from tests.builders import a_corpus, a_record
from tests.unit.browser.fake_browsers import Desk

ORIGINAL, AMP, CACHED = "https://news.example/1", "https://amp.example/1", "https://cache.example/1"


def a_page(*statuses: LinkStatus, original: str = ORIGINAL, amp: str = "", cached: str = "") -> StoryPage:
    record = a_record(original_url=original, web_url="", amp_url=amp, cached_amp_url=cached)
    return StoryPage(record, 1, verdicts=statuses)


def keys(action: str) -> str:
    return f"<{action}>"


def a_link(url: str = ORIGINAL) -> Link:
    return Link(LinkKind.ORIGINAL, url, "")


@pytest.fixture
def browsers(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def opener(browsers: Desk, name: str = "good", script: str | None = None) -> LinkOpener:
    program = browsers.install(name) if script is None else browsers.install(name, script)
    return LinkOpener((str(program), "%s"), None)


# -- which link -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "url"),
    [(PageKind.ORIGINAL, ORIGINAL), (PageKind.AMP, AMP), (PageKind.CACHED_AMP, CACHED)],
)
def test_each_kind_finds_its_own_link(kind: PageKind, url: str) -> None:
    link = find_link(a_page(amp=AMP, cached=CACHED), kind, keys).link
    assert link is not None
    assert link.url == url


def test_a_missing_page_is_reported_with_the_key_of_another() -> None:
    assert find_link(a_page(), PageKind.AMP, keys) == FoundLink(
        None, "This story has no AMP page; <open_original> opens the original."
    )


def test_a_living_amp_page_replaces_the_archived_copy_of_a_dead_original() -> None:
    copy = find_link(a_page(amp=AMP), PageKind.ARCHIVED, keys).link
    assert copy is not None
    assert copy.kind is LinkKind.ARCHIVED
    statuses = (
        LinkStatus(ORIGINAL, LinkOutcome.GONE, 404, "", 0),
        LinkStatus(AMP, LinkOutcome.ALIVE, 200, "", 0),
    )
    link, words = find_link(a_page(*statuses, amp=AMP), PageKind.ARCHIVED, keys)
    assert link is not None
    assert (link.url, words) == (AMP, "The original page is gone: ")


def test_stories_without_a_page_are_counted() -> None:
    links, lacking = find_links([a_page(amp=AMP), a_page(), a_page(cached=CACHED)], PageKind.AMP)
    assert ([link.url for link in links], lacking) == ([AMP, CACHED], 1)


# -- the browser ------------------------------------------------------------------------------------


def test_a_link_is_opened_and_reported(browsers: Desk) -> None:
    found = FoundLink(a_link(), "No AMP page at the publisher: ")
    assert opener(browsers).open(found) == (
        "No AMP page at the publisher: opened the original page at news.example with good."
    )
    assert browsers.received("good") == [ORIGINAL]
    assert describe("opening", FoundLink(a_link())) == "Opening the original page at news.example"


def test_a_browser_that_fails_is_reported_with_the_address(browsers: Desk) -> None:
    with pytest.raises(LinkNotOpenedError, match="bad exited with status 3") as failure:
        opener(browsers, "bad", "exit 3").open(FoundLink(a_link()))
    assert failure.value.url == ORIGINAL


def test_a_link_that_is_not_there_is_not_opened(browsers: Desk) -> None:
    found = FoundLink(None, "this story has no link.")
    assert describe("opening", found) == "This story has no link."
    with pytest.raises(LinkNotOpenedError, match="no link") as failure:
        opener(browsers).open(found)
    assert failure.value.url == ""


@pytest.mark.parametrize(
    ("urls", "lacking", "message"),
    [
        ([ORIGINAL], 0, "Opened 1 page with good."),
        ([ORIGINAL, AMP], 1, "Opened 2 pages with good; 1 story has none."),
        ([ORIGINAL, AMP], 2, "Opened 2 pages with good; 2 stories have none."),
    ],
)
def test_several_links_are_opened_and_reported_together(
    browsers: Desk, urls: Sequence[str], lacking: int, message: str
) -> None:
    assert opener(browsers).open_all([a_link(url) for url in urls], lacking) == message
    assert browsers.received("good") == urls


def test_a_failure_among_several_ends_them(browsers: Desk) -> None:
    fails_later = opener(
        browsers, "once", f"[ -e {browsers.directory}/seen ] && exit 3; touch {browsers.directory}/seen"
    )
    links = [a_link(), a_link(AMP), a_link(CACHED)]
    with pytest.raises(LinkNotOpenedError, match="Opened 1 of 3 pages; once exited with status 3") as failure:
        fails_later.open_all(links, 0)
    assert failure.value.url == AMP
    with pytest.raises(LinkNotOpenedError, match="None of these stories has such a page"):
        fails_later.open_all([], 3)


@pytest.mark.parametrize("is_terminal", [True, False])
def test_browsers_for_terminals_need_one(is_terminal: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("stdin", "stdout"):
        monkeypatch.setattr(f"sys.{name}.isatty", lambda: is_terminal)
    assert run_in_this_terminal() is (run_in_foreground if is_terminal else None)


# -- files ------------------------------------------------------------------------------------------


def a_local_page(path: str, *, url: str = "", record_id: int | None = 1) -> StoryPage:
    record = a_record(path=path, original_url=url, web_url="", amp_url="", cached_amp_url="")
    return StoryPage(record, record_id)


def test_a_record_without_a_link_is_its_file(tmp_path: Path) -> None:
    root = a_corpus(tmp_path, {"notes/a.md": "Text."})
    assert find_file(root, a_local_page("notes/a.md")) == (root / "notes/a.md").resolve()


@pytest.mark.parametrize(
    "page",
    [
        a_local_page("notes/a.md", url=ORIGINAL),
        a_local_page("notes/a.md", record_id=None),
        a_local_page(""),
        a_local_page("missing.md"),
        a_local_page("notes"),
        a_local_page("../secret.md"),
        a_local_page("linked.md"),
        a_local_page("run.sh"),
        a_local_page("a\0b.md"),
    ],
    ids=["link", "no record", "no path", "missing", "folder", "outside", "link outside", "program", "nul"],
)
def test_only_the_file_of_a_record_inside_the_corpus_is_opened(tmp_path: Path, page: StoryPage) -> None:
    root = a_corpus(tmp_path / "corpus", {"notes/a.md": "Text.", "run.sh": "exit"})
    (root.parent / "secret.md").write_text("Text.")
    (root / "linked.md").symlink_to(root.parent / "secret.md")
    assert find_file(root, page) is None


def test_a_file_is_opened_with_the_program_of_the_system(
    browsers: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    browsers.install("xdg-open")
    for name, value in browsers.environ("none").items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("newsreader.browser.local_files.sys.platform", "linux")
    file = tmp_path / "a b.md"
    message = LinkOpener((), None).open_file(file)
    assert message == "This story has no link, only its own file. Opened a b.md with xdg-open."
    assert browsers.received("xdg-open") == [str(file)]


def test_a_file_that_no_program_opens_is_reported(browsers: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(browsers.directory))
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME", "WSL_INTEROP"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(LinkNotOpenedError, match=r"no screen") as caught:
        LinkOpener((), None).open_file(Path("/a.md"))
    assert caught.value.url == ""


# -- failures after a browser seemed to work ------------------------------------------------------------


def test_a_late_failure_names_what_may_not_have_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def start(_: object, *, on_late_failure: Callable[[str], object], **__: object) -> BrowserCommand:
        on_late_failure("firefox exited with status 7")
        return BrowserCommand(("firefox",), needs_terminal=False)

    monkeypatch.setattr("newsreader.browser.launch", start)
    for name in ("commands_for", "commands_for_file"):
        monkeypatch.setattr(f"newsreader.browser.{name}", lambda *_, **__: Candidates(()))
    reported: list[str] = []
    links = LinkOpener((), None, reported.append)
    links.open(FoundLink(a_link()))
    links.open_file(tmp_path / "record.md")
    assert reported == [
        "The page may not have opened: firefox exited with status 7.",
        "The file may not have opened: firefox exited with status 7.",
    ]
    LinkOpener((), None).open(FoundLink(a_link()))
    assert len(reported) == 2
