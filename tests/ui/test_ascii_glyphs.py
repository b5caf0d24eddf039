"""With the ASCII glyph set no sign of the program's own needs more than ASCII."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from newsreader.domain.setting_values import GlyphSet
from newsreader.library import Library
from newsreader.render.ascii_glyphs import PLAIN_SIGNS
from newsreader.render.cells import cell_len
from tests.builders import a_corpus
from tests.ui.harness import DEFAULTS, a_library, a_story, press, reading, screen_text, stories

ASCII = DEFAULTS._replace(glyphs=GlyphSet.ASCII)
BODY = "## Parts\n\n- one\n- two\n\n> quoted\n\n---\n\n[link](https://a.example/)\n"
RELATED = [{"title": "Elsewhere", "webUrl": "https://b.example/1"}, {"title": "Story 0002"}]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("plain")
    lead = a_story(1, title="A “long” title — " + "word " * 40, related=RELATED, heat=99)
    files = stories(40) | {"_news/lead.md": lead + BODY, "_news/broken.md": "---\ntitle: [\n---\n"}
    return a_library(a_corpus(folder, files), folder / "cache", marks=folder / "state" / "marks.sqlite")


def assert_plain(pilot: Pilot[None]) -> None:
    text = screen_text(pilot)
    assert text.isascii(), {sign for sign in text if not sign.isascii()}


@pytest.mark.parametrize("size", [(50, 16), (140, 40)])
async def test_every_screen_is_painted_in_ascii(library: Library, size: tuple[int, int]) -> None:
    async with reading(library, size=size, settings=ASCII) as pilot:
        assert_plain(pilot)
        await press(pilot, "f", "L", "m", "x", "x")
        assert_plain(pilot)
        for keys in (["question_mark"], ["e"], ["u"], ["S"], ["Y"], ["T"], ["exclamation_mark"], ["ctrl+p"]):
            await press(pilot, "escape", *keys)
            assert_plain(pilot)
            await press(pilot, "escape")
        await press(pilot, "slash", *"quality>=abc")
        assert_plain(pilot)
        await press(pilot, "escape", "1", "G")
        assert_plain(pilot)
        await press(pilot, "3", "Z", "slash", "w")
        assert_plain(pilot)


async def test_what_a_record_says_in_other_scripts_stays(tmp_path: Path) -> None:
    files = {"_news/a.md": a_story(1, title="人工智能 études")}
    library = a_library(a_corpus(tmp_path, files), tmp_path / "cache")
    async with reading(library, settings=ASCII) as pilot:
        assert "人工智能 études" in screen_text(pilot)


def test_every_sign_keeps_its_cells() -> None:
    for code, plain in PLAIN_SIGNS.items():
        assert cell_len(chr(code)) == len(str(plain))
        assert str(plain).isascii()
