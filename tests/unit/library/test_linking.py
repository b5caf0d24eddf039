"""Story linking on graphs of every shape: the same whatever came first, and in bounded work."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from newsreader.domain import stories
from newsreader.library import duplicates, link_changes, tie_finder
from newsreader.library.index import story_linker
from tests.unit.library.linked_corpus import Item, LinkedCorpus, random_items


def assert_as_fresh(
    corpus: LinkedCorpus, items: dict[bytes, Item], tmp_path: Path, rng: random.Random
) -> None:
    """Check an index against one that was written at once, in another order."""
    paths = list(items)
    rng.shuffle(paths)
    fresh = LinkedCorpus(tmp_path / f"fresh-{rng.random()}.sqlite")
    fresh.write({path: items[path] for path in paths})
    assert corpus.roles() == fresh.roles()
    assert corpus.ties() == fresh.ties()


@pytest.fixture
def small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make groups too large that random records often form."""
    for module in (duplicates, link_changes, tie_finder, stories):
        monkeypatch.setattr(module, "MOST_REPORTS", 3)
    monkeypatch.setattr(story_linker, "LARGEST_COMPONENT", 6)


@pytest.mark.parametrize("universe", [6, 14, 40])
@pytest.mark.parametrize("seed", range(6))
@pytest.mark.usefixtures("small_limits")
def test_any_history_leads_to_the_stories_of_a_fresh_index(seed: int, universe: int, tmp_path: Path) -> None:
    rng = random.Random(1_000 * universe + seed)
    corpus = LinkedCorpus(tmp_path / "index.sqlite")
    items: dict[bytes, Item] = {}
    for _ in range(25):
        corpus.begin()
        for _ in range(rng.randrange(1, 4)):
            written = random_items(rng, rng.randrange(1, 5), universe)
            corpus.write(written)
            items |= written
            gone = rng.sample(sorted(items), min(len(items), rng.randrange(4)))
            corpus.delete(gone)
            for path in gone:
                del items[path]
        corpus.commit()
        assert_as_fresh(corpus, items, tmp_path, rng)
