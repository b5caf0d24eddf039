"""The tables `[corpora.NAME]` of the settings: what they may say, and what is wrong with one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from newsreader.domain.corpus_options import MAPPED_FIELDS, PRESET_NAMES, CorpusOptions
from newsreader.domain.date_parsing import DateOrder
from newsreader.domain.urls import is_openable

EXAMPLE = """\
[corpora.notes]
path = "~/notes"
format = "obsidian"        # detected from the folder where it is not set
site = "https://me.example"
language = "en"
dates = "day-first"        # how to read 03/05/2024: day-first, month-first, refused
include_plain = true       # files without any metadata are records, too
index_bodies = false       # a filter finds no words of bodies; the index is smaller

[corpora.notes.keys]
title = ["newstitle", "eleventyNavigation.key"]
"""


class _InvalidValueError(Exception):
    """The value does not fit; the message says what is needed."""


def read_options(
    table: Mapping[str, Any], path: Path, line: int
) -> tuple[dict[str, CorpusOptions], list[str]]:
    """Read what the tables say beside the folder, and one sentence for each mistake."""
    options: dict[str, CorpusOptions] = {}
    complaints: list[str] = []
    for name, given in table.items():
        if not isinstance(given, dict):
            continue
        fields: dict[str, Any] = {}
        for key, value in given.items():
            if key == "path":
                continue
            try:
                field, read = _OPTIONS[key]
                fields[field] = read(value)
            except KeyError:
                known = ", ".join(("path", *_OPTIONS))
                complaints.append(
                    f"{path}:{line}: corpora.{name}.{key} is not a setting; known keys are {known}."
                )
            except _InvalidValueError as error:
                complaints.append(f"{path}:{line}: corpora.{name}.{key}: {error}; the default is used.")
        options[name] = CorpusOptions(**fields)
    return options, complaints


def _preset(value: Any) -> str:
    if value in PRESET_NAMES:
        return str(value)
    raise _InvalidValueError(f"one of {', '.join(PRESET_NAMES)} is needed")


def _site(value: Any) -> str:
    if isinstance(value, str) and is_openable(value):
        return value
    raise _InvalidValueError("an http or https URL is needed")


def _language(value: Any) -> str:
    if isinstance(value, str) and value.isascii() and 2 <= len(value) <= 8:
        return value
    raise _InvalidValueError("the code of a language is needed, such as en")


def _dates(value: Any) -> DateOrder:
    if value in tuple(DateOrder):
        return DateOrder(value)
    raise _InvalidValueError(f"one of {', '.join(DateOrder)} is needed")


def _switch(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise _InvalidValueError("true or false is needed")


def _keys(value: Any) -> dict[str, tuple[str, ...]]:
    if isinstance(value, dict) and all(
        field in MAPPED_FIELDS and isinstance(names, list) and all(isinstance(name, str) for name in names)
        for field, names in value.items()
    ):
        return {field: tuple(names) for field, names in value.items()}
    raise _InvalidValueError(f"lists of keys by field are needed; fields are {', '.join(MAPPED_FIELDS)}")


_OPTIONS: dict[str, tuple[str, Callable[[Any], object]]] = {
    "format": ("preset", _preset),
    "site": ("site", _site),
    "language": ("language", _language),
    "dates": ("dates", _dates),
    "include_plain": ("bare", _switch),
    "index_bodies": ("index_bodies", _switch),
    "keys": ("keys", _keys),
}
"""By key of the table, the field of `CorpusOptions` and how its value is read."""
