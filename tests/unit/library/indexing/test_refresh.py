"""A refresh reads what changed and nothing else, in any order of events."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from newsreader.corpus import scan
from newsreader.domain.ranking import DAY
from newsreader.domain.view import Scope, View
from newsreader.library.index.freshness import SUM
from newsreader.library.indexing.progress import Progress
from newsreader.library.indexing.refresh import refresh
from newsreader.library.indexing.worker_pool import parse_in_process
from tests.unit.library.corpora import EVERYTHING, JUNE, Corpus, answers, assert_sound


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    corpus = Corpus(tmp_path)
    corpus.put("_news/2021-06-01-a.md", title="Alpha", topics=["AI"])
    corpus.put("_news/2021-06-02-b.md", title="Beta", topics=["AI", "Law"])
    corpus.put("_news/2021-06-03-c.md", title="Gamma", published=False)
    corpus.put_topic("AI")
    corpus.put_bytes("README.md", "# Not a record\n")
    return corpus


def titles(corpus: Corpus, view: View = EVERYTHING) -> list[str]:
    with corpus.reader() as reader:
        headlines = reader.headlines(reader.ids(view))
    return sorted(headline.title for headline in headlines if headline)


# What is read.


def test_the_first_refresh_reads_everything(corpus: Corpus) -> None:
    told = corpus.refresh()
    assert titles(corpus) == ["Alpha", "Beta", "Gamma"]
    assert titles(corpus, View(Scope.FRONT)) == ["Alpha", "Beta"]
    assert corpus.problems() == []
    assert [progress for progress in told if not progress.is_linking] == [
        Progress(0, 5),
        Progress(5, 5, changed=True),
        Progress(5, 5, changed=True, finished=True),
    ]
    linking = [progress[:2] for progress in told if progress.is_linking]
    assert (linking[0], linking[-1]) == ((0, 3), (3, 3))


def test_topic_files_come_first_and_then_the_newest_names(corpus: Corpus) -> None:
    corpus.put("_archive/2021-06-04-d.md")
    corpus.refresh()
    names = [os.fsdecode(path).rpartition("/")[2] for path in corpus.parsed]
    assert names == [
        "10-ai.yaml",
        "README.md",
        *(f"2021-06-0{day}.md" for day in ("4-d", "3-c", "2-b", "1-a")),
    ]


def test_a_second_refresh_reads_nothing_and_tells_that_nothing_changed(corpus: Corpus) -> None:
    corpus.refresh()
    before = answers(corpus.index)
    assert corpus.refresh() == [Progress(0, 0, finished=True)]
    assert corpus.parsed == []
    assert answers(corpus.index) == before


def test_a_file_that_comes_is_read_alone(corpus: Corpus) -> None:
    corpus.refresh()
    corpus.put("_news/2021-06-04-d.md", title="Delta")
    corpus.refresh()
    assert corpus.parsed == [b"_news/2021-06-04-d.md"]
    assert titles(corpus) == ["Alpha", "Beta", "Delta", "Gamma"]


def test_a_file_that_changes_is_read_alone_and_keeps_its_id(corpus: Corpus) -> None:
    corpus.refresh()
    before = corpus.id_of("_news/2021-06-02-b.md")
    corpus.put("_news/2021-06-02-b.md", title="Better")
    corpus.refresh()
    assert corpus.parsed == [b"_news/2021-06-02-b.md"]
    assert titles(corpus) == ["Alpha", "Better", "Gamma"]
    assert corpus.id_of("_news/2021-06-02-b.md") == before
    assert corpus.paths(EVERYTHING._replace(filter="beta")) == []
    assert corpus.topic_counts() == {"ai": 1}


def test_a_change_of_size_alone_or_of_time_alone_is_a_change(corpus: Corpus) -> None:
    corpus.refresh()
    target = corpus.root / "_news/2021-06-01-a.md"
    status = target.stat()
    target.write_bytes(target.read_bytes() + b"\n")
    os.utime(target, ns=(status.st_atime_ns, status.st_mtime_ns))
    corpus.refresh()
    assert corpus.parsed == [b"_news/2021-06-01-a.md"]
    os.utime(target, ns=(JUNE, status.st_mtime_ns - 1))
    corpus.refresh()
    assert corpus.parsed == [b"_news/2021-06-01-a.md"]


def test_a_file_that_goes_takes_everything_along(corpus: Corpus) -> None:
    corpus.refresh()
    gone = corpus.id_of("_news/2021-06-02-b.md")
    corpus.remove("_news/2021-06-02-b.md")
    told = corpus.refresh()
    assert corpus.parsed == []
    assert told[0] == Progress(0, 0, changed=True)
    assert titles(corpus) == ["Alpha", "Gamma"]
    with corpus.reader() as reader:
        assert reader.headlines([gone]) == [None]
        assert reader.page(gone) is None
    assert_sound(corpus.index)


def test_a_file_with_a_new_name_is_one_gone_and_one_come(corpus: Corpus) -> None:
    corpus.refresh()
    corpus.rename("_news/2021-06-02-b.md", "_archive/2021-06-02-b.md")
    corpus.refresh()
    assert corpus.parsed == [b"_archive/2021-06-02-b.md"]
    assert titles(corpus) == ["Alpha", "Beta", "Gamma"]
    assert_sound(corpus.index)


def test_a_folder_in_the_place_of_a_file_and_back(corpus: Corpus) -> None:
    corpus.refresh()
    corpus.remove("_news/2021-06-01-a.md")
    corpus.put("_news/2021-06-01-a.md/inner.md", title="Inner")
    corpus.refresh()
    assert titles(corpus) == ["Beta", "Gamma", "Inner"]
    corpus.remove("_news/2021-06-01-a.md/inner.md")
    (corpus.root / "_news/2021-06-01-a.md").rmdir()
    corpus.put("_news/2021-06-01-a.md", title="Alpha")
    corpus.refresh()
    assert titles(corpus) == ["Alpha", "Beta", "Gamma"]


def test_an_empty_corpus_is_indexed_too(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path)
    assert corpus.refresh() == [Progress(0, 0), Progress(0, 0, finished=True)]
    assert titles(corpus) == []
    with corpus.reader() as reader:
        assert reader.is_complete()


def test_a_corpus_that_is_not_there_is_an_error_and_keeps_its_index(corpus: Corpus, tmp_path: Path) -> None:
    corpus.refresh()
    corpus.root.rename(tmp_path / "unplugged")
    with pytest.raises(FileNotFoundError):
        corpus.refresh()
    assert titles(corpus) == ["Alpha", "Beta", "Gamma"]


# Bad files.


def test_a_record_that_is_taken_down_disappears(corpus: Corpus) -> None:
    corpus.refresh()
    corpus.put("_news/2021-06-02-b.md", title="Beta", topics=["AI", "Law"], removed=True)
    corpus.refresh()
    assert titles(corpus) == ["Alpha", "Gamma"]
    assert corpus.topic_counts() == {"ai": 1}
    assert corpus.problems() == []
    corpus.put("_news/2021-06-02-b.md", title="Beta again")
    corpus.refresh()
    assert titles(corpus) == ["Alpha", "Beta again", "Gamma"]


def test_a_record_that_breaks_is_a_problem_that_goes_away_with_its_repair(corpus: Corpus) -> None:
    corpus.refresh()
    corpus.put_bytes("_news/2021-06-02-b.md", "---\nheadings: [unclosed\n---\n")
    corpus.refresh()
    assert [title for title in titles(corpus) if title != "2021-06-02-b.md"] == ["Alpha", "Gamma"]
    assert all(problem.startswith("_news/2021-06-02-b.md:") for problem in corpus.problems())
    assert len(corpus.problems()) >= 1
    corpus.put("_news/2021-06-02-b.md", title="Beta")
    corpus.refresh()
    assert titles(corpus) == ["Alpha", "Beta", "Gamma"]
    assert corpus.problems() == []


def test_a_problem_tells_its_line_and_the_record_that_could_be_read(corpus: Corpus) -> None:
    corpus.put("_news/2021-06-02-b.md", title="Beta", heat="scorching", quality="fine")
    corpus.refresh()
    assert corpus.problems() == [
        "_news/2021-06-02-b.md:3: heat: a number is needed, found “scorching”",
        "_news/2021-06-02-b.md:4: quality: a number is needed, found “fine”",
    ]
    with corpus.reader() as reader:
        assert {listed.record_id for listed in reader.problems()} == {corpus.id_of("_news/2021-06-02-b.md")}
        assert reader.counts(Scope.FRONT).problems == 2


def test_a_file_that_vanishes_before_it_is_read_is_a_problem_until_the_next_look(corpus: Corpus) -> None:
    refreshing = corpus.refreshing()
    next(refreshing)
    corpus.remove("_news/2021-06-02-b.md")
    list(refreshing)
    assert corpus.problems() == ["_news/2021-06-02-b.md: cannot be read: No such file or directory"]
    corpus.refresh()
    assert corpus.problems() == []
    assert titles(corpus) == ["Alpha", "Gamma"]


@pytest.mark.skipif(sys.platform == "darwin", reason="its file systems refuse such names")
def test_names_that_are_no_text_are_indexed_shown_and_forgotten(corpus: Corpus) -> None:
    corpus.put_bytes(b"_news/bad\xff\x07.md", "---\ntitle: Bad name\nheat: x\n---\n")
    corpus.refresh()
    assert corpus.problems() == [
        r"_news/bad\xff.md:3: heat: a number is needed, found “x”",
    ]
    assert "Bad name" in titles(corpus)
    (corpus.root / os.fsdecode(b"_news/bad\xff\x07.md")).unlink()
    corpus.refresh()
    assert corpus.problems() == []
    assert titles(corpus) == ["Alpha", "Beta", "Gamma"]


@pytest.mark.parametrize("change", ["nothing", "a file changed", "a file was added", "a file was deleted"])
def test_each_folder_is_listed_once_and_each_file_is_looked_at_once(
    corpus: Corpus, change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus.put("_news/deeper/d.md", title="Delta")
    corpus.refresh()
    if change == "a file changed":
        corpus.put("_news/2021-06-01-a.md", title="Alef")
    elif change == "a file was added":
        corpus.put("_news/2021-06-09-e.md", title="Epsilon")
    elif change == "a file was deleted":
        corpus.remove("_news/2021-06-01-a.md")
    listed: list[bytes] = []
    looked_at: list[str] = []
    listing, look = os.scandir, scan._stamp

    def note_folder(folder: bytes) -> Iterator[os.DirEntry[bytes]]:
        listed.append(folder)
        return listing(folder)

    def note_file(entry: os.DirEntry[bytes], base: str) -> scan.Stamp | None:
        looked_at.append(os.fsdecode(entry.path))
        return look(entry, base)

    monkeypatch.setattr("newsreader.corpus.scan.os.scandir", note_folder)
    monkeypatch.setattr("newsreader.corpus.scan._stamp", note_file)
    corpus.refresh()
    monkeypatch.undo()
    inside = list(corpus.root.rglob("*"))
    assert sorted(looked_at) == sorted(str(path) for path in inside if path.suffix in (".md", ".yaml"))
    assert len(listed) == len(set(listed)) == 1 + sum(path.is_dir() for path in inside)


# Folders that cannot be read.


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The names of folders that refuse to be listed."""
    names: set[str] = set()
    scandir = os.scandir

    def refuse(folder: bytes) -> Iterator[os.DirEntry[bytes]]:
        if Path(os.fsdecode(folder)).name in names:
            raise PermissionError(13, "Permission denied")
        return scandir(folder)

    monkeypatch.setattr("newsreader.corpus.scan.os.scandir", refuse)
    return names


def test_a_folder_that_closes_keeps_its_files_and_is_a_problem_until_it_opens(
    corpus: Corpus, closed: set[str]
) -> None:
    corpus.put("_news/deeper/d.md", title="Delta")
    corpus.refresh()
    open_answers = answers(corpus.index)
    closed.add("_news")
    told = corpus.refresh()
    assert any(progress.changed for progress in told)
    assert titles(corpus) == ["Alpha", "Beta", "Delta", "Gamma"]
    assert corpus.problems() == ["_news/: the folder cannot be read: Permission denied"]
    assert not any(progress.changed for progress in corpus.refresh())
    assert len(corpus.problems()) == 1
    corpus.put("other/e.md", title="Epsilon")
    corpus.refresh()
    assert titles(corpus) == ["Alpha", "Beta", "Delta", "Epsilon", "Gamma"]
    corpus.remove("other/e.md")
    closed.clear()
    told = corpus.refresh()
    assert any(progress.changed for progress in told)
    assert corpus.parsed == []
    assert answers(corpus.index) == open_answers
    assert_sound(corpus.index)


def test_a_folder_that_was_never_open_is_read_when_it_opens(corpus: Corpus, closed: set[str]) -> None:
    closed.add("_news")
    corpus.refresh()
    assert titles(corpus) == []
    closed.clear()
    corpus.refresh()
    assert titles(corpus) == ["Alpha", "Beta", "Gamma"]
    assert corpus.problems() == []
    assert corpus.paths() == ["_news/2021-06-01-a.md", "_news/2021-06-02-b.md", "_news/2021-06-03-c.md"]


def test_a_closed_folder_that_is_deleted_takes_its_files_and_its_problem_along(
    corpus: Corpus, closed: set[str]
) -> None:
    corpus.put("_news/deeper/d.md", title="Delta")
    corpus.refresh()
    closed.add("deeper")
    corpus.refresh()
    corpus.remove("_news/deeper/d.md")
    (corpus.root / "_news/deeper").rmdir()
    corpus.refresh()
    assert titles(corpus) == ["Alpha", "Beta", "Gamma"]
    assert corpus.problems() == []


# Stopping and going on.


def test_a_change_that_was_half_read_and_undone_is_read_back(corpus: Corpus) -> None:
    corpus.refresh()
    target = corpus.root / "_news/2021-06-02-b.md"
    before, status = target.read_bytes(), target.stat()
    corpus.put("_news/2021-06-02-b.md", title="Better")
    corpus.put("_news/2021-06-09-z.md", title="Zeta")
    refreshing = corpus.refreshing()
    assert [next(refreshing).done for _ in range(2)] == [0, 2]
    refreshing.close()  # type: ignore[attr-defined]
    target.write_bytes(before)
    os.utime(target, ns=(status.st_atime_ns, status.st_mtime_ns))
    corpus.remove("_news/2021-06-09-z.md")
    with corpus.reader() as reader:
        assert not reader.catalogue.is_fresh(corpus.root, DAY)
    corpus.refresh()
    assert titles(corpus) == ["Alpha", "Beta", "Gamma"]


@pytest.mark.parametrize("steps", [1, 2, 5])
def test_the_sum_is_that_of_the_files_whatever_was_added_changed_and_deleted(
    corpus: Corpus, steps: int
) -> None:
    for step in range(steps):
        corpus.put(f"_news/2021-07-0{step}.md")
        corpus.put("_news/2021-06-02-b.md", title=f"Beta {step}")
        if step:
            corpus.remove(f"_news/2021-07-0{step - 1}.md")
        corpus.refresh()
    with closing(sqlite3.connect(corpus.index)) as connection:
        (known,) = connection.execute("SELECT value FROM fact WHERE name = ?", (SUM,)).fetchone()
    assert known == str(scan.glance(corpus.root).sum)


def test_a_refresh_may_be_stopped_at_any_point_and_the_next_one_completes_it(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("newsreader.library.indexing.worker_pool.BATCH", 2)
    for number in range(20):
        corpus.put(f"_news/2021-05-{number:02}-x.md", topics=["AI", f"T{number % 3}"], heat=number)
    seen = 0
    for steps in range(1, 6):
        refreshing = corpus.refreshing()
        last = [next(refreshing) for _ in range(steps)][-1]
        refreshing.close()  # type: ignore[attr-defined]
        assert last.done == len(corpus.parsed) or steps == 1
        assert_sound(corpus.index)
        with corpus.reader() as reader:
            assert not reader.is_complete()
        assert seen <= len(corpus.paths())
        seen = len(corpus.paths())
    corpus.refresh()
    fresh = Corpus(tmp_path / "fresh")
    fresh.root = corpus.root
    fresh.refresh()
    assert answers(corpus.index, ["t1"]) == answers(fresh.index, ["t1"])
    with corpus.reader() as reader:
        assert reader.is_complete()


def test_what_was_written_can_be_read_while_the_refresh_goes_on(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsreader.library.indexing.worker_pool.BATCH", 1)
    counted = [len(corpus.paths()) for _ in corpus.refreshing()]
    assert counted == sorted(counted)
    assert counted[0] == 0
    assert counted[-1] == 3
    assert len(set(counted)) == 4


def test_by_default_files_are_read_in_this_process(corpus: Corpus) -> None:
    told = list(refresh(corpus.root, corpus.index))
    assert told[-1].finished
    assert titles(corpus) == ["Alpha", "Beta", "Gamma"]


def test_whatever_reading_raises_stays_with_its_file(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    def choke(*_: object, **__: object) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr("newsreader.corpus.file_reader.read_file", choke)
    [rows] = parse_in_process(corpus.root, [b"a.md", b"b.md"])
    assert [row.defects[0].reason for row in rows] == ["cannot be read: RecursionError: too deep"] * 2


def test_other_options_make_every_file_be_read_again(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "options")
    corpus.put("a.md")
    corpus.put("b.md")
    corpus.refresh()
    last = [list(refresh(corpus.root, corpus.index, options=options))[-1] for options in ("{}", "{}", "")]
    assert last == [
        Progress(2, 2, changed=True, finished=True),
        Progress(0, 0, finished=True),
        Progress(2, 2, changed=True, finished=True),
    ]
    assert sorted(corpus.paths()) == ["a.md", "b.md"]
