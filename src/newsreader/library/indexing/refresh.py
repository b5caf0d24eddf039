"""Refresh the index: walk the corpus and the index side by side, parse what changed, write it."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from time import time_ns
from typing import NamedTuple

from newsreader.corpus.scan import Change, Stamp, compare, display_path, walk, weight
from newsreader.corpus.topics import is_topic_path
from newsreader.domain.checks.problem import Defect
from newsreader.domain.ranking import DAY
from newsreader.library.index.freshness import SCAN, SUM, FolderScan
from newsreader.library.index.record_rows import FileRow
from newsreader.library.index.schema import open_writer, tune_for_bulk
from newsreader.library.index.writer import IndexEntry, IndexWriter
from newsreader.library.indexing.progress import Progress
from newsreader.library.queries.languages import LANGUAGES, CorpusLanguages

PORTION = 3_000
"""Most files in one transaction: about a second of work, which a crash may lose."""

_MILLISECOND = 1_000_000  # in nanoseconds

_OPTIONS = "options"
"""The fact with the options that the corpus was read with."""

_COMPLETE = "complete"
"""The fact that every file was read once."""

Parse = Callable[[Path, list[bytes]], Iterator[list[FileRow]]]


def refresh(
    root: Path, index: Path, *, half_life: int = DAY, parse: Parse | None = None, options: str = ""
) -> Generator[Progress, None, None]:
    """Bring an index up to date, yielding the progress after each commit.

    Topic files are read first, then the newest files. Stopping at any point leaves a consistent index that
    the next refresh completes. If `options` (`CorpusOptions.to_json`) have changed, every file is read again.

    Raises:
        OSError: the corpus or the folder of the index cannot be used.
        sqlite3.DatabaseError: the index cannot be written.

    """
    with closing(open_writer(index)) as connection:
        writer = IndexWriter(connection, half_life)
        if (writer.fact(_OPTIONS) or "") != options:  # they may change the meaning of every file
            writer.delete([file_id for _, _, _, file_id, _ in writer.known()])
            writer.note(_OPTIONS, options)
        difference = _compare(root, writer)
        if difference.is_empty and writer.fact(_COMPLETE):
            difference.note(writer)
            yield Progress(0, 0, changed=writer.rescored, finished=True)
            return
        tune_for_bulk(connection)
        yield from _bring_up_to_date(root, writer, difference, parse or _parse_in_process, options)
        connection.execute("PRAGMA optimize")
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)")


def _parse_in_process(root: Path, paths: list[bytes]) -> Iterator[list[FileRow]]:
    from newsreader.library.indexing.worker_pool import parse_in_process  # imports multiprocessing

    return parse_in_process(root, paths)


class _Difference(NamedTuple):
    """How a corpus differs from its index."""

    changes: list[Change]
    unreadable: dict[bytes, str]
    """Folders that cannot be read and were not known as such, with the reason."""
    scan: FolderScan
    sum: str
    """See `freshness.SUM`; empty if a folder cannot be read."""

    @property
    def is_empty(self) -> bool:
        return not (self.changes or self.unreadable)

    def note(self, writer: IndexWriter) -> None:
        """Note that the index says what was found."""
        writer.note(SCAN, self.scan.to_bytes())
        if writer.fact(SUM) != self.sum:
            writer.note(SUM, self.sum)


def _compare(root: Path, writer: IndexWriter) -> _Difference:
    """Compare a corpus with its index, in one pass over both."""
    began = time_ns()
    folders: list[str] = []
    unreadable: dict[bytes, str] = {}
    known_sum = writer.fact(SUM)
    total = int(known_sum or 0)

    def weighed() -> Iterator[tuple[bytes, Stamp]]:
        nonlocal total
        for path, stamp in walk(root, folders, unreadable):
            total += weight(path, stamp)
            yield path, stamp

    found = walk(root, folders, unreadable) if known_sum else weighed()
    changes = list(compare(found, writer.known(), unreadable))
    if known_sum:
        total += sum(_weight_change(change) for change in changes)
    return _Difference(
        changes,
        {folder: reason for folder, reason in unreadable.items() if not writer.has(folder + b"/")},
        FolderScan.ended(began, folders),
        "" if unreadable else str(total % 2**64),
    )


def _weight_change(change: Change) -> int:
    path, stamp, known = change
    added = weight(path, stamp) if stamp else 0
    return added - weight(path, Stamp(known.mtime_ns, known.size)) if known else added


def _bring_up_to_date(
    root: Path, writer: IndexWriter, difference: _Difference, parse: Parse, options: str
) -> Iterator[Progress]:
    writer.note(SUM, "")  # until all is written, it is the sum of no corpus
    is_first = writer.fact(_COMPLETE) is None
    if is_first:
        writer.start_first_build()
    deleted = [known.file_id for _, stamp, known in difference.changes if known and stamp is None]
    if deleted:
        writer.delete(deleted)
    writer.write(_unreadable_folders(difference.unreadable))
    written = [change for change in difference.changes if change.stamp is not None]
    entries = _entries(difference.changes, writer.rank(written), is_first=is_first)
    paths = _by_priority(list(entries))
    done, total = 0, len(paths)
    yield Progress(0, total, bool(deleted or difference.unreadable or writer.rescored))
    committed = 0
    for rows in parse(root, paths):
        writer.begin()
        writer.write([entries.pop(row.path)._replace(row=row) for row in rows])
        done += len(rows)
        # Commit few files at first, as the user waits for them, then more for throughput.
        if done - committed >= min(committed / 4, PORTION):
            writer.commit()
            committed = done
            yield Progress(done, total, changed=True)
    writer.commit()
    if is_first:
        for linked, records in writer.link_all():
            yield Progress(linked, records, changed=True, is_linking=True)
    writer.note(LANGUAGES, _languages(root, writer, options).to_json())
    writer.note(_COMPLETE, 1)
    difference.note(writer)
    yield Progress(done, total, not difference.is_empty or writer.rescored, finished=True)


def _languages(root: Path, writer: IndexWriter, options: str) -> CorpusLanguages:
    """Return the languages of the records, and the one that the settings or the folder's program prefer."""
    found = writer.languages()
    if len(found) < 2:  # as in most corpora, whose program then need not be detected
        return CorpusLanguages()
    from newsreader.corpus.mapping.detection import detect
    from newsreader.domain.corpus_options import CorpusOptions
    from newsreader.domain.languages import language_key

    given = CorpusOptions.from_json(options)
    return CorpusLanguages(found, language_key(given.language or detect(root, given).main.language))


def _entries(changes: list[Change], ranks: Mapping[bytes, int], *, is_first: bool) -> dict[bytes, IndexEntry]:
    """Return an entry without a row for every file that will be read."""
    now = time_ns() // _MILLISECOND
    entries: dict[bytes, IndexEntry] = {}
    for path, stamp, known in changes:
        if stamp is not None:
            # In the first refresh of a corpus the time of the file is the best guess of its arrival.
            arrived = min(now, stamp.mtime_ns // _MILLISECOND) if is_first else now
            file_id = known.file_id if known else None
            entries[path] = IndexEntry(FileRow(path), stamp, ranks[path], arrived, file_id)
    return entries


def _by_priority(paths: list[bytes]) -> list[bytes]:
    """Sort topic files first, then the newest records; their names start with the date."""
    topics = [path for path in paths if is_topic_path(display_path(path))]
    rest = set(paths).difference(topics)
    return topics + sorted(rest, key=lambda path: path.rpartition(b"/")[2], reverse=True)


def _unreadable_folders(unreadable: Mapping[bytes, str]) -> list[IndexEntry]:
    """Return entries for unreadable folders, with nothing but the problem."""
    return [
        IndexEntry(
            FileRow(
                folder + b"/", defects=(Defect(0, f"the folder cannot be read: {reason}", "unreadable"),)
            ),
            Stamp(0, 0),
        )
        for folder, reason in unreadable.items()
    ]
