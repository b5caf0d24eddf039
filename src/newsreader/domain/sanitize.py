"""The one gate: what a string from outside may contain.

A terminal obeys control characters wherever they stand, so none may survive. No function here leaves one in
its result (but the line breaks and tabs that it promises to keep), hence nothing can join into a new escape
sequence and cleaning twice is the same as cleaning once. Markup such as `[/]` is plain text to this module.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import dropwhile
from typing import Final, NamedTuple
from unicodedata import category, combining, is_normalized, normalize

LINE_LIMIT: Final = 2_000
BLOCK_LIMIT: Final = 1_000_000
ELLIPSIS: Final = "…"

MARK_LIMIT: Final = 4
"""Combining marks kept on one base; real scripts stack no more, defaced text stacks hundreds."""

_JOINERS: Final = "\u200c\u200d"
_JOINER_LIMIT: Final = 2
_RAW_RUN_LIMIT: Final = 16

# ECMA-48 sequences in their 7-bit and 8-bit forms. A string sequence (OSC, DCS, SOS, PM, APC) must end on
# its own line, else the last branch takes its introducer alone. Each branch stops at the next introducer,
# so the time stays linear.
_INTRODUCER: Final = re.compile(r"[\x1b\x90\x98\x9b\x9d-\x9f]")
_SEQUENCE: Final = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])"
    r"[^\x07\n\x0b\x0c\r\x18\x1a\x1b\x80-\x9f\u2028\u2029]*(?:\x07|\x1b\\|\x9c)"
    r"|\x1b(?:[ -/]*[0-~])?"
)

# Controls that are no white space, invisible and direction-changing format characters, lone surrogates and
# noncharacters. The joiners U+200C and U+200D are not here: scripts and emoji need them.
_UNWANTED: Final = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    r"\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff"
    r"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f"
    + "".join(rf"\U{plane:04x}fffe\U{plane:04x}ffff" for plane in range(1, 17))
    + "]+"
)
_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")

_WHITE: Final = re.compile(r"\s+")
_BREAK: Final = re.compile(r"\r\n|[\x0b\x0c\r\x85\u2028\u2029]")
_LATE_BREAK: Final = re.compile(r"[\x85\u2028\u2029]")
_ODD_SPACE: Final = re.compile(r"[^\S\n ]")
_MANY_BLANK_LINES: Final = re.compile(r"\n{4,}")

# Anything outside these ranges may be a combining mark or a joiner; the ranges cover the scripts of most
# corpora, so that characters are seldom looked at one by one.
_MARKLESS: Final = (
    r"\x00-\u02ff\u0370-\u0482\u048a-\u0590\u1e00-\u200b\u200e-\u20cf\u2100-\u2cee\u2d00-\u2d7e"
    r"\u2e00-\u3029\u3030-\u3098\u309b-\ua66e\uac00-\ufb1d\ufe30-\uffff\U0001f000-\U000e00ff"
)
# Names of one letter are read as tags only when bare or with an attribute's "=", for "a <b and c> d" is text.
_SHORT_TAGS: Final = "[abipqsu]"
_LONG_TAGS: Final = (
    "abbr|acronym|address|amp-[a-z-]+|area|article|aside|audio|base|bdi|bdo|big|blockquote|body|br|button|"
    "canvas|caption|center|cite|code|col|colgroup|data|dd|del|details|dfn|dialog|dir|div|dl|dt|em|embed|"
    "fieldset|figcaption|figure|font|footer|form|frame|frameset|h[1-6]|head|header|hgroup|hr|html|iframe|img|"
    "input|ins|kbd|label|legend|li|link|main|map|mark|menu|meta|meter|nav|nobr|noscript|o:p|object|ol|"
    "optgroup|option|output|param|path|picture|pre|progress|rp|rt|ruby|samp|script|section|select|small|"
    "source|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|template|textarea|tfoot|th|thead|"
    "time|title|tr|track|tt|ul|var|video|wbr"
)
_ATTRIBUTES: Final = r"""(?:[^<>"']++|"[^"<]*"|'[^'<]*'|["'])*+"""
_ENTITY: Final = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_STOPS: Final = frozenset(".,;:!?)")


class _MarkPatterns(NamedTuple):
    maybe: re.Pattern[str]
    at_line_start: re.Pattern[str]
    stretch: re.Pattern[str]
    absurd_stretch: re.Pattern[str]


def clean_line(value: str, limit: int = LINE_LIMIT) -> str:
    """Return `value` as one line that is safe to show.

    Escape sequences, controls, direction overrides and invisible characters are dropped, white space of any
    kind folds to one space, the rest is in Unicode's composed form (NFC), at most `limit` characters long.
    """
    if (
        value.isprintable()
        and len(value) <= limit
        and "  " not in value
        and value.strip(" ") == value
        and (value.isascii() or (is_normalized("NFC", value) and not _mark_patterns().maybe.search(value)))
    ):
        return value
    text = _composed(_WHITE.sub(" ", _without_unwanted(value))).strip(" ")
    if text and _is_attached(text[0]):  # a mark that stood on the space
        text = "".join(dropwhile(_is_attached_or_space, text))
    return shorten(text, limit)


def clean_block(value: str, limit: int = BLOCK_LIMIT) -> str:
    r"""Return `value` as lines of text that are safe to show, parted by "\n" alone.

    The rules are those of `clean_line`, but line breaks and the spaces inside a line stay, a tab is four
    spaces, and more than two blank lines in a row become one.
    """
    text = value
    if not value.replace("\n", "").isprintable():
        text = _without_unwanted(_BREAK.sub("\n", value)).replace("\t", "    ")
        text = _ODD_SPACE.sub(" ", text)
    if not text.isascii():
        text = _composed(text)
    if " \n" in text or text.endswith(" "):
        text = "\n".join([line.rstrip(" ") for line in text.split("\n")])
    return shorten(_MANY_BLANK_LINES.sub("\n\n", text).strip("\n"), limit)


def clean_source(value: str) -> str:
    r"""Return `value` as a YAML parser may be given it: no control characters but "\n" and "\t".

    Lines keep their numbers, so that a problem can name one: the breaks that only some programs count
    (NEL, U+2028, U+2029) become spaces. Nothing is composed or cut.
    """
    if value.replace("\n", "").replace("\t", "").isprintable():
        return value
    lines = value.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join([line if line.isprintable() else _clean_source_line(line) for line in lines])


def _clean_source_line(line: str) -> str:
    line = _SURROGATE.sub("\ufffd", _with_pairs_joined(_LATE_BREAK.sub(" ", line)))
    return _without_unwanted(line).replace("\x0b", "").replace("\x0c", "")


def shorten(text: str, limit: int) -> str:
    """Cut clean `text` to `limit` characters, the last one then "…"; a base keeps its marks or goes too."""
    if len(text) <= limit:
        return text
    if limit < 1:
        return ""
    end = limit - 1
    while end > 0 and _is_attached(text[end]):
        end -= 1
    return text[:end].rstrip(" \n" + _JOINERS) + ELLIPSIS


def plain(value: str) -> str:
    """Return `value` without the HTML that strays into titles and excerpts.

    A tag, a comment and a script or style with its content become a space, entities become their characters
    (once). Text such as "a < b", "<3" or "C<T>" stays. Pass the result through `clean_line` or `clean_block`:
    white space is left as it falls.
    """
    if "<" in value:
        value = _tag_pattern().sub(_tag_as_space, value)
    if "&" in value:
        unescaped = _ENTITY.sub(_entity_as_text, value)
        if unescaped != value:  # an entity may name a control character
            value = _without_unwanted(unescaped)
    return value


@cache
def _tag_pattern() -> re.Pattern[str]:
    return re.compile(
        r"<!--.*?(?:-->|\Z)"
        r"|<(script|style)\b[^<>]*>.*?(?:</\1\s*>|\Z)"
        r"|<!doctype\b[^<>]*>|<\?xml\b[^<>]*>|<!\[CDATA\[|\]\]>"
        rf"|</?(?:{_LONG_TAGS})(?=[\s/>])(?:{_ATTRIBUTES}|[^<>]*)>"
        rf"|</?{_SHORT_TAGS}(?:\s*/?|(?=\s[^<>]*=)(?:{_ATTRIBUTES}|[^<>]*))>"
        rf"|<(?:{_LONG_TAGS}|{_SHORT_TAGS})\s+[a-z-]+=[^<>]*\Z",  # cut off with the excerpt
        re.IGNORECASE | re.DOTALL,
    )


def _tag_as_space(found: re.Match[str]) -> str:
    closes_before_a_stop = found[0].startswith("</") and found.string[found.end() : found.end() + 1] in _STOPS
    return "" if closes_before_a_stop else " "


def _entity_as_text(found: re.Match[str]) -> str:
    from html import unescape

    return unescape(found[0])


def _without_unwanted(text: str) -> str:
    text = _with_pairs_joined(text)
    if _INTRODUCER.search(text):
        text = _SEQUENCE.sub("", text)
    return _UNWANTED.sub("", text)


def _with_pairs_joined(text: str) -> str:
    """Join surrogate pairs: YAML written by JSON tools escapes an emoji as two halves."""
    if _SURROGATE.search(text):
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    return text


def _composed(text: str) -> str:
    """Return `text` in NFC with bounded runs of marks and none at the start of a line."""
    marks = _mark_patterns()
    if not marks.maybe.search(text):
        return normalize("NFC", text)
    # Composing sorts each run of marks in quadratic time, so an absurd run is cut before it is sorted.
    text = normalize("NFC", marks.absurd_stretch.sub(_with_raw_runs_bounded, text))
    return marks.stretch.sub(_with_runs_bounded, marks.at_line_start.sub(_without_attached_start, text))


@cache
def _mark_patterns() -> _MarkPatterns:
    # Built on first use: they take some milliseconds, and ASCII does without.
    maybe = f"[^{_MARKLESS}]"
    return _MarkPatterns(
        maybe=re.compile(maybe),
        at_line_start=re.compile(f"^{maybe}+", re.MULTILINE),
        stretch=re.compile(f"{maybe}{{{min(MARK_LIMIT, _JOINER_LIMIT) + 1},}}"),
        absurd_stretch=re.compile(f"{maybe}{{{_RAW_RUN_LIMIT + 1},}}"),
    )


def _with_raw_runs_bounded(found: re.Match[str]) -> str:
    return _bounded(found[0], _RAW_RUN_LIMIT, _RAW_RUN_LIMIT)


def _with_runs_bounded(found: re.Match[str]) -> str:
    return _bounded(found[0], MARK_LIMIT, _JOINER_LIMIT)


def _without_attached_start(found: re.Match[str]) -> str:
    return "".join(dropwhile(_is_attached, found[0]))


def _bounded(stretch: str, most_marks: int, most_joiners: int) -> str:
    # The rest of a run goes as a whole: dropping from its middle could leave marks out of canonical order.
    kept = []
    marks = joiners = 0
    for char in stretch:
        if not _is_attached(char):
            marks = joiners = 0
        elif char in _JOINERS:
            joiners += 1
        else:
            marks += 1
        if marks <= most_marks and joiners <= most_joiners:
            kept.append(char)
    return "".join(kept)


def _is_attached_or_space(char: str) -> bool:
    return char == " " or _is_attached(char)


@lru_cache(maxsize=4_096)
def _is_attached(char: str) -> bool:
    return char in _JOINERS or category(char) in {"Mn", "Me"} or combining(char) > 0
