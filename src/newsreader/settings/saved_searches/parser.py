"""Parse the file of saved searches, with line numbers in error messages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from newsreader.domain.errors import NewsreaderError
from newsreader.domain.query import QueryError, parse
from newsreader.domain.ranking import Order
from newsreader.domain.sanitize import clean_line
from newsreader.domain.saved_search import SavedSearch, clean_name
from newsreader.domain.view import Scope
from newsreader.settings.saved_searches.editor import ENTRY

_TEXTS = ("name", "filter", "topic", "type", "provider", "corpus")
_KEYS = (*_TEXTS, "scope", "order")


class SearchesError(NewsreaderError):
    """The file cannot be read or changed; the message says why and what to do."""


class Searches(NamedTuple):
    """The searches of the file, and a message for each error in it."""

    searches: tuple[SavedSearch, ...] = ()
    complaints: tuple[str, ...] = ()


def read_entries(text: str, path: Path) -> list[Mapping[str, Any]]:
    """Parse the entries as written. Raise SearchesError if the text is not TOML of this form."""
    import tomllib

    try:
        values = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        line = re.search(r"at line ([0-9]+)", str(error))
        place = f"{path}:{line[1]}" if line else str(path)
        raise SearchesError(f"{place}: not valid TOML ({error}). Mend it in an editor.") from error
    entries = values.pop("search", [])
    has_form = isinstance(entries, list) and all(isinstance(entry, dict) for entry in entries)
    if values or not has_form:
        line_number = _line_of(next(iter(values), "search"), text.split("\n"))
        message = "each saved search begins with a line [[search]]. Mend it in an editor."
        raise SearchesError(f"{path}:{line_number}: {message}")
    return list(entries)


def read_searches(text: str, path: Path) -> Searches:
    """Parse the valid searches. Raise SearchesError if the text is not TOML of this form."""
    searches: dict[str, SavedSearch] = {}
    complaints: list[str] = []
    places = _Places(text, path)
    for index, entry in enumerate(read_entries(text, path)):
        for key in entry:
            if key not in _KEYS:
                complaints.append(
                    f"{places.of(index, key)}: {clean_line(key, 40)} is no key; {_nearest(key)}"
                )
        try:
            search = _search(entry)
            if search.name in searches:
                raise _InvalidSearchError("name", f"there is another search “{search.name}”")
            searches[search.name] = search
        except _InvalidSearchError as error:
            complaints.append(f"{places.of(index, error.key)}: {error}; this search is left out.")
    return Searches(tuple(searches.values()), tuple(complaints))


def name_of(entry: Mapping[str, Any]) -> str:
    """Return the cleaned name of an entry, or empty."""
    name = entry.get("name")
    return clean_name(name) if isinstance(name, str) else ""


class _InvalidSearchError(Exception):
    """The value of a key is invalid; the message says what is needed."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.key = key


class _Places:
    """The places of keys in the file."""

    def __init__(self, text: str, path: Path) -> None:
        self._path = path
        self._lines = text.split("\n")
        self._starts = [index for index, line in enumerate(self._lines) if ENTRY.match(line)]

    def of(self, index: int, key: str) -> str:
        """Return file and line of a key, or of its entry if the key is not found."""
        start, end = (*self._starts, len(self._lines), len(self._lines))[index : index + 2]
        return f"{self._path}:{start + _line_of(key, self._lines[start:end])}"


def _line_of(key: str, lines: Sequence[str]) -> int:
    for number, line in enumerate(lines, 1):
        if line.lstrip(" \t[\"'").startswith(key):
            return number
    return 1


def _search(entry: Mapping[str, Any]) -> SavedSearch:
    texts: dict[str, str] = {}
    for key in _TEXTS:
        value = entry.get(key, "")
        if not isinstance(value, str):
            raise _InvalidSearchError(key, f"{key} must be a text in quotes")
        texts[key] = clean_line(value)
    texts["name"] = name_of(entry)
    if not texts["name"]:
        raise _InvalidSearchError("name", "a name is needed")
    try:
        parse(texts["filter"])
    except QueryError as error:
        raise _InvalidSearchError("filter", str(error)) from None
    scope, order = entry.get("scope", Scope.FRONT), entry.get("order")
    if scope not in tuple(Scope):
        raise _InvalidSearchError("scope", f"scope must be one of {', '.join(Scope)}")
    if order is not None and order not in tuple(Order):
        raise _InvalidSearchError("order", f"order must be one of {', '.join(Order)}")
    return SavedSearch(**texts, scope=Scope(scope), order=None if order is None else Order(order))


def _nearest(key: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(key, _KEYS, n=1)
    return f"did you mean {near[0]}?" if near else f"there are {', '.join(_KEYS)}."
