"""Write fetched records as files of a corpus, without touching files that the user created or changed."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Iterator
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
from newsreader.web.sync.state import SyncState, WrittenFile, digest, digest_bytes

CONFLICT_SUFFIX: Final = ".new"
"""Appended to the name of a file for a new version while the file has local changes."""

_MAX_SIZE: Final = 16_000_000
"""Bytes of a file that is compared; a larger one is not of this program."""

_MAX_NAMESAKES: Final = 1_000


class CorpusWriteError(NewsreaderError):
    """The corpus is not writable; the message has the reason and the next step."""


class _RefusedError(Exception):
    """A record cannot be written.

    Attributes:
        path: Of its file.

    """

    def __init__(self, path: str, message: str) -> None:
        super().__init__(message)
        self.path = path


class CorpusWriter:
    """Writes records.

    Args:
        root: The folder of the corpus.
        state: The files written before; updated, but not saved.
        declared: The names of all sources of the corpus. A record belongs to the source that had it first.
        restore: Whether to write deleted files again.
        dry_run: Whether to write nothing.

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
        self._by_key = {file.key: path for path, file in self._files.items()}
        self._by_page = {file.page: path for path, file in self._files.items() if is_page(file.page)}
        self._folders: set[str] = set()
        self._unflushed: set[Path] = set()

    def sweep(self, sources: Iterable[SyncSource]) -> None:
        """Delete the temporary files of a killed run."""
        if not self._dry_run:
            folders = {path.rpartition("/")[0] for path in self._files} | {one.folder for one in sources}
            for folder in folders:
                if self._is_inside(self._root / folder):
                    sweep(self._root / folder)

    def flush(self) -> None:
        """Sync written folders to disk; call it before the state is saved."""
        while self._unflushed:
            settle_folder(self._unflushed.pop())

    def write(self, records: Iterable[IncomingRecord], owner: str) -> Iterator[WriteResult]:
        """Write the records of one page or feed, and yield the results.

        Args:
            records: As fetched.
            owner: The name of their source, followed by a space and the feed URL if it has several feeds.

        Raises:
            CorpusWriteError: A file cannot be written, so the others cannot either.

        """
        batch = list(records)
        present = {record.key for record in batch}
        for record in batch:
            try:
                yield self._write_record(record, owner, present)
            except _RefusedError as error:
                yield WriteResult(RecordOutcome.REFUSED, error.path, str(error))
            except OSError as error:
                where = clean_line(str(error.filename or self._root))
                reason = error.strerror or str(error)
                raise CorpusWriteError(
                    f"{where}: cannot be written ({reason}). Check its permissions and the room on the disk."
                ) from error

    def _write_record(self, record: IncomingRecord, owner: str, present: Collection[str]) -> WriteResult:
        path = self._known_path(record, owner, present)
        if path is None:
            return self._write_unknown(record, owner)
        file = self._files[path]
        if self._belongs_to_other(file, owner):
            return WriteResult(RecordOutcome.SAME, path)
        file = file._replace(owner=owner, key=record.key, page=record.page)
        self._remember(path, file)
        said = _digest_of(record.document)
        if not os.path.lexists(self._root / path):
            if self._restore:
                return self._create(path, record, file._replace(said=said))
            self._remember(path, file._replace(said=said))
            return WriteResult(RecordOutcome.DELETED, path)
        if file.said == said:
            return WriteResult(RecordOutcome.SAME, path)
        return self._update(path, record, file._replace(said=said))

    def _belongs_to_other(self, file: WrittenFile, owner: str) -> bool:
        return file.owner != owner and file.owner.partition(" ")[0] in self._declared

    def _known_path(self, record: IncomingRecord, owner: str, present: Collection[str]) -> str | None:
        """Return the path of a record that was written before, by its key, or by its page."""
        if record.key in self._by_key:
            return self._by_key[record.key]
        path = self._by_page.get(record.page)
        if path is None:
            return None
        file = self._files[path]
        if self._belongs_to_other(file, owner):
            return path
        # Its feed has moved, unless several entries are about the same page.
        return None if record.is_path_given or file.key in present else path

    def _write_unknown(self, record: IncomingRecord, owner: str) -> WriteResult:
        file = WrittenFile(record.key, record.page, owner, _digest_of(record.document))
        for path in _candidate_paths(record):
            if path not in self._files and (result := self._write_at(path, record, file)) is not None:
                return result
        raise _RefusedError(record.path, f"{record.path}: too many records have this name")

    def _write_at(self, path: str, record: IncomingRecord, file: WrittenFile) -> WriteResult | None:
        """Write a new record to a path, None if that is the file of another record."""
        if not os.path.lexists(self._root / path):
            return self._create(path, record, file)
        self._check_target(path)
        present = self._read(path)
        if present is None:
            raise _RefusedError(path, f"{path}: something else than a file of text is there")
        if present == _encode(record):
            self._remember(path, file._replace(written=digest_bytes(present)))
            return WriteResult(RecordOutcome.SAME, path)
        document = read_document(present)
        if document is not None and _includes(document, record.document, path):
            self._remember(path, file)
            return WriteResult(RecordOutcome.SAME, path)
        is_its_own = record.is_path_given or (
            document is not None and _page_of(document) == record.page != ""
        )
        return self._write_conflict(path, record, file, "is not from a source") if is_its_own else None

    def _update(self, path: str, record: IncomingRecord, file: WrittenFile) -> WriteResult:
        self._check_target(path)
        present, text = self._read(path), _encode_checked(record, path)
        if present == text:
            self._remember(path, file._replace(written=digest_bytes(text)))
            return WriteResult(RecordOutcome.SAME, path)
        if present is None or digest_bytes(present) not in {file.written, file.conflict} - {""}:
            return self._write_conflict(path, record, file, "was changed")
        self._write(path, text, replace=True)
        self._remember(path, file._replace(written=digest_bytes(text)))
        return WriteResult(RecordOutcome.CHANGED, path)

    def _create(self, path: str, record: IncomingRecord, file: WrittenFile) -> WriteResult:
        self._check_target(path)
        text = _encode_checked(record, path)
        try:
            self._write(path, text, replace=False)
        except FileExistsError:  # created just now by someone else
            return self._write_conflict(path, record, file, "is not from a source")
        self._remember(path, file._replace(written=digest_bytes(text)))
        return WriteResult(RecordOutcome.NEW, path)

    def _write_conflict(
        self, path: str, record: IncomingRecord, file: WrittenFile, reason: str
    ) -> WriteResult:
        """Write a record next to a file that is not to be replaced."""
        text, place = _encode_checked(record, path), path + CONFLICT_SUFFIX
        present = self._read(place)
        if present is None and os.path.lexists(self._root / place):
            raise _RefusedError(path, f"{place}: something else than a file of text is there")
        if present is not None and digest_bytes(present) not in (file.conflict, digest_bytes(text)):
            self._remember(path, file)
            message = f"{path}: this file {reason}, and so was {place}; both stay, and what came was not kept"
            return WriteResult(RecordOutcome.CONFLICT, path, message)
        self._write(place, text, replace=True)
        self._remember(path, file._replace(conflict=digest_bytes(text)))
        message = f"{path}: this file {reason} and stays; what came stands in {place}"
        return WriteResult(RecordOutcome.CONFLICT, path, message)

    def _remember(self, path: str, file: WrittenFile) -> None:
        self._files[path] = file
        self._by_key[file.key] = path
        if is_page(file.page):
            self._by_page[file.page] = path

    def _check_target(self, path: str) -> None:
        target = self._root / path
        if not self._is_inside(target.parent):
            raise _RefusedError(path, f"{path}: a link leads out of the corpus; nothing is written there")
        if target.is_symlink():
            raise _RefusedError(path, f"{path}: this is a link; it is left as it is")

    def _is_inside(self, folder: Path) -> bool:
        return Path(os.path.realpath(folder)).is_relative_to(self._root)

    def _read(self, path: str) -> bytes | None:
        """Read a regular file of a plausible size, else return None."""
        target = self._root / path
        if target.is_symlink() or not target.is_file() or target.stat().st_size > _MAX_SIZE:
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
        self._unflushed.add(target.parent)


def _candidate_paths(record: IncomingRecord) -> Iterator[str]:
    yield record.path
    if not record.is_path_given:
        stem = record.path.removesuffix(SUFFIX)
        yield from (f"{stem}-{number}{SUFFIX}" for number in range(2, _MAX_NAMESAKES))


def _encode(record: IncomingRecord) -> bytes | None:
    """Return the bytes of a record's file, None if they would not read back as the same record."""
    text = written(record.document).encode("utf-8", "backslashreplace")
    read = read_document(text)
    is_same = read is not None and not read.defects and read[:2] == record.document[:2]
    return text if is_same else None


def _encode_checked(record: IncomingRecord, path: str) -> bytes:
    text = _encode(record)
    if text is None:
        raise _RefusedError(path, f"{path}: what came cannot be written as front matter")
    return text


def _includes(present: Document, received: Document, path: str) -> bool:
    """Return whether a file has all values of a record; a site's own file has keys that its listing lacks."""
    (one, _), (other, _) = build_record(present, path), build_record(received, path)
    return (present.body == received.body or not received.body) and all(
        getattr(one, field.attribute) == getattr(other, field.attribute)
        for field in FIELDS
        if field.key in received.values
    )


def _page_of(document: Document) -> str:
    return canonical_url(str(document.values.get("webUrl") or document.values.get("originalUrl") or ""))


def _digest_of(document: Document) -> str:
    return digest(json.dumps([document.values, document.body], sort_keys=True))
