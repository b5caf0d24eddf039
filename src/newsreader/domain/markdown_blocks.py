"""Markdown -> blocks, line by line and in one pass.

The dialect is CommonMark (https://spec.commonmark.org/) with pipe tables and bare URLs, less strict about the
indent of nested lists. Nothing is an error: what is no markup is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from newsreader.domain.blocks import REST, RULE, Block, BlockKind, Prose, code_block
from newsreader.domain.html_blocks import BLOCK_TAGS, RAW_TAGS, UNSEEN_TAGS, html_blocks
from newsreader.domain.markdown_phrases import HARD_BREAK, LABEL, Phrases, folded_label

MAX_LINES: Final = 40_000
"""Lines that are read; what comes later is not shown."""
MAX_NESTING: Final = 20
"""Lists in lists, and quotes in quotes; what is deeper stands at this depth."""

_CODE_INDENT: Final = 4
_MARKERS_ON_A_LINE: Final = 8

_MARKER: Final = re.compile(r"([-*+]|([0-9]{1,9})[.)])( +|$)")
_HEADING: Final = re.compile(r"(#{1,6})(?= |$)")
_FENCE: Final = re.compile(r"`{3,}+(?=[^`]*+$)|~{3,}+")
_QUOTE_MARK: Final = re.compile(r" {0,3}> ?")
_CELL_END: Final = re.compile(r"(?<!\\)\|")
_CELL_GAP: Final = " │ "
_HTML_START: Final = re.compile(r"<(?:(!--)|/?([a-zA-Z][a-zA-Z0-9]*+)(?=[\s/>]|$))")
_HTML_NAMES: Final = BLOCK_TAGS | UNSEEN_TAGS | frozenset(RAW_TAGS)
_HTML_ENDS: Final = {"pre": "</pre", "script": "</script", "style": "</style", "textarea": "</textarea"}
_DEFINITION: Final = re.compile(
    rf"""^ {{0,3}}+\[(?!\^)({LABEL})\]: *+(?:<([^<>\n]*+)>|([^\s<>]++))"""
    r""" *+(?:"[^"\n]*+"|'[^'\n]*+'|\([^()\n]*+\))? *+$""",
    re.MULTILINE,
)


def markdown_blocks(source: str) -> Iterator[Block]:
    """Yield the blocks of a Markdown text. It has no control characters but line breaks, and no tabs."""
    lines = source.split("\n")
    document = _Document(_definitions(source))
    for line in lines[:MAX_LINES]:
        document.read(line)
        if document.blocks:
            yield from document.blocks
            document.blocks.clear()
    yield from document.finish()
    if len(lines) > MAX_LINES:
        yield REST


def _definitions(source: str) -> dict[str, str]:
    """Return the targets that links may refer to, by label. The first of a label wins."""
    found: dict[str, str] = {}
    for definition in _DEFINITION.finditer(source):
        found.setdefault(folded_label(definition[1]), definition[2] or definition[3] or "")
    return found


class _List(NamedTuple):
    """A list around a line: the columns of its marker and of the text behind it, and its last number."""

    indent: int
    content: int
    number: int | None


class _Fence(NamedTuple):
    mark: str
    indent: int
    quotes: int


class _Document:
    """What is known at one line: the containers around it and the block that is not yet complete."""

    def __init__(self, references: Mapping[str, str]) -> None:
        self.blocks: list[Block] = []
        self._phrases = Phrases(references)
        self._quotes = 0
        self._lists: list[_List] = []
        self._item: tuple[int, str] | None = None
        self._lines: list[str] = []  # of a paragraph
        self._code: list[str] = []
        self._code_indent = 0
        self._fenced: list[str] = []
        self._fence: _Fence | None = None
        self._html: list[str] = []
        self._html_end = ""
        self._in_table = False
        self._after_blank = True

    def read(self, line: str) -> None:
        if self._fence and self._read_fenced(line, self._fence):
            return
        depth, text = self._without_quote_marks(line, MAX_NESTING)
        if self._html and self._read_html(text, depth):
            return
        is_blank = not text or text.isspace()
        if depth != self._quotes:
            if self._lines and depth < self._quotes and not (is_blank or self._interrupts(text)):
                self._lines.append(text.lstrip(" "))
                return
            self._close()
            self._quotes = depth
            self._lists.clear()
        if is_blank:
            self._end_paragraph()
            self._in_table = False
            if self._code:
                self._code.append("")
        else:
            self._read_content(text)
        self._after_blank = is_blank

    def finish(self) -> list[Block]:
        self._close()
        return self.blocks

    def _read_content(self, text: str, markers: int = 0) -> None:
        stripped = text.lstrip(" ")
        indent = len(text) - len(stripped)
        if self._code:
            if indent >= self._code_indent:
                self._code.append(text[self._code_indent :])
                return
            self._end_code()
        if self._continues(text, stripped, indent):
            return
        self._end_paragraph()
        base = self._base(indent)
        marker = _MARKER.match(stripped) if markers < _MARKERS_ON_A_LINE and not _is_rule(stripped) else None
        if marker and (indent - base < _CODE_INDENT or (self._lists and not self._after_blank)):
            self._begin_item(marker, stripped, indent)
            rest = " " * (indent + len(marker[1])) + stripped[len(marker[1]) :]
            if not rest.isspace():
                self._read_item(rest, markers + 1)
            return
        self._leave_lists(indent)
        if indent - base >= _CODE_INDENT:
            self._code_indent = base + _CODE_INDENT
            self._code.append(text[self._code_indent :])
        else:
            self._begin_block(stripped, indent)

    def _read_item(self, text: str, markers: int) -> None:
        depth, inner = self._without_quote_marks(text, MAX_NESTING - self._quotes)
        if depth:
            self._quotes += depth
            self._item = None
            self._lists.clear()
        if inner and not inner.isspace():
            self._read_content(inner, markers)

    def _begin_block(self, stripped: str, indent: int) -> None:
        if _is_rule(stripped):
            self._emit(RULE)
        elif heading := _HEADING.match(stripped):
            self._write(_without_closing_marks(stripped[heading.end() :]), BlockKind.HEADING, len(heading[1]))
        elif fence := _FENCE.match(stripped):
            self._fence = _Fence(fence[0], indent, self._quotes)
        elif (html_end := _html_end(stripped)) is not None:
            self._html_end = html_end
            self._read_html(stripped, self._quotes)
        elif not _DEFINITION.match(stripped):
            self._lines.append(stripped)

    def _continues(self, text: str, stripped: str, indent: int) -> bool:
        """Take a line that belongs to the table or paragraph before it."""
        if self._in_table:
            self._in_table = "|" in stripped and not self._interrupts(text)
            if self._in_table:
                self._write(_row(stripped), BlockKind.TABLE_ROW)
            return self._in_table
        if not self._lines:
            return False
        line = stripped.rstrip(" ")
        inside = indent - self._column
        if 0 <= inside < _CODE_INDENT and len(line) > 2 and line in ("=" * len(line), "-" * len(line)):
            self._write(self._paragraph(), BlockKind.HEADING, 1 if line[0] == "=" else 2)
            return True
        if len(self._lines) == 1 and "|" in self._lines[0] and _is_under_header(line):
            self._write(_row(self._paragraph()), BlockKind.TABLE_ROW)
            self._in_table = True
            return True
        if self._interrupts(text):
            return False
        self._lines.append(stripped)
        return True

    def _interrupts(self, text: str) -> bool:
        """Tell whether a line ends the paragraph before it, by being the start of another block."""
        stripped = text.lstrip(" ")
        indent = len(text) - len(stripped)
        if indent >= _CODE_INDENT and not self._lists:
            return False
        if (marker := _MARKER.match(stripped)) and not _is_rule(stripped):
            level = self._level(indent)
            is_next = level < len(self._lists) and (self._lists[level].number is None) == (marker[2] is None)
            # A number that merely came to stand at the start of a line is no item.
            return is_next or (marker.end() < len(stripped) and int(marker[2] or 1) == 1)
        return (
            _is_rule(stripped)
            or _HEADING.match(stripped) is not None
            or _FENCE.match(stripped) is not None
            or _html_end(stripped) is not None
        )

    def _without_quote_marks(self, text: str, most: int) -> tuple[int, str]:
        """Return how many quotes the line stands in, at most `most`, and what is behind their marks."""
        stripped = text.lstrip(" ")
        place = len(text) - len(stripped)
        if not stripped.startswith(">") or place >= _CODE_INDENT + self._column:
            return 0, text
        depth = 0
        while depth < most and (mark := _QUOTE_MARK.match(text, place)):
            place = mark.end()
            depth += 1
        return depth, text[place:]

    def _read_fenced(self, line: str, fence: _Fence) -> bool:
        """Take a line of fenced code; False where the quote that holds it has ended before the line."""
        depth, text = self._without_quote_marks(line, fence.quotes) if fence.quotes else (0, line)
        if depth < fence.quotes:
            self._end_code()
            return False
        stripped = text.strip(" ")
        if len(stripped) >= len(fence.mark) and stripped == fence.mark[0] * len(stripped):
            self._end_code()
        else:
            self._fenced.append(text[min(fence.indent, len(text) - len(text.lstrip(" "))) :])
        return True

    def _read_html(self, text: str, depth: int) -> bool:
        """Take a line of a piece of HTML; False where the piece has ended before the line."""
        if depth != self._quotes or not (self._html_end or text.strip(" ")):
            self._end_html()
            return False
        self._html.append(text)
        if self._html_end and self._html_end in text.lower():
            self._end_html()
        return True

    def _begin_item(self, marker: re.Match[str], stripped: str, indent: int) -> None:
        level = self._level(indent)
        number = None
        if marker[2]:
            before = self._lists[level].number if level < len(self._lists) else None
            number = int(marker[2]) if before is None else before + 1
        gap = len(marker[3]) if marker.end() < len(stripped) and len(marker[3]) <= _CODE_INDENT else 1
        self._lists[level:] = [_List(indent, indent + len(marker[1]) + gap, number)]
        self._item = (level, "-" if number is None else f"{number}.")

    @property
    def _column(self) -> int:
        """Where the text of the innermost list stands."""
        return self._lists[-1].content if self._lists else 0

    def _base(self, indent: int) -> int:
        """Return the column of the innermost list that holds a line of that indent."""
        return next((entry.content for entry in reversed(self._lists) if entry.content <= indent), 0)

    def _level(self, indent: int) -> int:
        """Return the nesting of an item with that indent."""
        return min(sum(entry.indent + 1 < indent for entry in self._lists), MAX_NESTING - 1)

    def _leave_lists(self, indent: int) -> None:
        while self._lists and self._lists[-1].content > indent:
            self._lists.pop()
            self._item = None

    def _close(self) -> None:
        self._end_html()
        self._end_code()
        self._end_paragraph()
        self._in_table = False
        self._item = None

    def _end_html(self) -> None:
        self.blocks.extend(html_blocks("\n".join(self._html)))
        self._html.clear()

    def _end_code(self) -> None:
        self._emit(code_block("\n".join(self._fenced or self._code)))
        self._fence = None
        self._fenced.clear()
        self._code.clear()

    def _end_paragraph(self) -> None:
        if not self._lines:
            return
        text = self._paragraph()
        if self._item:
            self._write(text, BlockKind.ITEM, *self._item)
        elif self._quotes:
            self._write(text, BlockKind.QUOTE, self._quotes)
        else:
            self._write(text, BlockKind.PARAGRAPH)

    def _paragraph(self) -> str:
        """Return the gathered lines as one text and forget them."""
        *lines, last = self._lines
        self._lines.clear()
        return "".join([_with_hard_break(line) for line in lines]) + last

    def _write(self, text: str, kind: BlockKind, level: int = 0, marker: str = "") -> None:
        prose = Prose()
        for _ in self._phrases.write(text, prose):
            if kind in (BlockKind.PARAGRAPH, BlockKind.QUOTE):
                self._emit(prose.take(kind, level))
            else:
                prose.add(" ")
        self._emit(prose.take(kind, level, marker))

    def _emit(self, block: Block | None) -> None:
        if block:
            self.blocks.append(block)
            self._item = None


def _is_rule(stripped: str) -> bool:
    if stripped[0] not in "-*_":
        return False
    signs = stripped.replace(" ", "")
    return len(signs) > 2 and signs == signs[0] * len(signs)


def _html_end(stripped: str) -> str | None:
    """Return what ends the HTML that the line begins: "" for a blank line, None if it begins none."""
    found = _HTML_START.match(stripped)
    if found is None:
        return None
    if found[1]:
        return "-->"
    name = found[2].lower()
    return _HTML_ENDS.get(name, "") if name in _HTML_NAMES else None


def _with_hard_break(line: str) -> str:
    text = line.rstrip(" ")
    return f"{text}{HARD_BREAK}\n" if len(line) - len(text) > 1 else f"{text}\n"


def _without_closing_marks(title: str) -> str:
    text = title.rstrip(" ")
    without = text.rstrip("#")
    return without if without.endswith(" ") or not without else text


def _is_under_header(line: str) -> bool:
    """Tell whether a line is the one between the header of a table and its rows."""
    return "|" in line and set("-") <= set(line) <= set("|:- ")


def _row(line: str) -> str:
    inner = line.strip(" ").removeprefix("|")
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    return _CELL_GAP.join(_CELL_END.split(inner))
