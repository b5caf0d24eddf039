"""A folder of Markdown: a file for each record, laid out as the corpus is."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from newsreader.commands.publish.output import AlreadyThereError, ExportWriteError, put_new
from newsreader.corpus.document import Document
from newsreader.corpus.writer import written


class Written(NamedTuple):
    """How many files were written, how many were there already, and those in whose place others stand."""

    new: int
    same: int
    refused: tuple[str, ...]


def write_folder(
    folder: Path, documents: Iterable[tuple[str, Document]], corpus: Path, *, replace: bool
) -> Written:
    """Write a file for each record.

    A file that says something else stays, and the others are written all the same.

    Args:
        folder: Where to; made if it is not there.
        documents: Paths in the corpus, and what the files say.
        corpus: What must not be written to.
        replace: Whether a file that says something else is replaced.

    Raises:
        ExportWriteError: a file cannot be written, or would be in the corpus.

    """
    new = same = 0
    refused: list[str] = []
    for path, document in documents:
        target = folder / _inside(path)
        try:
            if put_new(target, written(document), corpus, replace=replace):
                new += 1
            else:
                same += 1
        except AlreadyThereError:
            refused.append(path)
    return Written(new, same, tuple(refused))


def _inside(path: str) -> PurePosixPath:
    """A path in the corpus as one below another folder.

    Raises:
        ExportWriteError: it would lead elsewhere.

    """
    wanted = PurePosixPath(path)
    if wanted.is_absolute() or ".." in wanted.parts or not wanted.name:
        raise ExportWriteError(f"{path}: this is no path below a folder.")
    return wanted
