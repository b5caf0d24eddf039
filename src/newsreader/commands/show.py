"""`newsreader show`: print a story as text, or as JSON with all keys of its record."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from time import time

from newsreader.commands.support.arguments import CommandParser, add_corpus, parse_arguments
from newsreader.commands.support.record_lookup import add_ids, find_all
from newsreader.commands.support.selection import SelectedCorpus, open_corpus
from newsreader.domain.indexed_record import IndexedRecord
from newsreader.domain.page_text import PageText
from newsreader.domain.sanitize import clean_line

_PIPE_WIDTH = 80
"""Width in cells if the output is not a terminal."""


def parser() -> ArgumentParser:
    """Build the argument parser."""
    command = CommandParser(
        "show",
        "Print stories: title, origin, scores, excerpt, text, links with their addresses, and related "
        "coverage; ▸ marks what is in the corpus, ≈ what was found there by title and day, ▹ what is not. "
        "In JSON a story has every key of its record and the text below the front matter as body; a sealed "
        "block only with --sealed. --text gives the kept text of the page in full, too, in JSON as text.",
        (
            ("show 15a73546860c9df9", "the story of that id"),
            ("show https://www.nbcnews.com/tech/tech-news/openai-gpt-4-rcna74916", "that of an address"),
            (
                "show --json 2022-10-27-ford-and-vw-close-down-argo-ai-autonomous-car-unit.md",
                "that of a path",
            ),
            ("show --text 15a73546860c9df9", "with the page itself, where it was fetched"),
        ),
    )
    add_ids(command, several=True)
    add_corpus(command)
    group = command.add_argument_group("output")
    group.add_argument(
        "--format",
        choices=("text", "json", "jsonl", "md"),
        default="text",
        metavar="FORMAT",
        help="text, json (an object for each, over several lines), jsonl (each on one line) or md; "
        "text unless given",
    )
    group.add_argument(
        "--json", action="store_const", const="json", dest="format", help="the same as --format json"
    )
    group.add_argument(
        "--text",
        action="store_true",
        help="with the text of its page, as it was fetched; none is fetched now",
    )
    group.add_argument("--sealed", action="store_true", help="with the sealed block, in json and jsonl")
    return command


def run(arguments: Sequence[str]) -> int:
    """Show; return 1 if a story was not found, or lacks the requested text."""
    options = parse_arguments(parser(), arguments)
    missed = shown = 0
    with open_corpus(options) as corpus:
        for listed in find_all(corpus, options.ids):
            if listed is None:
                missed += 1
                continue
            if shown and options.format in ("text", "md"):
                print("\n---\n" if options.format == "md" else "\n" + "─" * 40 + "\n")
            text = _text(corpus, listed) if options.text else None
            missed += options.text and text is None
            shown += _show(corpus, listed, options, text)
    return 1 if missed or not shown else 0


def _text(corpus: SelectedCorpus, listed: IndexedRecord) -> PageText | None:
    """Return the stored text of a page; report on standard error and return None if there is none."""
    page = corpus.reader.page(listed.record_id)
    if page is not None and page.text is not None:
        return page.text
    path = clean_line(listed.path).replace('"', "?")
    print(
        f"newsreader: {listed.name}: no text of its page is kept. "
        f"newsreader fetch --all 'path:\"{path}\"' fetches it.",
        file=sys.stderr,
    )
    return None


def _show(corpus: SelectedCorpus, listed: IndexedRecord, options: Namespace, text: PageText | None) -> bool:
    """Write one story. Return False if it is gone."""
    if options.format == "text":
        return _show_text(corpus, listed, text)
    from newsreader.commands.output.record_columns import whole_rows

    row = next(whole_rows(corpus.reader, [listed.record_id]), None)
    if row is None:
        return False
    if options.format == "md":
        from newsreader.commands.output.story_markdown import story_markdown

        sys.stdout.writelines(f"{line}\n" for line in story_markdown(row, text))
        return True
    from newsreader.commands.output.formats import json_output
    from newsreader.commands.output.record_json import record_json, story_json

    members = corpus.reader.members(listed.record_id)
    reports = corpus.reader.catalogue.records([member.record_id for member in members])
    value = record_json(row, sealed=options.sealed, body=True) | {"story": story_json(listed, reports)}
    if options.text:
        from newsreader.commands.output.page_text import text_json

        value["text"] = text_json(text)
    if options.format == "json":
        json_output.write_value(value, sys.stdout)
    else:
        json_output.write_lines([value], sys.stdout)
    return True


def _show_text(corpus: SelectedCorpus, listed: IndexedRecord, text: PageText | None) -> bool:
    from newsreader.commands.output.formats.table import may_be_bold, terminal_width
    from newsreader.commands.output.story_text import story_text

    page = corpus.reader.page(listed.record_id)
    if page is None:
        return False
    width = terminal_width(sys.stdout) or _PIPE_WIDTH
    without_path = page._replace(record=page.record._replace(path=""), text=text)  # written below, unwrapped
    for line in story_text(without_path, width, int(time()), bold=may_be_bold(sys.stdout)):
        print(line)
    print(f"\nid          {listed.name}\npath        {clean_line(listed.path)}")
    return True
