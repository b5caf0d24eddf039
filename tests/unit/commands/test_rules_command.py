"""`newsreader rules` on the sample."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsreader.settings import paths
from tests.builders import a_corpus, a_front_matter
from tests.unit.commands.conftest import Run


@pytest.fixture
def root(run: Run, tmp_path: Path) -> Path:
    files: dict[str, str | bytes] = {
        f"{number}.md": a_front_matter(
            title=f"Ad {number}", webUrl=f"https://ads.example/{number}", originalUrl=None
        )
        for number in range(7)
    }
    paths.config_file().parent.mkdir(parents=True, exist_ok=True)
    paths.config_file().write_text(
        '[[rule]]\nwhen = "title:ad"\nthen = ["hide", "tag:ads"]\n'
        '[[rule]]\nwhen = "title:six"\nthen = ["read"]\n',
        encoding="utf-8",
    )
    return a_corpus(tmp_path, files)


def test_rules_are_shown_and_then_applied(run: Run, root: Path) -> None:
    shown = run("rules", "--corpus", root)
    assert shown.status == 0
    assert shown.lines[0] == "config.toml:1: title:ad → hide, tag:ads: 7 stories"
    assert len([line for line in shown.lines if line.startswith("  Ad ")]) == 5
    assert shown.lines[6:] == [
        "  … and 2 more",
        "config.toml:4: title:six → read: 0 stories",
        "Would change 7 stories; --apply does it.",
    ]
    every = run("rules", "--dry-run", "--all-titles", "--corpus", root)
    assert sorted(every.lines[1:8]) == [f"  Ad {number}" for number in range(7)]
    assert len(run("list", "--all", "--corpus", root).lines) == 7
    assert run("rules", "--apply", "--corpus", root).lines[-1] == "Changed 7 stories."
    assert run("list", "--all", "--corpus", root).lines == []
    assert len(run("list", "--all", "is:hidden", "--corpus", root).lines) == 7


def test_without_a_rule_an_example_is_shown(run: Run) -> None:
    answer = run("rules")
    assert answer.status != 0
    assert answer.err.startswith("newsreader: There is no rule in ")
    assert "[[rule]]" in answer.err


def test_rules_are_listed_with_the_settings(run: Run, root: Path) -> None:
    assert '[[rule]]  # line 1\nwhen = "title:ad"\nthen = ["hide", "tag:ads"]\n' in run("config").out
