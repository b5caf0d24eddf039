"""Checking a corpus whose files kill, or stop, whoever reads them."""

from __future__ import annotations

import os
import signal
from collections.abc import Generator, Iterable
from pathlib import Path

import pytest

from newsreader.library.check import corpus
from newsreader.library.check.corpus import check
from newsreader.library.check.file import FileCheck, check_file, failed
from newsreader.library.indexing.worker_pool import WorkerPool
from tests.builders import a_corpus, a_front_matter

NOW = 1_700_000_000
"""14 November 2023."""

SOUND = a_front_matter()


def _deadly(root: Path, path: bytes) -> FileCheck:
    if b"deadly" in path:
        os.kill(os.getpid(), signal.SIGKILL)
    return check_file(root, path)


def test_a_file_that_kills_its_reader_is_a_finding_and_not_the_end(tmp_path: Path) -> None:
    files = {"_news/2021-06-28-a.md": SOUND, "deadly.md": SOUND, "b.md": "---\nexcerpt: x\n---\n"}
    findings = check(a_corpus(tmp_path, files), now=NOW, read=_deadly, strict=True)
    assert [(finding.path, finding.rule) for finding in findings if finding.severity == "error"] == [
        (b"b.md", "missing-title"),
        (b"deadly.md", "parser-stopped"),
    ]


@pytest.mark.parametrize(
    "front",
    ["a: " + "[" * 100_000, "x: &x [" + "1," * 100 + "]\n" + "y: [" + "*x," * 1_000 + "]", "? " * 5_000],
    ids=["brackets", "aliases", "questions"],
)
def test_hostile_yaml_is_a_finding(tmp_path: Path, front: str) -> None:
    findings = check(
        a_corpus(tmp_path, {"a.md": f"---\ntitle: A\n{front}\n---\n", "b.md": "---\ntitle: B\n---\n"}),
        strict=True,
        now=NOW,
    )
    assert "invalid-yaml" in [finding.rule for finding in findings if finding.path == b"a.md"]
    assert "missing-key" in [finding.rule for finding in findings if finding.path == b"b.md"]


def test_a_worker_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    root = a_corpus(tmp_path, {"a.md": SOUND})
    pool = WorkerPool(root, _endless, failed, 1, timeout=0.2)
    ((found,),) = pool.parse([b"endless"])
    pool.close()
    assert [(defect.rule, defect.reason) for defect in found.defects] == [
        ("parser-stopped", "the parser took too long on this file")
    ]


def _endless(root: Path, path: bytes) -> FileCheck:
    signal.pause()
    raise AssertionError(path)


def test_an_ordinary_check_reads_no_more_than_it_is_asked_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[bytes]] = []

    class Pool(WorkerPool[FileCheck]):
        def parse(self, paths: Iterable[bytes]) -> Generator[list[FileCheck], None, None]:
            asked.append(list(paths))
            return super().parse(asked[-1])

    monkeypatch.setattr(corpus, "WorkerPool", Pool)
    root = a_corpus(tmp_path, {"a.md": SOUND, "b.md": SOUND})
    assert check(root, now=NOW, only=b"b.md".__eq__) == []
    assert asked == [[b"b.md"]]
