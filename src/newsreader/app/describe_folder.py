"""What kind of folder a corpus is, and why there is no record in one."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from newsreader.corpus.formats.json import OPENING_RE
from newsreader.corpus.mapping.detection import detect
from newsreader.corpus.scan import MARKDOWN_SUFFIXES, RECORD_SUFFIXES
from newsreader.domain.corpus_options import CorpusOptions
from newsreader.domain.plural import counted
from newsreader.domain.sanitize import clean_line

MOST_FILES: Final = 5_000
"""Most files that are looked at."""

MOST_OPENED: Final = 1_000
"""Most files whose first bytes are read."""

_SIGNS: Final = ("---", "+++", ";;;")
"""How metadata begins; JSON begins with `{`, but not as templates do."""

_OTHER_TEXTS: Final = (".rst", ".org", ".adoc", ".asciidoc", ".textile", ".tex", ".ipynb", ".docx", ".pdf")


def format_of(root: Path, options: str = "") -> str:
    """Return the name of the preset that a corpus is read with.

    Args:
        root: Of the corpus.
        options: As `CorpusOptions.to_json` writes them.

    """
    return detect(root, CorpusOptions.from_json(options)).main.preset.name


def format_notice(root: Path, options: str = "") -> str:
    """Return a sentence on how a corpus is read; "" if it is in the program's own format."""
    name = format_of(root, options)
    if name == "native":
        return ""
    return f"Format of this folder: {name}; set format in [corpora.NAME] to choose another."


def explain_empty(root: Path, name: str = "") -> str:
    """Return what was found in a folder without records, and what to set.

    Reads names, and the first bytes of some files. `name` stands for the folder; by default its path does.
    """
    files = list(islice(_files(root), MOST_FILES))
    counts = Counter(_suffix(path) for path in files)
    texts = [path for path in files if _suffix(path) in RECORD_SUFFIXES]
    signs = {path: _beginning(path) for path in texts[:MOST_OPENED]}
    begun = Counter(filter(None, signs.values()))
    bare = [path for path in texts if not signs.get(path)]
    plain = sum(_suffix(path) in MARKDOWN_SUFFIXES for path in bare)
    other = len(bare) - plain
    found = [
        f"{counted(count, 'file')} that {'begins' if count == 1 else 'begin'} with {sign}, but without a "
        "record: `newsreader check` lists what is wrong."
        for sign, count in begun.most_common()
    ]
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
    where = name or clean_line(str(root))
    if not found:
        return f"There is no Markdown, text or HTML file in {where}."
    return f"There is no record in {where}. Found: {' '.join(found)}"


def _files(root: Path) -> Iterator[str]:
    """Yield the paths of the files of a folder that a scan would visit."""
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (os.path.join(folder, name) for name in names if not name.startswith("."))  # noqa: PTH118


def _suffix(path: str) -> str:
    return os.path.splitext(path)[1].lower()  # noqa: PTH122 - as fast as the scan


def _beginning(path: str) -> str:
    """Return the sign that the metadata of a file begins with; "" if it has none or cannot be read."""
    try:
        if not os.path.isfile(path):  # noqa: PTH113 - opening a pipe would wait for its other end
            return ""
        with open(path, "rb") as file:  # noqa: PTH123 - the name may not be text
            start = file.read(100).decode("utf-8-sig", "replace").lstrip()
    except OSError:
        return ""
    if OPENING_RE.match(start):
        return "{"
    return next(filter(start.startswith, _SIGNS), "")
