"""How the screens look in other densities, signs and colours."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from newsreader.domain.setting_values import Density, GlyphSet
from newsreader.library import Library
from newsreader.settings.model import Settings
from newsreader.state.visits import Visit, keep_visit
from tests.builders import a_corpus
from tests.snapshots.test_screens import Compare, _front_page, _shows, pressing
from tests.ui.harness import DEFAULTS, LibraryHere, a_library, a_story, an_app, story_path

COMPACT = DEFAULTS._replace(density=Density.COMPACT)
ASCII = DEFAULTS._replace(glyphs=GlyphSet.ASCII)
FEW_COLOURS = DEFAULTS._replace(theme="newsreader-16")

LOOKS: dict[str, tuple[Settings, tuple[int, int], list[str]]] = {
    "compact, three panes": (COMPACT, (140, 40), ["j"]),
    "compact, two panes": (COMPACT, (80, 24), ["j"]),
    "compact, one pane": (COMPACT, (60, 20), ["j"]),
    "compact in a light theme": (COMPACT._replace(theme="newsreader-light"), (120, 30), ["x", "x"]),
    "plain signs, three panes": (ASCII, (120, 40), ["f", "L"]),
    "plain signs, trends": (ASCII, (100, 30), ["T", "left"]),
    "plain signs, compact": (ASCII._replace(density=Density.COMPACT), (80, 24), ["x", "x"]),
    "sixteen colours": (FEW_COLOURS, (120, 40), ["f", "j"]),
    "sixteen colours, a story": (FEW_COLOURS, (80, 24), ["3", "j"]),
    "words found in a story": (DEFAULTS, (100, 30), ["3", "slash", *"care", "enter"]),
    "several stories selected": (DEFAULTS, (120, 30), ["x", "x", "j", "x"]),
    "wider panes": (DEFAULTS, (120, 30), ["3", *["greater_than_sign"] * 4]),
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("looks")
    return a_library(a_corpus(folder, _front_page()), folder / "cache")


@pytest.mark.parametrize("name", LOOKS)
def test_other_looks(name: str, tmp_path: Path, library: Library, snap_compare: Compare) -> None:
    settings, size, keys = LOOKS[name]
    library.marks_file = tmp_path / "marks.sqlite"
    assert _shows(snap_compare, an_app(library, settings=settings), size, pressing(*keys))


@pytest.mark.parametrize("density", Density)
def test_without_colours(
    density: Density,
    tmp_path: Path,
    library: Library,
    snap_compare: Compare,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    library.marks_file = tmp_path / "marks.sqlite"
    app = an_app(library, settings=FEW_COLOURS._replace(density=density))
    assert _shows(snap_compare, app, (100, 30), pressing("m", "f", "j", "x"))


def test_a_first_run(tmp_path: Path, library: Library, snap_compare: Compare) -> None:
    library.marks_file = None
    app = an_app(library, welcome=tmp_path / "welcomed")
    assert _shows(snap_compare, app, (80, 24), pressing())


def test_where_the_last_visit_ended(tmp_path: Path, snap_compare: Compare) -> None:
    root = a_corpus(tmp_path, {story_path(number): a_story(number) for number in range(3, 20)})
    a_library(root, tmp_path / "cache")
    library = LibraryHere(root, tmp_path / "cache", visits=tmp_path / "visits")
    assert library.visit_file is not None
    time.sleep(0.002)  # arrivals and visits are told apart by the millisecond
    keep_visit(library.visit_file, Visit(time.time_ns() // 1_000_000))
    time.sleep(0.002)
    a_corpus(tmp_path, {story_path(number): a_story(number) for number in (1, 2)})
    again = LibraryHere(root, tmp_path / "cache", visits=tmp_path / "visits")
    assert _shows(snap_compare, an_app(again), (100, 24), pressing("s", "s", "s", "g"))
