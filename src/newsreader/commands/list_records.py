"""`newsreader list`: list the records that match a query."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Sequence

from newsreader.commands.output import formats, record_columns
from newsreader.commands.output.formats import Sheet
from newsreader.commands.support.arguments import CommandParser, add_corpus, add_query, parse_arguments
from newsreader.commands.support.selection import Selection, explain_nothing, select, tell_if_empty


def parser() -> ArgumentParser:
    """Build the argument parser."""
    command = CommandParser(
        "list",
        "List the records that a query finds, in the order of the list on the screen: one row a story on the "
        "front page, every report with --all. On a terminal that is a table, in a pipe tab-separated values "
        "without a heading: id, time, heat, quality, type, provider, title, address and path.",
        (
            ("list", "the front page"),
            ("list topic:nlp 'quality>=90' -has:amp --sort new", "a query in the language of the filter"),
            ("list newer:7d --all --format jsonl | jq .title", "every record of a week, whole"),
            ("list --limit 5 --format urls | xargs -n1 w3m", "the addresses of the first five"),
        ),
    )
    add_query(command)
    add_corpus(command)
    formats.add_format(command, record_columns.COLUMNS)
    return command


def run(arguments: Sequence[str]) -> int:
    """List; return 1 if nothing was found."""
    options = parse_arguments(parser(), arguments)
    with select(options) as selection:
        rows = record_columns.rows(selection.reader, selection.ids, options)
        sheet = Sheet(record_columns.COLUMNS, _as_json, record_columns.links, record_columns.markdown)
        count = formats.write(options, rows, sheet)
        if count or not tell_if_empty(selection.corpus):
            report_more(selection, count)
    return 0 if count else 1


def report_more(selection: Selection, count: int) -> None:
    """Report that nothing was found and why; on a terminal, also that there are more rows."""
    if not count and (why := explain_nothing(selection)):
        print(f"newsreader: {why}", file=sys.stderr)
        return
    if not sys.stdout.isatty():
        return
    sys.stdout.flush()
    if not count:
        print("Nothing was found.", file=sys.stderr)
    elif selection.has_more:
        total = selection.reader.count(selection.view)
        print(f"{count:,} of {total:,}; --limit 0 shows all.", file=sys.stderr)


def _as_json(row: record_columns.Row) -> object:
    from newsreader.commands.output.record_json import record_json

    return record_json(row)
