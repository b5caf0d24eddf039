"""Fresh records -> files of a corpus. What somebody else wrote, changed or deleted stays as it is."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Final

from newsreader.corpus.document import Document
from newsreader.corpus.fields import FIELDS, build_record
from newsreader.corpus.frontmatter import read_document
from newsreader.corpus.writer import written
from newsreader.domain.errors import NewsreaderError
from newsreader.domain.sanitize import clean_line
from newsreader.domain.urls import canonical_url, is_page
from newsreader.state.atomic_file import settle_folder, sweep, write_whole
from newsreader.web.sources.incoming_record import SUFFIX, IncomingRecord
from newsreader.web.sources.plan import SyncSource
from newsreader.web.sync.report import RecordOutcome, WriteResult
from newsreader.web.sync.state import SyncState, WrittenFile, digest

BESIDE: Final = ".new"
"""Behind the name of a file: what came for it while it was changed by hand. No record has such a name."""

_LARGEST: Final = 16_000_000
"""Bytes of a file that is looked at; a larger one is somebody else's."""

_NAMESAKES: Final = 1_000


class CorpusWriteError(NewsreaderError):
    """The corpus cannot be written to; the message says why and what to do."""


class CorpusWriter:
    """Takes records in.

    Args:
        root: Of the corpus.
        state: What was written before; it is kept up to date, but not saved.
        declared: The names of all sources of the corpus. A record belongs to the one that brought it first.
        restore: Whether files come back that were deleted.
        dry_run: Whether nothing is written.

    """

    def __init__(
        self,
        root: Path,
        state: SyncState,
        *,
        declared: Collection[str],
        restore: bool = False,
        dry_run: bool = False,
    ) -> None:
        self._root = Path(os.path.realpath(root))
        self._files = state.files
        self._declared = declared
        self._restore = restore
        self._dry_run = dry_run
        self._by_key = {kept.key: path for path, kept in self._files.items()}
        self._by_page = {kept.page: path for path, kept in self._files.items() if is_page(kept.page)}
        self._folders: set[str] = set()
        self._unsettled: set[Path] = set()

    def sweep(self, sources: Iterable[SyncSource]) -> None:
        """Take away what a run left that was killed while it wrote."""
        if not self._dry_run:
            folders = {path.rpartition("/")[0] for path in self._files} | {one.folder for one in sources}
            for folder in folders:
                if self._is_inside(self._root / folder):
                    sweep(self._root / folder)

    def settle(self) -> None:
        """Have all that was written outlast a power failure; to be done before it is remembered."""
        while self._unsettled:
            settle_folder(self._unsettled.pop())

    def take(self, records: Iterable[IncomingRecord], by: str) -> Iterator[WriteResult]:
        """Take the records of one page or feed in, one by one.

        Args:
            records: As they came.
            by: The name of their source, with a space and the address of a feed behind it where it has many.

        Raises:
            CorpusWriteError: a file cannot be written, nor would the next ones.

        """
        batch = list(records)
        present = {record.key for record in batch}
        for record in batch:
            try:
                yield self._take(record, by, present)
            except OSError as error:
                where = clean_line(str(error.filename or self._root))
                reason = error.strerror or str(error)
                raise CorpusWriteError(
                    f"{where}: cannot be written ({reason}). Check its permissions and the room on the disk."
                ) from error

    def _take(self, record: IncomingRecord, by: str, present: Collection[str]) -> WriteResult:
        path = self._known_path(record, by, present)
        if path is None:
            return self._take_unknown(record, by)
        kept = self._files[path]
        if self._belongs_elsewhere(kept, by):
            return WriteResult(RecordOutcome.SAME, path)
        kept = kept._replace(by=by, key=record.key, page=record.page)
        self._keep(path, kept)
        said = _digest_of(record.document)
        target = self._root / path
        if not os.path.lexists(target):
            if self._restore:
                return self._make(path, record, kept._replace(said=said))
            self._keep(path, kept._replace(said=said))
            return WriteResult(RecordOutcome.DELETED, path)
        if kept.said == said:
            return WriteResult(RecordOutcome.SAME, path)
        return self._take_change(path, record, kept._replace(said=said))

    def _belongs_elsewhere(self, kept: WrittenFile, by: str) -> bool:
        return kept.by != by and kept.by.partition(" ")[0] in self._declared

    def _known_path(self, record: IncomingRecord, by: str, present: Collection[str]) -> str | None:
        """Where the file of a record is, if it came before: under its key, or its page under another one."""
        if record.key in self._by_key:
            return self._by_key[record.key]
        path = self._by_page.get(record.page)
        if path is None:
            return None
        kept = self._files[path]
        if self._belongs_elsewhere(kept, by):
            return path
        # Its feed has moved, unless it is one of several entries about the same page.
        return None if record.is_path_given or kept.key in present else path

    def _take_unknown(self, record: IncomingRecord, by: str) -> WriteResult:
        kept = WrittenFile(record.key, record.page, by, _digest_of(record.document))
        free = (path for path in _names(record) if path not in self._files)
        taken = (self._take_at(path, record, kept) for path in free)
        found = next((outcome for outcome in taken if outcome is not None), None)
        return found or WriteResult(
            RecordOutcome.REFUSED, record.path, f"{record.path}: too many records have this name"
        )

    def _take_at(self, path: str, record: IncomingRecord, kept: WrittenFile) -> WriteResult | None:
        """Take in a record whose file may be that one; None where the file is that of another record."""
        if not os.path.lexists(self._root / path):
            return self._make(path, record, kept)
        if (refusal := self._refusal(path)) is not None:
            return refusal
        there = self._read(path)
        if there is None:
            return WriteResult(
                RecordOutcome.REFUSED, path, f"{path}: something else than a file of text is there"
            )
        if there == _text_of(record):
            self._keep(path, kept._replace(written=_digest(there)))
            return WriteResult(RecordOutcome.SAME, path)
        document = read_document(there)
        if document is not None and _says_all(document, record.document, path):
            self._keep(path, kept)
            return WriteResult(RecordOutcome.SAME, path)
        is_its_own = record.is_path_given or (
            document is not None and _page_of(document) == record.page != ""
        )
        return self._put_beside(path, record, kept, "is not from a source") if is_its_own else None

    def _take_change(self, path: str, record: IncomingRecord, kept: WrittenFile) -> WriteResult:
        """A record that came before says something else now."""
        if (refusal := self._refusal(path)) is not None:
            return refusal
        there, text = self._read(path), _text_of(record)
        if text is None:
            return _unwritable(path)
        if there == text:
            self._keep(path, kept._replace(written=_digest(text)))
            return WriteResult(RecordOutcome.SAME, path)
        if there is None or _digest(there) not in {kept.written, kept.beside} - {""}:
            return self._put_beside(path, record, kept, "was changed")
        self._write(path, text, replace=True)
        self._keep(path, kept._replace(written=_digest(text)))
        return WriteResult(RecordOutcome.CHANGED, path)

    def _make(self, path: str, record: IncomingRecord, kept: WrittenFile) -> WriteResult:
        if (refusal := self._refusal(path)) is not None:
            return refusal
        text = _text_of(record)
        if text is None:
            return _unwritable(path)
        try:
            self._write(path, text, replace=False)
        except FileExistsError:  # it came this very moment
            return self._put_beside(path, record, kept, "is not from a source")
        self._keep(path, kept._replace(written=_digest(text)))
        return WriteResult(RecordOutcome.NEW, path)

    def _put_beside(self, path: str, record: IncomingRecord, kept: WrittenFile, why: str) -> WriteResult:
        """Leave a file as it is, and put what came beside it."""
        text, place = _text_of(record), path + BESIDE
        if text is None:
            return _unwritable(path)
        there = self._read(place)
        if there is None and os.path.lexists(self._root / place):
            return WriteResult(
                RecordOutcome.REFUSED, path, f"{place}: something else than a file of text is there"
            )
        if there is not None and _digest(there) not in (kept.beside, _digest(text)):
            self._keep(path, kept)
            words = f"{path}: this file {why}, and so was {place}; both stay, and what came was not kept"
            return WriteResult(RecordOutcome.CONFLICT, path, words)
        self._write(place, text, replace=True)
        self._keep(path, kept._replace(beside=_digest(text)))
        return WriteResult(
            RecordOutcome.CONFLICT, path, f"{path}: this file {why} and stays; what came stands in {place}"
        )

    def _keep(self, path: str, kept: WrittenFile) -> None:
        self._files[path] = kept
        self._by_key[kept.key] = path
        if is_page(kept.page):
            self._by_page[kept.page] = path

    def _refusal(self, path: str) -> WriteResult | None:
        """Why nothing may be written there: a link leads out of the corpus, or the file is one itself."""
        target = self._root / path
        if not self._is_inside(target.parent):
            return WriteResult(
                RecordOutcome.REFUSED,
                path,
                f"{path}: a link leads out of the corpus; nothing is written there",
            )
        if target.is_symlink():
            return WriteResult(RecordOutcome.REFUSED, path, f"{path}: this is a link; it is left as it is")
        return None

    def _is_inside(self, folder: Path) -> bool:
        return Path(os.path.realpath(folder)).is_relative_to(self._root)

    def _read(self, path: str) -> bytes | None:
        """The bytes of a plain file; None where there is none."""
        target = self._root / path
        if target.is_symlink() or not target.is_file() or target.stat().st_size > _LARGEST:
            return None
        return target.read_bytes()

    def _write(self, path: str, text: bytes, *, replace: bool) -> None:
        if self._dry_run:
            return
        target = self._root / path
        folder = path.rpartition("/")[0]
        if folder not in self._folders:
            target.parent.mkdir(parents=True, exist_ok=True)
            sweep(target.parent)
            self._folders.add(folder)
        write_whole(target, lambda file: file.write(text.decode()), replace=replace, durable=True)
        self._unsettled.add(target.parent)


def _names(record: IncomingRecord) -> Iterator[str]:
    """The names that the file of a record may have."""
    yield record.path
    if not record.is_path_given:
        stem = record.path.removesuffix(SUFFIX)
        yield from (f"{stem}-{number}{SUFFIX}" for number in range(2, _NAMESAKES))


def _text_of(record: IncomingRecord) -> bytes | None:
    """The bytes of a record's file, None where they would not say what the record says."""
    text = written(record.document).encode("utf-8", "backslashreplace")
    read = read_document(text)
    is_same = read is not None and not read.defects and read[:2] == record.document[:2]
    return text if is_same else None


def _unwritable(path: str) -> WriteResult:
    return WriteResult(RecordOutcome.REFUSED, path, f"{path}: what came cannot be written as front matter")


def _says_all(there: Document, came: Document, path: str) -> bool:
    """Whether a file says all that came, and perhaps more: that of a site has keys that no listing has."""
    (one, _), (other, _) = build_record(there, path), build_record(came, path)
    return (there.body == came.body or not came.body) and all(
        getattr(one, field.attribute) == getattr(other, field.attribute)
        for field in FIELDS
        if field.key in came.values
    )


def _page_of(document: Document) -> str:
    return canonical_url(str(document.values.get("webUrl") or document.values.get("originalUrl") or ""))


def _digest_of(document: Document) -> str:
    return digest(json.dumps([document.values, document.body], sort_keys=True))


def _digest(text: bytes) -> str:
    return blake2b(text, digest_size=12).hexdigest()
