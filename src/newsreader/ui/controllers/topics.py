"""What the sidebar offers, and what a place in it means for the view."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from newsreader.app.places import (
    SearchVisits,
    TopicRow,
    UnknownPlaceError,
    counted_places,
    language_choices,
    narrowed,
    topics_with_records,
    visible_topics,
    with_full_topic,
)
from newsreader.domain.languages import ALL, language_name
from newsreader.domain.plural import counted
from newsreader.domain.query.fields import State
from newsreader.domain.sanitize import shorten
from newsreader.domain.saved_search import SavedSearch
from newsreader.domain.statistics import Counts, ReadCounts
from newsreader.domain.tags import tag_filter
from newsreader.domain.topics import TopicTree
from newsreader.domain.view import Scope, View
from newsreader.ui.controllers.context import ScreenContext
from newsreader.ui.messages import ReadCounted, SearchCounted, SidebarRead, TagsCounted, handles
from newsreader.ui.widgets.topic_sidebar import SidebarPlace, TopicSidebar

_SHOWN = 40
"""Characters of words in a message."""


class TopicsController:
    """Keeps the sidebar in step with the corpus and the saved searches."""

    def __init__(self, context: ScreenContext, sidebar: TopicSidebar, plain: View) -> None:
        self._context = context
        self._sidebar = sidebar
        self._plain = plain
        self._tree = TopicTree([])
        self._counts = Counts()
        self._read = ReadCounts()
        self._searches: Sequence[SavedSearch] = ()
        self._found: dict[str, int] = {}
        self._tags: Mapping[str, int] = {}
        self._shows_providers = False
        self._folded: set[str] = set()
        self._wanted = ""
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
        except UnknownPlaceError as error:
            if not self._context.client.is_refreshing:
                self._context.show_view(narrowed(view))
                self._context.tell(f"{error} All topics are shown.")

    def show_searches(self, searches: Sequence[SavedSearch], view: View) -> None:
        """Show the saved searches that were read."""
        self._searches = searches
        self._show(view)

    @handles(SearchCounted)
    def show_count(self, message: SearchCounted) -> None:
        """Show how many records a saved search finds."""
        self._found[message.name] = message.count
        self._show(self._context.view)

    @handles(TagsCounted)
    def show_tags(self, message: TagsCounted) -> None:
        """Show the tags, with their numbers of records."""
        if self._tags != message.tags:
            self._tags = message.tags
            self._show(self._context.view)

    @handles(ReadCounted)
    def show_read(self, message: ReadCounted) -> None:
        """Show how many records of the scope and its topics are unread."""
        view, counted_in = self._context.view, message.view
        is_current = (view.scope, view.language) == (counted_in.scope, counted_in.language)
        if is_current and self._read != message.counts:
            self._read = message.counts
            self._show(view)

    def toggle_providers(self, view: View) -> None:
        """Fold or unfold the providers."""
        self._shows_providers = not self._shows_providers
        self._show(view, stay=True)

    @property
    def wanted(self) -> str:
        """The words that the names of the shown topics contain; empty for all topics."""
        return self._wanted

    def filter(self, wanted: str) -> None:
        """Show only the topics whose names contain words, with their ancestors; all without words."""
        self._wanted = wanted.strip()
        self._show(self._context.view)

    def ask_for_filter(self) -> None:
        """Ask for the words that topics have to contain; what is shown follows them."""
        from newsreader.ui.dialogs.prompt import FindScreen

        def find(words: str) -> str:
            self.filter(words)
            count = len(self._visible(self._wanted))
            return counted(count, "topic") if count else "no topic has these words"

        dialog = FindScreen(self._wanted, "words in the names of topics", find)

        def accept(words: str | None) -> None:
            self.filter(words or "")
            if words and not self._visible(self._wanted):
                self.filter("")
                self._context.tell(f"No topic has the words “{shorten(words, _SHOWN)}”; all are shown.")

        self._context.push(dialog, accept)

    def toggle_fold(self) -> bool:
        """Fold or unfold the topic under the cursor; return whether it has subtopics."""
        place = self._sidebar.place(self._sidebar.cursor)
        if place.is_open is None:
            return False
        self._folded ^= {place.label}
        self._show(self._context.view, stay=True)
        return True

    def step(self, direction: int) -> bool:
        """Unfold the topic under the cursor, or fold it or go to its parent; return whether that worked."""
        cursor = self._sidebar.cursor
        place = self._sidebar.place(cursor)
        if place.is_open is (direction < 0):
            return self.toggle_fold()
        if direction > 0 or not place.depth:
            return False
        above = (row for row in range(cursor, -1, -1) if self._sidebar.place(row).depth < place.depth)
        self._sidebar.move_cursor(next(above))
        return True

    def view_of(self, index: int, view: View) -> View:
        """What the list shows when the cursor is on a row of the sidebar."""
        place = self._sidebar.place(index)
        chosen = place.view
        if chosen is None or place.is_scope or place.is_language:
            return view
        if place.is_search:
            return self._visits.enter(view, chosen._replace(language=view.language))
        view = self._visits.leave(view)
        return narrowed(view, topic=chosen.topic, type=chosen.type, provider=chosen.provider)

    def place(self, index: int) -> SidebarPlace:
        """The place of a row."""
        return self._sidebar.place(index)

    def _show(self, view: View, *, stay: bool = False) -> None:
        rows = self._rows(view.scope, shows_providers=self._shows_providers or bool(view.provider))
        self._sidebar.show(rows, view, cursor=self._sidebar.cursor if stay else None)

    def _languages(self) -> list[SidebarPlace]:
        """List the languages, with the one that the list is in; none if there is nothing to choose."""
        return [
            SidebarPlace(
                "All languages" if choice.key == ALL else language_name(choice.key),
                choice.records,
                view=View(language=choice.key),
                is_language=True,
                is_chosen=choice.is_chosen,
            )
            for choice in language_choices(self._counts)
        ]

    def _visible(self, wanted: str) -> list[TopicRow]:
        return visible_topics(topics_with_records(self._tree, self._counts.topics), self._folded, wanted)

    def _rows(self, scope: Scope, *, shows_providers: bool) -> list[SidebarPlace]:
        counts = self._counts
        records = counts.front if scope is Scope.FRONT else counts.everything
        rows = [
            SidebarPlace("Scope", view=View(scope), is_scope=True),
            SidebarPlace("All topics", records, view=View(), read=self._read.total),
        ]
        if counts.new is not None:
            news = self._plain._replace(filter=str(State.NEW))
            rows.append(
                SidebarPlace("New since last visit", counts.new, view=news, is_search=True, is_given=True)
            )
        saved = [
            SidebarPlace(
                search.name, self._found.get(search.name), view=search.view(self._plain), is_search=True
            )
            for search in self._searches
        ]
        tagged = self._plain.in_scope(Scope.EVERYTHING)
        tags = [
            SidebarPlace(
                f"#{tag}",
                records,
                view=tagged._replace(filter=tag_filter(tag)),
                is_search=True,
                is_given=True,
            )
            for tag, records in self._tags.items()
        ]
        topics = [
            SidebarPlace(
                topic.name,
                topic.records,
                topic.depth,
                View(topic=topic.name),
                is_open=is_open,
                read=self._read.topics.get(topic.name.casefold(), 0),
            )
            for topic, is_open in self._visible(self._wanted)
        ]
        types = [SidebarPlace(*type_, View(type=type_.name)) for type_ in counted_places(counts.types)]
        sections = [
            ("Saved searches", saved),
            ("Tags", tags),
            (f"Topics · {self._wanted}" if self._wanted else "Topics", topics),
            ("Types", types if len(types) > 1 else []),
            ("Languages", self._languages()),
        ]
        for heading, places in sections:
            if places:
                rows += [SidebarPlace(""), SidebarPlace(heading), *places]
        if len(counts.providers) > 1:
            sign = "▾" if shows_providers else "▸"
            rows += [SidebarPlace(""), SidebarPlace(f"{sign} Providers", len(counts.providers), is_fold=True)]
            listed = counted_places(counts.providers) if shows_providers else []
            rows += [SidebarPlace(name, count, 1, View(provider=name)) for name, count, _ in listed]
        if counts.problems:
            rows += [SidebarPlace(""), SidebarPlace("Problems", counts.problems, is_problems=True)]
        return rows
