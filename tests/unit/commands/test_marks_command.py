"""Marks from one machine to another, as JSON Lines."""

from __future__ import annotations

import io
import json
import os
import sys
from contextlib import closing
from pathlib import Path

import pytest

from newsreader.cli import main
from newsreader.commands.marks import LONGEST_LINE
from newsreader.domain.mark_changes import Identity, MarkChange
from newsreader.domain.marks import Mark
from newsreader.library.marks.store import Marks
from newsreader.settings import paths
from tests.unit.commands.conftest import Run

A = Identity.named("https://news.example/a")
LOCAL = Identity.named("path:_news/ä.md")
LINES = [
    {
        "story": "https://news.example/a",
        "mark": "read",
        "value": True,
        "at": "1970-01-01T00:00:01.500Z",
        "title": "Story A",
    },
    {
        "story": "https://news.example/a",
        "mark": "note",
        "value": "first\nsecond “line”",
        "at": "1970-01-01T00:00:01.500Z",
        "title": "Story A",
    },
    {
        "story": "path:_news/ä.md",
        "mark": "starred",
        "value": False,
        "at": "1970-01-01T00:00:02.500Z",
        "title": "",
    },
]


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr(paths, "state_dir", lambda: tmp_path / "state")


def _mark_some() -> None:
    now = 1.5
    with closing(Marks(paths.marks_file(), now=lambda: now)) as marks:
        note = MarkChange(A, Mark.NOTE, "first\nsecond “line”", "Story A")
        marks.set("here", [MarkChange(A, Mark.READ, 1, "Story A"), note, MarkChange(LOCAL, Mark.STARRED, 1)])
        now = 2.5
        marks.set("off", [MarkChange(LOCAL, Mark.STARRED, 0)])


def _lines(*lines: object) -> str:
    return "".join(json.dumps(line) + "\n" for line in lines)


def test_export_writes_set_and_removed_marks_with_their_times(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _mark_some()
    assert main(["marks", "export"]) == 0
    written = sorted((json.loads(line) for line in capsys.readouterr().out.splitlines()), key=str)
    assert written == sorted(LINES, key=str)


def test_an_import_can_be_undone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _mark_some()
    file = tmp_path / "marks.jsonl"
    assert main(["marks", "export", str(file)]) == 0
    assert capsys.readouterr().err == f"3 marks written to {file}.\n"
    monkeypatch.setattr(paths, "state_dir", lambda: tmp_path / "other")
    assert main(["marks", "import", str(file)]) == 0
    assert capsys.readouterr().err == "2 marks taken, 1 known already, 0 older than ours.\n"
    with closing(Marks(paths.marks_file())) as marks:
        assert marks.get(A, Mark.READ) == 1
        assert marks.get(A, Mark.NOTE) == "first\nsecond “line”"
        assert marks.undo() is not None
        assert marks.get(A, Mark.READ) == 0


def test_import_reads_standard_input_and_the_newest_mark_wins(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _mark_some()
    lines = _lines(
        {
            "story": "http://www.news.example/a/",
            "mark": "read",
            "value": False,
            "at": "2021-06-28T09:12:00+02:00",
        },
        {"story": A.name, "mark": "note", "value": "older", "at": "1970-01-01"},
    )
    monkeypatch.setattr("sys.stdin", io.StringIO(lines))
    assert main(["marks", "import"]) == 0
    assert capsys.readouterr().err == "1 marks taken, 0 known already, 1 older than ours.\n"
    with closing(Marks(paths.marks_file())) as marks:
        assert marks.get(A, Mark.READ) == 0


def test_tags_are_exported_and_imported(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(Marks(paths.marks_file(), now=lambda: 1.5)) as marks:
        marks.set("tagged", [MarkChange(A, Mark.TAGS, "work ai", "Story A")])
    assert main(["marks", "export"]) == 0
    line = capsys.readouterr().out
    assert json.loads(line)["value"] == "ai work"
    monkeypatch.setattr(paths, "state_dir", lambda: tmp_path / "other")
    monkeypatch.setattr("sys.stdin", io.StringIO(line))
    assert main(["marks", "import"]) == 0
    with closing(Marks(paths.marks_file())) as marks:
        assert marks.get(A, Mark.TAGS) == "ai work"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("nonsense", "Expecting value"),
        ("[" * 100_000, "nothing was imported"),
        (_lines([1]), "an object is needed"),
        (_lines({"mark": "seen"}), "mark must be one of read, starred, later, note, tags"),
        (_lines({"mark": "read", "value": "yes"}), "value must be true or false"),
        (_lines({"mark": "note", "value": True}), "value must be a text"),
        (_lines({"mark": "tags", "value": True}), "value must be a text"),
        (_lines({"mark": "read", "value": True, "story": "file:///etc/passwd"}), "story must be"),
        (_lines({"mark": "read", "value": True, "story": 7}), "story must be"),
        (_lines({"mark": "read", "value": True, "story": A.name, "at": "soon"}), "at must be a time"),
        (_lines({"mark": "read", "value": True, "story": A.name, "at": None}), "at must be a time"),
    ],
)
def test_an_invalid_line_is_reported_and_nothing_is_imported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str, words: str
) -> None:
    file = tmp_path / "marks.jsonl"
    file.write_text(_lines(LINES[0]) + "\n" + line, encoding="utf-8")
    assert main(["marks", "import", str(file)]) == 2
    told = capsys.readouterr().err
    assert f"{file}:3: " in told
    assert words in told
    with closing(Marks(paths.marks_file())) as marks:
        assert list(marks.all()) == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["import", "nowhere/marks.jsonl"], "cannot be read"),
        (["export", "nowhere/marks.jsonl"], "cannot be written"),
    ],
)
def test_unreadable_and_unwritable_files_are_reported(
    capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    assert main(["marks", *arguments]) == 2
    assert words in capsys.readouterr().err


def test_a_file_that_is_not_utf8_is_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "marks.jsonl"
    file.write_bytes(b"\xff\xfe")
    assert main(["marks", "import", str(file)]) == 2
    assert "not UTF-8" in capsys.readouterr().err


def test_a_damaged_marks_database_is_reported(capsys: pytest.CaptureFixture[str]) -> None:
    paths.marks_file().parent.mkdir()
    paths.marks_file().write_bytes(b"no database" * 1000)
    assert main(["marks", "export"]) == 0
    assert "The marks were damaged" in capsys.readouterr().err


def test_help_describes_both_subcommands(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["marks", "--help"])
    assert "export" in capsys.readouterr().out


def test_what_never_ends_is_not_imported(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name in (tmp_path / "pipe", Path("/dev/zero")):
        answer = run("marks", "import", name)
        assert (answer.status, answer.out) == (2, "")
        assert f"{name}: not a file" in answer.err
    monkeypatch.setattr(sys, "stdin", io.StringIO("x" * (LONGEST_LINE + 1)))
    answer = run("marks", "import")
    assert answer.status == 2
    assert "standard input:1: the line is too long; nothing was imported" in answer.err


def test_a_pipe_of_the_shell_is_imported(run: Run) -> None:
    reading, writing = os.pipe()
    os.close(writing)
    assert run("marks", "import", f"/dev/fd/{reading}").err.startswith("0 marks taken")
    os.close(reading)


def test_standard_input_that_is_closed_is_empty(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert run("marks", "import").err.startswith("0 marks taken")
