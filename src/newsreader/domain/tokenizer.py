"""Split text into words for the index and for highlighting.

The full-text index (SQLite FTS5, tokenizer `unicode61 remove_diacritics 2`) splits at everything that is
neither letter nor digit and folds case, but removes only Latin diacritics. So text in other scripts is folded
before it is indexed. Scripts without spaces are split into characters, so that any part of a run can be
found.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

# Kana, CJK ideographs with their extensions, and Hangul syllables.
_UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
# Characters that the index folds like `words`: common Latin letters and punctuation.
_FOLDED_BY_INDEX = (
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
    needs_folding: re.Pattern[str]
    word: re.Pattern[str]


@cache  # compiling takes milliseconds, and ASCII does not need them
def _patterns() -> _Patterns:
    return _Patterns(
        unspaced=re.compile(f"[{_UNSPACED}]"),
        needs_folding=re.compile(f"[^{_FOLDED_BY_INDEX}]"),
        word=re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+"),
    )


class Word(NamedTuple):
    """A folded word and its span in the text."""

    folded: str
    start: int
    end: int


def search_form(text: str) -> str:
    """Return the text for the full-text index, so that its tokens are those of `words`."""
    if text.isascii() or not _patterns().needs_folding.search(text):
        return text
    found = words(text)
    edges = [0, *(edge for word in found for edge in word[1:]), len(text)]
    between = (text[start:end].strip() for start, end in zip(edges[::2], edges[1::2], strict=True))
    # Other characters go last: the index takes some symbols for words, which would break up phrases.
    return " ".join([*(word.folded for word in found), *filter(None, between)])


def folded_words(text: str) -> list[str]:
    """Return the folded words of a text without their spans."""
    return _ASCII_WORD_RE.findall(text.lower()) if text.isascii() else [word.folded for word in words(text)]


def words(text: str) -> list[Word]:
    """Return the folded words of a text with their spans."""
    if text.isascii():
        return [Word(match[0], *match.span()) for match in _ASCII_WORD_RE.finditer(text.lower())]
    folded: list[str] = []
    positions: list[int] = []
    for index, character in enumerate(text):
        if character in _VOICED_MARKS:
            composed = unicodedata.normalize("NFC", "".join(folded[-1:]) + _VOICED_MARKS[character])
            if len(composed) == 1 and folded:
                folded[-1] = composed
            continue
        parts = _folded(character)
        folded += parts
        positions += [index] * len(parts)
    positions.append(len(text))
    # A word extends to the next base character, to include the marks after its last letter.
    return [
        Word(match[0], positions[match.start()], max(positions[match.end()], positions[match.end() - 1] + 1))
        for match in _patterns().word.finditer("".join(folded))
    ]


@lru_cache(maxsize=4_096)
def _folded(character: str) -> str:
    """Fold case and remove diacritics; return "" for a combining mark."""
    if _WIDTH_FORMS[0] <= character <= _WIDTH_FORMS[1]:
        character = unicodedata.normalize("NFKC", character)
    if _patterns().unspaced.match(character):
        # Kana that differ by a mark are different letters, and NFD splits Hangul.
        return unicodedata.normalize("NFC", character)
    parts = unicodedata.normalize("NFD", character).casefold()
    bare = "".join(part for part in parts if not unicodedata.combining(part))
    return unicodedata.normalize("NFC", bare).translate(_LETTERS)
