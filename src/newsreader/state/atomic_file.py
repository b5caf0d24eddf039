"""Write to a temporary file, then rename it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TextIO, cast

PREFIX = ".newsreader-"
"""Of the names of temporary files."""

_TEMPORARY = re.compile(re.escape(PREFIX) + "[a-z0-9_]{8}")


def write_whole(
    path: Path, write: Callable[[TextIO], object], *, replace: bool, durable: bool = False
) -> None:
    """Write a file atomically.

    Args:
        path: The file; its folder exists.
        write: Write the text.
        replace: Whether to replace an existing file.
        durable: Whether to sync the content to disk, which is slow; `settle_folder` syncs the name.

    Raises:
        FileExistsError: the file exists, and `replace` is False.
        OSError: the file cannot be written.

    """
    with NamedTemporaryFile(
        "w",
        encoding="utf-8",
        errors="backslashreplace",
        newline="\n",
        dir=path.parent,
        prefix=PREFIX,
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


def keep_new(temporary: Path, path: Path) -> Path:
    """Move a finished temporary file to a path, or to one with a number if that is taken; return where it is.

    Raises:
        OSError: it cannot be moved.

    """
    temporary.chmod(0o666 & ~_umask())
    target, number = path, 1
    while True:
        try:
            _move(temporary, target, replace=False)
        except FileExistsError:
            number += 1
            target = path.with_name(f"{path.stem}-{number}{path.suffix}")
        else:
            return target


def settle_folder(folder: Path) -> None:
    """Sync the names in a folder to disk, if the system supports it."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def sweep(folder: Path) -> int:
    """Delete temporary files left in a folder by killed processes. Return their number."""
    swept = 0
    with suppress(OSError):
        for entry in list(folder.iterdir()):
            if _TEMPORARY.fullmatch(entry.name) and entry.is_file() and not entry.is_symlink():
                entry.unlink()
                swept += 1
    return swept


def _move(temporary: Path, path: Path, *, replace: bool) -> None:
    """Rename a file; without `replace`, fail if the target exists by now."""
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
