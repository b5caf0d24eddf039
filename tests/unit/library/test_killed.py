"""An indexing process that is killed at any moment leaves a smaller index, never a wrong one."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
from benchmarks.generate import generate

from newsreader.domain.ranking import DAY
from newsreader.library.indexer import Indexer
from newsreader.library.refresh import refresh
from newsreader.library.schema import is_usable
from tests.unit.library.corpora import answers, assert_sound

RECORDS = 900
KILLS = 10


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("generated")
    generate(folder, RECORDS, 7)
    return folder


@pytest.fixture(scope="module")
def whole(root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What a reader tells of an index that was built without a break."""
    index = tmp_path_factory.mktemp("whole") / "index.sqlite"
    for _ in refresh(root, index):
        pass
    return answers(index, ["market"])


def _killed(root: Path, index: Path, after_reports: int, then: float) -> None:
    """Start indexing and kill it, with its parsers, some time after it has reported so often."""
    indexer = Indexer(root, index, DAY)
    try:
        for number, _ in enumerate(indexer.progress(), 1):
            if number > after_reports:
                break
        time.sleep(then)
    finally:
        indexer.stop()


def test_every_start_after_a_kill_goes_on_from_a_sound_index(
    root: Path, whole: dict[str, object], tmp_path: Path
) -> None:
    index = tmp_path / "index.sqlite"
    chance = random.Random(3)
    had: set[str] = set()
    for _ in range(KILLS):
        _killed(root, index, chance.randrange(3), chance.uniform(0, 0.1))
        has = _kept(index)
        assert had <= has <= set(_headlines(whole))
        had = has
    files = sum(path.is_file() for path in root.rglob("*"))
    (*_, last) = refresh(root, index)
    assert last.total <= files - len(had)
    assert_sound(index)
    assert answers(index, ["market"]) == whole


def _kept(index: Path) -> set[str]:
    """The records in an index that a killed process left, which must be sound."""
    if not is_usable(index):
        return set()  # killed before the tables were there
    assert_sound(index)
    return set(_headlines(answers(index)))


def _headlines(told: dict[str, object]) -> dict[str, object]:
    """The headlines among the answers, by path."""
    headlines = told["headlines"]
    assert isinstance(headlines, dict)
    return headlines
