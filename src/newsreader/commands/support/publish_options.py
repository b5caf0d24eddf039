"""What the command lines that publish have in common: names, addresses, and where the output goes."""

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
    """What a corpus is called: its name in the settings, or that of its folder."""
    root = corpus.library.root
    for name, folder in corpus.settings.corpora.items():
        if options.corpus == name or Path(folder).expanduser().resolve() == root:
            return clean_line(name)
    if root == paths.shipped("sample_content").resolve():
        return "newsreader sample"
    return clean_line(root.name) or "newsreader"


def web_address(text: str) -> str:
    """An address for a feed or mail.

    Raises:
        ArgumentTypeError: it is no http or https URL.

    """
    if text and not is_openable(text):
        raise ArgumentTypeError(f"an http or https URL is needed, not “{clean_line(text)}”")
    return text


def write_to(output: str | None, write: Callable[[TextIO], object], corpus: Path) -> None:
    """Write to a file, as a whole or not at all, or to standard output."""
    if output and output != "-":
        put(Path(output).expanduser(), write, corpus)
    else:
        write(sys.stdout)
