"""The story pane: what it says of each kind of record, and walking in it as in a browser."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsreader.domain.view import Scope, View
from newsreader.library import Library
from newsreader.render.story_lines import READABLE
from newsreader.settings.model import Settings
from tests.builders import a_corpus
from tests.ui.harness import (
    a_library,
    a_story,
    front_matter,
    press,
    reading,
    reading_files,
    rows,
    screen_text,
    selected_title,
    settle,
    shown_in,
    status,
    story,
    story_text,
    story_title,
    strips_of,
)

SEALED = "QUJDREVGR0hJSktMTU5PUA==;MDEyMzQ1Njc4OWFiY2RlZg=="
REPORT = front_matter(
    {
        "title": "WHO issues first global report on AI in health",
        "excerpt": "Six principles for the design of AI.",
        "publishedDateTime": "2021-06-28T07:12:00Z",
        "originalUrl": "https://www.who.int/news/report",
        "webUrl": "https://who.int/story/report",
        "ampWebUrl": "https://amp.who.int/news/report",
        "cdnAmpWebUrl": "https://amp-who-int.cdn.ampproject.org/c/s/amp.who.int/news/report",
        "type": "article",
        "heat": 134,
        "quality": 104,
        "published": True,
        "provider": {
            "name": "World Health Organization",
            "domain": "who.int",
            "authors": [{"name": "A. Writer"}, {"name": "B. Author"}],
        },
        "topics": ["AI", "AI in Healthcare"],
        "featuredContent": '<iframe src="https://video.example/embed/1"></iframe>',
        "related": [
            {
                "title": "Guidance on AI",
                "publishedDateTime": "2021-06-29T07:12:00Z",
                "webUrl": "https://b.example/guidance?utm_source=x",
                "provider": {"name": "B", "domain": "b.example"},
                "quality": 48,
                "ampWebUrl": "https://b.example/amp",
            },
            {
                "title": "Found by its title",
                "publishedDateTime": "2021-06-27T09:00:00Z",
                "webUrl": "https://moved.example/elsewhere",
                "provider": {"domain": "c.example"},
            },
            {
                "title": "Only an entry",
                "excerpt": "All that is known.",
                "webUrl": "https://d.example/entry",
                "provider": {"domain": "d.example"},
            },
        ],
        "secured": SEALED,
        "mood": "hopeful",
        "depth": {"pages": 165},
    }
)
FILES = {
    "_news/report.md": REPORT,
    "_news/guidance.md": a_story(
        4,
        title="Guidance on AI, in full",
        webUrl="http://www.b.example/guidance/",
        related=[{"title": "The report", "webUrl": "https://who.int/story/report#top"}],
        published=False,
    ),
    "_news/found.md": a_story(
        5,
        title="Found by its title",
        publishedDateTime="2021-06-27T22:00:00Z",
        provider={"name": "C", "domain": "c.example"},
        published=False,
    ),
}
ALL = View(Scope.EVERYTHING)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """A report with coverage: by its address, by its title, and not in the corpus."""
    folder = tmp_path_factory.mktemp("story")
    return a_library(a_corpus(folder, FILES), folder / "cache")


async def test_a_story_tells_all_that_the_record_says(library: Library) -> None:
    async with reading(library) as pilot:
        assert [line.rstrip() for line in story_text(pilot).splitlines()] == [
            "WHO issues first global report on AI",
            "in health",
            "",
            "World Health Organization · who.int",
            "by A. Writer, B. Author",
            "Mon 28 Jun 2021, 07:12 UTC",
            "3 days ago",
            "article · AI · AI in Healthcare",
            "heat 134 = quality 104 + 10 × 3",
            "related",
            "on the front page",
            "",
            "Six principles for the design of AI.",
            "",
            "t reads the text of the page",
            "",
            "Links",
            "o original    who.int/news/report",
            "  web         who.int/story/report",
            "a AMP         amp.who.int",
            "A cached AMP  amp-who-int.cdn.amppro…",
            "  embed       video.example",
            "A sealed block of 16 bytes is kept",
            "with this record.",
            "",
            "Related coverage (3, 2 in this",
            "corpus)",
            "▸ Guidance on AI",
            "  b.example · 2 d · quality 48 · AMP",
            "≈ Found by its title",
            "  c.example · 4 d · found by title a…",
            "▹ Only an entry",
            "  d.example · undated",
            "",
            "Other keys",
            "mood  hopeful",
            'depth  {"pages": 165}',
            "",
            "_news/report.md",
        ]
        assert "QUJD" not in screen_text(pilot)


FACTS: list[tuple[dict[str, object], list[str]]] = [
    ({"heat": None, "quality": None}, ["heat and quality unknown · on the front page"]),
    (
        {"heat": -1, "quality": 60, "published": False},
        ["quality 60 · part of a larger story · not on the front page"],
    ),
    ({"heat": None, "quality": 12}, ["quality 12 · heat unknown · on the front page"]),
    ({"heat": 50, "quality": 20}, ["heat 50 · quality 20 · on the front page"]),
    ({"publishedDateTime": None}, ["undated"]),
    ({"publishedDateTime": "2021-06-30"}, ["Wed 30 Jun 2021 · yesterday"]),
    ({"provider": None}, ["unknown provider"]),
    ({"originalUrl": None}, ["Links", "none"]),
    ({"originalUrl": "javascript:alert(1)"}, ["none that can be opened"]),
    (
        {"originalUrl": None, "webUrl": "https://w.example/x"},
        ["o original    w.example", "a AMP         none"],
    ),
    (
        {
            "type": "course",
            "length": "PT1H15M",
            "levels": ["Beginner", "Advanced"],
            "price": "Free",
            "ratings": {"average": 4.62, "count": 1204},
        },
        [
            "course · AI",
            "Length  1 h 15 min",
            "Level   Beginner, Advanced",
            "Price   Free",
            "Rating  4.6 of 5 (1,204 ratings)",
        ],
    ),
    ({"type": "video", "length": "a while"}, ["video · AI", "Length  a while"]),
    (
        {
            "type": "download",
            "actions": [{"url": "https://f.example/data.zip", "type": "download", "title": "The data"}],
        },
        ["  action      f.example · The data"],
    ),
    (
        {
            "title": None,
            "name": "Ada Lovelace",
            "type": "profile",
            "bio": "Wrote the first program.",
            "excerpt": None,
            "location": "London",
            "members": 1200,
            "website": "https://ada.example",
            "twitter": {"username": "ada", "url": "https://t.example/ada", "followers": 4200},
        },
        [
            "Ada Lovelace",
            "Wrote the first program.",
            "Location  London",
            "Members   1,200",
            "  website     ada.example",
            "  website     t.example · twitter @ada, 4,200 followers",
        ],
    ),
]
"""What a file says, and lines of its story."""


async def test_each_kind_of_record_tells_its_own_facts(tmp_path: Path) -> None:
    files = {
        f"_news/{number:02d}.md": a_story(1, **({"title": f"Kind {number}", "quality": 1} | values))
        for number, (values, _) in enumerate(FACTS)
    }
    async with reading_files(tmp_path, files, ALL, size=(200, 50)) as pilot:
        shown: dict[str, list[str]] = {}
        for _ in FACTS:
            page = story(pilot).page
            assert page is not None
            shown[page.record.path] = [line.rstrip() for line in story_text(pilot).splitlines()]
            await press(pilot, "j")
        for path, (_, lines) in zip(files, FACTS, strict=True):
            assert [line for line in lines if line not in shown[path]] == [], path


async def test_the_body_is_laid_out_with_its_links(tmp_path: Path) -> None:
    body = "# A heading\n\nSome **strong** words and [a link](https://body.example/x).\n\n- one\n- two\n"
    values = {"title": "With a body", "webUrl": "https://a.example/"}
    browser = Settings(browser=("true",))
    async with reading_files(tmp_path, {"_news/a.md": front_matter(values, body)}, settings=browser) as pilot:
        text = story_text(pilot)
        assert "A heading\n\nSome strong words and a link.\n\n• one\n• two\n" in text
        await press(pilot, "3", "j", "enter")
        assert status(pilot).message == "Opened the page at body.example with true."


async def test_items_of_a_collection_lead_to_their_records(tmp_path: Path) -> None:
    files = {
        "_samples/set.md": a_story(1, title="A collection", items=["_samples/one.md", "two", "missing.md"]),
        "_samples/one.md": a_story(2, title="The first item"),
        "_samples/two.md": a_story(3, title="The second item"),
    }
    async with reading_files(tmp_path, files) as pilot:
        text = story_text(pilot)
        lines = ["In this collection (3)", "▸ The first item", "▸ The second item"]
        assert "\n".join([*lines, "  missing.md · not in this corpus"]) in text
        await press(pilot, "3", "j", "j", "j", "enter")
        assert story_title(pilot) == "The second item"
        await press(pilot, "backspace")
        assert story_title(pilot) == "A collection"


async def test_related_coverage_is_followed_and_the_way_back_kept(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "enter", *"jjjjjj")
        position = story(pilot).position
        await press(pilot, "enter")
        assert story_title(pilot) == "Guidance on AI, in full"
        await press(pilot, "j", "enter")
        assert story_title(pilot) == "WHO issues first global report on AI in health"
        assert story(pilot).position.target == -1
        assert str(story(pilot).border_title).split(" › ")[0].startswith("WHO")
        assert str(story(pilot).border_subtitle).startswith("backspace: back to Guidance on")
        assert "●▸" in shown_in(rows(pilot)) or "▌▸" in shown_in(rows(pilot))
        await press(pilot, "backspace", "backspace")
        assert (str(story(pilot).border_title), story(pilot).border_subtitle) == ("Story", None)
        assert "▸" not in shown_in(rows(pilot))
        assert story_title(pilot) == "WHO issues first global report on AI in health"
        assert story(pilot).position == position
        await press(pilot, "alt+right")
        assert story_title(pilot) == "Guidance on AI, in full"
        await press(pilot, "alt+left")
        assert story(pilot).position == position


async def test_coverage_found_by_its_title_is_marked_and_followed(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "enter", *"jjjjjjj", "enter")
        assert story_title(pilot) == "Found by its title"
        assert "_news/found.md" in story_text(pilot)


async def test_coverage_that_the_corpus_lacks_is_shown_from_its_entry(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "enter", *"jjjjjjjj", "enter")
        text = story_text(pilot)
        assert story_title(pilot) == "Only an entry"
        assert "Not in this corpus: this is all that\nthe related entry says." in text
        assert "All that is known." in text
        assert "o original    d.example\na AMP         none" in text
        await press(pilot, "backspace")
        assert story_title(pilot) == "WHO issues first global report on AI in health"


async def test_both_ends_of_the_history_are_told_in_words(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "backspace")
        assert status(pilot).message == "This is the first story visited."
        await press(pilot, "alt+right")
        assert status(pilot).message == "This is the last story visited."
        await press(pilot, "enter", "G", "enter")
        await press(pilot, "alt+right")
        assert status(pilot).message == "This is the last story visited."


async def test_following_something_new_forgets_the_way_ahead(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "enter", *"jjjjjj", "enter", "backspace", "j", "enter")
        assert story_title(pilot) == "Found by its title"
        await press(pilot, "alt+right")
        assert status(pilot).message == "This is the last story visited."


async def test_a_visited_story_can_be_come_back_to_from_the_list(library: Library) -> None:
    async with reading(library, ALL) as pilot:
        first = selected_title(pilot)
        await press(pilot, "enter", "2", "j")
        assert story_title(pilot) == selected_title(pilot) != first
        await press(pilot, "backspace")
        assert story_title(pilot) == first


async def test_walking_shows_every_link_and_the_text_between(library: Library) -> None:
    async with reading(library, size=(80, 20)) as pilot:
        await press(pilot, "enter")
        seen: list[int] = []
        for _ in range(40):
            await pilot.press("j")
            target = story(pilot).position.target
            if target >= 0:
                first, last = story(pilot)._layout.span_of(target)
                top = story(pilot).scroll_offset.y
                assert top <= first
                assert last <= top + story(pilot).size.height
                if target not in seen:
                    seen.append(target)
        assert seen == list(range(8))
        assert story(pilot).scroll_offset.y == story(pilot).max_scroll_y
        for _ in range(40):
            await pilot.press("k")
        assert story(pilot).scroll_offset.y == 0


async def test_enter_without_a_link_explains_how_to_walk(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "enter", "enter")
        assert status(pilot).message == "j and k walk to a link or to related coverage; enter follows it."


async def test_an_empty_pane_has_no_story_to_act_on(tmp_path: Path) -> None:
    async with reading_files(tmp_path, {"README.md": "text"}) as pilot:
        for key in ("o", "a", "A", "u", "y"):
            await press(pilot, "3", "enter", key)
            assert status(pilot).message == "There is no story here.", key


async def test_the_story_of_a_row_that_is_left_before_it_is_read_is_not_shown(library: Library) -> None:
    async with reading(library, ALL) as pilot:
        await pilot.press("j", "k", "j", "j", "k", "k")
        await settle(pilot)
        assert rows(pilot).cursor == 0
        assert story_title(pilot) == selected_title(pilot)


@pytest.mark.parametrize("columns", [60, 300])
async def test_the_text_is_centred_in_a_wide_pane(library: Library, columns: int) -> None:
    async with reading(library, size=(columns, 20)) as pilot:
        await press(pilot, "enter", "Z")
        first = strips_of(story(pilot))[0].text
        left = len(first) - len(first.lstrip())
        assert left == max(1, (len(first) - READABLE) // 2)
