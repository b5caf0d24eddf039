"""`newsreader providers`: count the matching records of each provider."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Sequence

from newsreader.commands.output import formats
from newsreader.commands.output.formats import Format, OutputColumn, Sheet
from newsreader.commands.support.arguments import (
    CommandParser,
    add_corpus,
    add_cut,
    add_query,
    parse_arguments,
)
from newsreader.commands.support.selection import open_corpus, query_text, view_of, wanted_rows

_Provider = tuple[str, int]


def parser() -> ArgumentParser:
    """Build the argument parser."""
    command = CommandParser(
        "providers",
        "Show the providers of the records that a query finds, those with most first.",
        (
            ("providers --limit 10", "the ten that are most often on the front page"),
            ("providers --all topic:nlp --sort name", "all that wrote about a topic, by name"),
        ),
    )
    add_query(command, ordered=False)
    group = command.add_argument_group("rows")
    group.add_argument(
        "--sort", choices=("records", "name"), default="records", help="most records first, or by name"
    )
    add_cut(group)
    add_corpus(command)
    formats.add_format(command, _COLUMNS, *(one for one in Format if one is not Format.URLS))
    return command


def run(arguments: Sequence[str]) -> int:
    """Show; return 1 if there is none."""
    options = parse_arguments(parser(), arguments)
    by_name, options.sort = options.sort == "name", None
    query = query_text(options)
    with open_corpus(options) as corpus:
        providers = list(corpus.reader.catalogue.tally(view_of(options, query, corpus)).providers.items())
        if by_name:
            providers.sort(key=lambda provider: provider[0].casefold())
        limit = wanted_rows(options)
        end = None if limit is None else options.offset + limit
        return 0 if formats.write(options, providers[options.offset : end], Sheet(_COLUMNS, _as_json)) else 1


def _as_json(provider: _Provider) -> object:
    return {"name": provider[0], "records": provider[1]}


_COLUMNS: tuple[OutputColumn[_Provider], ...] = (
    OutputColumn("records", lambda provider: str(provider[1]), "RECORDS", numeric=True, in_files=False),
    OutputColumn("name", lambda provider: provider[0], "PROVIDER"),
    OutputColumn("count", lambda provider: str(provider[1]), numeric=True, in_table=False),
)
