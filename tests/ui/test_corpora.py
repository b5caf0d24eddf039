"""Several corpora: named in the settings, and changed while the program runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsreader.app import open_corpus
from newsreader.app.open_corpus import SAMPLE, OpenCorpusError, check_corpus, corpus_root
from newsreader.library import Library
from newsreader.settings import paths
from newsreader.settings.model import Settings
from newsreader.ui.dialogs.chooser import ChooserScreen
from tests.builders import a_corpus
from tests.ui.harness import (
    DEFAULTS,
    LibraryHere,
    a_library,
    a_story,
    is_alone,
    main_screen,
    press,
    reading,
    selected_title,
    settle,
    sidebar,
    status,
    stories,
    until,
)


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Two corpora that can be read, and one that is gone."""
    monkeypatch.setattr(open_corpus, "Library", LibraryHere)
    for name in ("cache_dir", "visits_dir", "marks_file"):
        monkeypatch.setattr(paths, name, lambda name=name: tmp_path / name)
    first = a_corpus(tmp_path / "one", stories(5))
    second = a_corpus(tmp_path / "two", {"_news/a.md": a_story(1, title="Elsewhere")})
    gone = tmp_path / "gone"
    return DEFAULTS._replace(corpora={"one": str(first), "two": str(second), "[/]gone": str(gone)})


@pytest.fixture
def library(settings: Settings, tmp_path: Path) -> Library:
    root = corpus_root("one", settings)[0]
    a_library(root, tmp_path / "cache_dir")
    return LibraryHere(root, tmp_path / "cache_dir", visits=tmp_path / "visits_dir")


async def test_another_corpus_is_opened_and_the_first_found_as_it_was_left(
    library: Library, settings: Settings
) -> None:
    async with reading(library, settings=settings) as pilot:
        assert str(sidebar(pilot).border_title) == "one"
        await press(pilot, "j", "j")
        left = selected_title(pilot)
        before = main_screen(pilot)
        await press(pilot, "C", "j", "enter")
        await until(pilot, lambda: main_screen(pilot) is not before)
        await until(pilot, lambda: selected_title(pilot) == "Elsewhere")
        assert str(sidebar(pilot).border_title) == "two"
        assert not before.is_attached
        await settle(pilot)
        await press(pilot, "C", "k", "enter")
        await until(pilot, lambda: selected_title(pilot) == left)
        assert is_alone(pilot)
        await settle(pilot)


async def test_a_corpus_that_is_gone_is_told_and_this_one_stays(library: Library, settings: Settings) -> None:
    async with reading(library, settings=settings) as pilot:
        await press(pilot, "C")
        assert isinstance(pilot.app.screen, ChooserScreen)
        await press(pilot, "j", "j", "enter")
        await until(pilot, lambda: "there is no such folder" in status(pilot).message)
        assert selected_title(pilot) == "Story 0001"
        await press(pilot, "C", "enter")
        assert status(pilot).message == "This is one."


async def test_without_names_the_key_says_where_they_belong(library: Library) -> None:
    async with reading(library) as pilot:
        assert str(sidebar(pilot).border_title) == "Topics"
        await press(pilot, "C")
        assert "[corpora] in config.toml" in status(pilot).message


def test_a_name_of_the_settings_comes_before_a_folder_of_that_name(settings: Settings) -> None:
    assert corpus_root("two", settings)[0] == Path(settings.corpora["two"])
    assert corpus_root("./two", settings)[0] == Path("two")
    assert corpus_root("three", settings)[0] == Path("three")


def test_without_a_name_there_is_an_order_of_choice(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NEWSREADER_CORPUS", raising=False)
    assert corpus_root(None, settings) == (Path(settings.corpora["one"]), "")
    assert corpus_root(None, Settings()) == (paths.shipped("sample_content"), SAMPLE)
    monkeypatch.setenv("NEWSREADER_CORPUS", "two")
    assert corpus_root(None, settings) == (Path(settings.corpora["two"]), "")
    monkeypatch.setenv("HOME", "/home/reader")
    assert corpus_root("~/news", settings) == (Path("/home/reader/news"), "")


def test_a_corpus_has_to_be_a_folder_with_something_in_it(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("text")
    (tmp_path / "empty").mkdir()
    for name, words in (("none", "no such folder"), ("file", "this is a file"), ("empty", "is empty")):
        with pytest.raises(OpenCorpusError, match=words):
            check_corpus(tmp_path / name)
    check_corpus(tmp_path)
