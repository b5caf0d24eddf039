"""The tree of topics, from topic files and from records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from newsreader.domain.tokenizer import words

_NO_SIZES: Mapping[str, int] = MappingProxyType({})


class Topic(NamedTuple):
    """A topic. `parent` is the name of another topic, empty for a root."""

    name: str
    key: str = ""
    shortname: str = ""
    parent: str = ""
    position: str = ""
    description: str = ""


def nested_in(name: str) -> tuple[str, ...]:
    """Return the ancestors of a nested name, nearest first: a/b and a for a/b/c."""
    parts = name.split("/")
    if not all(part.strip() for part in parts):
        return ()
    return tuple("/".join(parts[:end]) for end in range(len(parts) - 1, 0, -1))


class TopicTree:
    """Topics by case-insensitive name, with their parents and children.

    A topic without a file, with an unknown parent or in a cycle becomes a root. Topics without a name are
    ignored. Topics are ordered by position, then by size, then by name; `sizes` are numbers of records by
    folded name.
    """

    def __init__(
        self, topics: Iterable[Topic], named: Iterable[str] = (), sizes: Mapping[str, int] = _NO_SIZES
    ) -> None:
        def place(name: str) -> tuple[int, str]:
            return -sizes.get(name.casefold(), 0), name.casefold()

        self._topics: dict[str, Topic] = {}
        for topic in sorted(topics, key=lambda topic: (topic.position, *place(topic.name))):
            self._topics.setdefault(topic.name.casefold(), topic)
        for name in sorted(named, key=place):
            self._topics.setdefault(name.casefold(), Topic(name))
        self._topics.pop("", None)
        self._parents = parents_of(self._topics)
        self._children: dict[str, list[Topic]] = {}
        for key, topic in self._topics.items():
            self._children.setdefault(self._parents[key], []).append(topic)

    def __len__(self) -> int:
        return len(self._topics)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.casefold() in self._topics

    def get(self, name: str) -> Topic | None:
        """Return the topic with that name, or else with that short name or key."""
        wanted = name.casefold()
        if wanted in self._topics:
            return self._topics[wanted]
        for topic in self._topics.values():
            if wanted and wanted in (topic.shortname.casefold(), topic.key.casefold()):
                return topic
        return None

    def find(self, text: str) -> tuple[Topic, ...]:
        """Return the topic with that name, short name or key, or else all whose names contain the words.

        Prefixes match: `comp vis` finds Computer Vision, `nl` finds NLP.
        """
        if exact := self.get(text):
            return (exact,)
        wanted = [word.folded for word in words(text)]
        return tuple(
            topic
            for topic in self._topics.values()
            if wanted and (_has_words(topic.name, wanted) or _has_words(topic.shortname, wanted))
        )

    def children(self, name: str = "") -> tuple[Topic, ...]:
        """Return the children of a topic, or the roots, in the order of their files."""
        return tuple(self._children.get(name.casefold(), ()))

    def walk(self) -> Iterator[tuple[Topic, int]]:
        """Yield every topic with its depth, parents first."""
        pending = [(topic, 0) for topic in reversed(self.children())]
        while pending:
            topic, depth = pending.pop()
            yield topic, depth
            pending.extend((child, depth + 1) for child in reversed(self.children(topic.name)))

    def lineage(self, name: str) -> tuple[str, ...]:
        """Return the name and its ancestors, nearest first."""
        topic = self._topics.get(name.casefold())
        names: list[str] = []
        while topic is not None:
            names.append(topic.name)
            topic = self._parent(topic.name)
        return tuple(names)

    def parent(self, name: str) -> str:
        """Return the name of the parent, "" for a root."""
        topic = self._parent(name)
        return "" if topic is None else topic.name

    def _parent(self, name: str) -> Topic | None:
        return self._topics.get(self._parents.get(name.casefold(), ""))


def parents_of(topics: Mapping[str, Topic]) -> dict[str, str]:
    """Return the folded name of each topic's parent, "" if it is unknown or leads into a cycle."""
    is_cyclic: dict[str, bool] = {}
    for first in topics:
        chain: dict[str, None] = {}
        key = first
        while key in topics and key not in is_cyclic and key not in chain:
            chain[key] = None
            key = topics[key].parent.casefold()
        is_cyclic |= dict.fromkeys(chain, key in chain or is_cyclic.get(key, False))
    parents = {key: topic.parent.casefold() for key, topic in topics.items()}
    return {key: "" if is_cyclic[key] or above not in topics else above for key, above in parents.items()}


def _has_words(name: str, wanted: Iterable[str]) -> bool:
    """Check that a name contains words with these prefixes, in this order."""
    present = iter([word.folded for word in words(name)])
    return all(any(word.startswith(part) for word in present) for part in wanted)
