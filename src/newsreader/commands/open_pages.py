"""`newsreader open`: hand the pages of stories to the browser, or print their addresses."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

from newsreader.app.open_links import (
    LinkNotOpenedError,
    LinkOpener,
    find_file,
    find_link,
    run_in_this_terminal,
)
from newsreader.commands.support.arguments import CommandParser, add_corpus, parse_arguments
from newsreader.commands.support.record_lookup import add_ids, find_all
from newsreader.commands.support.selection import SelectedCorpus, open_corpus
from newsreader.domain.indexed_record import IndexedRecord
from newsreader.domain.pages import FoundLink, PageKind
from newsreader.domain.sanitize import clean_line

_OPTIONS = {"open_original": "--original", "open_amp": "--amp"}
"""What is typed here for an action of the screen."""


def parser() -> ArgumentParser:
    """The command line."""
    command = CommandParser(
        "open",
        "Open the pages of stories in the browser: that of the setting browser, of $BROWSER, or of the "
        "system. Only http and https addresses are ever opened, and the file of a record without any.",
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
    """Open; 1 if a story or its page was not found."""
    options = parse_arguments(parser(), arguments)
    missed = 0
    with open_corpus(options) as corpus:
        opener = LinkOpener(corpus.settings.browser, run_in_this_terminal())
        for listed in find_all(corpus, options.ids):
            found = None if listed is None else _find(corpus, listed, options.page)
            if found is None:
                missed += 1
            elif isinstance(found, Path):
                _open_file(opener, found, prints=options.prints)
            elif options.prints and found.link is not None:
                print(clean_line(found.link.url))
            else:
                _open(opener, found)
    return 1 if missed else 0


def _find(corpus: SelectedCorpus, listed: IndexedRecord, kind: PageKind) -> FoundLink | Path | None:
    """Return the link to a page, or the file of a record without one; print why there is neither."""
    story = corpus.reader.page(listed.record_id)
    if story is None:
        print(f"newsreader: {listed.name} is gone.", file=sys.stderr)
        return None
    if kind is PageKind.ORIGINAL and (file := find_file(corpus.library.root, story)):
        return file
    # A script gets the archived copy that it names: no living page replaces it.
    found = find_link(story._replace(verdicts=()), kind, _OPTIONS.__getitem__)
    if found.link is None:
        print(f"newsreader: {listed.name}: {found.words}", file=sys.stderr)
        return None
    return found


def _open_file(opener: LinkOpener, file: Path, *, prints: bool) -> None:
    if prints:
        print(file.as_uri())
    else:
        print(opener.open_file(file), file=sys.stderr)


def _open(opener: LinkOpener, found: FoundLink) -> None:
    try:
        print(opener.open(found), file=sys.stderr)
    except LinkNotOpenedError as error:
        raise LinkNotOpenedError(f"{error} --print prints the address.", error.url) from error
