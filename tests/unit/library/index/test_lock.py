"""Only one at a time may refresh an index."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from newsreader.library.index.lock import IndexBusyError, index_lock

HOLDER = """
import sys
from pathlib import Path
from newsreader.library.index.lock import index_lock
with index_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "index.sqlite"


def test_two_in_one_process_exclude_each_other_and_take_turns(index: Path) -> None:
    with index_lock(index), pytest.raises(IndexBusyError, match="another newsreader"), index_lock(index):
        pass
    with index_lock(index):
        pass


def test_different_indexes_do_not_wait_for_each_other(index: Path) -> None:
    with index_lock(index), index_lock(index.with_name("other.sqlite")):
        pass


def test_an_error_inside_lets_go(index: Path) -> None:
    with pytest.raises(ZeroDivisionError), index_lock(index):
        raise ZeroDivisionError
    with index_lock(index):
        pass


def test_the_death_of_a_holder_lets_go(index: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(index)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(IndexBusyError), index_lock(index):
            pass
        holder.kill()
        holder.wait()
        with index_lock(index):
            pass


def test_holding_the_lock_leaves_the_index_itself_free(index: Path) -> None:
    with index_lock(index):
        assert not index.exists()
        sqlite3.connect(index).close()


def test_a_folder_without_working_locks_is_no_sign_of_another_reader(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some network file systems answer so; waiting for another process would then never end."""

    class Unlockable(sqlite3.Connection):
        def execute(self, *_: object) -> sqlite3.Cursor:
            raise sqlite3.OperationalError("disk I/O error")

    connect = sqlite3.connect
    monkeypatch.setattr(
        sqlite3, "connect", lambda path, **options: connect(path, **{**options, "factory": Unlockable})
    )
    with pytest.raises(sqlite3.OperationalError, match="disk I/O error"), index_lock(index):
        pass


def test_a_lock_that_cannot_be_opened_is_an_error(index: Path) -> None:
    index.with_suffix(".lock").mkdir(parents=True)
    with pytest.raises(sqlite3.OperationalError, match="unable to open"), index_lock(index):
        pass
