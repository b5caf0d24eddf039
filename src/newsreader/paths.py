"""Where things are: the user's folders, and what is shipped with the program."""

from __future__ import annotations

from pathlib import Path

_APP = "newsreader"


def cache_dir() -> Path:
    """Where indexes are kept. Deleting it only costs time."""
    import platformdirs

    return Path(platformdirs.user_cache_dir(_APP))


def state_dir() -> Path:
    """Where logs are kept, and all that must survive the cache."""
    import platformdirs

    return Path(platformdirs.user_state_dir(_APP))


def config_file() -> Path:
    """The settings file; it need not exist."""
    import platformdirs

    return Path(platformdirs.user_config_dir(_APP)) / "config.toml"


def shipped(name: str) -> Path:
    """A folder that comes with the program: `styles` or `sample_content`.

    Installed packages carry it inside; an editable install and a checkout have it at their root.
    """
    package = Path(__file__).parent
    inside = package / name
    return inside if inside.is_dir() else package.parent.parent / name
