"""Check a whole corpus: each file by itself, and all of them against each other.

The check reads the files, not the index, so it works without one.
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
from newsreader.library.check.file import CheckedReference, FileCheck, check_file, failed, read_defects
from newsreader.library.indexing.worker_pool import WorkerPool
from newsreader.library.queries.story import is_item, item_path

Read = Callable[[Path, bytes], FileCheck]

MAX_FINDINGS = 100
"""Most findings of one rule in one file that are listed; the others are counted.

A real record has up to 24, each on a line to correct; a hostile one has 200,000 and fills disks.
"""


class _Owner(NamedTuple):
    """The first record with a key, and whether there are others."""

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
    """Return the findings of a corpus, by path and line; those of one rule in one file up to `MAX_FINDINGS`.

    Args:
        root: Of the corpus.
        strict: Whether to report readable files that look wrong, too.
        now: In seconds since 1970 UTC; dates more than a day later are in the future.
        only: Which paths to report; None for all. Other files still count as existing.
        options: The settings of the corpus.
        read: Reads a file; for tests of files that crash the worker.
        on_progress: Called with the number of files that were read, and of all files.

    Raises:
        OSError: the corpus itself cannot be read.

    """
    found = scan(root)
    paths = sorted(path for path in found.files if strict or only is None or only(path))
    checked: dict[bytes, FileCheck] = {}
    with closing(WorkerPool(root, read or _reader(options, strict=strict), failed)) as pool:
        for batch in pool.parse(paths):
            checked.update((one.path, one) for one in batch)
            on_progress(len(checked), len(paths))
    files = [checked[path] for path in paths]
    findings = [
        _finding(one.path, defect) for one in files for defect in one.defects if not _is_common(one, defect)
    ]
    findings += _common(files)
    for folder, reason in found.unreadable.items():
        findings.append(Finding(folder + b"/", 0, "unreadable", f"the folder cannot be read: {reason}"))
    if strict:
        for compare in (_future_dates, _duplicates, _unresolved, _unresolved_items, _topics):
            findings += compare(files, now)
    selected = (finding for finding in findings if only is None or only(finding.path))
    return _bounded(sorted(selected, key=lambda finding: (finding.path, finding.line)))


def _bounded(findings: Sequence[Finding]) -> list[Finding]:
    """Replace what exceeds `MAX_FINDINGS` of a rule in a file by one finding that counts it."""
    seen: Counter[tuple[bytes, str]] = Counter()
    listed: list[Finding] = []
    places: dict[tuple[bytes, str], int] = {}
    for finding in findings:
        key = (finding.path, finding.rule)
        seen[key] += 1
        if seen[key] > MAX_FINDINGS:
            if key in places:
                continue
            places[key] = len(listed)
        listed.append(finding)
    for key, place in places.items():
        listed[place] = listed[place]._replace(reason=f"… and {seen[key] - MAX_FINDINGS:,} more in this file")
    return listed


def _reader(options: CorpusOptions | None, *, strict: bool) -> Read:
    read = check_file if strict else read_defects
    return partial(read, options=options) if options else read


def _is_common(one: FileCheck, defect: Defect) -> bool:
    return one.is_mapped and defect.rule == "missing-key"


def _common(files: Sequence[FileCheck]) -> Iterator[Finding]:
    """Report each missing key of other programs' records once for all of them."""
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
    """Report all but the first of the records of one page, once each."""
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
    by_address, by_title = _Owners(), _Owners()
    for one in files:
        if one.is_record:
            by_address.add(one.path, one.addresses)
            by_title.add(one.path, () if one.title_key is None else (one.title_key,))
    for one in files:
        for entry in one.related:
            if not _exists(entry, one.path, by_address, by_title):
                reason = f"related “{entry.title}” is not in this corpus: add the record or remove the entry"
                yield Finding(one.path, entry.line, "related-unresolved", reason)


def _exists(entry: CheckedReference, besides: bytes, by_address: _Owners, by_title: _Owners) -> bool:
    if any(by_address.has(key, besides) for key in entry.keys):
        return True
    return entry.title_key is not None and by_title.has(entry.title_key, besides)


class _Owners:
    """The records by address or title."""

    def __init__(self) -> None:
        self._by_key: dict[int, _Owner] = {}

    def add(self, path: bytes, keys: Sequence[int]) -> None:
        for key in keys:
            owner = self._by_key.get(key)
            self._by_key[key] = owner._replace(has_others=True) if owner else _Owner(path, has_others=False)

    def has(self, key: int, besides: bytes) -> bool:
        """Whether a record other than `besides` has the key."""
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
            existing = first.setdefault(name.casefold(), one.path)
            if existing != one.path:
                reason = f"the topic “{name}” has a file already, {_shown(existing)}: remove one of them"
                yield Finding(one.path, 1, "duplicate-topic", reason)
            elif parent and parent not in tree:
                reason = f"the parent “{parent}” is no topic: write the name of one"
                yield Finding(one.path, one.parent_line, "topic-parent-unknown", reason)
            elif parent and not tree.parent(name):
                reason = f"the topics above “{name}” lead in a ring: write another parent"
                yield Finding(one.path, one.parent_line, "topic-parent-unknown", reason)
        for topic in one.topics:
            if topic.name not in tree:
                reason = f"the topic “{topic.name}” has no file: add one or correct the name"
                yield Finding(one.path, topic.line, "topic-without-file", reason)
