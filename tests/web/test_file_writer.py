"""What is written into a corpus, and what is never touched there."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from newsreader.corpus.scan import scan
from newsreader.web.sources.incoming_record import (
    IncomingRecord,
    InvalidRecordError,
    checked_path,
    document_of,
)
from newsreader.web.sources.plan import SourceKind, SyncSource
from newsreader.web.sync.file_writer import CorpusWriteError, CorpusWriter
from newsreader.web.sync.report import RecordOutcome, WriteResult
from newsreader.web.sync.state import SyncState
from tests.web.sites import files, read

PATH = "_news/2024-04-11-who-won.md"
PAGE = "https://news.example/won"


def a_record(
    title: str = "Who won", *, path: str = PATH, key: str = "1", page: str = PAGE, given: bool = False
) -> IncomingRecord:
    values = {"category": "news", "title": title, "webUrl": page or None}
    return IncomingRecord(path, document_of(values, "", path), key, page, is_path_given=given)


class Corpus:
    """A corpus that is synced, with a state that is kept between runs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.root = folder / "corpus"
        self.root.mkdir()

    def sync(
        self,
        *records: IncomingRecord,
        owner: str = "ai",
        declared: Sequence[str] = ("ai", "other"),
        forget: bool = False,
        **more: bool,
    ) -> list[WriteResult]:
        state = SyncState(self.folder / ("nothing" if forget else "state"), self.root)
        results = list(CorpusWriter(self.root, state, declared=declared, **more).write(records, owner))
        if not more.get("dry_run"):
            state.save()
        return results

    def outcomes(self, *records: IncomingRecord, **more: object) -> list[RecordOutcome]:
        return [result.outcome for result in self.sync(*records, **more)]  # type: ignore[arg-type]

    def write(self, path: str, text: str) -> None:
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, encoding="utf-8")

    @property
    def names(self) -> list[str]:
        return list(files(self.folder))


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return Corpus(tmp_path)


def test_a_new_record_is_written_once(corpus: Corpus) -> None:
    assert corpus.outcomes(a_record()) == [RecordOutcome.NEW]
    assert corpus.outcomes(a_record()) == [RecordOutcome.SAME]
    assert corpus.names == [PATH]
    record = read(corpus.folder, PATH).record
    assert record is not None
    assert (record.title, record.web_url) == ("Who won", PAGE)


def test_a_changed_record_replaces_its_file(corpus: Corpus) -> None:
    corpus.sync(a_record())
    assert corpus.outcomes(a_record("They won")) == [RecordOutcome.CHANGED]
    record = read(corpus.folder, PATH).record
    assert record is not None
    assert record.title == "They won"


def test_an_edited_file_stays_and_the_new_version_is_written_next_to_it(
    corpus: Corpus,
) -> None:
    corpus.sync(a_record())
    corpus.write(PATH, "---\ntitle: Mine\n---\n")
    (result,) = corpus.sync(a_record("They won"))
    assert result.outcome is RecordOutcome.CONFLICT
    assert f"{PATH}.new" in result.message
    assert (corpus.root / PATH).read_text() == "---\ntitle: Mine\n---\n"
    assert "They won" in (corpus.root / f"{PATH}.new").read_text()
    assert [os.fsdecode(path) for path in scan(corpus.root).files] == [PATH]
    assert corpus.outcomes(a_record("They won")) == [RecordOutcome.SAME]
    assert corpus.outcomes(a_record("Nobody won")) == [RecordOutcome.CONFLICT]
    assert "Nobody won" in (corpus.root / f"{PATH}.new").read_text()


def test_a_new_version_that_the_user_adopted_is_updated_again(corpus: Corpus) -> None:
    corpus.sync(a_record())
    corpus.write(PATH, "mine")
    corpus.sync(a_record("They won"))
    (corpus.root / f"{PATH}.new").replace(corpus.root / PATH)
    assert corpus.outcomes(a_record("Nobody won")) == [RecordOutcome.CHANGED]


def test_an_edited_new_version_is_not_replaced_either(corpus: Corpus) -> None:
    corpus.sync(a_record())
    corpus.write(PATH, "mine")
    corpus.write(f"{PATH}.new", "mine, too")
    (result,) = corpus.sync(a_record("They won"))
    assert result.outcome is RecordOutcome.CONFLICT
    assert "both stay" in result.message
    assert (corpus.root / f"{PATH}.new").read_text() == "mine, too"


def test_a_deleted_file_is_not_restored_unless_requested(corpus: Corpus) -> None:
    corpus.sync(a_record())
    (corpus.root / PATH).unlink()
    assert corpus.outcomes(a_record()) == [RecordOutcome.DELETED]
    assert corpus.outcomes(a_record("They won")) == [RecordOutcome.DELETED]
    assert corpus.names == []
    assert corpus.outcomes(a_record("They won"), restore=True) == [RecordOutcome.NEW]
    assert corpus.names == [PATH]


def test_a_foreign_file_at_a_given_path_is_not_replaced(corpus: Corpus) -> None:
    corpus.write(PATH, "---\ntitle: Mine\n---\n")
    assert corpus.outcomes(a_record(given=True)) == [RecordOutcome.CONFLICT]
    assert (corpus.root / PATH).read_text() == "---\ntitle: Mine\n---\n"


def test_a_file_that_includes_all_values_is_that_record(corpus: Corpus) -> None:
    text = f"---\ncategory: news\ntitle: Who won\nwebUrl: {PAGE}\nquality: 5\n---\nbody\n"
    corpus.write(PATH, text)
    assert corpus.outcomes(a_record(given=True)) == [RecordOutcome.SAME]
    assert corpus.outcomes(a_record("They won", given=True)) == [RecordOutcome.CONFLICT]
    assert (corpus.root / PATH).read_text() == text


def test_namesakes_get_numbers(corpus: Corpus) -> None:
    records = [a_record(key=str(number), page=f"https://news.example/{number}") for number in range(3)]
    assert corpus.outcomes(*records) == [RecordOutcome.NEW] * 3
    assert corpus.outcomes(*reversed(records)) == [RecordOutcome.SAME] * 3
    stem = PATH.removesuffix(".md")
    assert corpus.names == [f"{stem}-2.md", f"{stem}-3.md", PATH]


def test_several_entries_about_one_page_are_several_records(corpus: Corpus) -> None:
    first, second = a_record("One", key="1"), a_record("Two", key="2", path="_news/two.md")
    assert corpus.outcomes(first, second) == [RecordOutcome.NEW, RecordOutcome.NEW]
    newest = a_record("Three", key="3", path="_news/three.md")
    assert corpus.outcomes(newest, first, second) == [
        RecordOutcome.NEW,
        RecordOutcome.SAME,
        RecordOutcome.SAME,
    ]


def test_a_record_of_two_sources_belongs_to_the_first(corpus: Corpus) -> None:
    corpus.sync(a_record())
    assert corpus.outcomes(a_record("Another headline", key="2", path="_news/b.md"), owner="other") == [
        RecordOutcome.SAME
    ]
    assert corpus.names == [PATH]


def test_records_of_a_removed_source_are_taken_over(corpus: Corpus) -> None:
    corpus.sync(a_record())
    change = a_record("Another headline", key="2", path="_news/b.md")
    assert corpus.outcomes(change, owner="other", declared=["other"]) == [RecordOutcome.CHANGED]
    assert corpus.names == [PATH]


def test_a_moved_feed_recognises_its_records(corpus: Corpus) -> None:
    corpus.sync(a_record(key="https://old.example/ 1"))
    assert corpus.outcomes(a_record(key="https://new.example/ 1")) == [RecordOutcome.SAME]


def test_files_are_recognised_without_a_state(corpus: Corpus) -> None:
    twin = a_record(key="2", page="https://news.example/2")
    corpus.sync(a_record(), twin)
    before = files(corpus.folder)
    assert corpus.outcomes(a_record(), twin, forget=True) == [RecordOutcome.SAME, RecordOutcome.SAME]
    assert files(corpus.folder) == before


@pytest.mark.parametrize(
    "damage", [b"", b"[]", b"\xff", b'{"version": 1, "files": {"a": 1}, "sources": 3}', b"[" * 100_000]
)
def test_a_damaged_state_is_reset_and_no_file_is_replaced(corpus: Corpus, damage: bytes) -> None:
    corpus.sync(a_record())
    corpus.write("_news/other.md", "mine")
    (memory,) = (corpus.folder / "state").glob("*.json")
    memory.write_bytes(damage)
    assert corpus.outcomes(
        a_record(), a_record("B", key="2", page="", path="_news/other.md", given=True)
    ) == [
        RecordOutcome.SAME,
        RecordOutcome.CONFLICT,
    ]
    assert (corpus.root / "_news/other.md").read_text() == "mine"


def test_a_dry_run_writes_nothing(corpus: Corpus) -> None:
    twin = a_record(key="2", page="https://news.example/2")
    assert corpus.outcomes(a_record(), twin, dry_run=True) == [RecordOutcome.NEW, RecordOutcome.NEW]
    assert corpus.names == []


def test_nothing_is_written_through_a_link_out_of_the_corpus(corpus: Corpus) -> None:
    outside = corpus.folder / "outside"
    outside.mkdir()
    (corpus.root / "_news").symlink_to(outside)
    (result,) = corpus.sync(a_record())
    assert result.outcome is RecordOutcome.REFUSED
    assert "link leads out" in result.message
    assert list(outside.iterdir()) == []


def test_a_symlink_in_place_of_a_file_is_kept(corpus: Corpus) -> None:
    target = corpus.folder / "target.md"
    target.write_text("mine")
    (corpus.root / "_news").mkdir()
    (corpus.root / PATH).symlink_to(target)
    assert corpus.outcomes(a_record()) == [RecordOutcome.REFUSED]
    assert target.read_text() == "mine"
    (corpus.root / PATH).unlink()
    corpus.sync(a_record())
    (corpus.root / PATH).unlink()
    (corpus.root / PATH).symlink_to(target)
    assert corpus.outcomes(a_record("They won")) == [RecordOutcome.REFUSED]
    assert target.read_text() == "mine"


def test_a_folder_in_place_of_a_file_is_reported(corpus: Corpus) -> None:
    (corpus.root / PATH).mkdir(parents=True)
    assert corpus.outcomes(a_record()) == [RecordOutcome.REFUSED]


def test_a_read_only_corpus_raises_with_a_message(corpus: Corpus) -> None:
    corpus.write("_news", "a file where a folder is needed")
    with pytest.raises(CorpusWriteError, match="cannot be written"):
        corpus.sync(a_record())


def test_only_temporary_files_of_a_killed_run_are_deleted(corpus: Corpus) -> None:
    corpus.write("_news/.newsreader-abc_1234", "half")
    corpus.write("_news/.newsreader-mine.md", "mine")
    state = SyncState(corpus.folder / "state", corpus.root)
    CorpusWriter(corpus.root, state, declared=()).sweep([SyncSource("ai", SourceKind.FEED, "")])
    assert corpus.names == ["_news/.newsreader-mine.md"]


@pytest.mark.parametrize(
    "path",
    [
        None, 7, "", "a.md", "news/a.md", "_news/../a.md", "_news/../../a.md", "/_news/a.md", "_news//a.md",
        "_news/.a.md", "_news/.git/a.md", "_news/a.txt", "_news/a.md/", "_news/a", "__/a\x1b.md",
        "_news\\a.md", "_news/c:a.md", "_/a.md", "_news/a.md\n", "_news/" + "a" * 300 + ".md",
        "_a/b/c/d/e/f/g/h/i.md", "_news/ .md", "_news/x./a.md", "C:/_news/a.md",
    ],
)  # fmt: skip
def test_unsafe_paths_are_refused(path: object) -> None:
    with pytest.raises(InvalidRecordError):
        checked_path(path)


@pytest.mark.parametrize(
    "path", ["_news/a.md", "_archive/_news/2024-04-11-ä-한글.md", "_learning/videos/a.md"]
)
def test_paths_of_real_sites_are_accepted(path: str) -> None:
    assert checked_path(path) == path
