"""Blocks of text with their links and emphasis, and how they are built."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final, NamedTuple

from newsreader.domain.sanitize import BLOCK_LIMIT, clean_block, clean_line
from newsreader.domain.urls import is_openable

_URL_LIMIT: Final = 8_192
# At most seven digits: Python refuses to read absurdly long numbers. A name needs its semicolon, else the
# query of a URL ("?a=1&copy=2") would change.
_ENTITY: Final = re.compile(
    r"&(?:#[0-9]{1,7}+(?![0-9]);?|#[xX][0-9a-fA-F]{1,6}+(?![0-9a-fA-F]);?|[A-Za-z][A-Za-z0-9]{1,31};)"
)
_LINE_END: Final = re.compile(r"[\t\r\n]+")


class BlockKind(StrEnum):
    """What a block is, so that it can be drawn."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    QUOTE = "quote"
    CODE = "code"
    RULE = "rule"
    TABLE_ROW = "table row"


class InlineLink(NamedTuple):
    """Where in the text of a block a link stands, counted in characters, and where it leads."""

    start: int
    end: int
    url: str


class Emphasis(NamedTuple):
    """A part of the text of a block; `kind` is "strong", "emphasis" or "code"."""

    start: int
    end: int
    kind: str


class Block(NamedTuple):
    r"""One block of a body.

    `text` is one line, except in code, which keeps its line breaks; a rule has none. `level` is 1 to 6 for a
    heading, the nesting from 0 for an item, the depth from 1 for a quote. `marker` is "-" or "1." for an
    item. Links are in order and do not overlap. Emphasis is in order of its start, the longer one first;
    parts of different kinds may overlap, those of one kind do not.
    """

    kind: BlockKind
    text: str
    level: int = 0
    marker: str = ""
    links: tuple[InlineLink, ...] = ()
    emphasis: tuple[Emphasis, ...] = ()


RULE: Final = Block(BlockKind.RULE, "")
REST: Final = Block(BlockKind.PARAGRAPH, "… the rest is not shown")
"""The last block of a body that is too long, or has too much markup, to be read to its end."""


def unescaped(text: str) -> str:
    """Return `text` with its HTML entities as characters, decoded once."""
    if "&" not in text:
        return text
    from html import unescape
    from html.entities import html5

    # `unescape` alone would read "&notes;" as "&not" and "es;".
    return _ENTITY.sub(
        lambda entity: unescape(entity[0]) if entity[0][1] == "#" else html5.get(entity[0][1:], entity[0]),
        text,
    )


def address(href: str) -> str:
    """Return the address that a link leads to, or "" if it is not one of the web or of mail."""
    if len(href) > _URL_LIMIT:
        return ""
    url = _LINE_END.sub("", href).strip().replace(" ", "%20")
    if url[:7].lower() == "mailto:":
        return url if url.isprintable() and "@" in url.partition("?")[0] else ""
    return url if is_openable(url) else ""


def code_block(text: str) -> Block | None:
    """Return a block of code with its line breaks and indents, or None if there is nothing in it."""
    shown = clean_block(text)
    return Block(BlockKind.CODE, shown) if shown and not shown.isspace() else None


class Prose:
    """Text that grows by pieces, white space folded, with the links and the emphasis in it.

    Each piece passes the text gate by itself, so that no span is moved afterwards. What is open when a block
    is taken stays open in the next one.
    """

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._space_before_next = False
        self._depths = {"strong": 0, "emphasis": 0, "code": 0}
        self._spans: dict[str, tuple[int, int]] = {}
        self._emphasis: list[Emphasis] = []
        self._url = ""
        self._link_depth = 0
        self._link_span: tuple[int, int] | None = None
        self._links: list[InlineLink] = []

    def __bool__(self) -> bool:
        return self._length > 0

    def add(self, piece: str) -> None:
        """Add text in the current style. White space at either end of it stands for one space."""
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
        """Begin emphasis of a kind; inside the same kind it changes nothing."""
        self._depths[kind] += 1

    def end(self, kind: str) -> None:
        """End what was begun last of that kind, if anything was."""
        self._depths[kind] = max(0, self._depths[kind] - 1)
        if not self._depths[kind]:
            self._close(kind)

    def begin_link(self, url: str) -> None:
        """Begin a link; an empty URL makes one that leads nowhere. Inside another link it changes nothing."""
        self._link_depth += 1
        if self._link_depth == 1:
            self._url = url

    def end_link(self) -> None:
        """End what was begun last as a link, if anything was."""
        self._link_depth = max(0, self._link_depth - 1)
        if not self._link_depth:
            self._close_link()
            self._url = ""

    def take(self, kind: BlockKind, level: int = 0, marker: str = "") -> Block | None:
        """Return what was gathered as a block, None if there is none, and start anew."""
        for open_kind in tuple(self._spans):
            self._close(open_kind)
        self._close_link()
        text, links = "".join(self._pieces), tuple(self._links)
        emphasis = tuple(sorted(self._emphasis, key=lambda part: (part.start, -part.end)))
        self._pieces, self._length, self._space_before_next = [], 0, False
        self._emphasis, self._links = [], []
        return Block(kind, text, level, marker, links, emphasis) if text else None

    def _reach(self, start: int) -> None:
        """Stretch all that is open over the text that was just added from `start` on."""
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
            self._links.append(InlineLink(*self._link_span, self._url))
            self._link_span = None
