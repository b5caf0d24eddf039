"""Sources that refresh by themselves: how often, when next, and which are due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from newsreader.app.sources import SourceStatus, statuses
from newsreader.app.sync_plans import NoSourceError
from newsreader.settings.model import Settings
from newsreader.settings.sources import DeclaredSource

_JITTER = 10
"""Up to one part in so many of the interval is added, so that sources are not all asked at once."""


class DueSources(NamedTuple):
    """The names of the sources that are due, and the seconds until the next one is; None for never."""

    names: tuple[str, ...]
    wait: int | None


def interval_of(source: DeclaredSource, settings: Settings) -> int:
    """Return the seconds between two syncs of a source; 0 if it does not refresh by itself."""
    if not source.enabled:
        return 0
    return settings.refresh if source.refresh is None else source.refresh


def next_sync(status: SourceStatus, settings: Settings) -> int | None:
    """Return when a source is to be synced by itself, in seconds since 1970 UTC; 0 at once, None for never.

    A server or feed that said how long to wait is not asked before.
    """
    interval, health = interval_of(status.source, settings), status.health
    if not interval:
        return None
    asked = _seconds(health.asked) if health else None
    if health is None or asked is None:
        return 0
    jitter = crc32(f"{status.source.name} {health.asked}".encode()) % (interval // _JITTER + 1)
    return max(asked + interval + jitter, _seconds(health.not_before) or 0)


def due_sources(settings: Settings, now: int, root: Path | None = None) -> DueSources:
    """Return the sources that are due.

    Args:
        settings: The declared sources.
        now: In seconds since 1970 UTC.
        root: A corpus, for its sources only.

    """
    times = [
        (status.source.name, at)
        for status in statuses(settings, root)
        if (at := next_sync(status, settings)) is not None
    ]
    names = tuple(name for name, at in times if at <= now)
    return DueSources(names, min((max(0, at - now) for _, at in times), default=None))


def due_names(settings: Settings, now: int, names: Sequence[str] = (), root: Path | None = None) -> list[str]:
    """Return the sources that are due, of the named ones if there are any.

    Raises:
        NoSourceError: no source refreshes by itself.

    """
    if not any(interval_of(source, settings) for source in settings.sources):
        raise NoSourceError('No source refreshes by itself; refresh = "1h" in the settings lets all do so.')
    due = due_sources(settings, now, root).names
    return [name for name in due if not names or name in names]


def _seconds(moment: str) -> int | None:
    """Return an ISO time as seconds since 1970 UTC, None if it is not one."""
    try:
        parsed = datetime.fromisoformat(moment)
    except ValueError:
        return None
    return int((parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)).timestamp())
