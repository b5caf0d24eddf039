"""The filter while it is typed: what can be read narrows the list, what cannot is marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from newsreader.domain.query import QueryError, parse
from newsreader.domain.query.completion import Completion, Vocabulary, complete
from newsreader.domain.statistics import Counts
from newsreader.domain.topics import TopicTree
from newsreader.domain.view import View
from newsreader.ui.widgets.filter_bar import FilterBar


class FilterController:
    """Keeps the list in step with what is typed, as long as that makes sense.

    Args:
        bar: Where it is typed.
        view: Gives what the list shows.
        show: Shows something else.

    """

    def __init__(self, bar: FilterBar, view: Callable[[], View], show: Callable[[View], None]) -> None:
        self._bar = bar
        self._view = view
        self._show = show
        self._vocabulary = Vocabulary()
        bar.complete_with(self._complete)

    def know(self, tree: TopicTree, counts: Counts) -> None:
        """The names that can be offered while a filter is typed."""
        topics = [topic for topic, _ in tree.walk()]
        self._vocabulary = Vocabulary(
            [topic.name for topic in topics],
            list(counts.providers),
            list(counts.types),
            {topic.shortname: topic.name for topic in topics if topic.shortname},
        )

    def follow(self) -> None:
        """The text changed. One that makes no sense leaves the list as it is.

        What counts is what stands there now: a message about fewer letters may have been on its way for long,
        and the list would take the bar back to them.
        """
        text = self._bar.text
        try:
            parse(text)
        except QueryError as error:
            self._bar.show_error(error)
            return
        self._bar.show_error(None)
        self._show(self._view()._replace(filter=text))

    def settle(self) -> None:
        """The bar shows what narrows the list."""
        if self._bar.text != self._view().filter:
            self._bar.set_text(self._view().filter)

    def clear(self) -> None:
        """Nothing narrows the list."""
        self._bar.set_text("")
        self._show(self._view()._replace(filter=""))

    def _complete(self, text: str, cursor: int) -> Sequence[Completion]:
        return complete(text, cursor, self._vocabulary)
