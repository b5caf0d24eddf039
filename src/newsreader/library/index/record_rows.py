"""Convert records to rows of the index and back."""

from __future__ import annotations

import json
import zlib
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from newsreader.corpus.document import Document
from newsreader.corpus.fields import build_record
from newsreader.domain.body_facts import body_text
from newsreader.domain.checks.problem import Defect
from newsreader.domain.dates import Moment
from newsreader.domain.languages import language_key
from newsreader.domain.mark_changes import identity_of
from newsreader.domain.ranking import signal
from newsreader.domain.record import Provider, Record, Related
from newsreader.domain.tokenizer import folded_words, search_form
from newsreader.domain.topics import Topic
from newsreader.domain.traits import traits_of
from newsreader.domain.urls import canonical_key, canonical_url, host_of, is_page

if TYPE_CHECKING:
    from newsreader.corpus.file_reader import ReadFile

_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


def pack(document: Document) -> bytes:
    """Serialize a document as compressed JSON of `[values, body]`, with `foreign` if not empty."""
    parts = (document.values, document.body, *((document.foreign,) if document.foreign else ()))
    return zlib.compress(_encode(parts).encode(), 1)


def unpack_document(data: bytes) -> Document:
    """Parse a document that `pack` serialized."""
    values, body, *foreign = json.loads(zlib.decompress(data))
    return Document(values, body, foreign=tuple(foreign[0]) if foreign else ())


class RecordRow(NamedTuple):
    """The columns of `record` that depend on the record alone, and the rows of other tables."""

    front: bool
    moment: Moment | None
    heat: int | None
    quality: int | None
    coverage: int
    traits: int
    """See `Trait`; a plain number travels between processes in a fraction of the time."""
    type: str
    title: str
    source: str
    stem: str
    title_key: int | None
    mark: int
    language: str
    topics: tuple[str, ...]
    addresses: tuple[tuple[int, bool], ...]
    wanted: tuple[tuple[int, int | None], ...]
    passage: tuple[str, str, str, str, str, str, str, str, str]
    detail: bytes

    @property
    def signal(self) -> int | None:
        """See `ranking.signal`."""
        return signal(self.heat, self.quality)


class FileRow(NamedTuple):
    """Everything the index stores of one file; small enough to send between processes."""

    path: bytes
    record: RecordRow | None = None
    topic: Topic | None = None
    defects: tuple[Defect, ...] = ()


def file_row(path: bytes, read: ReadFile, *, with_body: bool = True) -> FileRow:
    """Return the row of a file. A removed record has none.

    `with_body` tells whether the words of the body can be searched.
    """
    row = None
    if read.record is not None and read.document is not None and not read.record.removed:
        row = _record_row(read.record, read.document, with_body=with_body)
    return FileRow(path, row, read.topic, read.defects)


def unpack(data: bytes, path: str) -> Record:
    """Parse a record that `pack` serialized; `path` as displayed, relative to the corpus."""
    record, _ = build_record(unpack_document(data), path)
    return record


def title_key(title: str, provider: Provider, moment: Moment | None) -> int | None:
    """Return a 64-bit key of title, provider and day, to find coverage whose address has changed.

    None if the title has no words.
    """
    publisher = provider.domain.casefold().removeprefix("www.") or provider.name.casefold()
    return _title_key(title, publisher, moment.seconds // 86_400 if moment else None)


@lru_cache(maxsize=4_096)
def _title_key(title: str, publisher: str, day: int | None) -> int | None:
    """Cached, as each report of a story lists the same others."""
    folded = " ".join(folded_words(title))
    if not folded:
        return None
    identity = f"{folded}\n{publisher}\n{day}"
    return int.from_bytes(blake2b(identity.encode(), digest_size=8).digest(), "big", signed=True)


def source_of(record: Record) -> str:
    """Return a short name of the publisher of a record.

    Some records have the end of a URL instead of a domain or name; use the host then.
    """
    provider = record.provider
    for candidate in (provider.domain.removeprefix("www."), provider.name):
        if candidate and "/" not in candidate:
            return candidate
    return host_of(record.original_url or record.web_url) or provider.label


def _record_row(record: Record, document: Document, *, with_body: bool) -> RecordRow:
    provider = f"{record.provider.name}\n{record.provider.domain}"
    coverage = record.keyed_coverage()
    addresses = _addresses(record)
    own = next((key for key, is_own in addresses.items() if is_own), None)
    return RecordRow(
        front=record.on_front_page,
        moment=record.moment,
        heat=record.heat,
        quality=record.quality,
        coverage=len(coverage),
        traits=int(traits_of(record)),
        type=record.type,
        title=record.title,
        source=source_of(record),
        stem=record.path.rpartition("/")[2].rpartition(".")[0].casefold(),
        title_key=title_key(record.title, record.provider, record.moment),
        mark=identity_of((), record.path).key if own is None else own,
        language=language_key(record.language) if record.language else "",
        topics=record.topics,
        addresses=tuple(addresses.items()),
        wanted=tuple(entry for entry in map(_wanted, coverage) if entry),
        passage=(
            search_form(record.title),
            search_form(record.excerpt),
            search_form(provider),
            search_form("\n".join(record.topics)),
            "\n".join(dict.fromkeys(record.urls())),
            "\n".join(record.provider.authors),
            record.category,
            record.language,
            search_form(body_text(record.body)) if with_body and record.body else "",
        ),
        detail=pack(document),
    )


def _addresses(record: Record) -> dict[int, bool]:
    """Return the keys of a record's addresses, and whether each is that of a page, not of a whole site."""
    keys: dict[int, bool] = {}
    for url in dict.fromkeys(record.urls()):
        if page := canonical_url(url):
            keys[canonical_key(page)] = is_page(page)
    return keys


def _wanted(keyed: tuple[int | None, Related]) -> tuple[int, int | None] | None:
    """Return the keys of a related entry's address and title; the title's twice if it has no address."""
    key, entry = keyed
    title = title_key(entry.title, entry.provider, entry.moment)
    return (key, title) if key is not None else None if title is None else (title, title)
