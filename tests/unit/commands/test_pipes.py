"""Commands as other programs and shells see them: real processes, pipes, and a terminal."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from newsreader.cli import main
from newsreader.commands import list_records
from tests.builders import a_corpus, a_front_matter
from tests.unit.commands.conftest import SAMPLE, Run

posix = pytest.mark.skipif(os.name != "posix", reason="needs a POSIX shell")


def shell(script: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a script in which $NEWSREADER is the program."""
    program = f"'{sys.executable}' -m newsreader"
    bash = shutil.which("bash") or pytest.skip("there is no bash on this machine")
    return subprocess.run(
        [bash, "-c", f'set -o pipefail; newsreader() {{ {program} "$@"; }}; {script}'],
        env=environment | {"NEWSREADER_CORPUS": str(SAMPLE)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@posix
@pytest.mark.parametrize("form", ["table", "json", "jsonl", "csv", "tsv", "urls", "md"])
def test_a_pipe_closed_early_is_no_error(form: str, environment: dict[str, str]) -> None:
    done = shell(f"newsreader list --all --format {form} | head -1; echo ${{PIPESTATUS[0]}}", environment)
    *rows, status = done.stdout.splitlines()
    assert done.stderr == ""
    assert len(rows) == 1
    # What fits into the pipe may be written before the reader leaves.
    assert status in ("0", "141")


@posix
def test_a_closed_standard_output_is_no_error(environment: dict[str, str]) -> None:
    done = shell("newsreader show --json a966671a4a03610e | true; newsreader list >&-", environment)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device on this machine")
def test_a_full_disk_is_reported(environment: dict[str, str]) -> None:
    done = shell("newsreader list > /dev/full", environment)
    assert done.returncode == 2
    assert done.stderr == "newsreader: standard output: cannot be written (No space left on device).\n"


def test_other_programs_parse_the_json(environment: dict[str, str]) -> None:
    reading = "import json, sys; print(len(json.load(sys.stdin)))"
    assert (
        shell(f"newsreader list --all --json | '{sys.executable}' -c '{reading}'", environment).stdout
        == "109\n"
    )
    lines = shell("newsreader stories --format jsonl", environment).stdout.splitlines()
    assert len([json.loads(line) for line in lines]) == 40


@pytest.mark.skipif(shutil.which("jq") is None, reason="there is no jq on this machine")
def test_jq_parses_the_json(environment: dict[str, str]) -> None:
    done = shell("newsreader list --json | jq -r '.[0].originalUrl'", environment)
    assert done.stdout == "https://www.nbcnews.com/tech/tech-news/openai-gpt-4-rcna74916\n"


@posix
def test_a_pipe_gets_utf_8_in_every_locale(environment: dict[str, str]) -> None:
    plain = {**environment, "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    assert "└".encode() not in shell("newsreader list", plain).stdout.encode()
    assert "“masquerading as research”" in shell("newsreader list masquerading --all", plain).stdout


@posix
@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_the_help_is_printed_in_every_encoding(environment: dict[str, str], encoding: str) -> None:
    plain = {**environment, "PYTHONIOENCODING": encoding}
    for command in ("newsreader --help", "newsreader list --help"):
        done = shell(command, plain)
        assert (done.returncode, done.stderr) == (0, "")
        assert "usage: newsreader" in done.stdout


@pytest.mark.skipif(shutil.which("dot") is None, reason="there is no Graphviz on this machine")
def test_graphviz_draws_the_coverage(environment: dict[str, str]) -> None:
    done = shell("newsreader related --depth 2 --format dot a966671a | dot -Tsvg", environment)
    assert done.returncode == 0
    assert "<svg" in done.stdout


def test_ctrl_c_exits_with_status_130(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(list_records, "run", interrupt)
    # The descriptor of a test's output is not to be given up.
    monkeypatch.setattr("newsreader.commands.support.run._write_nowhere", lambda: None)
    assert run("list").status == 130


@posix
def test_ctrl_c_while_indexing_leaves_no_files_or_processes(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    files = {
        f"{number}.md": a_front_matter(title=str(number), originalUrl=None, webUrl=None)
        for number in range(3000)
    }
    root = a_corpus(tmp_path, files)
    process = subprocess.Popen(
        [sys.executable, "-m", "newsreader", "list", "--corpus", str(root)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    deadline = time.monotonic() + 30
    index = tmp_path / "xdg-cache" / "newsreader"
    while not list(index.glob("corpus-*.sqlite")) and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) in [(130, b"", b""), (0, out, b"")]


def test_a_command_does_not_import_the_user_interface(environment: dict[str, str]) -> None:
    script = (
        "import sys; from newsreader.cli import main; main(['list', '--limit', '2']);"
        "print(*{name.partition('.')[0] for name in sys.modules}, *sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        # The measuring of coverage would be loaded as well.
        env={name: value for name, value in environment.items() if not name.startswith("COV")}
        | {"NEWSREADER_CORPUS": str(SAMPLE)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert len(done.stdout.splitlines()) == 2
    loaded = set(done.stderr.split())
    assert "newsreader.commands.list_records" in loaded
    unneeded = {
        "asyncio",
        "httpcore",
        "textual",
        "rich",
        "yaml",
        "frontmatter",
        "httpx",
        "markdown_it",
        "shutil",
        "subprocess",
        "json",
    }
    assert loaded.isdisjoint(unneeded)
    assert "newsreader.corpus.fields" not in loaded
    assert not {name for name in loaded if name.startswith("newsreader.web")}


def test_a_folder_named_like_a_command_is_opened_by_its_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    a_corpus(tmp_path / "list", {"a.md": a_front_matter()})
    monkeypatch.chdir(tmp_path)
    assert main(["./list"]) == 2
    assert "a terminal is needed" in capsys.readouterr().err
