"""Values of settings that several packages share."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class GlyphSet(StrEnum):
    """What the screen is drawn with."""

    AUTO = "auto"
    UNICODE = "unicode"
    ASCII = "ascii"


class Density(StrEnum):
    """How many lines a row of the list has: two, or one."""

    COMFORTABLE = "comfortable"
    COMPACT = "compact"

    def other(self) -> Density:
        """The density that a key changes to."""
        return Density.COMPACT if self is Density.COMFORTABLE else Density.COMFORTABLE


class ListColumn(StrEnum):
    """What a row tells besides the title."""

    PROVIDER = "provider"
    AGE = "age"
    MARKS = "marks"
    TYPE = "type"
    COVERAGE = "coverage"
    AMP = "amp"
    HEAT = "heat"


class Pictures(StrEnum):
    """When the picture of a story is fetched and shown."""

    ASKED = "asked"
    ALWAYS = "always"


class KeyEntry(NamedTuple):
    """A line of the table `keys`: where it stands (file and line), its name, its value (a list as tuple)."""

    place: str
    name: str
    value: object
