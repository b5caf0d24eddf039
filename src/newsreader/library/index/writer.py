"""Write files, records and topics to the index."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from newsreader.corpus.scan import Change, KnownRow, Stamp
from newsreader.domain.ranking import DAY, top_score
from newsreader.domain.story_roles import StoryRole
from newsreader.domain.topics import nested_in
from newsreader.library.index import path_ranks
from newsreader.library.index.record_rows import FileRow, RecordRow
from newsreader.library.index.schema import create_wanted_indexes, drop_wanted_indexes
from newsreader.library.index.topic_tree import load_tree
from newsreader.library.linking.story_linker import StoryLinker
from newsreader.library.sqlite.connection import transaction


class IndexEntry(NamedTuple):
    """A file to write, with its stamp and its rank among the paths.

    `arrived` is when it was added to the corpus, in milliseconds since 1970 UTC. `file_id` is that of
    the file which it replaces; its arrival is kept.
    """

    row: FileRow
    stamp: Stamp
    place: int = 0
    arrived: int = 0
    file_id: int | None = None


class IndexWriter:
    """Writes an index. Each public method is one transaction, unless `begin` was called.

    Args:
        connection: From `schema.open_writer`.
        half_life: Of the order `top`, in seconds.

    Attributes:
        rescored: Whether the half-life has changed, and `top` with it.

    """

    def __init__(self, connection: sqlite3.Connection, half_life: int = DAY) -> None:
        self._connection = connection
        self._half_life = half_life
        self._linker = StoryLinker(connection)
        self.rescored = self._adopt_half_life()
        self._topic_ids: dict[str, int] = {
            folded: topic_id for topic_id, folded in connection.execute("SELECT id, folded FROM topic")
        }
        self._tree = load_tree(self._connection)
        self._ancestor_ids: dict[str, tuple[int, ...]] = {}
        self._next_id: int = 1 + connection.execute("SELECT coalesce(max(id), 0) FROM file").fetchone()[0]

    def known(self) -> Iterator[KnownRow]:
        """Yield the fields of a `KnownFile` for every file of the index, in the order of the paths."""
        statement = "SELECT path, mtime_ns, size, id, place FROM file ORDER BY path"
        return self._connection.execute(statement)

    def has(self, path: bytes) -> bool:
        """Whether the index has a file."""
        return self._connection.execute("SELECT 1 FROM file WHERE path = ?", (path,)).fetchone() is not None

    def neighbours(self, path: bytes) -> path_ranks.Neighbours:
        """Return the ranks around a path that the index does not have."""
        ask = self._connection.execute
        # Folders that cannot be read have no rank.
        ranked = "SELECT place, path FROM file WHERE place > 0 AND"
        before = ask(f"{ranked} path < ? ORDER BY path DESC LIMIT 1", (path,)).fetchone()
        after = ask(f"{ranked} path > ? ORDER BY path LIMIT 1", (path,)).fetchone()
        high, next_path = after or (0, None)
        return path_ranks.Neighbours(before[0] if before else 0, next_path, high)

    def begin(self) -> None:
        """Start a transaction that `commit` ends."""
        if not self._connection.in_transaction:
            self._connection.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """Link the stories that have changed since `begin`, and commit."""
        if self._connection.in_transaction:
            self._linker.link()
            self._connection.execute("COMMIT")

    def start_first_build(self) -> None:
        """Link no story until `link_all`, and drop the indexes that only linking needs."""
        self._linker.is_deferred = True
        with self._transaction():
            drop_wanted_indexes(self._connection)

    def link_all(self) -> Iterator[tuple[int, int]]:
        """End a first build: link all records. After each transaction, yield how many of them are done."""
        with transaction(self._connection):
            create_wanted_indexes(self._connection)
        steps = self._linker.link_all()
        while True:
            with transaction(self._connection):
                step = next(steps, None)
            if step is None:
                return
            yield step

    def write(self, entries: Sequence[IndexEntry]) -> None:
        """Write files, replacing those whose id they have."""
        with self._transaction():
            replaced = [(entry.file_id,) for entry in entries if entry.file_id is not None]
            self._linker.mark_for_relink(id_ for (id_,) in replaced)
            topics_before = self._count("topic_file")
            for table in ("record", "problem", "topic_file"):
                column = "id" if table == "record" else "file_id"
                self._many(f"DELETE FROM {table} WHERE {column} = ?", replaced)  # noqa: S608 - fixed names
            numbered = [
                (self._new_id() if entry.file_id is None else entry.file_id, entry) for entry in entries
            ]
            self._write_files(numbered)
            self._write_topics(numbered, replaced=self._count("topic_file") != topics_before)
            records = [(id_, entry.place, entry.row.record) for id_, entry in numbered if entry.row.record]
            self._write_records(records)
            self._linker.add(id_ for id_, _, _ in records)

    def delete(self, ids: Iterable[int]) -> None:
        """Delete files with all their rows."""
        with self._transaction():
            deleted = [(id_,) for id_ in ids]
            self._linker.mark_for_relink(id_ for (id_,) in deleted)
            topics_before = self._count("topic_file")
            self._many("DELETE FROM file WHERE id = ?", deleted)
            if self._count("topic_file") != topics_before:
                self._rebuild_members()

    def rank(self, changes: Sequence[Change]) -> dict[bytes, int]:
        """Return the ranks of files that will be written; renumber all if there is no room for new ones."""
        ranks = path_ranks.insert([path for path, _, known in changes if known is None], self.neighbours)
        if ranks is not None:
            return ranks | {path: known.place for path, _, known in changes if known is not None}
        ids = dict(self._connection.execute("SELECT path, id FROM file"))
        numbered = path_ranks.number({*ids, *(change.path for change in changes)})
        with self._transaction():
            moved = [(numbered[path], id_) for path, id_ in ids.items()]
            self._many("UPDATE file SET place = ? WHERE id = ?", moved)
            self._many("UPDATE record SET place = ? WHERE id = ?", moved)
        return numbered

    def languages(self) -> tuple[str, ...]:
        """Return the languages of the records."""
        rows = self._connection.execute("SELECT DISTINCT language FROM record WHERE language <> ''")
        return tuple(sorted(language for (language,) in rows))

    def fact(self, name: str) -> str | int | bytes | None:
        """Return a fact; None if it was never set."""
        row = self._connection.execute("SELECT value FROM fact WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def note(self, name: str, value: str | int | bytes) -> None:
        """Set a fact about the corpus as a whole."""
        self._connection.execute("INSERT OR REPLACE INTO fact VALUES (?, ?)", (name, value))

    def _write_files(self, entries: Sequence[tuple[int, IndexEntry]]) -> None:
        self._many(
            "INSERT INTO file (id, path, mtime_ns, size, place, arrived) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET mtime_ns = excluded.mtime_ns, size = excluded.size",
            [
                (id_, row.path, stamp.mtime_ns, stamp.size, place, arrived)
                for id_, (row, stamp, place, arrived, _) in entries
            ],
        )
        self._many(
            "INSERT INTO problem VALUES (?, ?, ?)",
            [(id_, defect.line, defect.reason) for id_, entry in entries for defect in entry.row.defects],
        )

    def _write_topics(self, entries: Sequence[tuple[int, IndexEntry]], *, replaced: bool) -> None:
        described = [(id_, entry.row.topic) for id_, entry in entries if entry.row.topic]
        self._many(
            "INSERT INTO topic_file VALUES (?, ?)", [(id_, json.dumps(topic)) for id_, topic in described]
        )
        for _, topic in described:
            self._topic_id(topic.name)
        if (described or replaced) and list(load_tree(self._connection).walk()) != list(self._tree.walk()):
            self._rebuild_members()

    def _write_records(self, rows: list[tuple[int, int, RecordRow]]) -> None:
        self._many(
            f"INSERT INTO record VALUES ({', '.join('?' * 23)})",  # noqa: S608 - only placeholders
            [self._columns(id_, place, row) for id_, place, row in rows],
        )
        self._many("INSERT INTO detail VALUES (?, ?)", [(id_, row.detail) for id_, _, row in rows])
        self._many(
            "INSERT INTO address VALUES (?, ?, ?)",
            [(key, id_, deep) for id_, _, row in rows for key, deep in row.addresses],
        )
        self._many(
            "INSERT OR IGNORE INTO wanted (record_id, key, title_key) VALUES (?, ?, ?)",
            [(id_, key, title) for id_, _, row in rows for key, title in row.wanted],
        )
        self._many(
            "INSERT OR IGNORE INTO member VALUES (?, ?, ?, ?)",
            [
                member
                for id_, _, row in rows
                for member in self._members(id_, _expected_role(row).shown, row.topics)
            ],
        )
        passages = [(id_, *row.passage) for id_, _, row in rows]
        self._many("INSERT INTO passage VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", passages)
        self._many(
            "INSERT INTO passage_words (rowid, title, excerpt, provider, topics, body)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            [(*passage[:5], passage[-1]) for passage in passages],
        )

    def _columns(self, record_id: int, place: int, row: RecordRow) -> tuple[object, ...]:
        seconds = row.moment.seconds if row.moment else 0
        return (
            record_id,
            place,
            row.front,
            row.moment is None,
            seconds,
            bool(row.moment and row.moment.day_only),
            top_score(row.signal, seconds, self._half_life),
            row.heat,
            row.quality,
            row.signal,
            row.coverage,
            row.traits,
            row.type,
            row.title,
            row.source,
            row.stem,
            row.title_key,
            row.mark,
            int(_expected_role(row)),
            None,
            0,
            1,
            row.language,
        )

    def _members(
        self, record_id: int, shown: int, topics: Iterable[str]
    ) -> Iterator[tuple[int, int, int, int]]:
        """Yield the topics of a record, then all topics above them."""
        names = list(topics)
        for name in names:
            yield self._topic_id(name), shown, record_id, 1
        for name in names:
            for above in self._ancestors(name):
                yield above, shown, record_id, 0

    def _ancestors(self, name: str) -> tuple[int, ...]:
        """Return the topics above a topic; cached, as records share few topics."""
        if name not in self._ancestor_ids:
            above = self._tree.lineage(name)[1:]
            if not above and "/" in name and not self._count("topic_file"):
                above = nested_in(name)
            self._ancestor_ids[name] = tuple(self._topic_id(topic) for topic in above)
        return self._ancestor_ids[name]

    def _topic_id(self, name: str) -> int:
        folded = name.casefold()
        if folded not in self._topic_ids:
            cursor = self._connection.execute(
                "INSERT INTO topic (folded, name) VALUES (?, ?)", (folded, name)
            )
            self._topic_ids[folded] = int(cursor.lastrowid or 0)
        return self._topic_ids[folded]

    def _rebuild_members(self) -> None:
        """Update which records belong to which topics, after the tree has changed."""
        self._tree = load_tree(self._connection)
        self._ancestor_ids.clear()
        direct = self._connection.execute(
            "SELECT record_id, shown, group_concat(topic.name, char(10)) FROM member"
            " JOIN topic ON topic.id = topic_id WHERE direct = 1 GROUP BY record_id"
        ).fetchall()
        self._connection.execute("DELETE FROM member WHERE direct = 0")
        self._many(
            "INSERT OR IGNORE INTO member VALUES (?, ?, ?, ?)",
            [
                member
                for record_id, shown, names in direct
                for member in self._members(record_id, shown, names.split("\n"))
            ],
        )

    def _adopt_half_life(self) -> bool:
        """Update every stored score if the half-life has changed; return whether it has."""
        before = self.fact("half_life")
        if before == self._half_life:
            return False
        with self._transaction():
            self._connection.create_function("top_score", 3, top_score, deterministic=True)
            self._connection.execute(
                "UPDATE record SET top = top_score(signal, published_at, ?)", (self._half_life,)
            )
            self.note("half_life", self._half_life)
        return before is not None

    def _new_id(self) -> int:
        self._next_id += 1
        return self._next_id - 1

    def _count(self, table: str) -> int:
        return int(self._connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608

    def _many(self, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
        if rows:
            self._connection.executemany(statement, rows)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        if self._connection.in_transaction:
            yield  # part of the transaction that `commit` ends
            return
        with transaction(self._connection):
            yield
            self._linker.link()


def _expected_role(row: RecordRow) -> StoryRole:
    """Guess the role of a record before it is linked; a heat of -1 marks most followers."""
    return StoryRole.of(front=row.front, leads=row.front or row.heat != -1)
