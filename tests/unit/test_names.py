"""Names in the source: each thing has one, and it is the word of its field."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import newsreader

SOURCE = Path(newsreader.__file__).parent

REPLACED = {
    "crowd": "ordered gather",
    "desk": "controller",
    "easel": "canvas",
    "fate": "outcome",
    "hand_on": "a plain verb",
    "intake": "corpus writer",
    "kept_look": "layout state",
    "lane": "latest-only query",
    "let_go": "mark for relinking",
    "manners": "throttle",
    "misfit": "invalid value",
    "one_moment": "read transaction",
    "page_keeper": "page store",
    "painting": "canvas",
    "settings_tables": "line numbers",
    "sifting": "block filter",
    "surely": "retry",
    "surroundings": "context",
    "tallying": "statistics",
    "told": "notification",
    "whole_files": "atomic file",
    "wishes": "options",
}
"""Words that no name contains, with what to write instead."""

NO_MODULES = {
    "advice",
    "ahead",
    "asking",
    "attaching",
    "came",
    "checking",
    "claims",
    "counting",
    "examining",
    "finding",
    "grammar",
    "hand_over",
    "joining",
    "judging",
    "key_turns",
    "listed",
    "live",
    "loader",
    "look",
    "measures",
    "names",
    "no_connection",
    "opening",
    "own",
    "own_themes",
    "packing",
    "reason",
    "sight",
    "standing",
    "text",
    "theirs",
    "verdict",
    "verifying",
    "welcomed",
    "when",
    "wire",
    "words",
}
"""Words that are too vague for the name of a module, and usual for other things."""


def names_in(source: str) -> Iterator[str]:
    """All names that a module defines."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr


def replaced_words_in(name: str) -> list[str]:
    """The words of a name that have been replaced, whether it is in snake or camel case."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().strip("_")
    return [word for word in REPLACED if f"_{word}_" in f"_{words}_"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("QueryDesk", ["desk"]),
        ("_open_desk", ["desk"]),
        ("desktop", []),
        ("oneMoment", ["one_moment"]),
        ("TOLD", ["told"]),
        ("planet", []),
    ],
)
def test_words_are_told_apart_in_snake_and_camel_case(name: str, words: list[str]) -> None:
    assert replaced_words_in(name) == words


def test_names_are_the_words_of_their_field() -> None:
    found = [
        f"{path.relative_to(SOURCE)}: {name} (write: {REPLACED[word]})"
        for path in SOURCE.rglob("*.py")
        for name in (path.stem, *names_in(path.read_text(encoding="utf-8")))
        for word in replaced_words_in(name)
    ]
    assert found == []


def test_modules_are_named_after_what_they_hold() -> None:
    assert [str(path) for path in SOURCE.rglob("*.py") if path.stem in NO_MODULES] == []
