"""How text is cut into words for searching: the index and the highlighter agree here.

The full-text index (SQLite FTS5, tokenizer `unicode61 remove_diacritics 2`) splits at everything
that is neither letter nor digit and folds case, but it knows the accents of the Latin script alone.
So text in other scripts is handed to it as words that are folded already. Scripts that write
without spaces are set apart character by character, so that any part of a run can be found.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

# Kana, CJK ideographs with their extensions, and Hangul syllables.
_UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
# Characters that the index folds as `words` does: Latin letters in their usual forms, and punctuation.
_FAMILIAR = "\x00-\xb4\xb6-\xde\xe0-\u0148\u014a-\u017e\u2000-\u205e\u20ac\u2122"
_ASCII_WORD_RE = re.compile(r"[0-9a-z]+")


class _Patterns(NamedTuple):
    unspaced: re.Pattern[str]
    foreign: re.Pattern[str]
    word: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    """They take some milliseconds to compile, so ASCII does without."""
    return _Patterns(
        unspaced=re.compile(f"[{_UNSPACED}]"),
        foreign=re.compile(f"[^{_FAMILIAR}]"),
        word=re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+"),
    )


class Word(NamedTuple):
    """A folded word and where it stands in the text it was cut from."""

    folded: str
    start: int
    end: int


def search_form(text: str) -> str:
    """The text as the full-text index stores it, so that it finds what `words` cuts out of the text."""
    if text.isascii() or not _patterns().foreign.search(text):
        return text
    found = words(text)
    edges = [0, *(edge for word in found for edge in word[1:]), len(text)]
    between = (text[start:end].strip() for start, end in zip(edges[::2], edges[1::2], strict=True))
    # What is no word comes last: the index takes some symbols for words, and they would part a phrase.
    return " ".join([*(word.folded for word in found), *filter(None, between)])


def folded_words(text: str) -> list[str]:
    """The words of a text, folded: those of `words` where their places do not matter."""
    return _ASCII_WORD_RE.findall(text.lower()) if text.isascii() else [word.folded for word in words(text)]


def words(text: str) -> list[Word]:
    """The words of a text, folded, with their places in it."""
    if text.isascii():
        return [Word(match[0], *match.span()) for match in _ASCII_WORD_RE.finditer(text.lower())]
    folded: list[str] = []
    places: list[int] = []
    for index, character in enumerate(text):
        parts = _folded(character)
        folded += parts
        places += [index] * len(parts)
    places.append(len(text))
    # A word reaches to the next character: the accents that stand behind its last letter are its own.
    return [
        Word(match[0], places[match.start()], max(places[match.end()], places[match.end() - 1] + 1))
        for match in _patterns().word.finditer("".join(folded))
    ]


@lru_cache(maxsize=4_096)
def _folded(character: str) -> str:
    """One character without case and accents; empty for an accent alone."""
    if _patterns().unspaced.match(character):
        # Kana that differ by a mark are different letters, and Hangul would fall apart.
        return unicodedata.normalize("NFC", character)
    parts = unicodedata.normalize("NFD", character).casefold()
    return unicodedata.normalize("NFC", "".join(part for part in parts if not unicodedata.combining(part)))
