"""Starting, following and ending the indexing process."""

from __future__ import annotations

import os
import select
import signal
from collections.abc import Iterator
from io import FileIO
from pathlib import Path
from threading import Thread

import pytest

from newsreader.domain.ranking import DAY
from newsreader.library.index.lock import index_lock
from newsreader.library.indexing.client import Indexer
from newsreader.library.indexing.progress import IndexingError, Progress
from tests.unit.library.corpora import Corpus, assert_sound

LONG = 60.0
"""Seconds after which something that should have happened at once is taken for never."""


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    corpus = Corpus(tmp_path)
    for number in range(250):
        corpus.put(f"{number:03}.md", topics=["AI"])
    return corpus


@pytest.fixture
def indexer(corpus: Corpus) -> Iterator[Indexer]:
    indexer = Indexer(corpus.root, corpus.index, DAY)
    yield indexer
    indexer.stop()


def test_progress_is_told_until_everything_is_done(corpus: Corpus, indexer: Indexer) -> None:
    told = list(indexer.progress())
    assert told[0] == Progress(0, 250)
    assert told[-1] == Progress(250, 250, changed=True, finished=True)
    for is_linking in (False, True):
        done = [progress.done for progress in told if progress.is_linking == is_linking]
        assert done == sorted(done)
        assert done[-1] == 250
    assert not any(progress.finished for progress in told[:-1])
    assert len(corpus.paths()) == 250


def test_what_is_told_can_be_read(corpus: Corpus, indexer: Indexer) -> None:
    for progress in indexer.progress():
        assert len(corpus.paths()) >= progress.done


def test_two_at_once_both_end_well(corpus: Corpus, indexer: Indexer) -> None:
    other = Indexer(corpus.root, corpus.index, DAY)
    try:
        assert list(indexer.progress())[-1].finished
        assert list(other.progress())[-1].finished
    finally:
        other.stop()
    assert_sound(corpus.index)
    assert len(corpus.paths()) == 250


def test_a_half_life_reaches_the_index(corpus: Corpus) -> None:
    for half_life, first in ((DAY, "hot.md"), (DAY // 2, "new.md")):
        corpus.put("hot.md", heat=1023, publishedDateTime="2021-06-01")
        corpus.put("new.md", heat=0, publishedDateTime="2021-06-09")
        indexer = Indexer(corpus.root, corpus.index, half_life)
        list(indexer.progress())
        indexer.stop()
        assert corpus.paths()[0] == first


# Ends before its time.


def test_stopping_midway_keeps_what_was_written_and_lets_the_next_one_in(corpus: Corpus) -> None:
    indexer = Indexer(corpus.root, corpus.index, DAY)
    progress = indexer.progress()
    next(progress)
    assert next(progress).done > 0
    indexer.stop()
    assert_sound(corpus.index)
    assert corpus.paths()
    with index_lock(corpus.index):
        pass
    corpus.refresh()
    assert len(corpus.paths()) == 250


def test_stopping_twice_or_after_the_end_does_nothing(indexer: Indexer) -> None:
    list(indexer.progress())
    indexer.stop()
    indexer.stop()


def test_stopping_where_a_system_knows_no_groups_of_processes(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "killpg")
    with index_lock(corpus.index):
        indexer = Indexer(corpus.root, corpus.index, DAY)
        next(indexer.progress())
        indexer.stop()


def test_an_error_is_told_in_words(tmp_path: Path) -> None:
    indexer = Indexer(tmp_path / "nowhere", tmp_path / "index.sqlite", DAY)
    with pytest.raises(IndexingError, match=r"could not be indexed: .*nowhere"):
        list(indexer.progress())
    indexer.stop()


def test_an_early_death_is_told_with_its_last_words(corpus: Corpus) -> None:
    indexer = Indexer(corpus.root, corpus.index, "soon")  # type: ignore[arg-type]
    with pytest.raises(IndexingError, match=r"ended early \(status 1: ValueError: .*'soon'\)"):
        list(indexer.progress())
    indexer.stop()


def test_a_death_without_words_is_told_with_its_status(corpus: Corpus) -> None:
    with index_lock(corpus.index):
        indexer = Indexer(corpus.root, corpus.index, DAY)
        progress = indexer.progress()
        assert next(progress) == Progress(0, 0, changed=True, waiting=True)
        os.kill(indexer._process.pid, signal.SIGKILL)
        with pytest.raises(IndexingError, match=r"ended early \(status -9\)"):
            list(progress)
    indexer.stop()


HANGING = """
import os
from threading import Event
from newsreader.corpus import file_reader

read_file = file_reader.read_file

def hang(root, path, *options, **more):
    if path == b"hang.md":
        os.open(root / "hanging", os.O_WRONLY)
        Event().wait()
    return read_file(root, path, *options, **more)

file_reader.read_file = hang
"""


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a pipe with a name is needed")
def test_stopping_ends_a_parser_that_hangs_and_whoever_follows(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The parser holds one end of a pipe, which the system closes when it dies."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site/sitecustomize.py").write_text(HANGING)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "site"))
    corpus.put("hang.md")
    os.mkfifo(corpus.root / "hanging")
    indexer = Indexer(corpus.root, corpus.index, DAY)
    follower = Thread(target=follow, args=(indexer,), daemon=True)
    follower.start()
    with _opened_by_writer(corpus.root / "hanging") as parser:
        stopper = Thread(target=indexer.stop, daemon=True)
        stopper.start()
        stopper.join(LONG)
        follower.join(LONG)
        assert not stopper.is_alive()
        assert not follower.is_alive()
        assert select.select([parser], [], [], LONG)[0] == [parser]
        assert parser.read() == b""


def _opened_by_writer(pipe: Path) -> FileIO:
    """Open a pipe to read once somebody opens it to write; opening it would wait for that for ever."""
    opened: list[FileIO] = []
    opener = Thread(target=lambda: opened.append(FileIO(pipe)), daemon=True)
    opener.start()
    opener.join(LONG)
    assert opened, "nobody has opened the pipe"
    return opened[0]


def follow(indexer: Indexer) -> None:
    try:
        for _ in indexer.progress():
            pass
    except (IndexingError, ValueError):
        return
