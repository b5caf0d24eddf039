"""The folders and files of the user and of the program. None of them needs to exist."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_APP = "newsreader"


def cache_dir() -> Path:
    """Return the folder of the indexes, which can be deleted at any time."""
    return _user_dir("cache", "XDG_CACHE_HOME", "~/.cache")


def state_dir() -> Path:
    """Return the folder of logs and everything that must outlive the cache."""
    return _user_dir("state", "XDG_STATE_HOME", "~/.local/state")


def marks_file() -> Path:
    """Return the database of marks."""
    return state_dir() / "marks.sqlite"


def pages_file() -> Path:
    """Return the database of fetched pages and link checks, which can be deleted at any time."""
    return cache_dir() / "pages.sqlite"


def pictures_dir() -> Path:
    """Return the folder of fetched pictures, which can be deleted at any time."""
    return cache_dir() / "pictures"


def sync_dir() -> Path:
    """Return the folder that maps records to the sources they came from."""
    return state_dir() / "sync"


def visits_dir() -> Path:
    """Return the folder of the last visits to each corpus."""
    return state_dir() / "visits"


def theme_file() -> Path:
    """Return the file with the theme that was chosen last."""
    return state_dir() / "theme"


def background_file() -> Path:
    """Return the file with the background that the terminal reported last: dark or light."""
    return state_dir() / "background"


def filter_history_file() -> Path:
    """Return the file of the filters that were used before."""
    return state_dir() / "filters"


def layout_file() -> Path:
    """Return the file with the layout of the screen."""
    return state_dir() / "look.json"


def welcome_file() -> Path:
    """Return the file that exists if the welcome was shown."""
    return state_dir() / "welcomed"


def config_file() -> Path:
    """Return the settings file."""
    return _user_dir("config", "XDG_CONFIG_HOME", "~/.config") / "config.toml"


def themes_dir() -> Path:
    """Return the folder of user themes."""
    return config_file().with_name("themes")


def searches_file() -> Path:
    """Return the file of saved searches."""
    return config_file().with_name("searches.toml")


def _user_dir(kind: str, variable: str, default: str) -> Path:
    system: str = sys.platform
    if system == "linux":
        # The same as platformdirs, whose import takes an eighth of the time to the first frame.
        return Path(os.environ.get(variable, "").strip() or os.path.expanduser(default)) / _APP  # noqa: PTH111
    import platformdirs

    folders = {
        "cache": platformdirs.user_cache_dir,
        "state": platformdirs.user_state_dir,
        "config": platformdirs.user_config_dir,
    }
    return Path(folders[kind](_APP))


def shipped(name: str) -> Path:
    """Return a folder shipped with the program: `styles` or `sample_content`.

    It is inside an installed package, and at the root of a checkout or editable install.
    """
    package = Path(__file__).parents[1]
    inside = package / name
    return inside if inside.is_dir() else package.parent.parent / name
