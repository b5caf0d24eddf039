"""A record whose every field is hostile: what reaches the screen is plain text and nothing else."""

from __future__ import annotations

from pathlib import Path

from textual.pilot import Pilot

from newsreader.domain.view import Scope, View
from newsreader.settings.model import Settings
from newsreader.ui.dialogs.chooser import ChooserScreen
from newsreader.ui.dialogs.problems import ProblemsScreen
from tests.ui.harness import (
    a_story,
    front_matter,
    is_alone,
    press,
    reading_files,
    rows,
    screen_text,
    selected_title,
    sidebar,
    status,
    story,
    story_text,
    until,
)

PAYLOADS = (
    "\x1b]52;c;ZXZpbA==\x07",
    "\x1b[2J\x1b[31m\x1b[?1049l",
    "\x9b2J\x9d52;c;ZXZpbA==\x9c",
    "\x1bP+q544e\x1b\\\x1b_Gi=1\x1b\\",
    "\u202e\u2066\u200f",
    "\x00\x08\x0e\x7f\u0085\u2028\r",
    "[/]",
    "[@click=app.quit]x[/]",
    "[bold]",
    "[link=https://evil.example]",
    "\\[x]",
)
ALL = "".join(PAYLOADS)
MARKUP = "[/][@click=app.quit]x[/][bold]"
WIDE = (400, 70)


def _field(name: str) -> str:
    return f"{name} {ALL}{name}"


def _url(name: str) -> str:
    return f"https://{name}.example/{ALL}"


PROVIDER = {
    "name": _field("provider-name"),
    "domain": _field("provider-domain"),
    "authors": [{"name": _field("author")}],
}
VALUES = {
    "title": _field("title"),
    "excerpt": _field("excerpt"),
    "publishedDateTime": 1_625_000_000,
    "originalUrl": "https://original.example/",
    "webUrl": _url("web"),
    "ampWebUrl": _url("amp"),
    "cdnAmpWebUrl": "https://cached.example\x1b[2J/[/]",
    "type": _field("type"),
    "category": _field("category"),
    "provider": PROVIDER,
    "topics": [_field("topic"), _field("loose-topic")],
    "related": [
        {
            "title": _field("related-title"),
            "webUrl": "https://related.example/x",
            "provider": {"name": _field("related-provider")},
        },
        {"webUrl": _url("untitled"), "excerpt": _field("related-excerpt")},
    ],
    "items": [_field("item")],
    "actions": [{"url": "https://action.example/", "title": _field("action")}, {"url": _url("action2")}],
    "featuredContent": f'<iframe src="https://embed.example/{ALL}"></iframe>',
    "length": _field("length"),
    "levels": [_field("level")],
    "price": _field("price"),
    "location": _field("location"),
    "bio": _field("bio"),
    "website": "https://website.example/",
    "twitter": {"username": _field("username"), "url": "https://profile.example/"},
    "images": [{"url": _url("image"), "title": _field("image")}],
    "secured": _field("sealed"),
    f"unknown {MARKUP}": _field("unknown-value"),
    "nested": {_field("nested-key"): [_field("nested-value")]},
}
LINK = f"[link {ALL}](https://body.example/{ALL})"
BODY = f"# {_field('heading')}\n\nbody {ALL} {LINK} `code {ALL}`\n\n- {ALL}\n"
TOPIC = {
    "taxonomy": "topic",
    "_id": ALL,
    "name": _field("topic"),
    "parent": _field("parent"),
    "description": ALL,
}
FILES = {
    "_data/topics/00-t.yaml": front_matter(TOPIC).strip("-\n"),
    "_news/a.md": front_matter(VALUES, BODY),
    "_news/related.md": a_story(3, title=_field("resolved"), webUrl="https://related.example/x"),
    "_news/set.md": a_story(4, title=_field("collection"), items=["_news/a.md", _field("missing-item")]),
    # The same bytes unescaped: in the text of a file, in a broken one, and in a file's name.
    "_news/raw.md": f"---\ntitle: raw {ALL}\nexcerpt: {ALL}\nheat: 3{ALL}\n---\nraw body {ALL}\n",
    "_news/broken.md": f"---\ntitle: broken\n{ALL}: [\nquality: {{\n---\n",
    "_news/name \x1b]52;c;ZXZpbA==\x07\x1b[2J\u202e[@click=app.quit]x[bold].md": "---\nheat: many\n---\n",
}
SHOWN = (
    *("title", "excerpt", "provider-name", "author", "type", "topic", "loose-topic"),
    *("related-title", "related-excerpt", "related-provider", "item", "missing-item", "action", "length"),
    *("level", "price", "location", "bio", "username", "image", "unknown-value", "nested-key"),
    *("nested-value", "heading", "body", "code", "resolved", "collection", "raw", "name", "broken"),
)


class Watch:
    """Looks at everything that is on the screen and keeps it."""

    def __init__(self, pilot: Pilot[None]) -> None:
        self._pilot = pilot
        self.seen = ""

    async def press(self, *keys: str) -> str:
        """Press keys one by one, looking after each."""
        for key in keys:
            await press(self._pilot, key)
            self.look()
        return screen_text(self._pilot)

    def look(self) -> None:
        pilot = self._pilot
        assert pilot.app.is_running
        shown = screen_text(pilot)
        for line in shown.split("\n"):
            assert line.isprintable(), ascii(line)
            assert len(line) == WIDE[0]
        for forbidden in ("ZXZpbA", "52;c", "[2J", "[31m", "[?1049", "+q544e", "_Gi", "QUJD"):
            assert forbidden not in shown
        self.seen += shown + story_text(pilot)


async def test_no_field_brings_anything_but_text_to_the_screen(tmp_path: Path) -> None:
    view = View(Scope.EVERYTHING)
    async with reading_files(tmp_path, FILES, view, size=WIDE, settings=Settings(browser=("true",))) as pilot:
        watch = Watch(pilot)
        watch.look()
        assert rows(pilot).count == 6
        for _ in range(rows(pilot).count):
            await watch.press("enter", "pagedown", "G", "enter", "g", "2", "j")
        await watch.press("1", *"jjjjjjjjjjjj", "g")
        for missing in (name for name in SHOWN if name not in watch.seen):
            raise AssertionError(f"{missing} was never on the screen, so nothing is known of it")
        assert MARKUP in watch.seen


async def test_markup_in_menus_titles_and_messages_stays_text(tmp_path: Path) -> None:
    view = View(Scope.EVERYTHING, topic=_clean_topic())
    async with reading_files(tmp_path, FILES, view, size=WIDE, settings=Settings(browser=("true",))) as pilot:
        watch = Watch(pilot)
        watch.look()
        assert MARKUP in screen_text(pilot).split("\n")[0]
        assert MARKUP in status(pilot).place
        assert selected_title(pilot).startswith("title")
        assert f"action {MARKUP}" in await watch.press("u")
        assert isinstance(pilot.app.screen, ChooserScreen)
        await watch.press(*"jjjjjjjj", "escape", "y")
        assert status(pilot).message == "Sent to the terminal to copy (OSC 52): https://original.example/"
        for key in "oaA":
            await watch.press(key)
            await until(pilot, lambda: not status(pilot).message.endswith("…"))
            watch.look()
        await watch.press("slash", *"[/][b]", "enter", "escape")


async def test_problems_name_hostile_files_as_text(tmp_path: Path) -> None:
    async with reading_files(tmp_path, FILES, View(Scope.EVERYTHING), size=WIDE) as pilot:
        watch = Watch(pilot)
        shown = await watch.press("exclamation_mark")
        assert isinstance(pilot.app.screen, ProblemsScreen)
        assert "[@click=app.quit]x[bold].md" in shown
        assert "_news/broken.md" in shown
        await watch.press(*"jjjj", "escape")
        assert is_alone(pilot)


async def test_a_title_that_is_nothing_but_hostile_can_be_read_and_left(tmp_path: Path) -> None:
    files = {
        f"{number:02d}.md": a_story(number + 1, title=payload, topics=[payload], heat=99 - number)
        for number, payload in enumerate(PAYLOADS)
    }
    async with reading_files(tmp_path, files, size=(80, 24)) as pilot:
        for payload in PAYLOADS:
            await press(pilot, "enter")
            assert pilot.app.is_running, payload
            assert screen_text(pilot).replace("\n", "").isprintable(), payload
            assert story(pilot).page is not None, payload
            await press(pilot, "escape", "j")
        assert rows(pilot).count == len(PAYLOADS)
        assert sidebar(pilot).count >= 2
        await press(pilot, "1")
        for payload in PAYLOADS:
            await press(pilot, "j")
            assert screen_text(pilot).replace("\n", "").isprintable(), payload


def _clean_topic() -> str:
    """The name of the topic as the text gate leaves it."""
    from newsreader.domain.sanitize import clean_line

    return clean_line(_field("topic"))
