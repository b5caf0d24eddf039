"""The argument parser of the program without a command."""

from __future__ import annotations

from argparse import ArgumentParser, RawDescriptionHelpFormatter

from newsreader import __version__
from newsreader.commands.registry import COMMANDS
from newsreader.domain.ranking import Order

DESCRIPTION = "Read a local corpus of ranked, curated news records in the terminal."

STATUSES = (
    ("0", "something was found or done"),
    ("1", "nothing was found, or a problem was found"),
    ("2", "the command line is invalid, or the program cannot start; standard error says why"),
    ("130", "interrupted"),
    ("141", "the reader of the output exited"),
)
"""Exit statuses and their meanings."""

WITHOUT_CORPUS = (
    "Without CORPUS, $NEWSREADER_CORPUS is opened; without that, the first corpus that the settings name, or "
    "the sample. A folder that has the name of a command is opened as ./NAME."
)


def parser() -> ArgumentParser:
    """Build the argument parser."""
    reader = ArgumentParser(
        prog="newsreader",
        usage="%(prog)s [options] [CORPUS]\n       %(prog)s COMMAND [options] …",
        description=DESCRIPTION,
        epilog=_epilog(),
        formatter_class=RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    reader.add_argument(
        "corpus", nargs="?", metavar="CORPUS", help="a folder of records, or its name in the settings"
    )
    reader.add_argument(
        "--corpus", dest="named_corpus", metavar="PATH|NAME", help="the same as CORPUS, as commands take it"
    )
    reader.add_argument(
        "--filter", default="", metavar="TEXT", help="show only what this filter finds, such as topic:nlp"
    )
    reader.add_argument("--topic", default="", metavar="NAME", help="show only this topic and those below it")
    reader.add_argument("--sort", choices=[str(order) for order in Order], help="the order of the list")
    reader.add_argument("--all", action="store_true", help="show everything, not only the front page")
    reader.add_argument(
        "--edition", metavar="DATE", help="open the front page of a date, such as 2021-06-28 or 2021-06"
    )
    reader.add_argument(
        "--linear",
        action="store_true",
        help="read at a prompt, as plain text without a full screen: for screen readers, scripts and logs",
    )
    reader.add_argument(
        "--spec",
        action="store_true",
        help="print commands, options, output, filter language, keys and settings as JSON, and exit",
    )
    reader.add_argument("--version", action="version", version=f"newsreader {__version__}")
    return reader


def _epilog() -> str:
    from textwrap import fill

    width = max(len(command.name) for command in COMMANDS)
    commands = [f"  {command.name:<{width}}  {command.summary}" for command in COMMANDS]
    statuses = [f"  {status:<{width}}  {meaning}" for status, meaning in STATUSES]
    return "\n".join(
        [
            fill(WITHOUT_CORPUS, 78),
            "",
            "commands, which need no screen (see newsreader COMMAND --help):",
            *commands,
            "",
            "exit status:",
            *statuses,
            "",
            "manual: newsreader man | man -l -      keys: ? in the reader",
        ]
    )
