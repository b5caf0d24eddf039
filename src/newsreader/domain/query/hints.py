"""What is probably wrong with a filter that finds nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from newsreader.domain.query.ast import (
    AllOf,
    AnyOf,
    FromProvider,
    InTopic,
    Node,
    Not,
    OfType,
    SearchColumn,
    Tagged,
    Term,
)
from newsreader.domain.query.completion import Vocabulary
from newsreader.domain.query.fields import FIELDS
from newsreader.domain.query.query import Query
from newsreader.domain.sanitize import clean_line
from newsreader.domain.suggest import closest, suggest

_SHOWN = 40
"""Characters of a value in a hint."""

_UNKNOWN_FIELD = re.compile(r"(?:^|[\s(|-])([A-Za-z]+)(?::=|[:=<>])(?!//)\S")
_NOT = re.compile(r"(?:^|[\s(|])NOT\s+([^\s()|]+)")
_PATTERN = re.compile(r"(?:^|[\s(|])(/[^/\s]+/)(?:[\s)|]|$)")
_PHRASE = re.compile(r'"[^"]*"')


def hint(text: str, query: Query, names: Vocabulary) -> str:
    """Explain in one sentence, with a suggestion; empty where nothing stands out.

    Args:
        text: The filter as it was typed.
        query: The same, parsed.
        names: The names in the corpus.

    """
    return next(chain(_about_syntax(text), _about_names(query.condition, names)), "")


def _about_syntax(text: str) -> Iterator[str]:
    plain = _PHRASE.sub(" ", text)
    if '"' in plain:
        yield "A quotation mark is not closed."
    elif plain.count("(") > plain.count(")"):
        yield "A bracket is not closed."
    if found := _NOT.search(plain):
        yield f"NOT is searched as a word; write -{clean_line(found[1], _SHOWN)}."
    if found := _PATTERN.search(plain):
        yield f"{clean_line(found[1], _SHOWN)} is searched as text: there are no regular expressions."
    for found in _UNKNOWN_FIELD.finditer(plain):
        name = found[1]
        if name.lower() not in FIELDS:
            meant = suggest(name, FIELDS) or f"Fields are {', '.join(FIELDS)}."
            yield f"There is no field “{clean_line(name, _SHOWN)}”. {meant}"


def _about_names(node: Node | None, names: Vocabulary) -> Iterator[str]:
    """Point at names that the corpus does not have, except those that are excluded."""
    match node:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from _about_names(part, names)
        case InTopic(name):
            yield from _unknown("topic", name, [*names.topics, *names.short_names])
        case FromProvider(name):
            yield from _unknown("provider", name, names.providers)
        case OfType(name, prefix=False):
            yield from _unknown("type", name, names.types)
        case Tagged(name, prefix=False):
            yield from _unknown("tag", name, names.tags)
        case Term(text, column=SearchColumn.PROVIDER):
            folded = text.casefold()
            if not any(folded in provider.casefold() for provider in names.providers):
                yield from _unknown("provider", text, names.providers)
        case Not() | None | _:
            return


def _unknown(kind: str, name: str, known: Sequence[str]) -> Iterator[str]:
    if not known or name.casefold() in (other.casefold() for other in known):
        return
    near = closest(name, known, 3)
    end = f"Near: {', '.join(near)}." if near else ""
    yield f"There is no {kind} “{clean_line(name, _SHOWN)}”. {end}".rstrip()
