"""`newsreader related`: show the related coverage of a story to a given depth."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from enum import StrEnum

from newsreader.app.related_walk import RelatedNode, depth_first, walk
from newsreader.commands.output import formats
from newsreader.commands.output.formats import OutputColumn, Sheet
from newsreader.commands.support.arguments import CommandParser, add_corpus, parse_arguments
from newsreader.commands.support.record_lookup import add_ids, find_one
from newsreader.commands.support.selection import open_corpus
from newsreader.domain.dates import day_in_words, iso
from newsreader.domain.sanitize import clean_line
from newsreader.domain.story_page import Match

MAX_DEPTH = 20


class _RelatedFormat(StrEnum):
    """Output format of the coverage."""

    TREE = "tree"
    DOT = "dot"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    TSV = "tsv"
    URLS = "urls"
    MD = "md"


def parser() -> ArgumentParser:
    """Build the argument parser."""
    command = CommandParser(
        "related",
        "Show the related coverage of a story, and of that coverage in turn, as far as --depth says. ▸ "
        "marks what is in the corpus, ≈ what was found there by title and day, ▹ what is not; what was "
        "shown before is not followed again.",
        (
            ("related 15a73546860c9df9", "a tree"),
            ("related --depth 3 --format dot 15a73546860c9df9 | dot -Tsvg > story.svg", "a drawing"),
        ),
    )
    add_ids(command, several=False)
    add_corpus(command)
    command.add_argument(
        "--depth",
        type=_depth,
        default=1,
        metavar="N",
        help=f"how far to follow, 1 to {MAX_DEPTH}; 1 unless given",
    )
    formats.add_format(command, _COLUMNS, *_RelatedFormat)
    return command


def run(arguments: Sequence[str]) -> int:
    """Show; return 1 if there is no such story, or it has no related coverage."""
    options = parse_arguments(parser(), arguments)
    with open_corpus(options) as corpus:
        listed = find_one(corpus, options.id)
        if listed is None:
            return 1
        nodes = walk(corpus.reader, listed.record_id, options.depth)
        chosen = _RelatedFormat(
            options.format or (_RelatedFormat.TREE if sys.stdout.isatty() else _RelatedFormat.TSV)
        )
        if chosen is _RelatedFormat.TREE:
            from newsreader.commands.output.formats.table import terminal_width

            sys.stdout.writelines(f"{line}\n" for line in _tree(nodes, terminal_width(sys.stdout)))
        elif chosen is _RelatedFormat.DOT:
            sys.stdout.writelines(f"{line}\n" for line in _graph(nodes))
        else:
            options.format = chosen.value
            sheet = Sheet(_COLUMNS, _as_json, lambda node: (node.url,) if node.url else (), _markdown)
            formats.write(options, (nodes[number] for number, _ in depth_first(nodes)), sheet)
    return 0 if len(nodes) > 1 else 1


def _tree(nodes: Sequence[RelatedNode], width: int | None) -> Iterator[str]:
    """Draw the nodes as a tree, cut to a width."""
    from newsreader.render.cells import fit, steady

    lines = [_label(nodes[0])]
    for number, ends in depth_first(nodes):
        indent = "".join("   " if is_last else "│  " for is_last in ends[:-1])
        branch = "└─" if ends[-1] else "├─"
        lines.append(f"{indent}{branch} {_SIGNS[nodes[number].match]} {_label(nodes[number])}")
    for line in lines:
        yield line if width is None else fit(steady(line), width)


def _graph(nodes: Sequence[RelatedNode]) -> Iterator[str]:
    """Write the nodes as a Graphviz digraph; those that are not in the corpus are dashed."""
    yield "digraph related {"
    yield "  rankdir=LR;"
    yield "  node [shape=box];"
    for number, node in enumerate(nodes):
        if node.again is None:
            label = _quoted(f"{node.title}\n{node.provider}")
            style = "" if node.name else ", style=dashed"
            link = f", URL={_quoted(node.url)}" if node.url else ""
            yield f"  n{number} [label={label}{link}{style}];"
    for number, node in enumerate(nodes[1:], 1):
        style = " [style=dotted]" if node.match is Match.TITLE else ""
        yield f"  n{node.parent} -> n{number if node.again is None else node.again}{style};"
    yield "}"


def _quoted(text: str) -> str:
    lines = [clean_line(line).replace("\\", "\\\\").replace('"', '\\"') for line in text.split("\n")]
    return '"' + "\\n".join(line for line in lines if line) + '"'


def _label(node: RelatedNode) -> str:
    day = day_in_words(node.moment) if node.moment else ""
    name = node.name[:8]
    again = "shown above" if node.again is not None else ""
    return " · ".join(part for part in (clean_line(node.title), node.provider, day, name, again) if part)


def _markdown(node: RelatedNode) -> str:
    from newsreader.domain.citation import in_markdown

    label = in_markdown(_label(node._replace(name="")))
    link = f" <{node.url.replace('>', '%3E')}>" if node.url else ""
    return f"{'  ' * (node.depth - 1)}- {label}{link}"


def _as_json(node: RelatedNode) -> object:
    return {
        "depth": node.depth,
        "of": node.parent_name,
        "id": node.name or None,
        "found": str(node.match),
        "title": node.title,
        "provider": node.provider or None,
        "publishedDateTime": iso(node.moment) if node.moment else None,
        "url": node.url or None,
    }


def _depth(text: str) -> int:
    from argparse import ArgumentTypeError

    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= MAX_DEPTH):
        raise ArgumentTypeError(f"a number from 1 to {MAX_DEPTH} is needed, not “{text}”")
    return int(text)


_SIGNS = {Match.ADDRESS: "▸", Match.TITLE: "≈", Match.NONE: "▹"}
_COLUMNS: tuple[OutputColumn[RelatedNode], ...] = (
    OutputColumn("depth", lambda node: str(node.depth), numeric=True),
    OutputColumn("of", lambda node: node.parent_name),
    OutputColumn("id", lambda node: node.name),
    OutputColumn("found", lambda node: str(node.match)),
    OutputColumn("publishedDateTime", lambda node: iso(node.moment) if node.moment else ""),
    OutputColumn("provider", lambda node: node.provider),
    OutputColumn("title", lambda node: node.title),
    OutputColumn("url", lambda node: node.url),
)
