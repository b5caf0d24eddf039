"""`newsreader --spec`: print what the program offers, as one JSON document."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Sequence

from newsreader.commands.support.arguments import CommandParser, parse_arguments


def parser() -> ArgumentParser:
    """Build the argument parser."""
    return CommandParser("--spec", "Print commands, options, output, filter, keys and settings as JSON.")


def run(arguments: Sequence[str]) -> int:
    """Print the specification, which takes no arguments."""
    parse_arguments(parser(), arguments)
    from newsreader.commands.docs.specification import specification
    from newsreader.commands.output.formats.json_output import write_value

    write_value(specification(), sys.stdout)
    return 0
