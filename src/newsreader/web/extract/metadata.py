"""Metadata of a page: its title, its base URL, and the article in its JSON-LD."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Final, NamedTuple
from urllib.parse import urljoin

from newsreader.domain.sanitize import clean_block, clean_line, plain
from newsreader.domain.urls import is_openable
from newsreader.markup.blocks import unescaped
from newsreader.web.extract.tree import HtmlNode

_BODY_LIMIT: Final = 400_000
_MOST_SCRIPTS: Final = 400
_MOST_VALUES: Final = 20_000
# Bounded, so that broken tags are searched in linear time.
_SCRIPT: Final = re.compile(r"<script\b([^<>]{0,500}+)>", re.IGNORECASE)
_SCRIPT_END: Final = re.compile(r"</script", re.IGNORECASE)
_TITLE: Final = re.compile(r"<title\b[^<>]{0,500}+>([^<]{1,2000}+)", re.IGNORECASE)
_PARTS: Final = re.compile(r"\s[|–—·»-]+\s|\s::\s|\s/\s")


class PageMetadata(NamedTuple):
    """Metadata of a page.

    `headline` is the title of its article, `page_title` that of the window, which may include the site.
    `body` is the text of the article in JSON-LD, complete or partial, and rarely present. `base` is the base
    URL of its links.
    """

    headline: str
    page_title: str
    site: str
    body: str
    base: str


def metadata_of(source: str, tree: HtmlNode, url: str) -> PageMetadata:
    """Return the metadata of the page at `url`."""
    metas = _metas(tree)
    headline, body = _from_json(source)
    title = _TITLE.search(source)
    return PageMetadata(
        headline=_line(metas.get("og:title") or headline or metas.get("twitter:title") or ""),
        page_title=_line(title[1]) if title else "",
        site=_line(metas.get("og:site_name", "")),
        body=body,
        base=_base(tree, url),
    )


def title_of(metadata: PageMetadata, tree: HtmlNode) -> str:
    """Return the headline of a page without the name of its site, which may be empty."""
    heading = next((_line(node.text()) for node in tree.walk() if node.name == "h1"), "")
    title = metadata.headline or heading or metadata.page_title
    if heading and title.startswith(heading):  # what follows is the name of the site
        return heading
    pieces = _PARTS.split(title)
    last = pieces[-1].strip()
    if len(pieces) > 1 and last and (_is_same(last, metadata.site) or title is metadata.page_title):
        return title[: title.rindex(last)].rstrip(" |–—·»-:/")
    return title


def _metas(tree: HtmlNode) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in tree.walk():
        if node.name == "meta" and node.get("content"):
            name = node.get("property") or node.get("name")
            found.setdefault(name.lower(), node.get("content"))
    return found


def _base(tree: HtmlNode, url: str) -> str:
    hrefs = (node.get("href") for node in tree.walk() if node.name == "base")
    for href in hrefs:
        base = joined(url, href)
        if is_openable(base):
            return base
    return url


def joined(base: str, href: str) -> str:
    """Return the absolute URL of a link, empty if it is invalid."""
    try:
        return urljoin(base, href.strip().replace(" ", "%20"))
    except ValueError:  # invalid brackets
        return ""


def _line(text: str) -> str:
    return clean_line(plain(unescaped(text)), 500)


def _is_same(one: str, other: str) -> bool:
    return bool(other) and one.casefold() == other.casefold()


def _from_json(source: str) -> tuple[str, str]:
    """Return the headline and the longest article text in JSON-LD, which may be empty."""
    headline = body = ""
    for value in _json_values(source):
        text = value.get("articleBody")
        if isinstance(text, str) and len(text) > len(body):
            body = text[:_BODY_LIMIT]
        name = value.get("headline")
        if isinstance(name, str) and not headline:
            headline = name
    return headline, clean_block(plain(body), _BODY_LIMIT)


def _json_values(source: str) -> Iterator[dict[str, object]]:
    """Yield all objects in the JSON-LD of a page in preorder."""
    waiting: list[object] = []
    for text in _json_scripts(source):
        try:
            waiting.append(json.loads(text, strict=False))
        except (ValueError, RecursionError):
            continue
    for _ in range(_MOST_VALUES):
        if not waiting:
            return
        value = waiting.pop()
        if isinstance(value, dict):
            yield value
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)


def _json_scripts(source: str) -> Iterator[str]:
    place = 0
    for _ in range(_MOST_SCRIPTS):
        begin = _SCRIPT.search(source, place)
        end = _SCRIPT_END.search(source, begin.end()) if begin else None
        if begin is None or end is None:
            return
        if "ld+json" in begin[1].lower():
            yield source[begin.end() : end.start()]
        place = end.end()
