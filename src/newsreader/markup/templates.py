"""Template tags and callouts in bodies: Liquid, Nunjucks, Hugo's and Hexo's shortcodes.

Nothing is executed. Code between tags stays code, comments are removed, and text between other tags is kept.
"""

from __future__ import annotations

import re
from html import escape
from typing import Final

from newsreader.markup.html_tokens import tag_attributes

# fmt: off
# The kinds of callouts: quotes whose first line names their kind. A tab is one, too.
KINDS: Final = frozenset({
    "abstract", "alert", "attention", "bug", "caution", "check", "danger", "details", "error",
    "example", "failure", "faq", "hint", "important", "info", "message", "note", "question",
    "seealso", "success", "summary", "tip", "tldr", "todo", "warning",
})
# fmt: on
CALLOUT_END: Final = "</aside>"

RAW_BRACE: Final = "\ufdd0"
"""Replaces a brace that does not begin a tag; sanitizing removes this character from sources."""

# Braces inside a tag must be balanced, so no character is read more than twice.
TEMPLATE_TAG: Final = re.compile(
    r"\{\{(?:[^{}]|\{[^{}]*+\})*+\}\}|\{%(?:[^{}%]|%(?!\})|\{[^{}]*+\})*+%\}|\{#(?=\s)[^{}]*+(?<=#)\}"
)
_PAIR_BEGIN: Final = re.compile(
    r"(?P<indent>^[ ]*+)?(?:\{%[-+]?\s*+(?P<name>raw|verbatim|highlight|codeblock|comment)\b"
    r"(?P<words>[^{}]*?)[-+]?%\}"
    r"|\{\{[<%]\s*+(?P<code>highlight)\b(?P<more>[^{}]*?)[%>]\}\})",
    re.MULTILINE,
)
_ENDS: Final = {
    name: re.compile(rf"\{{%[-+]?\s*+end{name}\s*+[-+]?%\}}")
    for name in ("raw", "verbatim", "highlight", "codeblock", "comment")
}
_SHORTCODE_END: Final = re.compile(r"\{\{[<%]\s*+/\s*+highlight\s*+[%>]\}\}")
_SHORTCODE: Final = re.compile(r"\{(?:\{[<%]|%)-?\s*+(/?)\s*+([A-Za-z][\w/.-]*+)([^{}]*?)[-/%>]{0,3}\}{1,2}")
_CALLOUT_TAGS: Final = frozenset({"admonition", "alert", "callout", "notice", "tab"})
_PICTURE_TAGS: Final = frozenset({"figure", "image", "img"})
_VIDEO_PAGES: Final = {"vimeo": "https://vimeo.com/", "youtube": "https://www.youtube.com/watch?v="}
_CLIP: Final = re.compile(r"[\w-]{1,40}")
# Over several lines, where a last line ">}}" would be a quote.
_BROKEN_TAG: Final = re.compile(r"\{\{[<%][^{}\n]*+\n[^{}]*+\}\}")
# Only over several lines: its parameters may contain most of the text.
_INCLUDE: Final = re.compile(r"\{%-?\s*+include\s[^{}%\n]*+\n(?:[^{}%]|%(?!\})|\{[^{}]*+\})*+%\}")
_LONG_TEXT: Final = re.compile(r"""=\s*"([^"]{20,})\"""")
_LANGUAGE: Final = re.compile(r"[\w+#-]{1,20}")
_QUOTED: Final = re.compile(r"""(?<![=\w])["']([^"']{1,200})["']""")


def prepare(source: str, *, is_html: bool) -> str:
    """Replace paired tags: convert code to HTML or Markdown, remove comments."""
    if "{%" not in source and "{{" not in source:
        return source
    source = _BROKEN_TAG.sub(lambda tag: " ".join(tag[0].split()), source)
    source = _INCLUDE.sub(_include_text, source)
    pieces: list[str] = []
    place = 0
    unclosed: set[str] = set()
    for begin in _PAIR_BEGIN.finditer(source):
        name = begin["name"] or "shortcode"
        if begin.start() < place or name in unclosed:
            continue
        end = (_ENDS.get(name) or _SHORTCODE_END).search(source, begin.end())
        if end is None:  # later ones are unclosed, too
            unclosed.add(name)
            continue
        content = source[begin.end() : end.start()]
        pieces += source[place : begin.start()], _replaced(name, begin, content, is_html=is_html)
        place = end.end()
    return "".join([*pieces, source[place:]])


def _replaced(name: str, begin: re.Match[str], content: str, *, is_html: bool) -> str:
    indent = begin["indent"] or ""
    if name == "comment":
        return ""
    if name in {"raw", "verbatim"}:
        return indent + content.replace("{", RAW_BRACE)
    if is_html:
        return f"<pre>{escape(content)}</pre>"
    language = _LANGUAGE.match((begin["words"] or begin["more"] or "").strip())
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", content)), default=2))
    lines = content.strip("\n").rstrip()
    return f"\n\n{indent}{fence}{language[0] if language else ''}\n{lines}\n{indent}{fence}\n\n"


def _include_text(tag: re.Match[str]) -> str:
    """Return the text parameters of an include as paragraphs."""
    texts = [text for text in _LONG_TEXT.findall(tag[0]) if " " in text]
    return "\n\n" + "\n\n".join(texts) + "\n\n" if texts else tag[0] if "\n\n" not in tag[0] else ""


def without_tags(text: str) -> str:
    """Remove template tags."""
    return TEMPLATE_TAG.sub("", text) if "{" in text else text


def tag_html(tag: str) -> str:
    """Convert a template tag to HTML: a picture, a video, the start or end of a callout, or nothing."""
    found = _SHORTCODE.fullmatch(tag)
    if found is None:
        return ""
    name, rest = found[2].lower(), found[3]
    is_end = found[1] == "/" or name.startswith("end")
    name = name.removeprefix("end")
    if name in KINDS or name in _CALLOUT_TAGS:
        return CALLOUT_END if is_end else _callout(name, rest)
    attributes = tag_attributes(rest)
    if name in _PICTURE_TAGS:
        words = attributes.get("alt") or attributes.get("caption") or attributes.get("title") or ""
        return picture_html(attributes.get("src", ""), words)
    if name in _VIDEO_PAGES and rest.strip():
        clip = (attributes.get("id") or rest.strip().strip("\"'")).split()[0]
        return f'<video src="{_VIDEO_PAGES[name]}{clip}"></video>' if _CLIP.fullmatch(clip) else ""
    return ""


def _callout(name: str, rest: str) -> str:
    attributes, quoted, words = tag_attributes(rest), _QUOTED.search(rest), rest.split()
    title = attributes.get("title", "") or (quoted[1] if quoted else "")
    if name == "tab":
        return callout_start(name, attributes.get("name", "") or title)
    kind = name if name in KINDS else attributes.get("type", "") or (words[0] if words else "note")
    return callout_start(kind.strip("\"'"), title)


def picture_html(source: str, words: str) -> str:
    """Format a picture as HTML."""
    alt = f' alt="{escape(words)}"' if words else ""
    return f'<img src="{escape(source)}"{alt}>' if source else ""


def callout_name(kind: str, title: str) -> str:
    """Return the title line of a callout: its kind, and its title if different."""
    kind, title = kind.strip().lower().removeprefix("callout-").replace("-", " "), title.strip().strip('"')
    if kind in {"tab", "tabitem"}:
        return title or "Tab"
    if kind == "message" and title == "alert":  # Zenn
        return "Warning"
    name = kind[:1].upper() + kind[1:]
    return name if not title or title.lower() == kind else f"{name}: {title}"


def callout_start(kind: str, title: str = "") -> str:
    """Format the start of a callout as HTML."""
    name = escape(callout_name(kind, title))
    return f'<aside class="admonition"><p class="admonition-title">{name}</p>'
