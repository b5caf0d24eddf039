"""The argument parser of the program without a command."""

from __future__ import annotations

from argparse import ArgumentParser, RawDescriptionHelpFormatter

from newsreader import __version__
from newsreader.commands.registry import COMMANDS
from newsreader.domain.ranking import Order

DESCRIPTION = "Read a local corpus of ranked, curated news records in the terminal."

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
        "--filter", default="", metavar="TEXT", help="show only what this filter finds, such as topic:nlp"
    )
    reader.add_argument("--topic", default="", metavar="NAME", help="show only this topic and those below it")
    reader.add_argument("--sort", choices=[str(order) for order in Order], help="the order of the list")
    reader.add_argument("--all", action="store_true", help="show everything, not only the front page")
    reader.add_argument(
        "--linear",
        action="store_true",
        help="read at a prompt, as plain text without a full screen: for screen readers, scripts and logs",
    )
    reader.add_argument("--version", action="version", version=f"newsreader {__version__}")
    return reader


def _epilog() -> str:
    from textwrap import fill

    width = max(len(command.name) for command in COMMANDS)
    commands = [f"  {command.name:<{width}}  {command.summary}" for command in COMMANDS]
    about = "commands, which need no screen (newsreader COMMAND --help tells more):"
    return "\n".join([fill(WITHOUT_CORPUS, 78), "", about, *commands])
