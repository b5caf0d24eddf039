"""Themes that the user has written: a TOML file for each, in a folder beside the settings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from textual.color import Color, ColorParseError
from textual.theme import Theme

from newsreader.domain.sanitize import clean_line
from newsreader.ui.style.builtin import DARK, LIGHT

COLOURS = (
    "primary",
    "secondary",
    "accent",
    "warning",
    "error",
    "success",
    "foreground",
    "background",
    "surface",
    "panel",
)
"""What a file may set; what it leaves out is that of the program's own theme."""

_NAME = re.compile("[a-z][a-z0-9-]*")
_ALL = ("dark", *COLOURS, "variables")


class _InvalidThemeError(Exception):
    """A part of the file does not fit; the message says which, and what is needed."""


def read_themes(folder: Path) -> tuple[list[Theme], list[str]]:
    """All themes of a folder, each named as its file, and a sentence for each file that makes no theme."""
    themes: list[Theme] = []
    complaints: list[str] = []
    try:
        files = sorted(path for path in folder.iterdir() if path.suffix == ".toml" and path.is_file())
    except OSError:
        return [], []
    import tomllib  # few have themes of their own

    for path in files:
        try:
            themes.append(_theme(path.stem, tomllib.loads(path.read_text(encoding="utf-8-sig"))))
        except (OSError, ValueError, RecursionError, _InvalidThemeError) as error:
            complaints.append(clean_line(f"{path}: {error}; there is no such theme now."))
    return themes, complaints


def _theme(name: str, values: Mapping[str, Any]) -> Theme:
    for key in values:
        if key not in _ALL:
            from difflib import get_close_matches

            near = get_close_matches(key, _ALL, n=1)
            hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(_ALL)}"
            raise _InvalidThemeError(f"{key} is no part of a theme; {hint}")
    dark = values.get("dark", True)
    if not isinstance(dark, bool):
        raise _InvalidThemeError("dark: true or false is needed")
    usual = DARK if dark else LIGHT
    colours: dict[str, Any] = {
        key: _colour(key, values[key]) if key in values else getattr(usual, key) for key in COLOURS
    }
    derived = {"border": colours["primary"], "border-blurred": colours["panel"]}
    own = _variables(values.get("variables", {}))
    return Theme(name=clean_line(name), dark=dark, variables={**usual.variables, **derived, **own}, **colours)


def _variables(given: object) -> dict[str, str]:
    if not isinstance(given, dict):
        raise _InvalidThemeError("variables: a table of colours is needed")
    for name in given:
        if not _NAME.fullmatch(name):
            raise _InvalidThemeError(f"variables.{name}: a name such as scrollbar-hover is needed")
    return {name: _colour(f"variables.{name}", value) for name, value in given.items()}


def _colour(key: str, value: object) -> str:
    """A colour that Textual knows: `#7aa2c8`, `rgb(122, 162, 200)`, `steelblue`.

    Raises:
        _InvalidThemeError: it does not.

    """
    if isinstance(value, str):
        try:
            Color.parse(value)
        except ColorParseError:
            pass
        else:
            return value
    raise _InvalidThemeError(f'{key}: a colour such as "#7aa2c8" is needed')
