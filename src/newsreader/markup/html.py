"""HTML -> blocks: what a reader would see of a page or a newsletter, in one pass over its tags."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final, NamedTuple

from newsreader.markup.blocks import REST, RULE, Block, BlockKind, Prose, address, code_block, unescaped
from newsreader.markup.html_tokens import RAW_TAGS, Token, tag_attributes, tokens

MAX_TOKENS: Final = 100_000
"""Tags and stretches of text that are read; what comes later is not shown."""

_BLOCK_NAMES: Final = (
    "address|article|aside|blockquote|body|caption|center|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|"
    "figure|footer|form|h1|h2|h3|h4|h5|h6|header|hgroup|hr|html|legend|li|main|menu|nav|ol|optgroup|option|p|"
    "pre|search|section|summary|table|tbody|td|tfoot|th|thead|tr|ul"
)
_PHRASE_NAMES: Final = (
    "a|abbr|acronym|audio|b|bdi|bdo|big|br|button|canvas|cite|code|data|del|dfn|em|embed|font|i|iframe|img|"
    "input|ins|kbd|label|map|mark|math|meter|noscript|object|output|picture|progress|q|ruby|rp|rt|s|samp|"
    "script|select|small|source|span|strike|strong|style|sub|sup|svg|template|textarea|time|tt|u|var|video|wbr"
)
BLOCK_TAGS: Final = frozenset(_BLOCK_NAMES.split("|"))
PHRASE_TAGS: Final = frozenset(_PHRASE_NAMES.split("|"))
EMPHASIS_TAGS: Final = {
    **dict.fromkeys(("b", "strong"), "strong"),
    **dict.fromkeys(("cite", "dfn", "em", "i", "var"), "emphasis"),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), "code"),
}
# fmt: off
UNSEEN_TAGS: Final = frozenset({
    "audio", "button", "canvas", "datalist", "dialog", "head", "map", "math", "select", "svg", "template",
    "video",
})
_VOID_TAGS: Final = frozenset({
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "link",
    "meta", "param", "source", "track", "wbr",
})
# fmt: on
_HEAD_TAGS: Final = frozenset({"base", "link", "meta", "noscript", "script", "style", "template", "title"})
_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_LIST_TAGS: Final = frozenset({"dir", "menu", "ol", "ul"})
_ROW_ENDS: Final = frozenset({"pre", "table", "tbody", "tfoot", "thead", "tr"})
_TINY: Final = frozenset({"0", "1", "0px", "1px"})
_CELL_GAP: Final = " │ "

_MAY_HIDE: Final = re.compile("hidden|none", re.IGNORECASE)
_NOT_DISPLAYED: Final = re.compile(r"display\s*+:\s*+none", re.IGNORECASE)
_NUMBER: Final = re.compile(r"-?[0-9]{1,9}")
# Feeds escape twice, which leaves "&#8220;" in what a browser would show.
_TWICE_ESCAPED: Final = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|amp|apos|nbsp|quot);")

_BARE_URL: Final = re.compile(r"""\bhttps?://[^\s<>"|\\^`{}]+""", re.IGNORECASE)
_STOPS: Final = ".,;:!?'*_~…’”«»"

_COMMENTS: Final = r"\s*+(?:<!--.*?-->\s*+)*+"
_DOCUMENT: Final = re.compile(_COMMENTS + r"<(?:!doctype|html|head|body)(?=[\s>])", re.IGNORECASE | re.DOTALL)
_ANY_TAG_FIRST: Final = re.compile(
    rf"{_COMMENTS}<(?:{_BLOCK_NAMES}|{_PHRASE_NAMES})(?=[\s/>])", re.IGNORECASE | re.DOTALL
)
_BLOCK_TAG: Final = re.compile(rf"(?<!`)</?(?:{_BLOCK_NAMES})(?:>|[\s/][^<>]*+>)(?!`)", re.IGNORECASE)
_MARKDOWN_SIGN: Final = re.compile(r"^ {0,3}(?:#{1,6} +\S|```|~~~)|\]\((?:https?:|/|#)", re.MULTILINE)


def looks_like_html(source: str) -> bool:
    """Tell whether a body is HTML rather than Markdown.

    It is when it starts as a document does, or with a tag, or when at least half of its parts between blank
    lines hold block-level tags. Markdown with pieces of HTML in it is Markdown.
    """
    if "<" not in source:
        return False
    if _DOCUMENT.match(source):
        return True
    if _MARKDOWN_SIGN.search(source):
        return False
    parts = [part for part in source.split("\n\n") if part and not part.isspace()]
    with_blocks = sum("<" in part and _BLOCK_TAG.search(part) is not None for part in parts)
    if not with_blocks:
        return len(parts) == 1 and _ANY_TAG_FIRST.match(source) is not None
    return 2 * with_blocks >= len(parts)


def html_blocks(source: str) -> Iterator[Block]:
    """Yield the blocks of an HTML document or fragment. Any text will do."""
    page = _Page()
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
    """An element that has begun: whether it hides its content, and where the paragraph around it began."""

    name: str
    is_hidden: bool
    paragraph: int


class _Page:
    """What is known at one place of a document. Elements may be nested to any depth."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._prose = Prose()
        self._code: list[str] = []
        self._open: list[_Open] = []
        self._count: Counter[str] = Counter()
        self._hidden = 0
        self._heading = 0
        self._numbers: list[int | None] = []  # of the next item, for each list around this place
        self._item: tuple[int, str] | None = None
        self._has_header: list[bool] = []  # for each table around this place
        self._in_row = False
        self._has_started = False
        self._owes_rule = False
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
        text = unescaped(raw)
        if self._count["pre"]:
            self._code.append(text)
            return
        if "&" in text and not self._count["code"]:
            text = _TWICE_ESCAPED.sub(lambda entity: unescaped(entity[0]), text)
        text = text.replace("]]>", "")
        if self._link_is_bare and text.strip():
            self._link_is_bare = False
        if self._count["a"] or self._count["code"] or "://" not in text:
            self._prose.add(text)
        else:
            self._text_with_urls(text)

    def _text_with_urls(self, text: str) -> None:
        place = 0
        for found in _BARE_URL.finditer(text):
            url = _without_surplus(found[0])
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
        if name in _VOID_TAGS:
            if not (self._hidden or is_hidden):
                self._void(name, inside)
            return
        if name in BLOCK_TAGS:
            if self._open and self._open[-1].paragraph >= 0:
                self._pop_to(self._open[-1].paragraph)
            self._break(name, begins=True)
        if name in {"svg", "math"} and inside.endswith("/"):
            return
        outer = self._open[-1].paragraph if self._open else -1
        inner = len(self._open) if name == "p" else -1 if name in BLOCK_TAGS else outer
        self._open.append(_Open(name, is_hidden, inner))
        self._count[name] += 1
        self._hidden += is_hidden
        self._enter(name, inside)

    def _end(self, name: str) -> None:
        if name == "br":  # browsers take it for a line break
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
            name, is_hidden, _ = self._open[-1]
            if name in BLOCK_TAGS:
                self._break(name)
            self._leave(name)
            self._open.pop()
            self._count[name] -= 1
            self._hidden -= is_hidden

    def _void(self, name: str, inside: str) -> None:
        if self._hidden:
            return
        if name == "br" and self._count["pre"]:
            self._code.append("\n")
        elif name == "br" and (self._heading or self._item or self._in_row):
            self._prose.add(" ")
        elif name in {"br", "hr"}:
            self._flush()
            self._owes_rule |= name == "hr" and self._has_started
        elif name == "img" and self._link_is_bare:
            image = tag_attributes(inside)
            if not _TINY & {image.get("width"), image.get("height")}:
                self._alt = self._alt or image.get("alt", "")

    def _enter(self, name: str, inside: str) -> None:
        if name in EMPHASIS_TAGS:
            self._prose.begin(EMPHASIS_TAGS[name])
        elif name in _HEADINGS:
            self._heading = _HEADINGS[name]
        elif name == "a":
            self._prose.end_link()
            url = address(tag_attributes(inside).get("href", ""))
            self._prose.begin_link(url)
            self._link_is_bare, self._alt = bool(url), ""
        elif name in _LIST_TAGS:
            self._numbers.append(_number(inside, "start", 1) if name == "ol" else None)
        elif name == "li":
            self._item = (max(0, len(self._numbers) - 1), self._next_marker(inside))
        elif name in {"table", "thead", "th", "tr"}:
            self._enter_table_part(name, inside)

    def _leave(self, name: str) -> None:
        if name in EMPHASIS_TAGS:
            self._prose.end(EMPHASIS_TAGS[name])
        elif name in _HEADINGS:
            self._heading = 0
        elif name == "a":
            beside_title = self._heading > 0 and bool(self._prose)  # a logo
            if self._link_is_bare and self._alt and not beside_title:
                self._prose.add(self._alt)
            self._prose.end_link()
            self._link_is_bare = False
        elif name in _LIST_TAGS:
            self._numbers.pop()
        elif name == "li":
            self._item = None
        elif name == "table":
            self._has_header.pop()
        elif name == "pre":
            self._emit(code_block("".join(self._code)))
            self._code.clear()

    def _enter_table_part(self, name: str, inside: str) -> None:
        # Rows are kept together only where a table says that it has columns: most tables are mere layout.
        if name == "table":
            self._has_header.append(False)
        elif self._has_header:
            if name == "thead" or (name == "th" and "scope" in tag_attributes(inside)):
                self._has_header[-1] = True
            self._in_row = name != "thead" and self._has_header[-1]

    def _next_marker(self, inside: str) -> str:
        number = self._numbers[-1] if self._numbers else None
        if number is None:
            return "-"
        number = _number(inside, "value", number)
        self._numbers[-1] = number + 1
        return f"{number}."

    def _break(self, name: str, *, begins: bool = False) -> None:
        """End a block where the element `name` begins or ends."""
        if self._count["pre"]:
            if self._code and not self._code[-1].endswith("\n") and name != "pre":
                self._code.append("\n")
        elif self._in_row and name not in _ROW_ENDS:
            is_next_cell = begins and name in {"td", "th"} and bool(self._prose)
            self._prose.add(_CELL_GAP if is_next_cell else " ")
        else:
            self._flush()
            self._in_row = False

    def _flush(self) -> None:
        if not self._prose:
            return
        if self._heading:
            block = self._prose.take(BlockKind.HEADING, self._heading)
        elif self._in_row:
            block = self._prose.take(BlockKind.TABLE_ROW)
        elif self._item:
            block = self._prose.take(BlockKind.ITEM, *self._item)
        elif self._count["blockquote"]:
            block = self._prose.take(BlockKind.QUOTE, self._count["blockquote"])
        else:
            block = self._prose.take(BlockKind.PARAGRAPH)
        self._emit(block)

    def _emit(self, block: Block | None) -> None:
        if block is None:
            return
        if self._owes_rule:
            self.blocks.append(RULE)
        self.blocks.append(block)
        self._item, self._owes_rule, self._has_started = None, False, True


def _hides(inside: str) -> bool:
    if not _MAY_HIDE.search(inside):  # nearly all tags; the careful look is slow
        return False
    found = tag_attributes(inside)
    return (
        "hidden" in found
        or found.get("aria-hidden", "").lower() == "true"
        or _NOT_DISPLAYED.search(found.get("style", "")) is not None
    )


def _without_surplus(url: str) -> str:
    """Return a URL without what ends the sentence, or the parenthesis, in which it stands."""
    surplus = url.count(")") - url.count("(")
    end = len(url)
    while url[end - 1] in _STOPS or (url[end - 1] == ")" and surplus > 0):
        surplus -= url[end - 1] == ")"
        end -= 1
    return url[:end]


def _number(inside: str, name: str, default: int) -> int:
    found = _NUMBER.fullmatch(tag_attributes(inside).get(name, "").strip())
    return int(found[0]) if found else default
