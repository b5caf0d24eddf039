"""`newsreader fetch`: fetch the text of pages that match a query, for reading offline."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from typing import TYPE_CHECKING

from newsreader.app.page_results import FetchOutcome
from newsreader.app.page_texts import PageTexts
from newsreader.app.terminal_loss import end_with_terminal
from newsreader.commands.output import formats
from newsreader.commands.output.formats import OutputColumn, Sheet
from newsreader.commands.page_fetching import FetchedPage, FetchOptions, fetch_pages
from newsreader.commands.support.arguments import CommandParser, add_corpus, add_query, parse_arguments
from newsreader.commands.support.progress import progress_line
from newsreader.commands.support.selection import Selection, select
from newsreader.settings import paths

if TYPE_CHECKING:
    from typing import TextIO


def parser() -> ArgumentParser:
    """Build the argument parser."""
    command = CommandParser(
        "fetch",
        "Fetch the pages of the records that a query finds, and keep their readable text, so that t shows it "
        "without a network and has:text finds it. Of each record the AMP page is tried first, then the "
        "cached AMP page, the web page and the original. What is kept already is not asked for. At most "
        "eight requests are made at once, two at one host, as the robots.txt of each host allows. At the end "
        "it is told what came and what did not; the exit status is 1 where a page could not be had.",
        (
            ("fetch is:later", "what is to be read later, before a journey"),
            ("fetch newer:7d --sort hot --limit 100", "the hundred hottest of a week"),
            ("fetch --all topic:nlp --again", "newer versions of what is kept, too"),
            (
                "fetch is:starred --archived --format tsv",
                "dead pages from the Internet Archive, a row for each",
            ),
        ),
    )
    add_query(command)
    add_corpus(command)
    group = command.add_argument_group("pages")
    group.add_argument("--again", action="store_true", help="also ask for newer versions of what is kept")
    group.add_argument(
        "--archived",
        action="store_true",
        help="where all pages of a record are dead, take the copy of the Internet Archive nearest to its day",
    )
    formats.add_format(command, _COLUMNS, default="a summary in words")
    return command


def run(arguments: Sequence[str]) -> int:
    """Fetch; return 1 if nothing was found, or a page could not be fetched."""
    options = parse_arguments(parser(), arguments)
    end_with_terminal()
    with select(options) as selection:
        tally = Counter[str]()
        try:
            _fetch(selection, options, tally)
        except KeyboardInterrupt:
            fetched = tally[FetchOutcome.FETCHED] + tally[FetchOutcome.UNCHANGED]
            print(f"newsreader: interrupted; {fetched:,} pages that came are kept.", file=sys.stderr)
            raise
        _print_summary(tally, sys.stderr if options.format else sys.stdout)
        if selection.has_more:
            print("There are more records; --limit 0 fetches all.", file=sys.stderr)
    return 0 if tally and not tally[FetchOutcome.FAILED] else 1


def _fetch(selection: Selection, options: Namespace, tally: Counter[str]) -> None:
    """Fetch, and write the rows if a format was given."""
    settings = selection.corpus.settings
    with (
        closing(PageTexts(paths.pages_file(), settings.pages_megabytes)) as texts,
        progress_line("fetching", len(selection.ids), settings.glyphs) as line,
    ):
        texts.open()

        def note(one: FetchedPage) -> None:
            tally.update([one.outcome, one.failure] if one.failure else [one.outcome])
            line.count(failed=one.outcome is FetchOutcome.FAILED)

        found = fetch_pages(selection, texts, FetchOptions(options.again, options.archived, line.show, note))
        if options.format:
            formats.write(options, line.cleared_for(found), SHEET)
        else:
            for _ in found:
                pass


def _print_summary(tally: Counter[str], out: TextIO) -> None:
    """Print how many pages have which outcome, and the reasons of failures."""
    if not tally:
        print("Nothing was found.", file=sys.stderr)
        return
    sys.stdout.flush()
    for outcome in FetchOutcome:
        heading = "kept already" if outcome is FetchOutcome.KEPT else outcome
        print(f"{heading:<15}{tally[outcome]:>8,}", file=out)
    for failure, reason in _REASONS.items():
        if tally[failure]:
            print(f"  {reason:<29}{tally[failure]:>8,}", file=out)


_REASONS = {
    "gone": "the page is gone",
    "unreachable": "the host was not reached",
    "refused": "we were not let in",
    "busy": "the server is too busy",
    "broken": "the server failed",
    "unsafe": "our own rules forbid it",
    "unreadable": "there is no article in it",
    "no address": "there is no address",
    "not kept": "it could not be kept",
    "not read": "the program failed on it",
}
"""Reasons of failures, by their kind."""

_COLUMNS: tuple[OutputColumn[FetchedPage], ...] = (
    OutputColumn("short", lambda one: one.short, "ID", in_files=False, weight=6),
    OutputColumn("id", lambda one: one.name, in_table=False),
    OutputColumn("outcome", lambda one: one.outcome, weight=7),
    OutputColumn("version", lambda one: one.version, weight=3),
    OutputColumn("words", lambda one: one.length, numeric=True, weight=2),
    # The host is part of the URL.
    OutputColumn(
        "why", lambda one: one.words.partition(": ")[2], "REASON", widest=32, in_files=False, weight=5
    ),
    OutputColumn("reason", lambda one: one.words, in_table=False),
    OutputColumn("title", lambda one: one.title, widest=60, weight=1),
    OutputColumn("url", lambda one: one.url, widest=100),
)


def _as_json(one: FetchedPage) -> object:
    return {
        "id": one.name,
        "title": one.title,
        "outcome": str(one.outcome),
        "version": one.version or None,
        "url": one.url or None,
        "words": one.text.words if one.text else None,
        "failure": one.failure or None,
        "reason": one.words or None,
    }


SHEET: Sheet[FetchedPage] = Sheet(_COLUMNS, _as_json, lambda one: (one.url,) if one.url else ())
