"""Syncing at the prompt: progress is printed line by line, and ctrl-c stops it."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from newsreader.prompt.output import Output
from newsreader.settings.model import Settings

EVERY = 3.0
"""Least seconds between two lines of progress."""


def sync(root: Path, settings: Settings, output: Output, clock: Callable[[], float] = time.monotonic) -> bool:
    """Sync a corpus; return whether files may have changed.

    Raises:
        NoSourceError: no source is declared for it.
        SyncFailedError: the process ended without a report.

    """
    from newsreader.app.sync_plans import STOPPED, SyncRun, plan_for

    plan = plan_for(settings, root)
    output.say("Asking for fresh records; ctrl-c stops that.")
    run = SyncRun(plan)
    printed = clock()
    try:
        for progress in run.progress():
            if progress.is_done or clock() - printed >= EVERY:
                output.say(f"{progress.source}, {progress.new:,} new.")
                printed = clock()
    except KeyboardInterrupt:
        output.say(STOPPED)
        return True
    finally:
        run.stop()
    result = run.result()
    output.say_all(result.details)
    output.say(result.message)
    return result.has_changed
