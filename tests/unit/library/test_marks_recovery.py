"""Marks come back from damaged files: from the database, its log and daily backups."""

from __future__ import annotations

import shutil
import sqlite3
import struct
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from newsreader.domain.mark_changes import Identity, MarkChange, MarkStep
from newsreader.domain.marks import Mark
from newsreader.library.index.lock import IndexBusyError, index_lock
from newsreader.library.marks import schema, store
from newsreader.library.marks.attached import KIND, AttachedMarks
from newsreader.library.marks.backups import KEPT, backups
from newsreader.library.marks.schema import MarksError
from newsreader.library.marks.store import Marks
from newsreader.library.sqlite.connection import attach, connect, log_of
from newsreader.library.sqlite.page_scan import Row, scan

DAY = 86_400.0
START = 1_700_000_000.0

A, B = (Identity.named(f"https://news.example/{name}") for name in "ab")
LONG = "a long note, " * 1_500 + "at last"
"""Longer than four pages of the database."""

ALL = {(A.name, "starred"): 1, (B.name, "note"): LONG}


def fill(path: Path, now: float = START) -> None:
    with closing(Marks(path, lambda: now)) as marks:
        marks.set(
            "one", [MarkChange(A, Mark.STARRED, 1, "Good title"), MarkChange(B, Mark.NOTE, LONG, "Other")]
        )


def kept(marks: Marks) -> dict[tuple[str, str], int | str]:
    return {
        (dated.change.identity.name, dated.change.mark.word): dated.change.value
        for dated in marks.all()
        if dated.change.value
    }


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "marks.sqlite"


def change(path: Path, edit: Callable[[bytes], bytes]) -> None:
    path.write_bytes(edit(path.read_bytes()))


# -- damage ----------------------------------------------------------------------------------------


def test_a_byte_that_is_not_utf8_is_shown_as_such(path: Path) -> None:
    fill(path)
    change(path, lambda data: data.replace(b"Good title", b"Good\x99title"))
    with closing(Marks(path)) as marks:
        assert kept(marks) == ALL
        assert [dated.change.title for dated in marks.all()] == ["Good\ufffdtitle", "Other"]


def test_a_note_that_is_not_utf8_can_be_read_through_the_index(path: Path, tmp_path: Path) -> None:
    fill(path)
    with closing(Marks(path)) as marks:
        marks.set("note", [MarkChange(A, Mark.NOTE, "my note")])
    change(path, lambda data: data.replace(b"my note", b"my\x99note"))
    with closing(connect(tmp_path / "index.sqlite", 1)) as connection:
        attached = AttachedMarks(connection, path)
        assert attached.attach()
        assert attached.note(A.key) == "my\ufffdnote"


@pytest.mark.parametrize("name", ["CREATE TABLE story", "CREATE TABLE mark"])
def test_a_damaged_schema_loses_no_mark(path: Path, name: str) -> None:
    fill(path)
    damaged = name.replace("CREATE", "CREA\x99E").encode("latin-1")
    change(path, lambda data: data.replace(name.encode(), damaged))
    with closing(Marks(path)) as marks:
        assert "damaged: 2 were recovered" in marks.notice
        assert kept(marks) == ALL
    with closing(Marks(path)) as marks:
        assert marks.notice == ""


def test_a_lost_table_is_recovered_from_its_pages(path: Path) -> None:
    fill(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA writable_schema = on")
        connection.execute("DELETE FROM sqlite_schema WHERE name = 'mark'")
        connection.commit()
    with closing(Marks(path)) as marks:
        assert "damaged: 2 were recovered" in marks.notice
        assert kept(marks) == ALL


def test_a_dropped_table_is_noticed_although_the_database_is_sound(path: Path) -> None:
    fill(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE mark")
        connection.execute("VACUUM")
    with closing(Marks(path)) as marks:
        assert "damaged: 0 were recovered" in marks.notice


def test_undo_survives_where_its_tables_can_be_read(path: Path) -> None:
    fill(path)
    Marks(path).close()  # makes a backup
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE mark")
        connection.execute("PRAGMA writable_schema = on")
        connection.execute(
            "UPDATE sqlite_schema SET sql = replace(sql, 'NOT NULL', '') WHERE name = 'change'"
        )
        connection.commit()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("INSERT INTO change (step_id) VALUES (1)")  # which the new table refuses
        connection.commit()
    with closing(Marks(path)) as marks:
        assert "The marks were damaged" in marks.notice
        assert marks.undo() == MarkStep("one", 2)


def test_a_file_emptied_beside_its_log_is_recovered_from_the_log(path: Path) -> None:
    marks = Marks(path, lambda: START)
    marks.set("one", [MarkChange(A, Mark.STARRED, 1, "Good title"), MarkChange(B, Mark.NOTE, LONG, "Other")])
    log = log_of(path).read_bytes()
    marks.close()
    path.write_bytes(b"")
    log_of(path).write_bytes(log)
    with closing(connect(path.with_name("index.sqlite"), 1)) as connection:
        assert not attach(connection, path, "marks", KIND, 0)
        assert not attach(connection, path / "missing", "marks", KIND, 0)
    with closing(Marks(path)) as marks:
        assert "damaged: 2 were recovered" in marks.notice
        assert kept(marks) == ALL
    (damaged,) = path.parent.glob("marks-damaged-*.sqlite")
    assert log_of(damaged).read_bytes() == log


def test_what_the_file_has_lost_comes_from_the_last_backup(path: Path) -> None:
    fill(path)
    with closing(Marks(path, lambda: START + DAY)) as marks:
        marks.set("two", [MarkChange(A, Mark.STARRED, 0)])
    path.write_bytes(b"")
    with closing(Marks(path, lambda: START + 2 * DAY)) as marks:
        assert "2 were recovered, 2 of them from marks-backup-2023-11-15.sqlite" in marks.notice
        assert kept(marks) == ALL


def test_marks_in_the_file_are_newer_than_those_of_the_backup(path: Path) -> None:
    fill(path)
    with closing(Marks(path, lambda: START + DAY)) as marks:
        marks.set("two", [MarkChange(A, Mark.STARRED, 0)])
    change(path, lambda data: data.replace(b"CREATE TABLE mark", b"CREATE\x99TABLE mark"))
    with closing(Marks(path, lambda: START + 2 * DAY)) as marks:
        assert "2 were recovered, 0 of them from" in marks.notice
        assert kept(marks) == {(B.name, "note"): LONG}


def test_rows_that_only_look_like_marks_are_left_out(path: Path) -> None:
    fill(path)
    with closing(sqlite3.connect(path)) as connection:
        others = [(9, A.key, 1, 1), (1, A.key, 7, 1), (4, A.key, 1, 1), (3, A.key, 1, 2**60), (3, 99, 1, 1)]
        connection.executemany("INSERT INTO mark VALUES (?, ?, ?, ?)", others)
        connection.commit()
    change(path, lambda data: data.replace(b"CREATE TABLE mark", b"CREATE\x99TABLE mark"))
    with closing(Marks(path)) as marks:
        assert "damaged: 2 were recovered" in marks.notice
        assert kept(marks) == ALL


def test_an_empty_file_without_log_and_backup_is_a_new_one(path: Path) -> None:
    path.write_bytes(b"")
    log_of(path).write_bytes(b"")
    with closing(Marks(path)) as marks:
        assert marks.notice == ""


def test_only_one_process_recovers_the_marks(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(path)
    change(path, lambda data: data[:200])
    monkeypatch.setattr(schema, "TIMEOUT", 0.0)
    with index_lock(path), pytest.raises(MarksError, match="another newsreader is recovering them"):
        Marks(path)
    looks = iter([True, False])
    monkeypatch.setattr(schema, "_is_damaged", lambda _: next(looks))
    assert schema.repair_marks(path) == ""


def test_a_repair_reports_what_it_has_changed(path: Path) -> None:
    assert schema.repair_marks(path) == ""
    fill(path)
    assert schema.repair_marks(path) == ""
    change(path, lambda data: data[:200])
    assert "The marks were damaged" in schema.repair_marks(path)


def test_a_repair_that_is_impossible_changes_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(path)

    def fails(_: Path) -> bool:
        raise OSError

    monkeypatch.setattr(schema, "_is_damaged", fails)
    assert schema.repair_marks(path) == ""


def test_damaged_marks_are_not_read_through_the_index(path: Path, tmp_path: Path) -> None:
    fill(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE mark")
    with closing(connect(tmp_path / "index.sqlite", 1)) as connection:
        assert not AttachedMarks(connection, path).attach()
        assert [name for _, name, _ in connection.execute("PRAGMA database_list")] == ["main"]


# -- rows ------------------------------------------------------------------------------------------


def test_rows_of_every_shape_are_found(tmp_path: Path) -> None:
    path = tmp_path / "any.sqlite"
    values = [None, 0, 1, -5, 300, 70_000, 20_000_000, 2**40, -(2**62), "text", b"\x00\xff", "x" * 30_000]
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA page_size = 1024")
        connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, value)")
        connection.execute("CREATE TABLE w (value PRIMARY KEY, other) WITHOUT ROWID")
        rows = [(number if number else -1, value) for number, value in enumerate(values)]
        connection.executemany("INSERT INTO t VALUES (?, ?)", rows)
        connection.executemany("INSERT INTO w VALUES (?, 'é')", [(f"key {n:0300}",) for n in range(50)])
        connection.commit()
    found = list(scan(path, log_of(path)))
    assert {Row(id_, (None, value)) for id_, value in rows} <= set(found)
    assert {Row(None, (f"key {n:0300}", "é")) for n in range(50)} <= set(found)


def test_uncommitted_and_outdated_frames_are_not_read(path: Path) -> None:
    connection = connect(path, 1)
    connection.execute("CREATE TABLE t (value)")
    connection.execute("INSERT INTO t VALUES ('committed')")
    log = log_of(path).read_bytes()
    connection.close()
    last = bytearray(log)
    frame = 24 + 4096
    start = len(log) - frame
    last[start + 4 : start + 8] = bytes(4)  # no commit
    log_of(path).write_bytes(last)
    path.write_bytes(b"")
    assert Row(1, ("committed",)) not in list(scan(path, log_of(path)))
    last = bytearray(log)
    last[start + 8 : start + 16] = b"another "
    log_of(path).write_bytes(last)
    assert Row(1, ("committed",)) not in list(scan(path, log_of(path)))
    log_of(path).write_bytes(log)
    assert Row(1, ("committed",)) in list(scan(path, log_of(path)))


def _page(*cells: bytes, kind: int = 0x0D) -> bytes:
    """A page with these cells, after the first page of a database."""
    content, pointers, end = b"", b"", 4096
    for cell in cells:
        end -= len(cell)
        content = cell + content
        pointers += struct.pack(">H", end)
    head = struct.pack(">BHHHB", kind, 0, len(cells), end & 0xFFFF, 0) + pointers
    return bytes(4096) + head + bytes(4096 - len(head) - len(content)) + content


@pytest.mark.parametrize(
    "cell",
    [
        pytest.param(b"\x03\x01\x02\x07", id="a float"),
        pytest.param(b"\x03\x01\x02\x0b\x00", id="a reserved type"),
        pytest.param(b"\x05\x01\x02\x04\x00\x00\x00", id="a value longer than the row"),
        pytest.param(b"\x02\x01\x05\x09", id="a header longer than the row"),
        pytest.param(b"\x03\x01\x02\x81\x01", id="a header that ends within a number"),
        pytest.param(b"\x30\x01\x2a" + b"\x09" * 50, id="too many columns"),
        pytest.param(b"\xbf\x00\x01\x02\x09" + b"\xff" * 4, id="an overflow page that is missing"),
        pytest.param(b"\xff" * 9, id="a negative length"),
    ],
)
def test_what_is_no_row_is_skipped(path: Path, cell: bytes) -> None:
    good = b"\x03\x07\x02\x09\x00"
    path.write_bytes(_page(good, cell, good))
    found = list(scan(path, log_of(path)))
    assert found.count(Row(7, (1,))) == 2
    assert len(found) == 2


def test_a_page_that_points_past_its_end_is_survived(path: Path) -> None:
    data = bytearray(_page(b"\x03\x07\x02\x09\x00"))
    data[4096 + 3 : 4096 + 5] = b"\xff\xff"
    data[4096 + 10 : 4096 + 12] = b"\xff\xff"
    path.write_bytes(data)
    assert Row(7, (1,)) in list(scan(path, log_of(path)))


# -- copies ----------------------------------------------------------------------------------------


def test_the_file_alone_is_complete_once_it_is_closed(path: Path) -> None:
    with closing(sqlite3.connect(path)) as reader:
        fill(path)
        reader.execute("SELECT count(*) FROM mark").fetchone()  # keeps the log alive
        fill(path)
        assert log_of(path).stat().st_size == 0
        copy = path.with_name("copy.sqlite")
        shutil.copy(path, copy)
    with closing(Marks(copy)) as marks:
        assert kept(marks) == ALL


def test_the_file_is_complete_from_time_to_time(path: Path) -> None:
    moments: Iterator[float] = iter([START] * 4 + [START + store.COPIED_EVERY] * 99)
    copy = path.with_name("copy.sqlite")
    with closing(Marks(path, lambda: next(moments))) as marks:
        marks.set("one", [MarkChange(A, Mark.STARRED, 1)])
        marks.set("two", [MarkChange(B, Mark.NOTE, LONG)])
        shutil.copy(path, copy)
        assert kept(marks) == ALL
    with closing(Marks(copy)) as marks:
        assert kept(marks) == ALL


def test_a_backup_a_day_and_a_handful_of_them(path: Path) -> None:
    for day in range(KEPT + 3):
        for _ in range(2):
            fill(path, START + day * DAY)
    names = [backup.name for backup in backups(path)]
    assert names[0] == "marks-backup-2023-11-21.sqlite"
    assert len(names) == KEPT
    with closing(Marks(backups(path)[0])) as marks:
        assert kept(marks) == ALL


def test_a_backup_that_fails_hinders_nobody(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(path)

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with closing(Marks(path)) as marks:
        assert kept(marks) == ALL
    assert [file.name for file in path.parent.iterdir() if "backup" in file.name] == []


def test_the_lock_is_free_after_a_recovery(path: Path) -> None:
    fill(path)
    change(path, lambda data: data[:200])
    Marks(path).close()
    try:
        with index_lock(path):
            pass
    except IndexBusyError:
        pytest.fail("the lock is held")
