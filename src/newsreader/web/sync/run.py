"""Fetch the sources of a corpus and write new records.

Runs within a command, or for the screen as a process, `python -m newsreader.web.sync.run`: it reads a plan
as a line of JSON from standard input and writes progress and a report as lines of JSON.
"""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from newsreader.corpus.scan import walk
from newsreader.corpus.topics import is_topic_path, read_topic
from newsreader.domain.errors import NewsreaderError
from newsreader.domain.topics import Topic, TopicTree
from newsreader.parent_process import exit_with_parent
from newsreader.web.sources.plan import Plan
from newsreader.web.sync.file_writer import CorpusWriter
from newsreader.web.sync.log import append_log
from newsreader.web.sync.report import RecordOutcome, SourceReport, SyncProgress, SyncReport
from newsreader.web.sync.source_run import SourceRun, SyncContext
from newsreader.web.sync.state import SourceHealth, SyncState

if TYPE_CHECKING:
    from newsreader.web.http.client import WebClient

MAX_REQUESTS = 8
"""Concurrent requests."""


async def sync(
    plan: Plan, client: WebClient, on_progress: Callable[[SyncProgress], None] = lambda _: None
) -> SyncReport:
    """Sync the sources of a corpus. One that fails does not stop the others.

    Raises:
        NewsreaderError: The corpus does not exist, or another process is syncing it.
        OSError: The state cannot be written.

    """
    root = Path(plan.root)
    if not root.is_dir():
        raise NewsreaderError(f"{root}: there is no such folder. Make it, and fresh records come into it.")
    state = SyncState(Path(plan.state), root)
    with ExitStack() as at_end:
        if not plan.dry_run:
            at_end.enter_context(state.lock())
            state = SyncState(Path(plan.state), root)  # reloaded under the lock
        writer = CorpusWriter(root, state, declared=plan.declared, restore=plan.restore, dry_run=plan.dry_run)
        writer.sweep(plan.sources)
        context = SyncContext(
            plan=plan,
            client=client,
            writer=writer,
            state=state,
            topics=_topics(root, plan),
            slots=asyncio.Semaphore(MAX_REQUESTS),
        )

        async def run_source(run: SourceRun) -> SourceReport:
            report = await run.run(lambda new: on_progress(SyncProgress(run.name, new)))
            if not plan.dry_run:
                before = state.health.get(run.name, SourceHealth())
                state.health[run.name] = before.after(
                    _iso(datetime.now(UTC)),
                    error=report.failure,
                    brought=report.counts.get(RecordOutcome.NEW, 0),
                    received=report.received,
                    average=run.pace.average,
                    not_before=_iso(datetime.fromtimestamp(run.pace.not_before, UTC))
                    if run.pace.not_before
                    else "",
                )
                append_log(Path(plan.state), plan.root, run.name, run.results)
                context.save()
            on_progress(SyncProgress(run.name, report.counts.get(RecordOutcome.NEW, 0), is_done=True))
            return report

        runs = [SourceRun(source, context) for source in plan.sources]
        if not plan.dry_run:
            at_end.callback(context.save)  # also if the run is cancelled
        return SyncReport(tuple(await asyncio.gather(*map(run_source, runs))))


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def _topics(root: Path, plan: Plan) -> TopicTree:
    """Return the topics of the corpus and of its sources."""
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
    """Sync several corpora, one after the other. Raises NewsreaderError."""
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
    """Run the plan on standard input; return 1 if it could not start."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C at the terminal is for the parent
    try:
        plan = Plan.from_json(json.loads(sys.stdin.readline()))
        exit_with_parent()
        (report,) = asyncio.run(sync_all([plan], lambda progress: _send(progress._asdict())))
    except NewsreaderError as error:
        _send({"error": str(error)})
        return 1
    _send({"report": report.as_json()})
    return 0


def _send(message: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BrokenPipeError:  # the parent has exited; written files stay
        import os

        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
