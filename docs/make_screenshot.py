"""Draw docs/screenshot.svg: the program on the sample corpus, at a fixed time and size."""

from __future__ import annotations

import asyncio
import os
import tempfile
from pathlib import Path

from newsreader.domain.setting_values import GlyphSet
from newsreader.library import Library
from newsreader.library.indexing.refresh import refresh
from newsreader.settings.model import Settings
from newsreader.ui.app import NewsreaderApp

ROOT = Path(__file__).parents[1]
SIZE = (132, 38)
A_TIME = 1_678_968_000
"""16 March 2023, 12:00 UTC, a day after the newest record of the sample."""


SETTINGS = Settings(theme="newsreader-dark", glyphs=GlyphSet.UNICODE)
"""The same whatever the terminal has that this is run in."""


async def _draw(target: Path) -> None:
    with tempfile.TemporaryDirectory() as cache:
        library = Library(ROOT / "sample_content", Path(cache))
        for _ in refresh(library.root, library.index):
            pass
        app = NewsreaderApp(library, settings=SETTINGS, clock=lambda: A_TIME)
        async with app.run_test(size=SIZE) as pilot:
            for key in ("j", "j", "j"):
                await pilot.press(key)
                await asyncio.sleep(0.5)
            target.write_text(app.export_screenshot(title="newsreader"), encoding="utf-8")


if __name__ == "__main__":
    os.environ["TEXTUAL_ANIMATIONS"] = "none"
    asyncio.run(_draw(ROOT / "docs" / "screenshot.svg"))
