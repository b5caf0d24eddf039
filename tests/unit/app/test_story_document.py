"""A story as a document for other programs."""

from __future__ import annotations

import json

from newsreader.app.story_document import story_document
from newsreader.domain.external_command import StoryForm
from newsreader.domain.page_text import PageText, Version
from newsreader.domain.record import Provider
from newsreader.domain.story_page import StoryPage
from tests.builders import a_record

TEXT = PageText(Version.ORIGINAL, "https://news.example/a", "Title", "<p>Page <b>text</b></p>", 2, 0)
FULL = StoryPage(
    a_record(
        title="A <b> *title*",
        excerpt="What & why",
        body="Body with [a link](https://news.example/b).",
        original_url="https://news.example/a",
        amp_url="https://news.example/amp",
        provider=Provider(name="News", domain="news.example"),
    ),
    1,
    text=TEXT,
    tags=("ai",),
    note="Read",
)
BARE = StoryPage(a_record(title="Bare", excerpt="", body="", moment=None, original_url="", web_url=""), 2)


def test_markdown() -> None:
    text = story_document(FULL, StoryForm.MARKDOWN)
    assert text.startswith("# A ")
    for part in (
        "Body with [a link]",
        "## Text of the original page",
        "Page",
        "- original: <https://news.example/a>",
    ):
        assert part in text
    assert "undated" in story_document(BARE, StoryForm.MARKDOWN)


def test_html_is_escaped() -> None:
    text = story_document(FULL, StoryForm.HTML)
    assert "<title>A &lt;b&gt; *title*</title>" in text
    for part in ("<p>What &amp; why</p>", '<a href="https://news.example/b">a link</a>', "<h2>Text of the"):
        assert part in text
    assert text.endswith("</html>\n")
    assert "<ul>" not in story_document(BARE, StoryForm.HTML)


def test_json_has_every_key_whatever_is_missing() -> None:
    full, bare = (json.loads(story_document(page, StoryForm.JSON)) for page in (FULL, BARE))
    assert full["url"] == "https://news.example/a"
    assert (full["tags"], full["note"], full["provider"]) == (["ai"], "Read", "News")
    assert full.keys() == bare.keys()
    assert bare["url"] is bare["body"] is bare["text"] is bare["publishedDateTime"] is None
