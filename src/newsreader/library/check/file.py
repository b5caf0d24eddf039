"""Check one file, and extract what a check of the corpus compares.

Runs in worker processes, as a parser may crash on a file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from newsreader.corpus.document import Document
from newsreader.corpus.fields import KNOWN_KEYS, LIST_LIMIT
from newsreader.corpus.file_reader import read_bytes, read_file
from newsreader.corpus.frontmatter import read_text
from newsreader.corpus.yaml_lines import Positions, positions
from newsreader.domain.checks.problem import Defect, KeyLines, KeyPath
from newsreader.domain.checks.record_checks import inspect
from newsreader.domain.corpus_options import CorpusOptions
from newsreader.domain.record import Record
from newsreader.domain.sanitize import clean_line
from newsreader.domain.topics import Topic
from newsreader.domain.urls import canonical_key, canonical_url, is_page, url_key
from newsreader.library.index.record_rows import title_key

_NO_OPTIONS = CorpusOptions()

_UNREAD = {"invalid-yaml", "invalid-toml", "invalid-json", "unclosed-front-matter"}
"""Rules whose violation may hide further keys."""


class CheckedReference(NamedTuple):
    """A related entry and its line."""

    line: int
    keys: tuple[int, ...]
    title_key: int | None
    title: str


class CheckedAddress(NamedTuple):
    """The key of a record's address, and its line."""

    key: int
    line: int


class CheckedName(NamedTuple):
    """A name and its line."""

    name: str
    line: int


class FileCheck(NamedTuple):
    """The defects of a file, and the values of its record or topic if it could be read.

    `pages` are the addresses of pages, `addresses` also those of whole sites.
    """

    path: bytes
    defects: tuple[Defect, ...] = ()
    is_record: bool = False
    seconds: int | None = None
    date_line: int = 0
    title_key: int | None = None
    addresses: tuple[int, ...] = ()
    pages: tuple[CheckedAddress, ...] = ()
    related: tuple[CheckedReference, ...] = ()
    items: tuple[CheckedName, ...] = ()
    topics: tuple[CheckedName, ...] = ()
    topic: Topic | None = None
    parent_line: int = 1
    is_mapped: bool = False


def failed(path: bytes, defect: Defect) -> FileCheck:
    """Return the check of a file that could not be read."""
    return FileCheck(path, (defect,))


def read_defects(root: Path, path: bytes, options: CorpusOptions = _NO_OPTIONS) -> FileCheck:
    """Check only what could not be read."""
    read = read_file(root, path, options)
    first = read.document.first_line if read.document else 1
    return FileCheck(path, tuple(_placed(defect, first) for defect in read.defects))


def check_file(root: Path, path: bytes, options: CorpusOptions = _NO_OPTIONS) -> FileCheck:
    """Check everything that one file shows."""
    read = read_file(root, path, options)
    if read.record is not None and read.document is not None:
        return _check_record(path, read.record, read.document, read.defects)
    defects = tuple(_placed(defect, 1) for defect in read.defects)
    if read.topic is None:
        return FileCheck(path, defects)
    found = positions(read_text(read_bytes(root, path)))
    more = tuple(_repeated(found, 1))
    line = found.lines.get(("parent",), found.lines.get(("name",), 0)) + 1
    return FileCheck(path, defects + more, topic=read.topic, parent_line=line)


def _placed(defect: Defect, first: int) -> Defect:
    """Report a missing title at the start of the front matter."""
    return defect._replace(line=first) if defect.rule == "missing-title" and not defect.line else defect


def _check_record(path: bytes, record: Record, document: Document, defects: tuple[Defect, ...]) -> FileCheck:
    found = positions(document.front)
    lines = _lines(document, found)
    reported = tuple(_placed(defect, document.first_line) for defect in defects)
    more = [*_inspect(record, document, lines), *_repeated(found, document.first_line)]
    pages = () if record.removed else tuple(_pages(record, lines))
    return FileCheck(
        path=path,
        defects=reported + tuple(_not_implied(reported, more)),
        is_record=not record.removed,
        seconds=record.moment and record.moment.seconds,
        date_line=lines.of("publishedDateTime"),
        title_key=title_key(record.title, record.provider, record.moment),
        addresses=tuple({key for url in record.urls() if (key := url_key(url)) is not None}),
        pages=pages,
        related=tuple(_related(record, lines)),
        items=tuple(_names("items", record.items, document.values, lines)),
        topics=tuple(_names("topics", record.topics, document.values, lines)),
        is_mapped=document.is_mapped,
    )


def _inspect(record: Record, document: Document, lines: KeyLines) -> Iterator[Defect]:
    """Yield what looks wrong; of a record of another program, only a missing date matters to the reader."""
    if not document.is_mapped:
        yield from inspect(record, lines)
        yield from _misspelled(record, lines)
    elif record.moment is None:
        reason = "no date in the keys, file name or folder, so the record comes last"
        yield Defect(document.first_line, reason, "missing-key")


def _lines(document: Document, found: Positions) -> KeyLines:
    """Map keys to lines of the file; `related` is indexed by its maps alone, as in a record."""
    known: dict[KeyPath, int] = {(key,): line for key, line in document.lines.items()}
    listed = document.values.get("related")
    entries = listed[:LIST_LIMIT] if isinstance(listed, list) else []
    maps = [place for place, entry in enumerate(entries) if isinstance(entry, dict)]
    numbers: dict[object, int] = {place: number for number, place in enumerate(maps)}
    for path, line in found.lines.items():
        known[_in_record(path, numbers)] = line + document.first_line
    return KeyLines(document.first_line, known)


def _in_record(path: KeyPath, numbers: Mapping[object, int]) -> KeyPath:
    """Convert a path to that in a record, whose `related` is always a list, without plain entries."""
    if len(path) < 2 or path[0] != "related":
        return path
    if isinstance(path[1], str):
        return ("related", 0, *path[1:])
    return ("related", numbers[path[1]], *path[2:]) if path[1] in numbers else ("related", "plain", path[1])


def _not_implied(reported: tuple[Defect, ...], more: list[Defect]) -> Iterator[Defect]:
    """Leave out missing keys that follow from something that could not be read."""
    unread = any(defect.rule in _UNREAD for defect in reported)
    wrong = {defect.line for defect in reported if defect.rule == "wrong-value"}
    for defect in more:
        if defect.rule != "missing-key" or not (unread or defect.line in wrong):
            yield defect


def _misspelled(record: Record, lines: KeyLines) -> Iterator[Defect]:
    by_fold = {key.casefold(): key for key in KNOWN_KEYS}
    for key in record.extra:
        alike = next((known for known in by_fold if _is_one_edit(key.casefold(), known)), "")
        if alike:
            reason = f"{clean_line(key, 100)} is no known key: is {by_fold[alike]} meant?"
            yield Defect(lines.of(key), reason, "misspelled-key")


def _is_one_edit(key: str, known: str) -> bool:
    """Whether two keys differ by one insertion, deletion, substitution or transposition."""
    if abs(len(key) - len(known)) > 1:
        return False
    start = next((place for place, (a, b) in enumerate(zip(key, known, strict=False)) if a != b), len(known))
    a, b = key[start:], known[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[1::-1] == b[:2] and a[2:] == b[2:])


def _repeated(found: Positions, first: int) -> Iterator[Defect]:
    for key, line in found.repeated:
        reason = f"{clean_line(key, 100)} stands here again, and only this one counts: remove one of them"
        yield Defect(line + first, reason, "repeated-key")


def _pages(record: Record, lines: KeyLines) -> Iterator[CheckedAddress]:
    seen: set[int] = set()
    addresses = (
        ("webUrl", record.web_url),
        ("originalUrl", record.original_url),
        ("ampWebUrl", record.amp_url),
    )
    for key, url in addresses:
        page = canonical_url(url)
        if page and is_page(page) and (number := canonical_key(page)) not in seen:
            seen.add(number)
            yield CheckedAddress(number, lines.of(key))


def _related(record: Record, lines: KeyLines) -> Iterator[CheckedReference]:
    own = {key for url in record.urls() if (key := url_key(url)) is not None}
    for place, entry in enumerate(record.related):
        urls = (entry.web_url, entry.amp_url, entry.cached_amp_url)
        keys = tuple(dict.fromkeys(key for url in urls if (key := url_key(url)) is not None))
        if own.isdisjoint(keys):
            title = title_key(entry.title, entry.provider, entry.moment)
            yield CheckedReference(lines.of("related", place), keys, title, clean_line(entry.title, 100))


def _names(
    key: str, names: tuple[str, ...], values: Mapping[str, object], lines: KeyLines
) -> Iterator[CheckedName]:
    """Yield the names of a list with the lines of their first entries."""
    listed = values.get(key)
    places: dict[str, int] = {}
    for place, entry in enumerate(listed if isinstance(listed, list) else ()):
        places.setdefault(str(entry), place)
    for name in names:
        yield CheckedName(name, lines.of(key, places[name]) if name in places else lines.of(key))
