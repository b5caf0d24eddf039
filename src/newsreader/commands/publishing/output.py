"""Writing beside the corpus, never into it: whole files or none, and nothing replaced unasked."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TextIO, cast

from newsreader.domain.text import clean_line
from newsreader.errors import NewsreaderError


class CannotPutError(NewsreaderError):
    """A file cannot be written where it was asked for; the message says why and what to do."""


class AlreadyThereError(CannotPutError):
    """A file stands there that says something else."""


def check_outside(path: Path, corpus: Path) -> None:
    """Make sure that nothing is written into the corpus, also by a link that leads there.

    Raises:
        CannotPutError: the path is in it.

    """
    if path.resolve().is_relative_to(corpus.resolve()):
        raise CannotPutError(
            f"{_shown(path)}: this is in the corpus, which is only ever read. Write to another folder."
        )


def put(path: Path, write: Callable[[TextIO], object], corpus: Path) -> None:
    """Write a file in place of one that may be there: it is there as a whole or not at all.

    Raises:
        CannotPutError: it cannot be written, or would be in the corpus.

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
        CannotPutError: it cannot be written, or would be in the corpus.

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
        with NamedTemporaryFile(
            "w",
            encoding="utf-8",
            errors="backslashreplace",
            newline="\n",
            dir=path.parent,
            prefix=".newsreader-",
            delete=False,
        ) as file:
            temporary = Path(file.name)
            try:
                write(cast("TextIO", file))
                file.close()
                temporary.chmod(0o666 & ~_umask())
                _move(temporary, path, replace=replace)
            finally:
                file.close()
                with suppress(FileNotFoundError):
                    temporary.unlink()
    except FileExistsError as error:
        raise AlreadyThereError(
            f"{_shown(path)}: there is a file already that says something else. --force replaces it."
        ) from error
    except OSError as error:
        raise _cannot(path, error) from error


def _move(temporary: Path, path: Path, *, replace: bool) -> None:
    """Give a file its name; unless it may replace another, this fails where one has come meanwhile."""
    if replace:
        temporary.replace(path)
        return
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if path.exists() or path.is_symlink():
            raise FileExistsError from None
        temporary.replace(path)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _cannot(path: Path, error: OSError) -> CannotPutError:
    return CannotPutError(f"{_shown(path)}: cannot be written ({error.strerror or error}).")


def _shown(path: Path) -> str:
    return clean_line(str(path))
