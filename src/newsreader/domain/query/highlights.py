"""Which parts of a text a filter's words match."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from newsreader.domain.query.ast import AllOf, AnyOf, Node, Term
from newsreader.domain.tokenizer import Word, words


@lru_cache(maxsize=16)
def wanted_terms(condition: Node) -> tuple[Term, ...]:
    """The terms that a record is wanted for; not those that it must not have."""
    if isinstance(condition, Term):
        return (condition,)
    if isinstance(condition, AllOf | AnyOf):
        return tuple(term for part in condition.parts for term in wanted_terms(part))
    return ()


def spans(condition: Node, text: str) -> list[tuple[int, int]]:
    """The spans of `text` that the wanted terms match, in order and without overlaps."""
    terms = wanted_terms(condition)
    if not terms:
        return []
    present = words(text)
    merged: list[tuple[int, int]] = []
    for start, end in sorted(span for term in terms for span in _spans(term, text, present)):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _spans(term: Term, text: str, present: list[Word]) -> Iterator[tuple[int, int]]:
    if term.is_literal:
        yield from _literal_spans(term, text)
        return
    length = len(term.words)
    whole, last = term.words[:-1], term.words[-1]
    for index in range(len(present) - length + 1):
        run = present[index : index + length]
        if any(word.folded != wanted for word, wanted in zip(run, whole, strict=False)):
            continue
        folded, start, end = run[-1]
        if folded == last or (term.prefix and folded.startswith(last)):
            # A prefix lights up only as far as it was typed, unless folding changed the length.
            partial = term.prefix and len(folded) == end - start
            yield run[0].start, start + len(last) if partial else end


def _literal_spans(term: Term, text: str) -> Iterator[tuple[int, int]]:
    # Case changes the length of some letters; then the spans would be wrong.
    folded, wanted = text.lower(), term.text.lower()
    if len(folded) != len(text):
        folded, wanted = text, term.text
    start = folded.find(wanted)
    while start >= 0:
        yield start, start + len(wanted)
        start = folded.find(wanted, start + len(wanted))
