"""The tables of the index and how connections to it are made.

The index is disposable: a file of another version, or one that is damaged, is deleted and built
again from the corpus. Nothing is kept here that the corpus does not say.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

VERSION = 10
"""Raised by any change to the tables or to what is put into them."""

_APPLICATION_ID = 0x4E455753  # "NEWS"

_TABLES = """
CREATE TABLE fact (name TEXT PRIMARY KEY, value) WITHOUT ROWID;

CREATE TABLE file (
    id INTEGER PRIMARY KEY,
    path BLOB NOT NULL UNIQUE,
    mtime_ns INTEGER NOT NULL,
    size INTEGER NOT NULL,
    -- Where the path stands among all paths; decides ties, so that an order is total.
    place INTEGER NOT NULL,
    -- When the file came into the corpus, in milliseconds since 1970 UTC, as far as that can be told.
    arrived INTEGER NOT NULL
);

CREATE TABLE problem (
    file_id INTEGER NOT NULL REFERENCES file ON DELETE CASCADE,
    line INTEGER NOT NULL,
    reason TEXT NOT NULL
);
CREATE INDEX problem_file ON problem (file_id);

-- One row a record that can be shown: what rows, counts and orders need.
CREATE TABLE record (
    id INTEGER PRIMARY KEY REFERENCES file ON DELETE CASCADE,
    place INTEGER NOT NULL,
    front INTEGER NOT NULL,
    undated INTEGER NOT NULL,
    published_at INTEGER NOT NULL,
    day_only INTEGER NOT NULL,
    top REAL NOT NULL,
    heat INTEGER,
    quality INTEGER,
    signal INTEGER,
    coverage INTEGER NOT NULL,
    traits INTEGER NOT NULL,
    type TEXT NOT NULL,
    title TEXT NOT NULL,
    source TEXT NOT NULL,
    stem TEXT NOT NULL,
    title_key INTEGER,
    -- The key by which it is marked (domain/marks.py).
    mark INTEGER NOT NULL,
    -- Where it stands in its story (domain/story_roles.py); of a copy `story` is the record that is shown.
    standing INTEGER NOT NULL,
    story INTEGER,
    reason INTEGER NOT NULL,
    reports INTEGER NOT NULL
);
CREATE INDEX record_story ON record (story) WHERE story IS NOT NULL;
CREATE INDEX record_stem ON record (stem);
CREATE INDEX record_title ON record (title_key);
CREATE INDEX record_mark ON record (mark);
CREATE INDEX record_source ON record (source COLLATE NOCASE, standing);

-- The whole record, compressed; see rows.py for its form.
CREATE TABLE detail (
    record_id INTEGER PRIMARY KEY REFERENCES record ON DELETE CASCADE,
    data BLOB NOT NULL
);

-- Every address under which a record is known, as a key (domain/urls.py).
CREATE TABLE address (
    key INTEGER NOT NULL,
    record_id INTEGER NOT NULL REFERENCES record ON DELETE CASCADE,
    -- Whether it is the address of a page, not that of a whole site.
    deep INTEGER NOT NULL,
    PRIMARY KEY (key, record_id)
) WITHOUT ROWID;
CREATE INDEX address_record ON address (record_id);

-- What a record's related list names: an address, or a title should nobody have that.
CREATE TABLE wanted (
    key INTEGER NOT NULL,
    record_id INTEGER NOT NULL REFERENCES record ON DELETE CASCADE,
    title_key INTEGER,
    PRIMARY KEY (key, record_id)
) WITHOUT ROWID;
CREATE INDEX wanted_record ON wanted (record_id);
CREATE INDEX wanted_title ON wanted (title_key);

-- The ties between records that may unite them in a story (domain/stories.py), by the list or the address
-- that they come from. Rows outlive their records until stories are linked next.
CREATE TABLE tie (
    record_id INTEGER NOT NULL,
    key INTEGER NOT NULL,
    -- Whether the address is one that the record shares, not one that its list mentions.
    is_shared INTEGER NOT NULL,
    a INTEGER NOT NULL,
    b INTEGER NOT NULL,
    reason INTEGER NOT NULL,
    -- 0 for the strongest.
    strength INTEGER NOT NULL,
    PRIMARY KEY (record_id, key, is_shared)
) WITHOUT ROWID;
CREATE INDEX tie_a ON tie (a, b, strength);
CREATE INDEX tie_b ON tie (b, a, strength);

-- The names of topics, whether a file describes them or records merely name them.
CREATE TABLE topic (
    id INTEGER PRIMARY KEY,
    folded TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL
);
CREATE TABLE topic_file (
    file_id INTEGER PRIMARY KEY REFERENCES file ON DELETE CASCADE,
    data TEXT NOT NULL
);

-- A record belongs to the topics it names (direct) and to all topics above those.
CREATE TABLE member (
    topic_id INTEGER NOT NULL REFERENCES topic,
    -- 2 on the front page, 1 in a list of everything, 0 for a copy.
    shown INTEGER NOT NULL,
    record_id INTEGER NOT NULL REFERENCES record ON DELETE CASCADE,
    direct INTEGER NOT NULL,
    PRIMARY KEY (topic_id, shown, record_id)
) WITHOUT ROWID;
CREATE INDEX member_record ON member (record_id);

CREATE TABLE passage (
    id INTEGER PRIMARY KEY REFERENCES record ON DELETE CASCADE,
    title TEXT NOT NULL,
    excerpt TEXT NOT NULL,
    provider TEXT NOT NULL,
    topics TEXT NOT NULL,
    -- The record's own addresses, a line each; not in the full-text index.
    urls TEXT NOT NULL,
    -- The names of authors, a line each, and what else a record is filtered by; not in the full-text index.
    authors TEXT NOT NULL,
    category TEXT NOT NULL,
    language TEXT NOT NULL
);
CREATE VIRTUAL TABLE passage_words USING fts5 (
    title, excerpt, provider, topics,
    content='passage', content_rowid='id',
    tokenize="unicode61 remove_diacritics 2",
    prefix='1 2'
);
-- The writer adds words itself: a trigger would make FTS5 write what it has gathered after every single row.
CREATE TRIGGER passage_removed AFTER DELETE ON passage BEGIN
    INSERT INTO passage_words (passage_words, rowid, title, excerpt, provider, topics)
    VALUES ('delete', old.id, old.title, old.excerpt, old.provider, old.topics);
END;
"""

ORDERINGS = {
    "top": "undated, top DESC, published_at DESC, place",
    "hot": "undated, signal DESC, published_at DESC, place",
    "quality": "undated, quality DESC, published_at DESC, place",
    "new": "undated, published_at DESC, place",
    "old": "undated, published_at, place",
}
"""The sort terms of each order; unknown heat and quality are NULL, which SQLite sorts below all."""


class IndexUnusableError(Exception):
    """The index is missing, of another version, or damaged: it has to be built."""


def open_writer(path: Path) -> sqlite3.Connection:
    """A connection that may write; creates the index, replacing one that cannot be used."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        connection = _connect(path)
        if _version(connection) == VERSION:
            _prepare_for_much(connection)
            return connection
        connection.close()
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
            raise
    discard(path)
    connection = _connect(path)
    _create(connection)
    _prepare_for_much(connection)
    return connection


def open_reader(path: Path) -> sqlite3.Connection:
    """A connection that only reads.

    Raises:
        IndexUnusableError: there is no index of this version.

    """
    if not path.exists():
        raise IndexUnusableError(f"{path}: no index yet")
    try:
        connection = _connect(path)
    except sqlite3.DatabaseError as error:
        raise IndexUnusableError(f"{path}: {error}") from error
    try:
        if _version(connection) != VERSION:
            raise IndexUnusableError(f"{path}: another version")
        connection.execute("PRAGMA query_only = 1")
        # Each question has a connection of its own, and the system keeps the file at hand anyway.
        connection.execute("PRAGMA cache_size = -512")  # KiB
    except (sqlite3.DatabaseError, IndexUnusableError) as error:
        connection.close()
        raise IndexUnusableError(str(error)) from error
    return connection


def is_damage(error: sqlite3.Error) -> bool:
    """Whether an error means that the file itself is broken, not that it is busy or the disk is full."""
    signs = ("malformed", "not a database", "corrupt", "no such", "not decode", "constructor failed")
    return any(sign in str(error) for sign in signs)


def discard(path: Path) -> None:
    """Delete an index with the files that SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def is_usable(path: Path) -> bool:
    """Whether an index of this version is there and answers."""
    try:
        with closing(open_reader(path)):
            return True
    except IndexUnusableError:
        return False


def _connect(path: Path) -> sqlite3.Connection:
    # Readers are handed from worker to worker, one at a time; see reading.py.
    connection = sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = 1")
        connection.execute("PRAGMA temp_store = MEMORY")
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


def _prepare_for_much(connection: sqlite3.Connection) -> None:
    """Let a transaction of some thousand records stay in memory, and fold the log back less often."""
    connection.execute("PRAGMA cache_size = -32768")  # KiB
    connection.execute("PRAGMA wal_autocheckpoint = 8000")  # pages


def _version(connection: sqlite3.Connection) -> int:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    return (
        int(connection.execute("PRAGMA user_version").fetchone()[0]) if application == _APPLICATION_ID else -1
    )


def _create(connection: sqlite3.Connection) -> None:
    connection.executescript("BEGIN;" + _TABLES)
    for order, terms in ORDERINGS.items():
        connection.execute(f"CREATE INDEX front_{order} ON record ({terms}) WHERE standing = 4")
        connection.execute(f"CREATE INDEX everything_{order} ON record ({terms}, standing)")
    connection.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("COMMIT")
