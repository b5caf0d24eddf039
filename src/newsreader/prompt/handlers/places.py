"""Places: topics, providers, types and saved searches, by number or name."""

from __future__ import annotations

from collections.abc import Sequence

from newsreader.app.places import (
    LanguageChoice,
    Place,
    UnknownPlaceError,
    counted_places,
    find_numbered,
    find_place,
    find_topic,
    language_choices,
    narrowed,
    topics_with_records,
    with_full_topic,
)
from newsreader.app.saved_searches import SavedSearches, check_name
from newsreader.domain.languages import ALL, find_language, language_name
from newsreader.domain.saved_search import SavedSearch
from newsreader.domain.statistics import Counts
from newsreader.domain.view import View
from newsreader.prompt.handlers.list import ListHandler
from newsreader.prompt.handlers.marks import report
from newsreader.prompt.index_session import IndexSession
from newsreader.prompt.output import Output
from newsreader.prompt.parser import RefusedError, read_number

MOST = 200
"""Places that are listed at once."""


class PlacesHandler:
    """Lists places, and narrows the list to one of them."""

    def __init__(
        self,
        index: IndexSession,
        rows: ListHandler,
        *,
        searches: SavedSearches,
        output: Output,
        plain: View,
    ) -> None:
        self._index = index
        self._rows = rows
        self._searches = searches
        self._output = output
        self._plain = plain

    def topics(self) -> None:
        """List the topics that have records in the scope of the list."""
        self._print("topic", self._topics())

    def topic(self, text: str) -> None:
        """Narrow to a topic and those below it."""
        name = find_numbered(text, [place.name for place in self._topics()])
        if name is None and text:
            name = find_topic(self._index.reader.topics(), text)
        self._rows.show(narrowed(self._rows.view, topic=name or ""))

    def with_full_topic(self, view: View) -> View:
        """Spell out the topic of a view; print why that cannot be done."""
        try:
            return with_full_topic(self._index.reader.topics(), view)
        except UnknownPlaceError as error:
            self._output.say(str(error))
            return view

    def providers(self) -> None:
        """List the providers."""
        self._print("provider", counted_places(self._counts().providers))

    def provider(self, text: str) -> None:
        """Narrow to a provider."""
        name = find_place("provider", text, list(self._counts().providers)) if text else ""
        self._rows.show(narrowed(self._rows.view, provider=name))

    def types(self) -> None:
        """List the types of records in the scope of the list."""
        self._print("type", counted_places(self._counts().types))

    def type(self, text: str) -> None:
        """Narrow to a type of records."""
        name = find_place("type", text, list(self._counts().types)) if text else ""
        self._rows.show(narrowed(self._rows.view, type=name))

    def languages(self) -> None:
        """List the languages of the records in the scope of the list, with the one that it is in."""
        if not (choices := language_choices(self._counts())):
            raise RefusedError("The records here name no more than one language.")
        self._output.say_all(
            f"language {number}. {_choice_words(choice)}" for number, choice in enumerate(choices, 1)
        )

    def language(self, text: str) -> None:
        """Show the records of a language; without one, as at the start."""
        keys = [choice.key for choice in language_choices(self._counts())]
        name = text and (find_numbered(text, keys) or find_language(text, keys))
        self._rows.show(self._rows.view._replace(language=name, unfolded=()))

    def saved(self, text: str) -> None:
        """Show what a saved search finds; without a name, list the saved searches."""
        searches, complaints = self._searches.read()
        if text:
            self._rows.show(self._find(text, searches).view(self._plain))
            return
        self._output.say_all(complaints)
        if not searches:
            raise RefusedError("No search is saved. save NAME saves what the list shows.")
        for number, search in enumerate(searches, 1):
            count = self._index.reader.count(search.view(self._plain))
            self._output.say(f"saved {number}. {search.name}, {count:,}.")

    def save(self, name: str) -> None:
        """Save what the list shows under a name."""
        if refusal := check_name(name):
            raise RefusedError(f"{refusal} Example: save chips this week.")
        report(self._searches.save(name, self._rows.view), self._output)

    def rename(self, text: str) -> None:
        """Rename a saved search."""
        number, _, name = text.partition(" ")
        if check_name(name):
            raise RefusedError("A number and a name are needed. Example: rename 2 chips.")
        old = self._find(str(read_number(number)), self._searches.read().searches).name
        report(self._searches.rename(old, name), self._output)

    def delete(self, text: str) -> None:
        """Delete a saved search."""
        name = self._find(text, self._searches.read().searches).name
        report(self._searches.delete(name), self._output)

    @staticmethod
    def _find(text: str, searches: Sequence[SavedSearch]) -> SavedSearch:
        names = [search.name for search in searches]
        return searches[names.index(find_place("saved search", text, names))]

    def _counts(self) -> Counts:
        return self._index.reader.counts(self._rows.view.scope, self._rows.view.language)

    def _topics(self) -> list[Place]:
        return topics_with_records(self._index.reader.topics(), self._counts().topics)

    def _print(self, kind: str, places: Sequence[Place]) -> None:
        if not places:
            raise RefusedError(f"There are no {kind}s here.")
        self._output.say_all(
            f"{'  ' * min(place.depth, 4)}{kind} {number}. {place.name}, {place.records:,}."
            for number, place in enumerate(places[:MOST], 1)
        )
        if len(places) > MOST:
            more = f"{len(places) - MOST:,} more are not listed"
            self._output.say(f"{more}; {kind} and a number or a name shows one of them.")


def _choice_words(choice: LanguageChoice) -> str:
    if choice.key == ALL:
        words = "All languages"
    else:
        words = f"{language_name(choice.key)} ({choice.key}), {choice.records:,}"
    return f"{words}, this list." if choice.is_chosen else f"{words}."
