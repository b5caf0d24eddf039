"""The syntax tree of a filter: frozen values, each of which can be written as text that means the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from newsreader.domain.query.fields import State

_PLAIN = re.compile(r"[^\s\"(),|:<>=*-][^\s\"(),|]*")
"""A value that can stand without quotes."""


class SearchColumn(StrEnum):
    """Where words are looked for."""

    ANYWHERE = ""
    TITLE = "title"
    EXCERPT = "excerpt"
    PROVIDER = "provider"


class Number(StrEnum):
    """What can be compared with a number."""

    QUALITY = "quality"
    HEAT = "heat"
    RELATED = "related"


@dataclass(frozen=True, slots=True)
class Term:
    """Words in a row in one place, the last of them as a prefix when `prefix` is set.

    A text without words (`+++`) is looked for as it stands; one with signs that mean something (`C++`) is
    looked for by its words and as it stands, whatever its case.
    """

    text: str
    words: tuple[str, ...]
    prefix: bool = False
    column: SearchColumn = SearchColumn.ANYWHERE

    def __str__(self) -> str:
        return f'{self.column}{":" if self.column else ""}"{self.text}"{"*" if self.prefix else ""}'

    @property
    def is_literal(self) -> bool:
        """Whether the words alone do not tell what is meant."""
        return not self.words or "+" in self.text or "#" in self.text


@dataclass(frozen=True, slots=True)
class InTopic:
    """In the topic of that name, short name or id, or in one below it, unless `exact`."""

    name: str
    exact: bool = False

    def __str__(self) -> str:
        return f"topic:{'=' if self.exact else ''}{_quoted(self.name)}"


@dataclass(frozen=True, slots=True)
class FromProvider:
    """Published by exactly this name or domain, whatever the case and without `www.`."""

    name: str

    def __str__(self) -> str:
        return f"provider:={_quoted(self.name)}"


@dataclass(frozen=True, slots=True)
class OfType:
    """Of one type, or of those that begin with the text when `prefix` is set."""

    name: str
    prefix: bool = False

    def __str__(self) -> str:
        return f'type:"{self.name}"{"*" if self.prefix else ""}'


@dataclass(frozen=True, slots=True)
class InUrl:
    """One of the record's own addresses contains the text, whatever the case of ASCII letters."""

    text: str

    def __str__(self) -> str:
        return f"url:{_quoted(self.text)}"


@dataclass(frozen=True, slots=True)
class InPath:
    """The path in the corpus contains the text, whatever the case of ASCII letters."""

    text: str

    def __str__(self) -> str:
        return f"path:{_quoted(self.text)}"


class Label(StrEnum):
    """A short text of a record that is compared as a whole, or in the case of authors in part."""

    AUTHOR = "author"
    CATEGORY = "category"
    LANGUAGE = "lang"


@dataclass(frozen=True, slots=True)
class Labelled:
    """An author's name contains the text; the category is the text; the language begins with it.

    The case of ASCII letters does not matter.
    """

    label: Label
    text: str

    def __str__(self) -> str:
        return f"{self.label}:{_quoted(self.text)}"


@dataclass(frozen=True, slots=True)
class Within:
    """A number from `low` to `high`, both included; None where that side is open."""

    number: Number
    low: int | None
    high: int | None

    def __str__(self) -> str:
        if self.low == self.high:
            return f"{self.number}:{self.low}"
        low, high = ("" if side is None else str(side) for side in (self.low, self.high))
        return f"{self.number}:{low}..{high}"


@dataclass(frozen=True, slots=True)
class Dated:
    """Published from the beginning of `since` on and before the end of `until`; see `when.py` for their form.

    Either is empty where that side is open. `until_starts` means before the beginning of `until`,
    `since_ends` after the end of `since`.
    """

    since: str = ""
    until: str = ""
    since_ends: bool = False
    until_starts: bool = False

    def __str__(self) -> str:
        if self.since and self.until:
            return f"date:{self.since}" if self.since == self.until else f"date:{self.since}..{self.until}"
        if self.since:
            return f"date{'>' if self.since_ends else '>='}{self.since}"
        return f"date{'<' if self.until_starts else '<='}{self.until}"


@dataclass(frozen=True, slots=True)
class Has:
    """A state."""

    state: State

    def __str__(self) -> str:
        return str(self.state)


@dataclass(frozen=True, slots=True)
class Not:
    """Everything but what the part finds."""

    part: Node

    def __str__(self) -> str:
        return f"-{_grouped(self.part)}"


@dataclass(frozen=True, slots=True)
class AllOf:
    """What every part finds; two parts at least, none of them an `AllOf`."""

    parts: tuple[Node, ...]

    def __str__(self) -> str:
        return " ".join(_grouped(part) for part in self.parts)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """What some part finds; two parts at least, none of them an `AnyOf`."""

    parts: tuple[Node, ...]

    def __str__(self) -> str:
        return " OR ".join(str(part) for part in self.parts)


Text = Term | InTopic | FromProvider | OfType | InUrl | InPath | Labelled
Node = Text | Within | Dated | Has | Not | AllOf | AnyOf


def _grouped(node: Node) -> str:
    return f"({node})" if isinstance(node, AllOf | AnyOf) else str(node)


def _quoted(value: str) -> str:
    return value if _PLAIN.fullmatch(value) else f'"{value}"'
