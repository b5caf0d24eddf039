"""Syncing: the plan that follows from the declared sources, running it, and its result."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from newsreader.app.open_corpus import corpus_root, is_sample
from newsreader.domain.errors import NewsreaderError
from newsreader.domain.sanitize import clean_line
from newsreader.settings import paths
from newsreader.settings.model import Settings
from newsreader.settings.sources import DeclaredSource
from newsreader.web.sources.plan import Plan, SourceKind, SyncSource
from newsreader.web.sync.client import Syncer, SyncFailedError
from newsreader.web.sync.report import RecordOutcome, SyncProgress, in_short

STOPPED = "Stopped; what had come in stays."


class NoSourceError(NewsreaderError):
    """There is no source to sync; the message says why and what to do."""


class SyncResult(NamedTuple):
    """The result of a sync: a message, remarks on records, whether files were written, how many are new."""

    message: str
    details: tuple[str, ...] = ()
    has_changed: bool = True
    new: int = 0


class SyncRun:
    """One sync of a corpus, in a separate process that is started at once."""

    def __init__(self, plan: Plan, start: Callable[[Plan], Syncer] = Syncer) -> None:
        self._syncer = start(plan)

    def progress(self) -> Iterator[SyncProgress]:
        """Yield the progress until all sources are done.

        Raises:
            SyncFailedError: the process ended without a report.

        """
        try:
            yield from self._syncer.progress()
        except ValueError as error:  # its pipe was closed by `stop`
            raise SyncFailedError(str(error)) from error

    def result(self, failure: str = "") -> SyncResult:
        """Return the result; `failure` is its message if the process ended without a report."""
        report = self._syncer.report
        if report is None:
            return SyncResult(failure)
        details = tuple(words for source in report.sources for words in source.words)
        new, changed = report.count(RecordOutcome.NEW), report.count(RecordOutcome.CHANGED)
        return SyncResult(in_short([report]), details, new + changed > 0, new)

    def stop(self) -> None:
        """Stop the process. The files that it has written are whole and stay."""
        self._syncer.stop()


def plan_for(settings: Settings, root: Path, names: Sequence[str] = ()) -> Plan:
    """Return the plan for one corpus: for the sources of these names, or for all that are enabled.

    Raises:
        NoSourceError: no source is declared for it.

    """
    try:
        (plan,) = plans_of(settings, names, root)
    except NoSourceError as error:
        raise NoSourceError(f"{error} newsreader sync shows an example.") from error
    return plan


def plans_of(settings: Settings, names: Sequence[str] = (), root: Path | None = None) -> list[Plan]:
    """Return a plan for each corpus that has a source.

    Args:
        settings: The declared sources.
        names: The sources to sync; empty for all that are enabled.
        root: A corpus, to sync only its sources.

    Raises:
        NoSourceError: no source is declared, or none of that name or for that corpus.

    """
    if not settings.sources:
        raise NoSourceError("No source of fresh records is declared.")
    here = {source.name: _root_of(source, settings) for source in settings.sources}
    chosen = [source for source in settings.sources if (source.name in names if names else source.enabled)]
    unknown = next((name for name in names if name not in here), None)
    if unknown is not None:
        near = get_close_matches(unknown, here, n=1)
        hint = f"Did you mean {near[0]}?" if near else f"There are {', '.join(here)}."
        raise NoSourceError(f"There is no source “{clean_line(unknown)}”. {hint}")
    if root is not None:
        chosen = [source for source in chosen if here[source.name] == root.resolve()]
        if not chosen:
            raise NoSourceError(f"No source of fresh records is declared for {clean_line(str(root))}.")
    if not chosen:
        raise NoSourceError("No source is enabled; naming one brings it in once.")
    return [
        Plan(
            root=str(corpus),
            state=str(paths.sync_dir()),
            sources=tuple(_source(source) for source in chosen if here[source.name] == corpus),
            declared=tuple(name for name, place in here.items() if place == corpus),
            private_addresses=settings.private_addresses,
        )
        for corpus in dict.fromkeys(here[source.name] for source in chosen)
    ]


def _root_of(source: DeclaredSource, settings: Settings) -> Path:
    """Return the folder of the corpus that a source writes to.

    Raises:
        NoSourceError: it is the sample corpus, which is never written to.

    """
    root = corpus_root(source.corpus, settings)[0].resolve()
    if is_sample(root):
        raise NoSourceError(
            f"The source “{source.name}” names the sample corpus, which is never written to. Name another."
        )
    return root


def _source(source: DeclaredSource) -> SyncSource:
    is_file = source.kind == SourceKind.OPML and "://" not in source.address
    return SyncSource(
        name=source.name,
        kind=SourceKind(source.kind),
        address=str(Path(source.address).expanduser()) if is_file else source.address,
        topics=source.topics,
        quality=source.quality,
        folder=source.folder,
        published=source.published,
    )
