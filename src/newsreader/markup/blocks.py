"""Blocks of text with links and emphasis, and their builder."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from itertools import pairwise
from typing import Final, NamedTuple

from newsreader.domain.sanitize import BLOCK_LIMIT, clean_block, clean_line
from newsreader.domain.urls import is_openable

_URL_LIMIT: Final = 8_192
# At most seven digits: Python refuses to read absurdly long numbers. A name without its semicolon must be one
# of the old ones and end as a word does, else the query of a URL ("?a=1&copy=2") would change.
_ENTITY: Final = re.compile(
    r"&(?:#[0-9]{1,7}+(?![0-9]);?|#[xX][0-9a-fA-F]{1,6}+(?![0-9a-fA-F]);?"
    r"|[A-Za-z][A-Za-z0-9]{1,31}+(?:;|(?!=)))"
)
_ELSEWHERE: Final = re.compile(r"[#?]|//|\\\\|[A-Za-z][A-Za-z0-9+.-]*+:")
_LINE_END: Final = re.compile(r"[\t\r\n]+")


class BlockKind(StrEnum):
    """The kind of a block."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    QUOTE = "quote"
    CODE = "code"
    RULE = "rule"
    TABLE_ROW = "table row"


class InlineLink(NamedTuple):
    """A link at a span of a block's text; `url` is the target of a reference."""

    start: int
    end: int
    url: str


class Emphasis(NamedTuple):
    """Emphasis at a span of a block's text; `kind` is "strong", "emphasis", "code" or "strike"."""

    start: int
    end: int
    kind: str


class Block(NamedTuple):
    r"""One block of a body.

    Links are sorted and do not overlap. Emphasis is sorted by start, longest first; spans of different kinds
    may overlap.

    Attributes:
        kind: How to draw the block.
        text: One line, except in code, which keeps its line breaks; a rule has none.
        level: 1 to 6 for a heading, the nesting from 0 for an item, the depth from 1 for a quote, 1 for the
            header row of a table.
        marker: "-", "1.", "[ ]" or "[x]" for an item, "callout" for the quote that names a callout, "term"
            for a paragraph that is a term with its definition below.
        links: Links to the web and to mail addresses.
        emphasis: Parts of the text that look different.
        references: Links to other files of the corpus. `url` is the target as written: the name in
            `[[name|text]]`, or a relative path.
        inside: The containers around the block, outermost first: ">" for a quote, "-" for an item.
        cells: Start and end of each cell of a table row.
        aligned: How each column of a table row is aligned: "l", "r" or "c".
        continues: Whether only a line break separates the block from the one before.

    """

    kind: BlockKind
    text: str
    level: int = 0
    marker: str = ""
    links: tuple[InlineLink, ...] = ()
    emphasis: tuple[Emphasis, ...] = ()
    references: tuple[InlineLink, ...] = ()
    inside: str = ""
    cells: tuple[tuple[int, int], ...] = ()
    aligned: str = ""
    continues: bool = False


class Part(NamedTuple):
    """A run of text with the same emphasis and link throughout.

    `emphasis` holds the kinds, innermost last; `link` is the index in `Block.links`, -1 for none.
    `is_reference` tells whether it leads to another file of the corpus.
    """

    start: int
    end: int
    emphasis: tuple[str, ...]
    link: int
    is_reference: bool = False


RULE: Final = Block(BlockKind.RULE, "")
REST: Final = Block(BlockKind.PARAGRAPH, "… the rest is not shown")
"""The last block of a truncated body."""


def parts(block: Block, *places: int) -> Iterator[Part]:
    """Split the text of a block where its emphasis or link changes, and at further places, in one sweep."""
    edges = {0, len(block.text), *places}
    edges.update(*(span[:2] for span in (*block.links, *block.references, *block.emphasis)))
    links, emphasis = deque(enumerate(block.links)), deque(block.emphasis)
    references = deque(block.references)
    active: list[Emphasis] = []  # at most one of each kind
    for start, end in pairwise(sorted(edges)):
        while links and links[0][1].end <= start:
            links.popleft()
        while references and references[0].end <= start:
            references.popleft()
        while emphasis and emphasis[0].start <= start:
            active.append(emphasis.popleft())
        active = [stressed for stressed in active if stressed.end > start]
        is_linked = bool(links) and links[0][1].start <= start
        is_reference = bool(references) and references[0].start <= start
        kinds = tuple(stressed.kind for stressed in active)
        yield Part(start, end, kinds, links[0][0] if is_linked else -1, is_reference)


def unescaped(text: str) -> str:
    """Decode HTML entities, once."""
    return _ENTITY.sub(_character, text) if "&" in text else text


def _character(entity: re.Match[str]) -> str:
    from html import unescape

    # `unescape` alone would read "&notes;" as "&not" and "es;".
    return unescape(entity[0]) if entity[0][1] == "#" else _named_entities().get(entity[0][1:], entity[0])


@cache
def _named_entities() -> dict[str, str]:
    from html.entities import html5

    return html5


def address(href: str) -> str:
    """Return the URL of a web or mail link, "" for others."""
    if len(href) > _URL_LIMIT:
        return ""
    url = _LINE_END.sub("", href).strip().replace(" ", "%20")
    if url[:7].lower() == "mailto:":
        whom, _, fields = url.partition("?")
        filled = "&".join(field for field in fields.split("&") if field.partition("=")[2])
        return whom + f"?{filled}" * bool(filled) if url.isprintable() and "@" in whom else ""
    return url if is_openable(url) else ""


def relative_target(href: str) -> str:
    """Return the target of a link to a file of the corpus, "" for others and links within the page."""
    target = clean_line(href[:_URL_LIMIT])
    return "" if _ELSEWHERE.match(target) else target


def code_block(text: str) -> Block | None:
    """Create a block of code, None if it is blank."""
    shown = clean_block(text)
    return Block(BlockKind.CODE, shown) if shown and not shown.isspace() else None


class Prose:
    """A builder for blocks: collects text, links and emphasis, and collapses white space.

    Each piece is sanitized separately, so that spans stay valid. Links and emphasis that are open at the end
    of a block continue in the next one.
    """

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._space_before_next = False
        self._depths = {"strong": 0, "emphasis": 0, "code": 0, "strike": 0}
        self._spans: dict[str, tuple[int, int]] = {}
        self._emphasis: list[Emphasis] = []
        self._url = ""
        self._is_reference = False
        self._link_depth = 0
        self._link_span: tuple[int, int] | None = None
        self._links: list[InlineLink] = []
        self._references: list[InlineLink] = []

    def __len__(self) -> int:
        return self._length

    def add(self, piece: str) -> None:
        """Add text in the current style. White space at either end becomes one space."""
        text = clean_line(piece, BLOCK_LIMIT)
        self._space_before_next |= piece[:1].isspace()
        if text:
            if self._space_before_next and self._length:
                self._pieces.append(" ")
                self._length += 1
            start = self._length
            self._pieces.append(text)
            self._length += len(text)
            self._reach(start)
            self._space_before_next = piece[-1].isspace()

    def begin(self, kind: str) -> None:
        """Begin emphasis; nested emphasis of the same kind has no effect."""
        self._depths[kind] += 1

    def end(self, kind: str) -> None:
        """End the innermost emphasis of a kind, if any."""
        self._depths[kind] = max(0, self._depths[kind] - 1)
        if not self._depths[kind]:
            self._close(kind)

    def begin_link(self, url: str, *, is_reference: bool = False) -> None:
        """Begin a link, without a target if the URL is empty; a nested link has no effect."""
        self._link_depth += 1
        if self._link_depth == 1:
            self._url, self._is_reference = url, is_reference

    def end_link(self) -> None:
        """End the innermost link, if any."""
        self._link_depth = max(0, self._link_depth - 1)
        if not self._link_depth:
            self._close_link()
            self._url = ""

    def take(self, kind: BlockKind, level: int = 0, marker: str = "", inside: str = "") -> Block | None:
        """Return the collected text as a block, None if it is empty, and start the next block."""
        for open_kind in tuple(self._spans):
            self._close(open_kind)
        self._close_link()
        text, links, references = "".join(self._pieces), tuple(self._links), tuple(self._references)
        emphasis = tuple(sorted(self._emphasis, key=lambda part: (part.start, -part.end)))
        self._pieces, self._length, self._space_before_next = [], 0, False
        self._emphasis, self._links, self._references = [], [], []
        return Block(kind, text, level, marker, links, emphasis, references, inside) if text else None

    def _reach(self, start: int) -> None:
        """Extend open links and emphasis over the text added at `start`."""
        for kind, depth in self._depths.items():
            if depth:
                self._spans[kind] = (self._spans[kind][0] if kind in self._spans else start, self._length)
        if self._url:
            self._link_span = (self._link_span[0] if self._link_span else start, self._length)

    def _close(self, kind: str) -> None:
        if kind in self._spans:
            self._emphasis.append(Emphasis(*self._spans.pop(kind), kind))

    def _close_link(self) -> None:
        if self._link_span:
            links = self._references if self._is_reference else self._links
            links.append(InlineLink(*self._link_span, self._url))
            self._link_span = None
