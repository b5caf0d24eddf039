"""Compile words that may be in a record or in its page text to SQL.

A record matches if each word is in either of them: `foo bar` finds one with foo in its headline and bar in
its page text. A single query of the full-text index covers the records; only those with a page text, which
are few, are tested word by word.
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
"""The keys of the page texts that match."""

_OF_PAGES = f"SELECT id FROM record WHERE mark IN ({IN_TEXT})"  # noqa: S608 - constants
_FETCHED = f"WITH fetched AS MATERIALIZED (SELECT id, mark FROM record WHERE mark IN ({IN_TEXT}))"  # noqa: S608

_IN_FETCHED = f"({IN_RECORDS} AND +rowid IN (SELECT id FROM fetched))"  # noqa: S608 - constants
"""The plus makes SQLite scan the matches once, not look them up one by one."""


def with_pages(node: Node, words: str) -> Condition:
    """Match words in records or their page texts.

    Args:
        node: Terms that are not literal, joined in any way.
        words: The FTS5 query of the node.

    """
    in_text = page_match(tuple(dict.fromkeys(_terms(node))))
    if not in_text:
        return Condition(MATCHING, (words,))
    if _is_any_of(node):
        return Condition(f"id IN ({IN_RECORDS} UNION ALL {_OF_PAGES})", (words, in_text))
    each = _each(node)
    # The index does not have the words of page texts, so it cannot exclude a record that has one.
    others = " AND +rowid NOT IN (SELECT id FROM fetched)" if _has_not(node) else ""
    return Condition(
        f"id IN ({_FETCHED} {IN_RECORDS}{others} UNION ALL SELECT id FROM fetched WHERE {each.sql})",  # noqa: S608
        (in_text, words, *each.parameters),
    )


def page_match(terms: tuple[Term, ...]) -> str:
    """Return the FTS5 query for those terms that may be in a page text; "" if there are none."""
    return " OR ".join(match(term) for term in terms if term.words and term.column is SearchColumn.ANYWHERE)


def _each(node: Node) -> Condition:
    """Return the condition on a row of `fetched`, term by term."""
    if isinstance(node, Not):
        part = _each(node.part)
        return Condition(f"NOT ({part.sql})", part.parameters)
    if isinstance(node, AllOf | AnyOf) and not _is_any_of(node):
        parts = [_each(part) for part in node.parts]
        return joined(parts, " AND " if isinstance(node, AllOf) else " OR ")
    in_records = Condition(f"id IN {_IN_FETCHED}", (match_words(node),))
    in_text = page_match(tuple(_terms(node)))
    if not in_text:
        return in_records
    return joined([Condition(f"mark IN ({IN_TEXT})", (in_text,)), in_records], " OR ")


def _is_any_of(node: Node) -> bool:
    """Whether a match of any single term is sufficient."""
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
