"""Bringing the index up to date with the corpus: scan, compare, parse what changed, write."""

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
from newsreader.library.index.freshness import LOOK, SUM, FolderScan
from newsreader.library.index.record_rows import FileRow
from newsreader.library.index.schema import open_writer
from newsreader.library.index.writer import IndexedFile, IndexEntry, IndexWriter
from newsreader.library.indexing.progress import Progress

PORTION = 3_000
"""Most files in one transaction: about a second's work, which is what a sudden end may cost."""

_MILLISECOND = 1_000_000
"""In nanoseconds."""

_OPTIONS = "options"
"""The name of the fact that says by which options the corpus was read."""

Parse = Callable[[Path, list[bytes]], Iterator[list[FileRow]]]


def refresh(
    root: Path, index: Path, *, half_life: int = DAY, parse: Parse | None = None, options: str = ""
) -> Generator[Progress, None, None]:
    """Bring an index up to date, yielding after each batch that readers can see.

    The newest files come first, topic files before all. Stopping at any point leaves an index that
    is consistent and lacks only what was not reached; the next refresh goes on from there. With other
    `options` (`CorpusOptions.to_json`) than before, every file is read again; `parse` reads by them.

    Raises:
        OSError: the corpus or the folder of the index cannot be used.
        sqlite3.DatabaseError: the index cannot be written.

    """
    with closing(open_writer(index)) as connection:
        writer = IndexWriter(connection, half_life)
        if (writer.fact(_OPTIONS) or "") != options:  # every file may mean something else
            writer.delete(list(known := writer.known()), known)
            writer.note(SUM, "")
            writer.note(_OPTIONS, options)
        if _is_up_to_date(root, writer):
            yield Progress(0, 0, changed=writer.rescored, finished=True)
        else:
            yield from _bring_up_to_date(root, writer, parse or _parse_here)
            connection.execute("PRAGMA optimize")
            connection.execute("PRAGMA wal_checkpoint(PASSIVE)")


def _parse_here(root: Path, paths: list[bytes]) -> Iterator[list[FileRow]]:
    from newsreader.library.indexing.worker_pool import parse_here  # with all that processes need

    return parse_here(root, paths)


def _is_up_to_date(root: Path, writer: IndexWriter) -> bool:
    sum_before = writer.fact(SUM)
    if not sum_before:  # a first run need not look twice
        return False
    began = time_ns()
    seen = glance(root)
    if str(seen.sum) != sum_before or seen.unreadable:
        return False
    writer.note(LOOK, FolderScan.ended(began, seen.folders).pack())
    return True


def _bring_up_to_date(root: Path, writer: IndexWriter, parse: Parse) -> Iterator[Progress]:
    began = time_ns()
    found = scan(root)
    look = FolderScan.ended(began, found.folders)
    known = writer.known()
    closed = _closed_folders(found)
    changes = compare(found, {path: entry.stamp for path, entry in known.items() if path not in closed})
    if changes.deleted:
        writer.delete(changes.deleted, known)
    newly_closed = [entry for path, entry in closed.items() if path not in known]
    writer.write(newly_closed, known)
    paths = _in_order_of_use([*changes.added, *changes.changed])
    done, total = 0, len(paths)
    changed = bool(changes.deleted or newly_closed or writer.rescored)
    yield Progress(0, total, changed)
    positions = _positions(writer, changes, known)
    is_first = writer.fact("complete") is None
    written = 0
    for rows in parse(root, paths):
        writer.begin()
        now = time_ns() // _MILLISECOND
        entries = [IndexEntry(row, found.files[row.path], positions[row.path], now) for row in rows]
        writer.write([_as_found(entry) for entry in entries] if is_first else entries, known)
        done += len(rows)
        # Few files at first, which somebody waits for, then as many as pay best.
        if done - written >= min(written / 4, PORTION):
            writer.commit()
            written = done
            yield Progress(done, total, changed=True)
    writer.commit()
    writer.note("complete", 1)
    writer.note(LOOK, look.pack())
    writer.note(SUM, "" if found.unreadable else str(sum_of(found.files)))
    yield Progress(done, total, changed or bool(changes), finished=True)


def _as_found(entry: IndexEntry) -> IndexEntry:
    """A file of a corpus that is read for the first time: it came when it was written, as far as is known."""
    return entry._replace(arrived=min(entry.arrived, entry.stamp.mtime_ns // _MILLISECOND))


def _in_order_of_use(paths: list[bytes]) -> list[bytes]:
    """Topic files, then the newest records: their names lead with the date."""
    topics = [path for path in paths if is_topic_path(display_path(path))]
    rest = set(paths).difference(topics)
    return topics + sorted(rest, key=lambda path: path.rpartition(b"/")[2], reverse=True)


def _positions(writer: IndexWriter, changes: Changes, known: dict[bytes, IndexedFile]) -> dict[bytes, int]:
    """The place of every path that is going to be written."""
    existing = {path: entry.place for path, entry in known.items()}
    added = path_ranks.insert(existing, changes.added) if changes.added else {}
    if added is None:
        dealt = path_ranks.deal([*existing, *changes.added])
        writer.move({path: dealt[path] for path in existing}, known)
        existing, added = dealt, {}
    return {**existing, **added}


def _closed_folders(found: Scan) -> dict[bytes, IndexEntry]:
    """Folders that cannot be read, as entries that carry nothing but the problem."""
    entries: dict[bytes, IndexEntry] = {}
    for folder, reason in found.unreadable.items():
        path = folder + b"/"
        defect = Defect(0, f"the folder cannot be read: {reason}", "unreadable")
        entries[path] = IndexEntry(FileRow(path, defects=(defect,)), Stamp(0, 0), place=0)
    return entries
