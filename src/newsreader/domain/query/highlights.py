"""Find the matches of a filter's words in a text."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from newsreader.domain.query.ast import AllOf, AnyOf, Node, Term
from newsreader.domain.tokenizer import Word, words


@lru_cache(maxsize=16)
def wanted_terms(condition: Node) -> tuple[Term, ...]:
    """Return the terms that a record should contain, without the excluded ones."""
    if isinstance(condition, Term):
        return (condition,)
    if isinstance(condition, AllOf | AnyOf):
        return tuple(term for part in condition.parts for term in wanted_terms(part))
    return ()


def spans(condition: Node, text: str) -> list[tuple[int, int]]:
    """Return the spans of `text` that match, sorted and without overlaps."""
    terms = wanted_terms(condition)
    if not terms:
        return []
    found = words(text)
    merged: list[tuple[int, int]] = []
    for start, end in sorted(span for term in terms for span in _spans(term, text, found)):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _spans(term: Term, text: str, found: list[Word]) -> Iterator[tuple[int, int]]:
    if term.is_literal:
        yield from _literal_spans(term, text)
        return
    length = len(term.words)
    complete, last = term.words[:-1], term.words[-1]
    for index in range(len(found) - length + 1):
        run = found[index : index + length]
        if any(word.folded != wanted for word, wanted in zip(run, complete, strict=False)):
            continue
        folded, start, end = run[-1]
        if folded == last or (term.prefix and folded.startswith(last)):
            # Highlight only the typed part of a prefix match, unless case folding changed its length.
            partial = term.prefix and len(folded) == end - start
            yield run[0].start, start + len(last) if partial else end


def _literal_spans(term: Term, text: str) -> Iterator[tuple[int, int]]:
    # Lower-casing changes the length of some letters, which would shift the spans.
    folded, wanted = text.lower(), term.text.lower()
    if len(folded) != len(text):
        folded, wanted = text, term.text
    start = folded.find(wanted)
    while start >= 0:
        yield start, start + len(wanted)
        start = folded.find(wanted, start + len(wanted))
