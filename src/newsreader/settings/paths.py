"""Where things are: the user's folders, and what is shipped with the program."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_APP = "newsreader"


def cache_dir() -> Path:
    """Where indexes are kept. Deleting it only costs time."""
    return _of_the_user("cache", "XDG_CACHE_HOME", "~/.cache")


def state_dir() -> Path:
    """Where logs are kept, and all that must survive the cache."""
    return _of_the_user("state", "XDG_STATE_HOME", "~/.local/state")


def marks_file() -> Path:
    """The reader's marks; the file need not exist."""
    return state_dir() / "marks.sqlite"


def pages_file() -> Path:
    """Fetched pages, and how links fared; the file need not exist, and deleting it only costs time."""
    return cache_dir() / "pages.sqlite"


def pictures_dir() -> Path:
    """Fetched pictures; the folder need not exist, and deleting it only costs time."""
    return cache_dir() / "pictures"


def sync_dir() -> Path:
    """What tells which records were brought in by which source; the folder need not exist."""
    return state_dir() / "sync"


def visits_dir() -> Path:
    """What tells where the last visit to each corpus ended; the folder need not exist."""
    return state_dir() / "visits"


def theme_file() -> Path:
    """The name of the theme that was chosen last; the file need not exist."""
    return state_dir() / "theme"


def layout_file() -> Path:
    """How the screen was divided last; the file need not exist."""
    return state_dir() / "look.json"


def welcome_file() -> Path:
    """Exists where the reader was welcomed before."""
    return state_dir() / "welcomed"


def config_file() -> Path:
    """The settings file; it need not exist."""
    return _of_the_user("config", "XDG_CONFIG_HOME", "~/.config") / "config.toml"


def themes_dir() -> Path:
    """The user's own themes; the folder need not exist."""
    return config_file().with_name("themes")


def searches_file() -> Path:
    """The file of saved searches; it need not exist."""
    return config_file().with_name("searches.toml")


def _of_the_user(kind: str, variable: str, usual: str) -> Path:
    system: str = sys.platform
    if system == "linux":
        # As platformdirs would tell, whose import takes an eighth of the time to the first frame.
        return Path(os.environ.get(variable, "").strip() or os.path.expanduser(usual)) / _APP  # noqa: PTH111
    import platformdirs

    folders = {
        "cache": platformdirs.user_cache_dir,
        "state": platformdirs.user_state_dir,
        "config": platformdirs.user_config_dir,
    }
    return Path(folders[kind](_APP))


def shipped(name: str) -> Path:
    """A folder that comes with the program: `styles` or `sample_content`.

    Installed packages carry it inside; an editable install and a checkout have it at their root.
    """
    package = Path(__file__).parents[1]
    inside = package / name
    return inside if inside.is_dir() else package.parent.parent / name
