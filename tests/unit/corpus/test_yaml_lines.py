"""The lines of keys and entries in YAML."""

from __future__ import annotations

import pytest

from newsreader.corpus import yaml_lines as module
from newsreader.corpus.yaml_lines import positions

TEXT = """\
title: A
topics: [AI, "B"]
related:
  - title: One
    provider:
      name: deep
  - plain
  - {title: Two,
     webUrl: x}
empty:
"""


def test_every_key_and_entry_has_a_line() -> None:
    assert positions(TEXT).lines == {
        ("title",): 0,
        ("topics",): 1,
        ("topics", 0): 1,
        ("topics", 1): 1,
        ("related",): 2,
        ("related", 0): 3,
        ("related", 0, "title"): 3,
        ("related", 0, "provider"): 4,
        ("related", 1): 6,
        ("related", 2): 7,
        ("related", 2, "title"): 7,
        ("related", 2, "webUrl"): 8,
        ("empty",): 9,
    }


def test_aliases_are_values() -> None:
    found = positions("a: &x [1]\nb: *x\nc:\n- *x\n- 2\n")
    assert [found.lines[path] for path in (("b",), ("c",), ("c", 1))] == [1, 2, 4]


def test_a_key_that_stands_again_is_told_with_its_later_line() -> None:
    found = positions("title: A\nmap:\n  x: 1\n  x: 2\ntitle: B\nlist:\n- x: 1\n- x: 2\n")
    assert found.repeated == (("x", 3), ("title", 4))
    assert found.lines[("title",)] == 4


def test_a_key_that_is_no_text_leads_nowhere() -> None:
    found = positions("? [a, b]\n: 1\n? {c: d}\n: - x\ntitle: A\n")
    assert found.lines[("title",)] == 4
    assert found.repeated == ()


def test_broken_yaml_has_the_lines_before_the_error() -> None:
    found = positions('title: A\nexcerpt: B\nwebUrl: "never closed\n')
    assert found.lines == {("title",): 0, ("excerpt",): 1, ("webUrl",): 2}


@pytest.mark.parametrize("text", ["---\n---\ntitle: A\n", "# nothing\n---\ntitle: A\n---\nname: B\n"])
def test_the_first_document_that_is_not_empty_counts(text: str) -> None:
    assert positions(text).lines == {("title",): 2}


@pytest.mark.parametrize(
    "text",
    ["", "just words", "- 1\n- 2", "[" * 100_000, "{a: " * 50_000],
    ids=["none", "words", "list", "brackets", "braces"],
)
def test_any_text_is_survived(text: str) -> None:
    assert positions(text).repeated == ()


def test_a_text_beyond_all_measure_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONGEST", 5)
    assert positions("title: A").lines == {}
