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
_FAMILIAR = (
    "\x00-\xb4\xb6-\xc5\xc7-\xcf\xd1-\xd7\xd9-\xdd\xe0-\xe5\xe7-\xef\xf1-\xf7\xf9-\xfd\xff-\u010f"
    "\u0112-\u0125\u0128-\u0130\u0132-\u0140\u0143-\u0148\u014a-\u0151\u0154-\u0165\u0168-\u017e"
    "\u2000-\u205e\u20ac\u2122"
)
_LETTERS = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ð": "d", "đ": "d", "ħ": "h", "ı": "i", "ł": "l", "þ": "th", "ŧ": "t"}
)
"""Letters that are typed as others on most keyboards and do not decompose in Unicode."""

_WIDTH_FORMS = ("\uff01", "\uff9f")
"""The first and last of the full-width Latin and half-width Kana characters."""

_VOICED_MARKS = {"\uff9e": "\u3099", "\uff9f": "\u309a"}
"""Half-width marks of Kana, which stand behind their letter, and the combining form."""
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
        if character in _VOICED_MARKS:
            composed = unicodedata.normalize("NFC", "".join(folded[-1:]) + _VOICED_MARKS[character])
            if len(composed) == 1 and folded:
                folded[-1] = composed
            continue
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
    if _WIDTH_FORMS[0] <= character <= _WIDTH_FORMS[1]:
        character = unicodedata.normalize("NFKC", character)
    if _patterns().unspaced.match(character):
        # Kana that differ by a mark are different letters, and Hangul would fall apart.
        return unicodedata.normalize("NFC", character)
    parts = unicodedata.normalize("NFD", character).casefold()
    bare = "".join(part for part in parts if not unicodedata.combining(part))
    return unicodedata.normalize("NFC", bare).translate(_LETTERS)
