"""Every command's answer about the sample corpus, in every format, as it was when somebody last looked at it.

`NEWSREADER_GOLDEN=write pytest tests/unit/commands/test_golden.py` writes them anew; look at each difference.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from newsreader.commands import show
from tests.unit.commands.conftest import Run

GOLDEN = Path(__file__).parents[2] / "golden"
NOW = 1_680_000_000
"""28 March 2023, 10:40 UTC: ages are told from here."""

FORD = "2022-10-27-ford-and-vw-close-down-argo-ai-autonomous-car-unit"
RECORD = ("table", "json", "jsonl", "csv", "tsv", "urls", "md")
PLACES = ("table", "json", "jsonl", "csv", "tsv", "md")
COVERAGE = ("tree", "dot", "json", "jsonl", "csv", "tsv", "urls", "md")

CASES: dict[str, tuple[str, ...]] = {
    **{f"list.{form}": ("list", "--limit", "4", "--format", form) for form in RECORD},
    **{
        f"list-all.{form}": ("list", "topic:nlp", "--all", "--sort", "new", "--format", form)
        for form in RECORD
    },
    **{f"stories.{form}": ("stories", "--limit", "3", "--format", form) for form in RECORD},
    **{f"show.{form}": ("show", FORD, "--format", form) for form in ("text", "json", "jsonl", "md")},
    **{f"related.{form}": ("related", FORD, "--depth", "2", "--format", form) for form in COVERAGE},
    **{f"topics.{form}": ("topics", "--format", form) for form in PLACES},
    **{f"providers.{form}": ("providers", "--all", "--limit", "5", "--format", form) for form in PLACES},
    "explain.text": ("explain", FORD),
    "explain.json": ("explain", FORD, "--all", "--json"),
    "stats.text": ("stats", "--chart"),
    "stats.json": ("stats", "is:front", "--json"),
    "open.text": ("open", FORD, "--cached", "--print"),
    "open-archived.text": ("open", FORD, "--archived", "--print"),
    "pages.text": ("pages",),
    "pages.json": ("pages", "--json"),
}


@pytest.mark.parametrize("name", CASES)
def test_the_output_matches_the_golden_file(
    name: str, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(show, "time", lambda: NOW)
    answer = run(*CASES[name])
    assert answer.status == 0
    assert answer.err == ""
    told = answer.out.replace(str(tmp_path), "/home/reader")
    file = GOLDEN / name
    if os.environ.get("NEWSREADER_GOLDEN") == "write":
        file.parent.mkdir(exist_ok=True)
        file.write_text(told, encoding="utf-8", newline="")
    assert told == file.read_bytes().decode("utf-8")


def test_there_is_no_unused_golden_file() -> None:
    assert {file.name for file in GOLDEN.iterdir() if file.is_file()} == set(CASES)
