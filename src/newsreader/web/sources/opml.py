"""A list of feeds in OPML (http://opml.org/spec2.opml) -> their addresses.

Read by expat itself, which calls back as it goes: nothing is nested in memory, and a document type, with
which entities could be made that grow without end, is refused where it begins.
"""

from __future__ import annotations

from typing import Final, NamedTuple
from xml.parsers import expat

from newsreader.domain.sanitize import clean_line
from newsreader.domain.urls import canonical_url, is_openable
from newsreader.web.sources.incoming_record import InvalidRecordError

MOST_FEEDS: Final = 1_000
_DEEPEST: Final = 50
_LARGEST: Final = 4_000_000
"""Bytes."""


class Outline(NamedTuple):
    """A feed of the list: its address, its title, and the titles of the folders that it is in."""

    url: str
    title: str
    folders: tuple[str, ...] = ()


def read_opml(body: bytes) -> list[Outline]:
    """The feeds of a list, each once.

    Raises:
        InvalidRecordError: it is no such list, or one that is unsafe to read.

    """
    if len(body) > _LARGEST:
        raise InvalidRecordError(f"this list is larger than {_LARGEST // 1_000_000} MB")
    reader = _Reader()
    try:
        reader.read(body)
    except expat.ExpatError as error:
        raise InvalidRecordError(f"this is not OPML: not well-formed XML, line {error.lineno}") from None
    except (ValueError, LookupError):
        raise InvalidRecordError("this is not OPML: its encoding is not known") from None
    if not reader.is_opml:
        raise InvalidRecordError("this is not OPML")
    return reader.found


class _Reader:
    def __init__(self) -> None:
        self.found: list[Outline] = []
        self.is_opml = False
        self._known: set[str] = set()
        self._open: list[str] = []

    def read(self, body: bytes) -> None:
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.Parse(body, True)

    def _refuse(self, *_: object) -> None:
        raise InvalidRecordError(
            "this list has a document type, which could hide anything; take the DOCTYPE out"
        )

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        if not self._open:
            self.is_opml = name.lower() == "opml"
        if len(self._open) == _DEEPEST:
            raise InvalidRecordError("this list is nested too deeply")
        title = clean_line(attributes.get("text") or attributes.get("title") or "", 200)
        given = {key.lower(): value for key, value in attributes.items()}
        url = given.get("xmlurl", "").strip()
        if name.lower() == "outline" and is_openable(url):
            key = canonical_url(url)
            if key not in self._known and len(self.found) < MOST_FEEDS:
                self._known.add(key)
                self.found.append(Outline(url, title, tuple(filter(None, self._open))))
        self._open.append(title if name.lower() == "outline" else "")

    def _end(self, _name: str) -> None:
        self._open.pop()
