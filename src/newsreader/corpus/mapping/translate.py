"""A document with the keys of any program -> one with those of the record format. Native keys always win."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from newsreader.corpus.document import Document
from newsreader.corpus.fields import KNOWN_KEYS, PROFILES, fits
from newsreader.corpus.mapping import values
from newsreader.corpus.mapping.addresses import picture_path, published_url
from newsreader.corpus.mapping.detection import Site
from newsreader.corpus.mapping.keys import CONTAINERS, NATIVE_SIGNS, Found, Keys
from newsreader.corpus.mapping.paths import facts_of, words_of
from newsreader.corpus.mapping.presets import GENERIC
from newsreader.corpus.mapping.visibility import says_hidden
from newsreader.domain import body_facts as bodies
from newsreader.domain.corpus_options import CorpusOptions
from newsreader.domain.date_parsing import parse_duration, parse_moment
from newsreader.domain.dates import iso
from newsreader.domain.sanitize import clean_line
from newsreader.domain.urls import host_of, is_openable

UPDATED: Final = "dateFrom"
"""The key that says which key the day comes from where no key names the day of publication."""

_TYPES: Final = frozenset(("article", "video", "course", "collection", "download", "forum", "profile"))
_NOT_FOREIGN: Final = frozenset(
    ("title", "excerpt", "topics", "category", "type", "images", "related", "published", "removed", "lang")
)
"""Native keys that mean the same in other programs if their value fits."""


def _list_of(kind: type, value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(entry, kind) for entry in value)


def _are_images(value: Any) -> bool:
    return _list_of(dict, value) and all(
        isinstance(url := entry.get("url"), str) and is_openable(url) for entry in value
    )


_STRICTER: Final[Mapping[str, Callable[[Any], bool]]] = {
    "type": lambda value: isinstance(value, str) and value in _TYPES,
    "topics": lambda value: _list_of(str, value) and not any("[[" in name for name in value),
    "images": _are_images,
    "related": lambda value: _list_of(dict, value),
    "actions": lambda value: _list_of(dict, value),
    "enclosures": lambda value: _list_of(dict, value),
    "items": lambda value: _list_of(str, value),
    "levels": lambda value: _list_of(str, value),
    "length": lambda value: isinstance(value, str) and parse_duration(value) is not None,
    "website": lambda value: isinstance(value, str) and is_openable(value),
    "provider": lambda _: False,
}
"""What has to be true of a value of a native key in another program's record, where any text would fit."""


def is_native(document: Document) -> bool:
    """Whether a document is in the record format, so that it means what it says there and nothing else."""
    return not NATIVE_SIGNS.isdisjoint(document.values)


def has_aliases(document: Document) -> bool:
    """Whether a native document has keys of other programs beside its own."""
    return not _SPELLINGS.isdisjoint(document.values)


_SPELLINGS: Final = frozenset(
    (
        "tags",
        "author",
        "authors",
        "description",
        "date",
        "image",
        "cover",
        "lang",
        "language",
        "locale",
        "keywords",
    )
)


def translate(root: Path, document: Document, path: str, site: Site, options: CorpusOptions) -> Document:
    """Translate a document; what no key says is taken from its body and path, unless it is native.

    Args:
        root: Of the corpus, for pictures that lie in it.
        document: As it was read.
        path: Relative to the corpus.
        site: That the file belongs to.
        options: What the settings say.

    """
    in_format = is_native(document) or site.preset.name == "native"
    if in_format and not has_aliases(document):
        return document
    return _Translation(root, document, path, site, options, is_native=in_format).result()


class _Translation:
    def __init__(
        self,
        root: Path,
        document: Document,
        path: str,
        site: Site,
        options: CorpusOptions,
        *,
        is_native: bool,
    ) -> None:
        self._root = root
        self._document = document
        self._path = path
        self._site = site
        self._options = options
        self._keys = Keys(document.values, options.keys)
        self._facts = facts_of(path, site.languages)
        self._is_native = is_native
        self._result: dict[str, Any] = {}
        self._used: set[str] = set()
        self._lines: dict[str, str] = {}
        self._body = document.body

    def result(self) -> Document:
        self._keep_native()
        for fill in (
            self._title,
            self._date,
            self._names,
            self._link,
            self._provider,
            self._image,
            self._language,
        ):
            fill()
        if not self._is_native:
            self._excerpt()
            self._published()
        return self._translated()

    def _keep_native(self) -> None:
        """Take over what stands under a native key and fits it."""
        for key, value in self._document.values.items():
            meant = key in _NOT_FOREIGN or (key in KNOWN_KEYS and self._site.preset is GENERIC)
            if self._is_native or (meant and value is not None and self._fits(key, value)):
                self._result[key] = value

    def _fits(self, key: str, value: Any) -> bool:
        if key in _STRICTER:
            return _STRICTER[key](value)
        return key in PROFILES or fits(key, value)

    def _has(self, key: str) -> bool:
        return self._result.get(key) not in (None, "", [], {})

    def _put(self, key: str, value: Any, found: Found | None = None) -> None:
        self._result[key] = value
        if found is not None:
            self._used.add(found.key)
            self._lines[key] = found.key

    def _title(self) -> None:
        if self._has("title") or (self._has("name") and self._is_native):
            if isinstance(title := self._result.get("title"), str):
                self._drop_heading(title)
            return
        for found in self._keys.of("title"):
            if text := values.text_of(found.value):
                self._put("title", text, found)
                self._drop_heading(text)
                return
        if self._is_native:
            return
        heading = None if self._site.preset.file_is_title else bodies.first_heading(self._body)
        if heading is not None:
            self._put("title", heading.text)
            self._body = heading.body
        else:
            self._put("title", self._facts.day_as_title or words_of(self._facts.slug))

    def _drop_heading(self, title: str) -> None:
        """Drop a heading above the text that repeats the title."""
        if self._is_native or not self._body.lstrip().startswith(("#", title[:20])):
            return
        heading = bodies.first_heading(self._body)
        if heading is not None and heading.text.casefold() == clean_line(title).casefold():
            self._body = heading.body

    def _date(self) -> None:
        if self._has("publishedDateTime") or self._dated_by("date"):
            return
        if self._is_native or self._dated_by("created"):
            return
        if day := self._facts.day or self._day_of_address():
            self._put("publishedDateTime", day)
        elif found := self._dated_by("updated"):
            self._result[UPDATED] = found.key

    def _dated_by(self, field: str) -> Found | None:
        for found in self._keys.of(field):
            if isinstance(found.value, dict | bool):
                continue
            moment = parse_moment(found.value, self._options.dates)
            if moment is not None:
                self._put("publishedDateTime", iso(moment)[:10] if moment.day_only else iso(moment), found)
                return found
        return None

    def _day_of_address(self) -> str:
        """Return the day that the address of the record names, such as `path = "2014/12/12/name"`."""
        given = (self._keys.get(key) for key in ("permalink", "path", "url", "slug"))
        return next((day for text in given if isinstance(text, str) and (day := facts_of(text).day)), "")

    def _names(self) -> None:
        if not self._has("topics"):
            by_spaces = self._site.preset.splits_by_spaces or bool(
                {"_posts", "_drafts"} & set(self._path.split("/"))
            )
            for found in self._keys.of("topics"):
                if names := values.names_of(found.value, by_spaces=by_spaces):
                    self._put("topics", names, found)
                    break
        if not self._has("category"):
            for found in self._keys.of("category"):
                if name := next(iter(values.names_of(found.value) or ()), ""):
                    self._put("category", name, found)
                    break

    def _link(self) -> None:
        if self._has("originalUrl") or self._has("webUrl"):
            return
        for found in self._keys.of("link"):
            if url := values.link_of(found.value):
                self._put("originalUrl", url, found)
                return
        if self._is_native or not self._site.address:
            return
        day = str(self._result.get("publishedDateTime", ""))[:10]
        published = published_url(self._site, self._path, self._facts.slug, day, self._keys)
        if published.url:
            self._put("webUrl", published.url)
            self._used.add(published.key)

    def _provider(self) -> None:
        provider = self._result.get("provider")
        if self._is_native and isinstance(provider, str):
            provider = {"name": provider}
        provider = dict(provider) if isinstance(provider, dict) else {}
        if not self._is_native or "provider" not in self._document.values:
            for found in self._keys.of("provider"):
                name = values.text_of(found.value)
                if name and not is_openable(name) and "/" not in name:
                    provider["name"] = name
                    self._used.add(found.key)
                    break
            given = self._document.values.get("provider")
            if isinstance(given, dict):
                provider |= given
            elif name := values.text_of(given):
                provider.setdefault("name", name)
        if not provider.get("authors") and (authors := self._authors()):
            provider["authors"] = authors
        url = self._result.get("originalUrl") or self._result.get("webUrl")
        if not self._is_native and not provider.get("domain"):
            host = host_of(url) if isinstance(url, str) else host_of(self._site.address)
            if host and not (provider.get("name") and not url):
                provider["domain"] = host
        if provider and provider != self._result.get("provider"):
            self._put("provider", provider)

    def _authors(self) -> list[dict[str, str]]:
        for found in self._keys.of("authors"):
            if authors := values.authors_of(found.value):
                self._used.add(found.key)
                return [{"name": name} for name in authors]
        return [{"name": self._site.author}] if self._site.author else []

    def _image(self) -> None:
        if self._has("images"):
            return
        image = None
        for found in self._keys.of("image"):
            image = values.image_of(found.value)
            if image is not None:
                self._used.add(found.key)
                break
        if image is None and not self._is_native and (url := bodies.first_image(self._body)):
            image = {"url": url}
        if image is not None:
            self._put(
                "images", [{**image, "url": picture_path(self._root, self._site, self._path, image["url"])}]
            )

    def _language(self) -> None:
        for found in self._keys.of("language"):
            name = values.text_of(found.value)
            if name and len(name) <= 20:
                self._put("lang", name, found)
                return
        if not self._is_native and (language := self._facts.language or self._site.language):
            self._put("lang", language)

    def _excerpt(self) -> None:
        if self._has("excerpt"):
            return
        for found in self._keys.of("excerpt"):
            if text := values.text_of(found.value):
                self._put("excerpt", bodies.plain_text(text), found)
                return
        if text := bodies.first_paragraph(self._body):
            self._put("excerpt", text)

    def _published(self) -> None:
        if self._result.get("published") is False:
            return
        if (
            self._facts.is_hidden
            or says_hidden(self._keys, is_dated=self._has("publishedDateTime"))
            or self._path.removeprefix(self._site.prefix) in ("404.html", "404.md")
            or self._is_in_the_future()
        ):
            self._result["published"] = False

    def _is_in_the_future(self) -> bool:
        if not self._site.preset.hides_future:
            return False
        moment = parse_moment(self._result.get("publishedDateTime"))
        return moment is not None and moment.seconds > time.time()

    def _translated(self) -> Document:
        document = self._document
        result = self._result
        foreign: list[str] = []
        for key, value in document.values.items():
            if key in result or (key in self._used and key not in CONTAINERS) or value in (None, "", [], {}):
                continue
            result[key] = value
            foreign.append(key)
        lines = {**document.lines}
        for key, source in self._lines.items():
            if source in lines:
                lines.setdefault(key, lines[source])
        return document._replace(
            values=result,
            body=self._body,
            lines=lines,
            foreign=tuple(foreign),
            is_mapped=not self._is_native,
        )
