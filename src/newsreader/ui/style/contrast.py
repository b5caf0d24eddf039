"""Readable colours by the contrast ratio of WCAG 2.2 (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

Rgb = tuple[int, int, int]
"""Red, green and blue from 0 to 255."""

TEXT: Final = 4.5
"""Least contrast of text."""

DIM: Final = 3.0
"""Least contrast of metadata that is dim on purpose."""

DIM_ROLES: Final = frozenset(
    ("axis", "count", "detail", "heading", "hint", "label", "marker", "meta", "note", "place", "about")
)
"""Roles of dim metadata; all others are text."""

_STEPS: Final = 32
"""Steps in which a colour is mixed with white or black."""

_INKS: Final = ("foreground", "primary", "secondary", "accent", "success", "warning", "error", "text-muted")
"""Colours of a theme in which the program writes."""

_GROUNDS: Final = ("background", "surface", "panel")
"""Colours of a theme on which it writes."""


def least_contrast(role: str) -> float:
    """Return the least contrast of a role."""
    return DIM if role in DIM_ROLES else TEXT


def contrast(one: Rgb, other: Rgb) -> float:
    """Return the contrast ratio of two colours, from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@lru_cache(maxsize=4096)
def readable(color: Rgb, background: Rgb, least: float) -> Rgb:
    """Mix a colour with as little white or black as a contrast needs; the best there is if none suffices."""
    if contrast(color, background) >= least:
        return color
    goal = max(((255, 255, 255), (0, 0, 0)), key=lambda end: contrast(end, background))
    for step in range(1, _STEPS):
        mixed = mix(color, goal, step / _STEPS)
        if contrast(mixed, background) >= least:
            return mixed
    return goal


def mix(one: Rgb, other: Rgb, share: float) -> Rgb:
    """Mix two colours; `share` is that of the second."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def inks(variables: Mapping[str, str]) -> dict[str, str]:
    """Return the variables `ink-…` for a theme's: its colours, readable on all of its backgrounds.

    A theme in the terminal's own colours keeps them, as nobody knows how they look.
    """
    grounds = [rgb for name in _GROUNDS if (rgb := parse_hex(variables.get(name, "")))]
    foreground = parse_hex(variables.get("foreground", ""))
    found: dict[str, str] = {}
    for name in _INKS:
        ink = name.removeprefix("text-")
        color = parse_hex(variables.get(name, ""))
        if name == "text-muted" and color is None and foreground and grounds:  # Textual's "auto 60%"
            color = mix(grounds[0], foreground, 0.65)
        if color is None or len(grounds) < len(_GROUNDS):
            found[f"ink-{ink}"] = variables.get(name, "ansi_default")
            continue
        for ground in grounds:
            color = readable(color, ground, DIM if ink == "muted" else TEXT)
        found[f"ink-{ink}"] = "#{:02x}{:02x}{:02x}".format(*color)
    return found


def parse_hex(text: str) -> Rgb | None:
    """Parse `#rrggbb`; None for anything else."""
    if len(text) != 7 or text[0] != "#":
        return None
    try:
        number = int(text[1:], 16)
    except ValueError:
        return None
    return number >> 16, number >> 8 & 255, number & 255


def _luminance(color: Rgb) -> float:
    red, green, blue = (_linear(part / 255) for part in color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
