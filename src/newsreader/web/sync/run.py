"""Fetch the sources of a corpus and write the records that are new.

Runs within a command, or as a process of its own for the screen, `python -m newsreader.web.sync.run`: it
reads a plan as a line of JSON from standard input and writes its progress and a report as lines of JSON.
"""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from newsreader.corpus.scan import walk
from newsreader.corpus.topics import is_topic_path, read_topic
from newsreader.domain.errors import NewsreaderError
from newsreader.domain.topics import Topic, TopicTree
from newsreader.parent_process import exit_with_parent
from newsreader.web.sources.plan import Plan
from newsreader.web.sync.file_writer import CorpusWriter
from newsreader.web.sync.log import SyncLog
from newsreader.web.sync.report import RecordOutcome, SourceReport, SyncProgress, SyncReport
from newsreader.web.sync.source_run import SourceRun
from newsreader.web.sync.state import SyncState

if TYPE_CHECKING:
    from newsreader.web.http.client import WebClient

AT_ONCE = 6
"""Requests that are under way at the same time."""


async def sync(
    plan: Plan, client: WebClient, on_progress: Callable[[SyncProgress], None] = lambda _: None
) -> SyncReport:
    """Bring in what the sources of a corpus have. One that fails does not stop the others.

    Args:
        plan: What to bring where.
        client: Asks the servers.
        on_progress: Hears of every source, now and then.

    Raises:
        NewsreaderError: the corpus is not there, or another process is at it.
        OSError: what is remembered cannot be written.

    """
    root = Path(plan.root)
    if not root.is_dir():
        raise NewsreaderError(f"{root}: there is no such folder. Make it, and fresh records come into it.")
    state = SyncState(Path(plan.state), root)
    with ExitStack() as at_end:
        if not plan.dry_run:
            at_end.enter_context(state.lock())
            state = SyncState(Path(plan.state), root)  # as it is now that nobody else can change it
        intake = CorpusWriter(root, state, declared=plan.declared, restore=plan.restore, dry_run=plan.dry_run)
        intake.sweep(plan.sources)
        topics = _topics(root, plan)
        requests = asyncio.Semaphore(AT_ONCE)
        log = SyncLog(Path(plan.state), plan.root)
        runs = [
            SourceRun(
                source, plan, client=client, intake=intake, state=state, topics=topics, requests=requests
            )
            for source in plan.sources
        ]

        def save() -> None:
            intake.settle()
            state.save()

        async def follow(run: SourceRun) -> SourceReport:
            report = await run.run(lambda new: on_progress(SyncProgress(run.name, new)))
            if not plan.dry_run:
                log.add(run.outcomes, run.name)
                save()
            on_progress(SyncProgress(run.name, report.counts.get(RecordOutcome.NEW, 0), is_done=True))
            return report

        if not plan.dry_run:
            at_end.callback(save)  # also of a run that is stopped
        return SyncReport(tuple(await asyncio.gather(*map(follow, runs))))


def _topics(root: Path, plan: Plan) -> TopicTree:
    """The topics that the corpus describes, and those that its sources give."""
    found: list[Topic] = []
    for path, stamp in walk(root, [], {}):
        name = path.decode("utf-8", "replace")
        if is_topic_path(name) and stamp.size < 1_000_000:
            topic, _ = read_topic((root / name).read_bytes(), name)
            found += [topic] if topic else []
    return TopicTree(found, {topic for source in plan.sources for topic in source.topics})


async def sync_all(
    plans: Sequence[Plan], on_progress: Callable[[SyncProgress], None] = lambda _: None
) -> list[SyncReport]:
    """Bring in what is new for several corpora, one after the other.

    Raises:
        NewsreaderError: one of the corpora cannot be written to.

    """
    from newsreader.web.http.client import WebClient

    reports = []
    for plan in plans:
        async with WebClient(private_addresses=plan.private_addresses) as client:
            try:
                reports.append(await sync(plan, client, on_progress))
            except OSError as error:
                where = error.filename or plan.state
                raise NewsreaderError(f"{where}: {error.strerror or error}.") from error
    return reports


def main() -> int:
    """Do what the plan on standard input says; 0 when all was asked, 1 when nothing could be."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # ctrl+c at the terminal is the reader's business
    try:
        plan = Plan.from_json(json.loads(sys.stdin.readline()))
        exit_with_parent()
        (report,) = asyncio.run(sync_all([plan], lambda progress: _tell(progress._asdict())))
    except NewsreaderError as error:
        _tell({"error": str(error)})
        return 1
    _tell({"report": report.as_json()})
    return 0


def _tell(fact: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(fact) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BrokenPipeError:  # the reader has quit; what was written stays
        import os

        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
