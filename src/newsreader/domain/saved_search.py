"""Saved searches: named views."""

from __future__ import annotations

from typing import NamedTuple

from newsreader.domain.ranking import Order
from newsreader.domain.sanitize import clean_line
from newsreader.domain.view import Scope, View

LONGEST_NAME = 60
"""Maximum length of a name: what the widest sidebar shows."""


class SavedSearch(NamedTuple):
    """A named filter, topic, type or provider, scope and order.

    Empty strings do not restrict the view. `order` is None if none was chosen. `corpus` is the folder that
    the search belongs to; an empty one belongs to every corpus.
    """

    name: str
    filter: str = ""
    topic: str = ""
    type: str = ""
    provider: str = ""
    scope: Scope = Scope.FRONT
    order: Order | None = None
    corpus: str = ""

    @classmethod
    def of(cls, name: str, view: View, corpus: str = "") -> SavedSearch:
        """Create a saved search from a view; its name is empty if sanitizing leaves nothing."""
        return cls(
            clean_name(name),
            clean_line(view.filter),
            clean_line(view.topic),
            clean_line(view.type),
            clean_line(view.provider),
            view.scope,
            view.order if view.order_chosen else None,
            corpus,
        )

    def view(self, plain: View) -> View:
        """Return the view, based on the default view `plain`."""
        return plain._replace(
            scope=self.scope,
            topic=self.topic,
            type=self.type,
            provider=self.provider,
            filter=self.filter,
            order=self.order or plain.order,
            order_chosen=self.order is not None,
        )


def clean_name(text: str) -> str:
    """Sanitize and shorten a name."""
    return clean_line(text, LONGEST_NAME)
