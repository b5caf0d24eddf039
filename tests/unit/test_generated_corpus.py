"""The generated corpus has the shape of a real one, and is the same each time."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from benchmarks.generate import generate, main
from benchmarks.graphs import GRAPHS
from benchmarks.invented_world import ABSENT_WORD, COMMON_WORD, RARE_WORD

from newsreader.domain.urls import cached_amp_url, url_key

Record = dict[str, Any]
SIZE = 600


def records_below(root: Path) -> dict[str, Record]:
    """Return the front matter of each record by its path from the root."""
    found = {}
    for path in sorted(root.glob("_news/*/*.md")):
        before, front_matter, body = path.read_text(encoding="utf-8").split("---\n")
        assert (before, body) == ("", "")
        found[path.relative_to(root).as_posix()] = yaml.load(front_matter, yaml.CSafeLoader)
    return found


def digest(root: Path) -> str:
    """Return a number for all paths and bytes below a folder."""
    total = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        total.update(path.relative_to(root).as_posix().encode() + b"\0")
        total.update(path.read_bytes() if path.is_file() else b"")
    return total.hexdigest()


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("corpus")
    generate(root, SIZE)
    return root


@pytest.fixture(scope="module")
def records(corpus: Path) -> dict[str, Record]:
    return records_below(corpus)


def share(records: dict[str, Record], holds: Callable[[Record], object]) -> float:
    return sum(bool(holds(record)) for record in records.values()) / len(records)


def test_the_same_seed_gives_the_same_bytes(corpus: Path, tmp_path: Path) -> None:
    generate(tmp_path / "again", SIZE, seed=7)
    assert digest(tmp_path / "again") == digest(corpus)


def test_another_seed_gives_other_records(corpus: Path, tmp_path: Path) -> None:
    generate(tmp_path / "other", SIZE, seed=8)
    assert digest(tmp_path / "other" / "_news") != digest(corpus / "_news")


@pytest.mark.parametrize("size", [1, 2, 10, 200])
@pytest.mark.parametrize("seed", [1, 7])
def test_a_small_corpus_has_its_size_and_one_record_with_the_rare_word(
    size: int, seed: int, tmp_path: Path
) -> None:
    generate(tmp_path, size, seed)
    records = records_below(tmp_path)
    rare = [path for path in records if RARE_WORD in (tmp_path / path).read_text(encoding="utf-8").casefold()]
    assert (len(records), len(rare)) == (size, 1)
    assert records[rare[0]]["published"] is True


def test_the_common_word_is_in_a_fifth_of_the_titles(records: dict[str, Record]) -> None:
    assert 0.15 < share(records, lambda record: COMMON_WORD in record["title"].casefold()) < 0.25


def test_the_absent_word_is_nowhere(corpus: Path) -> None:
    files = [path for path in corpus.rglob("*") if path.is_file()]
    assert not [path for path in files if ABSENT_WORD in path.read_text(encoding="utf-8").casefold()]
    assert not [path for path in files if ABSENT_WORD in path.name]


def test_a_record_has_the_keys_of_a_real_one(records: dict[str, Record]) -> None:
    always = {"category", "title", "excerpt", "publishedDateTime", "originalUrl", "webUrl", "type", "quality"}
    always |= {"heat", "published", "provider", "topics", "images"}
    sometimes = {"ampWebUrl", "cdnAmpWebUrl", "related", "secured"}
    for record in records.values():
        assert always <= record.keys() <= always | sometimes
        assert record["title"] and record["excerpt"]
        assert 0 <= record["quality"] <= 221


def test_each_file_lies_in_the_folder_of_its_month_and_bears_its_day(records: dict[str, Record]) -> None:
    for path, record in records.items():
        moment = record["publishedDateTime"]
        assert datetime(2021, 1, 1, tzinfo=UTC) <= moment < datetime(2024, 1, 1, tzinfo=UTC)
        assert re.fullmatch(rf"_news/{moment:%Y-%m}/{moment:%Y-%m-%d}-[a-z0-9-]+\.md", path)
    assert len({path.split("/")[1] for path in records}) == 36


def test_every_address_belongs_to_one_record(records: dict[str, Record]) -> None:
    keys = {url_key(record["webUrl"]) for record in records.values()}
    assert None not in keys
    assert len(keys) == len(records)


def test_amp_pages_come_with_their_place_in_the_cache(records: dict[str, Record]) -> None:
    with_amp = [record for record in records.values() if "ampWebUrl" in record]
    assert 0.10 < len(with_amp) / len(records) < 0.20
    for record in with_amp:
        assert record["cdnAmpWebUrl"] == cached_amp_url(record["ampWebUrl"])
        assert record["ampWebUrl"] != record["webUrl"]
    assert all(("ampWebUrl" in record) == ("cdnAmpWebUrl" in record) for record in records.values())


def test_sealed_blocks_have_a_ciphertext_of_whole_blocks_and_a_start(records: dict[str, Record]) -> None:
    sealed = [record["secured"] for record in records.values() if "secured" in record]
    assert 0.5 < len(sealed) / len(records) < 0.7
    for block in sealed:
        assert 600 < len(block) < 800
        assert re.fullmatch(r"[A-Za-z0-9+/]+={0,2};[A-Za-z0-9+/]{22}==", block)


def test_the_records_of_a_story_list_each_other(records: dict[str, Record]) -> None:
    by_address = {record["webUrl"]: record for record in records.values()}
    for address, record in by_address.items():
        for entry in record.get("related", []):
            other = by_address[entry["webUrl"]]
            assert other is not record
            assert address in [back["webUrl"] for back in other["related"]]
            assert {key: other.get(key) for key in entry if key != "provider"} == {
                key: value for key, value in entry.items() if key != "provider"
            }
            assert entry["provider"]["domain"] == other["provider"]["domain"]


def test_a_story_has_one_lead_which_is_hotter_for_each_follower(records: dict[str, Record]) -> None:
    stories: dict[frozenset[str], list[Record]] = {}
    for record in records.values():
        members = frozenset({record["webUrl"], *(entry["webUrl"] for entry in record.get("related", []))})
        stories.setdefault(members, []).append(record)
    for members, story in stories.items():
        assert len(story) == len(members) <= 30
        lead, *followers = sorted(story, key=lambda record: -int(record["heat"]))
        assert lead["heat"] == lead["quality"] + 10 * len(lead.get("related", []))
        assert lead["published"] or not followers
        assert all(record["heat"] == -1 and not record["published"] for record in followers)
    singles = [story[0] for story in stories.values() if len(story) == 1]
    assert len(singles) > len(stories) / 2
    assert 0.5 < sum(single["published"] for single in singles) / len(singles) < 0.7


def test_every_record_has_the_root_topic_and_all_topics_have_a_file(
    corpus: Path, records: dict[str, Record]
) -> None:
    files = sorted((corpus / "_data" / "topics").glob("[0-9][0-9]-*.yaml"))
    topics = [next(yaml.safe_load_all(path.read_text(encoding="utf-8"))) for path in files]
    names = {topic["name"] for topic in topics}
    assert len(files) == len(names) == 22
    assert {topic.get("parent", "AI") for topic in topics} <= names
    assert all("AI" in record["topics"] for record in records.values())
    assert {name for record in records.values() for name in record["topics"]} <= names
    assert all(len(set(record["topics"])) == len(record["topics"]) for record in records.values())


def test_files_are_about_as_long_as_real_ones(corpus: Path) -> None:
    sizes = sorted(path.stat().st_size for path in corpus.glob("_news/*/*.md"))
    assert sizes[0] > 500
    assert 1_300 < sizes[len(sizes) // 2] < 2_500
    assert 2_000 < sum(sizes) / len(sizes) < 4_500


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "note.md").write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError):
        generate(tmp_path, 1)
    assert [path.name for path in tmp_path.iterdir()] == ["note.md"]


def test_less_than_one_record_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at least one"):
        generate(tmp_path / "none", 0)
    assert not (tmp_path / "none").exists()


def test_the_command_takes_folder_size_and_seed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "a"), "--records", "12", "--seed", "3"]) == 0
    assert "12 records" in capsys.readouterr().out
    generate(tmp_path / "b", 12, 3)
    assert digest(tmp_path / "a") == digest(tmp_path / "b")


def test_the_command_tells_why_it_failed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "note.md").touch()
    with pytest.raises(SystemExit) as stopped:
        main([str(tmp_path)])
    assert stopped.value.code == 1
    assert "is not empty" in capsys.readouterr().err


# -- other graphs and bodies ----------------------------------------------------------------------


def lists_of(root: Path) -> dict[int, list[int]]:
    """Return which records each record names, by the numbers at the end of their addresses."""

    def number(url: str) -> int:
        return int(re.findall(r"-(\d+)/", url)[-1])

    return {
        number(record["webUrl"]): [number(entry["webUrl"]) for entry in record.get("related", [])]
        for record in records_below(root).values()
    }


@pytest.mark.parametrize("graph", GRAPHS)
def test_a_list_describes_records_as_they_describe_themselves(graph: str, tmp_path: Path) -> None:
    generate(tmp_path, 60, graph=graph)
    records = list(records_below(tmp_path).values())
    assert len(records) == 60
    own = {record["webUrl"]: record for record in records}
    for record in records:
        for entry in record.get("related", []):
            named = own[entry["webUrl"]]
            assert {key: named[key] for key in entry if key != "provider"} == {
                key: value for key, value in entry.items() if key != "provider"
            }


def test_the_lists_of_a_graph_have_its_shape(tmp_path: Path) -> None:
    for graph in GRAPHS:
        generate(tmp_path / graph, 60, graph=graph)
    assert lists_of(tmp_path / "none") == {number: [] for number in range(60)}
    assert lists_of(tmp_path / "hub") == {0: []} | {number: [0] for number in range(1, 60)}
    assert lists_of(tmp_path / "chain") == {number: [number + 1] for number in range(59)} | {59: []}
    lists = lists_of(tmp_path / "random")
    assert all(number not in named and len(named) <= 10 for number, named in lists.items())
    assert 3 < sum(map(len, lists.values())) / 60 < 7


@pytest.mark.parametrize(("bodies", "least", "most"), [("short", 300, 2_000), ("long", 8_000, 30_000)])
def test_bodies_follow_the_front_matter(bodies: str, least: int, most: int, tmp_path: Path) -> None:
    generate(tmp_path, 20, bodies=bodies)
    for path in tmp_path.glob("_news/*/*.md"):
        body = path.read_text(encoding="utf-8").split("---\n")[2]
        assert least < len(body) < most
        assert ("\n## " in body) is (bodies == "long")
