"""What kind of folder a corpus is, and why there is no record in one."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from newsreader.corpus.mapping.detection import detect
from newsreader.corpus.scan import MARKDOWN_SUFFIXES, RECORD_SUFFIXES
from newsreader.domain.corpus_options import CorpusOptions
from newsreader.domain.plural import counted
from newsreader.domain.sanitize import clean_line

MOST_FILES: Final = 5_000
"""Most files that are looked at."""

_OTHER_TEXTS: Final = (".rst", ".org", ".adoc", ".asciidoc", ".textile", ".tex", ".ipynb", ".docx", ".pdf")


def format_of(root: Path, options: str = "") -> str:
    """Return the name of the preset that a corpus is read with.

    Args:
        root: Of the corpus.
        options: As `CorpusOptions.to_json` writes them.

    """
    return detect(root, CorpusOptions.from_json(options)).main.preset.name


def explain_empty(root: Path) -> str:
    """Return what was found in a folder without records, and what to set. Reads names only."""
    counts = Counter(_suffixes(root))
    plain = sum(counts[suffix] for suffix in MARKDOWN_SUFFIXES)
    other = sum(counts[suffix] for suffix in RECORD_SUFFIXES) - plain
    found: list[str] = []
    if plain:
        found.append(
            f"{counted(plain, 'Markdown file')} without metadata: to read them, set include_plain = true "
            "below [corpora.NAME] in the settings."
        )
    if other:
        found.append(f"{counted(other, 'text or HTML file')} without metadata, such as a title between ---.")
    found += [
        f"{counted(counts[suffix], f'{suffix} file')}, a format that is not read."
        for suffix in _OTHER_TEXTS
        if counts[suffix]
    ]
    where = clean_line(str(root))
    if not found:
        return f"There is no Markdown, text or HTML file in {where}."
    return f"There is no record in {where}. Found: {' '.join(found)}"


def _suffixes(root: Path) -> Iterator[str]:
    """Yield the suffixes of the files of a folder that a scan would visit, in lower case."""
    files = (
        os.path.splitext(name)[1].lower()  # noqa: PTH122 - as fast as the scan
        for _, _, names in _walk(root)
        for name in names
        if not name.startswith(".")
    )
    return islice(files, MOST_FILES)


def _walk(root: Path) -> Iterator[tuple[str, list[str], list[str]]]:
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield folder, folders, names
