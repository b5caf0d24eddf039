"""A cursor that is moved while a list is still being read stays where it was moved to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from newsreader.domain.listing import WINDOW, Listing
from newsreader.domain.view import View
from newsreader.library import Library, Reader
from tests.builders import a_corpus
from tests.ui.conftest import MANY
from tests.ui.harness import (
    WIDE,
    a_story,
    an_app,
    press,
    reading_files,
    rows,
    selected_title,
    settle,
    stories,
    titles,
    until,
)


class Gate:
    """Holds whole listings back from the moment it is shut until it is opened."""

    def __init__(self) -> None:
        self.asked = Event()
        self.is_shut = False
        self._opened = Event()

    def open(self) -> None:
        self._opened.set()

    def pass_through(self) -> None:
        if self.is_shut:
            self.asked.set()
            self._opened.wait(30)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    gate = Gate()
    listing = Reader.listing

    def held(reader: Reader, *arguments: Any, **more: Any) -> Listing:
        found = listing(reader, *arguments, **more)
        gate.pass_through()
        return found

    monkeypatch.setattr(Reader, "listing", held)
    yield gate
    gate.open()


async def test_at_the_start(long_library: Library, gate: Gate) -> None:
    gate.is_shut = True
    first = long_library.first_listing(View(), WINDOW)
    app = an_app(long_library, first=first)
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, gate.asked.is_set)
        await pilot.press("j", "j", "j")
        gate.open()
        await settle(pilot)
        assert selected_title(pilot) == "Story 0004"


async def test_beyond_the_rows_that_are_known(long_library: Library, gate: Gate) -> None:
    gate.is_shut = True
    app = an_app(long_library, first=long_library.first_listing(View(), WINDOW))
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, gate.asked.is_set)
        await pilot.press("G")
        gate.open()
        await settle(pilot)
        assert rows(pilot).cursor == MANY - 1
        assert selected_title(pilot) == f"Story {MANY:04d}"


async def test_during_a_refresh(tmp_path: Path, gate: Gate) -> None:
    async with reading_files(tmp_path, stories(40)) as pilot:
        await press(pilot, "j")
        a_corpus(tmp_path, {"_news/99-new.md": a_story(0, title="Just in")})
        gate.is_shut = True
        await pilot.press("R")
        await until(pilot, gate.asked.is_set)
        await pilot.press("j", "j", "j")
        gate.open()
        await settle(pilot)
        assert "Just in" in titles(pilot)
        assert selected_title(pilot) == "Story 0005"


async def test_during_a_change_of_order(tmp_path: Path, gate: Gate) -> None:
    async with reading_files(tmp_path, stories(200)) as pilot:
        await press(pilot, "j")
        gate.is_shut = True
        await pilot.press("s")
        await until(pilot, gate.asked.is_set)
        await pilot.press("j", "j", "j")
        gate.open()
        await settle(pilot)
        assert selected_title(pilot) == "Story 0005"
