"""Select the stories of a newsletter and group them by topic."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Generic, NamedTuple, TypeVar

from newsreader.domain.topics import TopicTree

Story = TypeVar("Story")


class Section(NamedTuple, Generic[Story]):
    """The stories of one topic; its name is empty for stories without a topic."""

    topic: str
    stories: list[Story]


def main_topic(topics: Sequence[str], tree: TopicTree) -> str:
    """Return the most specific topic, the first of several at that depth; empty if there is none.

    The name is spelled as in the tree, if it contains the topic.
    """
    lineages = [tree.lineage(name) or (name,) for name in topics]
    return max(lineages, key=len)[0] if lineages else ""


def sections(
    stories: Iterable[tuple[str, Story]], most: int | None = None, most_each: int | None = None
) -> list[Section[Story]]:
    """Group stories by topic, in the order of the first story of each.

    Args:
        stories: Topics and stories, best first; consumed only as far as needed.
        most: Maximum number of stories, None for no limit.
        most_each: Maximum number of stories per topic, None for no limit.

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
