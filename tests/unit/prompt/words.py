"""A stream for tests that remembers what was written, in an encoding of choice."""

from __future__ import annotations

from io import BytesIO, TextIOWrapper
from unicodedata import category


class Written(TextIOWrapper):
    """Takes only what its encoding has."""

    def __init__(self, encoding: str = "utf-8") -> None:
        self._bytes = BytesIO()
        super().__init__(self._bytes, encoding=encoding, newline="\n", write_through=True)

    @property
    def text(self) -> str:
        """All that was written."""
        return self._bytes.getvalue().decode(self.encoding)

    @property
    def lines(self) -> list[str]:
        """The same by lines."""
        return self.text.splitlines()


def has_controls(text: str) -> bool:
    """Whether a terminal might obey some of this text rather than show it."""
    return any(
        category(character) in ("Cc", "Cs", "Zl", "Zp") or character in "\u202e\u2066" for character in text
    )
