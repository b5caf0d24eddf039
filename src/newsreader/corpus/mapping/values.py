"""Values of other programs' keys -> values of the record format; None where a value does not fit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from newsreader.domain.sanitize import clean_line, plain
from newsreader.domain.urls import is_openable

MOST_NAMES = 500

_LONGEST = 8_000
"""Most characters of a text or address that are read."""

_WIKI_RE = re.compile(r"\[\[([^\[\]|]*)(?:\|([^\[\]]*))?\]\]")
_MARKDOWN_LINK_RE = re.compile(r"\[([^\[\]\n]*)\]\(((?:[^\s()]|\([^\s()]*\))*)\)")
_NAME_KEYS = ("name", "displayName", "display_name", "title", "label", "id", "slug", "login", "handle")
_URL_KEYS = (
    "url",
    "href",
    "link",
    "src",
    "path",
    "image",
    "feature",
    "relative",
    "file",
    "teaser",
    "publicURL",
)
_AND_RE = re.compile(r"\s*(?:;|\s&\s|\sand\s)\s*")


def text_of(value: Any) -> str | None:
    """One line of text without the markup of links."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = str(value)[:_LONGEST]
    if "[" in text:
        text = _WIKI_RE.sub(lambda link: link[2] or link[1].rpartition("/")[2], text)
        text = _MARKDOWN_LINK_RE.sub(r"\1", text)
    return clean_line(plain(text)) or None


def names_of(value: Any, *, by_spaces: bool = False) -> list[str] | None:
    """The names in a list, a map or text: separated by commas, or by spaces where that is the custom."""
    if isinstance(value, str):
        separator = None if by_spaces and "," not in value else ","
        names: Iterable[Any] = value.strip("[] ").split(separator) if "[[" not in value else value.split(",")
    elif isinstance(value, Mapping):
        names = [value] if _name(value) else value.values()
    else:
        names = value if isinstance(value, list) else [value]
    found: dict[str, None] = {}
    for entry in list(names)[:MOST_NAMES]:
        if name := _name(entry):
            found.setdefault(name.strip("\"'").removeprefix("#").strip("/ "), None)
    return [name for name in found if name] or None


def authors_of(value: Any) -> list[str] | None:
    """The names of authors: text, wiki links, lists of these or of maps."""
    if isinstance(value, str):
        return _people(value)
    names = names_of(value)
    return [part for name in names for part in _people(name)] if names and isinstance(value, list) else names


def _people(text: str) -> list[str]:
    """Split "Ann Lee, Bo Ray and Cy Day"; "Lee, Ann" is one name."""
    parts: list[str] = []
    for part in _AND_RE.split(text_of(text) or ""):
        split = [name.strip() for name in part.split(",")]
        are_whole = len(split) > 2 or all(" " in name for name in split if name)
        parts += [name for name in split if name] if are_whole else [part]
    return [part.strip() for part in parts if part.strip()]


def link_of(value: Any) -> str | None:
    """An address that can be opened: text, a Markdown link, a map with one, or the first of a list."""
    if isinstance(value, list):
        return next((url for entry in value[:MOST_NAMES] if (url := link_of(entry))), None)
    if isinstance(value, Mapping):
        return next((url for key in _URL_KEYS if (url := link_of(value.get(key)))), None)
    if not isinstance(value, str) or len(value) > _LONGEST:
        return None
    found = _MARKDOWN_LINK_RE.fullmatch(value.strip())
    url = (found[2] if found else value).strip().strip("<>").replace("&amp;", "&")
    return url if is_openable(url) else None


def image_of(value: Any) -> dict[str, Any] | None:
    """A picture: its address or path as text, or a map with one among other keys."""
    if isinstance(value, list):
        return next((image for entry in value[:MOST_NAMES] if (image := image_of(entry))), None)
    if isinstance(value, Mapping):
        url = next((value[key] for key in _URL_KEYS if isinstance(value.get(key), str)), None)
        if not url:
            return image_of([inner for inner in value.values() if isinstance(inner, Mapping)])
        words = value.get("caption") or value.get("alt") or value.get("title")
        return {"url": _image_url(url), **({"title": words} if isinstance(words, str) else {})}
    if not isinstance(value, str) or not (url := _image_url(value)) or (" " in url and "." not in url):
        return None
    return {"url": url}


def _image_url(text: str) -> str:
    text = text.strip()[:_LONGEST]
    if found := _WIKI_RE.fullmatch(text.removeprefix("!")):
        return found[1]
    if found := _MARKDOWN_LINK_RE.fullmatch(text.removeprefix("!")):
        return found[2]
    return text


def _name(entry: Any) -> str | None:
    if isinstance(entry, Mapping):
        return next((name for key in _NAME_KEYS if (name := text_of(entry.get(key)))), None)
    return text_of(entry)
