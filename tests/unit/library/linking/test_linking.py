"""Story linking on graphs of every shape: the same whatever came first, and in bounded work."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pytest

from newsreader.domain import stories
from newsreader.domain.story_roles import MembershipReason, StoryRole
from newsreader.library.linking import duplicates, link_changes, story_linker, tie_finder
from tests.unit.library.linked_corpus import TITLES, Item, LinkedCorpus, path_of, random_items


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
@pytest.mark.parametrize("seed", range(4))
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


@pytest.mark.parametrize("portion", [2, 5, 1_000])
@pytest.mark.parametrize("universe", [6, 14, 40])
@pytest.mark.usefixtures("small_limits")
def test_a_first_build_that_links_at_its_end_leads_to_the_same_stories(
    portion: int, universe: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(story_linker, "PORTION", portion)
    for seed in range(4):
        rng = random.Random(1_000 * universe + seed)
        corpus = LinkedCorpus(tmp_path / f"index-{seed}.sqlite")
        items: dict[bytes, Item] = {}
        for steps in (0, 2, 4, 9, None):  # all but the last attempt are interrupted
            corpus.start_first_build()
            written = random_items(rng, universe, universe)
            corpus.write(written)
            items |= written
            gone = rng.sample(sorted(items), len(items) // 4)
            corpus.delete(gone)
            for path in gone:
                del items[path]
            told = list(islice(corpus.link_all(), steps))
        assert told[-1] == (len(items), len(items))
        assert_as_fresh(corpus, items, tmp_path, rng)
        more = random_items(rng, 3, universe)  # from then on, changes are linked as they come
        corpus.write(more)
        assert_as_fresh(corpus, items | more, tmp_path, rng)


def test_nothing_is_linked_before_the_end_of_a_first_build(tmp_path: Path) -> None:
    items = graph(lambda number, _: [0], 3)
    corpus = LinkedCorpus(tmp_path / "index.sqlite")
    corpus.start_first_build()
    corpus.write(items)
    assert corpus.ties() == set()
    assert list(corpus.link_all())[-1] == (3, 3)
    assert len(corpus.ties()) == 2


def test_the_mentions_of_records_of_another_time_are_not_looked_at(tmp_path: Path) -> None:
    items = {
        path_of(0): Item(addresses=(1,), title_key=1_001, hours=0),
        path_of(1): Item(mentions=((1, None),), hours=24 * 21),
        path_of(2): Item(mentions=((1, 1_001),), hours=24 * 21 + 1),
        path_of(3): Item(mentions=((2, 1_001),), hours=24 * 21 + 1),
        path_of(4): Item(mentions=((2, 1_001),), hours=None),
    }
    corpus = LinkedCorpus(tmp_path / "index.sqlite")
    corpus.write(items)
    paths = dict(corpus.connection.execute("SELECT id, path FROM file"))
    mentions = link_changes.mentions_of(corpus.connection, paths.keys())
    assert {paths[mention.namer] for mention in mentions} == {path_of(1), path_of(4)}


# -- graphs of all shapes -------------------------------------------------------------------------

OWN = 10_000
"""The address of a record is its number above this; lists mention these."""

Names = Callable[[int, int], list[int]]
"""The numbers of the records that a record mentions, from its own number and the size of the corpus."""


def at_random(number: int, size: int) -> list[int]:
    rng = random.Random(number)
    return [rng.randrange(size) for _ in range(5)]


def graph(
    names: Names, size: int, *, addresses: int = 0, copies: int = 1, spread: int = 0
) -> dict[bytes, Item]:
    """Return records whose lists form a graph.

    Args:
        names: What each list mentions.
        size: Number of records.
        addresses: How many addresses there are; by default one for each record.
        copies: How many records in a row have one address and one title.
        spread: Hours from each record to the next.

    """

    def item(number: int) -> Item:
        article = number // copies
        own = OWN + (article % addresses if addresses else article)
        mentions = {OWN + other // copies: None for other in names(number, size)}
        title_key = 50_000 + article if copies > 1 else None
        return Item(tuple(mentions.items()), (own,), title_key, hours=number * spread)

    return {path_of(number): item(number) for number in range(size)}


GRAPHS: dict[str, Callable[[int], dict[bytes, Item]]] = {
    "random": lambda size: graph(at_random, size),
    "random in time": lambda size: graph(at_random, size, spread=1),
    "chain": lambda size: graph(lambda n, _: [n + 1], size),
    "chain in time": lambda size: graph(lambda n, _: [n + 1], size, spread=1),
    "hub": lambda size: graph(lambda _, __: [0], size),
    "cliques": lambda size: graph(lambda n, _: list(range(n - n % 30, n - n % 30 + 30)), size),
    "everything twice": lambda size: graph(at_random, size, copies=2, spread=1),
    "four copies of each": lambda size: graph(lambda n, _: [n + 1], size, copies=4),
    "one article": lambda size: graph(lambda n, _: [n + 1], size, copies=10_000),
    "one address": lambda size: graph(lambda n, _: [n + 1], size, addresses=1),
    "nothing": lambda size: graph(lambda _, __: [], size),
}


@pytest.fixture
def small_components(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make components too large that small corpora have."""
    monkeypatch.setattr(story_linker, "LARGEST_COMPONENT", 70)


@pytest.mark.parametrize("shape", GRAPHS)
@pytest.mark.usefixtures("small_components")
def test_a_graph_of_any_shape_is_linked_alike_in_any_order(shape: str, tmp_path: Path) -> None:
    rng = random.Random(shape)
    items = GRAPHS[shape](200)
    paths = list(items)
    rng.shuffle(paths)
    corpus = LinkedCorpus(tmp_path / "index.sqlite")
    for start in range(0, len(paths), 40):
        corpus.write({path: items[path] for path in paths[start : start + 40]})
    assert_as_fresh(corpus, items, tmp_path, rng)
    for path in paths[:5]:
        corpus.write({path: items[path]._replace(heat=9, mentions=(), addresses=(77,))})
        corpus.delete(paths[5:7])
        corpus.write({path: items[path] for path in (path, *paths[5:7])})
    assert_as_fresh(corpus, items, tmp_path, rng)


class Work:
    """Counts what a change costs: steps of the database's machine, and ties that are graded."""

    def __init__(self, corpus: LinkedCorpus, monkeypatch: pytest.MonkeyPatch) -> None:
        self._corpus = corpus
        self._steps = self._grades = 0
        grade = stories.strength

        def counted(*tie: object) -> int | None:
            self._grades += 1
            return grade(*tie)  # type: ignore[arg-type]

        monkeypatch.setattr(tie_finder, "strength", counted)

    def of(self, change: Callable[[], None]) -> tuple[int, int]:
        """Return the steps and the ties that a change costs."""

        def step() -> None:
            self._steps += 1

        self._steps = self._grades = 0
        self._corpus.connection.set_progress_handler(step, 1)
        change()
        self._corpus.connection.set_progress_handler(None, 1)
        return self._steps, self._grades


@pytest.mark.parametrize("shape", GRAPHS)
@pytest.mark.usefixtures("small_components")
def test_a_changed_record_costs_the_same_in_a_corpus_of_any_size(
    shape: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    costs = []
    for size in (160, 960):
        items = GRAPHS[shape](size)
        corpus = LinkedCorpus(tmp_path / f"{size}.sqlite")
        corpus.write(items)
        work = Work(corpus, monkeypatch)
        path, hub = path_of(90), path_of(0)
        changes: list[Callable[[], None]] = [
            lambda c=corpus, i=items, p=path: c.write({p: i[p]._replace(heat=9)}),  # type: ignore[misc]
            lambda c=corpus, i=items, p=path: c.write({p: i[p]._replace(title=TITLES[2])}),  # type: ignore[misc]
            lambda c=corpus, i=items, p=path: c.write({p: i[p]._replace(mentions=())}),  # type: ignore[misc]
            lambda c=corpus, p=path: c.delete([p]),  # type: ignore[misc]
            lambda c=corpus, i=items, p=path: c.write({p: i[p]}),  # type: ignore[misc]
            lambda c=corpus, p=hub: c.delete([p]),  # type: ignore[misc]
        ]
        costs.append([work.of(change) for change in changes])
    for (steps, ties), (more_steps, more_ties) in zip(*costs, strict=True):
        assert more_steps <= 2 * steps + 2_000
        assert more_ties <= 2 * ties + 20


@pytest.mark.usefixtures("small_components")
def test_a_component_that_is_too_large_is_split_in_time(tmp_path: Path) -> None:
    corpus = LinkedCorpus(tmp_path / "index.sqlite")
    corpus.write(GRAPHS["chain in time"](300))
    roles = corpus.roles()
    assert max(int(str(reports)) for *_, reports, _ in roles.values()) > 20
    assert all(story is not None for _, story, *_ in roles.values())
    corpus.delete([path_of(number) for number in range(300) if number % 40 == 39])
    assert sum(path == story for path, (_, story, *_) in corpus.roles().items()) == 8


def test_an_address_of_too_many_joins_nothing(tmp_path: Path) -> None:
    corpus = LinkedCorpus(tmp_path / "index.sqlite")
    items = graph(lambda _, __: [0], stories.MOST_REPORTS, addresses=1)
    corpus.write(items)
    assert {reports for *_, reports, _ in corpus.roles().values()} == {stories.MOST_REPORTS}
    one_more = path_of(stories.MOST_REPORTS)
    corpus.write({one_more: items[path_of(0)]})
    assert {role[:4] for role in corpus.roles().values()} == {(StoryRole.ROW, None, MembershipReason.LEAD, 1)}
    assert corpus.ties() == set()
    corpus.delete([one_more])
    assert {reports for *_, reports, _ in corpus.roles().values()} == {stories.MOST_REPORTS}
