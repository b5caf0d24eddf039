"""Commands about a corpus as a whole: topics, providers, numbers, and its index."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from newsreader.app.index_refresh import WAITING
from newsreader.library import IndexingError, Progress
from newsreader.library.indexing.client import Indexer
from tests.builders import a_corpus, a_front_matter
from tests.unit.commands.conftest import SAMPLE, Run


@pytest.fixture
def own(tmp_path: Path, run: Run) -> Any:
    """Run a command on a small corpus of its own."""
    root = a_corpus(
        tmp_path,
        {
            "a.md": a_front_matter(),
            "b.md": a_front_matter(title="B", webUrl="https://b.example/b", originalUrl=None, quality="many"),
        },
    )
    return lambda name, *arguments: run(name, "--corpus", root, *arguments)


def test_topics_count_the_matching_records(run: Run) -> None:
    whole = json.loads(run("topics", "--json").out)
    assert len(whole) == 22
    assert whole[0]["name"] == "AI"
    assert {topic["parent"] for topic in whole if topic["depth"] == 2} == {"Google AI"}
    some = json.loads(run("topics", "gpt", "--all", "--json").out)
    assert 0 < len(some) < 22
    assert all(topic["records"] for topic in some)
    assert run("topics", "nothing-like-this").status == 1
    assert len(run("topics", "--topic", "Google AI").lines) < 22


def test_providers_are_sorted_by_number_or_name(run: Run) -> None:
    by_number = [line.split("\t") for line in run("providers", "--all").lines]
    numbers = [int(count) for _, count in by_number]
    assert numbers == sorted(numbers, reverse=True)
    assert sum(numbers) == 109
    names = [line.split("\t")[0] for line in run("providers", "--all", "--sort", "name").lines]
    assert names == sorted(names, key=str.casefold)
    assert set(names) == {name for name, _ in by_number}
    assert run("providers", "--limit", "2", "--offset", "1").lines == run("providers").lines[1:3]
    assert run("providers", "nothing-like-this").status == 1


def test_statistics_of_a_corpus_or_a_selection(run: Run) -> None:
    whole = json.loads(run("stats", "--json").out)
    assert (whole["records"], whole["topics"]) == (109, 21)
    assert sum(whole["weeks"].values()) + whole["undated"] == 109
    assert json.loads(run("stats", "--all", "--json").out) == whole
    part = json.loads(run("stats", "topic:nlp", "--json").out)
    assert part["records"] == 10
    assert "records a week" not in run("stats").out
    assert "records a week" in run("stats", "--chart").out
    nothing = run("stats", "nothing-like-this", "--chart")
    assert nothing.status == 1
    assert "AMP               0\n" in nothing.out


def test_problems_are_counted(own: Any) -> None:
    assert json.loads(own("stats", "--json").out)["problems"] == 1


# The index.


def test_index_where_creates_nothing(own: Any, folders: Path) -> None:
    where = Path(own("index", "--where").lines[0])
    assert where.parent == folders
    assert not where.exists()


def test_the_index_is_created_verified_and_rebuilt(own: Any, tmp_path: Path) -> None:
    assert own("index", "--verify").status == 1
    made = own("index")
    assert made.out.endswith("2 files read, 2 records\n")
    assert own("index").out.endswith("0 files read, 2 records\n")
    assert own("index", "--verify").out == "sound and up to date\n"
    (tmp_path / "corpus" / "a.md").write_text(a_front_matter(title="Changed"), encoding="utf-8")
    verdict = own("index", "--verify")
    assert (verdict.status, verdict.out) == (1, "old: 0 files came, 1 changed, 0 went since\n")
    assert "`newsreader index` mends that" in verdict.err
    assert own("index", "--rebuild").out.endswith("2 files read, 2 records\n")
    assert own("index", "--verify").status == 0


def test_a_damaged_index_is_reported_and_rebuilt(own: Any) -> None:
    own("index")
    where = Path(own("index", "--where").lines[0])
    where.write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
    for suffix in ("-wal", "-shm"):
        where.with_name(where.name + suffix).unlink(missing_ok=True)
    verdict = own("index", "--verify")
    assert (verdict.status, verdict.out[:8]) == (1, "damaged:")
    assert "--rebuild" in verdict.err
    assert len(own("list", "--all").lines) == 2


def test_options_of_index_exclude_each_other(own: Any) -> None:
    assert own("index", "--where", "--verify").status == 2


def test_a_corpus_that_cannot_be_indexed_is_reported(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: Indexer) -> Any:
        yield Progress(0, 1)
        raise IndexingError("The corpus could not be indexed: no space left.")

    monkeypatch.setattr(Indexer, "progress", fail)
    answer = run("list", "--refresh")
    assert answer.status == 2
    assert "no space left. --no-refresh answers from the index as it is." in answer.err
    assert run("list").status == 0  # nothing has changed


def test_a_wait_for_another_process_is_reported_once(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def wait(_: Indexer) -> Any:
        yield from [Progress(0, 0, changed=True, waiting=True)] * 3
        yield Progress(0, 0, finished=True)

    monkeypatch.setattr(Indexer, "progress", wait)
    answer = run("list", "--refresh")
    assert answer.status == 0
    assert answer.err == f"newsreader: {WAITING}\n"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs folders that cannot be read")
def test_an_unreadable_corpus_is_reported(own: Any, tmp_path: Path) -> None:
    (tmp_path / "corpus").chmod(0)
    try:
        assert own("list").status == 2
    finally:
        (tmp_path / "corpus").chmod(0o755)


def test_the_sample_is_the_default_corpus(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NEWSREADER_CORPUS", raising=False)
    assert run("index", "--where").lines == run("index", "--where", "--corpus", SAMPLE).lines


def test_a_folder_in_place_of_a_query_is_refused_with_the_right_form(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "notes").mkdir()
    monkeypatch.chdir(tmp_path)
    for command in ("list", "stats", "topics", "providers", "check", "stories"):
        answer = run(command, "notes")
        assert answer.status == 2, command
        assert "“notes” is a folder" in answer.err
        assert "--corpus notes chooses the corpus" in answer.err
        assert run(command, "notes", "older").status != 2, command
