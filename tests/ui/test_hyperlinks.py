"""Links in stories are links of the terminal, too: exactly those that may be opened."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsreader.ui.style.painter import has_hyperlinks, hyperlink
from tests.ui.harness import DEFAULTS, a_story, reading_files, story

BODY = "See [one page](https://one.example/a?b=1).\n\n[Two](https://two.example/) [three](https://three.example/)\n"
RECORD = a_story(1, ampWebUrl="https://amp.news.example/1", originalUrl="https://news.example/1") + BODY


@pytest.mark.parametrize(("wanted", "expected"), [(True, True), (False, False)])
async def test_words_of_a_link_carry_its_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wanted: bool, expected: bool
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    settings = DEFAULTS._replace(hyperlinks=wanted)
    async with reading_files(tmp_path, {"_news/a.md": RECORD}, settings=settings) as pilot:
        pane = story(pilot)
        strips = [pane.render_line(y) for y in range(pane.scrollable_content_region.height)]
        links = {
            segment.style.link: segment.text
            for strip in strips
            for segment in strip
            if segment.style and segment.style.link
        }
        assert bool(links) is expected
        if expected:
            assert links == {
                "https://one.example/a?b=1": "one page",
                "https://news.example/1": "news.example",
                "https://amp.news.example/1": "amp.news.example",
            }


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://",
        "https://a.example/\x1b\\",
        "https://a.example/\x07",
        "https://a.example/é",
        "https://a.example/" + "x" * 3_000,
    ],
)
def test_an_address_that_is_not_safe_is_no_link(url: str) -> None:
    assert hyperlink(url).link is None


@pytest.mark.parametrize(
    ("term", "has"), [("xterm-256color", True), ("tmux", True), ("linux", False), ("vt100", False)]
)
def test_consoles_that_would_print_it_get_none(term: str, has: bool) -> None:
    assert has_hyperlinks(True, {"TERM": term}) is has
