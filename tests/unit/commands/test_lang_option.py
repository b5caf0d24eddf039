"""Commands show one language of a corpus, or all."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.builders import a_corpus, a_front_matter
from tests.unit.commands.conftest import Run

Titles = Callable[..., list[str]]


@pytest.fixture
def titles(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Titles:
    """List the titles of a corpus in two languages."""
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    files = {
        f"{code}.md": a_front_matter(
            title=code, lang=code, originalUrl=None, webUrl=f"https://{code}.example"
        )
        for code in ("en", "de")
    }
    root = a_corpus(tmp_path, files)

    def listed(*arguments: str) -> list[str]:
        lines = run("list", "--corpus", root, "--format", "jsonl", *arguments).lines
        return sorted(json.loads(line)["title"] for line in lines)

    return listed


def test_a_language_is_listed_alone(titles: Titles) -> None:
    assert titles() == ["en"]
    assert titles("--lang", "de") == titles("--all", "--lang", "Deutsch") == ["de"]
    assert titles("--lang", "all") == titles("--all") == ["de", "en"]


def test_an_unknown_language_is_refused(tmp_path: Path, run: Run) -> None:
    root = a_corpus(tmp_path, {f"{code}.md": a_front_matter(lang=code) for code in ("en", "de")})
    refused = run("list", "--corpus", root, "--lang", "fr")
    assert refused.status == 2
    assert "There is no language “fr”." in refused.err
