"""Load the topic tree from the index."""

from __future__ import annotations

import json
import sqlite3

from newsreader.domain.topics import Topic, TopicTree, nested_in

_SIZES = (
    "SELECT folded, count(*) FROM member JOIN topic ON topic.id = topic_id WHERE shown >= 1 GROUP BY topic_id"
)


def load_tree(connection: sqlite3.Connection) -> TopicTree:
    """Load the topics that have a file or are named by records or other topics.

    Parents are those of the topic files; without topic files they follow from names such as `light/coast`.
    """
    rows = connection.execute("SELECT data FROM topic_file JOIN file ON file.id = file_id ORDER BY place")
    topics = [_topic(data) for (data,) in rows]
    named = connection.execute(
        "SELECT name FROM topic WHERE EXISTS (SELECT 1 FROM member WHERE topic_id = topic.id AND direct = 1)"
    )
    names = [name for (name,) in named]
    sizes: dict[str, int] = {}
    if not topics:  # names such as light/coast tell the tree, and numbers of records the order
        sizes = dict(connection.execute(_SIZES))
        nested = dict.fromkeys(topic for name in names if "/" in name for topic in (name, *nested_in(name)))
        topics = [Topic(name, parent=next(iter(nested_in(name)), "")) for name in nested]
    parents = [topic.parent for topic in topics if topic.parent]
    return TopicTree(topics, [*names, *parents], sizes)


def _topic(data: str) -> Topic:
    """Parse a topic that `IndexWriter` stored."""
    try:
        return Topic._make(tuple(part) if isinstance(part, list) else part for part in json.loads(data))
    except (TypeError, ValueError) as error:
        raise sqlite3.DatabaseError("a topic is malformed") from error
