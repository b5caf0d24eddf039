"""Inline rules beyond CommonMark: wiki links, formulas, template tags, components.

Every rule reads a bounded span or up to the next delimiter of its kind, so that the time is linear.
"""

from __future__ import annotations

import re
from html import escape
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.helpers import parseLinkDestination, parseLinkLabel, parseLinkTitle
from markdown_it.rules_inline import StateInline

from newsreader.markup.blocks import unescaped
from newsreader.markup.components import component_html
from newsreader.markup.html_tokens import COMMENT_END
from newsreader.markup.template_links import resolved_target
from newsreader.markup.templates import TEMPLATE_TAG, tag_html

MAX_UNCLOSED: Final = 500
"""Maximum number of unclosed brackets in a paragraph; further brackets are text."""

_WIKI_LINK: Final = re.compile(r"(!?)\[\[([^\[\]\n|]{1,300})(?:\\?\|([^\[\]\n]{0,300}))?\]\]")
_SIZE: Final = re.compile(r"\s*\d+(?:\s*x\s*\d+)?\s*")
_MISSING: Final = re.compile(r"\[([^\[\]\n]{1,300})\](?:\[([^\[\]\n]{0,200})\])")
_MATH: Final = re.compile(
    r"\$\$((?:[^$\\]|\\.)++)\$\$|\$(?![\s$])((?:[^$\\]|\\.)++)(?<!\s)\$(?![\d$])", re.DOTALL
)
_PRICE: Final = re.compile(r"\d[\d.,]*\W[^\\^_=+{}]*")
_ATTRIBUTES: Final = re.compile(r"\{:[^{}\n]{0,300}\}|\{[.#][A-Za-z][^{}\n]{0,300}\}")
_EXPRESSION: Final = re.compile(r"\{/\*[^{}]*+(?<=\*/)\}|\{[\"'] ?[\"']\}")
_ICON: Final = re.compile(r":([a-z][a-z0-9]*+(?:[-_][a-z0-9]++)*+|\+1):(?!\w)")
_COMMENT: Final = re.compile(r"%%[^%]*+%%")
_ENTITY: Final = re.compile(r"&[A-Za-z][A-Za-z0-9]{1,31}+(?![;=])")
_DESTINATION: Final = re.compile(rf"(<)?((?:[^\s(){{}}<>\\]|{TEMPLATE_TAG.pattern})++)(?(1)>)")
_MARKED: Final = re.compile(r"==(?=[^\s=])([^=\n]++)(?<!\s)==(?!=)")
# fmt: off
_EMOJI: Final = {
    "+1": "👍", "-1": "👎", "bug": "🐛", "bulb": "💡", "checkered_flag": "🏁", "clap": "👏",
    "construction": "🚧", "exclamation": "❗", "eyes": "👀", "fire": "🔥", "heart": "❤",
    "heavy_check_mark": "✔", "laughing": "😆", "link": "🔗", "lock": "🔒", "memo": "📝", "ok_hand": "👌",
    "package": "📦", "point_right": "👉", "question": "❓", "raised_hands": "🙌", "rocket": "🚀",
    "slightly_smiling_face": "🙂", "smile": "😄", "smiley": "😃", "sparkles": "✨", "star": "⭐",
    "sweat_smile": "😅", "tada": "🎉", "thinking": "🤔", "thumbsup": "👍", "warning": "⚠", "wave": "👋",
    "white_check_mark": "✅", "wink": "😉", "wrench": "🔧", "x": "❌", "zap": "⚡",
}
# fmt: on


def inline_plugin(parser: MarkdownIt) -> None:
    """Add the inline rules to a parser."""
    parser.helpers = _Helpers()  # type: ignore[assignment]
    ruler = parser.inline.ruler
    ruler.before("escape", "math", _math)
    ruler.before("link", "wiki_link", _wiki_link)
    ruler.after("image", "missing_reference", _missing_reference)
    ruler.before("html_inline", "component", _component)
    ruler.before("html_inline", "comment", _comment)
    ruler.before("entity", "open_entity", _open_entity)
    for name, rule in (("template", _template), ("icon", _icon), ("marked", _marked)):
        ruler.push(name, rule)


def _parse_destination(text: str, start: int, end: int) -> Any:
    """Parse the destination of a link in Markdown, which may have template tags, for markdown-it."""
    found = _DESTINATION.match(text, start, end)
    if found is None or "{" not in found[2]:
        return parseLinkDestination(text, start, end)
    resolved = f"<{resolved_target(found[2]) or '#'}>"
    result = parseLinkDestination(resolved, 0, len(resolved))
    result.pos = found.end()
    return result


class _Helpers:
    """The helpers of a parser: links to template tags, and a limit on the search for closing brackets."""

    parseLinkDestination = staticmethod(_parse_destination)  # noqa: N815
    parseLinkTitle = staticmethod(parseLinkTitle)  # noqa: N815

    @staticmethod
    def parseLinkLabel(state: StateInline, start: int, disableNested: bool = False) -> int:  # noqa: N802, N803
        """Return the end of the label that begins at `start`, -1 if it has none."""
        unclosed = state.cache.get(_UNCLOSED, 0)
        end = parseLinkLabel(state, start, disableNested) if unclosed < MAX_UNCLOSED else -1
        if end < 0:
            state.cache[_UNCLOSED] = unclosed + 1
        return end


_UNCLOSED: Final = -1
_NO_COMMENT_END: Final = -2
"""Keys in the cache of a paragraph that are not positions: unclosed brackets, no comment end."""


def _replace(state: StateInline, silent: bool, found: re.Match[str], html: str) -> bool:
    if not silent and html:
        state.push("html_made", "", 0).content = html
    state.pos = found.end()
    return True


def _math(state: StateInline, silent: bool) -> bool:
    found = _MATH.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "$" else None
    if found is None or _PRICE.fullmatch(found[2] or ""):
        return False
    before = state.src[state.pos - 1 : state.pos]
    if before.isalnum():  # "US$"
        return False
    if not silent:
        state.push("code_inline", "code", 0).content = (found[1] or found[2]).strip()
    state.pos = found.end()
    return True


def _wiki_link(state: StateInline, silent: bool) -> bool:
    found = _WIKI_LINK.match(state.src, state.pos, state.posMax) if state.src[state.pos] in "[!" else None
    if silent or found is None:  # see below
        return False
    is_embed, target, words = found[1], found[2].strip(), found[3] or ""
    if _SIZE.fullmatch(words):  # of an embedded picture
        words = ""
    shown = words.strip() or target.lstrip("#^").replace("#", " › ")
    return _replace(
        state,
        silent,
        found,
        f'<a data-target="{escape(target)}">{escape(f"[{shown}]" if is_embed else shown)}</a>',
    )


def _missing_reference(state: StateInline, silent: bool) -> bool:
    """Show only the text of a link to an undefined reference."""
    # In a link label, paired brackets must stay brackets.
    if silent or state.src[state.pos] != "[" or state.src[state.pos - 1 : state.pos].isalnum():
        return False
    found = _MISSING.match(state.src, state.pos, state.posMax)
    if found is None or found[1].isdigit() or found[1][0] == "^":
        return False
    limit = state.posMax
    state.pos, state.posMax = found.span(1)
    state.md.inline.tokenize(state)
    state.pos, state.posMax = found.end(), limit
    return True


def _template(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "{":
        return False
    found = TEMPLATE_TAG.match(state.src, state.pos, state.posMax)
    if found:
        return _replace(state, silent, found, tag_html(found[0]))
    found = _ATTRIBUTES.match(state.src, state.pos, state.posMax)
    if found:
        return _replace(state, silent, found, "")
    found = _EXPRESSION.match(state.src, state.pos, state.posMax)
    return found is not None and _replace(state, silent, found, " ")


def _component(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "<":
        return False
    if state.src[state.pos - 1 : state.pos].isalnum() and not state.src.startswith("</", state.pos):
        return False
    shown = component_html(state.src, state.pos, state.env)
    return shown is not None and _replace(state, silent, *shown)


def _icon(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != ":" or state.src[state.pos - 1 : state.pos].isalnum():
        return False
    found = _ICON.match(state.src, state.pos, state.posMax)
    if found is None or (found[1] not in _EMOJI and found[1].replace("_", "-").isalnum()):
        return False
    return _replace(state, silent, found, _EMOJI.get(found[1], ""))


def _comment(state: StateInline, silent: bool) -> bool:
    """Skip an Obsidian or HTML comment; CommonMark ends HTML comments later than browsers."""
    sign = state.src[state.pos]
    if sign == "%":
        found = _COMMENT.match(state.src, state.pos, state.posMax)
    elif sign == "<" and state.src.startswith("<!--", state.pos) and _NO_COMMENT_END not in state.cache:
        found = COMMENT_END.search(state.src, state.pos + 2, state.posMax)
        if found is None:
            state.cache[_NO_COMMENT_END] = state.pos
    else:
        found = None
    return found is not None and _replace(state, silent, found, "")


def _open_entity(state: StateInline, silent: bool) -> bool:
    """Decode a legacy entity without a semicolon."""
    found = _ENTITY.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "&" else None
    text = unescaped(found[0]) if found else ""
    return found is not None and text != found[0] and _replace(state, silent, found, escape(text))


def _marked(state: StateInline, silent: bool) -> bool:
    found = _MARKED.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "=" else None
    if found is None:
        return False
    if not silent:
        limit = state.posMax
        state.pos, state.posMax = found.span(1)
        state.push("strong_open", "strong", 1)
        state.md.inline.tokenize(state)
        state.push("strong_close", "strong", -1)
        state.posMax = limit
    state.pos = found.end()
    return True
