"""The languages of an index: which there are, and which one a list shows."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from newsreader.domain.languages import ALL, users_language
from newsreader.domain.query import parse
from newsreader.domain.view import Scope, View
from newsreader.library.sqlite.statements import Ask

if TYPE_CHECKING:
    from newsreader.domain.query.ast import Node

LANGUAGES = "languages"
"""The fact with the languages of the corpus, as `CorpusLanguages.to_json` writes it."""


class CorpusLanguages(NamedTuple):
    """The languages of the records, none if there are fewer than two, and that of the settings, if any."""

    found: tuple[str, ...] = ()
    own: str = ""

    def to_json(self) -> str:
        """Serialize the languages for the index; empty if there is nothing to choose."""
        import json

        return json.dumps(self) if self.found else ""

    def default(self) -> str:
        """Return the language to show first: the corpus's own, else the user's, else every one (empty)."""
        candidates = (self.own, users_language(os.environ))
        return next((language for language in candidates if language in self.found), "")


def read_languages(ask: Ask) -> CorpusLanguages:
    """Return the languages of an index."""
    rows = ask("SELECT value FROM fact WHERE name = ?", (LANGUAGES,))
    if not rows or not rows[0][0]:
        return CorpusLanguages()
    import json  # most corpora have one language

    found, own = json.loads(rows[0][0])
    return CorpusLanguages(tuple(found), own)


def shown_language(ask: Ask, view: View) -> str:
    """Return the language that a view shows; empty for every one.

    The front page is in the language of the corpus, unless the view or its filter names another.
    """
    if view.language:
        return "" if view.language == ALL else view.language
    if view.scope is not Scope.FRONT or not (default := read_languages(ask).default()):
        return ""
    condition = parse(view.filter).condition if view.filter else None
    return "" if condition is not None and _mentions_language(condition) else default


def in_language(language: str) -> tuple[str, tuple[str, ...]]:
    """Return the SQL that selects the records in a language, with those in none, to follow another condition.

    Returns:
        " AND …" with its parameters; empty if `language` is.

    """
    return (" AND language IN ('', ?)", (language,)) if language else ("", ())


def _mentions_language(node: Node) -> bool:
    from newsreader.domain.query.ast import AllOf, AnyOf, Label, Labelled, Not  # only with a filter

    if isinstance(node, AllOf | AnyOf):
        return any(map(_mentions_language, node.parts))
    if isinstance(node, Not):
        return _mentions_language(node.part)
    return isinstance(node, Labelled) and node.label is Label.LANGUAGE
