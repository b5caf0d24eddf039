"""Write files atomically, never into the corpus, and replace none unless asked to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple, TextIO

from newsreader.domain.errors import NewsreaderError
from newsreader.domain.sanitize import clean_line
from newsreader.state.atomic_file import write_whole

if TYPE_CHECKING:
    from newsreader.corpus.document import Document


class ExportWriteError(NewsreaderError):
    """A file cannot be written; the message says why and what to do."""


class AlreadyThereError(ExportWriteError):
    """A file with other content exists."""


def check_outside(path: Path, corpus: Path) -> None:
    """Raise ExportWriteError if a path, with symbolic links resolved, is in the corpus."""
    if path.resolve().is_relative_to(corpus.resolve()):
        raise ExportWriteError(
            f"{_shown(path)}: this is in the corpus, which is only ever read. Write to another folder."
        )


def put(path: Path, write: Callable[[TextIO], object], corpus: Path) -> None:
    """Write or replace a file atomically. Raise ExportWriteError on failure, or for a path in the corpus."""
    check_outside(path, corpus)
    _write(path, write, replace=True)


def put_new(path: Path, text: str, corpus: Path, *, replace: bool = False) -> bool:
    """Write a new file, and the folders it needs. Return False if it exists with that text already.

    Raises:
        AlreadyThereError: a file with other content exists, and `replace` is False.
        ExportWriteError: the file cannot be written, or the path is in the corpus.

    """
    check_outside(path, corpus)
    try:
        if path.is_file() and path.read_bytes() == text.encode("utf-8", "backslashreplace"):
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _cannot(path, error) from error
    _write(path, lambda file: file.write(text), replace=replace)
    return True


class Written(NamedTuple):
    """The numbers of files written and already present, and the paths that were not replaced."""

    new: int
    same: int
    refused: tuple[str, ...]


def write_folder(
    folder: Path, documents: Iterable[tuple[str, Document]], corpus: Path, *, replace: bool
) -> Written:
    """Write a file for each record; leave existing files with other content unless `replace` is set.

    Args:
        folder: The target; created if necessary.
        documents: Paths in the corpus, and their content.
        corpus: The folder that must not be written to.
        replace: Whether to replace files with other content.

    Raises:
        ExportWriteError: a file cannot be written, or its path is in the corpus.

    """
    from newsreader.corpus.writer import written

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
    """Return a relative path; raise ExportWriteError if it leads out of the folder."""
    relative = PurePosixPath(path)
    if relative.is_absolute() or ".." in relative.parts or not relative.name:
        raise ExportWriteError(f"{path}: this is no path below a folder.")
    return relative


def _write(path: Path, write: Callable[[TextIO], object], *, replace: bool) -> None:
    try:
        write_whole(path, write, replace=replace)
    except FileExistsError as error:
        raise AlreadyThereError(
            f"{_shown(path)}: there is a file already that says something else. --force replaces it."
        ) from error
    except OSError as error:
        raise _cannot(path, error) from error


def _cannot(path: Path, error: OSError) -> ExportWriteError:
    return ExportWriteError(f"{_shown(path)}: cannot be written ({error.strerror or error}).")


def _shown(path: Path) -> str:
    return clean_line(str(path))
