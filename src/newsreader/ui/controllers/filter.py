"""The filter while it is typed: a valid one is applied, an error is marked."""

from __future__ import annotations

from collections.abc import Sequence

from newsreader.app.places import vocabulary
from newsreader.domain.query import QueryError, parse
from newsreader.domain.query.completion import Completion, Vocabulary, complete
from newsreader.ui.controllers.context import ScreenContext
from newsreader.ui.messages import SidebarRead, TagsCounted, handles
from newsreader.ui.widgets.filter_bar import FilterBar


class FilterController:
    """Filters the list while a valid filter is typed."""

    def __init__(self, context: ScreenContext, bar: FilterBar) -> None:
        self._context = context
        self._bar = bar
        self._vocabulary = Vocabulary()
        bar.complete_with(self._complete)

    @handles(SidebarRead)
    def offer_names(self, message: SidebarRead) -> None:
        """Offer the names of the corpus as completions."""
        self._vocabulary = vocabulary(message.tree, message.counts, self._vocabulary.tags)

    @handles(TagsCounted)
    def offer_tags(self, message: TagsCounted) -> None:
        """Offer the tags in use as completions."""
        self._vocabulary = self._vocabulary._replace(tags=list(message.tags))

    def follow(self) -> None:
        """Apply the current text if it is valid; the text of a delayed message would revert the bar."""
        text = self._bar.text
        try:
            parse(text)
        except QueryError as error:
            self._bar.show_error(error)
            return
        self._bar.show_error(None)
        self._context.status.clear_message()
        self._context.show_view(self._context.view._replace(filter=text))

    def settle(self) -> None:
        """Show the filter of the list in the bar."""
        if self._bar.text != self._context.view.filter:
            self._bar.set_text(self._context.view.filter)

    def clear(self) -> None:
        """Clear the filter."""
        self._bar.set_text("")
        self._context.show_view(self._context.view._replace(filter=""))

    def _complete(self, text: str, cursor: int) -> Sequence[Completion]:
        return complete(text, cursor, self._vocabulary)
