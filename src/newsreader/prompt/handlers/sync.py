"""Fresh records at the prompt: what comes in is told as it comes, and ctrl-c stops it."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from newsreader.prompt.output import Output
from newsreader.prompt.parser import RefusedError
from newsreader.settings.model import Settings

EVERY = 3.0
"""Least seconds between two lines that tell how far a source is."""


def sync(root: Path, settings: Settings, output: Output, clock: Callable[[], float] = time.monotonic) -> bool:
    """Bring fresh records into a corpus; whether files may have changed.

    Raises:
        RefusedError: no source is declared for it.
        SyncFailedError: nothing could be brought in.

    """
    from newsreader.app.sync_plans import NoSourceError, plans_of
    from newsreader.web.sync.client import Syncer
    from newsreader.web.sync.report import RecordOutcome, in_short

    try:
        (plan,) = plans_of(settings, root=root)
    except NoSourceError as error:
        raise RefusedError(f"{error} newsreader sync shows an example.") from error
    output.say("Asking for fresh records; ctrl-c stops that.")
    syncer = Syncer(plan)
    told = clock()
    try:
        for progress in syncer.progress():
            if progress.is_done or clock() - told >= EVERY:
                output.say(f"{progress.source}, {progress.new:,} new.")
                told = clock()
    except KeyboardInterrupt:
        output.say("Stopped; what had come in stays.")
        return True
    finally:
        syncer.stop()
    report = syncer.report
    if report is None:
        return True
    output.say_all(words for source in report.sources for words in source.words)
    output.say(in_short([report]))
    return bool(report.count(RecordOutcome.NEW) + report.count(RecordOutcome.CHANGED))
