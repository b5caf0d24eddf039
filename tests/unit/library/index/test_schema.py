"""The file of the index: made, recognised, thrown away."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from newsreader.library.index import schema
from newsreader.library.index.schema import (
    IndexUnusableError,
    is_usable,
    open_reader,
    open_writer,
)
from newsreader.library.sqlite.connection import discard, is_damage
from tests.unit.library.corpora import Corpus, assert_sound


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "index.sqlite"


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Connections give up at once where they would wait for another one."""
    connect = sqlite3.connect

    def connect_at_once(path: Path, **options: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(path, **{**options, "timeout": 0})
        return connection

    monkeypatch.setattr(sqlite3, "connect", connect_at_once)


def make_index(index: Path) -> None:
    open_writer(index).close()


def test_the_first_writer_makes_the_folder_and_an_empty_index(index: Path) -> None:
    make_index(index)
    assert is_usable(index)
    assert_sound(index)


def test_a_second_writer_finds_what_the_first_one_wrote(index: Path) -> None:
    with closing(open_writer(index)) as connection:
        connection.execute("INSERT INTO fact VALUES ('colour', 'blue')")
    with closing(open_writer(index)) as connection:
        assert connection.execute("SELECT value FROM fact").fetchall() == [("blue",)]


def test_there_is_nothing_to_read_before_the_first_writer(index: Path) -> None:
    assert not is_usable(index)
    with pytest.raises(IndexUnusableError, match="no index yet"):
        open_reader(index)
    assert not index.parent.exists()


def test_a_reader_cannot_change_the_index(index: Path) -> None:
    make_index(index)
    with closing(open_reader(index)) as connection, pytest.raises(sqlite3.OperationalError, match="readonly"):
        connection.execute("DELETE FROM file")


def age(index: Path) -> None:
    with closing(sqlite3.connect(index)) as connection:
        connection.execute(f"PRAGMA user_version = {schema.VERSION + 1}")


def let_another_program_have_it(index: Path) -> None:
    discard(index)
    with closing(sqlite3.connect(index)) as connection:
        connection.execute("CREATE TABLE bookmarks (url)")
        connection.execute(f"PRAGMA user_version = {schema.VERSION}")


def fill_with_garbage(index: Path) -> None:
    discard(index)
    index.write_bytes(b"These are not the pages of a database. " * 400)


def cut_off_the_head(index: Path) -> None:
    index.write_bytes(index.read_bytes()[:90])


def empty(index: Path) -> None:
    index.write_bytes(b"")


@pytest.mark.parametrize(
    "spoil", [age, let_another_program_have_it, fill_with_garbage, cut_off_the_head, empty]
)
def test_a_file_that_is_no_index_of_this_version_is_not_read_and_is_replaced(
    index: Path, spoil: object
) -> None:
    make_index(index)
    assert callable(spoil)
    spoil(index)
    assert not is_usable(index)
    with pytest.raises(IndexUnusableError):
        open_reader(index)
    make_index(index)
    assert is_usable(index)
    assert_sound(index)


def test_an_index_whose_making_was_cut_short_is_made_again(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(schema, "ORDERINGS", {"top": "no_such_column"})
        with pytest.raises(sqlite3.OperationalError):
            open_writer(index)
    assert not is_usable(index)
    make_index(index)
    assert_sound(index)


def test_only_what_cannot_be_opened_as_a_database_is_damaged(index: Path) -> None:
    assert not schema.is_damaged(index)
    make_index(index)
    assert not schema.is_damaged(index)
    age(index)
    assert not schema.is_damaged(index)
    fill_with_garbage(index)
    assert schema.is_damaged(index)
    empty(index)
    assert not schema.is_damaged(index)


@pytest.mark.usefixtures("impatient")
def test_a_locked_file_is_left_alone(index: Path) -> None:
    index.parent.mkdir()
    with closing(sqlite3.connect(index, isolation_level=None)) as other:
        other.execute("CREATE TABLE precious (id)")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            open_writer(index)
        with pytest.raises(IndexUnusableError, match="locked"):
            open_reader(index)
        other.execute("COMMIT")
        assert other.execute("SELECT count(*) FROM precious").fetchone() == (0,)


@pytest.mark.usefixtures("impatient")
def test_a_refresh_that_finds_the_index_locked_changes_nothing(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path)
    corpus.put("a.md")
    corpus.refresh()
    corpus.put("b.md")
    with closing(sqlite3.connect(corpus.index, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(sqlite3.OperationalError, match="locked") as caught:
            corpus.refresh()
        assert not is_damage(caught.value)
        assert corpus.paths() == ["a.md"]
    corpus.refresh()
    assert sorted(corpus.paths()) == ["a.md", "b.md"]


def test_discarding_leaves_no_file_behind_and_may_be_done_twice(index: Path) -> None:
    connection = open_writer(index)
    connection.execute("INSERT INTO fact VALUES ('colour', 'blue')")
    assert len(list(index.parent.iterdir())) == 3
    connection.close()
    index.with_name(index.name + "-wal").touch()
    discard(index)
    discard(index)
    assert list(index.parent.iterdir()) == []


@pytest.mark.parametrize(
    ("message", "damage"),
    [
        ("database disk image is malformed", True),
        ("file is not a database", True),
        ('fts5: corruption found reading blob 17 from table "passage_words"', True),
        ("no such table: record", True),
        ("vtable constructor failed: passage_words", True),
        ("Could not decode to UTF-8 column 'title' with text 'x'", True),
        ("database is locked", False),
        ("database or disk is full", False),
        ("interrupted", False),
    ],
)
def test_damage_is_told_from_trouble_that_passes(message: str, damage: bool) -> None:
    assert is_damage(sqlite3.DatabaseError(message)) is damage
