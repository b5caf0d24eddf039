"""Compile the syntax tree of a filter to an SQL condition on `record` with its parameters.

Words that are joined by AND, OR and NOT become a single query of the full-text index.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from newsreader.domain.link_status import LinkOutcome
from newsreader.domain.marks import Mark
from newsreader.domain.query.ast import (
    AllOf,
    AnyOf,
    Dated,
    FromProvider,
    Has,
    InPath,
    InTopic,
    InUrl,
    Label,
    Labelled,
    Node,
    Not,
    Number,
    OfType,
    SearchColumn,
    Tagged,
    Term,
    Within,
)
from newsreader.domain.query.date_terms import span
from newsreader.domain.query.fields import State
from newsreader.domain.query.highlights import wanted_terms
from newsreader.domain.traits import Trait
from newsreader.library.queries.page_filter_sql import IN_TEXT, page_match, with_pages
from newsreader.library.queries.sql_condition import MATCHING, Condition, joined, like, match, match_words

if TYPE_CHECKING:
    from newsreader.library.queries.sql_condition import QueryContext

_NUMBERS = {Number.QUALITY: "quality", Number.HEAT: "heat", Number.RELATED: "coverage"}

_LABELS = {
    Label.AUTHOR: ("authors", "%", "%"),
    Label.CATEGORY: ("category", "", ""),
    Label.LANGUAGE: ("language", "", "%"),
}
"""The column of a label, and the wildcards before and after the text."""

_STATES = {
    State.FRONT: "front = 1",
    State.LEAD: "role >= 3 AND reports > 1",
    State.FOLLOWER: "role IN (1, 2)",
    State.AMP: f"traits & {Trait.AMP:d} > 0",
    State.IMAGE: f"traits & {Trait.IMAGE:d} > 0",
    State.VIDEO: f"traits & {Trait.VIDEO:d} > 0",
    State.BODY: f"traits & {Trait.BODY:d} > 0",
    State.RELATED: "coverage > 0",
    State.PROBLEM: "id IN (SELECT file_id FROM problem)",
}

_DEAD = ", ".join(f"'{outcome}'" for outcome in LinkOutcome if outcome.is_dead)

_FETCHED = {
    State.TEXT: "id IN (SELECT id FROM record WHERE mark IN (SELECT key FROM pages.page))",
    State.GONE: "id IN (SELECT record_id FROM address WHERE key IN"  # noqa: S608 - names of outcomes
    f" (SELECT key FROM pages.verdict WHERE outcome IN ({_DEAD})))",
}

_MARKED = {
    State.READ: Mark.READ,
    State.STARRED: Mark.STARRED,
    State.LATER: Mark.LATER,
    State.TAGGED: Mark.TAGS,
    State.HIDDEN: Mark.HIDDEN,
    State.NOTE: Mark.NOTE,
}


def compile_condition(node: Node, context: QueryContext) -> Condition:
    """Compile a filter to a condition that is true or false for every record, never NULL."""
    words = match_words(node)
    if words:
        return _matching(node, words, context)
    if isinstance(node, AllOf):
        return _all_of(node.parts, context)
    if isinstance(node, AnyOf):
        return joined([compile_condition(part, context) for part in node.parts], " OR ")
    if isinstance(node, Not):
        part = compile_condition(node.part, context)
        return Condition(f"NOT ({part.sql})", part.parameters)
    return _LEAVES[type(node)](node, context)


def relevance(node: Node) -> str:
    """Return the FTS5 query that ranks the results of a filter."""
    return match_words(node) or " OR ".join(match(term) for term in wanted_terms(node) if term.words)


def page_relevance(node: Node, context: QueryContext) -> str:
    """Return the same for page texts; "" if they are not searched."""
    return page_match(wanted_terms(node)) if context.searches_pages() else ""


def _all_of(parts: Sequence[Node], context: QueryContext) -> Condition:
    """Join conditions by AND, with wanted and unwanted words in a single FTS5 query."""
    wanted: list[Node] = []
    unwanted: list[Node] = []
    others: list[Node] = []
    for part in parts:
        if match_words(part):
            wanted.append(part)
        elif isinstance(part, Not) and match_words(part.part):
            unwanted.append(part.part)
        else:
            others.append(part)
    conditions = [compile_condition(part, context) for part in others]
    without = " OR ".join(f"({match_words(part)})" for part in unwanted)
    if wanted:
        words = " AND ".join(f"({match_words(part)})" for part in wanted)
        excluded = f" NOT ({without})" if unwanted else ""
        asked = wanted[0] if len(wanted) == 1 and not unwanted else AllOf((*wanted, *map(Not, unwanted)))
        conditions.insert(0, _matching(asked, f"({words}){excluded}", context))
    elif unwanted:
        found = _matching(AnyOf(tuple(unwanted)), without, context)
        conditions.append(Condition(f"NOT ({found.sql})", found.parameters))
    return joined(conditions, " AND ")


def _matching(node: Node, words: str, context: QueryContext) -> Condition:
    """Match words in records, and in page texts if these are searched."""
    return with_pages(node, words) if context.searches_pages() else Condition(MATCHING, (words,))


def _term(term: Term, context: QueryContext) -> Condition:
    """Match a literal text; the full-text index finds its words first, which is fast.

    A text without words is not searched in bodies and page texts, as all of them would have to be read.
    """
    anywhere = ("title", "excerpt", "provider", "topics", *(("body",) if term.words else ()))
    columns = anywhere if term.column is SearchColumn.ANYWHERE else (term.column,)
    text = " || char(10) || ".join(columns)
    pattern = f"%{like(term.text)}%"
    literal = Condition(
        f"EXISTS (SELECT 1 FROM passage WHERE passage.id = record.id AND {text} LIKE ? ESCAPE '\\')",  # noqa: S608
        (pattern,),
    )
    if not term.words:
        return literal
    in_records = joined([Condition(MATCHING, (match(term),)), literal], " AND ")
    if term.column is not SearchColumn.ANYWHERE or not context.searches_pages():
        return in_records
    in_pages = Condition(
        f"id IN (SELECT id FROM record WHERE mark IN ({IN_TEXT} AND text LIKE ? ESCAPE '\\'))",  # noqa: S608
        (match(term), pattern),
    )
    return joined([in_records, in_pages], " OR ")


def _in_topic(node: InTopic, context: QueryContext) -> Condition:
    names = [topic.name.casefold() for topic in context.topics().find(node.name)]
    direct = " AND direct = 1" if node.exact else ""
    return Condition(
        "id IN (SELECT record_id FROM member WHERE topic_id IN"  # noqa: S608 - `direct` is one of two constants
        f" (SELECT id FROM topic WHERE folded IN (SELECT value FROM json_each(?))){direct})",
        (json.dumps(names),),
    )


def _from_provider(node: FromProvider, _: QueryContext) -> Condition:
    return Condition("source = ? COLLATE NOCASE", (node.name,))


def _of_type(node: OfType, _: QueryContext) -> Condition:
    return Condition("type LIKE ? ESCAPE '\\'", (like(node.name) + "%" * node.prefix,))


def _tagged(node: Tagged, context: QueryContext) -> Condition:
    if context.marks_as_of() is None:
        return Condition("0")
    end = "" if node.prefix else " "
    return Condition(
        f"record.mark IN (SELECT key FROM marks.mark WHERE kind = {Mark.TAGS:d}"  # noqa: S608
        " AND instr(' ' || value || ' ', ?) > 0)",
        (f" {node.name}{end}",),
    )


def _in_url(node: InUrl, _: QueryContext) -> Condition:
    return Condition(
        "id IN (SELECT id FROM passage WHERE urls LIKE ? ESCAPE '\\')", (f"%{like(node.text)}%",)
    )


def _labelled(node: Labelled, _: QueryContext) -> Condition:
    column, before, after = _LABELS[node.label]
    return Condition(
        f"id IN (SELECT id FROM passage WHERE {column} LIKE ? ESCAPE '\\')",  # noqa: S608 - of `_LABELS`
        (f"{before}{like(node.text)}{after}",),
    )


def _in_path(node: InPath, _: QueryContext) -> Condition:
    return Condition(
        "id IN (SELECT id FROM file WHERE CAST(path AS TEXT) LIKE ? ESCAPE '\\')", (f"%{like(node.text)}%",)
    )


def _within(node: Within, _: QueryContext) -> Condition:
    column = _NUMBERS[node.number]
    sides = [(f"{column} >= ?", node.low), (f"{column} <= ?", node.high)]
    bounds = [Condition(sql, (side,)) for sql, side in sides if side is not None]
    return joined([Condition(f"{column} IS NOT NULL"), *bounds], " AND ")


def _dated(node: Dated, context: QueryContext) -> Condition:
    start, end = span(node, context.reference())
    sides = [("published_at >= ?", start), ("published_at < ?", end)]
    bounds = [Condition(sql, (side,)) for sql, side in sides if side is not None]
    return joined([Condition("undated = 0"), *bounds], " AND ")


def _has(node: Has, context: QueryContext) -> Condition:
    if node.state is State.NEW:
        return Condition("id IN (SELECT id FROM file WHERE arrived > ?)", (context.last_visit,))
    if node.state in _FETCHED:
        return Condition(_FETCHED[node.state] if context.has_pages() else "0")
    mark = _MARKED.get(State.READ if node.state is State.UNREAD else node.state)
    if mark is None:
        return Condition(f"({_STATES[node.state]})")
    as_of = context.marks_as_of()
    if as_of is None:
        return Condition("1" if node.state is State.UNREAD else "0")
    if mark is Mark.READ:
        # Test each record: in some corpora nearly all are read, in others nearly none.
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
    Tagged: _tagged,
    InUrl: _in_url,
    InPath: _in_path,
    Labelled: _labelled,
    Within: _within,
    Dated: _dated,
    Has: _has,
}
