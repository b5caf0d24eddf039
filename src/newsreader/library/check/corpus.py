"""Checking a whole corpus: what each file tells by itself, and what only shows beside the others.

The files are read anew, not the index: a check tells of what is there, on a machine that never indexed it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

from newsreader.corpus.scan import display_path, scan
from newsreader.domain.checks.problem import Defect
from newsreader.domain.checks.rules import Finding
from newsreader.domain.corpus_options import CorpusOptions
from newsreader.domain.dates import DAY, EPOCH_DAY
from newsreader.domain.sanitize import clean_line
from newsreader.domain.topics import TopicTree
from newsreader.library.check.file import CheckedReference, FileCheck, examine, failed, read_defects
from newsreader.library.indexing.worker_pool import WorkerPool
from newsreader.library.queries.story import is_item, item_path

Read = Callable[[Path, bytes], FileCheck]


class _Owner(NamedTuple):
    """The first of the records that have something, and whether there are others."""

    path: bytes
    has_others: bool


def check(
    root: Path,
    *,
    strict: bool = False,
    now: int,
    only: Callable[[bytes], bool] | None = None,
    read: Read | None = None,
    options: CorpusOptions | None = None,
    on_progress: Callable[[int, int], object] = lambda _done, _total: None,
) -> list[Finding]:
    """Everything that is wrong with a corpus, in the order of paths and lines.

    Args:
        root: Of the corpus.
        strict: Whether to tell of what could be read and still looks wrong.
        now: In seconds since 1970 UTC; what lies more than a day behind it is in the future.
        only: Which paths are asked about; None for all. The other files still count as what is there.
        options: What the settings say about the corpus.
        read: What to do with a file; for tests of files that kill their reader.
        on_progress: Is told how many files were read, and of how many, now and then.

    Raises:
        OSError: the corpus itself cannot be read.

    """
    found = scan(root)
    paths = sorted(path for path in found.files if strict or only is None or only(path))
    examined: dict[bytes, FileCheck] = {}
    with closing(WorkerPool(root, read or _reader(options, strict=strict), failed)) as pool:
        for batch in pool.parse(paths):
            examined.update((one.path, one) for one in batch)
            on_progress(len(examined), len(paths))
    files = [examined[path] for path in paths]
    findings = [
        _finding(one.path, defect) for one in files for defect in one.defects if not _is_common(one, defect)
    ]
    findings += _common(files)
    for folder, reason in found.unreadable.items():
        findings.append(Finding(folder + b"/", 0, "unreadable", f"the folder cannot be read: {reason}"))
    if strict:
        for compare in (_future_dates, _duplicates, _unresolved, _unresolved_items, _topics):
            findings += compare(files, now)
    asked = (finding for finding in findings if only is None or only(finding.path))
    return sorted(asked, key=lambda finding: (finding.path, finding.line))


def _reader(options: CorpusOptions | None, *, strict: bool) -> Read:
    read = examine if strict else read_defects
    return partial(read, options=options) if options else read


def _is_common(one: FileCheck, defect: Defect) -> bool:
    return one.is_mapped and defect.rule == "missing-key"


def _common(files: Sequence[FileCheck]) -> Iterator[Finding]:
    """What other programs' records lack, told once for all of them."""
    first: dict[str, Finding] = {}
    count: Counter[str] = Counter()
    for one in files:
        for defect in one.defects:
            if _is_common(one, defect):
                first.setdefault(defect.reason, _finding(one.path, defect))
                count[defect.reason] += 1
    for reason, finding in first.items():
        others = count[reason] - 1
        yield finding._replace(reason=f"{reason} (so in {others:,} more records)") if others else finding


def _finding(path: bytes, defect: Defect) -> Finding:
    return Finding(path, defect.line, defect.rule, clean_line(defect.reason))


def _shown(path: bytes) -> str:
    return clean_line(display_path(path))


def _future_dates(files: Sequence[FileCheck], now: int) -> Iterator[Finding]:
    for one in files:
        if one.is_record and one.seconds is not None and one.seconds > now + DAY:
            day = date.fromordinal(one.seconds // DAY + EPOCH_DAY)
            reason = f"published on {day}, which has not come yet: correct publishedDateTime"
            yield Finding(one.path, one.date_line, "future-date", reason)


def _duplicates(files: Sequence[FileCheck], _now: int) -> Iterator[Finding]:
    """Of the records at one page all but the first are told, once each."""
    first: dict[int, tuple[bytes, int]] = {}
    for one in files:
        for page in one.pages:
            path, line = first.get(page.key, (one.path, 0))
            if path != one.path:
                reason = f"the same page as {_shown(path)}:{line}: remove one of the records"
                yield Finding(one.path, page.line, "duplicate-url", reason)
                break
        for page in one.pages:
            first.setdefault(page.key, (one.path, page.line))


def _unresolved(files: Sequence[FileCheck], _now: int) -> Iterator[Finding]:
    at, titled = _Owners(), _Owners()
    for one in files:
        if one.is_record:
            at.add(one.path, one.addresses)
            titled.add(one.path, () if one.title_key is None else (one.title_key,))
    for one in files:
        for wish in one.related:
            if not _is_there(wish, one.path, at, titled):
                reason = f"related “{wish.words}” is not in this corpus: add the record or remove the entry"
                yield Finding(one.path, wish.line, "related-unresolved", reason)


def _is_there(wish: CheckedReference, besides: bytes, at: _Owners, titled: _Owners) -> bool:
    if any(at.has(key, besides) for key in wish.keys):
        return True
    return wish.title_key is not None and titled.has(wish.title_key, besides)


class _Owners:
    """Which records have an address or title."""

    def __init__(self) -> None:
        self._by_key: dict[int, _Owner] = {}

    def add(self, path: bytes, keys: Sequence[int]) -> None:
        for key in keys:
            owner = self._by_key.get(key)
            self._by_key[key] = owner._replace(has_others=True) if owner else _Owner(path, has_others=False)

    def has(self, key: int, besides: bytes) -> bool:
        """Whether another record than one has it."""
        owner = self._by_key.get(key)
        return owner is not None and (owner.has_others or owner.path != besides)


def _unresolved_items(files: Sequence[FileCheck], _now: int) -> Iterator[Finding]:
    by_stem: dict[str, list[str]] = defaultdict(list)
    for one in files:
        if one.is_record:
            path = item_path(display_path(one.path))
            by_stem[path.rpartition("/")[2]].append(path)
    for one in files:
        for item in one.items:
            wanted = item_path(item.name)
            if not any(is_item(path, wanted) for path in by_stem[wanted.rpartition("/")[2]]):
                reason = f"item {item.name} is not in this corpus: add the record or remove it"
                yield Finding(one.path, item.line, "item-unresolved", clean_line(reason))


def _topics(files: Sequence[FileCheck], _now: int) -> Iterator[Finding]:
    described = [one for one in files if one.topic is not None]
    if not described:
        return
    tree = TopicTree([one.topic for one in described if one.topic is not None])
    first: dict[str, bytes] = {}
    for one in files:
        if one.topic is not None:
            name, parent = one.topic.name, one.topic.parent
            before = first.setdefault(name.casefold(), one.path)
            if before != one.path:
                reason = f"the topic “{name}” has a file already, {_shown(before)}: remove one of them"
                yield Finding(one.path, 1, "duplicate-topic", reason)
            elif parent and parent not in tree:
                reason = f"the parent “{parent}” is no topic: write the name of one"
                yield Finding(one.path, one.parent_line, "topic-parent-unknown", reason)
            elif parent and len(tree.lineage(name)) == 1:
                reason = f"the topics above “{name}” lead in a ring: write another parent"
                yield Finding(one.path, one.parent_line, "topic-parent-unknown", reason)
        for topic in one.topics:
            if topic.name not in tree:
                reason = f"the topic “{topic.name}” has no file: add one or correct the name"
                yield Finding(one.path, topic.line, "topic-without-file", reason)
