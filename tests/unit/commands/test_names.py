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
