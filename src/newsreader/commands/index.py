"""`newsreader index`: refresh, rebuild, verify or locate the index of a corpus."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from contextlib import closing

from newsreader.app.open_corpus import check_corpus, corpus_root, library_of
from newsreader.commands.support.arguments import CommandParser, parse_arguments
from newsreader.commands.support.repair import repairing
from newsreader.domain.sanitize import clean_line
from newsreader.domain.view import Scope, View
from newsreader.library import Library
from newsreader.settings import paths
from newsreader.settings.model import load_settings


def parser() -> ArgumentParser:
    """Build the argument parser."""
    command = CommandParser(
        "index",
        "Bring the index of a corpus up to date: every file is looked at, and read if it has changed. "
        "Other commands do so by themselves where it is due. The index is disposable; marks and settings "
        "are not in it.",
        (
            ("index", "read what has changed, before a script begins"),
            ("index --verify --corpus ai", "whether the index is whole and says what the files say"),
            ('du -h "$(newsreader index --where)"', "how large it is"),
        ),
    )
    command.add_argument(
        "--corpus",
        metavar="PATH|NAME",
        help="a folder of records, or its name in the settings; without it $NEWSREADER_CORPUS, the first "
        "corpus of the settings, or the sample",
    )
    what = command.add_mutually_exclusive_group()
    what.add_argument("--rebuild", action="store_true", help="throw the index away and read every file")
    what.add_argument("--verify", action="store_true", help="change nothing, and tell what is wrong with it")
    what.add_argument("--where", action="store_true", help="print the path of the index, made or not")
    return command


def run(arguments: Sequence[str]) -> int:
    """Run the command; return 1 if --verify found a problem."""
    options = parse_arguments(parser(), arguments)
    settings, complaints, _ = load_settings(paths.config_file())
    for complaint in complaints:
        print(f"newsreader: {complaint}", file=sys.stderr)
    root, _ = corpus_root(options.corpus, settings)
    check_corpus(root)
    library = library_of(root, settings)
    if options.where:
        print(library.index)
        return 0
    if library.notice:
        print(f"newsreader: {library.notice}", file=sys.stderr)
    return _verify(library) if options.verify else _refresh(library, rebuild=options.rebuild)


def _refresh(library: Library, *, rebuild: bool) -> int:
    from newsreader.commands.support.refresh import bring_up_to_date

    if rebuild:
        library.discard_index()
    done = bring_up_to_date(library)
    with repairing(library), closing(library.reader()) as reader:
        records = reader.count(View(scope=Scope.EVERYTHING, fold=False))
    print(f"{clean_line(str(library.root))}: {done.done:,} files read, {records:,} records")
    return 0


def _verify(library: Library) -> int:
    from newsreader.library.check.index import check_index

    verdict = check_index(library.root, library.index)
    for defect in verdict.defects:
        print(f"damaged: {clean_line(defect)}")
    added, changed, deleted = verdict.count_changes()
    if not verdict.is_fresh:
        print(f"old: {added:,} files came, {changed:,} changed, {deleted:,} went since")
    if verdict.is_sound and verdict.is_fresh:
        print("sound and up to date")
        return 0
    hint = "newsreader index" if verdict.is_sound else "newsreader index --rebuild"
    print(f"newsreader: `{hint}` mends that.", file=sys.stderr)
    return 1
