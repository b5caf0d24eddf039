"""Pages in the shapes of real ones, and what has to come out of them."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import NamedTuple

from newsreader.markup import body_blocks
from newsreader.web.extract import Article

PAGES = Path(__file__).parent / "pages"


class Expected(NamedTuple):
    """The title, the blocks in order (kind and text), and what must not come through."""

    title: str
    blocks: list[tuple[str, str]]
    out: list[str]


def names() -> list[str]:
    return sorted(path.stem for path in PAGES.glob("*.html"))


def source_of(name: str) -> str:
    return (PAGES / f"{name}.html").read_text(encoding="utf-8")


def expected_of(name: str) -> Expected:
    table = tomllib.loads((PAGES / f"{name}.toml").read_text(encoding="utf-8"))
    return Expected(table["title"], [(kind, text) for kind, text in table["in"]], table["out"])


def url_of(name: str) -> str:
    return f"https://www.site.example/{name}/story.html"


def blocks_in(article: Article | None) -> list[tuple[str, str]]:
    return [(block.kind.value, block.text) for block in body_blocks(article.html)] if article else []


def links_in(article: Article | None) -> list[tuple[str, str]]:
    return [
        (block.text[link.start : link.end], link.url)
        for block in (body_blocks(article.html) if article else ())
        for link in block.links
    ]
