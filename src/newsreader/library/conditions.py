"""A filter's syntax tree -> an SQL condition on `record` with its parameters.

Whatever can be asked of the full-text index at once is asked at once: an AND, OR or difference of words is
one question, however many words it has.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from newsreader.domain.marks import Mark
from newsreader.domain.query.highlights import wanted_terms
from newsreader.domain.query.tree import (
    AllOf,
    AnyOf,
    Column,
    Dated,
    FromProvider,
    Has,
    InPath,
    InTopic,
    InUrl,
    Node,
    Not,
    Number,
    OfType,
    State,
    Term,
    Within,
)
from newsreader.domain.query.when import span
from newsreader.domain.traits import Trait
from newsreader.library.patterns import like

if TYPE_CHECKING:
    from newsreader.library.search import Surroundings

_NUMBERS = {Number.QUALITY: "quality", Number.HEAT: "heat", Number.RELATED: "coverage"}

_STATES = {
    State.FRONT: "front = 1",
    State.LEAD: "standing >= 3 AND reports > 1",
    State.FOLLOWER: "standing IN (1, 2)",
    State.AMP: f"traits & {Trait.AMP:d} > 0",
    State.IMAGE: f"traits & {Trait.IMAGE:d} > 0",
    State.VIDEO: f"traits & {Trait.VIDEO:d} > 0",
    State.BODY: f"traits & {Trait.BODY:d} > 0",
    State.RELATED: "coverage > 0",
    State.PROBLEM: "id IN (SELECT file_id FROM problem)",
}

_MARKED = {
    State.READ: Mark.READ,
    State.STARRED: Mark.STARRED,
    State.LATER: Mark.LATER,
    State.NOTE: Mark.NOTE,
}


_MATCHING = "id IN (SELECT rowid FROM passage_words WHERE passage_words MATCH ?)"


class Condition(NamedTuple):
    """SQL with its parameters.

    `is_whole` where it needs no parentheses beside others: the stack of SQLite's parser holds about a hundred
    signs of what is not closed yet.
    """

    sql: str
    parameters: tuple[str | int, ...] = ()
    is_whole: bool = True

    @property
    def closed(self) -> str:
        """The SQL as it may stand beside any other."""
        return self.sql if self.is_whole else f"({self.sql})"


def compile_condition(node: Node, surroundings: Surroundings) -> Condition:
    """The condition that is true for what the filter means and false for all else, never NULL."""
    words = _words(node)
    if words:
        return _matching(words)
    if isinstance(node, AllOf):
        return _all_of(node.parts, surroundings)
    if isinstance(node, AnyOf):
        return _joined([compile_condition(part, surroundings) for part in node.parts], " OR ")
    if isinstance(node, Not):
        part = compile_condition(node.part, surroundings)
        return Condition(f"NOT ({part.sql})", part.parameters)
    return _LEAVES[type(node)](node, surroundings)


def relevance(node: Node) -> str:
    """What of a filter makes a record more or less relevant, in the language of FTS5."""
    return _words(node) or " OR ".join(_match(term) for term in wanted_terms(node) if term.words)


def _all_of(parts: Sequence[Node], surroundings: Surroundings) -> Condition:
    """Words in one question, without those that must not be there; the rest beside it."""
    wanted: list[str] = []
    unwanted: list[str] = []
    others: list[Node] = []
    for part in parts:
        if words := _words(part):
            wanted.append(f"({words})")
        elif isinstance(part, Not) and (words := _words(part.part)):
            unwanted.append(f"({words})")
        else:
            others.append(part)
    conditions = [compile_condition(part, surroundings) for part in others]
    if wanted:
        excluded = f" NOT ({' OR '.join(unwanted)})" if unwanted else ""
        conditions.insert(0, _matching(f"({' AND '.join(wanted)}){excluded}"))
    elif unwanted:
        conditions.append(Condition(f"NOT ({_MATCHING})", (" OR ".join(unwanted),)))
    return _joined(conditions, " AND ")


def _words(node: Node) -> str:
    """The node in the language of FTS5; empty where it asks for something else, too."""
    if isinstance(node, Term):
        return "" if node.is_literal else _match(node)
    if isinstance(node, AllOf | AnyOf):
        parts = [_words(part) for part in node.parts]
        operator = " AND " if isinstance(node, AllOf) else " OR "
        return operator.join(f"({part})" for part in parts) if all(parts) else ""
    return ""


def _match(term: Term) -> str:
    """A term in the language of FTS5: always quoted, so that nothing in it is an operator."""
    phrase = " ".join(term.words).replace('"', '""')
    column = f"{term.column} : " if term.column else ""
    return f'{column}"{phrase}"' + ("*" if term.prefix else "")


def _matching(words: str) -> Condition:
    return Condition(_MATCHING, (words,))


def _joined(conditions: Sequence[Condition], operator: str) -> Condition:
    if len(conditions) == 1:
        return conditions[0]
    sql = operator.join(condition.closed for condition in conditions)
    return Condition(sql, tuple(value for part in conditions for value in part.parameters), is_whole=False)


def _term(term: Term, _: Surroundings) -> Condition:
    """A text as it stands, with its words looked for first: they are found quickly, and few."""
    anywhere = ("title", "excerpt", "provider", "topics")
    columns = anywhere if term.column is Column.ANYWHERE else (term.column,)
    text = " || char(10) || ".join(columns)
    literal = Condition(
        f"EXISTS (SELECT 1 FROM passage WHERE passage.id = record.id AND {text} LIKE ? ESCAPE '\\')",  # noqa: S608
        (f"%{like(term.text)}%",),
    )
    return _joined([_matching(_match(term)), literal], " AND ") if term.words else literal


def _in_topic(node: InTopic, surroundings: Surroundings) -> Condition:
    names = [topic.name.casefold() for topic in surroundings.topics().find(node.name)]
    direct = " AND direct = 1" if node.exact else ""
    return Condition(
        "id IN (SELECT record_id FROM member WHERE topic_id IN"  # noqa: S608 - `direct` is one of two constants
        f" (SELECT id FROM topic WHERE folded IN (SELECT value FROM json_each(?))){direct})",
        (json.dumps(names),),
    )


def _from_provider(node: FromProvider, _: Surroundings) -> Condition:
    return Condition("source = ? COLLATE NOCASE", (node.name,))


def _of_type(node: OfType, _: Surroundings) -> Condition:
    return Condition("type LIKE ? ESCAPE '\\'", (like(node.name) + "%" * node.prefix,))


def _in_url(node: InUrl, _: Surroundings) -> Condition:
    return Condition(
        "id IN (SELECT id FROM passage WHERE urls LIKE ? ESCAPE '\\')", (f"%{like(node.text)}%",)
    )


def _in_path(node: InPath, _: Surroundings) -> Condition:
    return Condition(
        "id IN (SELECT id FROM file WHERE CAST(path AS TEXT) LIKE ? ESCAPE '\\')", (f"%{like(node.text)}%",)
    )


def _within(node: Within, _: Surroundings) -> Condition:
    column = _NUMBERS[node.number]
    sides = [(f"{column} >= ?", node.low), (f"{column} <= ?", node.high)]
    bounds = [Condition(sql, (side,)) for sql, side in sides if side is not None]
    return _joined([Condition(f"{column} IS NOT NULL"), *bounds], " AND ")


def _dated(node: Dated, surroundings: Surroundings) -> Condition:
    start, end = span(node, surroundings.reference())
    sides = [("published_at >= ?", start), ("published_at < ?", end)]
    bounds = [Condition(sql, (side,)) for sql, side in sides if side is not None]
    return _joined([Condition("undated = 0"), *bounds], " AND ")


def _has(node: Has, surroundings: Surroundings) -> Condition:
    if node.state is State.NEW:
        return Condition("id IN (SELECT id FROM file WHERE arrived > ?)", (surroundings.last_visit,))
    mark = _MARKED.get(State.READ if node.state is State.UNREAD else node.state)
    if mark is None:
        return Condition(f"({_STATES[node.state]})")
    as_of = surroundings.marks_as_of()
    if as_of is None:
        return Condition("1" if node.state is State.UNREAD else "0")
    if mark is Mark.READ:
        # Asked for each record: nearly all are read in one corpus, nearly none in another.
        negation = "NOT " if node.state is State.UNREAD else ""
        return Condition(
            f"{negation}EXISTS (SELECT 1 FROM marks.mark AS made WHERE made.kind = {mark:d}"  # noqa: S608
            " AND made.key = record.mark AND made.value = 1 AND made.at < ?)",
            (as_of,),
        )
    return Condition(
        f"record.mark IN (SELECT key FROM marks.mark WHERE kind = {mark:d}"  # noqa: S608
        " AND (value <> 0 AND value <> '' OR at >= ?))",
        (as_of,),
    )


_LEAVES: dict[type, Callable[..., Condition]] = {
    Term: _term,
    InTopic: _in_topic,
    FromProvider: _from_provider,
    OfType: _of_type,
    InUrl: _in_url,
    InPath: _in_path,
    Within: _within,
    Dated: _dated,
    Has: _has,
}
