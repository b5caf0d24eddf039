"""`newsreader topics`: show the topic tree with the number of matching records."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from newsreader.commands.output import formats
from newsreader.commands.output.formats import Format, OutputColumn, Sheet
from newsreader.commands.support.arguments import CommandParser, add_corpus, add_query, parse_arguments
from newsreader.commands.support.selection import open_corpus, query_text, view_of
from newsreader.domain.topics import Topic, TopicTree

_INDENT = "· "
"""Indentation of a topic below its parent."""


class _Branch(NamedTuple):
    topic: Topic
    depth: int
    records: int
    parent: str
    """The name of the parent topic, empty at the root."""


def parser() -> ArgumentParser:
    """Build the argument parser."""
    command = CommandParser(
        "topics",
        "Show the tree of topics, and how many records of the front page belong to each or to a topic "
        "below it; with --all, of everything. With a QUERY or --topic only what that finds is counted, and "
        "topics without any are left out.",
        (
            ("topics", "the whole tree"),
            ("topics newer:30d --all", "where the news of a month was"),
            ("topics --format tsv | sort -t '\\t' -k 2nr | head", "the biggest topics"),
        ),
    )
    add_query(command, ordered=False)
    add_corpus(command)
    formats.add_format(command, _COLUMNS, *(one for one in Format if one is not Format.URLS))
    return command


def run(arguments: Sequence[str]) -> int:
    """Show; return 1 if there is no topic."""
    options = parse_arguments(parser(), arguments)
    query = query_text(options)
    with open_corpus(options) as corpus:
        view = view_of(options, query, corpus)
        tally = corpus.reader.catalogue.tally(view)
        branches = _branches(
            corpus.reader.topics(), tally.topics, non_empty=bool(query.strip() or options.topic)
        )
        return 0 if formats.write(options, branches, Sheet(_COLUMNS, _as_json, as_md=_markdown)) else 1


def _branches(tree: TopicTree, counts: Mapping[str, int], *, non_empty: bool) -> Iterator[_Branch]:
    """Yield topics, parents before children; only those with records if `non_empty`."""
    for topic, depth in tree.walk():
        records = counts.get(topic.name.casefold(), 0)
        if records or not non_empty:
            yield _Branch(topic, depth, records, tree.parent(topic.name))


def _as_json(branch: _Branch) -> object:
    return {
        "name": branch.topic.name,
        "shortname": branch.topic.shortname or None,
        "parent": branch.parent or None,
        "depth": branch.depth,
        "records": branch.records,
        "description": branch.topic.description or None,
    }


def _markdown(branch: _Branch) -> str:
    from newsreader.domain.citation import in_markdown

    return f"{'  ' * branch.depth}- {in_markdown(branch.topic.name)} ({branch.records:,})"


_COLUMNS: tuple[OutputColumn[_Branch], ...] = (
    OutputColumn("name", lambda branch: branch.topic.name, in_table=False),
    OutputColumn("records", lambda branch: str(branch.records), "RECORDS", numeric=True),
    OutputColumn("parent", lambda branch: branch.parent, in_table=False),
    OutputColumn("depth", lambda branch: str(branch.depth), numeric=True, in_table=False),
    OutputColumn("shortname", lambda branch: branch.topic.shortname, in_table=False, in_files=False),
    OutputColumn("tree", lambda branch: _INDENT * branch.depth + branch.topic.name, "TOPIC", in_files=False),
)
