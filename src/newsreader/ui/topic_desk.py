"""What the sidebar offers, and what a place in it means for the view."""

from __future__ import annotations

from newsreader.domain.counts import Counts
from newsreader.domain.topics import TopicTree
from newsreader.domain.view import View
from newsreader.ui.widgets.topic_sidebar import Place, TopicSidebar, places


class TopicDesk:
    """Keeps the sidebar in step with the corpus.

    Args:
        sidebar: Where the places are listed.

    """

    def __init__(self, sidebar: TopicSidebar) -> None:
        self._sidebar = sidebar
        self._tree = TopicTree([])
        self._counts = Counts()
        self._shows_providers = False

    def take(self, tree: TopicTree, counts: Counts, view: View) -> None:
        """The topics and numbers were read."""
        self._tree, self._counts = tree, counts
        self._show(view)

    def true_name(self, view: View) -> View:
        """The view with its topic by its name: a person may give a short one, or another case."""
        named = self._tree.get(view.topic) if view.topic else None
        return view if named is None else view._replace(topic=named.name)

    def toggle_providers(self, view: View) -> None:
        """Unfold the providers, or fold them."""
        self._shows_providers = not self._shows_providers
        self._show(view, stay=True)

    def view_of(self, index: int, view: View) -> View:
        """What the list shows when the cursor comes to a row of the sidebar."""
        chosen = self._sidebar.place(index).view
        if chosen is None:
            return view
        scoped = view if chosen.is_narrowed else view.in_scope(chosen.scope)
        return scoped._replace(topic=chosen.topic, type=chosen.type, provider=chosen.provider)

    def place(self, index: int) -> Place:
        """The place of a row."""
        return self._sidebar.place(index)

    def _show(self, view: View, *, stay: bool = False) -> None:
        rows = places(self._tree, self._counts, shows_providers=self._shows_providers or bool(view.provider))
        self._sidebar.show(rows, view, cursor=self._sidebar.cursor if stay else None)
