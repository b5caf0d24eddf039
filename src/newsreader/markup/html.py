"""Convert HTML to blocks of visible text, in one pass over the tags."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from newsreader.domain.sanitize import clean_line
from newsreader.markup.blocks import (
    REST,
    RULE,
    Block,
    BlockKind,
    Prose,
    address,
    code_block,
    relative_target,
    unescaped,
)
from newsreader.markup.html_math import MathSigns
from newsreader.markup.html_pictures import MEDIA_TAGS, is_tiny, picture_words
from newsreader.markup.html_table import Tables
from newsreader.markup.html_tags import BLOCK_TAGS, EMPHASIS_TAGS, UNSEEN_TAGS, VOID_TAGS, looks_like_html
from newsreader.markup.html_tokens import RAW_TAGS, Token, tag_attributes, tokens
from newsreader.markup.template_links import resolved_target
from newsreader.markup.templates import RAW_BRACE, without_tags

__all__ = ["MAX_TOKENS", "html_blocks", "looks_like_html"]

MAX_TOKENS: Final = 100_000
"""Maximum number of tags and text runs; the rest is not shown."""

_HEAD_TAGS: Final = frozenset({"base", "link", "meta", "noscript", "script", "style", "template", "title"})
_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_LIST_TAGS: Final = frozenset({"dir", "menu", "ol", "ul"})
_ROW_ENDS: Final = frozenset({"pre", "table", "tbody", "tfoot", "thead", "tr"})
_TABLE_PARTS: Final = frozenset({"table", "td", "th", "thead", "tr"})
_MAX_CONTAINERS: Final = 8
# The elements that the start of an item, term or definition closes implicitly.
_LIST_SIBLINGS: Final = {"dd": {"dd", "dt"}, "dt": {"dd", "dt"}, "li": {"li"}}
_NESTED_LISTS: Final = _LIST_TAGS | {"blockquote", "dd", "dl", "dt", "li", "table", "td", "th"}
_ANCHOR_SIGNS: Final = frozenset("#¶§🔗")

_MAY_HIDE: Final = re.compile("hidden|none", re.IGNORECASE)
_NOT_DISPLAYED: Final = re.compile(r"display\s*+:\s*+none", re.IGNORECASE)
_NUMBER: Final = re.compile(r"-?[0-9]{1,9}")
# Some feeds escape twice, so that a browser would show "&#8220;".
_TWICE_ESCAPED: Final = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|amp|apos|nbsp|quot);")

_MAIL_TEXT: Final = re.compile(r"\s*mailto:([^\s?]+)(?:\?\S*)?\s*\Z", re.IGNORECASE)
_BARE_URL: Final = re.compile(r"""\bhttps?://[^\s<>"|\\^`{}]+""", re.IGNORECASE)
_STOPS: Final = ".,;:!?'*_~…’”«»"


def html_blocks(source: str, *, is_body: bool = False) -> Iterator[Block]:
    """Yield the blocks of an HTML document or fragment.

    Args:
        source: The document; any text is valid.
        is_body: Show pictures as links with their text, and remove template tags. Otherwise only the text of
            a picture that is the only content of a link is shown.

    """
    page = _Page(is_body=is_body)
    for number, token in enumerate(tokens(source)):
        if number == MAX_TOKENS:
            yield from page.finish()
            yield REST
            return
        page.read(token)
        if page.blocks:
            yield from page.blocks
            page.blocks.clear()
    yield from page.finish()


class _Open(NamedTuple):
    """An open element.

    `paragraph` is the index of the enclosing paragraph, `container` the sign for blocks inside (">" for a
    quote, "-" for an item), `closing` the text to add at its end.
    """

    name: str
    is_hidden: bool
    paragraph: int
    container: str
    closing: str


class _Page:
    """The parser state. Elements may be nested to any depth."""

    def __init__(self, *, is_body: bool) -> None:
        self.blocks: list[Block] = []
        self._is_body = is_body
        self._prose = Prose()
        self._code: list[str] = []
        self._open: list[_Open] = []
        self._count: Counter[str] = Counter()
        self._hidden = 0
        self._heading = 0
        self._numbers: list[int | None] = []  # of the next item, for each open list
        self._item: tuple[int, str] | None = None
        self._list_parts: list[int] = []  # indexes of open list elements
        self._containers: list[str] = []
        self._quotes = 0
        self._tables = Tables()
        self._math = MathSigns()
        self._is_title = False  # of a callout
        self._is_anchor = False
        self._has_started = False
        self._owes_rule = False
        self._continues = False  # after a single line break
        self._link_is_bare = False
        self._alt = ""

    def read(self, token: Token) -> None:
        if not token.name:
            self._text(token.text)
        elif token.ends:
            self._end(token.name)
        else:
            self._start(token.name, token.inside)

    def finish(self) -> list[Block]:
        self._pop_to(0)
        self._flush()
        return self.blocks

    def _text(self, raw: str) -> None:
        if self._hidden or not raw:
            return
        if self._is_body and not (self._count["code"] or self._count["pre"]):
            raw = without_tags(raw)
        text = unescaped(raw)
        if RAW_BRACE in text:
            text = text.replace(RAW_BRACE, "{")
        if self._count["pre"]:
            self._code.append(text)
            return
        if "&" in text and not self._count["code"]:
            text = _TWICE_ESCAPED.sub(lambda entity: unescaped(entity[0]), text)
        text = text.replace("]]>", "")
        if self._is_anchor and text.strip() in _ANCHOR_SIGNS:
            return
        if self._link_is_bare and text.strip():
            self._link_is_bare = False
        if self._count["a"] and (mail := _MAIL_TEXT.match(text)):
            text = mail[1]
        if self._count["a"] or self._count["code"] or "://" not in text:
            self._prose.add(text)
        else:
            self._text_with_urls(text)

    def _text_with_urls(self, text: str) -> None:
        place = 0
        for found in _BARE_URL.finditer(text):
            url = _trim_url(found[0])
            self._prose.add(text[place : found.start()])
            self._prose.begin_link(address(url))
            self._prose.add(url)
            self._prose.end_link()
            place = found.start() + len(url)
        self._prose.add(text[place:])

    def _start(self, name: str, inside: str) -> None:
        if self._count["head"] and name not in _HEAD_TAGS:
            self._end("head")
        is_hidden = name in UNSEEN_TAGS or name in RAW_TAGS or _hides(inside)
        if name in VOID_TAGS:
            if not (self._hidden or is_hidden):
                self._void(name, inside)
            return
        if name in BLOCK_TAGS:
            if self._open and self._open[-1].paragraph >= 0:
                self._pop_to(self._open[-1].paragraph)
            if name in _LIST_SIBLINGS and self._list_parts:
                nearest = self._list_parts[-1]
                if self._open[nearest].name in _LIST_SIBLINGS[name]:
                    self._pop_to(nearest)
            self._break(name)
        if name in {"svg", "math"} and inside.endswith("/"):
            return
        around = self._open[-1].paragraph if self._open else -1
        inner = len(self._open) if name == "p" else -1 if name in BLOCK_TAGS else around
        container, closing = _container(name, inside), ""
        if container:
            self._containers.append(container)
            self._quotes += container == ">"
        if self._count["math"]:
            sign, closing = self._math.before(name, self._open[-1].name)
            self._prose.add("" if self._hidden else sign)
        if name in _NESTED_LISTS:
            self._list_parts.append(len(self._open))
        self._open.append(_Open(name, is_hidden, inner, container, closing))
        self._count[name] += 1
        self._hidden += is_hidden
        self._enter(name, inside)

    def _end(self, name: str) -> None:
        if name == "br":  # browsers treat it as a line break
            self._void(name, "")
        if not self._count[name]:
            if name in BLOCK_TAGS:
                self._break(name)
            return
        index = len(self._open) - 1
        while self._open[index].name != name:
            index -= 1
        self._pop_to(index)

    def _pop_to(self, depth: int) -> None:
        while len(self._open) > depth:
            name, is_hidden, _, container, closing = self._open[-1]
            if name in BLOCK_TAGS:
                self._break(name)
            self._leave(name)
            if self._count["math"] and name != "math":
                self._math.leave(name)
                self._prose.add("" if self._hidden else closing)
            self._open.pop()
            if self._list_parts and self._list_parts[-1] == len(self._open):
                self._list_parts.pop()
            if container:
                self._containers.pop()
                self._quotes -= container == ">"
            self._count[name] -= 1
            self._hidden -= is_hidden

    def _void(self, name: str, inside: str) -> None:
        if self._hidden:
            return
        if name == "br" and self._count["pre"]:
            self._code.append("\n")
        elif name == "br" and (self._heading or self._item or self._tables.in_row):
            self._prose.add(" ")
        elif name == "br":
            has_text = bool(self._prose)
            self._flush()
            self._continues = has_text
        elif name == "hr":
            self._flush()
            self._continues = False
            self._owes_rule |= self._has_started
        elif name == "img":
            self._picture(name, inside)
        elif name == "input" and self._item and not self._prose and "checkbox" in inside.lower():
            self._item = (self._item[0], "[x]" if "checked" in tag_attributes(inside) else "[ ]")

    def _picture(self, name: str, inside: str) -> None:
        attributes = tag_attributes(inside)
        if self._link_is_bare:
            if not is_tiny(attributes):
                self._alt = self._alt or attributes.get("alt", "")
        elif self._is_body and not self._count["pre"]:
            words, target, is_reference = picture_words(name, attributes)
            self._prose.begin_link(target, is_reference=is_reference)
            self._prose.add(words)
            self._prose.end_link()

    def _enter(self, name: str, inside: str) -> None:
        if name in EMPHASIS_TAGS:
            self._prose.begin(EMPHASIS_TAGS[name])
        elif name in _HEADINGS:
            self._heading = _HEADINGS[name]
        elif name == "a":
            self._enter_link(tag_attributes(inside))
        elif name in _LIST_TAGS:
            self._numbers.append(_number(inside, "start", 1) if name == "ol" else None)
        elif name == "li":
            self._item = (max(0, len(self._numbers) - 1), self._next_marker(inside))
        elif name in _TABLE_PARTS:
            self._tables.enter(name, inside, self._prose, in_head=self._count["thead"] > 0)
        elif name == "p" and "admonition-title" in inside:
            self._is_title = True
        elif name in MEDIA_TAGS:
            self._picture(name, inside)

    def _enter_link(self, attributes: Mapping[str, str]) -> None:
        self._prose.end_link()
        href = resolved_target(attributes.get("href", ""))
        url = address(href)
        target = clean_line(attributes.get("data-target", "")) or ("" if url else relative_target(href))
        self._prose.begin_link(url or target, is_reference=not url)
        self._link_is_bare, self._alt = bool(url), ""
        self._is_anchor = self._heading > 0 and href.startswith("#")

    def _leave(self, name: str) -> None:
        if name in EMPHASIS_TAGS:
            self._prose.end(EMPHASIS_TAGS[name])
        elif name in _HEADINGS:
            self._heading = 0
        elif name == "a":
            is_logo = self._heading > 0 and bool(self._prose)
            if self._link_is_bare and self._alt and not is_logo:
                self._prose.add(self._alt)
            self._prose.end_link()
            self._link_is_bare = self._is_anchor = False
        elif name in _LIST_TAGS:
            self._numbers.pop()
        elif name == "li":
            self._item = None
        elif name == "table":
            self._tables.leave()
        elif name == "p":
            self._is_title = False
        elif name == "pre":
            code = code_block("".join(self._code))
            self._emit(code and code._replace(inside=self._inside()))
            self._code.clear()

    def _next_marker(self, inside: str) -> str:
        number = self._numbers[-1] if self._numbers else None
        if number is None:
            return "-"
        number = _number(inside, "value", number)
        self._numbers[-1] = number + 1
        return f"{number}."

    def _break(self, name: str) -> None:
        """End the current block at the start or end of an element."""
        if self._count["pre"]:
            if self._code and not self._code[-1].endswith("\n") and name != "pre":
                self._code.append("\n")
        elif self._tables.in_row and name not in _ROW_ENDS:
            self._prose.add(" ")
        else:
            self._flush()
            self._tables.in_row = False
            self._continues = False

    def _flush(self) -> None:
        if not self._prose:
            return
        inside = self._inside()
        if self._heading:
            block = self._prose.take(BlockKind.HEADING, self._heading, "", inside)
        elif self._tables.in_row:
            block = self._prose.take(BlockKind.TABLE_ROW, 0, "", inside)
            block = block and self._tables.row(block)
        elif self._item:
            block = self._prose.take(BlockKind.ITEM, *self._item, inside)
        elif self._quotes:
            marker = "callout" if self._is_title else ""
            block = self._prose.take(BlockKind.QUOTE, self._quotes, marker, inside)
        else:
            marker = "term" if self._count["dt"] else ""
            block = self._prose.take(BlockKind.PARAGRAPH, 0, marker, inside)
        self._emit(block)

    def _inside(self) -> str:
        return "".join(self._containers[:_MAX_CONTAINERS])

    def _emit(self, block: Block | None) -> None:
        if block is None:
            return
        if self._owes_rule:
            self.blocks.append(RULE)
        self.blocks.append(block._replace(continues=True) if self._continues else block)
        self._item, self._owes_rule, self._has_started, self._continues = None, False, True, False


def _hides(inside: str) -> bool:
    if not _MAY_HIDE.search(inside):  # nearly all tags; parsing attributes is slow
        return False
    found = tag_attributes(inside)
    return (
        "hidden" in found
        or found.get("aria-hidden", "").lower() == "true"
        or _NOT_DISPLAYED.search(found.get("style", "")) is not None
    )


def _trim_url(url: str) -> str:
    """Remove trailing punctuation and unbalanced parentheses from a URL."""
    surplus = url.count(")") - url.count("(")
    end = len(url)
    while url[end - 1] in _STOPS or (url[end - 1] == ")" and surplus > 0):
        surplus -= url[end - 1] == ")"
        end -= 1
    return url[:end]


def _container(name: str, inside: str) -> str:
    """Return the container sign of an element: ">" for a quote, "-" for an item, else ""."""
    if name in {"li", "dd"}:
        return "-"
    is_callout = name in {"aside", "div"} and ("admonition" in inside or "markdown-alert" in inside)
    return ">" if name == "blockquote" or is_callout else ""


def _number(inside: str, name: str, default: int) -> int:
    found = _NUMBER.fullmatch(tag_attributes(inside).get(name, "").strip())
    return int(found[0]) if found else default
