"""Changing the sources in the settings file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from newsreader.domain.errors import NewsreaderError
from newsreader.settings.edit_sources import EditError
from newsreader.state.atomic_file import write_whole


class SettingsWriteError(NewsreaderError):
    """The settings file cannot be changed; the message says why and what to do."""


def change_settings(path: Path, edit: Callable[[str], str]) -> str:
    """Change the text of the settings file; return the new text.

    The file is replaced whole. A link to it stays a link, and its permissions stay.

    Raises:
        SettingsWriteError: the file cannot be read, changed or written.

    """
    target = path.resolve()
    try:
        text = target.read_text(encoding="utf-8-sig") if target.exists() else ""
        changed = edit(text)
        target.parent.mkdir(parents=True, exist_ok=True)
        mode = target.stat().st_mode if target.exists() else None
        write_whole(target, lambda file: file.write(changed), replace=True, durable=True)
        if mode is not None:
            target.chmod(mode)
    except EditError as error:
        raise SettingsWriteError(f"{path}: {error}. Change it by hand, then try again.") from None
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise SettingsWriteError(f"{path}: cannot be changed ({reason}). Check the file.") from error
    return changed
