"""The marks inside a block of Markdown: emphasis, code, links, escapes, entities and stray HTML."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from string import punctuation
from typing import Final, NamedTuple
from unicodedata import category

from newsreader.domain.blocks import Prose, address, unescaped
from newsreader.domain.html_blocks import BLOCK_TAGS, EMPHASIS_TAGS, PHRASE_TAGS, tag_attributes

MAX_MARKS: Final = 50_000
"""Marks that are understood in a whole body; later ones are shown as they stand."""

HARD_BREAK: Final = "\x00"
"""Stands for a hard line break: the text gate lets no control character into a body."""

LABEL: Final = r"[^\[\]]{0,200}+"

_LONGEST_RUN: Final = 4  # of "*" or "_" that can be emphasis; more of them are decoration
_OPENERS_IN_REACH: Final = 10

# In each pattern a stretch ends at a character that could begin the next one, so the time stays linear.
_MARKS: Final = re.compile(
    r"""`+|\*+|_+|[\\\[\]<\x00]|!\[|&(?:[#a-zA-Z0-9]{2,33};)?"""
    r"""|(?<!\w)https?://[^\s<>"\[\]`*|\\^{}\x00]++""",
    re.IGNORECASE,
)
_TICKS: Final = re.compile("`+")
_AUTOLINK: Final = re.compile(r"<((?:https?://|mailto:)[^\s<>]++)>", re.IGNORECASE)
_MAIL: Final = re.compile(r"<([\w.+-]{1,64}@[\w.-]{1,255})>")
_TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*+)((?:[\s/][^<>]*+)?)>")
_TARGET: Final = re.compile(
    r"""\(\s*+(?:<([^<>\n]*+)>|((?:[^\s()<>\\]++|\\.|\([^\s()]*+\))*+))"""
    r"""(?:\s++(?:"(?:[^"\\]++|\\.)*+"|'(?:[^'\\]++|\\.)*+'|\((?:[^()\\]++|\\.)*+\)))?\s*+\)""",
    re.DOTALL,
)
_LABEL_IN_BRACKETS: Final = re.compile(rf"\[({LABEL})\]")
_LONGEST_LABEL: Final = 200
_STOPS: Final = frozenset(".,;:!?'_~")
_ESCAPED: Final = re.compile(rf"\\([{re.escape(punctuation)}])")


class Phrases:
    """Reads the text of the blocks of one body; `references` are the targets of links by folded label."""

    def __init__(self, references: Mapping[str, str]) -> None:
        self._references = references
        self._marks_left = MAX_MARKS

    def write(self, text: str, prose: Prose) -> Iterator[None]:
        """Add `text` to `prose` without its marks. Yields at each hard line break, to take a block there."""
        phrase = _Phrase(text, self._references)
        self._marks_left -= phrase.read(self._marks_left)
        plain: list[str] = []
        for node in phrase.nodes:
            if plain and (node.ends or node.text == HARD_BREAK):
                prose.add("".join(plain))
                plain.clear()
            for mark in node.ends:
                _end(prose, mark)
            if node.text == HARD_BREAK:
                yield
            else:
                plain.append(node.text * node.count)
            if plain and node.begins:
                prose.add("".join(plain))
                plain.clear()
            for mark in node.begins:
                _begin(prose, mark)
        prose.add("".join(plain))


def folded_label(label: str) -> str:
    """Return a label as it is compared: without regard to case and to the kind of white space."""
    return " ".join(label.casefold().split())


class _Mark(NamedTuple):
    """Emphasis of a kind, or a link, which has no kind."""

    kind: str = ""
    url: str = ""


_LINK_END: Final = _Mark()


def _begin(prose: Prose, mark: _Mark) -> None:
    if mark.kind:
        prose.begin(mark.kind)
    else:
        prose.begin_link(mark.url)


def _end(prose: Prose, mark: _Mark) -> None:
    if mark.kind:
        prose.end(mark.kind)
    else:
        prose.end_link()


class _Node:
    """Text as often as `count` says, the marks that end before it and those that begin behind it."""

    __slots__ = ("begins", "count", "ends", "text")

    def __init__(self, text: str = "", count: int = 1) -> None:
        self.text = text
        self.count = count
        self.ends: list[_Mark] = []
        self.begins: list[_Mark] = []


class _Opener(NamedTuple):
    """A run of "*" or "_" that may begin emphasis; the count of its node says how much of it is left."""

    node: _Node
    length: int
    may_close: bool


class _Bracket(NamedTuple):
    node: _Node
    place: int


class _Phrase:
    """One text, read from left to right. A mark that finds no partner stays text."""

    def __init__(self, text: str, references: Mapping[str, str]) -> None:
        self.nodes: list[_Node] = []
        self._text = text
        self._references = references
        self._openers: list[_Opener] = []
        self._brackets: list[_Bracket] = []
        self._ticks: dict[int, list[int]] | None = None
        self._has_comments = True

    def read(self, most_marks: int) -> int:
        """Read up to so many marks and return how many there were; the rest is plain text."""
        place = marks = 0
        while marks < most_marks and (found := _MARKS.search(self._text, place)):
            self._add(self._text[place : found.start()])
            place = self._read_mark(found[0], found.start())
            marks += 1
        self._add(self._text[place:])
        return marks

    def _read_mark(self, mark: str, place: int) -> int:
        """Read one mark and return the place behind it."""
        end = place + len(mark)
        match mark[0]:
            case "\\":
                return self._escape(place)
            case "`":
                return self._code(place, end)
            case "*" | "_":
                self._emphasis(place, end)
            case "[" | "!":
                self._brackets.append(_Bracket(self._add(mark), end))
            case "]":
                return self._close_bracket(place)
            case "<":
                return self._angle(place)
            case "h" | "H":
                return self._bare_url(mark, place)
            case _:  # an entity, or a hard line break
                self._add(unescaped(mark))
        return end

    def _add(self, text: str) -> _Node:
        node = _Node(text)
        self.nodes.append(node)
        return node

    def _add_marked(self, text: str, mark: _Mark) -> None:
        self._add("").begins.append(mark)
        self._add(text)
        self._add("").ends.append(mark)

    def _escape(self, place: int) -> int:
        after = self._text[place + 1 : place + 2]
        if after == "\n":
            self._add(HARD_BREAK)
        elif after and after in punctuation:
            self._add(after)
        else:
            self._add("\\")
            return place + 1
        return place + 2

    def _code(self, place: int, begin: int) -> int:
        if self._ticks is None:
            self._ticks = {}
            for run in _TICKS.finditer(self._text):
                self._ticks.setdefault(len(run[0]), []).append(run.start())
        partners = self._ticks.get(begin - place, [])
        index = bisect_left(partners, begin)
        if index == len(partners):
            self._add(self._text[place:begin])
            return begin
        self._add_marked(self._text[begin : partners[index]].replace(HARD_BREAK, ""), _Mark("code"))
        return partners[index] + begin - place

    def _emphasis(self, place: int, end: int) -> None:
        length = end - place
        node = self._add(self._text[place])
        node.count = length
        if length > _LONGEST_RUN:
            return
        may_open, may_close = _flanks(self._text, place, end)
        if may_close:
            self._close_emphasis(node, length, may_open)
        if may_open and node.count:
            self._openers.append(_Opener(node, length, may_close))

    def _close_emphasis(self, node: _Node, length: int, may_open: bool) -> None:
        while node.count:
            opener = self._opener_for(node.text, length, may_open)
            if opener is None:
                return
            width = 2 if node.count > 1 and opener.node.count > 1 else 1
            mark = _Mark("strong" if width > 1 else "emphasis")
            opener.node.count -= width
            opener.node.begins.append(mark)
            node.count -= width
            node.ends.append(mark)
            if not opener.node.count:
                self._openers.pop()

    def _opener_for(self, sign: str, length: int, may_open: bool) -> _Opener | None:
        """Return the nearest run that this one may close, and forget those between them."""
        lowest = max(0, len(self._openers) - _OPENERS_IN_REACH)
        for index in range(len(self._openers) - 1, lowest - 1, -1):
            opener = self._openers[index]
            # CommonMark 0.31, section 6.2, rules 9 and 10.
            is_ambiguous = (may_open or opener.may_close) and (opener.length + length) % 3 == 0
            if opener.node.text == sign and not (is_ambiguous and length % 3):
                del self._openers[index + 1 :]
                return opener
        return None

    def _close_bracket(self, place: int) -> int:
        end, url = place + 1, None
        if self._brackets:
            bracket = self._brackets.pop()
            end, url = self._target(bracket, place)
        if url is None:
            self._add("]")
            return end
        if bracket.node.text == "[":  # a link holds no link, but an image may stand in one
            self._brackets.clear()
        bracket.node.text = ""
        bracket.node.begins.append(_Mark(url=address(url)))
        self._add("").ends.append(_LINK_END)
        return end

    def _target(self, bracket: _Bracket, place: int) -> tuple[int, str | None]:
        """Return where the link ends whose text ends at `place`, and where it leads, None for nowhere."""
        if found := _TARGET.match(self._text, place + 1):
            return found.end(), unescaped(_ESCAPED.sub(r"\1", found[1] or found[2] or ""))
        if self._references and place - bracket.place <= _LONGEST_LABEL:
            shown = self._text[bracket.place : place]
            labelled = _LABEL_IN_BRACKETS.match(self._text, place + 1)
            url = self._references.get(folded_label((labelled[1] if labelled else "") or shown))
            if url is not None:
                return labelled.end() if labelled else place + 1, url
        return place + 1, None

    def _angle(self, place: int) -> int:
        if found := _AUTOLINK.match(self._text, place) or _MAIL.match(self._text, place):
            is_mail = found.re is _MAIL
            self._add_marked(
                found[1].removeprefix("mailto:"),
                _Mark(url=address(f"mailto:{found[1]}" if is_mail else found[1])),
            )
            return found.end()
        if self._has_comments and self._text.startswith("<!--", place):
            end = self._text.find("-->", place + 2)
            self._has_comments = end >= 0
            if self._has_comments:
                return end + 3
        tag = _TAG.match(self._text, place)
        if tag and self._html_tag(tag):
            return tag.end()
        self._add("<")
        return place + 1

    def _html_tag(self, tag: re.Match[str]) -> bool:
        """Take an HTML tag; what is no name of a tag, such as "<T>", is text."""
        name = tag[2].lower()
        if name == "br":
            self._add(HARD_BREAK)
        elif name == "a" and not tag[1]:
            self._add("").begins.append(_Mark(url=address(tag_attributes(tag[3]).get("href", ""))))
        elif name == "a":
            self._add("").ends.append(_LINK_END)
        elif name in EMPHASIS_TAGS:
            node, mark = self._add(""), _Mark(EMPHASIS_TAGS[name])
            (node.ends if tag[1] else node.begins).append(mark)
        return name in PHRASE_TAGS or name in BLOCK_TAGS

    def _bare_url(self, mark: str, place: int) -> int:
        """Take a URL as a link to itself, without what ends the sentence or the parenthesis around it."""
        surplus = mark.count(")") - mark.count("(")
        end = len(mark)
        while mark[end - 1] in _STOPS or (mark[end - 1] == ")" and surplus > 0):
            surplus -= mark[end - 1] == ")"
            end -= 1
        shown = unescaped(mark[:end])
        self._add_marked(shown, _Mark(url=address(shown)))
        return place + end


def _flanks(text: str, start: int, end: int) -> tuple[bool, bool]:
    """Tell whether the run of "*" or "_" there may begin and may end emphasis (CommonMark 0.31, 6.2)."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    if before.isdigit() and after.isdigit():  # 2*3*4
        return False, False
    space_before, space_after = _is_space(before), _is_space(after)
    stop_before, stop_after = _is_stop(before), _is_stop(after)
    is_left = not space_after and (not stop_after or space_before or stop_before)
    is_right = not space_before and (not stop_before or space_after or stop_after)
    if text[start] == "*":
        return is_left, is_right
    return is_left and (not is_right or stop_before), is_right and (not is_left or stop_after)


def _is_space(char: str) -> bool:
    return char.isspace() or char == HARD_BREAK


def _is_stop(char: str) -> bool:
    return category(char)[0] in "PS"
