"""How much of a text an element holds: what is said in it, and how much of that is links."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from newsreader.web.extract.tree import PHRASE_TAGS, HtmlNode

_SPACES: Final = re.compile(r"\s+")
# Those of Latin and Greek scripts, of Arabic and Urdu, of India, of China and Japan.
_STOPS: Final = re.compile(r"[.!?…,;:·،؛؟۔।。、，！？；：](?:[\s\"'”’»）」』)]|$)|[。、，！？]")
_CJK: Final = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_OPENING: Final = 24
"""Letters and digits by which a paragraph is found again."""
_VOUCHED_LIMIT: Final = 60_000
_LINE_TAGS: Final = PHRASE_TAGS | {"br", "wbr", "img", "amp-img"}


class TextDensity(NamedTuple):
    """What is in an element, counted in characters without white space.

    `prose` counts the text of paragraphs that say something: long enough, and no mere links. `vouched` counts
    the paragraphs that the page itself counts as its article. `headlines` counts its h1.
    """

    text: int = 0
    linked: int = 0
    prose: int = 0
    vouched: int = 0
    headlines: int = 0

    @property
    def link_density(self) -> float:
        """Which part of the text is links, 0 to 1."""
        return self.linked / self.text if self.text else 0.0


class TextDensities:
    """The measures of an element and of all in it, taken in one pass from the innermost outwards."""

    def __init__(self, root: HtmlNode, vouched: frozenset[str] = frozenset()) -> None:
        self._vouched = vouched
        self._of: dict[int, TextDensity] = {}
        for node in reversed(list(root.walk())):
            self._of[id(node)] = self._measured(node)

    def __getitem__(self, node: HtmlNode) -> TextDensity:
        return self._of[id(node)]

    def _measured(self, node: HtmlNode) -> TextDensity:
        text = linked = prose = vouched = 0
        headlines = int(node.name == "h1")
        is_phrase = node.name in PHRASE_TAGS  # a part of a line, which belongs to the block around it
        line: list[str] = []  # text beside each other, with no block between
        line_linked = 0
        for child in node.children:
            if isinstance(child, str):
                text += len(child) - _blanks(child)
                if not is_phrase:
                    line.append(child)
                continue
            inner = self._of[id(child)]
            text, linked = text + inner.text, linked + inner.linked
            prose, vouched = prose + inner.prose, vouched + inner.vouched
            headlines += inner.headlines
            if is_phrase:
                continue
            if child.name in _LINE_TAGS and not inner.prose:
                line.append(child.text() if child.children else " ")
                line_linked += inner.linked
            else:
                prose, vouched = self._with_line(prose, vouched, line, line_linked)
                line, line_linked = [], 0
        prose, vouched = self._with_line(prose, vouched, line, line_linked)
        if node.name == "a":
            linked = text
        return TextDensity(text, linked, prose, vouched, headlines)

    def _with_line(self, prose: int, vouched: int, line: list[str], linked: int) -> tuple[int, int]:
        said = "".join(line)
        length = len(said) - _blanks(said)
        if length < 15 or 2 * linked > length:
            return prose, vouched
        if self._vouched and _letters(said[:120])[:_OPENING] in self._vouched:
            vouched += 1
        weight = 3 if _CJK.search(said) else 1  # a character of theirs says more
        says_something = weight * length >= 60 or (weight * length >= 30 and _STOPS.search(said))
        return prose + (length - linked if says_something else 0), vouched


def vouched_by(body: str) -> frozenset[str]:
    """Return all openings that a paragraph can have that stands in a text."""
    letters = _letters(body[:_VOUCHED_LIMIT])
    return frozenset([letters[at : at + _OPENING] for at in range(len(letters) - _OPENING + 1)])


def _letters(text: str) -> str:
    return "".join([char for char in text if char.isalnum()]).casefold()


def words_in(text: str) -> int:
    """Count the words of a text; where a script parts none, two of its characters count as one."""
    characters = len(_CJK.findall(text))
    return len(_CJK.sub(" ", text).split()) + characters // 2 if characters else len(text.split())


def _blanks(text: str) -> int:
    return sum(map(len, _SPACES.findall(text)))
