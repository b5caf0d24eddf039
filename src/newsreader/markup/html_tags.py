"""The tags of HTML by what they do to a page."""

from __future__ import annotations

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
