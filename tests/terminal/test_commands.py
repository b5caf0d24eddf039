"""Commands on a terminal: tables that fit, and nothing from a record that the terminal would obey."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.builders import a_corpus, a_front_matter
from tests.terminal.driver import Terminal
from tests.unit.commands.web_pages import a_page, served_corpus
from tests.web.server import PageServer

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "sample_content"
pytestmark = pytest.mark.terminal
_CODE = {name: os.environ[name] for name in ("PYTHONPATH",) if name in os.environ}


class Answer(NamedTuple):
    """What a command left on the terminal."""

    status: int
    lines: list[str]
    raw: bytes


def answer(
    home: Path, *arguments: str | Path, columns: int = 80, env: dict[str, str] | None = None
) -> Answer:
    """Run a command on a terminal of its own."""
    argv: list[str | Path] = [sys.executable, "-m", "newsreader", *arguments]
    with Terminal(argv, columns=columns, rows=70, cwd=ROOT, home=home, env=_CODE | (env or {})) as terminal:
        status = terminal.wait_exit()
        return Answer(
            status, [line.rstrip() for line in terminal.screen() if line.strip()], bytes(terminal.raw)
        )


def test_a_table_fits_the_terminal(home: Path) -> None:
    for columns in (120, 80, 40, 20):
        told = answer(home, "list", "--corpus", SAMPLE, "--limit", "9", columns=columns)
        assert told.status == 0
        table = [line for line in told.lines if "limit" not in line and "shows" not in line]
        if columns >= 80:
            assert told.lines[0].split()[:2] == ["ID", "DATE"]
            assert told.lines[-1] == "9 of 40; --limit 0 shows all."
        assert len(table) == 10 if columns >= 40 else len(table) >= 10, columns


def test_fifty_rows_are_enough_for_a_terminal(home: Path) -> None:
    told = answer(home, "list", "--all", "--corpus", SAMPLE)
    assert len(told.lines) == 52
    assert told.lines[-1] == "50 of 109; --limit 0 shows all."
    assert answer(home, "list", "nothing-like-this", "--corpus", SAMPLE).lines == ["Nothing was found."]


def test_headings_are_set_off_unless_nobody_wants_that(home: Path) -> None:
    assert b"\x1b[1m" in answer(home, "list", "--corpus", SAMPLE).raw
    for arguments in (("list",), ("show", "a966671a")):
        assert b"\x1b" not in answer(home, *arguments, "--corpus", SAMPLE, env={"NO_COLOR": "1"}).raw


def test_the_terminal_obeys_nothing_that_a_corpus_says(tmp_path: Path) -> None:
    evil = "\x1b]0;owned\x07\x9b31m\u202eevil"
    values = a_front_matter(
        title="EVIL",
        excerpt="EVIL",
        webUrl="https://a.example/EVIL",
        originalUrl=None,
        provider={"name": "EVIL"},
    )
    root = a_corpus(tmp_path, {"\x1b]0;owned\x07\u202e.md": values.replace("EVIL", evil)})
    forms = [("list", form) for form in ("table", "json", "jsonl", "csv", "tsv", "urls", "md")]
    for command, form in (*forms, ("stories", "table"), ("stories", "json")):
        arguments = (command, "--all", "--corpus", root, "--format", form)
        told = answer(tmp_path / "home", *arguments, env={"NO_COLOR": "1"})
        assert told.status == 0
        for sign in ("\x1b", "\x07", "\u202e", "\x9b"):
            assert sign.encode() not in told.raw, (command, form)


def test_a_long_run_tells_how_far_it_is_on_a_line_that_goes_away(tmp_path: Path) -> None:
    columns = 30
    evil = "\x1b]0;owned\x07\u202eevil"
    with PageServer() as server:
        urls = {f"page-{number}": server.add(f"/{number}", a_page(f"{evil} {number}")) for number in range(9)}
        urls["gone"] = server.url("/gone")
        root = served_corpus(tmp_path, urls, tmp_path / "home/.config/newsreader/config.toml")
        for command, verb in (("fetch", b"fetching "), ("links", b"checking ")):
            told = answer(
                tmp_path / "home",
                command,
                "--again",
                "--corpus",
                root,
                columns=columns,
                env={"NO_COLOR": "1"},
            )
            assert told.status == 1
            assert verb in told.raw
            assert not any(verb.decode() in line for line in told.lines)
            assert b"\x1b" not in told.raw.replace(b"\r\x1b[K", b"")
            assert b"\x07" not in told.raw
            pictures = told.raw.replace(b"\r\n", b"").split(b"\r\x1b[K")
            lines = [picture.decode() for picture in pictures if picture.startswith(verb)]
            assert all(len(line) < columns for line in lines)
        shown = answer(tmp_path / "home", "show", "page-3", "--text", "--corpus", root, env={"NO_COLOR": "1"})
        assert shown.status == 0
        assert b"evil 3, part 4" in shown.raw
        assert b"\x1b" not in shown.raw
        assert b"\x07" not in shown.raw
        assert "\u202e".encode() not in shown.raw


def test_a_corpus_that_is_read_for_the_first_time_tells_how_far_it_is(tmp_path: Path) -> None:
    files = {f"{number}.md": a_front_matter(title=str(number)) for number in range(400)}
    root = a_corpus(tmp_path, files)
    told = answer(tmp_path / "home", "list", "--all", "--limit", "2", "--corpus", root)
    assert b"reading files: " in told.raw
    assert b"400" in told.raw
    assert not any("reading files" in line for line in told.lines)
