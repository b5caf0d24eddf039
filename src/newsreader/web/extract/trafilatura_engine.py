"""The optional engine trafilatura, of the extra `readable`; imported on demand."""

from __future__ import annotations

from functools import cache
from html import escape
from typing import Final

from newsreader.domain.errors import NewsreaderError
from newsreader.settings.install_hint import Extra, install_command
from newsreader.web.extract.tree import VOID_TAGS, HtmlNode

MAX_NODES: Final = 20_000
"""Elements of a page; trafilatura walks a page many times."""

MAX_TEXT: Final = 1_000_000
"""Characters of a page."""


class MissingEngineError(NewsreaderError):
    """trafilatura is requested and cannot be imported."""

    def __init__(self) -> None:
        super().__init__(f"trafilatura is missing or incomplete: {install_command(Extra.READABLE)}")


@cache
def is_installed() -> bool:
    """Return whether trafilatura and its dependencies can be imported; cached."""
    try:
        import trafilatura  # noqa: F401
    except Exception:  # noqa: BLE001 - a broken installation counts as none
        return False
    return True


def find_text(root: HtmlNode, url: str) -> str:
    """Return the article in a tree as HTML by trafilatura, empty if it finds none or fails.

    It gets the pruned tree as well-formed HTML of bounded depth, which its parser can handle. It fetches
    nothing.
    """
    import logging

    try:
        from trafilatura import extract
    except Exception:  # noqa: BLE001 - may fail after a failed import in another thread
        return ""
    if sum(1 for _ in root.walk()) > MAX_NODES:
        return ""
    for name in ("trafilatura", "htmldate", "courlan"):
        # Without a handler, its messages would go to standard error.
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())
    page = _page_of(root)
    if len(page) > MAX_TEXT:
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
    except Exception:  # noqa: BLE001 - the built-in extractor is the fallback
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
