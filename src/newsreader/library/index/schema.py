"""The tables of the index, and connections to it.

The index is disposable: a file of another version, or a damaged one, is deleted and rebuilt from the corpus.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from newsreader.library.sqlite.connection import (
    DatabaseKind,
    connect,
    discard,
    is_damage,
    kind_of,
    set_kind,
)

VERSION = 15
"""Increase it with any change to the tables or to what is written to them."""

_KIND = DatabaseKind(0x4E455753, VERSION)  # "NEWS"

_TABLES = """
CREATE TABLE fact (name TEXT PRIMARY KEY, value) WITHOUT ROWID;

CREATE TABLE file (
    id INTEGER PRIMARY KEY,
    path BLOB NOT NULL UNIQUE,
    mtime_ns INTEGER NOT NULL,
    size INTEGER NOT NULL,
    -- The rank of the path among all paths; breaks ties, so that an order is total.
    place INTEGER NOT NULL,
    -- When the file was added to the corpus, in milliseconds since 1970 UTC, as far as known.
    arrived INTEGER NOT NULL
);

CREATE TABLE problem (
    file_id INTEGER NOT NULL REFERENCES file ON DELETE CASCADE,
    line INTEGER NOT NULL,
    reason TEXT NOT NULL
);
CREATE INDEX problem_file ON problem (file_id);

-- One row for each record that can be shown, with what list rows, counts and orders need.
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
    -- The key of its marks (domain/marks.py).
    mark INTEGER NOT NULL,
    -- Its role in its story (domain/story_roles.py); of a copy, `story` is the record that is shown.
    role INTEGER NOT NULL,
    story INTEGER,
    reason INTEGER NOT NULL,
    reports INTEGER NOT NULL,
    -- The key of its language (domain/languages.py), empty if unknown.
    language TEXT NOT NULL
);
CREATE INDEX record_story ON record (story) WHERE story IS NOT NULL;
CREATE INDEX record_stem ON record (stem);
CREATE INDEX record_title ON record (title_key);
CREATE INDEX record_mark ON record (mark);
-- Most corpora name no language, and then this costs nothing.
CREATE INDEX record_language ON record (language, role) WHERE language <> '';
CREATE INDEX record_source ON record (source COLLATE NOCASE, role);

-- The whole record, compressed; record_rows.py has the format.
CREATE TABLE detail (
    record_id INTEGER PRIMARY KEY REFERENCES record ON DELETE CASCADE,
    data BLOB NOT NULL
);

-- Every address of a record, as a key (domain/urls.py).
CREATE TABLE address (
    key INTEGER NOT NULL,
    record_id INTEGER NOT NULL REFERENCES record ON DELETE CASCADE,
    -- Whether it is the address of a page, not of a whole site.
    deep INTEGER NOT NULL,
    PRIMARY KEY (key, record_id)
) WITHOUT ROWID;
CREATE INDEX address_record ON address (record_id);

-- The entries of a related list: an address, and a title for when no record has that address.
CREATE TABLE wanted (
    record_id INTEGER NOT NULL REFERENCES record ON DELETE CASCADE,
    key INTEGER NOT NULL,
    title_key INTEGER,
    PRIMARY KEY (record_id, key)
) WITHOUT ROWID;

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
    language TEXT NOT NULL,
    -- The words of the body, last, as reading the other columns then skips it.
    body TEXT NOT NULL
);
CREATE VIRTUAL TABLE passage_words USING fts5 (
    title, excerpt, provider, topics, body,
    content='passage', content_rowid='id',
    tokenize="unicode61 remove_diacritics 2",
    prefix='1 2'
);
-- The writer adds words itself: a trigger would make FTS5 flush after every single row.
CREATE TRIGGER passage_removed AFTER DELETE ON passage BEGIN
    INSERT INTO passage_words (passage_words, rowid, title, excerpt, provider, topics, body)
    VALUES ('delete', old.id, old.title, old.excerpt, old.provider, old.topics, old.body);
END;
"""

_WANTED_INDEXES = {"wanted_key": "wanted (key, title_key)", "wanted_title": "wanted (title_key)"}
"""What finds the records that mention an address or a title. Only linking needs it.

Keys are in no order of time, so keeping these indexes costs more the larger they are; sorting once does not.
"""

ORDERINGS = {
    "top": "undated, top DESC, published_at DESC, place",
    "hot": "undated, signal DESC, published_at DESC, place",
    "quality": "undated, quality DESC, published_at DESC, place",
    "new": "undated, published_at DESC, place",
    "old": "undated, published_at, place",
}
"""The sort terms of each order; unknown heat and quality are NULL, which sort last when descending."""


class IndexUnusableError(Exception):
    """The index is missing, damaged or of another version, so it has to be built."""


def open_writer(path: Path) -> sqlite3.Connection:
    """Open the index for writing; create it, replacing one that cannot be used."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        connection = _connect(path)
        if kind_of(connection) == _KIND:
            return connection
        connection.close()
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
    discard(path)
    connection = _connect(path)
    _create(connection)
    return connection


def is_damaged(path: Path) -> bool:
    """Whether a file cannot be opened as a database; an empty or missing one is not damaged."""
    try:
        if not path.stat().st_size:
            return False
        with closing(_connect(path)) as connection:
            kind_of(connection)
    except OSError:
        return False
    except sqlite3.DatabaseError as error:
        return is_damage(error)
    return False


def tune_for_bulk(connection: sqlite3.Connection) -> None:
    """Keep a transaction of some thousand records in memory, and checkpoint the log less often."""
    connection.execute("PRAGMA cache_size = -32768")  # KiB
    connection.execute("PRAGMA wal_autocheckpoint = 8000")  # pages


def drop_wanted_indexes(connection: sqlite3.Connection) -> None:
    """Drop the indexes of `wanted` for a first build, until `create_wanted_indexes`."""
    for name in _WANTED_INDEXES:
        connection.execute(f"DROP INDEX IF EXISTS {name}")


def create_wanted_indexes(connection: sqlite3.Connection) -> None:
    """Create the indexes of `wanted`, unless they exist."""
    for name, columns in _WANTED_INDEXES.items():
        connection.execute(f"CREATE INDEX IF NOT EXISTS {name} ON {columns}")


def open_reader(path: Path) -> sqlite3.Connection:
    """Open the index read-only.

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
        if kind_of(connection) != _KIND:
            raise IndexUnusableError(f"{path}: another version")
        connection.execute("PRAGMA query_only = 1")
        # Every query has a connection of its own, and the system caches the file anyway.
        connection.execute("PRAGMA cache_size = -512")  # KiB
    except (sqlite3.DatabaseError, IndexUnusableError) as error:
        connection.close()
        raise IndexUnusableError(str(error)) from error
    return connection


def is_usable(path: Path) -> bool:
    """Whether there is a readable index of this version."""
    try:
        with closing(open_reader(path)):
            return True
    except IndexUnusableError:
        return False


def _connect(path: Path) -> sqlite3.Connection:
    return connect(path, 30, "temp_store = MEMORY")


def _create(connection: sqlite3.Connection) -> None:
    connection.executescript("BEGIN;" + _TABLES)
    create_wanted_indexes(connection)
    for order, terms in ORDERINGS.items():
        connection.execute(f"CREATE INDEX front_{order} ON record ({terms}) WHERE role = 4")
        connection.execute(f"CREATE INDEX everything_{order} ON record ({terms}, role)")
    set_kind(connection, _KIND)
    connection.execute("COMMIT")
