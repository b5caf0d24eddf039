"""Records: the sanitized content of the corpus files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from newsreader.domain.dates import Moment
from newsreader.domain.urls import host_of, is_domain, is_openable, url_key


class Image(NamedTuple):
    """A picture of a record or provider; sizes are in pixels, 0 if unknown."""

    url: str
    width: int = 0
    height: int = 0
    title: str = ""
    attribution: str = ""


class Provider(NamedTuple):
    """The publisher of a record."""

    name: str = ""
    domain: str = ""
    images: tuple[Image, ...] = ()
    authors: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The domain, or the name if there is no domain."""
        return self.domain or self.name


UNKNOWN_PROVIDER = Provider()


def with_valid_domain(provider: Provider, urls: Iterable[str]) -> Provider:
    """Replace what is no domain by the host of the first URL that has one.

    A name that repeats a path is replaced, too.
    """
    if not provider.domain or is_domain(provider.domain):
        return provider
    host = next(filter(None, map(host_of, urls)), "")
    if not host:
        return provider
    is_path = provider.name == provider.domain and "/" in provider.name
    return provider._replace(name=host if is_path else provider.name, domain=host)


class LinkKind(StrEnum):
    """The kind of a link's target."""

    ORIGINAL = "original"
    WEB = "web"
    AMP = "AMP"
    CACHED_AMP = "cached AMP"
    EMBED = "embed"
    ENCLOSURE = "enclosure"
    ACTION = "action"
    WEBSITE = "website"
    BODY = "in the text"
    ARCHIVED = "archived copy"


class Link(NamedTuple):
    """A link to the web, with the URL as in the record."""

    kind: LinkKind
    url: str
    label: str = ""

    @property
    def host(self) -> str:
        """The host that a browser would contact."""
        return host_of(self.url)


class RecordAction(NamedTuple):
    """An action that a record offers, such as a download."""

    url: str
    type: str = ""
    title: str = ""


class Enclosure(NamedTuple):
    """A file that belongs to a record, such as the episode of a podcast.

    `type` is its media type, `size` in bytes, `duration` in seconds; both are 0 if unknown.
    """

    url: str
    type: str = ""
    size: int = 0
    duration: int = 0

    @property
    def label(self) -> str:
        """Type, size and duration, as far as they are known."""
        size = f"{self.size / 1_000_000:,.1f} MB" if self.size >= 100_000 else f"{self.size:,} bytes"
        minutes, seconds = divmod(self.duration, 60)
        hours, minutes = divmod(minutes, 60)
        length = f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"
        return ", ".join(filter(None, (self.type, size * bool(self.size), length * bool(self.duration))))


class Rating(NamedTuple):
    """The rating of a course by readers of the publishing site."""

    average: float
    votes: int


class Related(NamedTuple):
    """An entry of a record's related coverage."""

    title: str
    excerpt: str = ""
    moment: Moment | None = None
    web_url: str = ""
    amp_url: str = ""
    cached_amp_url: str = ""
    type: str = "article"
    provider: Provider = UNKNOWN_PROVIDER
    quality: int | None = None
    images: tuple[Image, ...] = ()


class Record(NamedTuple):
    """One record of the corpus.

    `path` is relative to the corpus, with `/`. `heat` and `quality` are None if unknown, which is not zero.
    `sealed` is an opaque block that is never shown. `extra` holds the unknown keys.
    """

    path: str
    title: str
    category: str = ""
    excerpt: str = ""
    moment: Moment | None = None
    original_url: str = ""
    web_url: str = ""
    amp_url: str = ""
    cached_amp_url: str = ""
    type: str = "article"
    quality: int | None = None
    heat: int | None = None
    published: bool = True
    removed: bool = False
    provider: Provider = UNKNOWN_PROVIDER
    topics: tuple[str, ...] = ()
    images: tuple[Image, ...] = ()
    related: tuple[Related, ...] = ()
    embed_urls: tuple[str, ...] = ()
    sealed: str = ""
    price: str = ""
    length: str = ""
    levels: tuple[str, ...] = ()
    rating: Rating | None = None
    items: tuple[str, ...] = ()
    actions: tuple[RecordAction, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    bio: str = ""
    location: str = ""
    members: int | None = None
    website: str = ""
    profiles: tuple[Link, ...] = ()
    language: str = ""
    body: str = ""
    extra: Mapping[str, object] = MappingProxyType({})

    @property
    def on_front_page(self) -> bool:
        """Whether the publishing site shows it on its front page, the default for unmarked records."""
        return self.published and not self.removed

    @property
    def sealed_size(self) -> int:
        """The size of the decoded (base64) sealed block in bytes, 0 if there is none."""
        cipher = "".join(self.sealed.partition(";")[0].split()).rstrip("=")
        return len(cipher) * 3 // 4

    def links(self) -> tuple[Link, ...]:
        """Return the openable links of the record, each URL once, in order of preference."""
        candidates = [
            Link(LinkKind.ORIGINAL, self.original_url or self.web_url),
            Link(LinkKind.WEB, self.web_url),
            Link(LinkKind.AMP, self.amp_url),
            Link(LinkKind.CACHED_AMP, self.cached_amp_url),
            *(Link(LinkKind.EMBED, url) for url in self.embed_urls),
            *(Link(LinkKind.ENCLOSURE, file.url, file.label) for file in self.enclosures),
            *(Link(LinkKind.ACTION, action.url, action.title or action.type) for action in self.actions),
            Link(LinkKind.WEBSITE, self.website),
            *self.profiles,
        ]
        return _openable_once(candidates)

    def link(self, kind: LinkKind) -> Link | None:
        """Return the link to the record's page of one kind, if it can be opened."""
        urls = {
            LinkKind.ORIGINAL: self.original_url or self.web_url,
            LinkKind.WEB: self.web_url,
            LinkKind.AMP: self.amp_url,
            LinkKind.CACHED_AMP: self.cached_amp_url,
        }
        url = urls.get(kind, "")
        return Link(kind, url) if is_openable(url) else None

    def coverage(self) -> tuple[Related, ...]:
        """Return the related entries without duplicates and the record itself."""
        return tuple(entry for _, entry in self.keyed_coverage())

    def keyed_coverage(self) -> tuple[tuple[int | None, Related], ...]:
        """Return the coverage with the `url_key` of each entry, None if it has no URL."""
        seen = {key for url in self.urls() if (key := url_key(url)) is not None} if self.related else set()
        listed: list[tuple[int | None, Related]] = []
        for entry in self.related:
            key = url_key(entry.web_url) or url_key(entry.amp_url)
            identity = key if key is not None else hash((entry.title, entry.provider.label, entry.moment))
            if identity not in seen:
                seen.add(identity)
                listed.append((key, entry))
        return tuple(listed)

    def urls(self) -> tuple[str, ...]:
        """Return all URLs of the record's page."""
        known = (self.web_url, self.original_url, self.amp_url, self.cached_amp_url)
        return tuple(url for url in known if url)


def record_of(entry: Related) -> Record:
    """Create a record from a related entry, for coverage that is not in the corpus."""
    return Record(
        path="",
        title=entry.title,
        excerpt=entry.excerpt,
        moment=entry.moment,
        original_url=entry.web_url,
        web_url=entry.web_url,
        amp_url=entry.amp_url,
        cached_amp_url=entry.cached_amp_url,
        type=entry.type,
        quality=entry.quality,
        provider=entry.provider,
        images=entry.images,
    )


def _openable_once(candidates: list[Link]) -> tuple[Link, ...]:
    links: dict[str, Link] = {}
    for link in candidates:
        if is_openable(link.url):
            links.setdefault(link.url, link)
    return tuple(links.values())
