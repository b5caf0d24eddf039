"""`newsreader sync`: bring fresh records into the corpora that the settings declare for it."""

from __future__ import annotations

import json
import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path

from newsreader.app.open_corpus import corpus_root
from newsreader.app.refresh_due import due_names
from newsreader.app.sync_plans import NoSourceError, plans_of
from newsreader.commands.support.arguments import CommandParser, parse_arguments
from newsreader.commands.support.syncing import print_report, run_plans
from newsreader.domain.sanitize import clean_line
from newsreader.settings import paths
from newsreader.settings.model import Settings, load_settings
from newsreader.settings.sources import EXAMPLE
from newsreader.web.sources.plan import Plan

_USAGE = 2


def parser() -> ArgumentParser:
    """The command line."""
    command = CommandParser(
        "sync",
        "Bring fresh records into a corpus: from the listing of a site, from RSS, Atom and JSON Feed, and "
        "from lists of feeds in OPML. The table [sources] of the settings names them, and lets their corpus "
        "be written to. Each record becomes a file. One that was changed by hand is never "
        "replaced, what came is put beside it; one that was deleted stays away. The exit status is 1 where a "
        "source failed.",
        (
            ("sync", "all sources that are enabled"),
            ("sync ai --dry-run", "what one source would bring, without writing anything"),
            ("sync --corpus ai --json", "a report for scripts"),
            ("sync --due", "the sources that refresh by themselves, as far as they are due"),
            ("sync --log", "what came in lately"),
        ),
    )
    command.add_argument("name", nargs="*", metavar="NAME", help="sources; without any, all that are enabled")
    command.add_argument(
        "--corpus", metavar="PATH|NAME", help="only the sources of this corpus: a folder, or its name"
    )
    command.add_argument("--dry-run", action="store_true", help="ask, and tell what would be written")
    command.add_argument(
        "--all-pages", action="store_true", help="follow listings to their end, also behind what is known"
    )
    command.add_argument(
        "--due", action="store_true", help="only those whose refresh is due, for cron and systemd"
    )
    command.add_argument("--restore", action="store_true", help="bring deleted files back, too")
    output = command.add_mutually_exclusive_group()
    output.add_argument("--json", action="store_true", help="print the report as JSON")
    output.add_argument("--log", action="store_true", help="ask nobody, and print what came in before")
    return command


def run(arguments: Sequence[str]) -> int:
    """Sync; 1 if a source failed."""
    options = parse_arguments(parser(), arguments)
    if options.log:
        return _print_log()
    settings, complaints, _ = load_settings(paths.config_file())
    for complaint in complaints:
        print(f"newsreader: {complaint}", file=sys.stderr)
    try:
        plans = _plans(options, settings)
    except NoSourceError as error:
        print(f"newsreader: {error} In {paths.config_file()}, a source looks like this:", file=sys.stderr)
        print(f"\n{EXAMPLE}", file=sys.stderr, end="")
        return _USAGE
    reports = run_plans(plans)
    if options.json:
        values = [
            {"corpus": plan.root, **report.as_json()} for plan, report in zip(plans, reports, strict=True)
        ]
        print(json.dumps(values, ensure_ascii=False, indent=2))
    else:
        for report in reports:
            print_report(report, dry_run=options.dry_run)
    return 1 if any(report.failed for report in reports) else 0


def _plans(options: Namespace, settings: Settings) -> list[Plan]:
    root: Path | None = None
    if options.corpus:
        root = corpus_root(options.corpus, settings)[0]
    names = options.name
    if options.due:
        names = due_names(settings, int(time.time()), names, root)
        if not names:
            return []
    return [
        plan._replace(
            all_pages=options.all_pages,
            restore=options.restore,
            dry_run=options.dry_run,
            by_itself=options.due,
        )
        for plan in plans_of(settings, names, root)
    ]


def _print_log() -> int:
    from newsreader.web.sync.log import read_log

    for entry in read_log(paths.sync_dir()):
        shown = (clean_line(entry.get(key, "")) for key in ("at", "source", "came", "path"))
        print("\t".join(shown))
    return 0
