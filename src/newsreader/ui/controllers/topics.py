"""What the sidebar offers, and what a place in it means for the view."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from newsreader.domain.query.fields import State
from newsreader.domain.saved_search import SavedSearch
from newsreader.domain.statistics import Counts
from newsreader.domain.topics import TopicTree
from newsreader.domain.view import View
from newsreader.ui.controllers.context import ScreenContext
from newsreader.ui.message_router import handles
from newsreader.ui.messages import SearchCounted, SidebarRead
from newsreader.ui.widgets.topic_sidebar import SidebarPlace, TopicSidebar, places


class SearchVisit(NamedTuple):
    """A saved search that is looked at: what the list showed before, and what it shows of it."""

    before: View
    entered: View


class TopicsController:
    """Keeps the sidebar in step with the corpus and the saved searches.

    Args:
        context: Of the main screen.
        sidebar: Where the places are listed.
        plain: The default view.

    """

    def __init__(self, context: ScreenContext, sidebar: TopicSidebar, plain: View) -> None:
        self._context = context
        self._sidebar = sidebar
        self._plain = plain
        self._tree = TopicTree([])
        self._counts = Counts()
        self._searches: Sequence[SavedSearch] = ()
        self._found: dict[str, int] = {}
        self._shows_providers = False
        self._visit: SearchVisit | None = None

    @property
    def search_name(self) -> str | None:
        """The name of the saved search under the cursor, while the reader is in the sidebar."""
        place = self._sidebar.place(self._sidebar.cursor)
        is_there = self._sidebar.screen.focused is self._sidebar
        return place.label if place.is_search and not place.is_given and is_there else None

    @handles(SidebarRead)
    def take(self, message: SidebarRead) -> None:
        """List the topics and counts that were read, and correct the spelling of the view's topic."""
        self._tree, self._counts = message.tree, message.counts
        self._show(self._context.view)
        self._context.show_view(self._true_name(self._context.view))

    def take_searches(self, searches: Sequence[SavedSearch], view: View) -> None:
        """The saved searches were read."""
        self._searches = searches
        self._show(view)

    @handles(SearchCounted)
    def note_found(self, message: SearchCounted) -> None:
        """Show how many records a saved search finds."""
        self._found[message.name] = message.count
        self._show(self._context.view)

    def _true_name(self, view: View) -> View:
        """The view with its topic by its name: a person may give a short one, or another case."""
        named = self._tree.get(view.topic) if view.topic else None
        return view if named is None else view._replace(topic=named.name)

    def toggle_providers(self, view: View) -> None:
        """Unfold the providers, or fold them."""
        self._shows_providers = not self._shows_providers
        self._show(view, stay=True)

    def view_of(self, index: int, view: View) -> View:
        """What the list shows when the cursor comes to a row of the sidebar."""
        place = self._sidebar.place(index)
        if place.view is None:
            return view
        if place.is_search:
            if self._visit is None or view.filter != self._visit.entered.filter:
                self._visit = SearchVisit(view, place.view)
            self._visit = self._visit._replace(entered=place.view)
            return place.view
        view = self._left(view)
        chosen = place.view
        scoped = view if chosen.is_narrowed else view.in_scope(chosen.scope)
        return scoped._replace(topic=chosen.topic, type=chosen.type, provider=chosen.provider)

    def place(self, index: int) -> SidebarPlace:
        """The place of a row."""
        return self._sidebar.place(index)

    def _left(self, view: View) -> View:
        """The view without what only the saved search has brought along that is being left."""
        visit, self._visit = self._visit, None
        if visit is None or view.filter != visit.entered.filter:
            return view
        before, entered = visit
        if view.scope is entered.scope:
            view = view.in_scope(before.scope)
        if view.order is entered.order:
            view = view._replace(order=before.order, order_chosen=before.order_chosen)
        return view._replace(filter=before.filter)

    def _show(self, view: View, *, stay: bool = False) -> None:
        saved = [
            SidebarPlace(
                search.name, self._found.get(search.name), view=search.view(self._plain), is_search=True
            )
            for search in self._searches
        ]
        shows_providers = self._shows_providers or bool(view.provider)
        news = self._plain._replace(filter=str(State.NEW))
        rows = places(self._tree, self._counts, saved, news=news, shows_providers=shows_providers)
        self._sidebar.show(rows, view, cursor=self._sidebar.cursor if stay else None)
