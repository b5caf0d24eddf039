"""`newsreader export`: write records as a feed, a table, or a folder of files."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TextIO

from newsreader.commands.output.formats.delimited import write_csv, write_text
from newsreader.commands.output.record_columns import COLUMNS, every_row
from newsreader.commands.publish.entries import OutgoingFeed, entries_of
from newsreader.commands.support.arguments import (
    CommandParser,
    add_corpus,
    add_query,
    add_sort,
    count,
    parse_arguments,
)
from newsreader.commands.support.publish_options import corpus_name, web_address, write_to
from newsreader.commands.support.selection import Selection, SelectionError, select
from newsreader.domain.dates import Moment
from newsreader.domain.sanitize import clean_line

_WINDOW = 1_000
"""Number of headlines read at once to find the newest."""

_MOST_NAMED = 5
"""Number of files named in the message about files that were not replaced."""


class ExportFormat(StrEnum):
    """Output format of an export."""

    JSONFEED = "jsonfeed"
    RSS = "rss"
    ATOM = "atom"
    CSV = "csv"
    MARKDOWN = "markdown"


_BY_SUFFIX = {
    ".json": ExportFormat.JSONFEED,
    ".rss": ExportFormat.RSS,
    ".xml": ExportFormat.RSS,
    ".atom": ExportFormat.ATOM,
    ".csv": ExportFormat.CSV,
}
_TABLE = (
    *("id", "publishedDateTime", "title", "type", "provider"),
    *("originalUrl", "webUrl", "ampWebUrl", "cdnAmpWebUrl"),
    *("heat", "quality", "published", "category", "topics", "excerpt", "path"),
)


def parser() -> ArgumentParser:
    """Build the argument parser."""
    command = CommandParser(
        "export",
        "Write the records that a query finds as JSON Feed 1.1, RSS 2.0, Atom or CSV, or each of them as a "
        "file with front matter, in a folder that is laid out as the corpus is. The corpus itself is never "
        "written to. Where nothing is found, a feed without entries is written and the exit status is 1.",
        (
            ("export --sort new --limit 50 --format rss > news.xml", "a feed of the newest"),
            (
                "export topic:nlp --output nlp.atom --self-url https://example.com/nlp.atom",
                "for a web server",
            ),
            (
                "export is:starred --all --format markdown --output ~/notes/starred",
                "files for a notes program",
            ),
        ),
    )
    group = add_query(command, ordered=False)
    add_sort(group)
    group.add_argument("--limit", type=count, default=0, metavar="N", help="most records; 0 for no limit")
    group.add_argument("--offset", type=count, default=0, metavar="N", help="leave out the first N records")
    add_corpus(command)
    group = command.add_argument_group("output")
    group.add_argument(
        "--format",
        choices=[str(name) for name in ExportFormat],
        metavar="FORMAT",
        help=f"one of {', '.join(ExportFormat)}; needed unless inferred from the extension of the output",
    )
    group.add_argument(
        "--output", metavar="FILE", help="where to; of markdown the folder; else standard output"
    )
    group.add_argument(
        "--force", action="store_true", help="replace files that say something else (markdown)"
    )
    group.add_argument("--title", metavar="TEXT", default="", help="of the feed; the name of the corpus")
    group.add_argument(
        "--home-url", metavar="URL", default="", type=web_address, help="the site that the feed belongs to"
    )
    group.add_argument(
        "--self-url", metavar="URL", default="", type=web_address, help="where the feed is going to stand"
    )
    return command


def run(arguments: Sequence[str]) -> int:
    """Export; return 1 if nothing was found, or existing files were not replaced."""
    options = parse_arguments(parser(), arguments)
    chosen = _format(options)
    with select(options) as selection:
        if chosen is ExportFormat.MARKDOWN:
            return _export_folder(selection, Path(options.output).expanduser(), replace=options.force)
        corpus = selection.corpus.library.root
        write_to(options.output, _writer(chosen, selection, options), corpus)
        found = len(selection.ids)
    if options.output and options.output != "-":
        print(f"{found:,} records written to {clean_line(options.output)}.", file=sys.stderr)
    return 0 if found else 1


def _format(options: Namespace) -> ExportFormat:
    """Return the chosen format, or infer it from the output's extension. Raise SelectionError if unknown."""
    output = options.output if options.output != "-" else None
    chosen = ExportFormat(options.format) if options.format else None
    chosen = chosen or _BY_SUFFIX.get(Path(output or "").suffix.lower())
    if chosen is None:
        raise SelectionError(f"which format? --format takes one of {', '.join(ExportFormat)}.")
    if chosen is ExportFormat.MARKDOWN and output is None:
        raise SelectionError("--format markdown writes a file for each record: --output names the folder.")
    return chosen


def _writer(chosen: ExportFormat, selection: Selection, options: Namespace) -> Callable[[TextIO], object]:
    rows = every_row(selection.reader, selection.ids)
    if chosen is ExportFormat.CSV:
        columns = {column.name: column for column in COLUMNS}
        return lambda out: write_csv(rows, [columns[name] for name in _TABLE], out, header=True)
    feed = OutgoingFeed(
        title=clean_line(options.title) or corpus_name(options, selection.corpus),
        home=options.home_url,
        own=options.self_url,
        newest=_newest(selection),
    )
    from newsreader.commands.publish import feeds

    formats = {
        ExportFormat.RSS: feeds.rss,
        ExportFormat.ATOM: feeds.atom,
        ExportFormat.JSONFEED: feeds.json_feed,
    }
    pieces = formats[chosen](feed, entries_of(rows))
    return lambda out: write_text(pieces, out)


def _newest(selection: Selection) -> Moment | None:
    """Return the date of the newest record."""
    newest: Moment | None = None
    for start in range(0, len(selection.ids), _WINDOW):
        for headline in selection.reader.headlines(selection.ids[start : start + _WINDOW]):
            if headline and headline.moment and (newest is None or headline.moment > newest):
                newest = headline.moment
    return newest


def _export_folder(selection: Selection, folder: Path, *, replace: bool) -> int:
    from newsreader.commands.publish.output import write_folder

    corpus = selection.corpus.library.root
    rows = every_row(selection.reader, selection.ids)
    documents = ((row.listed.path, row.document) for row in rows if row.document)
    written = write_folder(folder, documents, corpus, replace=replace)
    print(f"{written.new:,} written, {written.same:,} there already.", file=sys.stderr)
    if written.refused:
        named = ", ".join(clean_line(path) for path in written.refused[:_MOST_NAMED])
        more = len(written.refused) - _MOST_NAMED
        named += f" and {more:,} more" if more > 0 else ""
        print(
            f"newsreader: {len(written.refused):,} say something else and were left alone: {named}. "
            "--force replaces them.",
            file=sys.stderr,
        )
    return 1 if written.refused or not selection.ids else 0
