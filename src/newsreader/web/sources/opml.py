"""Parse lists of feeds in OPML (http://opml.org/spec2.opml).

Uses expat directly: nothing is nested in memory. Real lists are sloppy: what is not well-formed XML, or has a
document type, which could define exponentially growing entities, is searched for its tags instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Final, NamedTuple
from xml.parsers import expat

from newsreader.domain.sanitize import clean_line
from newsreader.domain.urls import canonical_url, is_openable
from newsreader.web.http.decoding import decode_body
from newsreader.web.sources.incoming_record import InvalidRecordError

MAX_FEEDS: Final = 1_000
_MAX_DEPTH: Final = 50
_MAX_BYTES: Final = 4_000_000

_TAG: Final = re.compile(
    r"""<(/?)(opml|outline)(?![\w:.-])((?:[^<>"']|"[^"]{0,2000}"|'[^']{0,2000}')*)>""", re.IGNORECASE
)
_ATTRIBUTE: Final = re.compile(r"""([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")


class Outline(NamedTuple):
    """A feed of the list: its URL, its title, and the titles of the folders around it."""

    url: str
    title: str
    folders: tuple[str, ...] = ()


class FeedList(NamedTuple):
    """The distinct feeds of a list, and messages about what was skipped."""

    outlines: tuple[Outline, ...]
    skipped: tuple[str, ...] = ()


def read_opml(body: bytes) -> FeedList:
    """Parse a list of feeds; raises InvalidRecordError if it is none."""
    if len(body) > _MAX_BYTES:
        raise InvalidRecordError(f"this list is larger than {_MAX_BYTES // 1_000_000} MB")
    reader = _OpmlReader()
    try:
        reader.read(body)
    except (_DoctypeError, expat.ExpatError, ValueError, LookupError) as error:
        return _recovered(body, error)
    if not reader.is_opml:
        raise InvalidRecordError("this is not OPML")
    return reader.feeds()


def _recovered(body: bytes, error: Exception) -> FeedList:
    """Return the feeds of a list that is no XML; raises InvalidRecordError if there is none."""
    reader = _OpmlReader(max_depth=None)
    for is_end, name, attributes in _tags(decode_body(body, "")):
        if is_end:
            reader.end(name)
        else:
            reader.start(name, attributes)
    feeds = reader.feeds()
    if isinstance(error, _DoctypeError):
        defect = "a document type"
    elif isinstance(error, expat.ExpatError):
        defect = f"not well-formed XML, line {error.lineno}"
    else:
        defect = "its encoding is not known"
    if not feeds.outlines:
        raise InvalidRecordError(f"this is not OPML: {defect}, and no feed was found in it")
    return feeds._replace(skipped=(f"the list has mistakes ({defect}); its feeds were read", *feeds.skipped))


def _tags(text: str) -> Iterator[tuple[bool, str, dict[str, str]]]:
    """Yield whether a tag is an end, its name and its attributes; an empty element is a start and an end."""
    first, *parts = text.split("<!--")
    visible = first + "".join(part.partition("-->")[2] if "-->" in part else part for part in parts)
    for tag in _TAG.finditer(visible):
        attributes = {
            found[1]: unescape(found[2] or found[3] or found[4] or "")
            for found in _ATTRIBUTE.finditer(tag[3])
        }
        yield bool(tag[1]), tag[2].lower(), attributes
        if not tag[1] and tag[3].rstrip().endswith("/"):
            yield True, tag[2].lower(), {}


class _DoctypeError(Exception):
    """The list has a document type."""


class _OpmlReader:
    def __init__(self, max_depth: int | None = _MAX_DEPTH) -> None:
        self.is_opml = False
        self._max_depth = max_depth
        self._outlines: dict[str, Outline] = {}
        self._skipped: list[str] = []
        self._open: list[str] = []
        self._beyond = 0

    def read(self, body: bytes) -> None:
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.Parse(body, True)

    def feeds(self) -> FeedList:
        more = [f"{self._beyond:,} feeds beyond the first {MAX_FEEDS:,}"] if self._beyond else []
        return FeedList(tuple(self._outlines.values()), (*self._skipped, *more))

    def _refuse(self, *_: object) -> None:
        raise _DoctypeError

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if not self._open:
            self.is_opml = name.lower() == "opml"
        if self._max_depth is not None and len(self._open) == self._max_depth:
            raise InvalidRecordError("this list is nested too deeply")
        values = {key.lower(): value for key, value in attributes.items()}
        title = clean_line(values.get("text") or values.get("title") or "", 200)
        is_outline = name.lower() == "outline"
        if is_outline and "xmlurl" in values:
            self._add("".join(values["xmlurl"].split()), title)
        is_folder = is_outline and "xmlurl" not in values
        self._open.append(title if is_folder else "")

    def _add(self, url: str, title: str) -> None:
        if not is_openable(url):
            shown = clean_line(url, 100) or "no address"
            self._skipped.append(f"{title or 'a feed without a title'}: no web address ({shown})")
        elif len(self._outlines) == MAX_FEEDS and canonical_url(url) not in self._outlines:
            self._beyond += 1
        else:
            folders = tuple(filter(None, self._open))
            self._outlines.setdefault(canonical_url(url), Outline(url, title, folders))

    def end(self, _name: str) -> None:
        if self._open:
            self._open.pop()
