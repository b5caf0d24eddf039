"""Values of settings that several packages share."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class GlyphSet(StrEnum):
    """The character set of the screen."""

    AUTO = "auto"
    UNICODE = "unicode"
    ASCII = "ascii"


class Density(StrEnum):
    """The height of a list row: two lines, or one."""

    COMFORTABLE = "comfortable"
    COMPACT = "compact"

    def other(self) -> Density:
        """Return the other density."""
        return Density.COMPACT if self is Density.COMFORTABLE else Density.COMFORTABLE


class ListColumn(StrEnum):
    """A column of a list row besides the title."""

    PROVIDER = "provider"
    AGE = "age"
    MARKS = "marks"
    TYPE = "type"
    COVERAGE = "coverage"
    AMP = "amp"
    HEAT = "heat"


class Pictures(StrEnum):
    """When to fetch and show the picture of a story."""

    ASKED = "asked"
    ALWAYS = "always"


class Notify(StrEnum):
    """How the terminal is asked for a desktop notification: by a sequence of this name."""

    OFF = "off"
    AUTO = "auto"
    """As the terminal's name suggests; not at all if it is not known."""
    OSC9 = "osc9"
    OSC99 = "osc99"
    OSC777 = "osc777"


class Clipboard(StrEnum):
    """How to copy: with a program, else through the terminal; or with one of them alone."""

    AUTO = "auto"
    OSC52 = "osc52"
    COMMAND = "command"


class KeyEntry(NamedTuple):
    """An entry of the table `keys`: its place (file and line), name and value (a list as a tuple)."""

    place: str
    name: str
    value: object
