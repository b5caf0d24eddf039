"""Whole files or none: a file is written under a name that nobody reads, and then gets its own."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TextIO, cast

_PREFIX = ".newsreader-"
_TEMPORARY = re.compile(re.escape(_PREFIX) + "[a-z0-9_]{8}")


def write_whole(
    path: Path, write: Callable[[TextIO], object], *, replace: bool, durable: bool = False
) -> None:
    """Write a file: it is there as a whole or not at all, whenever the program ends.

    Args:
        path: Where to; its folder is there.
        write: Writes the text.
        replace: Whether it may take the place of another file.
        durable: Whether it is whole after a power failure, too, which takes a while; its name is there for
            sure after `settle_folder`.

    Raises:
        FileExistsError: a file is there, and is not to be replaced.
        OSError: it cannot be written.

    """
    with NamedTemporaryFile(
        "w",
        encoding="utf-8",
        errors="backslashreplace",
        newline="\n",
        dir=path.parent,
        prefix=_PREFIX,
        delete=False,
    ) as file:
        temporary = Path(file.name)
        try:
            write(cast("TextIO", file))
            if durable:
                file.flush()
                os.fsync(file.fileno())
            file.close()
            temporary.chmod(0o666 & ~_umask())
            _move(temporary, path, replace=replace)
        finally:
            file.close()
            with suppress(FileNotFoundError):
                temporary.unlink()


def settle_folder(folder: Path) -> None:
    """Have the names in a folder outlast a power failure, where the system can do so."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def sweep(folder: Path) -> int:
    """Take away what programs left in a folder that were killed while they wrote; how many files."""
    swept = 0
    with suppress(OSError):
        for entry in list(folder.iterdir()):
            if _TEMPORARY.fullmatch(entry.name) and entry.is_file() and not entry.is_symlink():
                entry.unlink()
                swept += 1
    return swept


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
