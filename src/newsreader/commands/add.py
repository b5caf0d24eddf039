"""`newsreader add`: add a feed, a list of feeds or a folder, and read it."""

from __future__ import annotations

import os
import shlex
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Sequence
from pathlib import Path

from newsreader.app.add_source import (
    DEFAULT_CORPUS,
    AddedSource,
    SourceOptions,
    candidates_of,
    corpus_for,
    declare,
    declare_corpus,
)
from newsreader.app.sync_plans import plans_of
from newsreader.commands.support.arguments import CommandParser, parse_arguments
from newsreader.commands.support.syncing import print_report, run_plans
from newsreader.domain.errors import NewsreaderError
from newsreader.domain.sanitize import clean_line
from newsreader.settings import paths
from newsreader.settings.model import load_settings
from newsreader.settings.sources import is_record_folder
from newsreader.web.sources.discovery import Candidate

_MAX_ANSWERS = 3


def parser() -> ArgumentParser:
    """The command line."""
    command = CommandParser(
        "add",
        "Add a source of fresh records to the settings, and sync it at once. A site's address is enough: "
        "its feeds are found. A file is a list of feeds in OPML; a folder becomes a corpus of the settings. "
        "In a terminal the reader opens at the end. The exit status is 1 where the first sync failed.",
        (
            ("add https://lab.example", "the feed that the site announces"),
            ("add feeds.opml --to ~/news", "a list of feeds, into the corpus ~/news"),
            (
                "add https://lab.example/feed --topic AI --quality 60",
                "what its records are about, and how they rank",
            ),
            ("add ~/notes", "a folder of records as a corpus"),
        ),
    )
    command.add_argument(
        "what", metavar="URL|FILE|FOLDER", help="a site or feed, a list of feeds, or a folder"
    )
    command.add_argument(
        "--to",
        metavar="CORPUS",
        help="the corpus that is written to: a folder, or its name; without it that of the first source, the "
        "first corpus of the settings, or ~/news",
    )
    command.add_argument(
        "--topic", action="append", default=[], metavar="TOPIC", help="what its records are about"
    )
    command.add_argument("--quality", type=_quality, metavar="N", help="how its records rank, from 0 to 1000")
    command.add_argument("--folder", type=_folder, metavar="FOLDER", help="of its records; _news if not set")
    command.add_argument("--no-open", action="store_true", help="print a summary, also in a terminal")
    return command


def run(arguments: Sequence[str]) -> int:
    """Add what is named; 1 if its first sync failed."""
    options = parse_arguments(parser(), arguments)
    folder = Path(options.what).expanduser()
    if folder.is_dir():
        name = declare_corpus(folder)
        print(f"Added the corpus “{name}” to {paths.config_file()}.")
        return _open(name) if _is_interactive(options) else 0
    settings = load_settings(paths.config_file()).settings
    found = candidates_of(options.what, private_addresses=settings.private_addresses)
    candidate = _chosen(found, options)
    corpus = options.to or corpus_for(settings) or _asked_corpus(options)
    wanted = SourceOptions(tuple(options.topic), options.quality, options.folder or "")
    added = declare(candidate, wanted, corpus)
    print(f"Added to {paths.config_file()}:\n\n{added.table}")
    return _sync(added, options)


def _sync(added: AddedSource, options: Namespace) -> int:
    settings = load_settings(paths.config_file()).settings
    (report,) = run_plans(plans_of(settings, [added.name]))
    print_report(report)
    has_records = any(added.root.iterdir())
    if report.failed or not has_records:
        return 1 if report.failed else 0
    if _is_interactive(options):
        return _open(str(added.root))
    print(f"Read it: newsreader {shlex.quote(str(added.root))}")
    return 0


def _open(corpus: str) -> int:
    """Replace this process by the reader."""
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "newsreader", corpus])  # noqa: S606 - no shell


def _is_interactive(options: Namespace) -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty() and not options.no_open


def _chosen(found: list[Candidate], options: Namespace) -> Candidate:
    """Ask which of several candidates is meant; the first where nobody can be asked."""
    if len(found) == 1:
        return found[0]
    print(f"{len(found):,} feeds were found:")
    for number, candidate in enumerate(found, start=1):
        print(f"  {number}  {candidate.title or '(no title)'}  {clean_line(candidate.url, 200)}")
    for _ in range(_MAX_ANSWERS if _is_interactive(options) else 0):
        answer = _ask("Which one? [1] ", "1")
        if answer.isascii() and answer.isdigit() and 1 <= int(answer) <= len(found):
            return found[int(answer) - 1]
        print(f"A number from 1 to {len(found)} is needed.")
    print("The first is used. To use another, give its address.")
    return found[0]


def _asked_corpus(options: Namespace) -> str:
    if not _is_interactive(options):
        return DEFAULT_CORPUS
    return _ask(f"Folder for your news [{DEFAULT_CORPUS}]: ", DEFAULT_CORPUS)


def _ask(prompt: str, default: str) -> str:
    try:
        return input(prompt).strip() or default
    except EOFError:
        raise NewsreaderError("Cancelled; nothing was added.") from None


def _quality(text: str) -> int:
    if text.isascii() and text.isdigit() and int(text) <= 1_000:
        return int(text)
    raise ArgumentTypeError(f"a whole number from 0 to 1000 is needed, not “{text}”")


def _folder(text: str) -> str:
    if is_record_folder(text):
        return text
    raise ArgumentTypeError(f"a folder that begins with _ is needed, such as _news, not “{text}”")
