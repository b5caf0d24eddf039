"""The words of a filter in the language of FTS5."""

from __future__ import annotations

from newsreader.domain.query.tree import AllOf, AnyOf, Node, Term

IN_RECORDS = "SELECT rowid FROM passage_words WHERE passage_words MATCH ?"
"""The ids of the records in which something stands."""

MATCHING = f"id IN ({IN_RECORDS})"


def match_words(node: Node) -> str:
    """The node in the language of FTS5; empty where it asks for something else, too."""
    if isinstance(node, Term):
        return "" if node.is_literal else match(node)
    if isinstance(node, AllOf | AnyOf):
        parts = [match_words(part) for part in node.parts]
        operator = " AND " if isinstance(node, AllOf) else " OR "
        return operator.join(f"({part})" for part in parts) if all(parts) else ""
    return ""


def match(term: Term) -> str:
    """A term in the language of FTS5: always quoted, so that nothing in it is an operator."""
    phrase = " ".join(term.words).replace('"', '""')
    column = f"{term.column} : " if term.column else ""
    return f'{column}"{phrase}"' + ("*" if term.prefix else "")
