"""The tree of topics: those that topic files describe and those that records merely name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from newsreader.domain.tokenizer import words

_NO_SIZES: Mapping[str, int] = MappingProxyType({})


class Topic(NamedTuple):
    """One topic. `parent` is the name of another topic, or empty at the root."""

    name: str
    key: str = ""
    shortname: str = ""
    parent: str = ""
    position: str = ""
    description: str = ""
    keywords: tuple[str, ...] = ()
    hashtags: tuple[str, ...] = ()


def nested_in(name: str) -> tuple[str, ...]:
    """The names around a nested one, the nearest first: of a/b/c they are a/b and a."""
    parts = name.split("/")
    if not all(part.strip() for part in parts):
        return ()
    return tuple("/".join(parts[:end]) for end in range(len(parts) - 1, 0, -1))


class TopicTree:
    """Topics by name, with their parents and children.

    Names are compared without regard to case. A parent that nobody describes, a topic that is its
    own ancestor and a topic without a file all stand at the root: nothing named is ever lost. A topic
    without a name is left out. Topics are in the order of their positions, then by size, then by name.

    Args:
        topics: Those that files describe.
        named: Names that records or other topics mention.
        sizes: Numbers of records by folded name, to put the largest first; none for the order of names.

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
        self._children: dict[str, list[Topic]] = {}
        for topic in self._topics.values():
            self._children.setdefault(self._parent_key(topic), []).append(topic)

    def __len__(self) -> int:
        return len(self._topics)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.casefold() in self._topics

    def get(self, name: str) -> Topic | None:
        """The topic of that name; failing that, of that short name or key."""
        wanted = name.casefold()
        if wanted in self._topics:
            return self._topics[wanted]
        for topic in self._topics.values():
            if wanted and wanted in (topic.shortname.casefold(), topic.key.casefold()):
                return topic
        return None

    def find(self, text: str) -> tuple[Topic, ...]:
        """The topic of that name, short name or key; failing that, every one whose name has these words.

        The words may be cut short: `comp vis` is Computer Vision. So may a short name while it is typed: `nl`
        is NLP.
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
        """The topics directly below one, or the roots, in the order of the files."""
        return tuple(self._children.get(name.casefold(), ()))

    def walk(self) -> Iterator[tuple[Topic, int]]:
        """Every topic with its depth, parents before children."""
        pending = [(topic, 0) for topic in reversed(self.children())]
        while pending:
            topic, depth = pending.pop()
            yield topic, depth
            pending.extend((child, depth + 1) for child in reversed(self.children(topic.name)))

    def lineage(self, name: str) -> tuple[str, ...]:
        """The name itself and the names of all topics above it, nearest first."""
        topic = self._topics.get(name.casefold())
        names: list[str] = []
        while topic is not None:
            names.append(topic.name)
            topic = self._topics.get(self._parent_key(topic))
        return tuple(names)

    def _parent_key(self, topic: Topic) -> str:
        """The folded name of the parent, or "" where following parents does not reach a root."""
        first = topic.parent.casefold()
        key, seen = first, {topic.name.casefold()}
        while key and key in self._topics:
            if key in seen:
                return ""
            seen.add(key)
            key = self._topics[key].parent.casefold()
        return first if first in self._topics else ""


def _has_words(name: str, wanted: Iterable[str]) -> bool:
    """Whether a name has words that begin like these, in this order."""
    present = iter([word.folded for word in words(name)])
    return all(any(word.startswith(part) for word in present) for part in wanted)
