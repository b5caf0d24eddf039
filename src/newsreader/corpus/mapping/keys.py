"""Which keys of other programs feed which field, as ordered aliases.

Aliases are compared without case, `-`, `_` and spaces; a dot leads into a nested map. The values of the maps
in `CONTAINERS` count as if they stood at the top, after what stands there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Final, NamedTuple

ALIASES: Final[Mapping[str, tuple[str, ...]]] = {
    "title": (
        *("title", "headline", "name", "pagetitle", "newstitle", "linktitle", "sidebarlabel"),
        *("eleventynavigation.title", "eleventynavigation.key", "seo.title", "og.title", "ogtitle"),
    ),
    "excerpt": (
        *("excerpt", "description", "summary", "subtitle", "abstract", "customexcerpt", "dek", "standfirst"),
        *("lede", "tagline", "teaser", "intro", "desc", "metadescription", "ogdescription"),
        *("seo.description", "og.description", "eleventynavigation.excerpt"),
    ),
    "date": (
        *("date", "datepublished", "published", "publishedat", "publishedon", "publisheddate", "publishdate"),
        *("pubdate", "pubdatetime", "publicationdate", "posted", "postedat", "postedon", "dateposted"),
        *("releasedate", "issued", "datetime", "timestamp", "date.published", "date.publish", "date.created"),
        *("day", "eventdate", "issuedate", "postdate"),
    ),
    "created": (
        *("created", "createdat", "createdon", "createddate", "datecreated", "creationdate", "creation"),
        *("datesaved", "savedat", "saved", "dateadded", "timeadded", "added", "addedat", "clipped"),
        *("datehighlighted",),
    ),
    "updated": (
        *("updated", "updatedat", "updatedon", "updateddate", "dateupdated", "lastmod", "lastmodified"),
        *("modified", "modifiedat", "datemodified", "moddatetime", "lastupdated", "date.updated"),
        *("date.modified",),
    ),
    "topics": (
        *("topics", "tags", "tag", "taxonomies.tags", "taxonomy.tag", "categories", "taxonomies.categories"),
        *("taxonomy.category", "category", "keywords", "labels", "subjects"),
    ),
    "category": ("category", "categories", "taxonomies.categories", "taxonomy.category", "section"),
    "authors": (
        *("authors", "author", "taxonomies.authors", "byline", "by", "creator", "creators"),
        *("writer", "writers", "postauthor"),
    ),
    "link": (
        *("url", "source", "link", "externalurl", "externallink", "canonical", "canonicalurl"),
        *("canonicallink", "redirectto", "redirect", "original", "originallink", "sourceurl", "sourcelink"),
        *("articleurl", "articlelink", "permalink", "href", "uri", "guid", "source.url", "source.link"),
        *("link.url", "link.href", "original.url", "canonical.url", "seo.canonical"),
    ),
    "provider": (
        *("publisher", "publication", "sitename", "outlet", "feedtitle", "source", "site", "feed", "journal"),
        *("source.name", "source.title", "feed.title", "publisher.name", "site.name"),
    ),
    "image": (
        *("image", "cover", "coverimage", "thumbnail", "thumb", "ogimage", "previewimage", "feature"),
        *("featureimage", "featuredimage", "banner", "bannerimage", "hero", "heroimage", "socialimage"),
        *("teaserimage", "poster", "photo", "picture", "images", "header.image", "header.teaser"),
        *("header.overlayimage", "seo.image", "og.image", "eyecatch"),
    ),
    "language": ("lang", "language", "locale"),
    "slug": ("permalink", "url", "path", "slug"),
}
"""By field, the aliases in the order in which they are tried."""

CONTAINERS: Final = ("extra", "params", "taxonomies", "taxonomy", "metadata", "meta", "frontmatter")
"""Maps that themes and programs put their own keys into."""

NATIVE_SIGNS: Final = frozenset(
    (
        *("publishedDateTime", "originalUrl", "webUrl", "ampWebUrl", "cdnAmpWebUrl", "featuredContent"),
        *("secured", "heat", "quality"),
    )
)
"""Keys that no other program has: a file with one of them is in the record format."""

_DEEPEST: Final = 3


class Found(NamedTuple):
    """A value and the top-level key that it stands in."""

    key: str
    value: Any


@lru_cache(maxsize=4_096)
def fold(key: str) -> str:
    """The form in which keys are compared."""
    return key.casefold().replace("-", "").replace("_", "").replace(" ", "")


class Keys:
    """The values of a document by folded key, nested ones by the way to them."""

    def __init__(self, values: Mapping[str, Any], extra: Mapping[str, tuple[str, ...]]) -> None:
        self._found: dict[str, Found] = {}
        self._extra = extra
        for key, value in values.items():
            self._add(fold(key), key, value, 1)
        for container in CONTAINERS:
            held = self._found.get(container)
            if held is not None and isinstance(held.value, dict):
                for key, value in held.value.items():
                    self._found.setdefault(fold(key), Found(held.key, value))

    def _add(self, folded: str, top: str, value: Any, depth: int) -> None:
        self._found.setdefault(folded, Found(top, value))
        if isinstance(value, dict) and depth < _DEEPEST:
            for key, inner in value.items():
                self._add(f"{folded}.{fold(key)}", top, inner, depth + 1)

    def of(self, field: str) -> Iterator[Found]:
        """What may feed a field: the aliases of the settings first, blanks left out."""
        for alias in (*map(fold, self._extra.get(field, ())), *ALIASES[field]):
            found = self._found.get(alias)
            if found is not None and found.value not in (None, "", [], {}):
                yield found

    def get(self, folded: str) -> Any:
        """The value of one key, None where it is not there."""
        found = self._found.get(folded)
        return found.value if found else None
