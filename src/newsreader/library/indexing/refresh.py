"""Refresh the index: scan the corpus, compare, parse what changed, write it."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from pathlib import Path
from time import time_ns

from newsreader.corpus.scan import Changes, Scan, Stamp, compare, display_path, glance, scan, sum_of
from newsreader.corpus.topics import is_topic_path
from newsreader.domain.checks.problem import Defect
from newsreader.domain.ranking import DAY
from newsreader.library.index import path_ranks
from newsreader.library.index.freshness import SCAN, SUM, FolderScan
from newsreader.library.index.record_rows import FileRow
from newsreader.library.index.schema import open_writer
from newsreader.library.index.writer import IndexedFile, IndexEntry, IndexWriter
from newsreader.library.indexing.progress import Progress

PORTION = 3_000
"""Most files in one transaction: about a second of work, which a crash may lose."""

_MILLISECOND = 1_000_000  # in nanoseconds

_OPTIONS = "options"
"""The fact with the options that the corpus was read with."""

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
            writer.delete(list(known := writer.known()), known)
            writer.note(SUM, "")
            writer.note(_OPTIONS, options)
        if _is_up_to_date(root, writer):
            yield Progress(0, 0, changed=writer.rescored, finished=True)
        else:
            yield from _bring_up_to_date(root, writer, parse or _parse_in_process)
            connection.execute("PRAGMA optimize")
            connection.execute("PRAGMA wal_checkpoint(PASSIVE)")


def _parse_in_process(root: Path, paths: list[bytes]) -> Iterator[list[FileRow]]:
    from newsreader.library.indexing.worker_pool import parse_in_process  # imports multiprocessing

    return parse_in_process(root, paths)


def _is_up_to_date(root: Path, writer: IndexWriter) -> bool:
    sum_before = writer.fact(SUM)
    if not sum_before:  # the first run scans anyway
        return False
    began = time_ns()
    seen = glance(root)
    if str(seen.sum) != sum_before or seen.unreadable:
        return False
    writer.note(SCAN, FolderScan.ended(began, seen.folders).to_bytes())
    return True


def _bring_up_to_date(root: Path, writer: IndexWriter, parse: Parse) -> Iterator[Progress]:
    began = time_ns()
    found = scan(root)
    folder_scan = FolderScan.ended(began, found.folders)
    known = writer.known()
    unreadable = _unreadable_folders(found)
    changes = compare(found, {path: entry.stamp for path, entry in known.items() if path not in unreadable})
    if changes.deleted:
        writer.delete(changes.deleted, known)
    newly_unreadable = [entry for path, entry in unreadable.items() if path not in known]
    writer.write(newly_unreadable, known)
    paths = _by_priority([*changes.added, *changes.changed])
    done, total = 0, len(paths)
    changed = bool(changes.deleted or newly_unreadable or writer.rescored)
    yield Progress(0, total, changed)
    ranks = _ranks(writer, changes, known)
    is_first = writer.fact("complete") is None
    written = 0
    for rows in parse(root, paths):
        writer.begin()
        now = time_ns() // _MILLISECOND
        entries = [IndexEntry(row, found.files[row.path], ranks[row.path], now) for row in rows]
        writer.write([_with_file_time(entry) for entry in entries] if is_first else entries, known)
        done += len(rows)
        # Commit few files at first, as the user waits for them, then more for throughput.
        if done - written >= min(written / 4, PORTION):
            writer.commit()
            written = done
            yield Progress(done, total, changed=True)
    writer.commit()
    writer.note("complete", 1)
    writer.note(SCAN, folder_scan.to_bytes())
    writer.note(SUM, "" if found.unreadable else str(sum_of(found.files)))
    yield Progress(done, total, changed or bool(changes), finished=True)


def _with_file_time(entry: IndexEntry) -> IndexEntry:
    """Use the modification time as arrival time, as in the first refresh of a corpus."""
    return entry._replace(arrived=min(entry.arrived, entry.stamp.mtime_ns // _MILLISECOND))


def _by_priority(paths: list[bytes]) -> list[bytes]:
    """Sort topic files first, then the newest records; their names start with the date."""
    topics = [path for path in paths if is_topic_path(display_path(path))]
    rest = set(paths).difference(topics)
    return topics + sorted(rest, key=lambda path: path.rpartition(b"/")[2], reverse=True)


def _ranks(writer: IndexWriter, changes: Changes, known: dict[bytes, IndexedFile]) -> dict[bytes, int]:
    """Return the rank of every path that will be written."""
    existing = {path: entry.place for path, entry in known.items()}
    added = path_ranks.insert(existing, changes.added) if changes.added else {}
    if added is None:
        numbered = path_ranks.number([*existing, *changes.added])
        writer.move({path: numbered[path] for path in existing}, known)
        existing, added = numbered, {}
    return {**existing, **added}


def _unreadable_folders(found: Scan) -> dict[bytes, IndexEntry]:
    """Return entries for unreadable folders, with nothing but the problem."""
    entries: dict[bytes, IndexEntry] = {}
    for folder, reason in found.unreadable.items():
        path = folder + b"/"
        defect = Defect(0, f"the folder cannot be read: {reason}", "unreadable")
        entries[path] = IndexEntry(FileRow(path, defects=(defect,)), Stamp(0, 0), place=0)
    return entries
