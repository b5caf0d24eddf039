"""Inputs for a parser: pieces of its grammar put together, and seeds that are cut, repeated and mixed.

A case is a function of the seed of the run and its number, so each can be made again alone. It is text in
which U+DC80 to U+DCFF stand for bytes that are not UTF-8; `as_bytes` returns the bytes of a case.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import Final, TypeVar

_Choice = TypeVar("_Choice")

ODD: Final = (
    *(
        "\x00",
        "\x07",
        "\x08",
        "\t",
        "\n",
        "\r",
        "\r\n",
        "\x0b",
        "\x0c",
        "\x1b",
        "\x1b[31m",
        "\x1b]52;c;eA==\x07",
    ),
    *(
        "\x7f",
        "\x80",
        "\x85",
        "\x9b2J",
        "\x9d0;x\x9c",
        "\xa0",
        "\xad",
        "\u0301",
        "\u061c",
        "\u200b",
        "\u200d",
        "\u2028",
    ),
    *(
        "\u202e",
        "\u2066",
        "\ufeff",
        "\ufffd",
        "\ufffe",
        "\U000e0041",
        "\U0001f468\u200d\U0001f469",
        "\U0010ffff",
    ),
    *(
        "\udc80",
        "\udcff",
        "\udce2\udc80",
        "\ud800",
        "İ",
        "ß",
        "ǅ",
        "ﬀ",
        "字",
        "한",
        "é",
        "e\u0301",
        "²",
        "٣",
        "Ⅷ",
    ),
    *(
        '"',
        "'",
        "`",
        "\\",
        "/",
        "<",
        ">",
        "&",
        "&amp;",
        "&#0;",
        "&#x1b;",
        "%",
        "%00",
        "%1b",
        "%zz",
        "{",
        "}",
        "[",
        "]",
    ),
    *(
        "(",
        ")",
        ":",
        ": ",
        ";",
        ",",
        "=",
        "#",
        "-",
        "--",
        "---",
        "+",
        "*",
        "|",
        "!",
        "?",
        "$",
        "@",
        "~",
        "^",
        "_",
        " ",
    ),
    *(
        "0",
        "-1",
        "1e999",
        "99999999999999999999",
        "0x7f",
        "NaN",
        "null",
        "true",
        "a",
        "Z",
        "https://",
        "javascript:",
    ),
)
"""What parsers of text go wrong with."""

MOST_CHARACTERS: Final = 6_000
_MOST_REPEATED: Final = 400


class Mutator:
    """Makes the inputs of one target.

    Args:
        seeds: Valid inputs.
        pieces: Pieces of the grammar.
        seed: Of the run.

    """

    def __init__(self, seeds: Sequence[str], pieces: Sequence[str], seed: int) -> None:
        self._seeds = tuple(seeds)
        self._pieces = (*pieces, *pieces, *ODD)
        self._grammar = tuple(pieces) or ODD
        self._seed = seed << 40
        self._random = Random()
        self._changes: tuple[Callable[[str], str], ...] = (
            self._insert,
            self._insert,
            self._replace,
            self._replace,
            self._delete,
            self._repeat,
            self._mix,
            self._cut,
        )

    def case(self, number: int) -> str:
        """Make the input of a number."""
        self._random.seed(self._seed + number)
        if number < len(self._seeds):
            return self._seeds[number]
        dice = self._random.random()
        if dice < 0.4:
            pieces = self._pieces if dice < 0.25 else self._grammar
            text = "".join(self._random.choices(pieces, k=int(dice * 60) % 14 + 1))
        else:
            text = self._pick(self._seeds)
            for _ in range(1 + int(dice * 1_000) % 4):
                text = self._pick(self._changes)(text)
        if dice > 0.99:
            text = self._piece() * (int(dice * 100_000) % _MOST_REPEATED) + text
        return text[:MOST_CHARACTERS]

    def _pick(self, choices: Sequence[_Choice]) -> _Choice:
        return choices[int(self._random.random() * len(choices))]

    def _piece(self) -> str:
        return self._pick(self._pieces)

    def _place(self, text: str) -> int:
        return int(self._random.random() * (len(text) + 1))

    def _span(self, text: str) -> tuple[int, int]:
        start = self._place(text)
        return start, start + 1 + int(self._random.random() ** 3 * (len(text) - start))

    def _insert(self, text: str) -> str:
        place = self._place(text)
        return text[:place] + self._piece() + text[place:]

    def _replace(self, text: str) -> str:
        start, end = self._span(text)
        return text[:start] + self._piece() + text[end:]

    def _delete(self, text: str) -> str:
        start, end = self._span(text)
        return text[:start] + text[end:]

    def _repeat(self, text: str) -> str:
        start, end = self._span(text)
        return text[:start] + text[start:end] * (2 + int(self._random.random() ** 4 * 60)) + text[end:]

    def _mix(self, text: str) -> str:
        other = self._pick(self._seeds)
        return text[: self._place(text)] + other[self._place(other) :]

    def _cut(self, text: str) -> str:
        return text[: self._place(text)]


def as_bytes(case: str) -> bytes:
    """Return the bytes that a case stands for."""
    try:
        return case.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return case.encode("utf-8", "surrogatepass")


def stored(case: str) -> bytes:
    """Return a case as it is kept in a file."""
    return case.encode("utf-8", "surrogatepass")


def from_stored(content: bytes) -> str:
    """Return the case of a file."""
    return content.decode("utf-8", "surrogatepass")
