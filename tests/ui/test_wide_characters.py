"""Text of any script: every painted line is exactly as wide as its pane, however a terminal counts."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len, get_character_cell_size
from textual.scroll_view import ScrollView

from newsreader.domain.view import Scope, View
from tests.ui.harness import (
    a_story,
    press,
    reading_files,
    rows,
    sidebar,
    story,
    story_text,
    strips_of,
)

TEXTS = (
    "人工智能医疗影像诊断研究取得重大突破专家呼吁制定统一标准",
    "삼성전자 인공지능 반도체 투자 확대, 내년 상반기 양산 목표",
    "ニュース：ＡＩが変える医療の未来（第２回）ﾊﾝｶｸ",
    "A family 👨‍👩‍👧‍👦 reads 👩🏽‍💻 news 🏳️‍🌈 together ❤️‍🔥 every day",
    "Flags 🇩🇪🇫🇷🇯🇵 and keycaps 1️⃣2️⃣ and tones 👍🏿 side by side",
    "e\u0301\u0302\u0303 combining a\u0308 marks o\u0338 everywhere n\u0303 and stacked z\u0335\u0336\u0337",
    "नमस्ते दुनिया क्‍ष स्वास्थ्य में कृत्रिम बुद्धिमत्ता",
    "ภาษาไทยที่มีสระและวรรณยุกต์ซ้อนกันอยู่",
    "עברית ואנגלית mixed עם מספרים 123",
    "Warning ⚠️ sign ✔️ and text ✔︎ and arrows ↔️ ™ ©",
    "🇦 lone letter, 🧑‍ open joiner, ‍ and a joiner in front",
    "W" * 300,
    "字" * 300,
    "🎉" * 300,
)
FILES = {
    f"_news/{number:02d}.md": a_story(
        number + 1,
        title=text,
        excerpt=text,
        provider={"name": text, "domain": text},
        topics=[text],
        type=text,
        related=[{"title": text, "webUrl": "https://b.example/", "provider": {"name": text}}],
        levels=[text],
        **{text[:60]: text},
    )
    for number, text in enumerate(TEXTS)
}


def _widths(pane: ScrollView) -> set[tuple[int, int, int]]:
    """The widths of the painted lines: as kept, as a whole, and character by character."""
    return {
        (strip.cell_length, cell_len(strip.text), sum(map(get_character_cell_size, strip.text)))
        for strip in strips_of(pane)
    }


@pytest.mark.parametrize("size", [(120, 40), (61, 40)])
async def test_every_line_is_as_wide_as_its_pane(tmp_path: Path, size: tuple[int, int]) -> None:
    async with reading_files(tmp_path, FILES, View(Scope.EVERYTHING), size=size) as pilot:
        for _ in TEXTS:
            width = rows(pilot).scrollable_content_region.width
            assert _widths(rows(pilot)) == {(width,) * 3}
            await press(pilot, "enter")
            text = story_text(pilot)
            width = story(pilot).scrollable_content_region.width
            assert _widths(story(pilot)) == {(width,) * 3}, text
            await press(pilot, "pagedown")
            assert _widths(story(pilot)) == {(width,) * 3}, text
            await press(pilot, "2", "j")
        await press(pilot, "1")
        width = sidebar(pilot).scrollable_content_region.width
        assert _widths(sidebar(pilot)) == {(width,) * 3}
