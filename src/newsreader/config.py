"""The settings file: what may be set, its defaults, and what is said about a mistake in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from newsreader.domain.ages import AgesFrom
from newsreader.domain.ranking import DAY, Order


class GlyphSet(StrEnum):
    """What charts are drawn with."""

    AUTO = "auto"
    UNICODE = "unicode"
    ASCII = "ascii"


class Settings(NamedTuple):
    """What the user may set.

    `browser` is a command and its arguments, `%s` standing for the URL; empty means `$BROWSER` or
    what the system offers. `half_life` is in seconds. `order` is the first order of the list. `watch` is
    whether changes in the corpus show by themselves, `first_frame` whether the picture of the last start is
    shown until the program is there. `ages_from` is what the ages in a filter are counted from. `glyphs` is
    what charts are drawn with. `fold_stories` is whether the front page shows each story in one row.
    `mark_read_after` is how many seconds a story has to be on the screen to count as read, None for never;
    `mark_coverage` whether all reports of a story are read with it.
    """

    browser: tuple[str, ...] = ()
    half_life: int = DAY
    order: Order = Order.TOP
    theme: str = "newsreader-dark"
    watch: bool = True
    first_frame: bool = True
    ages_from: AgesFrom = AgesFrom.NEWEST
    glyphs: GlyphSet = GlyphSet.AUTO
    fold_stories: bool = True
    mark_read_after: float | None = 2.0
    mark_coverage: bool = True


def load_settings(path: Path) -> tuple[Settings, list[str]]:
    """Read the settings file. A value that cannot be used leaves the default in force.

    Returns:
        The settings, and one sentence for each mistake: file, place, what is needed.

    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings(), []
    except (OSError, UnicodeDecodeError) as error:
        return Settings(), [f"{path}: cannot be read ({error}); the defaults are used."]
    import tomllib

    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return Settings(), [f"{path}: not valid TOML ({error}); the defaults are used."]
    return _settings(values, text, path)


class _Misfit(Exception):  # noqa: N818 - never leaves this module
    """The value does not fit; the message says what is needed."""


def _browser(value: Any) -> tuple[str, ...]:
    if isinstance(value, list) and value and all(isinstance(part, str) and part for part in value):
        return tuple(value)
    raise _Misfit('a list of a command and its arguments is needed, such as ["firefox", "%s"]')


def _half_life(value: Any) -> int:
    if isinstance(value, int | float) and not isinstance(value, bool) and 0.01 <= value <= 10_000:
        return round(value * DAY)
    raise _Misfit("a number of days between 0.01 and 10000 is needed")


def _one_of(names: type[StrEnum]) -> Callable[[Any], StrEnum]:
    def read(value: Any) -> StrEnum:
        try:
            return names(value)
        except ValueError:
            raise _Misfit(f"one of {', '.join(names)} is needed") from None

    return read


def _seconds(value: Any) -> float | None:
    if value == "off":
        return None
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 3600:
        return float(value)
    raise _Misfit('a number of seconds up to 3600 or "off" is needed')


def _theme(value: Any) -> str:
    if isinstance(value, str) and value:
        return value
    raise _Misfit("the name of a theme is needed")


def _switch(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise _Misfit("true or false is needed")


_KEYS: dict[str, tuple[str, Callable[[Any], object]]] = {
    "browser": ("browser", _browser),
    "half_life_days": ("half_life", _half_life),
    "order": ("order", _one_of(Order)),
    "theme": ("theme", _theme),
    "watch": ("watch", _switch),
    "first_frame": ("first_frame", _switch),
    "ages_from": ("ages_from", _one_of(AgesFrom)),
    "glyphs": ("glyphs", _one_of(GlyphSet)),
    "fold_stories": ("fold_stories", _switch),
    "mark_read_after": ("mark_read_after", _seconds),
    "mark_coverage": ("mark_coverage", _switch),
}


def _settings(values: Mapping[str, Any], text: str, path: Path) -> tuple[Settings, list[str]]:
    fields: dict[str, Any] = {}
    complaints: list[str] = []
    for key, value in values.items():
        place = f"{path}:{_line_of(key, text)}: {key}"
        if key not in _KEYS:
            from difflib import get_close_matches  # mistakes are rare, starts are not

            near = get_close_matches(key, _KEYS, n=1)
            hint = f"did you mean {near[0]}?" if near else f"known keys are {', '.join(_KEYS)}."
            complaints.append(f"{place} is not a setting; {hint}")
            continue
        field, read = _KEYS[key]
        try:
            fields[field] = read(value)
        except _Misfit as misfit:
            complaints.append(f"{place}: {misfit}; the default is used.")
    return Settings(**fields), complaints


def _line_of(key: str, text: str) -> int:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip().strip("[").startswith(key):
            return number
    return 1
