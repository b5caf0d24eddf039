"""Options shared by `export` and `digest`."""

from __future__ import annotations

import sys
from argparse import ArgumentTypeError, Namespace
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from newsreader.commands.publish.output import put
from newsreader.commands.support.selection import SelectedCorpus
from newsreader.domain.sanitize import clean_line
from newsreader.domain.urls import is_openable
from newsreader.settings import paths


def corpus_name(options: Namespace, corpus: SelectedCorpus) -> str:
    """Return the name of a corpus in the settings, or the name of its folder."""
    root = corpus.library.root
    for name, folder in corpus.settings.corpora.items():
        if options.corpus == name or Path(folder).expanduser().resolve() == root:
            return clean_line(name)
    if root == paths.shipped("sample_content").resolve():
        return "newsreader sample"
    return clean_line(root.name) or "newsreader"


def web_address(text: str) -> str:
    """Parse an http or https URL; raise ArgumentTypeError for any other text."""
    if text and not is_openable(text):
        raise ArgumentTypeError(f"an http or https URL is needed, not “{clean_line(text)}”")
    return text


def write_to(output: str | None, write: Callable[[TextIO], object], corpus: Path) -> None:
    """Write to a file, atomically, or to standard output."""
    if output and output != "-":
        put(Path(output).expanduser(), write, corpus)
    else:
        write(sys.stdout)
