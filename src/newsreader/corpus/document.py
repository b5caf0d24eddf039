"""A file with metadata, after the text gate and before it is a record."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from newsreader.domain.checks.problem import Defect


class Format(StrEnum):
    """How the metadata of a file is written."""

    YAML = "yaml"
    TOML = "toml"
    JSON = "json"
    HEADERS = "headers"
    PROPERTIES = "properties"
    NONE = "none"


class Document(NamedTuple):
    """Keys and values of the metadata, the body below it, and what is wrong with them.

    `lines` gives the line, counted from 1, on which each top-level key stands. `front` is the text of YAML
    front matter from the end of its first fence on, which stands on `first_line`. `foreign` are keys of the
    format whose value means something else here, so that it feeds no field. `is_mapped` tells that another
    program's keys were translated into those of the format.
    """

    values: Mapping[str, Any]
    body: str
    defects: tuple[Defect, ...] = ()
    lines: Mapping[str, int] = {}
    front: str = ""
    first_line: int = 1
    format: Format = Format.YAML
    foreign: tuple[str, ...] = ()
    is_mapped: bool = False
