"""The declared sources: how they fare, changes of one, and all of them as a list of feeds."""

from __future__ import annotations

from difflib import get_close_matches
from html import escape
from pathlib import Path
from typing import NamedTuple

from newsreader.app.open_corpus import corpus_root
from newsreader.app.source_settings import change_settings
from newsreader.app.sync_plans import NoSourceError
from newsreader.domain.errors import NewsreaderError
from newsreader.domain.sanitize import clean_line
from newsreader.settings import edit_sources, paths
from newsreader.settings.model import Settings
from newsreader.settings.sources import DeclaredSource
from newsreader.web.sources.incoming_record import InvalidRecordError
from newsreader.web.sources.opml import read_opml
from newsreader.web.sources.plan import SourceKind
from newsreader.web.sync.state import SourceHealth, SyncState


class SourceStatus(NamedTuple):
    """A source, and what became of its last syncs; None if there was none."""

    source: DeclaredSource
    health: SourceHealth | None


def statuses(settings: Settings, root: Path | None = None) -> list[SourceStatus]:
    """Return all sources in the order of the settings, or those of one corpus."""
    states: dict[Path, SyncState] = {}
    found: list[SourceStatus] = []
    for source in settings.sources:
        corpus = corpus_root(source.corpus, settings)[0].resolve()
        if root is not None and corpus != root.resolve():
            continue
        if corpus not in states:
            states[corpus] = SyncState(paths.sync_dir(), corpus)
        state = states[corpus]
        found.append(SourceStatus(source, state.health.get(source.name)))
    return found


def enable(settings: Settings, name: str, *, enabled: bool) -> None:
    """Enable or disable a source in the settings."""
    _check(settings, name)
    change_settings(paths.config_file(), lambda text: edit_sources.set_enabled(text, name, enabled=enabled))


def remove(settings: Settings, name: str) -> None:
    """Remove a source from the settings; its records stay."""
    _check(settings, name)
    change_settings(paths.config_file(), lambda text: edit_sources.remove_source(text, name))


def rename(settings: Settings, old: str, new: str) -> str:
    """Rename a source in the settings; return the name as it is written there."""
    _check(settings, old)
    name = edit_sources.free_name(new, ())
    if any(source.name == name for source in settings.sources):
        raise NewsreaderError(f"There is a source “{name}” already. Choose another name.")
    change_settings(paths.config_file(), lambda text: edit_sources.rename_source(text, old, name))
    return name


def as_opml(settings: Settings) -> str:
    """Return the feeds of all sources as a list in OPML; topics become folders, listings are left out."""
    folders: dict[tuple[str, ...], list[str]] = {}
    for source in settings.sources:
        for title, url, topics in _feeds_of(source):
            outline = f'<outline type="rss" text="{escape(title)}" xmlUrl="{escape(url)}"/>'
            folders.setdefault(topics, []).append(outline)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<opml version="2.0">']
    lines += ["  <head><title>Sources of newsreader</title></head>", "  <body>"]
    for topics, outlines in folders.items():
        lines += [f'    <outline text="{escape(topic)}">' for topic in topics]
        lines += [f"    {outline}" for outline in outlines]
        lines += ["    </outline>" for _ in topics]
    return "\n".join([*lines, "  </body>", "</opml>", ""])


def _feeds_of(source: DeclaredSource) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return title, URL and topics of each feed of a source; a list on the web is not fetched."""
    if source.kind == SourceKind.FEED:
        return [(source.name, source.address, source.topics)]
    if source.kind == SourceKind.LISTING or "://" in source.address:
        return []
    try:
        listed = read_opml(Path(source.address).expanduser().read_bytes())
    except (OSError, InvalidRecordError):
        return []
    return [(feed.title or feed.url, feed.url, (*source.topics, *feed.folders)) for feed in listed.outlines]


def _check(settings: Settings, name: str) -> None:
    names = [source.name for source in settings.sources]
    if name in names:
        return
    near = get_close_matches(name, names, n=1)
    hint = f"Did you mean {near[0]}?" if near else "newsreader sources lists them."
    raise NoSourceError(f"There is no source “{clean_line(name)}”. {hint}")
