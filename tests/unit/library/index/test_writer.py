"""Writing the index: whatever happened before, it says what the files say now."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from newsreader.corpus.scan import Change, KnownFile, Stamp
from newsreader.domain.checks.problem import Defect
from newsreader.domain.ranking import DAY, Order
from newsreader.domain.topics import Topic
from newsreader.domain.view import Scope, View
from newsreader.library.index.record_rows import FileRow
from newsreader.library.index.schema import open_writer
from newsreader.library.index.topic_tree import load_tree
from newsreader.library.index.writer import IndexEntry, IndexWriter
from tests.unit.library.corpora import EVERYTHING, JUNE, Corpus, answers, assert_sound

ISO = "2021-06-{:02}T{:02}:00:00Z"


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return Corpus(tmp_path)


def in_topic(corpus: Corpus, topic: str) -> list[str]:
    return sorted(corpus.paths(EVERYTHING._replace(topic=topic)))


def known_files(writer: IndexWriter) -> list[KnownFile]:
    return [KnownFile(*row) for row in writer.known()]


def entry(
    path: bytes, place: int, topic: Topic | None = None, defects: tuple[Defect, ...] = ()
) -> IndexEntry:
    return IndexEntry(FileRow(path, None, topic, defects), Stamp(JUNE, 10), place)


# What the writer itself promises.


def test_the_writer_tells_what_it_has_in_the_order_of_the_paths(tmp_path: Path) -> None:
    with closing(open_writer(tmp_path / "index.sqlite")) as connection:
        writer = IndexWriter(connection)
        writer.write([entry(b"a", 10), entry(b"\xff", 20)])
        writer.write([entry(b"b", 15), IndexEntry(FileRow(b"a"), Stamp(JUNE + 1, 11), 10, file_id=1)])
        assert list(writer.known()) == [
            KnownFile(b"a", JUNE + 1, 11, 1, 10),
            KnownFile(b"b", JUNE, 10, 3, 15),
            KnownFile(b"\xff", JUNE, 10, 2, 20),
        ]
        writer.delete([1, 2])
        assert [known.path for known in known_files(writer)] == [b"b"]
        assert writer.has(b"b")
        assert not writer.has(b"a")


def test_a_file_keeps_its_number_when_it_is_read_again(tmp_path: Path) -> None:
    with closing(open_writer(tmp_path / "index.sqlite")) as connection:
        IndexWriter(connection).write([entry(b"a", 10), entry(b"b", 20)])
        later = IndexWriter(connection)
        later.write([entry(b"c", 30), entry(b"a", 10)._replace(file_id=1)])
        assert {known.path: known.file_id for known in known_files(later)} == {b"a": 1, b"b": 2, b"c": 3}


def test_ranks_are_renumbered_when_a_gap_is_used_up(tmp_path: Path) -> None:
    with closing(open_writer(tmp_path / "index.sqlite")) as connection:
        writer = IndexWriter(connection)
        writer.write([entry(b"a", 10), entry(b"d", 12), entry(b"b/", 0)])
        known = {file.path: file for file in known_files(writer)}
        changed = Change(b"d", Stamp(1, 1), known[b"d"])
        assert writer.rank([Change(b"b", Stamp(1, 1), None), changed]) == {b"b": 11, b"d": 12}
        ranks = writer.rank([Change(path, Stamp(1, 1), None) for path in (b"b", b"c")] + [changed])
        assert sorted(ranks, key=ranks.__getitem__) == [b"a", b"b", b"b/", b"c", b"d"]
        assert {file.path: file.place for file in known_files(writer)} == {
            path: ranks[path] for path in (b"a", b"b/", b"d")
        }


def test_a_transaction_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    with closing(open_writer(tmp_path / "index.sqlite")) as connection:
        writer = IndexWriter(connection)
        bad = entry(b"b", 20, defects=(Defect(1, None),))  # type: ignore[arg-type]
        with pytest.raises(sqlite3.IntegrityError):
            writer.write([entry(b"a", 10, topic=Topic("AI")), bad])
        assert list(IndexWriter(connection).known()) == []
        assert len(load_tree(connection)) == 0


# Topics.


def test_a_record_belongs_to_its_topics_and_to_all_above_them(corpus: Corpus) -> None:
    corpus.put_topic("AI")
    corpus.put_topic("Vendors", parent="ai")
    corpus.put_topic("Google AI", parent="VENDORS")
    corpus.put("g.md", topics=["google ai"])
    corpus.put("v.md", topics=["Vendors", "AI"])
    corpus.put("n.md")
    corpus.refresh()
    assert corpus.topic_tree() == [("AI", 0), ("Vendors", 1), ("Google AI", 2)]
    assert corpus.topic_counts() == {"ai": 2, "vendors": 2, "google ai": 1}
    assert in_topic(corpus, "AI") == ["g.md", "v.md"]
    assert in_topic(corpus, "Google AI") == ["g.md"]


def test_topics_that_only_records_name_are_listed_while_they_do(corpus: Corpus) -> None:
    corpus.put("a.md", topics=["Robots", "Law"])
    corpus.put("b.md", topics=["law"])
    corpus.refresh()
    assert corpus.topic_counts() == {"robots": 1, "law": 2}
    assert [name.casefold() for name, _ in corpus.topic_tree()] == ["law", "robots"]
    corpus.remove("a.md")
    corpus.refresh()
    assert [name.casefold() for name, _ in corpus.topic_tree()] == ["law"]
    assert corpus.topic_counts() == {"law": 1}


def test_a_topic_file_that_comes_later_files_the_records_anew(corpus: Corpus) -> None:
    corpus.put("a.md", topics=["Vision"])
    corpus.refresh()
    corpus.put_topic("AI")
    corpus.put_topic("Vision", parent="AI")
    corpus.refresh()
    assert corpus.topic_counts() == {"ai": 1, "vision": 1}


def test_a_topic_that_moves_below_another_takes_its_records_along(corpus: Corpus) -> None:
    corpus.put_topic("AI")
    corpus.put_topic("Law")
    corpus.put_topic("Vision", parent="AI")
    corpus.put("a.md", topics=["Vision"])
    corpus.refresh()
    corpus.put_topic("Vision", parent="Law")
    corpus.refresh()
    assert corpus.topic_counts() == {"law": 1, "vision": 1}
    assert corpus.topic_tree() == [("AI", 0), ("Law", 0), ("Vision", 1)]


def test_a_parent_with_a_new_name_loses_its_children_until_they_follow(corpus: Corpus) -> None:
    corpus.put_topic("AI", file="01.yaml")
    corpus.put_topic("Vision", parent="AI", file="02.yaml")
    corpus.put("a.md", topics=["Vision"])
    corpus.refresh()
    corpus.put_topic("Thinking machines", file="01.yaml")
    corpus.refresh()
    assert "thinking machines" not in corpus.topic_counts()
    corpus.put_topic("Vision", parent="Thinking Machines", file="02.yaml")
    corpus.refresh()
    assert corpus.topic_counts() == {"thinking machines": 1, "vision": 1}


@pytest.mark.parametrize(
    "damage", ["- just\n- a list\n", "taxonomy: organization\nname: Vision\n", "a: [", None]
)
def test_a_topic_file_that_goes_or_breaks_ends_its_parentage(corpus: Corpus, damage: str | None) -> None:
    corpus.put_topic("AI")
    path = corpus.put_topic("Vision", parent="AI")
    corpus.put("a.md", topics=["Vision"])
    corpus.refresh()
    if damage is None:
        corpus.remove(path)
    else:
        corpus.put_bytes(path, damage)
    corpus.refresh()
    assert corpus.topic_counts() == {"vision": 1}
    assert corpus.topic_tree() == [("AI", 0), ("Vision", 0)]
    corpus.put("b.md", topics=["Vision"])
    corpus.refresh()
    assert corpus.topic_counts() == {"vision": 2}


def test_a_parent_without_a_file_counts_the_records_below_it(corpus: Corpus) -> None:
    corpus.put_topic("Vision", parent="AI")
    corpus.put("a.md", topics=["Vision"])
    corpus.refresh()
    assert corpus.topic_tree() == [("AI", 0), ("Vision", 1)]
    assert corpus.topic_counts() == {"ai": 1, "vision": 1}
    corpus.put("b.md", topics=["AI"])
    corpus.refresh()
    assert corpus.topic_counts() == {"ai": 2, "vision": 1}
    corpus.remove("b.md")
    corpus.refresh()
    assert corpus.topic_tree() == [("AI", 0), ("Vision", 1)]
    assert corpus.topic_counts() == {"ai": 1, "vision": 1}


def test_of_two_files_for_one_topic_the_first_path_counts_whenever_it_came(corpus: Corpus) -> None:
    for folder in ("z", "a", "m"):
        corpus.put_bytes(f"{folder}/topics/01.yaml", f"name: AI\ndescription: from {folder}\n")
        corpus.refresh()
    with corpus.reader() as reader:
        topic = reader.topics().get("AI")
    assert topic is not None
    assert topic.description == "from a"


def test_counts_of_topics_tell_the_front_page_from_everything(corpus: Corpus) -> None:
    corpus.put_topic("AI")
    corpus.put_topic("Vision", parent="AI")
    corpus.put("a.md", topics=["Vision"], published=True)
    corpus.put("b.md", topics=["Vision"], published=False)
    corpus.put("c.md", topics=["Law"], published=False)
    corpus.refresh()
    assert corpus.topic_counts(Scope.FRONT) == {"ai": 1, "vision": 1}
    assert corpus.topic_counts() == {"ai": 2, "vision": 2, "law": 1}
    corpus.put("a.md", topics=["Vision"], published=False)
    corpus.refresh()
    assert corpus.topic_counts(Scope.FRONT) == {}
    assert corpus.topic_counts() == {"ai": 2, "vision": 2, "law": 1}


# The half-life.


def test_another_half_life_scores_everything_anew(corpus: Corpus) -> None:
    corpus.put("old-and-hot.md", heat=1023, publishedDateTime=ISO.format(1, 12))
    corpus.put("new-and-cool.md", heat=0, publishedDateTime=ISO.format(9, 12))
    corpus.put("undated.md", heat=5000)
    corpus.refresh(half_life=DAY)
    assert corpus.paths() == ["old-and-hot.md", "new-and-cool.md", "undated.md"]
    told = corpus.refresh(half_life=DAY // 2)
    assert corpus.paths() == ["new-and-cool.md", "old-and-hot.md", "undated.md"]
    assert corpus.parsed == []
    assert any(progress.changed for progress in told)
    assert not any(progress.changed for progress in corpus.refresh(half_life=DAY // 2))


def test_records_that_come_after_a_change_of_the_half_life_are_scored_alike(corpus: Corpus) -> None:
    corpus.put("old-and-hot.md", heat=1023, publishedDateTime=ISO.format(1, 12))
    corpus.refresh(half_life=DAY)
    corpus.put("new-and-cool.md", heat=0, publishedDateTime=ISO.format(9, 12))
    corpus.refresh(half_life=DAY // 2)
    assert corpus.paths() == ["new-and-cool.md", "old-and-hot.md"]


# Any history leads to the same index.

WORDS = ("chips", "robots", "réseau", "law", "東京")
TOPICS = ("AI", "Vision", "Law", "Google AI", "Robots")


def random_record(random: Random) -> dict[str, object]:
    words = random.choices(WORDS, k=random.randrange(4))
    values: dict[str, object] = {
        "title": " ".join(["Story", *words]),
        "excerpt": random.choice(WORDS),
        "webUrl": f"https://a.example/{random.randrange(12)}",
        "publishedDateTime": random.choice([None, ISO.format(random.randrange(1, 4), random.randrange(3))]),
        "heat": random.choice([None, -1, 0, 3, 200]),
        "quality": random.choice([None, 0, 3, 200, "odd"]),
        "published": random.choice([None, True, False]),
        "removed": random.random() < 0.1,
        "type": random.choice(["article", "video"]),
        "topics": random.sample(TOPICS, k=random.randrange(3)),
        "related": [
            {"title": f"Story {random.choice(WORDS)}", "webUrl": f"https://a.example/{random.randrange(12)}"}
            for _ in range(random.randrange(3))
        ],
        "items": [f"news/{random.randrange(12)}"],
    }
    return {key: value for key, value in values.items() if value is not None}


def change_something(corpus: Corpus, random: Random) -> None:
    path = f"{random.choice(('_news', '_archive/_news'))}/{random.randrange(12)}.md"
    here = (corpus.root / path).exists()
    match random.randrange(10):
        case 0 | 1 if here:
            corpus.remove(path)
        case 2 if here:
            other = f"_news/{random.randrange(12, 20)}.md"
            corpus.rename(path, other)
        case 3:
            corpus.put_bytes(
                path, random.choice(["---\na: [\n---\n", "no front matter", "---\ntitle: x\nheat: y\n---\n"])
            )
        case 4:
            topic, parent = random.sample(TOPICS, k=2)
            corpus.put_topic(topic, parent=parent if random.random() < 0.7 else "")
        case 5:
            for found in sorted((corpus.root / "_data").rglob("*.yaml"))[:1]:
                corpus.put_bytes(str(found.relative_to(corpus.root)), "broken: [")
        case _:
            corpus.put(path, **random_record(random))


@pytest.mark.parametrize("seed", range(6))
def test_an_index_with_a_history_equals_a_fresh_one(corpus: Corpus, tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    for _ in range(10):
        for _ in range(random.randrange(1, 12)):
            change_something(corpus, random)
        if random.random() < 0.3:
            stop_midway(corpus, random.randrange(1, 3))
        corpus.refresh()
        assert_sound(corpus.index)
    fresh = Corpus(tmp_path / "fresh")
    fresh.root = corpus.root
    fresh.refresh()
    words: Sequence[str] = [*WORDS, "story r", '"story chips"', "東"]
    assert answers(corpus.index, words) == answers(fresh.index, words)


def stop_midway(corpus: Corpus, steps: int) -> None:
    refreshing = corpus.refreshing()
    for _ in range(steps):
        next(refreshing)
    refreshing.close()  # type: ignore[attr-defined]


def test_gaps_between_places_are_dealt_anew_when_they_are_used_up(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsreader.library.index.path_ranks.GAP", 4)
    names: list[str] = []
    random = Random(1)
    for _ in range(12):
        name = f"{random.randrange(1000):04}.md"
        corpus.put(name, heat=1, publishedDateTime=ISO.format(1, 1))
        names.append(name)
        corpus.refresh()
        for order in Order:
            assert corpus.paths(View(order=order)) == sorted(set(names))
    assert_sound(corpus.index)


def test_names_with_slashes_are_nested_topics_without_topic_files(corpus: Corpus) -> None:
    corpus.put("a.md", topics=["light/coast"])
    corpus.put("b.md", topics=["light"])
    corpus.refresh()
    assert in_topic(corpus, "light") == ["a.md", "b.md"]
    assert corpus.topic_tree() == [("light", 0), ("light/coast", 1)]
