"""Checking a corpus: broken records are named with the right line.

The files are read in this process; `test_checking_processes.py` has what takes others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import pytest

from newsreader.domain.checks.problem import Defect
from newsreader.domain.checks.rules import RULES, Finding
from newsreader.library.check import corpus
from newsreader.library.check.corpus import Read, check
from newsreader.library.check.file import FileCheck
from tests.builders import a_corpus, a_front_matter
from tests.real_records import real_records

NOW = 1_700_000_000
"""14 November 2023."""


class Here:
    """Reads files as a pool of workers does."""

    def __init__(self, root: Path, read: Read, failed: Callable[[bytes, Defect], FileCheck]) -> None:
        self._root = root
        self._read = read
        self.failed = failed

    def parse(self, paths: Iterable[bytes]) -> Iterator[list[FileCheck]]:
        yield [self._read(self._root, path) for path in paths]

    def close(self) -> None:
        pass


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpus, "WorkerPool", Here)


SOUND = a_front_matter()
TOPICS = {"_data/topics/00-ai.yaml": "taxonomy: topic\nname: AI\n"}


def found(root: Path, *, strict: bool = True) -> list[tuple[str, int, str]]:
    return [
        (finding.path.decode(), finding.line, finding.rule) for finding in check(root, strict=strict, now=NOW)
    ]


def told(tmp_path: Path, files: Mapping[str, str | bytes], *, strict: bool = True) -> list[Finding]:
    return check(a_corpus(tmp_path, files), strict=strict, now=NOW)


def the_rule(tmp_path: Path, files: Mapping[str, str | bytes]) -> tuple[str, int, str]:
    """Path, line and rule of the only finding."""
    ((path, line, rule, _),) = told(tmp_path, files)
    return path.decode(), line, rule


def test_a_sound_corpus_has_no_findings(tmp_path: Path) -> None:
    files = {"_news/2021-06-28-a.md": SOUND, "README.md": "# No record", **TOPICS}
    assert found(a_corpus(tmp_path, files)) == []


# What could not be read.


BROKEN: dict[str, str | bytes] = {
    "_news/bytes.md": b"---\ntitle: A\nexcerpt: \xff\n---\n",
    "_news/date.md": "---\ntitle: A\nexcerpt: B\npublishedDateTime: 2021-02-30\n---\n",
    "_news/no-title.md": "\n\n---\nexcerpt: A\n---\n",
    "_news/number.md": "---\ntitle: A\n\nquality: many\nheat: [1]\n---\n",
    "_news/open.md": "---\ntitle: A\nexcerpt: B\n",
    "_news/quote.md": '---\ntitle: A\nexcerpt: "never closed\nquality: 1\n---\n',
    "_news/sound.md": "---\ntitle: A\n---\n",
    "_news/tab.md": "---\ntitle: A\nprovider:\n\tname: B\n---\n",
    "_data/topics/01-a.yaml": "taxonomy: topic\nname: [\n",
    "_data/topics/02-b.yaml": "taxonomy: topic\nparent: A\n",
}


def test_each_broken_file_is_named_with_its_line(tmp_path: Path) -> None:
    assert found(a_corpus(tmp_path, BROKEN), strict=False) == [
        ("_data/topics/01-a.yaml", 3, "invalid-yaml"),
        ("_data/topics/02-b.yaml", 1, "missing-title"),
        ("_news/bytes.md", 3, "not-utf8"),
        ("_news/date.md", 4, "wrong-value"),
        ("_news/no-title.md", 3, "missing-title"),
        ("_news/number.md", 4, "wrong-value"),
        ("_news/number.md", 5, "wrong-value"),
        ("_news/open.md", 1, "unclosed-front-matter"),
        ("_news/quote.md", 3, "invalid-yaml"),
        ("_news/tab.md", 4, "invalid-yaml"),
    ]


def test_what_a_strict_check_tells_an_ordinary_one_told_too(tmp_path: Path) -> None:
    root = a_corpus(tmp_path, BROKEN)
    assert set(found(root, strict=False)) <= set(found(root))


def test_every_finding_has_a_rule_and_a_reason_of_one_line(tmp_path: Path) -> None:
    for finding in told(tmp_path, BROKEN):
        assert finding.rule in RULES
        assert finding.reason
        assert finding.reason.isprintable()


def test_a_file_that_is_too_large_and_a_folder_that_is_closed_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsreader.library.check.corpus.scan", _with_a_closed_folder)
    root = a_corpus(tmp_path, {"a.md": b"---\n" + b"#" * (16 * 2**20)})
    assert found(root) == [("a.md", 0, "too-large"), ("closed/", 0, "unreadable")]


def _with_a_closed_folder(root: Path) -> object:
    from newsreader.corpus.scan import scan

    return scan(root)._replace(unreadable={b"closed": "Permission denied"})


def test_a_corpus_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        check(tmp_path / "nowhere", now=NOW)


# One file by itself.


def test_a_key_that_could_not_be_read_is_not_missing(tmp_path: Path) -> None:
    wrong = SOUND.replace("2021-06-28T07:12:00Z", "soon")
    assert the_rule(tmp_path, {"a.md": wrong}) == ("a.md", 5, "wrong-value")


def test_in_broken_yaml_nothing_is_missing(tmp_path: Path) -> None:
    broken = "---\ntitle: A\nexcerpt: 'never closed\n---\n"
    assert the_rule(tmp_path, {"a.md": broken}) == ("a.md", 3, "invalid-yaml")


def test_a_misspelled_key_is_told_and_one_of_another_world_is_not(tmp_path: Path) -> None:
    text = SOUND.replace("---\n", "---\nlayout: post\nampWebURL: https://who.int/amp\n", 1)
    ((path, line, rule, reason),) = told(tmp_path, {"a.md": text})
    assert (path, line, rule) == (b"a.md", 3, "misspelled-key")
    assert reason == "ampWebURL is no known key: is ampWebUrl meant?"


def test_a_key_that_stands_again_is_told_also_in_a_topic_file(tmp_path: Path) -> None:
    files = {
        "a.md": SOUND.replace("topics:", "excerpt: Again\ntopics:"),
        "_data/topics/00-ai.yaml": "taxonomy: topic\nname: A\nname: AI\n",
    }
    assert found(a_corpus(tmp_path, files)) == [
        ("_data/topics/00-ai.yaml", 3, "repeated-key"),
        ("a.md", 15, "repeated-key"),
    ]


def test_a_finding_in_a_related_entry_has_the_line_of_its_key(tmp_path: Path) -> None:
    related = (
        "related:\n- just words\n- title: B\n  provider: {name: B}\n  webUrl: nowhere\n"
        "- title: C\n  cdnAmpWebUrl: https://cache.example/c\n  webUrl: https://who.int/news/first-report\n"
    )
    text = SOUND.replace("topics:", f"{related}topics:")
    assert found(a_corpus(tmp_path, {"a.md": text})) == [
        ("a.md", 17, "related-unresolved"),
        ("a.md", 19, "unusable-url"),
        ("a.md", 20, "related-self"),
        ("a.md", 21, "amp-cache-rule"),
    ]


def test_a_single_related_entry_that_is_no_list_is_looked_at(tmp_path: Path) -> None:
    text = SOUND.replace("topics:", "related:\n  title: B\n  webUrl: nowhere\ntopics:")
    assert found(a_corpus(tmp_path, {"a.md": text})) == [
        ("a.md", 15, "related-unresolved"),
        ("a.md", 17, "unusable-url"),
    ]


def test_a_day_that_has_not_come_yet_is_told(tmp_path: Path) -> None:
    files = {
        "soon.md": a_front_matter(publishedDateTime="2023-11-15T10:00:00Z", webUrl="https://a.example/1"),
        "late.md": a_front_matter(
            publishedDateTime="2023-11-16T10:00:00Z",
            webUrl="https://a.example/2",
            originalUrl=None,
        ),
    }
    ((path, line, rule, reason),) = told(tmp_path, files)
    assert (path, line, rule) == (b"late.md", 5, "future-date")
    assert reason == "published on 2023-11-16, which has not come yet: correct publishedDateTime"


# Beside the others.


def test_two_records_at_one_page_are_told_once(tmp_path: Path) -> None:
    files = {
        "a.md": SOUND,
        "b.md": a_front_matter(
            webUrl="http://www.who.int/news/first-report/?utm_source=x",
            originalUrl="https://who.int/news/first-report#top",
        ),
        "c.md": a_front_matter(webUrl="https://who.int/", originalUrl="https://who.int/"),
        "d.md": a_front_matter(webUrl="https://who.int", originalUrl="https://who.int"),
    }
    ((path, line, rule, reason),) = told(tmp_path, files)
    assert (path, line, rule) == (b"b.md", 7, "duplicate-url")
    assert reason == "the same page as a.md:7: remove one of the records"


def test_a_record_that_was_taken_down_is_no_duplicate_and_answers_nothing(tmp_path: Path) -> None:
    related = [{"title": "Gone", "webUrl": "https://gone.example/x"}]
    files = {
        "a.md": SOUND,
        "b.md": a_front_matter(removed=True),
        "c.md": a_front_matter(removed=True, title="Gone", webUrl="https://gone.example/x"),
        "d.md": a_front_matter(
            webUrl="https://d.example/d", originalUrl="https://d.example/d", related=related
        ),
    }
    assert the_rule(tmp_path, files) == ("d.md", 18, "related-unresolved")


def test_related_entries_are_found_by_any_address_and_by_title_provider_and_day(tmp_path: Path) -> None:
    provider = {"name": "World Health Organization", "domain": "who.int"}
    entries: list[dict[str, object]] = [
        {"title": "by address", "webUrl": "http://who.int/news/first-report/"},
        {"title": "by AMP", "webUrl": "https://x.example/1", "ampWebUrl": "https://who.int/amp/first"},
        {
            "title": "WHO issues first global report",
            "webUrl": "https://moved.example/1",
            "publishedDateTime": "2021-06-28T10:00:00Z",
            "provider": provider,
        },
        {"title": "nowhere", "webUrl": "https://x.example/2"},
        {"title": "???"},
    ]
    page = "https://other.example/b"
    files = {
        "a.md": a_front_matter(ampWebUrl="https://who.int/amp/first"),
        "b.md": a_front_matter(title="Other", webUrl=page, originalUrl=page, related=entries),
    }
    reasons = [finding.reason for finding in told(tmp_path, files)]
    assert reasons == [
        "related “nowhere” is not in this corpus: add the record or remove the entry",
        "related “???” is not in this corpus: add the record or remove the entry",
    ]


def test_a_record_is_no_answer_to_what_it_lists_itself(tmp_path: Path) -> None:
    """By title and day it would be found; two of the same title answer each other."""
    provider = {"name": "World Health Organization", "domain": "who.int"}
    entry = {
        "title": "WHO issues first global report",
        "webUrl": "https://x.example/1",
        "publishedDateTime": "2021-06-28",
        "provider": provider,
    }
    alone = {"a.md": a_front_matter(related=[entry])}
    assert the_rule(tmp_path / "alone", alone) == ("a.md", 18, "related-unresolved")
    page = "https://x.example/2"
    both = {**alone, "b.md": a_front_matter(webUrl=page, originalUrl=page)}
    assert told(tmp_path / "both", both) == []


def test_an_item_of_a_collection_is_found_by_the_end_of_its_path(tmp_path: Path) -> None:
    items = ["videos/a", "/_learning/videos/a.md", "courses/a", "videos/../a"]
    collection = a_front_matter(
        type="collection", webUrl=None, originalUrl=None, publishedDateTime=None, items=items
    )
    files = {"_learning/collections/all.md": collection, "_learning/videos/a.md": SOUND}
    assert [(finding.line, finding.rule) for finding in told(tmp_path, files)] == [
        (17, "item-unresolved"),
        (18, "item-unresolved"),
    ]


def test_topics_without_a_file_are_told_where_there_are_topic_files(tmp_path: Path) -> None:
    text = SOUND.replace("topics:\n- AI\n", "topics:\n- ai\n- Robots\n- 7\n")
    assert told(tmp_path / "none", {"a.md": text}) == []
    findings = told(tmp_path / "some", {"a.md": text, **TOPICS})
    assert [(finding.line, finding.reason) for finding in findings] == [
        (17, "the topic “Robots” has no file: add one or correct the name"),
        (18, "the topic “7” has no file: add one or correct the name"),
    ]


def test_a_single_topic_that_is_no_list_has_the_line_of_its_key(tmp_path: Path) -> None:
    text = SOUND.replace("topics:\n- AI\n", "topics: Robots\n")
    assert the_rule(tmp_path, {"a.md": text, **TOPICS}) == ("a.md", 15, "topic-without-file")


def test_topics_without_a_proper_parent_and_doubled_ones_are_told(tmp_path: Path) -> None:
    files = {
        "topics/1.yaml": "name: AI\n",
        "topics/2.yaml": "name: Robots\nparent: Machines\n",
        "topics/3.yaml": "parent: B\nname: A\n",
        "topics/4.yaml": "name: B\nparent: A\n",
        "topics/5.yaml": "name: ai\n",
        "topics/6.yaml": "name: Vision\nparent: AI\n",
    }
    findings = told(tmp_path, files)
    assert [(finding.path.decode(), finding.line, finding.rule) for finding in findings] == [
        ("topics/2.yaml", 2, "topic-parent-unknown"),
        ("topics/3.yaml", 1, "topic-parent-unknown"),
        ("topics/4.yaml", 2, "topic-parent-unknown"),
        ("topics/5.yaml", 1, "duplicate-topic"),
    ]
    assert "ring" in findings[1].reason


# A part of the corpus.


def test_only_some_files_may_be_asked_about_and_the_others_still_count(tmp_path: Path) -> None:
    root = a_corpus(tmp_path, {"a.md": SOUND, "b.md": SOUND, "c.md": "---\nexcerpt: x\n---\n"})
    some = check(root, strict=True, now=NOW, only=b"b.md".__eq__)
    assert [(finding.path, finding.rule) for finding in some] == [(b"b.md", "duplicate-url")]


# Real records.


def test_a_real_site_is_checked_without_an_end() -> None:
    """Its findings, looked at by hand: the collections name videos that are not among these records."""
    root = real_records() / "site"
    findings = check(root, strict=True, now=NOW)
    assert all(finding.severity == "warning" for finding in findings)
    items = [finding for finding in findings if finding.rule == "item-unresolved"]
    for finding in items:
        line = (root / finding.path.decode()).read_text(encoding="utf-8").splitlines()[finding.line - 1]
        assert finding.reason.split()[1] in line
    shared = [finding for finding in findings if finding.rule == "duplicate-url"]
    for finding in shared:
        first, _, line_number = finding.reason.removeprefix("the same page as ").partition(":")
        here = (root / finding.path.decode()).read_text(encoding="utf-8").splitlines()[finding.line - 1]
        there = (root / first).read_text(encoding="utf-8").splitlines()[int(line_number.split(":")[0]) - 1]
        assert here.partition(": ")[2] == there.partition(": ")[2]
    assert items
    assert shared


def test_another_programs_record_is_reported_for_a_missing_date_alone(tmp_path: Path) -> None:
    undated = "---\nlayout: post\ntitle: Hello\nauthor: Ann\n---\nText\n"
    dated = (
        "---\nlayout: post\ntitle: Other\ndate: 2021-06-01\nlink: https://x.example/?a=1&amp;b=2\n---\nText\n"
    )
    assert [
        (finding.path, finding.rule)
        for finding in told(tmp_path, {"notes/hello.md": undated, "notes/other.md": dated})
    ] == [(b"notes/hello.md", "missing-key")]


def test_findings_of_one_rule_in_one_file_are_bounded_and_counted(
    tmp_path: Path,
) -> None:
    def with_repeated_keys(path: bytes, repeated: int) -> FileCheck:
        defects = [Defect(line, "stands again", "repeated-key") for line in range(1, repeated + 1)]
        return FileCheck(path, (*defects, Defect(3, "is missing", "missing-key")))

    counts = {b"_news/a.md": 1_250, b"_news/b.md": corpus.MAX_FINDINGS, b"_news/c.md": 101}
    root = a_corpus(tmp_path, {path.decode(): "" for path in counts})
    findings = check(root, now=NOW, read=lambda _, path: with_repeated_keys(path, counts[path]))
    listed = {path: [one for one in findings if one.path == path] for path in counts}
    repeated = {
        path: [(one.line, one.reason) for one in found if one.rule == "repeated-key"]
        for path, found in listed.items()
    }
    assert [len(found) for found in repeated.values()] == [101, 100, 101]
    assert repeated[b"_news/a.md"][-1] == (101, "… and 1,150 more in this file")
    assert repeated[b"_news/b.md"][-1] == (100, "stands again")
    assert repeated[b"_news/c.md"][-1] == (101, "… and 1 more in this file")
    assert all([one.line for one in found if one.rule == "missing-key"] == [3] for found in listed.values())
