"""Completions of a filter: names of fields, topics, providers, types, states and orders."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from newsreader.domain.query.fields import FIELDS, FieldKind, FilterField, State
from newsreader.domain.ranking import Order
from newsreader.domain.tokenizer import words

MOST_OFFERED = 8
"""Maximum number of completions."""

_SHORTEST_NAME = 2
_TOKEN = re.compile(r"(?:^|[\s(|])-?([A-Za-z]*)$")
_DATES = ("today", "yesterday", "7d", "30d", "1y")


class Vocabulary(NamedTuple):
    """The names in a corpus, in the order in which they are offered.

    `short_names` maps short names of topics to their full names.
    """

    topics: Sequence[str] = ()
    providers: Sequence[str] = ()
    types: Sequence[str] = ()
    short_names: Mapping[str, str] = MappingProxyType({})
    tags: Sequence[str] = ()


class Completion(NamedTuple):
    """A replacement for the text from `start` to the cursor."""

    start: int
    text: str
    label: str


def complete(text: str, cursor: int, vocabulary: Vocabulary) -> list[Completion]:
    """Complete the word before the cursor, best first; return nothing inside a word."""
    before, after = text[:cursor], text[cursor : cursor + 1]
    if after and not after.isspace() and after not in "),|":
        return []
    value = _value_at_end(before)
    if value is not None:
        field, start = value
        return _values(field, before, start, vocabulary)
    token = _TOKEN.search(before)
    if token is None or len(token[1]) < _SHORTEST_NAME:
        return []
    typed = token[1].lower()
    texts = [_with_operator(field) for name, field in FIELDS.items() if name.startswith(typed)]
    return [Completion(token.start(1), text, text) for text in texts]


def _value_at_end(before: str) -> tuple[FilterField, int] | None:
    """Return the field whose value is being typed, and the start of the value."""
    names = "|".join(FIELDS)
    part = r'(?:"[^"]*"|[^\s"(),|]*)'
    found = re.search(
        rf'(?:^|[\s(|])-?({names})(:=|:|>=|<=|>|<|=)(?:{part},)*("[^"]*|[^\s"(),|]*)$', before, re.IGNORECASE
    )
    return (FIELDS[found[1].lower()], found.start(3)) if found else None


def _values(field: FilterField, before: str, start: int, vocabulary: Vocabulary) -> list[Completion]:
    typed = before[start:].removeprefix('"')
    offered = {
        FieldKind.TOPIC: vocabulary.topics,
        FieldKind.PROVIDER: vocabulary.providers,
        FieldKind.TYPE: vocabulary.types,
        FieldKind.TAG: vocabulary.tags,
        FieldKind.STATE: [state.partition(":")[2] for state in State if state.startswith(f"{field.name}:")],
        FieldKind.ORDER: list(Order),
        FieldKind.DATE: _DATES,
    }.get(field.kind, ())
    found = [name for name in _matching(typed, offered) if name.casefold() != typed.casefold()]
    if field.kind is FieldKind.TOPIC:
        by_short_name = (vocabulary.short_names[name] for name in _matching(typed, vocabulary.short_names))
        found = list(dict.fromkeys([*found, *by_short_name])) if typed else found
    writable = [name for name in found if '"' not in name]
    return [Completion(start, _quoted(name), name) for name in writable[:MOST_OFFERED]]


def _matching(typed: str, names: Iterable[str]) -> list[str]:
    """Return the names that match a text, best first.

    First those that begin with it, then those with a later word that does, then those that have its letters
    in order.
    """
    wanted = " ".join(word.folded for word in words(typed))
    folded = [(name, " ".join(word.folded for word in words(name))) for name in names]
    first = [name for name, form in folded if form.startswith(wanted)]
    later = [name for name, form in folded if f" {wanted}" in form]
    letters = wanted.replace(" ", "")
    loose = [name for name, form in folded if _has_in_order(form, letters)] if len(letters) > 1 else []
    return list(dict.fromkeys([*first, *later, *loose]))


def _has_in_order(text: str, letters: str) -> bool:
    """Return whether a text has some letters in this order, with others between them."""
    rest = iter(text)
    return all(letter in rest for letter in letters)


def _with_operator(field: FilterField) -> str:
    return f"{field.name}>=" if field.kind is FieldKind.NUMBER else f"{field.name}:"


def _quoted(name: str) -> str:
    """Quote a name if necessary."""
    return f'"{name}"' if re.search(r"[\s(),|*]|^[=]", name) else name
