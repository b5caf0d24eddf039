"""Words of a filter that stand in a record or in the text of its page -> SQL.

A record is found where each word stands here or there, so that `foo bar` finds one with foo in its headline
and bar in its text. What the index alone finds is asked for at once, as ever; only records of which a page
was fetched are asked word by word, and these are few.
"""

from __future__ import annotations

from collections.abc import Iterator

from newsreader.domain.query.tree import AllOf, AnyOf, Column, Node, Not, Term
from newsreader.library.condition import Condition, joined
from newsreader.library.matching import MATCHING, match, match_words

IN_TEXT = "SELECT rowid FROM pages.page_words WHERE page_words MATCH ?"
"""The keys of the pages in whose texts something stands."""

OF_PAGES = f"SELECT id FROM record WHERE mark IN ({IN_TEXT})"  # noqa: S608 - constants
"""The records in the texts of whose pages something stands."""

_KEPT = f"WITH kept AS MATERIALIZED (SELECT id, mark FROM record WHERE mark IN ({IN_TEXT}))"  # noqa: S608

_IN_KEPT = "(SELECT rowid FROM passage_words WHERE passage_words MATCH ? AND +rowid IN (SELECT id FROM kept))"
"""With the plus the matches are walked through once, not looked up one by one."""


def with_pages(node: Node, words: str) -> Condition:
    """The condition for words in records or the texts of their pages.

    Args:
        node: Terms that are not literal, joined in any way.
        words: The same in the language of FTS5, as records are asked for it.

    """
    anywhere = list(dict.fromkeys(term for term in _terms(node) if term.column is Column.ANYWHERE))
    in_records = Condition(MATCHING, (words,))
    if not anywhere:
        return in_records
    any_of_them = " OR ".join(match(term) for term in anywhere)
    if _is_any_of(node):
        in_pages = Condition(f"id IN ({OF_PAGES})", (any_of_them,))
        return joined([in_records, in_pages], " OR ")
    each = _each(node)
    in_pages = Condition(
        f"id IN ({_KEPT} SELECT id FROM kept WHERE {each.sql})",  # noqa: S608
        (any_of_them, *each.parameters),
    )
    if any(isinstance(part, Not) for part in _nodes(node)):
        # Of these records the index does not know all words, so it cannot tell that one is not there.
        others = Condition(f"id NOT IN ({OF_PAGES})", (any_of_them,))
        in_records = joined([in_records, others], " AND ")
    return joined([in_records, in_pages], " OR ")


def page_match(terms: tuple[Term, ...]) -> str:
    """What of these terms may stand in the text of a page, in the language of FTS5; empty for none."""
    return " OR ".join(match(term) for term in terms if term.words and term.column is Column.ANYWHERE)


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


def _terms(node: Node) -> Iterator[Term]:
    return (part for part in _nodes(node) if isinstance(part, Term))


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    inner = node.parts if isinstance(node, AllOf | AnyOf) else (node.part,) if isinstance(node, Not) else ()
    for part in inner:
        yield from _nodes(part)
