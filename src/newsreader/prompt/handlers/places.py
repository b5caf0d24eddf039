"""Where to look: topics, providers, types and saved searches, by number or name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from newsreader.domain.saved_search import SavedSearch, clean_name
from newsreader.domain.view import View
from newsreader.prompt.handlers.list import ListHandler
from newsreader.prompt.handlers.marks import MarksHandler
from newsreader.prompt.index_session import IndexSession
from newsreader.prompt.output import Output
from newsreader.prompt.parser import RefusedError, nearest, read_number
from newsreader.settings.saved_searches import SearchesFile

MOST = 200
"""Places that are listed at once."""


_DIGITS = 10


class ListedPlace(NamedTuple):
    """Something that a list can be narrowed to: its name, how many records it has, its depth in a tree."""

    name: str
    records: int
    depth: int = 0


class PlacesHandler:
    """Lists places, and narrows the list to one of them.

    Args:
        index: Counts.
        rows: The list.
        searches: Those that the reader saved.
        marks: Remembers changes of these.
        output: Where places are told.
        plain: What the list shows where nothing was asked for.

    """

    def __init__(
        self,
        index: IndexSession,
        rows: ListHandler,
        *,
        searches: SearchesFile,
        marks: MarksHandler,
        output: Output,
        plain: View,
    ) -> None:
        self._index = index
        self._rows = rows
        self._searches = searches
        self._marks = marks
        self._output = output
        self._plain = plain

    def topics(self) -> None:
        """The topics that have records in the scope of the list."""
        self._tell("topic", self._topics())

    def topic(self, text: str) -> None:
        """Narrow to a topic and those below it."""
        if not text:
            self._narrow()
            return
        topics = self._topics()
        if (numbered := _numbered(topics, text)) is not None:
            self._narrow(topic=numbered.name)
            return
        self._narrow(topic=self._find_topic(text))

    def true_name(self, view: View) -> View:
        """The view with its topic by its name: a person may give a short one, or another case."""
        try:
            return view._replace(topic=self._find_topic(view.topic)) if view.topic else view
        except RefusedError as error:
            self._output.say(str(error))
            return view

    def providers(self) -> None:
        """The providers."""
        self._tell("provider", self._providers())

    def provider(self, text: str) -> None:
        """Narrow to a provider."""
        self._narrow(provider=_chosen("provider", text, self._providers()) if text else "")

    def types(self) -> None:
        """The types of records in the scope of the list."""
        self._tell("type", self._types())

    def type(self, text: str) -> None:
        """Narrow to a type of records."""
        self._narrow(type=_chosen("type", text, self._types()) if text else "")

    def saved(self, text: str) -> None:
        """Show what a saved search finds; without a name, tell which there are."""
        searches, complaints = self._searches.read()
        if text:
            self._rows.show(self._search(text, searches).view(self._plain))
            return
        self._output.say_all(complaints)
        if not searches:
            raise RefusedError("No search is saved. save NAME saves what the list shows.")
        for number, search in enumerate(searches, 1):
            count = self._index.reader.count(search.view(self._plain))
            self._output.say(f"saved {number}. {search.name}, {count:,}.")

    def save(self, text: str) -> None:
        """Save what the list shows under a name."""
        name = clean_name(text)
        if not name:
            raise RefusedError("A name is needed, such as: save chips this week.")
        search = SavedSearch.of(name, self._rows.view)
        self._marks.edited(lambda: self._searches.put(search), f"Saved the search “{name}”")

    def rename(self, text: str) -> None:
        """Give a saved search another name."""
        number, _, name = text.partition(" ")
        new = clean_name(name)
        if not new:
            raise RefusedError("A number and a name are needed, such as: rename 2 chips.")
        old = self._search(str(read_number(number)), self._searches.read().searches).name
        self._marks.edited(lambda: self._searches.rename(old, new), f"Renamed “{old}” to “{new}”")

    def delete(self, text: str) -> None:
        """Take a saved search away."""
        name = self._search(text, self._searches.read().searches).name
        self._marks.edited(lambda: self._searches.delete(name), f"Deleted the saved search “{name}”")

    def _search(self, text: str, searches: Sequence[SavedSearch]) -> SavedSearch:
        places = [ListedPlace(search.name, 0) for search in searches]
        name = _chosen("saved search", text, places)
        return next(search for search in searches if search.name == name)

    def _find_topic(self, text: str) -> str:
        """The name of the topic that a text means, by name, short name, or beginnings of words."""
        tree = self._index.reader.topics()
        found = tree.find(text)
        if len(found) > 1:
            names = ", ".join(topic.name for topic in found)
            raise RefusedError(f"“{text}” may be any of these topics: {names}.")
        if not found:
            raise RefusedError(_unknown("topic", text, [topic.name for topic, _ in tree.walk()]))
        return found[0].name

    def _topics(self) -> list[ListedPlace]:
        counts = self._index.reader.counts(self._rows.view.scope).topics
        return [
            ListedPlace(topic.name, counts[topic.name.casefold()], depth)
            for topic, depth in self._index.reader.topics().walk()
            if counts.get(topic.name.casefold())
        ]

    def _providers(self) -> list[ListedPlace]:
        return [
            ListedPlace(*pair) for pair in self._index.reader.counts(self._rows.view.scope).providers.items()
        ]

    def _types(self) -> list[ListedPlace]:
        return [ListedPlace(*pair) for pair in self._index.reader.counts(self._rows.view.scope).types.items()]

    def _narrow(self, *, topic: str = "", provider: str = "", type: str = "") -> None:  # noqa: A002
        view = self._rows.view
        self._rows.show(view._replace(topic=topic, provider=provider, type=type, unfolded=()))

    def _tell(self, kind: str, places: Sequence[ListedPlace]) -> None:
        if not places:
            raise RefusedError(f"There are no {kind}s here.")
        self._output.say_all(
            f"{'  ' * min(place.depth, 4)}{kind} {number}. {place.name}, {place.records:,}."
            for number, place in enumerate(places[:MOST], 1)
        )
        if len(places) > MOST:
            more = f"{len(places) - MOST:,} more are not listed"
            self._output.say(f"{more}; {kind} and a number or a name shows one of them.")


def _chosen(kind: str, text: str, places: Sequence[ListedPlace]) -> str:
    """The name of the place that a number or a name means."""
    if (numbered := _numbered(places, text)) is not None:
        return numbered.name
    known = {place.name.casefold(): place.name for place in places}
    if text.casefold() not in known:
        raise RefusedError(_unknown(kind, text, list(known.values())))
    return known[text.casefold()]


def _numbered(places: Sequence[ListedPlace], text: str) -> ListedPlace | None:
    """The place that has a number; None where the text is none, or none of them."""
    number = int(text) if text.isdecimal() and len(text) < _DIGITS else 0
    return places[number - 1] if 1 <= number <= len(places) else None


def _unknown(kind: str, text: str, names: Sequence[str]) -> str:
    what = f"no {kind} with the number {text}" if text.isdecimal() else f"no {kind} “{text}”"
    return f"There is {what}. {nearest(text, names)}".rstrip()
