"""Which stories a newsletter has, and under which topic each of them stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Generic, NamedTuple, TypeVar

from newsreader.domain.topics import TopicTree

Story = TypeVar("Story")


class Section(NamedTuple, Generic[Story]):
    """The stories of one topic; its name is empty for those that have none."""

    topic: str
    stories: list[Story]


def main_topic(topics: Sequence[str], tree: TopicTree) -> str:
    """The topic that tells most of a record: the one furthest down in the tree, the first named of several.

    The name is that of the tree, where it has one; empty where the record has no topic.
    """
    lineages = [tree.lineage(name) or (name,) for name in topics]
    return max(lineages, key=len)[0] if lineages else ""


def sections(
    stories: Iterable[tuple[str, Story]], most: int | None = None, most_each: int | None = None
) -> list[Section[Story]]:
    """The stories of a newsletter by topic, that of the first story first.

    Args:
        stories: With their topics, the best first; no more are taken than are needed.
        most: Stories in all, None for no bound.
        most_each: Stories of one topic, None for no bound; the others are left out.

    """
    by_topic: dict[str, list[Story]] = {}
    count = 0
    remaining = iter(stories)
    while most is None or count < most:
        found = next(remaining, None)
        if found is None:
            break
        topic, story = found
        listed = by_topic.setdefault(topic, [])
        if most_each is None or len(listed) < most_each:
            listed.append(story)
            count += 1
    return [Section(topic, listed) for topic, listed in by_topic.items()]
