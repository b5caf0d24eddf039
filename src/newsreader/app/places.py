"""What a list can be narrowed to: topics, providers, types and saved searches, by number or name."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from typing import NamedTuple

from newsreader.domain.errors import NewsreaderError
from newsreader.domain.languages import ALL
from newsreader.domain.query import parse
from newsreader.domain.query.completion import Vocabulary
from newsreader.domain.sanitize import clean_line
from newsreader.domain.statistics import Counts
from newsreader.domain.suggest import suggest
from newsreader.domain.topics import TopicTree
from newsreader.domain.view import View

_SHOWN = 60
"""Characters of an unknown name in a message."""

_DIGITS = 10
"""Digits from which on a text is no number of a place."""

_OFFERED = 5
"""Topics that are offered where several match."""


class UnknownPlaceError(NewsreaderError):
    """No place, or more than one, has a name; the message suggests others."""


class Place(NamedTuple):
    """A name, how many records it has, and its depth in a tree."""

    name: str
    records: int
    depth: int = 0


def topics_with_records(tree: TopicTree, counts: Mapping[str, int]) -> list[Place]:
    """List the topics that have records, parents before children; `counts` are by folded name."""
    return [
        Place(topic.name, records, depth)
        for topic, depth in tree.walk()
        if (records := counts.get(topic.name.casefold()))
    ]


class TopicRow(NamedTuple):
    """A topic of the sidebar; `is_open` says whether its subtopics are shown, None if it has none."""

    place: Place
    is_open: bool | None = None


def visible_topics(topics: Sequence[Place], folded: Container[str], wanted: str = "") -> list[TopicRow]:
    """List the topics that are not below a folded one.

    Args:
        topics: Parents before children.
        folded: The names of topics whose subtopics are hidden.
        wanted: Keeps topics whose names contain all these words, with their ancestors, folded or not.

    """
    topics = _with_words(topics, wanted.casefold().split())
    rows: list[TopicRow] = []
    hidden_below: int | None = None
    for place, following in zip(topics, [*topics[1:], None], strict=False):
        if hidden_below is not None and place.depth > hidden_below:
            continue
        has_subtopics = following is not None and following.depth > place.depth
        is_open = has_subtopics and (bool(wanted) or place.name not in folded)
        hidden_below = place.depth if has_subtopics and not is_open else None
        rows.append(TopicRow(place, is_open if has_subtopics else None))
    return rows


def _with_words(topics: Sequence[Place], words: Sequence[str]) -> Sequence[Place]:
    """Keep topics whose names contain all words, and their ancestors."""
    kept: list[Place] = []
    depth = 0
    for place in reversed(topics):
        if place.depth < depth or all(word in place.name.casefold() for word in words):
            kept.append(place)
            depth = place.depth
    return kept[::-1]


def counted_places(counts: Mapping[str, int]) -> list[Place]:
    """List providers or types in the order of their counts."""
    return [Place(*pair) for pair in counts.items()]


class LanguageChoice(NamedTuple):
    """A language that a list can be in, with its records; `all` stands for every one."""

    key: str
    records: int | None
    is_chosen: bool


def language_choices(counts: Counts) -> list[LanguageChoice]:
    """List the languages of a corpus, most records first, then all; none if it has fewer than two."""
    if not counts.languages:
        return []
    chosen = counts.language or ALL
    languages = {**counts.languages, ALL: None}
    return [LanguageChoice(key, records, key == chosen) for key, records in languages.items()]


def find_place(kind: str, text: str, names: Sequence[str]) -> str:
    """Find the name that a number, counted from 1, or a name in any case means.

    Raises:
        UnknownPlaceError: there is none.

    """
    if (numbered := find_numbered(text, names)) is not None:
        return numbered
    known = {name.casefold(): name for name in names}
    if text.casefold() not in known:
        raise _unknown(kind, text, names)
    return known[text.casefold()]


def find_numbered(text: str, names: Sequence[str]) -> str | None:
    """Find the name that has a number, counted from 1; None where the text is no such number."""
    number = int(text) if text.isdecimal() and len(text) < _DIGITS else 0
    return names[number - 1] if 1 <= number <= len(names) else None


def find_topic(tree: TopicTree, text: str) -> str:
    """Find the topic that a text means: its name, short name, key, or beginnings of words of its name.

    Raises:
        UnknownPlaceError: there is none, or there are several.

    """
    found = [topic.name for topic in tree.find(text)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise _unknown("topic", text, [topic.name for topic, _ in tree.walk()])
    names = ", ".join(found[:_OFFERED]) + (", …" if len(found) > _OFFERED else "")
    raise UnknownPlaceError(f"“{clean_line(text, _SHOWN)}” matches {len(found)} topics: {names}.")


def with_full_topic(tree: TopicTree, view: View) -> View:
    """Spell out the topic of a view, which a person may have abbreviated.

    Raises:
        UnknownPlaceError: there is no such topic, or there are several.

    """
    return view._replace(topic=find_topic(tree, view.topic)) if view.topic else view


def narrowed(view: View, *, topic: str = "", type: str = "", provider: str = "") -> View:  # noqa: A002
    """Narrow a view to a topic, a type or a provider; without any, to none."""
    place = view._replace(topic=topic, type=type, provider=provider)
    return view if place.part == view.part else place._replace(unfolded=())


def vocabulary(tree: TopicTree, counts: Counts, tags: Sequence[str]) -> Vocabulary:
    """Return the names in a corpus that a filter can contain."""
    topics = [topic for topic, _ in tree.walk()]
    return Vocabulary(
        [topic.name for topic in topics],
        list(counts.providers),
        list(counts.types),
        {topic.shortname: topic.name for topic in topics if topic.shortname},
        tags,
    )


def why_nothing_matches(view: View, names: Vocabulary) -> str:
    """Explain what is probably wrong with the filter of an empty list; empty where nothing stands out."""
    if not view.filter.strip():
        return ""
    from newsreader.domain.query.hints import hint  # keeps start-up fast

    return hint(view.filter, parse(view.filter), names)


def _unknown(kind: str, text: str, names: Sequence[str]) -> UnknownPlaceError:
    shown = clean_line(text, _SHOWN)
    what = f"no {kind} with the number {shown}" if text.isdecimal() else f"no {kind} “{shown}”"
    return UnknownPlaceError(f"There is {what}. {suggest(text, names)}".rstrip())


class SearchVisits:
    """Restores the view when a saved search is left for another place."""

    def __init__(self) -> None:
        self._before: View | None = None
        self._entered = View()

    def enter(self, view: View, search: View) -> View:
        """Show what a saved search shows; moving from search to search keeps the view before the first."""
        if self._before is None or view.filter != self._entered.filter:
            self._before = view
        self._entered = search
        return search

    def leave(self, view: View) -> View:
        """Remove from a view what the search has set and nobody has changed since."""
        before, self._before = self._before, None
        if before is None or view.filter != self._entered.filter:
            return view
        if view.scope is self._entered.scope:
            view = view.in_scope(before.scope)
        if view.order is self._entered.order:
            view = view._replace(order=before.order, order_chosen=before.order_chosen)
        return view._replace(filter=before.filter)
