"""Parse lists of feeds in OPML (http://opml.org/spec2.opml).

Uses expat directly: nothing is nested in memory, and a document type, which could define exponentially
growing entities, is refused at its start.
"""

from __future__ import annotations

from typing import Final, NamedTuple
from xml.parsers import expat

from newsreader.domain.sanitize import clean_line
from newsreader.domain.urls import canonical_url, is_openable
from newsreader.web.sources.incoming_record import InvalidRecordError

MAX_FEEDS: Final = 1_000
_MAX_DEPTH: Final = 50
_MAX_BYTES: Final = 4_000_000


class Outline(NamedTuple):
    """A feed of the list: its URL, its title, and the titles of the folders around it."""

    url: str
    title: str
    folders: tuple[str, ...] = ()


def read_opml(body: bytes) -> list[Outline]:
    """Return the distinct feeds of a list; raises InvalidRecordError if it is invalid or unsafe."""
    if len(body) > _MAX_BYTES:
        raise InvalidRecordError(f"this list is larger than {_MAX_BYTES // 1_000_000} MB")
    reader = _OpmlReader()
    try:
        reader.read(body)
    except expat.ExpatError as error:
        raise InvalidRecordError(f"this is not OPML: not well-formed XML, line {error.lineno}") from None
    except (ValueError, LookupError):
        raise InvalidRecordError("this is not OPML: its encoding is not known") from None
    if not reader.is_opml:
        raise InvalidRecordError("this is not OPML")
    return list(reader.outlines.values())


class _OpmlReader:
    def __init__(self) -> None:
        self.outlines: dict[str, Outline] = {}
        self.is_opml = False
        self._open: list[str] = []

    def read(self, body: bytes) -> None:
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.Parse(body, True)

    def _refuse(self, *_: object) -> None:
        raise InvalidRecordError(
            "this list has a document type, which could hide anything; take the DOCTYPE out"
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if not self._open:
            self.is_opml = name.lower() == "opml"
        if len(self._open) == _MAX_DEPTH:
            raise InvalidRecordError("this list is nested too deeply")
        title = clean_line(attributes.get("text") or attributes.get("title") or "", 200)
        url = {key.lower(): value for key, value in attributes.items()}.get("xmlurl", "").strip()
        is_outline = name.lower() == "outline"
        if is_outline and is_openable(url) and len(self.outlines) < MAX_FEEDS:
            folders = tuple(filter(None, self._open))
            self.outlines.setdefault(canonical_url(url), Outline(url, title, folders))
        self._open.append(title if is_outline else "")

    def _end(self, _name: str) -> None:
        self._open.pop()
