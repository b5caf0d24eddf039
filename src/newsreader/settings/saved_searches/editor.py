"""Edit the text of the file entry by entry, preserving comments."""

from __future__ import annotations

import re
from itertools import pairwise

from newsreader.domain.sanitize import clean_line
from newsreader.domain.saved_search import SavedSearch
from newsreader.domain.view import Scope

ENTRY = re.compile(r"""\s*\[\[\s*["']?search["']?\s*\]\]""")
"""The first line of an entry."""

_HEADER = """\
# Saved searches of newsreader, in the order of the sidebar. R reads them again.
# Each has a name, and as much as it needs of: filter, topic, type, provider,
# scope ("front page" or "everything"), order ("top", "hot", "quality", "new", "old" or "match").
# One with a corpus, the path of a folder, is shown there alone.
"""

_NAME = re.compile(r"""(?m)^(\s*["']?name["']?\s*=).*$""")
_COMMENTS = re.compile(r"(?:[ \t]*#.*\n)*")


class Layout:
    """The text split into the part before the first entry, and entries with the comments right above them.

    Entries are numbered in the order of the text. `str` joins the parts with empty lines.
    """

    def __init__(self, text: str) -> None:
        lines = text.splitlines(keepends=True)
        starts: list[int] = []
        for number, line in enumerate(lines):
            if ENTRY.match(line):
                start = number
                while start and lines[start - 1].lstrip().startswith("#"):
                    start -= 1
                starts.append(start)
        self._head = "".join(lines[: starts[0]] if starts else lines)
        self._parts = ["".join(lines[start:end]) for start, end in pairwise([*starts, len(lines)])]

    def __len__(self) -> int:
        return len(self._parts)

    def __str__(self) -> str:
        parts = [part.strip("\n") for part in (self._head, *self._parts)]
        return "\n\n".join(part for part in parts if part) + "\n"

    def append(self, search: SavedSearch) -> None:
        """Append a search; an empty file also gets an explanatory header."""
        if not self._head and not self._parts:
            self._head = _HEADER
        self._parts.append(_written(search))

    def replace(self, index: int, search: SavedSearch) -> None:
        """Replace an entry, but keep its comments."""
        comments = _COMMENTS.match(self._parts[index])
        self._parts[index] = (comments[0] if comments else "") + _written(search)

    def rename(self, index: int, name: str) -> None:
        """Rename an entry."""
        self._parts[index] = _NAME.sub(lambda key: f"{key[1]} {_quoted(name)}", self._parts[index], count=1)

    def swap(self, one: int, other: int) -> None:
        """Swap two entries."""
        parts = self._parts
        parts[one], parts[other] = parts[other], parts[one]

    def delete(self, index: int) -> None:
        """Delete an entry and its comments."""
        del self._parts[index]


def _written(search: SavedSearch) -> str:
    values = {key: value for key, value in search._asdict().items() if value and value is not Scope.FRONT}
    return "[[search]]\n" + "".join(f"{key} = {_quoted(str(value))}\n" for key, value in values.items())


def _quoted(text: str) -> str:
    """Quote a string for TOML, whose basic strings are those of JSON."""
    import json  # only needed to save

    return json.dumps(clean_line(text), ensure_ascii=False)
