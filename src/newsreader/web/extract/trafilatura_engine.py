"""trafilatura as a second pair of eyes. It comes with the extra `readable`; imported when first used."""

from __future__ import annotations

from functools import cache
from html import escape
from typing import Final

from newsreader.domain.errors import NewsreaderError
from newsreader.web.extract.tree import VOID_TAGS, HtmlNode

MOST_NODES: Final = 20_000
"""Elements of a page that it is given: it walks a page many times."""

MOST_TEXT: Final = 1_000_000
"""Characters of a page that it is given."""


class MissingEngineError(NewsreaderError):
    """trafilatura is asked for and cannot be imported."""

    def __init__(self) -> None:
        super().__init__(
            "trafilatura is missing or incomplete; pip install trafilatura lxml_html_clean brings it"
        )


@cache
def is_installed() -> bool:
    """Tell whether trafilatura can be imported; without a module that it needs it cannot. Looked up once."""
    try:
        import trafilatura  # noqa: F401
    except Exception:  # noqa: BLE001 - a broken installation is none
        return False
    return True


def find_text(root: HtmlNode, url: str) -> str:
    """Return the article in a tree as trafilatura's HTML, "" if it finds none or fails.

    It is not given the page but the tree of it, without machinery: well formed, no deeper than the tree, free
    of what its parser could stumble over. Only its extraction is used, never its fetching.
    """
    import logging

    try:
        from trafilatura import extract
    except Exception:  # noqa: BLE001 - while one thread fails to import it, others may take it for imported
        return ""
    if sum(1 for _ in root.walk()) > MOST_NODES:
        return ""
    for name in ("trafilatura", "htmldate", "courlan"):
        # Else what it says about pages would go to standard error.
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())
    page = _page_of(root)
    if len(page) > MOST_TEXT:
        return ""
    try:
        found = extract(
            page,
            url=url,
            output_format="html",
            include_comments=False,
            include_formatting=True,
            include_images=False,
            include_links=True,
            include_tables=True,
            with_metadata=False,
        )
    except Exception:  # noqa: BLE001 - whatever goes wrong inside, there is our own extractor
        return ""
    return found or ""


def _page_of(root: HtmlNode) -> str:
    pieces: list[str] = []
    waiting: list[HtmlNode | str | None] = [root]
    ends: list[str] = []
    while waiting:
        part = waiting.pop()
        if part is None:
            pieces.append(ends.pop())
        elif isinstance(part, str):
            pieces.append(escape(part, quote=False))
        else:
            pieces.append(_start_tag(part))
            if part.name not in VOID_TAGS:
                ends.append(f"</{part.name}>" if part.name else "")
                waiting.append(None)
                waiting.extend(reversed(part.children))
    page = "".join(pieces).replace("\0", "")
    return page if "<body" in page else f"<html><body>{page}</body></html>"


def _start_tag(node: HtmlNode) -> str:
    if not node.name:
        return ""
    attributes = "".join(
        f' {name}="{escape(value)}"' for name, value in node.attributes.items() if name.isidentifier()
    )
    return f"<{node.name}{attributes}>"
