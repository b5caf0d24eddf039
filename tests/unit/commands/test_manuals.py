"""Help, reference, manual page and completions: made of the parsers, and true."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from newsreader.commands.docs.model import pages
from newsreader.commands.docs.reference import reference, short_list
from newsreader.commands.docs.shells import SCRIPTS
from newsreader.commands.registry import COMMANDS, CommandEntry, find
from newsreader.commands.support.arguments import CommandParser
from tests.unit.commands.conftest import Run

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_has_help_and_examples(command: CommandEntry, run: Run) -> None:
    answer = run(command.name, "--help")
    assert answer.status == 0
    assert f"usage: newsreader {command.name}" in answer.out
    assert "examples:" in answer.out
    assert command.name.isalpha()
    assert find(command.name) is command
    assert run(command.name, "--no-such-option").status == 2
    parser = command.load().parser()
    assert isinstance(parser, CommandParser)
    for example, _ in parser.examples:
        assert command.name in example.split("|")[0].replace('"$(newsreader', "").split()


def test_every_option_has_a_description_that_is_a_fragment() -> None:
    for page in pages():
        for option in [option for group in page.groups for option in group.options]:
            assert option.words, (page.name, option)
            assert option.words[0].islower() or option.words.startswith(("AMP", "ID")), (page.name, option)
            assert not option.words.endswith("."), (page.name, option)


def test_the_reference_matches_the_parsers() -> None:
    written = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
    assert written == "\n".join(reference()) + "\n", "python docs/make_reference.py writes it anew"


def test_the_readme_lists_the_commands() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    listed = re.search(r"<!-- commands -->\n\n(.*?)\n\n<!-- /commands -->", readme, re.DOTALL)
    assert listed is not None
    assert listed[1] == "\n".join(short_list()), "python docs/make_reference.py writes it anew"


def test_the_manual_page_has_every_command_and_option(run: Run) -> None:
    page = run("man").out
    assert page.startswith('.TH NEWSREADER 1 "" "newsreader ')
    plain = re.sub(r"\\f.|\\&", "", page).replace("\\-", "-").replace("\\(aq", "'").replace("\\e", "\\")
    for told in pages():
        assert f".SS {told.name}" in plain
        for option in told.options:
            assert f".TP\n{', '.join(option.flags)}" in plain
    for status in ("0", "1", "2", "130", "141"):
        assert f".B {status}\n" in page


@pytest.mark.skipif(shutil.which("man") is None, reason="there is no man on this machine")
def test_man_formats_the_page_without_warnings(run: Run) -> None:
    page = run("man").out
    shown = subprocess.run(
        ["man", "--warnings", "-l", "-"], input=page, capture_output=True, text=True, check=False
    )
    if "No manpath" in shown.stderr or shown.returncode:
        pytest.skip(f"man does not work here: {shown.stderr}")
    assert "EXIT STATUS" in re.sub(".\b", "", shown.stdout)
    assert shown.stderr == ""


@pytest.mark.parametrize("shell", SCRIPTS)
def test_completions_have_every_command_and_option(shell: str, run: Run) -> None:
    script = run("completion", shell).out
    for page in pages():
        assert page.name in script
        for option in page.options:
            for flag in option.flags:
                assert (f"-l {flag.removeprefix('--')}" if shell == "fish" else flag) in script


def test_an_unknown_shell_is_rejected(run: Run) -> None:
    assert run("completion", "csh").status == 2


def _needs(shell: str) -> str:
    path = shutil.which(shell)
    if path is None:
        pytest.skip(f"there is no {shell} on this machine")
    return path


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["lis"], ["list"]),
        (["list", "--sor"], ["--sort"]),
        (["list", "--sort", ""], ["top", "hot", "quality", "new", "old", "match"]),
        (["list", "--sort", "="], ["top", "hot", "quality", "new", "old", "match"]),
        (["list", "prov"], ["provider:"]),
        (["completion", "z"], ["zsh"]),
        (["marks", ""], ["export", "import", "a folder"]),
        (["list", "--corpus", "a"], ["a folder"]),
        (["show", "a"], ["a folder"]),
        (["--al"], ["--all"]),
        (["list", "--limit", ""], []),
    ],
)
def test_bash_completes(words: list[str], expected: list[str], run: Run, tmp_path: Path) -> None:
    bash = _needs("bash")
    (tmp_path / "completion.bash").write_text(run("completion", "bash").out, encoding="utf-8")
    place = tmp_path / "here"
    (place / "a folder").mkdir(parents=True)
    typed = " ".join(f"'{word}'" for word in ["newsreader", *words])
    script = f"""
        set -u
        source ../completion.bash
        COMP_WORDS=({typed}) COMP_CWORD={len(words)}
        _newsreader 2> /dev/null
        printf '%s\\n' "${{COMPREPLY[@]-}}"
    """
    done = subprocess.run(
        [bash, "--norc", "-c", script], cwd=place, capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    assert {line for line in done.stdout.splitlines() if line} == set(expected)


def test_zsh_loads_the_completion(run: Run, tmp_path: Path) -> None:
    zsh = _needs("zsh")
    (tmp_path / "_newsreader").write_text(run("completion", "zsh").out, encoding="utf-8")
    subprocess.run([zsh, "-n", str(tmp_path / "_newsreader")], capture_output=True, check=True)
    script = "autoload -Uz compinit && compinit -D -u && source ./_newsreader && print $_comps[newsreader]"
    done = subprocess.run([zsh, "-f", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("_newsreader\n", "")


def test_fish_completes(run: Run, tmp_path: Path) -> None:
    fish = _needs("fish")
    (tmp_path / "newsreader.fish").write_text(run("completion", "fish").out, encoding="utf-8")
    for line, expected in (("newsreader lis", "list"), ("newsreader list --sor", "--sort")):
        script = f"source {tmp_path}/newsreader.fish; complete -C '{line}'"
        done = subprocess.run([fish, "-N", "-c", script], capture_output=True, text=True, check=True)
        assert expected in [row.split("\t")[0] for row in done.stdout.splitlines()]
        assert done.stderr == ""
