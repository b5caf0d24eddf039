"""Words of a filter that stand in a record or in the text of its page -> SQL.

A record is found where each word stands here or there, so that `foo bar` finds one with foo in its headline
and bar in its text. What the index alone finds is asked for at once, as ever; only records of which a page
was fetched are asked word by word, and these are few.
"""

from __future__ import annotations

from collections.abc import Iterator

from newsreader.domain.query.ast import AllOf, AnyOf, Node, Not, SearchColumn, Term
from newsreader.library.queries.sql_condition import (
    IN_RECORDS,
    MATCHING,
    Condition,
    joined,
    match,
    match_words,
)

IN_TEXT = "SELECT rowid FROM pages.page_words WHERE page_words MATCH ?"
"""The keys of the pages in whose texts something stands."""

_OF_PAGES = f"SELECT id FROM record WHERE mark IN ({IN_TEXT})"  # noqa: S608 - constants
_KEPT = f"WITH kept AS MATERIALIZED (SELECT id, mark FROM record WHERE mark IN ({IN_TEXT}))"  # noqa: S608

_IN_KEPT = f"({IN_RECORDS} AND +rowid IN (SELECT id FROM kept))"  # noqa: S608 - constants
"""With the plus the matches are walked through once, not looked up one by one."""


def with_pages(node: Node, words: str) -> Condition:
    """The condition for words in records or the texts of their pages.

    Args:
        node: Terms that are not literal, joined in any way.
        words: The same in the language of FTS5, as records are asked for it.

    """
    in_text = page_match(tuple(dict.fromkeys(_terms(node))))
    if not in_text:
        return Condition(MATCHING, (words,))
    if _is_any_of(node):
        return Condition(f"id IN ({IN_RECORDS} UNION ALL {_OF_PAGES})", (words, in_text))
    each = _each(node)
    # Of records with a page the index does not know all words: it cannot tell that one is not there.
    others = " AND +rowid NOT IN (SELECT id FROM kept)" if _has_not(node) else ""
    return Condition(
        f"id IN ({_KEPT} {IN_RECORDS}{others} UNION ALL SELECT id FROM kept WHERE {each.sql})",  # noqa: S608
        (in_text, words, *each.parameters),
    )


def page_match(terms: tuple[Term, ...]) -> str:
    """What of these terms may stand in the text of a page, in the language of FTS5; empty for none."""
    return " OR ".join(match(term) for term in terms if term.words and term.column is SearchColumn.ANYWHERE)


def _each(node: Node) -> Condition:
    """The condition on a record of `kept`, term by term."""
    if isinstance(node, Not):
        part = _each(node.part)
        return Condition(f"NOT ({part.sql})", part.parameters)
    if isinstance(node, AllOf | AnyOf) and not _is_any_of(node):
        parts = [_each(part) for part in node.parts]
        return joined(parts, " AND " if isinstance(node, AllOf) else " OR ")
    in_records = Condition(f"id IN {_IN_KEPT}", (match_words(node),))
    in_text = page_match(tuple(_terms(node)))
    if not in_text:
        return in_records
    return joined([Condition(f"mark IN ({IN_TEXT})", (in_text,)), in_records], " OR ")


def _is_any_of(node: Node) -> bool:
    """Whether it is enough that a single term is found, wherever it stands."""
    return isinstance(node, Term) or (isinstance(node, AnyOf) and all(map(_is_any_of, node.parts)))


def _has_not(node: Node) -> bool:
    return any(isinstance(part, Not) for part in _nodes(node))


def _terms(node: Node) -> Iterator[Term]:
    return (part for part in _nodes(node) if isinstance(part, Term))


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    inner = node.parts if isinstance(node, AllOf | AnyOf) else (node.part,) if isinstance(node, Not) else ()
    for part in inner:
        yield from _nodes(part)
