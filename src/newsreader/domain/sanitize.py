"""Sanitize strings from outside the program.

A terminal obeys control characters wherever they occur, so no function here returns any, except the line
breaks and tabs that it documents. So no new escape sequence can form, and sanitizing is idempotent. Markup
such as `[/]` is plain text to this module.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import dropwhile
from typing import Final, NamedTuple, NewType
from unicodedata import category, combining, is_normalized, normalize

SafeText = NewType("SafeText", str)
"""A sanitized text of one line. Where this type is asked for, mypy finds texts that were not sanitized."""

LINE_LIMIT: Final = 2_000
BLOCK_LIMIT: Final = 1_000_000
ELLIPSIS: Final = "…"

MARK_LIMIT: Final = 4
"""Combining marks allowed on one base character; real scripts need no more, "zalgo" text has hundreds."""

_JOINERS: Final = "\u200c\u200d"
_JOINER_LIMIT: Final = 2
_RAW_RUN_LIMIT: Final = 16

# ECMA-48 sequences in 7-bit and 8-bit form. A string sequence (OSC, DCS, SOS, PM, APC) must end on its line;
# otherwise the last branch matches only its introducer. Each branch stops at the next introducer, which
# keeps the time linear.
_INTRODUCER: Final = re.compile(r"[\x1b\x90\x98\x9b\x9d-\x9f]")
_SEQUENCE: Final = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])"
    r"[^\x07\n\x0b\x0c\r\x18\x1a\x1b\x80-\x9f\u2028\u2029]*(?:\x07|\x1b\\|\x9c)"
    r"|\x1b(?:[ -/]*[0-~])?"
)

# Control characters other than white space, invisible and bidirectional format characters, lone surrogates
# and noncharacters. The joiners U+200C and U+200D are allowed: scripts and emoji need them.
_UNWANTED: Final = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    r"\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff"
    r"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f"
    + "".join(rf"\U{plane:04x}fffe\U{plane:04x}ffff" for plane in range(1, 17))
    + "]+"
)
_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")

_PLAIN_BYTES: Final = bytes(range(0x20, 0x7F)) + b"\n"

_WHITE: Final = re.compile(r"\s+")
_BREAK: Final = re.compile(r"\r\n|[\x0b\x0c\r\x85\u2028\u2029]")
_LATE_BREAK: Final = re.compile(r"[\x85\u2028\u2029]")
_ODD_SPACE: Final = re.compile(r"[^\S\n ]")
_MANY_BLANK_LINES: Final = re.compile(r"\n{4,}")

# Ranges without combining marks and joiners. They cover the scripts of most corpora, so characters rarely
# have to be checked one by one.
_MARKLESS: Final = (
    r"\x00-\u02ff\u0370-\u0482\u048a-\u0590\u1e00-\u200b\u200e-\u20cf\u2100-\u2cee\u2d00-\u2d7e"
    r"\u2e00-\u3029\u3030-\u3098\u309b-\ua66e\uac00-\ufb1d\ufe30-\uffff\U0001f000-\U000e00ff"
)
# One-letter names count as tags only if bare or followed by an attribute with "=": "a <b and c> d" is text.
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


def clean_line(value: str, limit: int = LINE_LIMIT) -> SafeText:
    """Sanitize a one-line string.

    Remove escape sequences, control characters, bidirectional overrides and invisible characters, collapse
    white space, normalize to NFC, and shorten to `limit` characters.
    """
    if (
        value.isprintable()
        and len(value) <= limit
        and "  " not in value
        and value.strip(" ") == value
        and has_only_settled_characters(value)
    ):
        return SafeText(value)
    text = _normalize(_WHITE.sub(" ", _remove_unwanted(value))).strip(" ")
    if text and _is_attached(text[0]):  # a mark that combined with the space
        text = "".join(dropwhile(_is_attached_or_space, text))
    return SafeText(shorten(text, limit))


def special_characters(text: str) -> str:
    r"""Return the characters of a text other than "\n" and printable ASCII.

    Checking these few characters is several times as fast as checking a long text.
    """
    encoded = text.encode("utf-8", "surrogatepass")
    return encoded.translate(None, _PLAIN_BYTES).decode("utf-8", "surrogatepass")


def has_only_settled_characters(printable: str) -> bool:
    """Whether a printable text, and so each part of it, is normalized and without combining marks.

    The `special_characters` of a text give the same answer: only with marks does it depend on neighbours.
    """
    return printable.isascii() or (
        is_normalized("NFC", printable) and not _mark_patterns().maybe.search(printable)
    )


def clean_block(value: str, limit: int = BLOCK_LIMIT) -> str:
    r"""Sanitize a multi-line string; lines are separated by "\n" alone.

    Like `clean_line`, but keep line breaks and spaces inside lines, expand a tab to four spaces, and collapse
    more than two blank lines to one.
    """
    text = value
    if not special_characters(value).isprintable():
        text = _remove_unwanted(_BREAK.sub("\n", value)).replace("\t", "    ")
        text = _ODD_SPACE.sub(" ", text)
    if not text.isascii():
        text = _normalize(text)
    if " \n" in text or text.endswith(" "):
        text = "\n".join([line.rstrip(" ") for line in text.split("\n")])
    return shorten(_MANY_BLANK_LINES.sub("\n\n", text).strip("\n"), limit)


def clean_source(value: str) -> str:
    r"""Sanitize source text for a parser: remove control characters other than "\n" and "\t".

    Line numbers are preserved: line breaks that only some programs count (NEL, U+2028, U+2029) become spaces.
    The text is neither normalized nor shortened.
    """
    if special_characters(value).replace("\t", "").isprintable():
        return value
    lines = value.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join([line if line.isprintable() else _clean_source_line(line) for line in lines])


def _clean_source_line(line: str) -> str:
    line = _SURROGATE.sub("\ufffd", _join_surrogates(_LATE_BREAK.sub(" ", line)))
    return _remove_unwanted(line).replace("\x0b", "").replace("\x0c", "")


def shorten(text: str, limit: int) -> str:
    """Shorten sanitized text to `limit` characters, "…" included; never separate marks from their base."""
    if len(text) <= limit:
        return text
    if limit < 1:
        return ""
    end = limit - 1
    while end > 0 and _is_attached(text[end]):
        end -= 1
    return text[:end].rstrip(" \n" + _JOINERS) + ELLIPSIS


def plain(value: str) -> str:
    """Remove HTML from a title or excerpt.

    Replace tags, comments, and scripts and styles with their content by a space, and decode entities once.
    Keep text such as "a < b", "<3" or "C<T>". White space is not collapsed; `clean_line` and `clean_block` do
    that.
    """
    if "<" in value:
        value = _tag_pattern().sub(_replace_tag, value)
    if "&" in value:
        unescaped = _ENTITY.sub(_decode_entity, value)
        if unescaped != value:  # an entity may encode a control character
            value = _remove_unwanted(unescaped)
    return value


@cache
def _tag_pattern() -> re.Pattern[str]:
    return re.compile(
        r"<!--.*?(?:-->|\Z)"
        r"|<(script|style)\b[^<>]*>.*?(?:</\1\s*>|\Z)"
        r"|<!doctype\b[^<>]*>|<\?xml\b[^<>]*>|<!\[CDATA\[|\]\]>"
        rf"|</?(?:{_LONG_TAGS})(?=[\s/>])(?:{_ATTRIBUTES}|[^<>]*)>"
        rf"|</?{_SHORT_TAGS}(?:\s*/?|(?=\s[^<>]*=)(?:{_ATTRIBUTES}|[^<>]*))>"
        rf"|<(?:{_LONG_TAGS}|{_SHORT_TAGS})\s+[a-z-]+=[^<>]*\Z",  # truncated with the excerpt
        re.IGNORECASE | re.DOTALL,
    )


def _replace_tag(found: re.Match[str]) -> str:
    precedes_punctuation = found[0].startswith("</") and found.string[found.end() : found.end() + 1] in _STOPS
    return "" if precedes_punctuation else " "


def _decode_entity(found: re.Match[str]) -> str:
    from html import unescape

    return unescape(found[0])


def _remove_unwanted(text: str) -> str:
    text = _join_surrogates(text)
    if _INTRODUCER.search(text):
        text = _SEQUENCE.sub("", text)
    return _UNWANTED.sub("", text)


def _join_surrogates(text: str) -> str:
    """Join surrogate pairs: JSON tools that write YAML escape an emoji as a pair."""
    if _SURROGATE.search(text):
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    return text


def _normalize(text: str) -> str:
    """Normalize to NFC, limit runs of marks, and remove marks at the start of a line."""
    marks = _mark_patterns()
    if not marks.maybe.search(text):
        return normalize("NFC", text)
    # Normalization sorts each run of marks in quadratic time, so long runs are truncated first.
    text = normalize("NFC", marks.absurd_stretch.sub(_limit_raw_run, text))
    return marks.stretch.sub(_limit_run, marks.at_line_start.sub(_strip_leading_marks, text))


@cache
def _mark_patterns() -> _MarkPatterns:
    # Compiled on first use: compiling takes milliseconds, and ASCII does not need them.
    maybe = f"[^{_MARKLESS}]"
    return _MarkPatterns(
        maybe=re.compile(maybe),
        at_line_start=re.compile(f"^{maybe}+", re.MULTILINE),
        stretch=re.compile(f"{maybe}{{{min(MARK_LIMIT, _JOINER_LIMIT) + 1},}}"),
        absurd_stretch=re.compile(f"{maybe}{{{_RAW_RUN_LIMIT + 1},}}"),
    )


def _limit_raw_run(found: re.Match[str]) -> str:
    return _limit_marks(found[0], _RAW_RUN_LIMIT, _RAW_RUN_LIMIT)


def _limit_run(found: re.Match[str]) -> str:
    return _limit_marks(found[0], MARK_LIMIT, _JOINER_LIMIT)


def _strip_leading_marks(found: re.Match[str]) -> str:
    return "".join(dropwhile(_is_attached, found[0]))


def _limit_marks(stretch: str, most_marks: int, most_joiners: int) -> str:
    # Drop the whole rest of a run: dropping from its middle could break the canonical order of the marks.
    chars = []
    marks = joiners = 0
    for char in stretch:
        if not _is_attached(char):
            marks = joiners = 0
        elif char in _JOINERS:
            joiners += 1
        else:
            marks += 1
        if marks <= most_marks and joiners <= most_joiners:
            chars.append(char)
    return "".join(chars)


def _is_attached_or_space(char: str) -> bool:
    return char == " " or _is_attached(char)


@lru_cache(maxsize=4_096)
def _is_attached(char: str) -> bool:
    return char in _JOINERS or category(char) in {"Mn", "Me"} or combining(char) > 0
