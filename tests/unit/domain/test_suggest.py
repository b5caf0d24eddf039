"""Suggestions for misspelled names."""

from __future__ import annotations

from newsreader.domain.suggest import closest, suggest


def test_a_suggestion_keeps_its_case() -> None:
    assert suggest("google a", ["IBM AI", "Google AI"]) == "Did you mean “Google AI”?"
    assert suggest("zzz", ["IBM AI"]) == ""


def test_long_names_are_compared_by_their_beginning() -> None:
    name = "a long name " * 1_000
    assert closest(name + "!", [name, "b"], 3) == [name]
