"""Convert a field and its value to a condition."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from typing import NamedTuple

from newsreader.domain.query.ast import (
    Dated,
    FromProvider,
    Has,
    InPath,
    InTopic,
    InUrl,
    Label,
    Labelled,
    Node,
    Number,
    OfType,
    SearchColumn,
    Tagged,
    Term,
    Within,
)
from newsreader.domain.query.date_terms import is_age, period
from newsreader.domain.query.fields import EXACT, FieldKind, FilterField, State
from newsreader.domain.query.query import QueryError
from newsreader.domain.tokenizer import words

_NUMBERS = re.compile(r"(-?[0-9]{1,15})?(\.\.)?(-?[0-9]{1,15})?")


class Value(NamedTuple):
    """A value at a span of the filter; `is_prefix` if it ends in a star or is still being typed."""

    text: str
    start: int
    end: int
    is_prefix: bool


def term(value: Value, column: SearchColumn = SearchColumn.ANYWHERE) -> Term:
    """Convert typed text to a term."""
    text = value.text.strip()
    found = words(text)
    prefix = value.is_prefix and bool(found) and found[-1].end == len(text)
    return Term(text, tuple(word.folded for word in found), prefix, column)


def condition(field: FilterField, operator: str, value: Value) -> Node:
    """Convert a field with one value to a condition.

    Raises:
        QueryError: the value is invalid.

    """
    return _KINDS[field.kind](field, operator, value)


def listed(names: Sequence[str]) -> str:
    """Join names with commas and "or"."""
    return ", ".join(names[:-1]) + " or " + names[-1]


def _words(field: FilterField, _: str, value: Value) -> Node:
    return term(value, SearchColumn(field.name))


def _topic(_: FilterField, operator: str, value: Value) -> Node:
    return InTopic(value.text.strip(), exact=operator == EXACT)


def _provider(_: FilterField, operator: str, value: Value) -> Node:
    return FromProvider(value.text.strip()) if operator == EXACT else term(value, SearchColumn.PROVIDER)


def _type(_: FilterField, __: str, value: Value) -> Node:
    return OfType(value.text.strip(), value.is_prefix)


def _tag(_: FilterField, operator: str, value: Value) -> Node:
    name = value.text.strip().lower().removeprefix("#")
    return Tagged(name, value.is_prefix and operator != EXACT)


def _part(field: FilterField, _: str, value: Value) -> Node:
    return InUrl(value.text.strip()) if field.name == "url" else InPath(value.text.strip())


def _label(field: FilterField, _: str, value: Value) -> Node:
    return Labelled(Label(field.name), value.text.strip())


def _within(field: FilterField, operator: str, value: Value) -> Node:
    number = Number(field.name)
    found = _NUMBERS.fullmatch(value.text.strip())
    low, is_range, high = found.groups() if found else (None, None, None)
    if (low or high) is None or (is_range and operator not in (":", "=")):
        raise QueryError(f"{number}{operator}{value.text}: a number is needed", value.start, value.end)
    if is_range:
        if low and high and int(low) > int(high):
            raise QueryError(f"{number}: the lower number comes first", value.start, value.end)
        return Within(number, int(low) if low else None, int(high) if high else None)
    single = int(low or 0)
    if operator in (">", ">="):
        return Within(number, single + (operator == ">"), None)
    if operator in ("<", "<="):
        return Within(number, None, single - (operator == "<"))
    return Within(number, single, single)


def _dated(field: FilterField, operator: str, value: Value) -> Node:
    first, is_range, last = (part.strip().lower() for part in value.text.partition(".."))
    for part in (first, last):
        if part and period(part, 0) is None:
            raise QueryError(
                f"{field.name}: “{part}” is no date; write {field.example}", value.start, value.end
            )
    if is_range and (field.name != "date" or operator not in (":", "=") or not (first or last)):
        raise QueryError(f"{field.name}: one date is needed, such as {field.example}", value.start, value.end)
    if is_range:
        return Dated(since=first, until=last)
    if field.name in ("after", "newer") or operator in (">", ">="):
        return Dated(since=first, since_ends=operator == ">")
    if field.name in ("before", "older") or operator in ("<", "<="):
        return Dated(until=first, until_starts=operator != "<=")
    return Dated(since=first) if is_age(first) else Dated(since=first, until=first)


def _state(field: FilterField, _: str, value: Value) -> Node:
    try:
        return Has(State(f"{field.name}:{value.text.strip().lower()}"))
    except ValueError:
        offered = [state.partition(":")[2] for state in State if state.startswith(f"{field.name}:")]
        near = get_close_matches(value.text.lower(), offered, n=1)
        hint = f"{near[0]}?" if near else f"one of {listed(offered)} is needed"
        raise QueryError(f"{field.name}:{value.text}: {hint}", value.start, value.end) from None


_KINDS: dict[FieldKind, Callable[[FilterField, str, Value], Node]] = {
    FieldKind.WORDS: _words,
    FieldKind.TOPIC: _topic,
    FieldKind.PROVIDER: _provider,
    FieldKind.TYPE: _type,
    FieldKind.TAG: _tag,
    FieldKind.PART: _part,
    FieldKind.LABEL: _label,
    FieldKind.NUMBER: _within,
    FieldKind.DATE: _dated,
    FieldKind.STATE: _state,
}
