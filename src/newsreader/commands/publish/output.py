"""Writing beside the corpus, never into it: whole files or none, and nothing replaced unasked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from newsreader.domain.errors import NewsreaderError
from newsreader.domain.sanitize import clean_line
from newsreader.state.atomic_file import write_whole


class ExportWriteError(NewsreaderError):
    """A file cannot be written where it was asked for; the message says why and what to do."""


class AlreadyThereError(ExportWriteError):
    """A file stands there that says something else."""


def check_outside(path: Path, corpus: Path) -> None:
    """Make sure that nothing is written into the corpus, also by a link that leads there.

    Raises:
        ExportWriteError: the path is in it.

    """
    if path.resolve().is_relative_to(corpus.resolve()):
        raise ExportWriteError(
            f"{_shown(path)}: this is in the corpus, which is only ever read. Write to another folder."
        )


def put(path: Path, write: Callable[[TextIO], object], corpus: Path) -> None:
    """Write a file in place of one that may be there: it is there as a whole or not at all.

    Raises:
        ExportWriteError: it cannot be written, or would be in the corpus.

    """
    check_outside(path, corpus)
    _write(path, write, replace=True)


def put_new(path: Path, text: str, corpus: Path, *, replace: bool = False) -> bool:
    """Write a file that is not there yet; folders that it needs are made.

    Args:
        path: Where to.
        text: What it is to say.
        corpus: What must not be written to.
        replace: Whether one that says something else is replaced.

    Returns:
        Whether it was written; False where it is there with that text already.

    Raises:
        AlreadyThereError: a file that says something else is there, and is not to be replaced.
        ExportWriteError: it cannot be written, or would be in the corpus.

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
