"""`newsreader completion`: what a shell needs to complete command lines, made of what the parsers say."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from importlib import import_module

from newsreader.commands.docs.model import page_of, pages
from newsreader.commands.support import main_parser
from newsreader.commands.support.arguments import CommandParser, parse_arguments

SHELLS = ("bash", "zsh", "fish")


def parser() -> ArgumentParser:
    """The command line."""
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
    command.add_argument("shell", choices=SHELLS, help="which shell: bash, zsh or fish")
    return command


def run(arguments: Sequence[str]) -> int:
    """Print it."""
    shell = parse_arguments(parser(), arguments).shell
    sys.stdout.writelines(f"{line}\n" for line in script(shell))
    return 0


def script(shell: str) -> Iterator[str]:
    """The lines of the script for a shell."""
    itself = page_of("newsreader", "", main_parser.parser())
    module = import_module(f"newsreader.commands.docs.shells.{shell}")
    lines: Iterator[str] = module.script(itself, pages())
    return lines
