"""Look up the records named on the command line."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from newsreader.commands.support.selection import SelectedCorpus
from newsreader.corpus.scan import display_path
from newsreader.domain.indexed_record import IndexedRecord
from newsreader.domain.sanitize import clean_line

MEANING = (
    "the id of a record as `newsreader list` gives it or the beginning of one, an address of its page, or "
    "the path of its file or the end of one"
)

_NEAR = 5
"""Maximum number of records suggested if one is not found."""


def add_ids(parser: argparse.ArgumentParser, *, several: bool) -> None:
    """Add the argument that names records."""
    group = parser.add_argument_group("records")
    if several:
        group.add_argument("ids", nargs="+", metavar="ID|URL|PATH", help=MEANING)
    else:
        group.add_argument("id", metavar="ID|URL|PATH", help=MEANING)


def find_all(corpus: SelectedCorpus, texts: Sequence[str]) -> Iterator[IndexedRecord | None]:
    """Look up several records; see `find_one`."""
    for text in texts:
        yield find_one(corpus, text)


def find_one(corpus: SelectedCorpus, text: str) -> IndexedRecord | None:
    """Look up a record by id, URL or path; report on standard error and return None if there is not one."""
    catalogue = corpus.reader.catalogue
    # Bytes of a name that are not UTF-8 are shown, and so found, in another form.
    text = display_path(os.fsencode(_within(corpus.library.root, text)))
    found = catalogue.find(text)
    if len(found) == 1:
        return catalogue.record(found[0])
    shown = clean_line(text, 200)
    if found:
        _report(f"“{shown}” matches {len(found):,} records; give more of the id or path:")
        _suggest(catalogue.records(found[:_NEAR]))
        return None
    near = catalogue.near(text, _NEAR)
    _report(f"no record is called “{shown}”" + ("; near it are:" if near else "."))
    _suggest(catalogue.records(near))
    return None


def _within(root: Path, text: str) -> str:
    """Convert the path of an existing file to a path in the corpus; return any other text unchanged."""
    if "://" in text or not os.path.lexists(text):
        return text
    try:
        return Path(text).resolve().relative_to(root).as_posix()
    except (OSError, ValueError):
        return text


def _suggest(records: Iterator[IndexedRecord]) -> None:
    for listed in records:
        _report(f"   {listed.name}  {clean_line(listed.path)}")


def _report(message: str) -> None:
    print(message if message.startswith(" ") else f"newsreader: {message}", file=sys.stderr)
