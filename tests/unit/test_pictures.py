"""The pictures of README and guide: how they are drawn, and that they are the ones that are used."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

from docs.make_demo import FILM_NAME, PICTURES
from docs.scenes import SCENES
from docs.terminal_svg import Colours, Frame, draw
from rich.segment import Segment
from rich.style import Style

ROOT = Path(__file__).parents[2]
COLOURS = Colours("#111111", "#eeeeee")
SVG = "{http://www.w3.org/2000/svg}"


def a_row(*parts: tuple[str, str]) -> list[Segment]:
    return [Segment(text, Style.parse(style)) for text, style in parts]


def test_a_still_picture_has_texts_with_their_styles() -> None:
    row = a_row(("a ", "bold #ff0000"), ("b", "bold #ff0000"), ("世 & <", "reverse"), ("  ", "none"))
    drawn = draw([Frame("A <title>", [row])], COLOURS)
    picture = ElementTree.fromstring(drawn)  # noqa: S314 - our own
    texts = {text.text: text for text in picture.iter(f"{SVG}text")}
    assert texts.keys() == {"A <title>", "a b", "世 & <"}
    assert (texts["a b"].get("x"), texts["世 & <"].get("x")) == ("0", "25.2")
    assert texts["世 & <"].get("textLength") == f"{6 * 8.4:g}"
    rules = dict(re.findall(r"\.(s\d+)\{([^}]*)\}", drawn))
    assert rules[texts["a b"].get("class", "")] == "fill:#ff0000;font-weight:bold"
    assert rules[texts["世 & <"].get("class", "")] == "fill:#eeeeee"
    (background,) = [rect for rect in picture.iter(f"{SVG}rect") if rect.get("x")]
    assert background.get("fill") == "#111111"
    assert "animation" not in drawn


def test_frames_share_rows_and_follow_each_other() -> None:
    same, other = a_row(("same", "")), a_row(("other", "dim italic underline"))
    drawn = draw([Frame("1", [same, other], 1), Frame("2", [same, same], 3)], COLOURS)
    picture = ElementTree.fromstring(drawn)  # noqa: S314 - our own
    assert [text.text for text in picture.iter(f"{SVG}text")].count("same") == 1
    assert len(list(picture.iter(f"{SVG}use"))) == 4
    width = int(picture.get("width", ""))
    assert f"0.00%{{transform:translateX(0px)}}25.00%{{transform:translateX({-width}px)}}" in drawn
    assert "film 4s step-end infinite" in drawn


def test_every_picture_is_made_and_used() -> None:
    names = [*(scene.name for scene in SCENES), FILM_NAME]
    assert len(set(names)) == len(names)
    assert {path.stem for path in PICTURES.glob("*")} == set(names), "make pictures writes them anew"
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    text = "\n".join(page.read_text(encoding="utf-8") for page in pages)
    used = set(re.findall(r"pictures/([a-z-]+)\.svg", text))
    assert used == set(names)
