"""What the sidebar offers, and what a place in it means for the view."""

from __future__ import annotations

from collections.abc import Sequence

from newsreader.app.places import SearchVisits, UnknownPlaceError, narrowed, with_full_topic
from newsreader.domain.query.fields import State
from newsreader.domain.saved_search import SavedSearch
from newsreader.domain.statistics import Counts
from newsreader.domain.topics import TopicTree
from newsreader.domain.view import View
from newsreader.ui.controllers.context import ScreenContext
from newsreader.ui.message_router import handles
from newsreader.ui.messages import SearchCounted, SidebarRead
from newsreader.ui.widgets.topic_sidebar import SidebarPlace, TopicSidebar, places


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
        self._visits = SearchVisits()

    @property
    def search_name(self) -> str | None:
        """The name of the saved search under the cursor, while the sidebar has the focus."""
        place = self._sidebar.place(self._sidebar.cursor)
        has_focus = self._sidebar.screen.focused is self._sidebar
        return place.label if place.is_search and not place.is_given and has_focus else None

    @handles(SidebarRead)
    def show(self, message: SidebarRead) -> None:
        """Show the topics and counts that were read, and spell out the view's topic."""
        self._tree, self._counts = message.tree, message.counts
        view = self._context.view
        self._show(view)
        try:
            self._context.show_view(with_full_topic(self._tree, view))
        except UnknownPlaceError:
            return  # the empty list says what can be done

    def show_searches(self, searches: Sequence[SavedSearch], view: View) -> None:
        """Show the saved searches that were read."""
        self._searches = searches
        self._show(view)

    @handles(SearchCounted)
    def show_count(self, message: SearchCounted) -> None:
        """Show how many records a saved search finds."""
        self._found[message.name] = message.count
        self._show(self._context.view)

    def toggle_providers(self, view: View) -> None:
        """Fold or unfold the providers."""
        self._shows_providers = not self._shows_providers
        self._show(view, stay=True)

    def view_of(self, index: int, view: View) -> View:
        """What the list shows when the cursor is on a row of the sidebar."""
        place = self._sidebar.place(index)
        chosen = place.view
        if chosen is None:
            return view
        if place.is_search:
            return self._visits.enter(view, chosen)
        view = self._visits.leave(view)
        scoped = view if chosen.is_narrowed else view.in_scope(chosen.scope)
        return narrowed(scoped, topic=chosen.topic, type=chosen.type, provider=chosen.provider)

    def place(self, index: int) -> SidebarPlace:
        """The place of a row."""
        return self._sidebar.place(index)

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
