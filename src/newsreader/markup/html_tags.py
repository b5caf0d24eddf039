"""HTML tags by their effect on a page, and the detection of HTML bodies."""

from __future__ import annotations

import re
from typing import Final

BLOCK_NAMES: Final = (
    "address|article|aside|blockquote|body|caption|center|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|"
    "figure|footer|form|h1|h2|h3|h4|h5|h6|header|hgroup|hr|html|legend|li|main|menu|nav|ol|optgroup|option|p|"
    "pre|search|section|summary|table|tbody|td|tfoot|th|thead|tr|ul"
)
PHRASE_NAMES: Final = (
    "a|abbr|acronym|audio|b|bdi|bdo|big|br|button|canvas|cite|code|data|del|dfn|em|embed|font|i|iframe|img|"
    "input|ins|kbd|label|map|mark|math|meter|noscript|object|output|picture|progress|q|ruby|rp|rt|s|samp|"
    "script|select|small|source|span|strike|strong|style|sub|sup|svg|template|textarea|time|tt|u|var|video|wbr"
)
BLOCK_TAGS: Final = frozenset(BLOCK_NAMES.split("|"))
PHRASE_TAGS: Final = frozenset(PHRASE_NAMES.split("|"))
# fmt: off
MATH_TAGS: Final = frozenset({
    "annotation", "maction", "math", "menclose", "merror", "mfenced", "mfrac", "mi",
    "mmultiscripts", "mn", "mo", "mover", "mpadded", "mphantom", "mprescripts", "mroot", "mrow",
    "ms", "mspace", "msqrt", "mstyle", "msub", "msubsup", "msup", "mtable", "mtd", "mtext", "mtr",
    "munder", "munderover", "none", "semantics",
})
# fmt: on
EMPHASIS_TAGS: Final = {
    **dict.fromkeys(("b", "strong"), "strong"),
    **dict.fromkeys(("cite", "dfn", "em", "i", "var"), "emphasis"),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), "code"),
    **dict.fromkeys(("del", "s", "strike"), "strike"),
}
# fmt: off
UNSEEN_TAGS: Final = frozenset({
    "annotation", "annotation-xml", "audio", "button", "canvas", "datalist", "dialog", "head", "map",
    "select", "svg", "template", "video",
})
VOID_TAGS: Final = frozenset({
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "link",
    "meta", "param", "source", "track", "wbr",
})
# fmt: on
_COMMENTS: Final = r"\s*+(?:<!--.*?-->\s*+)*+"
_DOCUMENT: Final = re.compile(_COMMENTS + r"<(?:!doctype|html|head|body)(?=[\s>])", re.IGNORECASE | re.DOTALL)
_ANY_TAG_FIRST: Final = re.compile(
    rf"{_COMMENTS}<(?:{BLOCK_NAMES}|{PHRASE_NAMES})(?=[\s/>])", re.IGNORECASE | re.DOTALL
)
_BLOCK_TAG: Final = re.compile(rf"(?<!`)</?(?:{BLOCK_NAMES})(?:>|[\s/][^<>]*+>)(?!`)", re.IGNORECASE)
_MARKDOWN_SIGN: Final = re.compile(r"^ {0,3}(?:#{1,6} +\S|```|~~~)|\]\((?:https?:|/|#)", re.MULTILINE)


def looks_like_html(source: str) -> bool:
    """Check whether a body is HTML rather than Markdown.

    HTML begins like a document or with a tag, or at least half of its paragraphs contain block-level tags.
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
