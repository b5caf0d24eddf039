"""The one record that a word of the command line means."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from newsreader.commands.support.selection import SelectedCorpus
from newsreader.domain.indexed_record import IndexedRecord
from newsreader.domain.sanitize import clean_line

MEANING = (
    "the id of a record as `newsreader list` gives it or the beginning of one, an address of its page, or "
    "the path of its file or the end of one"
)

_NEAR = 5
"""Most records that are offered in place of one that is not found."""


def add_ids(parser: argparse.ArgumentParser, *, several: bool) -> None:
    """Which records."""
    group = parser.add_argument_group("records")
    if several:
        group.add_argument("ids", nargs="+", metavar="ID|URL|PATH", help=MEANING)
    else:
        group.add_argument("id", metavar="ID|URL|PATH", help=MEANING)


def find_all(corpus: SelectedCorpus, texts: Sequence[str]) -> Iterator[IndexedRecord | None]:
    """The record that each text means; None after it was told on standard error that there is not one."""
    for text in texts:
        yield find_one(corpus, text)


def find_one(corpus: SelectedCorpus, text: str) -> IndexedRecord | None:
    """The record that a text means; None after it was told on standard error that there is not one."""
    catalogue = corpus.reader.catalogue
    found = catalogue.find(_within(corpus.library.root, text))
    if len(found) == 1:
        return catalogue.record(found[0])
    shown = clean_line(text, 200)
    if found:
        _complain(f"“{shown}” may mean {len(found):,} records; more of the id or the path tells which:")
        _offer(catalogue.records(found[:_NEAR]))
        return None
    near = catalogue.near(text, _NEAR)
    _complain(f"no record is called “{shown}”" + ("; near it are:" if near else "."))
    _offer(catalogue.records(near))
    return None


def _within(root: Path, text: str) -> str:
    """The path of a file as the corpus has it, where the text names one from here; else the text."""
    if "://" in text or not os.path.lexists(text):
        return text
    try:
        return Path(text).resolve().relative_to(root).as_posix()
    except (OSError, ValueError):
        return text


def _offer(records: Iterator[IndexedRecord]) -> None:
    for listed in records:
        _complain(f"  {listed.name}  {clean_line(listed.path)}")


def _complain(words: str) -> None:
    print(words if words.startswith(" ") else f"newsreader: {words}", file=sys.stderr)
