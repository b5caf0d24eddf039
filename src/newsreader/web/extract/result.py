"""What is taken out of a page, and by whom."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Engine(StrEnum):
    """Who takes the article out of a page."""

    BEST = "best"
    """Our own extractor and trafilatura, where that is installed; each mends what the other misses."""
    OWN = "own"
    TRAFILATURA = "trafilatura"


class Article(NamedTuple):
    """The article of a page.

    `title` is the headline that the page gives itself, one line, "" where it gives none. `html` has only h2
    to h6, p, ul, ol, li, blockquote, pre, code, table, tr, th, td, strong, em and a, everything escaped;
    `body_blocks` reads it as what it is. `words` counts what a reader sees (see `words_in`).
    """

    title: str
    html: str
    words: int
