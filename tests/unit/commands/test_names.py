"""Names of files and folders are text from outside: no output has their control characters."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import a_corpus
from tests.unit.commands.conftest import Run

CORPUS = {
    "notitle\x1b]52;c;SE9TVElMRQ==\x07.md": "---\nexcerpt: x\nwebUrl: https://a.example/1\n---\n",
    "\u202enotitle\x9b31m.md": "---\nexcerpt: x\nwebUrl: https://a.example/2\n---\n",
    "_\x1b[31mred\x85/in\u2066.md": "---\ntitle: t\n---\n",
}


@pytest.mark.parametrize(
    "command",
    [
        *(("list", "--all", "--format", name) for name in ("tsv", "csv", "json", "jsonl", "md", "urls")),
        *(("stories", "--all", "--format", name) for name in ("tsv", "json", "md")),
        *(("check", "--strict", "--format", name) for name in ("text", "json", "sarif", "github")),
        *(("export", "--all", "--format", name) for name in ("rss", "atom", "jsonfeed", "csv")),
        *(("show", "--format", name, "https://a.example/1") for name in ("md", "json", "text")),
        *((name,) for name in ("topics", "providers", "stats", "index")),
    ],
    ids=" ".join,
)
def test_no_output_has_control_characters_of_names(
    run: Run, tmp_path: Path, command: tuple[str, ...]
) -> None:
    root = a_corpus(tmp_path, CORPUS)
    name, *options = command
    answer = run(name, "--corpus", root, *options)
    assert answer.status in (0, 1)
    for character in answer.out + answer.err:
        assert character.isprintable() or character in "\n\t\r"


@pytest.mark.parametrize(
    "command", [("list", "title:\udcff"), ("show", "\udcff.md"), ("list", "--topic", "\udcff")]
)
def test_an_argument_that_is_not_text_is_not_blamed_on_the_index(run: Run, command: tuple[str, ...]) -> None:
    answer = run(*command)
    assert answer.status in (1, 2)
    assert "index" not in answer.err


def test_a_record_is_found_by_a_name_that_is_not_text(run: Run, tmp_path: Path) -> None:
    root = a_corpus(tmp_path, {})
    Path(root / "caf\udce9.md").write_text("---\ntitle: Coffee\n---\n", encoding="utf-8")
    assert "Coffee" in run("show", "--corpus", root, "caf\udce9.md").out


def test_a_message_about_an_argument_has_no_control_characters(run: Run) -> None:
    answer = run("marks", "import", "/nonexistent/\x1b[2J\x9b31m.jsonl")
    assert answer.status == 2
    assert "cannot be read" in answer.err
    assert answer.err.rstrip("\n").isprintable()
