"""Measure the text of elements, and how much of it is links."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from newsreader.web.extract.tree import PHRASE_TAGS, HtmlNode

_SPACES: Final = re.compile(r"\s+")
# Of Latin and Greek, Arabic and Urdu, Indian, Chinese and Japanese scripts.
_STOPS: Final = re.compile(r"[.!?…,;:·،؛؟۔।。、，！？；：](?:[\s\"'”’»）」』)]|$)|[。、，！？]")
_CJK: Final = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_OPENING: Final = 24
"""Letters and digits that identify a paragraph."""
_BODY_LIMIT: Final = 60_000
_LINE_TAGS: Final = PHRASE_TAGS | {"br", "wbr", "img", "amp-img"}


class TextDensity(NamedTuple):
    """Counts of characters without white space.

    `prose` counts paragraphs that are long enough and not only links. `declared` is the number of paragraphs
    that are also in the metadata, `headlines` that of h1 elements.
    """

    text: int = 0
    linked: int = 0
    prose: int = 0
    declared: int = 0
    headlines: int = 0

    @property
    def link_density(self) -> float:
        """Share of the text that is links, 0 to 1."""
        return self.linked / self.text if self.text else 0.0


class TextDensities:
    """The densities of an element and its descendants; `openings` are those of declared paragraphs."""

    def __init__(self, root: HtmlNode, declared: frozenset[str] = frozenset()) -> None:
        self._declared = declared
        self._of: dict[int, TextDensity] = {}
        for node in reversed(list(root.walk())):
            self._of[id(node)] = self._measure(node)

    def __getitem__(self, node: HtmlNode) -> TextDensity:
        return self._of[id(node)]

    def _measure(self, node: HtmlNode) -> TextDensity:
        text = linked = prose = declared = 0
        headlines = int(node.name == "h1")
        is_phrase = node.name in PHRASE_TAGS  # a part of a line of the block around it
        line: list[str] = []  # text with no block in between
        line_linked = 0
        for child in node.children:
            if isinstance(child, str):
                text += len(child) - _blanks(child)
                if not is_phrase:
                    line.append(child)
                continue
            inner = self._of[id(child)]
            text, linked = text + inner.text, linked + inner.linked
            prose, declared = prose + inner.prose, declared + inner.declared
            headlines += inner.headlines
            if is_phrase:
                continue
            if child.name in _LINE_TAGS and not inner.prose:
                line.append(child.text() if child.children else " ")
                line_linked += inner.linked
            else:
                prose, declared = self._with_line(prose, declared, line, line_linked)
                line, line_linked = [], 0
        prose, declared = self._with_line(prose, declared, line, line_linked)
        if node.name == "a":
            linked = text
        return TextDensity(text, linked, prose, declared, headlines)

    def _with_line(self, prose: int, declared: int, line: list[str], linked: int) -> tuple[int, int]:
        text = "".join(line)
        length = len(text) - _blanks(text)
        if length < 15 or 2 * linked > length:
            return prose, declared
        if self._declared and _letters(text[:120])[:_OPENING] in self._declared:
            declared += 1
        weight = 3 if _CJK.search(text) else 1  # CJK characters carry more text
        is_prose = weight * length >= 60 or (weight * length >= 30 and _STOPS.search(text))
        return prose + (length - linked if is_prose else 0), declared


def openings_of(body: str) -> frozenset[str]:
    """Return the possible openings of all paragraphs in a text."""
    letters = _letters(body[:_BODY_LIMIT])
    return frozenset([letters[at : at + _OPENING] for at in range(len(letters) - _OPENING + 1)])


def _letters(text: str) -> str:
    return "".join([char for char in text if char.isalnum()]).casefold()


def words_in(text: str) -> int:
    """Count the words of a text; in scripts without spaces, two characters count as a word."""
    characters = len(_CJK.findall(text))
    return len(_CJK.sub(" ", text).split()) + characters // 2 if characters else len(text.split())


def _blanks(text: str) -> int:
    return sum(map(len, _SPACES.findall(text)))
