"""A saved search: a view that has a name."""

from __future__ import annotations

from typing import NamedTuple

from newsreader.domain.ranking import Order
from newsreader.domain.sanitize import clean_line
from newsreader.domain.view import Scope, View

LONGEST_NAME = 60
"""Characters of a name: as many as the widest sidebar shows."""


class SavedSearch(NamedTuple):
    """Filter, topic, type or provider, scope and order under a name.

    Empty strings do not narrow. `order` is None where nobody chose one.
    """

    name: str
    filter: str = ""
    topic: str = ""
    type: str = ""
    provider: str = ""
    scope: Scope = Scope.FRONT
    order: Order | None = None

    @classmethod
    def of(cls, name: str, view: View) -> SavedSearch:
        """What a list shows, under a name; the name is empty where nothing of it can be shown."""
        return cls(
            clean_name(name),
            clean_line(view.filter),
            clean_line(view.topic),
            clean_line(view.type),
            clean_line(view.provider),
            view.scope,
            view.order if view.order_chosen else None,
        )

    def view(self, plain: View) -> View:
        """What a list shows of it; `plain` is what it shows where nothing was asked for."""
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
    """A text as it can be the name of a search."""
    return clean_line(text, LONGEST_NAME)
