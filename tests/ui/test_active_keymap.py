"""Changes in the corpus show by themselves."""

from __future__ import annotations

from pathlib import Path

from newsreader.settings.model import Settings
from tests.builders import a_corpus
from tests.ui.harness import (
    LibraryHere,
    a_library,
    a_story,
    an_app,
    press,
    reading,
    rows,
    selected_title,
    settle,
    status,
    stories,
    story_path,
    titles,
    until,
)
from tests.ui.test_loading import StepwiseLibrary


async def test_a_new_file_shows_without_a_key_and_moves_nothing(tmp_path: Path) -> None:
    root = a_corpus(tmp_path, stories(5))
    library = a_library(root, tmp_path / "cache")
    assert isinstance(library, LibraryHere)
    async with reading(library) as pilot:
        await press(pilot, "j", "j")
        assert selected_title(pilot) == "Story 0003"
        (root / "_news/new.md").write_text(a_story(0, title="Just in"), encoding="utf-8")
        (root / story_path(5)).unlink()
        library.watcher.tell()
        await until(pilot, lambda: "Just in" in titles(pilot))
        await settle(pilot)
        assert titles(pilot) == ["Just in", *(f"Story {number:04d}" for number in range(1, 5))]
        assert selected_title(pilot) == "Story 0003"
        assert status(pilot).place.startswith("4 of 5 ")


async def test_a_change_during_a_refresh_is_read_after_it(tmp_path: Path) -> None:
    root = a_corpus(tmp_path, stories(2))
    library = StepwiseLibrary(root, tmp_path / "cache")
    app = an_app(library)
    async with app.run_test() as pilot:
        await until(pilot, library.stepped.is_set)
        await until(pilot, lambda: hasattr(library, "watcher"))
        (root / "_news/new.md").write_text(a_story(0, title="Just in"), encoding="utf-8")
        library.watcher.tell()
        await pilot.pause()
        for _ in range(200):
            library.go.set()
            await pilot.pause()
            if "Just in" in titles(pilot):
                break
        assert titles(pilot) == ["Just in", "Story 0001", "Story 0002"]
        library.go.set()


async def test_watching_can_be_switched_off(tmp_path: Path) -> None:
    library = a_library(a_corpus(tmp_path, stories(1)), tmp_path / "cache")
    async with reading(library, settings=Settings(watch=False)) as pilot:
        assert rows(pilot).count == 1
        assert not hasattr(library, "watcher")
