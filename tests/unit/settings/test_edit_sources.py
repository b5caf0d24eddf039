"""Changing sources in the text of the settings: what is not meant stays as it is."""

from __future__ import annotations

import tomllib
from collections.abc import Callable

import pytest

from newsreader.settings.edit_sources import (
    EditError,
    add_corpus,
    add_source,
    free_name,
    remove_source,
    rename_source,
    set_enabled,
)
from newsreader.settings.sources import DeclaredSource

TEXT = """\
# My settings
order = "new"   # newest first

[corpora]
ai = "~/ai"  # the big one

[sources.lab]  # theirs
corpus = "ai"
feed = "https://lab.example/feed"

[keys]
quit = "q"
"""
SOURCE = DeclaredSource("blog", "ai", "feed", "https://blog.example/", topics=("AI",), quality=5)


def test_a_source_is_appended_and_the_rest_stays() -> None:
    changed = add_source(TEXT, SOURCE)
    assert changed == TEXT + (
        '\n[sources.blog]\ncorpus = "ai"\nfeed = "https://blog.example/"\ntopics = ["AI"]\nquality = 5\n'
    )


def test_the_first_source_makes_the_settings() -> None:
    assert add_source("", SOURCE).startswith("[sources.blog]\n")


def test_a_name_with_a_dot_is_quoted() -> None:
    assert '[sources."a.b"]' in add_source(TEXT, SOURCE._replace(name="a.b"))
    assert '[sources."a.b"]  # theirs' in rename_source(TEXT, "lab", "a.b")


@pytest.mark.parametrize("text", ["", "watch = false\n", 'watch = false\n[sources.x]\ncorpus = "y"\n'])
def test_the_first_corpus_makes_its_table(text: str) -> None:
    changed = add_corpus(text, "news", "~/news")
    assert changed.startswith(text)
    assert tomllib.loads(changed)["corpora"] == {"news": "~/news"}


def test_another_corpus_joins_the_table() -> None:
    changed = add_corpus(TEXT, "news", "~/news")
    assert changed.replace('news = "~/news"\n', "") == TEXT


def test_a_source_is_disabled_in_place_and_enabled_again() -> None:
    changed = set_enabled(TEXT, "lab", enabled=False)
    assert changed.replace("enabled = false\n", "") == TEXT
    assert tomllib.loads(set_enabled(changed, "lab", enabled=True))["sources"]["lab"]["enabled"] is True


def test_a_source_is_removed_and_the_rest_stays() -> None:
    assert "lab" not in remove_source(TEXT, "lab")
    assert remove_source(add_source(TEXT, SOURCE), "blog").strip() == TEXT.strip()


def test_a_source_is_renamed_where_it_stands() -> None:
    assert rename_source(TEXT, "lab", "theirs") == TEXT.replace("sources.lab", "sources.theirs")


@pytest.mark.parametrize(
    "edit",
    [
        lambda: add_source("order = ", SOURCE),
        lambda: add_source("sources = 1\n", SOURCE),
        lambda: add_source(TEXT, SOURCE._replace(name="lab")),
        lambda: add_corpus("corpora = 1\n", "a", "b"),
        lambda: add_corpus("order = ", "a", "b"),
        lambda: set_enabled(TEXT, "none", enabled=True),
        lambda: remove_source(TEXT, "none"),
        lambda: rename_source('sources = {lab = {corpus = "x"}}\n', "lab", "new"),
    ],
)
def test_what_cannot_be_changed_is_refused(edit: Callable[[], str]) -> None:
    with pytest.raises(EditError):
        edit()


@pytest.mark.parametrize(
    ("wanted", "name"),
    [("The Blog!", "the-blog"), ("lab", "lab-2"), ("…", "news"), ("x" * 60, "x" * 40), ("lab-2", "lab-2")],
)
def test_a_name_is_made_of_letters_and_not_taken(wanted: str, name: str) -> None:
    assert free_name(wanted, {"lab"}) == name
    assert free_name("lab", {"lab", "lab-2"}) == "lab-3"


@pytest.mark.parametrize("text", ["x = " + "[" * 100_000, "x = " + "9" * 5_000])
def test_a_text_that_cannot_be_parsed_is_refused(text: str) -> None:
    with pytest.raises(EditError, match="cannot be changed"):
        add_source(text, SOURCE)
    with pytest.raises(EditError, match="cannot be changed"):
        add_corpus(text, "new", "~/new")
