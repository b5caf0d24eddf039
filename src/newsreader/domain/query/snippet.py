"""Quote the place of a body that a filter matches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsreader.domain.body_facts import body_text, without_emphasis
from newsreader.domain.query.ast import SearchColumn, Term
from newsreader.domain.query.highlights import spans, wanted_terms
from newsreader.domain.sanitize import clean_line

if TYPE_CHECKING:
    from newsreader.domain.query.query import Query
    from newsreader.domain.record import Record

SEARCHED = 100_000
"""Number of characters of a body that are searched for a place to quote."""

_BEFORE = 60
_AFTER = 120


def body_snippet(record: Record, query: Query) -> str:
    """Return the text around the first match in the body; "" if the rest of the record has every word."""
    if query.condition is None or not record.body:
        return ""
    provider = record.provider
    summary = "\n".join([record.title, record.excerpt, provider.name, provider.domain, *record.topics])
    missing = [term for term in wanted_terms(query.condition) if _is_missing(term, summary)]
    if not missing:
        return ""
    text = clean_line(body_text(record.body[:SEARCHED]))
    found = min((place for term in missing for place in spans(term, text)), default=None)
    return _quote(text, *found) if found else ""


def _is_missing(term: Term, summary: str) -> bool:
    return bool(term.words) and term.column is SearchColumn.ANYWHERE and not spans(term, summary)


def _quote(text: str, start: int, end: int) -> str:
    """Return a range of a text with the words around it."""
    first, last = max(0, start - _BEFORE), min(len(text), end + _AFTER)
    if first:
        first = text.find(" ", first, start) + 1 or first
    if last < len(text):
        last = max(text.rfind(" ", end, last), end)
    return ("…" if first else "") + without_emphasis(text[first:last]) + ("…" if last < len(text) else "")
