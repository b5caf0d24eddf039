"""Run sync plans from a command, with progress on standard error."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from newsreader.app.terminal_loss import end_with_terminal
from newsreader.commands.support.refresh import CLEAR_LINE
from newsreader.domain.sanitize import clean_line
from newsreader.web.sources.plan import Plan
from newsreader.web.sync.report import RecordOutcome, SyncProgress, SyncReport

_BROUGHT = {
    RecordOutcome.NEW: "new",
    RecordOutcome.CHANGED: "changed",
    RecordOutcome.CONFLICT: "beside a changed file",
}


def run_plans(plans: Sequence[Plan]) -> list[SyncReport]:
    """Sync, and return a report for each plan."""
    import asyncio

    from newsreader.web.sync.run import sync_all

    is_watched = sys.stderr is not None and sys.stderr.isatty()

    def show(progress: SyncProgress) -> None:
        if is_watched:
            sys.stderr.write(f"{CLEAR_LINE}{clean_line(progress.in_words)}")
            sys.stderr.flush()

    try:
        end_with_terminal()
        return asyncio.run(sync_all(plans, show))
    finally:
        if is_watched:
            sys.stderr.write(CLEAR_LINE)
            sys.stderr.flush()


def print_report(report: SyncReport, *, dry_run: bool = False) -> None:
    """Print what each source brought."""
    for source in report.sources:
        would = "would bring " if dry_run else ""
        print(f"{source.name}: {would}{source.in_words}")
        if dry_run:
            for outcome, path in source.brought:
                print(f"  {_BROUGHT[RecordOutcome(outcome)]}: {path}")
        for words in source.words:
            print(f"  {words}")
