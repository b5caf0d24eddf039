"""The indexing process: what it tells, and that it may end at any moment."""

from __future__ import annotations

import gc
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing
from functools import partial
from itertools import islice
from pathlib import Path

import pytest

from newsreader.domain.corpus_options import CorpusOptions
from newsreader.domain.ranking import DAY
from newsreader.library.index.lock import index_lock
from newsreader.library.index.record_rows import FileRow
from newsreader.library.indexing import process as process_module
from newsreader.library.indexing import worker_pool
from newsreader.library.indexing.progress import Progress
from newsreader.library.indexing.worker_pool import Read, parse_in_process
from tests.unit.library.corpora import Corpus, answers, assert_sound

# In this process.


class PoolHere:
    """Reads files in this process."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.is_closed = False

    def parse(self, paths: Iterable[bytes]) -> Iterator[list[FileRow]]:
        return parse_in_process(self._root, paths)

    def close(self) -> None:
        self.is_closed = True


class Host:
    """What the process does to its surroundings, noted instead of done."""

    def __init__(self) -> None:
        self.pools: list[PoolHere] = []
        self.reads: list[Read[FileRow]] = []
        self.niceness: list[int] = []
        self.handlers: list[tuple[int, object]] = []

    def make_pool(self, root: Path, read: Read[FileRow]) -> PoolHere:
        self.pools.append(PoolHere(root))
        self.reads.append(read)
        return self.pools[-1]


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Host:
    host = Host()
    monkeypatch.setattr(worker_pool, "ParserPool", host.make_pool)
    monkeypatch.setattr(gc, "disable", lambda: None)
    monkeypatch.setattr(os, "nice", host.niceness.append, raising=False)
    monkeypatch.setattr(signal, "signal", lambda *handler: host.handlers.append(handler))
    return host


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    corpus = Corpus(tmp_path)
    corpus.put("a.md", topics=["AI"])
    corpus.put("b.md")
    return corpus


def arguments(corpus: Corpus) -> list[str]:
    return [str(corpus.root), str(corpus.index), str(DAY)]


def lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_parsers_are_started_for_the_first_file_and_ended_with_the_run(corpus: Corpus, host: Host) -> None:
    assert process_module.main(arguments(corpus)) == 0
    (pool,) = host.pools
    assert pool.is_closed
    assert process_module.main(arguments(corpus)) == 0
    assert len(host.pools) == 1


def test_workers_read_with_the_options_of_the_corpus(corpus: Corpus, host: Host) -> None:
    options = CorpusOptions(bare=True)
    assert process_module.main([*arguments(corpus), options.to_json()]) == 0
    assert process_module.main([*arguments(corpus), ""]) == 0
    with_options, plain = host.reads
    assert isinstance(with_options, partial)
    assert with_options.keywords == {"options": options}
    assert plain is worker_pool.read_row


def test_a_run_tells_its_progress_line_by_line(
    corpus: Corpus, host: Host, capsys: pytest.CaptureFixture[str]
) -> None:
    assert process_module.main(arguments(corpus)) == 0
    told = [Progress(**line) for line in lines(capsys.readouterr().out)]  # type: ignore[arg-type]
    assert [progress for progress in told if not progress.is_linking] == [
        Progress(0, 2),
        Progress(2, 2, changed=True),
        Progress(2, 2, changed=True, finished=True),
    ]
    assert [progress for progress in told if progress.is_linking][-1][:2] == (2, 2)
    assert sorted(corpus.paths()) == ["a.md", "b.md"]


def test_it_gives_way_to_the_interface_and_leaves_the_keyboard_to_it(corpus: Corpus, host: Host) -> None:
    process_module.main(arguments(corpus))
    assert host.niceness == [5]
    assert host.handlers == [(signal.SIGINT, signal.SIG_IGN)]
    assert [pool.is_closed for pool in host.pools] == [True]


def test_it_runs_where_a_system_knows_no_niceness(
    corpus: Corpus, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "nice")
    assert process_module.main(arguments(corpus)) == 0


def test_a_corpus_that_cannot_be_read_is_told_as_an_error(
    tmp_path: Path, host: Host, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = tmp_path / "nowhere"
    assert process_module.main([str(missing), str(tmp_path / "index.sqlite"), str(DAY)]) == 1
    [line] = lines(capsys.readouterr().out)
    assert list(line) == ["error"]
    assert str(missing) in str(line["error"])
    assert all(pool.is_closed for pool in host.pools)


def test_an_index_that_cannot_be_written_is_told_as_an_error_and_kept(
    corpus: Corpus, host: Host, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus.refresh()

    def full(*_: object, **__: object) -> Iterator[Progress]:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(process_module, "refresh", full)
    assert process_module.main(arguments(corpus)) == 1
    assert lines(capsys.readouterr().out) == [{"error": "database or disk is full"}]
    assert sorted(corpus.paths()) == ["a.md", "b.md"]


def overwrite_the_tables(index: Path) -> None:
    with closing(sqlite3.connect(index)) as connection:
        [size] = connection.execute("PRAGMA page_size").fetchone()
        roots = connection.execute("SELECT rootpage FROM sqlite_schema WHERE rootpage > 1").fetchall()
    with index.open("r+b") as file:
        for (page,) in roots:
            file.seek((page - 1) * size)
            file.write(b"\x5a" * size)


def cut_in_half(index: Path) -> None:
    content = index.read_bytes()
    index.write_bytes(content[: len(content) // 2])


def spoil_a_topic(index: Path) -> None:
    with closing(sqlite3.connect(index, isolation_level=None)) as connection:
        connection.execute("UPDATE topic_file SET data = '[1'")


def spoil_the_schema(index: Path) -> None:
    index.write_bytes(index.read_bytes().replace(b"CREATE TABLE ", b"CREA\x99E TABLE ", 1))


def spoil_a_fact(index: Path) -> None:
    with closing(sqlite3.connect(index, isolation_level=None)) as connection:
        connection.execute("UPDATE fact SET value = '12x' WHERE name = 'sum of the corpus'")


def forget_a_record(index: Path) -> None:
    """Keep the words of a record whose file is unknown, so that writing it again violates a constraint."""
    with closing(sqlite3.connect(index, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = 0")
        connection.execute("UPDATE file SET path = 'z.md' WHERE path = CAST('a.md' AS BLOB)")
        connection.execute("CREATE TRIGGER refuse BEFORE DELETE ON file BEGIN SELECT raise(ABORT, 'no'); END")


@pytest.mark.parametrize(
    "spoil",
    [
        overwrite_the_tables,
        cut_in_half,
        spoil_a_topic,
        spoil_the_schema,
        spoil_a_fact,
        forget_a_record,
    ],
)
def test_a_damaged_index_is_built_again(
    corpus: Corpus, host: Host, tmp_path: Path, spoil: object, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus.put_topic("AI")
    corpus.refresh()
    assert callable(spoil)
    spoil(corpus.index)
    assert process_module.main(arguments(corpus)) == 0
    assert lines(capsys.readouterr().out)[-1]["rebuilt"] is True
    assert_sound(corpus.index)
    fresh = Corpus(tmp_path / "fresh")
    fresh.root = corpus.root
    fresh.refresh()
    assert answers(corpus.index) == answers(fresh.index)


def test_damage_that_comes_back_at_once_is_told_as_an_error(
    corpus: Corpus, host: Host, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    attempts: list[Path] = []

    def damaged(root: Path, *_: object, **__: object) -> Iterator[Progress]:
        attempts.append(root)
        raise sqlite3.DatabaseError("database disk image is malformed")

    monkeypatch.setattr(process_module, "refresh", damaged)
    assert process_module.main(arguments(corpus)) == 1
    assert lines(capsys.readouterr().out) == [{"error": "database disk image is malformed"}]
    assert len(attempts) == 2


def test_it_waits_for_another_one_and_tells_that_there_is_something_to_see(
    corpus: Corpus, host: Host, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with ExitStack() as other:
        other.enter_context(index_lock(corpus.index))
        waits: list[float] = []

        def wait(seconds: float) -> None:
            waits.append(seconds)
            if len(waits) == 3:
                other.close()

        monkeypatch.setattr(time, "sleep", wait)
        assert process_module.main(arguments(corpus)) == 0
    told = [Progress(**line) for line in lines(capsys.readouterr().out)]  # type: ignore[arg-type]
    assert told[:3] == [Progress(0, 0, changed=True, waiting=True)] * 3
    assert told[3] == Progress(0, 2)
    assert told[-1].finished


def test_it_ends_when_nobody_listens(corpus: Corpus, host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(text: str) -> int:
        raise BrokenPipeError

    monkeypatch.setattr(sys.stdout, "write", gone)
    with pytest.raises(BrokenPipeError):
        process_module.main(arguments(corpus))
    assert all(pool.is_closed for pool in host.pools)


# As a process of its own.


def start(corpus: Corpus) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "newsreader.library.indexing.process", *arguments(corpus)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def next_line(process: subprocess.Popen[str]) -> Progress:
    assert process.stdout is not None
    return Progress(**json.loads(process.stdout.readline()))


def test_a_whole_run(corpus: Corpus) -> None:
    with start(corpus) as process:
        out, complaints = process.communicate()
    assert (process.returncode, complaints) == (0, "")
    assert lines(out)[-1] == Progress(2, 2, changed=True, finished=True)._asdict()
    assert sorted(corpus.paths()) == ["a.md", "b.md"]


def test_while_another_one_works_it_waits_and_an_interruption_does_not_end_it(corpus: Corpus) -> None:
    with ExitStack() as other:
        other.enter_context(index_lock(corpus.index))
        with start(corpus) as process:
            assert next_line(process) == Progress(0, 0, changed=True, waiting=True)
            process.send_signal(signal.SIGINT)
            other.close()
            out, complaints = process.communicate()
    assert (process.returncode, complaints) == (0, "")
    assert lines(out)[-1]["finished"]
    assert sorted(corpus.paths()) == ["a.md", "b.md"]


def test_a_listener_that_leaves_ends_it_quietly(corpus: Corpus) -> None:
    with index_lock(corpus.index), start(corpus) as process:
        assert next_line(process) == Progress(0, 0, changed=True, waiting=True)
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == ""
        assert process.wait() == 0
    assert not corpus.index.exists()


def test_a_process_that_is_killed_again_and_again_leaves_a_sound_index_and_loses_nothing(
    tmp_path: Path,
) -> None:
    corpus = Corpus(tmp_path)
    for number in range(900):
        corpus.put(f"{number:03}.md", title=f"Number {number}", topics=["AI", f"Topic {number % 7}"])
    corpus.put_topic("Topic 3", parent="AI")
    indexed: set[str] = set()
    for told in (2, 3, 4):
        with start(corpus) as process:
            assert process.stdout is not None
            assert list(islice(process.stdout, told))
            os.kill(process.pid, signal.SIGKILL)
            process.communicate()
        assert_sound(corpus.index)
        assert corpus.paths()
        assert indexed <= set(corpus.paths())
        indexed = set(corpus.paths())
    with closing(sqlite3.connect(corpus.index)) as connection:
        [files] = connection.execute("SELECT count(*) FROM file").fetchone()
    with start(corpus) as process:
        out, _ = process.communicate()
    assert lines(out)[0]["total"] == 901 - files
    assert lines(out)[-1]["finished"]
    fresh = Corpus(tmp_path / "fresh")
    fresh.root = corpus.root
    fresh.refresh()
    words = ["number 1", "topic 3"]
    assert answers(corpus.index, words) == answers(fresh.index, words)
