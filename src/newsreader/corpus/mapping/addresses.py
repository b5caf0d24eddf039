"""The address of a record on the published site, and local paths of pictures."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final, NamedTuple

from newsreader.corpus.mapping.detection import Site
from newsreader.corpus.mapping.keys import Keys
from newsreader.corpus.mapping.values import names_of
from newsreader.domain.urls import is_openable

_LONGEST_PATH: Final = 1_000
"""Maximum number of characters of a path that is looked up in the corpus."""

_ADDRESS_KEYS: Final = ("permalink", "url", "path")


class PublishedUrl(NamedTuple):
    """The URL of a record on its site, empty if unknown, and the key that gave it, if any."""

    url: str = ""
    key: str = ""


def published_url(site: Site, path: str, slug: str, day: str, keys: Keys) -> PublishedUrl:
    """Return the URL under which a site publishes a record.

    Args:
        site: The site that the file belongs to.
        path: Of the file, relative to the corpus.
        slug: From the name of the file.
        day: ISO date of the record, empty if unknown.
        keys: The metadata of the record.

    """
    for key in _ADDRESS_KEYS:
        given = keys.get(key)
        if (
            isinstance(given, str)
            and (given.startswith("/") or (key == "path" and site.preset.paths_are_addresses and given))
            and not re.search(r"[:{\s]", given.strip().replace(" ", ""))
        ):
            return PublishedUrl(absolute(site, "/" + given.lstrip("/ ")), key)
    given = keys.get("slug")
    slug = given.strip("/ ") if isinstance(given, str) and given.strip("/ ") else slug
    pattern = site.link
    if not pattern or " " in slug:
        return PublishedUrl()
    name = path.rpartition("/")[2]
    folder = path.removeprefix(site.prefix).rpartition("/")[0]
    above, posts, _ = f"/{folder}/".partition("/_posts/")
    if site.preset.pages is not None and not posts:
        return _page_url(site, f"{folder}/".removeprefix(f"{site.preset.pages}/"), name)
    folder = f"{folder}/".removeprefix(f"{site.content}/").removeprefix("content/").strip("/")
    if name.startswith(("index.", "_index.")):
        folder = folder.rpartition("/")[0]  # the last folder is the slug
    parts = {
        "title": slug,
        "path": f"{folder}/{slug}".strip("/"),
        "categories": f"{above if posts else ''}/{_categories(keys)}",
        "name": slug,
    }
    if day:
        parts |= dict(zip(("year", "month", "day"), day.split("-"), strict=True))
    built = re.sub(r":(\w+)", lambda word: parts.get(word[1], "\n"), pattern)
    return PublishedUrl("" if "\n" in built else absolute(site, re.sub(r"/{2,}", "/", built)))


def _page_url(site: Site, folder: str, name: str) -> PublishedUrl:
    """Return the URL of a page that is no post; unknown for one of another collection."""
    stem = name.rpartition(".")[0]
    if folder.startswith("_") or stem.startswith("_") or not site.address:
        return PublishedUrl()
    is_pretty = site.link.endswith("/") and site.preset.name == "jekyll"
    end = "" if stem == "index" else f"{stem}/" if is_pretty else f"{stem}.html"
    return PublishedUrl(absolute(site, f"/{folder.lstrip('/')}{end}"))


def absolute(site: Site, path: str) -> str:
    """Return a path of a site as a URL, empty if it is not one that can be opened."""
    url = site.address + path.strip().replace(" ", "%20")
    return url if is_openable(url) else ""


def picture_path(root: Path, site: Site, path: str, url: str) -> str:
    """Resolve the address of a picture.

    Returns:
        A URL unchanged; a path as that of the file relative to the corpus if the file is there, else as a URL
        of the published site, else unchanged.

    """
    if is_openable(url) or url.startswith("data:") or len(url) > _LONGEST_PATH:
        return url
    if url.startswith("//"):
        return f"https:{url}"
    place = url.partition("?")[0].partition("#")[0]
    here = path.rpartition("/")[0]
    prefix = site.prefix
    base = os.path.realpath(root)
    folders = [prefix, f"{prefix}static", f"{prefix}public", f"{prefix}source", f"{prefix}content", ""]
    for folder in folders if place.startswith("/") else [here, *folders]:
        inside = os.path.normpath(os.path.join(folder, place.lstrip("/")))  # noqa: PTH118
        if not inside.startswith("..") and _is_inside(base, inside):
            return inside.replace(os.sep, "/")
    return absolute(site, place) or url if place.startswith("/") and site.address else url


def _is_inside(base: str, path: str) -> bool:
    try:
        whole = os.path.realpath(os.path.join(base, path))  # noqa: PTH118
        return whole.startswith(base + os.sep) and os.path.isfile(whole)  # noqa: PTH113
    except (OSError, ValueError):
        return False


def _categories(keys: Keys) -> str:
    """Join the categories as folders of a URL."""
    names = names_of(keys.get("categories") or keys.get("category"), by_spaces=True)
    return "/".join(name.casefold().replace(" ", "-") for name in names or ())
