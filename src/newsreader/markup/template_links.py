"""Links whose target is a template tag, such as `[release]({% post_url 2026-07-16-release %})`.

The tags are those of Jekyll (https://jekyllrb.com/docs/liquid/tags/#links) and Hugo
(https://gohugo.io/shortcodes/ref/), and the filters that prefix an address with that of the site.
"""

from __future__ import annotations

import re
from typing import Final

from newsreader.markup.templates import TEMPLATE_TAG

_LINK_TAG: Final = re.compile(r"\{%-?\s*+(link|post_url)\s++([^\s%]++)\s*+-?%\}")
_REF_TAG: Final = re.compile(r"\{\{[<%]\s*+(?:rel)?ref\s++(?:path\s*+=\s*+)?[\"`]([^\"`]*+)[\"`]")
_FILTERED: Final = re.compile(
    r"\{\{-?\s*+[\"']([^\"']*+)[\"']\s*+\|\s*+(?:relative_|absolute_)?url\s*+-?\}\}"
)


def resolved_target(target: str) -> str:
    """Replace the template tags in a target by the files or addresses that they stand for.

    A tag whose meaning only the site's program knows, such as the address of the site, is left out.
    """
    return TEMPLATE_TAG.sub(_stands_for, target) if "{" in target else target


def _stands_for(tag: re.Match[str]) -> str:
    if link := _LINK_TAG.fullmatch(tag[0]):
        name = link[2].lstrip("/")
        return name if link[1] == "post_url" else f"/{name}"
    if ref := _REF_TAG.match(tag[0]):
        return ref[1]
    if filtered := _FILTERED.fullmatch(tag[0]):
        return filtered[1]
    return ""
