"""`newsreader open`: hand the pages of stories to the browser, or print their addresses."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from collections.abc import Sequence

from newsreader.commands.support.arguments import CommandParser, add_corpus, parse_arguments
from newsreader.commands.support.record_lookup import add_ids, find_all
from newsreader.commands.support.selection import SelectedCorpus, open_corpus
from newsreader.domain.indexed_record import IndexedRecord
from newsreader.domain.pages import PageKind, find_page, page_in_words
from newsreader.domain.record import Link
from newsreader.domain.sanitize import clean_line

_OPTIONS = {"open_original": "--original", "open_amp": "--amp"}
"""What is typed here for an action of the screen."""


def parser() -> ArgumentParser:
    """The command line."""
    command = CommandParser(
        "open",
        "Open the pages of stories in the browser: that of the setting browser, of $BROWSER, or of the "
        "system. Only http and https addresses are ever opened.",
        (
            ("open 15a73546860c9df9", "the original page of a story"),
            ("open --amp --print 15a73546860c9df9", "the address of its AMP page, or of the cached one"),
            ("open --archived 15a73546860c9df9", "what the page was when the story came out"),
        ),
    )
    add_ids(command, several=True)
    add_corpus(command)
    group = command.add_argument_group("pages")
    which = group.add_mutually_exclusive_group()
    for name, page, words in (
        ("--original", PageKind.ORIGINAL, "the page where the story was found, as without an option"),
        ("--amp", PageKind.AMP, "the AMP page at the publisher, or where there is none, the cached one"),
        ("--cached", PageKind.CACHED_AMP, "the AMP page in the AMP cache"),
        (
            "--archived",
            PageKind.ARCHIVED,
            "the copy of the Internet Archive nearest to the day of publication",
        ),
    ):
        which.add_argument(
            name, action="store_const", const=page, default=PageKind.ORIGINAL, dest="page", help=words
        )
    group.add_argument(
        "--print", action="store_true", dest="prints", help="print the addresses and open nothing"
    )
    return command


def run(arguments: Sequence[str]) -> int:
    """Open; 1 where a story or its page was not found."""
    options = parse_arguments(parser(), arguments)
    missed = 0
    with open_corpus(options) as corpus:
        for listed in find_all(corpus, options.ids):
            link = None if listed is None else _link(corpus, listed, options.page)
            if link is None:
                missed += 1
            elif options.prints:
                print(clean_line(link.url))
            else:
                _open(link, corpus.settings.browser)
    return 1 if missed else 0


def _link(corpus: SelectedCorpus, listed: IndexedRecord, page: PageKind) -> Link | None:
    """The link to the page that is wanted; None after it was told that there is none."""
    story = corpus.reader.page(listed.record_id)
    if story is None:
        print(f"newsreader: {listed.name} is gone.", file=sys.stderr)
        return None
    found = find_page(story.record, page, _OPTIONS.__getitem__)
    if found.link is None:
        print(f"newsreader: {listed.name}: {found.words}", file=sys.stderr)
    return found.link


def _open(link: Link, setting: Sequence[str]) -> None:
    """Hand a link to the browser; one for terminals gets ours while it runs.

    Raises:
        BrowserError: no browser took it.

    """
    from newsreader.browser import BrowserError, commands_for, launch, run_in_foreground

    in_terminal = run_in_foreground if sys.stdin.isatty() and sys.stdout.isatty() else None
    try:
        candidates = commands_for(link.url, setting=setting, environ=os.environ)
        command = launch(candidates, environ=os.environ, run_in_terminal=in_terminal)
    except BrowserError as error:
        raise BrowserError(_for_scripts(str(error))) from error
    print(f"Opened the {page_in_words(link)} with {command.name}.", file=sys.stderr)


def _for_scripts(words: str) -> str:
    """What is to be done, without the keys of the screen."""
    for keyed, plain in (
        ("the link can be copied (y)", "--print gives the address"),
        ("copy the link (y)", "let --print give the address"),
    ):
        words = words.replace(keyed, plain)
    return words
