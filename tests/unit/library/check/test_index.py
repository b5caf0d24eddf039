"""Whether an index is whole, and says what its corpus says."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from newsreader.library.check.index import check_index
from newsreader.library.indexing.refresh import refresh
from tests.unit.library.corpora import Corpus


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    corpus = Corpus(tmp_path)
    corpus.put("a.md")
    corpus.put("b.md")
    corpus.refresh()
    return corpus


def test_a_new_index_is_sound_and_fresh(corpus: Corpus) -> None:
    verdict = check_index(corpus.root, corpus.index)
    assert verdict.is_sound
    assert verdict.is_fresh


def test_what_changed_since_is_told(corpus: Corpus) -> None:
    corpus.put("a.md", title="changed")
    corpus.put("c.md")
    corpus.remove("b.md")
    verdict = check_index(corpus.root, corpus.index)
    assert verdict.is_sound
    assert [change.path for change in verdict.changes] == [b"a.md", b"b.md", b"c.md"]
    assert verdict.count_changes() == (1, 1, 1)


def test_an_index_that_is_not_there_is_told(corpus: Corpus, tmp_path: Path) -> None:
    verdict = check_index(corpus.root, tmp_path / "none.sqlite")
    assert not verdict.is_sound
    assert verdict.is_fresh


def test_a_torn_index_is_told(corpus: Corpus) -> None:
    with closing(sqlite3.connect(corpus.index)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = bytearray(corpus.index.read_bytes())
    for page in range(3, len(content) // 4096):
        content[page * 4096 : page * 4096 + 64] = b"\xff" * 64
    corpus.index.write_bytes(content)
    assert not check_index(corpus.root, corpus.index).is_sound


def test_a_row_that_refers_to_nothing_is_told(corpus: Corpus) -> None:
    with closing(sqlite3.connect(corpus.index)) as connection:
        connection.execute("INSERT INTO problem VALUES (999, 1, 'of nobody')")
        connection.commit()
    assert check_index(corpus.root, corpus.index).defects == ("problem: a row refers to nothing",)


def test_a_table_that_breaks_its_own_rules_is_told(corpus: Corpus) -> None:
    with closing(sqlite3.connect(corpus.index, isolation_level=None)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = 1")
        connection.execute("PRAGMA writable_schema = 1")
        sql = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'problem'").fetchone()[0]
        loose = sql.replace("reason TEXT NOT NULL", "reason TEXT")
        connection.execute("UPDATE sqlite_master SET sql = ? WHERE name = 'problem'", (loose,))
        connection.execute("PRAGMA writable_schema = RESET")
        connection.execute("INSERT INTO problem SELECT id, 1, NULL FROM file LIMIT 1")
        connection.execute("PRAGMA writable_schema = 1")
        connection.execute("UPDATE sqlite_master SET sql = ? WHERE name = 'problem'", (sql,))
    verdict = check_index(corpus.root, corpus.index)
    assert verdict.defects == ("NULL value in problem.reason",)
    assert verdict.is_fresh  # nobody looked


def test_an_index_that_was_only_begun_is_told(corpus: Corpus, tmp_path: Path) -> None:
    index = tmp_path / "begun.sqlite"
    next(refresh(corpus.root, index))
    assert check_index(corpus.root, index).defects == ("the corpus was never indexed as a whole",)
