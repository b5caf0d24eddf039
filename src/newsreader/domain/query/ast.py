"""The syntax tree of a filter. `str` of a node returns equivalent filter text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from newsreader.domain.query.fields import State

_PLAIN = re.compile(r"[^\s\"(),|:<>=*-][^\s\"(),|]*")
"""A value that needs no quotes."""


class SearchColumn(StrEnum):
    """The text fields in which words are searched."""

    ANYWHERE = ""
    TITLE = "title"
    EXCERPT = "excerpt"
    PROVIDER = "provider"


class Number(StrEnum):
    """The numeric fields."""

    QUALITY = "quality"
    HEAT = "heat"
    RELATED = "related"


@dataclass(frozen=True, slots=True)
class Term:
    """A phrase of consecutive words in one column; with `prefix` the last word matches as a prefix.

    Text without words (`+++`) is searched literally, text with significant symbols (`C++`) both by its words
    and literally, ignoring case.
    """

    text: str
    words: tuple[str, ...]
    prefix: bool = False
    column: SearchColumn = SearchColumn.ANYWHERE

    def __str__(self) -> str:
        return f'{self.column}{":" if self.column else ""}"{self.text}"{"*" if self.prefix else ""}'

    @property
    def is_literal(self) -> bool:
        """Whether the text must also match literally."""
        return not self.words or "+" in self.text or "#" in self.text


@dataclass(frozen=True, slots=True)
class InTopic:
    """In the topic of that name, short name or id; unless `exact`, also in its subtopics."""

    name: str
    exact: bool = False

    def __str__(self) -> str:
        return f"topic:{'=' if self.exact else ''}{_quoted(self.name)}"


@dataclass(frozen=True, slots=True)
class FromProvider:
    """Published by exactly this provider name or domain, ignoring case and `www.`."""

    name: str

    def __str__(self) -> str:
        return f"provider:={_quoted(self.name)}"


@dataclass(frozen=True, slots=True)
class OfType:
    """Of one type, or with `prefix` of the types that begin with the name."""

    name: str
    prefix: bool = False

    def __str__(self) -> str:
        return f'type:"{self.name}"{"*" if self.prefix else ""}'


@dataclass(frozen=True, slots=True)
class Tagged:
    """With that tag of the reader, or with `prefix` one that begins with the text; always in lower case."""

    name: str
    prefix: bool = False

    def __str__(self) -> str:
        return f'tag:"{self.name}"*' if self.prefix else f"tag:={_quoted(self.name)}"


@dataclass(frozen=True, slots=True)
class InUrl:
    """A URL of the record contains the text, ignoring ASCII case."""

    text: str

    def __str__(self) -> str:
        return f"url:{_quoted(self.text)}"


@dataclass(frozen=True, slots=True)
class InPath:
    """The path in the corpus contains the text, ignoring ASCII case."""

    text: str

    def __str__(self) -> str:
        return f"path:{_quoted(self.text)}"


class Label(StrEnum):
    """The short text fields."""

    AUTHOR = "author"
    CATEGORY = "category"
    LANGUAGE = "lang"


@dataclass(frozen=True, slots=True)
class Labelled:
    """An author's name contains, the category equals, or the language begins with the text.

    ASCII case is ignored.
    """

    label: Label
    text: str

    def __str__(self) -> str:
        return f"{self.label}:{_quoted(self.text)}"


@dataclass(frozen=True, slots=True)
class Within:
    """A number from `low` to `high`, inclusive; None means no limit."""

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
    """Published from the start of `since` to the end of `until`; see `date_terms.py` for their syntax.

    Either may be empty. With `since_ends`, after the end of `since`; with `until_starts`, before the start of
    `until`.
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
    """The record is in a state."""

    state: State

    def __str__(self) -> str:
        return str(self.state)


@dataclass(frozen=True, slots=True)
class Not:
    """Negation."""

    part: Node

    def __str__(self) -> str:
        return f"-{_grouped(self.part)}"


@dataclass(frozen=True, slots=True)
class AllOf:
    """Conjunction of at least two parts, none of them an `AllOf`."""

    parts: tuple[Node, ...]

    def __str__(self) -> str:
        return " ".join(_grouped(part) for part in self.parts)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Disjunction of at least two parts, none of them an `AnyOf`."""

    parts: tuple[Node, ...]

    def __str__(self) -> str:
        return " OR ".join(str(part) for part in self.parts)


Text = Term | InTopic | FromProvider | OfType | Tagged | InUrl | InPath | Labelled
Node = Text | Within | Dated | Has | Not | AllOf | AnyOf


def _grouped(node: Node) -> str:
    return f"({node})" if isinstance(node, AllOf | AnyOf) else str(node)


def _quoted(value: str) -> str:
    return value if _PLAIN.fullmatch(value) else f'"{value}"'
