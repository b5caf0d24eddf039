"""Commands repair damaged databases, say so, and answer."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from newsreader.app.index_refresh import DAMAGED
from newsreader.commands.support.repair import RepairedError, repairing, run_again_after_repair
from newsreader.domain.mark_changes import Identity, MarkChange
from newsreader.domain.marks import Mark
from newsreader.library import IndexFailedError, Library
from newsreader.library.marks.store import Marks
from newsreader.settings import paths
from tests.unit.commands.conftest import Run


def index_in(folders: Path) -> Path:
    (index,) = folders.glob("*.sqlite")
    with closing(sqlite3.connect(index)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return index


def spoil_the_schema(index: Path) -> None:
    index.write_bytes(index.read_bytes().replace(b"CREATE TABLE ", b"CREA\x99E TABLE ", 1))


def spoil_the_topics(index: Path) -> None:
    with closing(sqlite3.connect(index)) as connection:
        connection.execute("UPDATE topic_file SET data = '[1'")
        connection.commit()


@pytest.mark.parametrize("spoil", [spoil_the_schema, spoil_the_topics])
@pytest.mark.parametrize("command", ["topics", "index"])
def test_a_damaged_index_is_rebuilt_and_the_command_answers(
    run: Run, folders: Path, command: str, spoil: Callable[[Path], None]
) -> None:
    sound = run("topics")
    spoil(index_in(folders))
    answer = run(command)
    assert answer.status == 0
    if command == "topics":
        assert answer.out == sound.out
        assert answer.err == f"newsreader: {DAMAGED}\n"
    assert run("topics") == sound


@pytest.mark.parametrize("page", ["root", "leaf"])
def test_damaged_marks_are_recovered_and_the_index_is_not_blamed(run: Run, folders: Path, page: str) -> None:
    marks = paths.marks_file()
    with closing(Marks(marks)) as store:
        changes = [
            MarkChange(Identity.named(f"https://x.example/{n}"), Mark.STARRED, 1) for n in range(2_000)
        ]
        store.set("many", changes)
    data = bytearray(marks.read_bytes())
    kind = {"root": b"\x02", "leaf": b"\x0a"}[page]  # of pages in an index
    for start in range(0, len(data), 4096):
        if data[start : start + 1] == kind:
            data[start : start + 4096] = b"\x5a" * 4096
    marks.write_bytes(data)
    before = index_in(folders).stat().st_ino
    answer = run("list", "is:starred")
    assert answer.status == 1
    assert "The marks were damaged" in answer.err
    assert index_in(folders).stat().st_ino == before


def test_a_command_with_output_is_not_run_again(capsys: pytest.CaptureFixture[str]) -> None:
    def command() -> int:
        sys.stdout.writelines(["half\n"])
        raise RepairedError("Repaired.")

    with pytest.raises(RepairedError, match="above is incomplete: run the command again"):
        run_again_after_repair(command)
    assert capsys.readouterr().out == "half\n"


def test_a_query_that_fails_for_another_reason_is_not_repaired(tmp_path: Path) -> None:
    with (
        pytest.raises(IndexFailedError, match="locked"),
        repairing(Library(tmp_path, tmp_path)),
    ):
        raise IndexFailedError(sqlite3.OperationalError("database is locked"))


@pytest.mark.parametrize("command", ["list", "index"])
def test_a_cache_that_cannot_be_written_is_named_and_the_command_answers(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr(paths, "cache_dir", lambda: tmp_path / "file" / "newsreader")
    answer = run(command)
    assert answer.status == 0
    assert answer.err.startswith(
        f"newsreader: {tmp_path}/file/newsreader cannot be written: check the permissions."
    )


def test_a_parameter_that_cannot_be_encoded_is_no_damage() -> None:
    with pytest.raises(UnicodeEncodeError) as caught:
        "\udcff".encode()
    assert not IndexFailedError(caught.value).damaged
    assert IndexFailedError(ValueError("a value of the index")).damaged
