"""`newsreader man`: generate the manual page from the argument parsers."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence

from newsreader import __version__
from newsreader.commands.docs.model import ManualPage, page_of, pages
from newsreader.commands.support import main_parser
from newsreader.commands.support.arguments import CommandParser, parse_arguments

_VARIABLES = (
    ("NEWSREADER_CORPUS", "The corpus to open where none is named."),
    ("BROWSER", "Commands that open pages, separated by colons."),
    ("http_proxy, https_proxy, all_proxy, no_proxy", "Proxies for what is fetched, and hosts without one."),
    ("NO_COLOR", "Not empty: nothing is set off by boldness or colour in the output of commands."),
)
_FILES = (
    ("~/.config/newsreader/config.toml", "Settings."),
    ("~/.local/state/newsreader", "Marks and visits."),
    ("~/.cache/newsreader", "Indexes, fetched pages and pictures; deleting them only costs time."),
)


def parser() -> ArgumentParser:
    """Build the argument parser."""
    return CommandParser(
        "man",
        "Print the manual page in roff format.",
        (
            ("man | man -l -", "read it"),
            ("man > ~/.local/share/man/man1/newsreader.1", "put it where man finds it"),
        ),
    )


def run(arguments: Sequence[str]) -> int:
    """Print the manual page."""
    parse_arguments(parser(), arguments)
    sys.stdout.writelines(f"{line}\n" for line in manual_page())
    return 0


def manual_page() -> Iterator[str]:
    """Write the lines of the manual page."""
    program = page_of("newsreader", "", main_parser.parser())
    yield f'.TH NEWSREADER 1 "" "newsreader {__version__}" "User Commands"'
    yield ".SH NAME"
    summary = main_parser.DESCRIPTION[0].lower() + main_parser.DESCRIPTION[1:].rstrip(".")
    yield f"newsreader \\- {_text(summary)}"
    yield ".SH SYNOPSIS"
    yield ".B newsreader"
    yield "[\\fIoptions\\fR] [\\fICORPUS\\fR]"
    yield ".br"
    yield ".B newsreader"
    yield "\\fICOMMAND\\fR [\\fIoptions\\fR] \\&..."
    yield ".SH DESCRIPTION"
    yield _text(f"{main_parser.DESCRIPTION} {main_parser.WITHOUT_CORPUS}")
    yield ".PP"
    yield _text(
        "A command answers without a screen, with the same corpus, query language, order and stories."
    )
    yield ".SH OPTIONS"
    yield from _options(program)
    yield ".SH COMMANDS"
    for page in pages():
        yield from _command(page)
    yield ".SH EXIT STATUS"
    for status, meaning in main_parser.STATUSES:
        yield from (".TP", f".B {status}", _text(f"{meaning[0].upper()}{meaning[1:]}."))
    yield ".SH ENVIRONMENT"
    for name, meaning in _VARIABLES:
        yield from (".TP", f".B {name}", _text(meaning))
    yield ".SH FILES"
    for file, meaning in _FILES:
        yield from (".TP", f".I {_text(file)}", _text(meaning))


def _command(page: ManualPage) -> Iterator[str]:
    yield f".SS {_text(f'{page.name} {page.words}'.strip())}"
    yield _text(page.description)
    for action in page.actions:
        yield from (".TP", f".B {_text(f'{page.name} {action.name} {action.words}'.strip())}")
        yield _text(f"{action.summary[:1].upper()}{action.summary[1:]}.")
    yield from _options(page)
    for example, meaning in page.examples:
        yield from (".PP", f"{_text(meaning[:1].upper() + meaning[1:])}:", ".RS", ".nf")
        yield from (_text(f"newsreader {example}"), ".fi", ".RE")


def _options(page: ManualPage) -> Iterator[str]:
    for option in (option for group in page.groups for option in group.options):
        flags = ", ".join(f"\\fB{_text(flag)}\\fR" for flag in option.flags)
        value = f"\\fI{_text(option.value)}\\fR" if option.value else ""
        description = f"{option.words[:1].upper()}{option.words[1:]}."
        yield from (".TP", f"{flags} {value}".strip(), _text(description))


def _text(text: str) -> str:
    """Escape text for roff, so that no line of it is a request."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq").replace("…", "\\&...")
    return f"\\&{escaped}" if escaped.startswith(".") else escaped
