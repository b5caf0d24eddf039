"""Parse the text of a filter to a syntax tree."""

from __future__ import annotations

import re
from difflib import get_close_matches

from newsreader.domain.query.ast import AllOf, AnyOf, Node, Not
from newsreader.domain.query.fields import FIELDS, FieldKind, FilterField
from newsreader.domain.query.query import Query, QueryError
from newsreader.domain.query.values import Value, condition, listed, term
from newsreader.domain.ranking import Order

MOST_PARTS = 200
"""Maximum number of conditions, far above what anyone types, and within SQLite's limits."""

DEEPEST = 10
"""Maximum nesting of parentheses; SQLite's parsers limit their stacks, too."""

_SPACE = re.compile(r"\s*")
_OR = re.compile(r"(?:OR(?=[\s()|]|$)|\|+)\s*")
_AND = re.compile(r"AND\s+(?=[^\s)|])(?!OR(?:\s|$))")
_FIELD = re.compile(r"([A-Za-z]+)(:=|>=|<=|[:=<>])")
_WORD_END = re.compile(r'[\s"|()]')
_VALUE_END = re.compile(r'[\s"|(),]')
_NO_CONTENT = "-*()"


def read(text: str) -> Query:
    """Parse a filter, see `parse`."""
    return _Parser(text).query()


class _Parser:
    """A recursive descent parser for one filter."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._position = 0
        self._depth = 0
        self._parts = 0
        self._negated = False
        self._order: Order | None = None
        self._limit: int | None = None

    def query(self) -> Query:
        return Query(self._alternatives(), self._order, self._limit)

    @property
    def _next(self) -> str:
        """The next character; empty at the end."""
        return self._text[self._position : self._position + 1]

    # -- structure --------------------------------------------------------------------------------

    def _alternatives(self) -> Node | None:
        branches: list[Node] = []
        while True:
            node = self._all(is_first=not branches)
            if isinstance(node, AnyOf):
                branches.extend(node.parts)
            elif node is not None:
                branches.append(node)
            if not self._match(_OR):
                return AnyOf(tuple(branches)) if len(branches) > 1 else branches[0] if branches else None

    def _all(self, *, is_first: bool) -> Node | None:
        parts: list[Node] = []
        while True:
            self._match(_SPACE)
            if not self._next or (self._depth and self._next == ")"):
                break
            # At the start of a filter, OR is an ordinary word.
            may_separate = bool(parts) or not is_first or self._next == "|"
            if may_separate and _OR.match(self._text, self._position):
                break
            if parts:
                self._match(_AND)
            node = self._item()
            if isinstance(node, AllOf):
                parts.extend(node.parts)
            elif node is not None:
                parts.append(node)
        return AllOf(tuple(parts)) if len(parts) > 1 else parts[0] if parts else None

    def _item(self) -> Node | None:
        start = self._position
        after = self._text[start + 1 : start + 2]
        if self._next == "-" and after not in ("", "-") and not after.isspace():
            return self._negation()
        if self._next == "(":
            return self._group()
        self._parts += 1
        if self._parts > MOST_PARTS:
            raise QueryError(f"a filter can ask for {MOST_PARTS} things at most", start, len(self._text))
        if self._next == '"':
            phrase = self._quoted()
            return term(phrase) if phrase.text.strip() else None
        field = _FIELD.match(self._text, start)
        if field and (known := FIELDS.get(field[1].lower())):
            self._position = field.end()
            return self._condition(known, field[2], start)
        word = self._bare(_WORD_END)
        if field and len(word.text) > len(field[0]):
            _suggest(field[1], start)
        return term(word) if word.text.strip(_NO_CONTENT) else None

    def _negation(self) -> Node | None:
        self._position += 1
        outer, self._negated = self._negated, True
        part = self._item()
        self._negated = outer
        return part.part if isinstance(part, Not) else Not(part) if part else None

    def _group(self) -> Node | None:
        if self._depth == DEEPEST:
            raise QueryError("too many parentheses inside each other", self._position, self._position + 1)
        self._position += 1
        self._depth += 1
        node = self._alternatives()
        self._depth -= 1
        self._position += bool(self._next)  # an unclosed group is still being typed
        return node

    # -- pieces of text ---------------------------------------------------------------------------

    def _match(self, pattern: re.Pattern[str]) -> bool:
        found = pattern.match(self._text, self._position)
        if found:
            self._position = found.end()
        return found is not None

    def _quoted(self) -> Value:
        """Read a phrase; an unclosed one extends to the end."""
        start = self._position
        end = self._text.find('"', start + 1)
        if end < 0:
            self._position = len(self._text)
            return Value(self._text[start + 1 :], start, self._position, not self._text[-1].isspace())
        self._position = end + 1
        has_star = self._next == "*"
        self._position += has_star
        return Value(self._text[start + 1 : end], start, self._position, has_star)

    def _bare(self, stop: re.Pattern[str]) -> Value:
        """Read text without quotes, including balanced parentheses."""
        start = position = self._position
        depth = 0
        while (found := stop.search(self._text, position)) is not None:
            if found[0] == "(":
                depth += 1
            elif found[0] == ")" and (depth or not self._depth):
                depth -= bool(depth)
            else:
                break
            position = found.end()
        self._position = end = len(self._text) if found is None else found.start()
        text = self._text[start:end]
        has_star = text.endswith("*")
        return Value(text[:-1] if has_star else text, start, end, has_star or end == len(self._text))

    def _values(self, field: FilterField) -> list[Value]:
        """Read one value or several comma-separated ones."""
        stop = _WORD_END if field.kind is FieldKind.PART else _VALUE_END
        values: list[Value] = []
        while True:
            value = self._quoted() if self._next == '"' else self._bare(stop)
            if value.text.strip():
                values.append(value)
            if field.kind is FieldKind.PART or self._next != ",":
                return values
            self._position += 1

    # -- fields -----------------------------------------------------------------------------------

    def _condition(self, field: FilterField, operator: str, start: int) -> Node | None:
        if operator not in field.operators:
            message = f"{field.name}{operator} does not exist; write {field.example}"
            raise QueryError(message, start, self._position)
        if not self._next:
            return None  # still being typed
        values = self._values(field)
        if not values:
            message = f"{field.name}: needs a value right behind it, such as {field.example}"
            raise QueryError(message, start, self._position)
        if field.kind in (FieldKind.ORDER, FieldKind.LIMIT):
            self._modify(field, values[-1], start)
            return None
        nodes = tuple(condition(field, operator, value) for value in values)
        return AnyOf(nodes) if len(nodes) > 1 else nodes[0]

    def _modify(self, field: FilterField, value: Value, start: int) -> None:
        text = value.text.strip().lower()
        if self._depth or self._negated:
            raise QueryError(f"{field.name}: holds for the whole filter: write it outside", start, value.end)
        if field.kind is FieldKind.LIMIT:
            if not (text.isascii() and text.isdecimal() and len(text) < 10):
                raise QueryError("limit: a number is needed", value.start, value.end)
            self._limit = int(text)
        elif text in tuple(Order):
            self._order = Order(text)
        else:
            message = f"sort: one of {listed(tuple(Order))} is needed"
            raise QueryError(message, value.start, value.end)


def _suggest(name: str, start: int) -> None:
    """Raise an error if a name is probably a misspelled field."""
    near = get_close_matches(name.lower(), FIELDS, n=1, cutoff=0.75) if len(name) > 3 else []
    if near:
        message = f"{name}: no such field; {near[0]}? (in quotes it is text)"
        raise QueryError(message, start, start + len(name))
