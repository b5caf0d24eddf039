"""Argument parsing shared by several commands."""

from __future__ import annotations

import argparse
import os
from argparse import ArgumentTypeError
from collections.abc import Sequence

from newsreader.domain.query.date_terms import is_age, period
from newsreader.domain.ranking import Order


def seconds(text: str) -> int:
    """Parse an age such as `7d` into seconds; raise ArgumentTypeError if it is invalid."""
    age = period(text, 0) if is_age(text) else None
    if age is None or age.start is None:
        raise ArgumentTypeError(f"an age is needed, such as 12h, 7d or 2w, not “{text}”")
    return -age.start


_SHIELD = "\0"
"""Prefix of a positional argument that begins with a hyphen; no argument can contain it."""


class CommandParser(argparse.ArgumentParser):
    """The parser of a command. `examples` are command lines without the program's name, and their meaning."""

    def __init__(self, name: str, description: str, examples: Sequence[tuple[str, str]] = ()) -> None:
        self.examples = tuple(examples)
        shown = [f"  newsreader {example}\n      {meaning}" for example, meaning in examples]
        super().__init__(
            prog=f"newsreader {name}",
            description=description,
            epilog="\n".join(["examples:", *shown]) if shown else None,
            formatter_class=_HelpFormatter,
            allow_abbrev=False,  # a script has to mean the same when options are added
        )


class _HelpFormatter(argparse.RawDescriptionHelpFormatter):
    """Wrap the description, but not the examples."""

    def __init__(self, prog: str) -> None:
        # To find the width, it would import shutil, which imports modules to read archives.
        super().__init__(prog, width=_width() - 2)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        if text.startswith("examples:"):
            return super()._fill_text(text, width, indent)
        return argparse.HelpFormatter._fill_text(self, text, width, indent)


def _width() -> int:
    """Return the width of the help in cells."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isascii() and columns.isdigit() and int(columns) > 10:
        return int(columns)
    try:
        return os.get_terminal_size(1).columns or 80
    except (OSError, ValueError):
        return 80


def add_corpus(parser: argparse.ArgumentParser) -> None:
    """Add the options that choose the corpus and whether to refresh its index."""
    group = parser.add_argument_group("corpus")
    group.add_argument(
        "--corpus",
        metavar="PATH|NAME",
        help="a folder of records, or its name in the settings; without it $NEWSREADER_CORPUS, the first "
        "corpus of the settings, or the sample",
    )
    fresh = group.add_mutually_exclusive_group()
    fresh.add_argument(
        "--refresh",
        action="store_true",
        default=None,
        help="look at every file first, also where nothing seems to have changed",
    )
    fresh.add_argument(
        "--no-refresh",
        action="store_false",
        default=None,
        dest="refresh",
        help="answer from the index as it is",
    )


def add_query(parser: argparse.ArgumentParser, *, ordered: bool = True) -> argparse._ActionsContainer:
    """Add the options that select records and, if `ordered`, their order and number."""
    group = parser.add_argument_group("records")
    group.add_argument(
        "query",
        nargs="*",
        metavar="QUERY",
        help="what to find, in the language of the filter, such as topic:nlp quality>=90 -has:amp; several "
        "words are joined by spaces; without any, all of the front page",
    )
    group.add_argument("--topic", metavar="NAME", default="", help="only this topic and those below it")
    group.add_argument(
        "--lang",
        metavar="CODE",
        default="",
        help="only this language, such as de, or all; without it the front page of a corpus in several "
        "languages is in its own",
    )
    group.add_argument("--all", action="store_true", help="everything, not only the front page")
    if ordered:
        add_sort(group)
        add_cut(group)
    return group


def add_sort(group: argparse._ActionsContainer) -> None:
    """Add the option for the order."""
    group.add_argument(
        "--sort", choices=[str(order) for order in Order], metavar="ORDER", help=f"one of {', '.join(Order)}"
    )


def add_cut(group: argparse._ActionsContainer) -> None:
    """Add the options for the number of rows."""
    group.add_argument(
        "--limit",
        type=count,
        metavar="N",
        help="most rows; 0 for no limit; 50 on a terminal and no limit elsewhere unless given",
    )
    group.add_argument("--offset", type=count, default=0, metavar="N", help="leave out the first N rows")


def parse_arguments(parser: argparse.ArgumentParser, arguments: Sequence[str]) -> argparse.Namespace:
    """Parse a command line with options and arguments in any order.

    A word such as `-has:amp` is part of the query, not an option; so is every word after `--`.
    """
    words = list(arguments)
    rest: list[str] = []
    if "--" in words:
        place = words.index("--")
        words, rest = words[:place], words[place + 1 :]
    shielded = [*map(_shielded, words), *(_SHIELD + word for word in rest)]
    options = parser.parse_intermixed_args(shielded)
    for name, value in vars(options).items():
        if isinstance(value, str) and value.startswith(_SHIELD):
            setattr(options, name, value.removeprefix(_SHIELD))
        elif isinstance(value, list):
            setattr(options, name, [word.removeprefix(_SHIELD) for word in value])
    return options


def _shielded(word: str) -> str:
    looks_like_option = word.startswith("--") or word in ("-h", "-") or not word.startswith("-")
    return word if looks_like_option else _SHIELD + word


def count(text: str) -> int:
    """Parse a number from 0."""
    number = int(text) if text.isascii() and text.isdigit() else -1
    if not 0 <= number <= 10**12:
        raise argparse.ArgumentTypeError(f"a number from 0 on is needed, not “{text.removeprefix(_SHIELD)}”")
    return number
