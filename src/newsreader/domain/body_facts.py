"""Derive missing metadata from a body: heading, first paragraph, first picture."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final, NamedTuple

from newsreader.domain.sanitize import clean_line, plain, shorten

SEARCHED: Final = 20_000
"""Number of characters of a body that are searched."""

INDEXED: Final = 1_000_000
"""Number of characters of a body that a filter finds words in."""

PARAGRAPH_LIMIT: Final = 500
_SHORTEST: Final = 20
"""A shorter first paragraph is used only if no longer one follows."""

_MOST_BLOCKS: Final = 60
_LONGEST: Final = 1_000
"""Maximum length of a paragraph that is parsed; the patterns for emphasis take quadratic time."""

_COMMENT_RE = re.compile(r"<!--.*?(?:-->|\Z)|\{#[^{}]*#\}|%%[^%]*%%|\{/\*[^{}]*\*/\}", re.DOTALL)
_NOISE_LINE_RE = re.compile(
    r"^[ \t]*(?:\{[%{:].*|<%.*%>|(?:import|export)\s.*|\[\[?_?TOC_?\]?\]|\[toc\].*|:::.*|\{:.*\}"
    r"|#[\w/-]+(?:[ \t]+#[\w/-]+)*"
    r"|[\w -]{1,40}::[ \t].*|\[\^?[^\]\n]+\]:[ \t].*|[-*_=][-*_= \t]{2,}|</?[a-zA-Z][^>\n]*/?>)[ \t]*$",
    re.MULTILINE,
)
_FENCE_RE = re.compile(r"^[ \t]*(```+|~~~+)[^\n]*\n.*?(?:^[ \t]*\1[`~]*[ \t]*$|\Z)", re.MULTILINE | re.DOTALL)
_HIGHLIGHT_RE = re.compile(r"\{%-?\s*(highlight|raw|comment)\b.*?(?:\{%-?\s*end\1\s*-?%\}|\Z)", re.DOTALL)
_HEADING_RE = re.compile(r"^ {0,3}(#{1,6})[ \t]+(\S[^\n]*)$", re.MULTILINE)
_HEADING_END_RE = re.compile(r"[ \t]*\{[^{}]*\}$|[ \t]+#+$")
_UNDERLINED_RE = re.compile(r"^(?![ \t>#*-])(\S[^\n]*)\n(=+|-{2,})[ \t]*$", re.MULTILINE)
_HTML_HEADING_RE = re.compile(r"<(h1|title)\b[^<>]*>(.{0,500}?)</\1\s*>", re.IGNORECASE | re.DOTALL)
_HTML_PARAGRAPH_RE = re.compile(r"<p\b[^<>]*>(.*?)(?:</p\s*>|(?=<p\b)|\Z)", re.IGNORECASE | re.DOTALL)
_IMAGE_RE = re.compile(
    r"!\[([^\[\]\n]*)\]\(\s*<?([^\s()<>]+(?:\([^\s()]*\)[^\s()<>]*)*)>?(?:\s+[\"'][^\n]*?[\"'])?\s*\)"
)
_EMBED_RE = re.compile(
    r"!\[\[([^\[\]|\n]+\.(?:png|jpe?g|gif|webp|svg|avif))(?:\|[^\[\]\n]*)?\]\]", re.IGNORECASE
)
_HTML_IMAGE_RE = re.compile(r"<img\b[^<>]*?\ssrc\s*=\s*[\"']?([^\"'\s<>]+)", re.IGNORECASE)
_ANY_EMBED_RE = re.compile(r"!\[\[[^\[\]\n]*\]\]")
_LINK_RE = re.compile(
    r"\[((?:[^\[\]\n]|\[[^\[\]\n]*\])*)\](?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|\[[^\[\]\n]*\])"
)
_WIKI_RE = re.compile(r"\[\[([^\[\]|\n]*)(?:\|([^\[\]\n]*))?\]\]")
_FOOTNOTE_RE = re.compile(r"\[\^[^\]\n]*\]")
_LIQUID_RE = re.compile(r"\{\{[^{}\n]*\}\}|\{%[^%\n]*%\}|\{:[^{}\n]*\}")
_ADDRESS_RE = re.compile(r"\b(?:https?|ftp)://[^\s<>()\[\]\"]+|^ {0,3}\[[^\]\n]*\]:[ \t]+\S+", re.MULTILINE)
_EMPHASIS_RE = re.compile(r"(?<![\w\\])(\*\*\*|\*\*|\*|___|__|_|~~|==|`{1,3})(?=\S)([^\n]*?\S)\1(?!\w)")
_ESCAPE_RE = re.compile(r"\\([!-/:-@\[-`{-~])")
_NOT_PARAGRAPH_RE = re.compile(
    r"(?:#{1,6}[ \t]|[|>]|[-*+][ \t]|\d{1,3}[.)][ \t]|!!!|\?\?\?|={3}|: |\$\$| {4}|\t)"
)
_ITEM_RE = re.compile(r"(?:>[ \t]?)*(?:[-*+]|\d{1,3}[.)])?[ \t]*(?:\[[ xX]\][ \t]+)?")


class Heading(NamedTuple):
    """A heading, and the body without it if nothing precedes it."""

    text: str
    body: str


def first_heading(body: str) -> Heading | None:
    """Return the first heading if it can serve as a title: of level 1, or before any other text."""
    searched = body[:SEARCHED]
    blanked = _blank_out(searched)
    found = [match for pattern in (_HEADING_RE, _UNDERLINED_RE) if (match := pattern.search(blanked))]
    if not found:
        html = _HTML_HEADING_RE.search(searched)
        text = clean_line(plain(html[2])) if html else ""
        return Heading(text, body) if text else None
    first = min(found, key=re.Match.start)
    is_top = first[1] == "#" if first.re is _HEADING_RE else first[2].startswith("=")
    leads = not _NOISE_LINE_RE.sub("", blanked[: first.start()]).strip()
    text = plain_text(_HEADING_END_RE.sub("", first[2 if first.re is _HEADING_RE else 1][:_LONGEST].rstrip()))
    if not text or not (leads or is_top):
        return None
    return Heading(text, (body[: first.start()] + body[first.end() :]).strip("\n") if leads else body)


def first_paragraph(body: str) -> str:
    """Return the first paragraph of prose as one line; otherwise the first text of any kind."""
    searched = body[:SEARCHED]
    if searched.lstrip().startswith("<") and (html := _html_paragraph(searched)):
        return html
    blanked = _NOISE_LINE_RE.sub("", _blank_out(searched))
    blanked = _UNDERLINED_RE.sub("", blanked)
    shortest = other = ""
    for block in islice(re.split(r"\n[ \t]*\n", blanked), _MOST_BLOCKS):
        lines = block.strip("\n")
        text = plain_text(" ".join(_ITEM_RE.sub("", line.strip(), count=1) for line in lines.split("\n")))
        if not text or not _ANY_EMBED_RE.sub("", _IMAGE_RE.sub("", lines)).strip():
            continue
        if _NOT_PARAGRAPH_RE.match(lines):
            other = other or ("" if lines.lstrip().startswith(("#", "|", ">")) else text)
        elif len(text) >= _SHORTEST:
            return shorten(text, PARAGRAPH_LIMIT)
        else:
            shortest = shortest or text
    return shorten(shortest or other, PARAGRAPH_LIMIT)


def first_image(body: str) -> str:
    """Return the URL or path of the first picture; empty if there is none."""
    blanked = _blank_out(body[:SEARCHED])
    found = [
        (match.start(), match[group])
        for pattern, group in ((_IMAGE_RE, 2), (_EMBED_RE, 1), (_HTML_IMAGE_RE, 1))
        if (match := pattern.search(blanked))
    ]
    return min(found)[1].replace("&amp;", "&") if found else ""


def plain_text(markdown: str) -> str:
    """Return the text of a Markdown paragraph as one line."""
    text = _ANY_EMBED_RE.sub(" ", _IMAGE_RE.sub(r"\1", markdown[:_LONGEST]))
    text = _WIKI_RE.sub(
        lambda link: link[2] or link[1].partition("#")[0] or link[1], _FOOTNOTE_RE.sub("", text)
    )
    text = _LIQUID_RE.sub("", _LINK_RE.sub(r"\1", text))
    text = without_emphasis(text)
    return clean_line(plain(re.sub(r"<(https?://[^<>\s]+)>", r"\1", text)))


def without_emphasis(text: str) -> str:
    """Remove the marks of emphasis and the escapes of one paragraph."""
    for _ in range(3):  # nested emphasis
        text = _EMPHASIS_RE.sub(r"\2", text)
    return _ESCAPE_RE.sub(r"\1", text)


def body_text(body: str) -> str:
    """Return the words of a body without markup and addresses, for the full-text index."""
    text = _COMMENT_RE.sub(" ", body[:INDEXED])
    text = _IMAGE_RE.sub(r"\1", text)
    text = _WIKI_RE.sub(lambda link: f"{link[2] or ''} {link[1]}", text)
    text = _LIQUID_RE.sub(" ", _LINK_RE.sub(r"\1", text))
    return plain(_ADDRESS_RE.sub(" ", text)).strip()


def _html_paragraph(body: str) -> str:
    for paragraph in islice(_HTML_PARAGRAPH_RE.finditer(body), _MOST_BLOCKS):
        text = clean_line(plain(_LIQUID_RE.sub("", paragraph[1])))
        if len(text) >= _SHORTEST:
            return shorten(text, PARAGRAPH_LIMIT)
    return ""


def _blank_out(body: str) -> str:
    """Replace comments and code by blanks, so that positions stay the same."""
    for pattern in (_HIGHLIGHT_RE, _FENCE_RE, _COMMENT_RE):
        body = pattern.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), body)
    return body
