"""The filter: text that a person types, as a value that the library and the rows understand.

Words are ANDed, quotes make a phrase, and the word that is still being typed matches as a
prefix. Case and accents do not matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from newsreader.domain.words import Word, words

_PART_RE = re.compile(r'"([^"]*)("?)|([^\s"]+)')


class Term(NamedTuple):
    """One condition: its words in a row, the last of them as a prefix when `prefix` is set.

    A term without words (`+++`) is looked for as it stands.
    """

    text: str
    words: tuple[str, ...]
    prefix: bool = False


class Query(NamedTuple):
    """What a filter asks for: every term has to be found."""

    terms: tuple[Term, ...] = ()

    def highlights(self, text: str) -> list[tuple[int, int]]:
        """The spans of `text` that the terms match, in order and without overlaps."""
        if not self.terms or not text:
            return []
        present = words(text)
        spans = sorted(span for term in self.terms for span in _spans(term, text, present))
        merged: list[tuple[int, int]] = []
        for start, end in spans:
            if merged and start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        return merged


@lru_cache(maxsize=256)
def parse(text: str) -> Query:
    """Read a filter. Any text is a filter; an unbalanced quote reaches to the end."""
    terms: list[Term] = []
    for match in _PART_RE.finditer(text):
        phrase, closed, plain = match[1], match[2], match[3]
        part = plain if phrase is None else phrase
        still_typed = match.end() == len(text) and not closed and not part.endswith(" ")
        found = tuple(word.folded for word in words(part))
        if part.strip():
            terms.append(Term(part.strip(), found, prefix=still_typed and bool(found)))
    return Query(tuple(terms))


def _spans(term: Term, text: str, present: list[Word]) -> Iterator[tuple[int, int]]:
    if not term.words:
        start = text.find(term.text)
        while start >= 0:
            yield start, start + len(term.text)
            start = text.find(term.text, start + len(term.text))
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
