"""`newsreader sources`: the sources of fresh records, how they fare, and changes of them."""

from __future__ import annotations

import json
import sys
import time
from argparse import ArgumentParser
from collections.abc import Sequence
from datetime import UTC, datetime

from newsreader.app.refresh_due import next_sync
from newsreader.app.sources import SourceStatus, as_opml, enable, remove, rename, statuses
from newsreader.commands.support.arguments import CommandParser, parse_arguments
from newsreader.domain.dates import duration_words
from newsreader.domain.sanitize import clean_line
from newsreader.settings import paths
from newsreader.settings.model import Settings, load_settings


def parser() -> ArgumentParser:
    """The command line."""
    command = CommandParser(
        "sources",
        "List the sources of fresh records with their health: the last success, the last error, and what "
        "they brought. Or change one of them in the settings, whose comments and order stay. Records of a "
        "removed source stay. The exit status is 1 where there is no source.",
        (
            ("sources", "all sources and how they fare"),
            ("sources --disable lab", "leave it out of newsreader sync"),
            ("sources --rename lab the-lab", "give it another name"),
            ("sources --opml > feeds.opml", "all feeds as a list for another program"),
        ),
    )
    what = command.add_mutually_exclusive_group()
    what.add_argument("--enable", metavar="NAME", help="sync it with the others")
    what.add_argument("--disable", metavar="NAME", help="sync it only by name")
    what.add_argument("--remove", metavar="NAME", help="take it out of the settings")
    what.add_argument("--rename", nargs=2, metavar=("OLD", "NEW"), help="give it another name")
    what.add_argument("--opml", action="store_true", help="print all feeds as OPML, topics as folders")
    what.add_argument("--json", action="store_true", help="print the list as JSON")
    return command


def run(arguments: Sequence[str]) -> int:
    """List the sources, or change one; 1 if there is none."""
    options = parse_arguments(parser(), arguments)
    settings, complaints, _ = load_settings(paths.config_file())
    for complaint in complaints:
        print(f"newsreader: {complaint}", file=sys.stderr)
    if options.enable or options.disable:
        name = options.enable or options.disable
        enable(settings, name, enabled=bool(options.enable))
        print(f"{'Enabled' if options.enable else 'Disabled'} the source “{name}”.")
    elif options.remove:
        remove(settings, options.remove)
        print(f"Removed the source “{options.remove}”; its records stay.")
    elif options.rename:
        name = rename(settings, *options.rename)
        print(f"Renamed the source “{options.rename[0]}” to “{name}”.")
    elif options.opml:
        sys.stdout.write(as_opml(settings))
    else:
        return _list(settings, as_json=options.json)
    return 0


def _list(settings: Settings, *, as_json: bool) -> int:
    found = statuses(settings)
    if as_json:
        values = [
            {
                **{key: value for key, value in one.source._asdict().items() if key != "line"},
                "health": one.health._asdict() if one.health else None,
                "next": next_sync(one, settings),
            }
            for one in found
        ]
        print(json.dumps(values, ensure_ascii=False, indent=2))
    elif not found:
        print("There is no source yet. newsreader add URL adds one.", file=sys.stderr)
    else:
        for one in found:
            source = one.source
            print(f"{source.name}{'' if source.enabled else '  (disabled)'}")
            print(f"  {source.kind}  {clean_line(source.address)} → {clean_line(source.corpus)}")
            print(f"  {_in_words(one)}{_next_words(next_sync(one, settings))}")
    return 0 if found else 1


def _next_words(at: int | None) -> str:
    """Say when a source is synced by itself."""
    if at is None:
        return ""
    if at <= time.time():
        return "; due now"
    return f"; next {datetime.fromtimestamp(at, UTC):%Y-%m-%dT%H:%M:%SZ}"


def _in_words(status: SourceStatus) -> str:
    health = status.health
    if health is None:
        return "never synced"
    parts = [f"last success {health.succeeded}" if health.succeeded else "no success yet"]
    parts.append(f"{health.brought:,} new in all, {health.received:,} bytes")
    if health.average:
        parts.append(f"a record every {duration_words(health.average)}")
    if health.error:
        since = f" since {health.failing_since}" if health.failing_since else ""
        parts.append(f"failing{since}: {health.error}")
    return "; ".join(parts)
