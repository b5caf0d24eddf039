"""`newsreader completion`: generate a completion script from the argument parsers."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence

from newsreader.commands.docs.model import page_of, pages
from newsreader.commands.docs.shells import SCRIPTS
from newsreader.commands.support import main_parser
from newsreader.commands.support.arguments import CommandParser, parse_arguments


def parser() -> ArgumentParser:
    """Build the argument parser."""
    command = CommandParser(
        "completion",
        "Print a script that completes the command lines of newsreader in a shell: commands, options and "
        "their values, the fields of the query language, and paths.",
        (
            ("completion bash > ~/.local/share/bash-completion/completions/newsreader", "for bash"),
            ("completion zsh > ~/.zfunc/_newsreader", "for zsh, with ~/.zfunc in $fpath before compinit"),
            ("completion fish > ~/.config/fish/completions/newsreader.fish", "for fish"),
        ),
    )
    command.add_argument("shell", choices=tuple(SCRIPTS), help="which shell: bash, zsh or fish")
    return command


def run(arguments: Sequence[str]) -> int:
    """Print the script."""
    shell = parse_arguments(parser(), arguments).shell
    sys.stdout.writelines(f"{line}\n" for line in script(shell))
    return 0


def script(shell: str) -> Iterator[str]:
    """Write the script for a shell."""
    return SCRIPTS[shell](page_of("newsreader", "", main_parser.parser()), pages())
