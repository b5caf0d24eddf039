"""Starts that cannot be: a clear message on standard error and exit status 2, never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from newsreader.settings.paths import shipped
from tests.terminal.driver import Terminal

pytestmark = pytest.mark.terminal


def _refusal(*arguments: str, **environment: str) -> str:
    """What a start on a terminal says before it ends with status 2."""
    # So wide that no path is broken across lines.
    argv = [sys.executable, "-m", "newsreader", *arguments]
    with Terminal(argv, columns=500, env=environment) as terminal:
        assert terminal.wait_exit() == 2
        text = " ".join(terminal.text().split())
        assert not terminal.modes().alternate_screen
    assert "Traceback" not in text
    return text


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    assert "there is no such folder" in _refusal(str(tmp_path / "nowhere"))


def _refused(*arguments: str) -> str:
    """Run in a pipe, which is no terminal; return what standard error says."""
    argv = [sys.executable, "-m", "newsreader", *arguments]
    done = subprocess.run(argv, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
    assert done.returncode == 2
    return done.stderr


def test_a_misspelled_command_is_the_error_also_without_a_terminal() -> None:
    expected = "newsreader: lst: there is no such folder, corpus or command. Did you mean “list”?"
    assert _refused("lst").startswith(expected)
    assert _refused("lst", "--limit", "3").startswith(expected)
    assert "Did you mean" not in _refused("qqqqqqq")


def test_the_corpus_may_be_given_as_an_option_but_once(tmp_path: Path) -> None:
    assert "there is no such folder" in _refused("--corpus", str(tmp_path / "nowhere"))
    assert "give the corpus once" in _refused("--corpus", str(tmp_path), str(tmp_path))


def test_a_file_in_place_of_a_folder_is_explained(tmp_path: Path) -> None:
    (tmp_path / "record.md").write_text("---\ntitle: x\n---\n", encoding="utf-8")
    assert "this is a file" in _refusal(str(tmp_path / "record.md"))


def test_an_empty_folder_is_explained(tmp_path: Path) -> None:
    folder = tmp_path / "nothing"
    folder.mkdir()
    assert "this folder is empty" in _refusal(str(folder))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_folder_without_permission_is_explained(tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o000)
    assert "permission" in _refusal(str(folder)).lower()


def test_a_dumb_terminal_is_explained(tmp_path: Path) -> None:
    (tmp_path / "record.md").write_text("---\ntitle: x\n---\n", encoding="utf-8")
    assert "TERM is dumb" in _refusal(str(tmp_path), TERM="dumb")


def test_the_environment_names_a_corpus(tmp_path: Path) -> None:
    assert "there is no such folder" in _refusal(NEWSREADER_CORPUS=str(tmp_path / "from-environment"))


def test_without_a_terminal_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "record.md").write_text("---\ntitle: x\n---\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "newsreader", str(tmp_path)],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert done.returncode == 2
    assert "a terminal is needed" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_order_is_a_usage_error() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "newsreader", "--sort", "best"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "top" in done.stderr


def test_a_filter_that_makes_no_sense_is_told_before_anything_begins() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "newsreader", "--filter", "quality>=abc"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr == "newsreader: quality>=abc: a number is needed\n"


def test_without_a_corpus_the_sample_opens_and_says_how_to_open_ones_own(home: Path) -> None:
    with Terminal([sys.executable, "-m", "newsreader"], home=home) as terminal:
        terminal.wait_for("This is the sample corpus. To open your own: newsreader FOLDER")
        terminal.send("q")
        assert terminal.wait_exit() == 0


def test_options_set_topic_order_scope_and_filter(home: Path) -> None:
    arguments = ["--topic", "Computer Vision", "--sort", "new", "--all", "--filter", "facial"]
    with Terminal([sys.executable, "-m", "newsreader", *arguments], columns=160, home=home) as terminal:
        terminal.wait_for("everything · new · Computer Vision · filter “facial”")
        terminal.wait_for(r"1 of [1-9]")
        terminal.send("q")
        assert terminal.wait_exit() == 0


def test_the_first_run_welcomes_and_the_next_does_not(home: Path) -> None:
    argv: list[str | Path] = [sys.executable, "-m", "newsreader", shipped("sample_content")]
    (home / ".local/state/newsreader/welcomed").unlink()
    with Terminal(argv, home=home, first_run=True) as terminal:
        terminal.wait_for("Welcome to newsreader")
        terminal.send("q")
        assert terminal.wait_exit() == 0
    with Terminal(argv, home=home, first_run=True) as terminal:
        terminal.wait_for("1 of 40 ")
        terminal.send("q")
        assert terminal.wait_exit() == 0
        assert b"Welcome to newsreader" not in terminal.raw
