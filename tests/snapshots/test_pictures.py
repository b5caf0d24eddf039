"""How a story looks with its picture."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from textual.pilot import Pilot

from newsreader.ui.widgets.picture_view import PictureView
from newsreader.web.fetch import client as fetching
from newsreader.web.fetch.protocol import PictureFetched
from tests.builders import a_corpus, a_front_matter
from tests.snapshots.test_screens import Compare, _shows
from tests.ui.fetcher_here import FetcherHere
from tests.ui.harness import a_library, an_app, main_screen, press, settle, stories, until
from tests.web.pictures import encoded

_LEAD = a_front_matter(
    heat=264,
    images=[{"url": "https://pics.example/sun.png", "title": "The sun over Geneva", "attribution": "WHO"}],
)


def _sun() -> bytes:
    image = Image.new("RGB", (160, 90), (20, 30, 90))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 60, 160, 90), fill=(30, 110, 60))
    draw.ellipse((60, 15, 100, 55), fill=(250, 210, 60))
    return encoded(image, "PNG")


async def _show_picture(pilot: Pilot[None]) -> None:
    await settle(pilot)
    await press(pilot, "i")
    FetcherHere.made[-1].answer(PictureFetched(1, _sun(), 1_600, 900))
    view = main_screen(pilot).query_one(PictureView)
    await until(pilot, lambda: view.is_shown)
    await settle(pilot)


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
def test_a_story_with_its_picture(
    size: tuple[int, int], tmp_path: Path, snap_compare: Compare, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "Fetcher", FetcherHere)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    library = a_library(a_corpus(tmp_path, stories(6) | {"_news/lead.md": _LEAD}), tmp_path / "cache")
    assert _shows(snap_compare, an_app(library), size, _show_picture)
