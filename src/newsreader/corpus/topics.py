"""Topic files -> topics."""

from __future__ import annotations

from newsreader.domain.checks.problem import Defect
from newsreader.domain.sanitize import clean_line
from newsreader.domain.topics import Topic


def is_topic_path(path: str) -> bool:
    """Whether a file stands where a site keeps its topics: in a folder named `topics`."""
    folder, _, name = path.rpartition("/")
    return folder.rpartition("/")[2] == "topics" and name.lower().endswith((".yaml", ".yml"))


def read_topic(data: bytes, path: str) -> tuple[Topic | None, tuple[Defect, ...]]:
    """Read one topic file. `position` is its file name, whose leading number gives the order.

    Returns:
        The topic, or None when the file describes something else or cannot be read.

    """
    from newsreader.corpus.frontmatter import read_yaml

    values, defects = read_yaml(data)
    name = _line(values.get("name"))
    if not name or values.get("taxonomy", "topic") != "topic":
        if values and not name:
            defects = (*defects, Defect(0, "name: a topic needs one", "missing-title"))
        return None, defects
    topic = Topic(
        name=name,
        key=_line(values.get("_id")),
        shortname=_line(values.get("shortname")),
        parent=_line(values.get("parent")),
        position=path.rpartition("/")[2],
        description=_line(values.get("description"), 1_000),
    )
    return topic, defects


def _line(value: object, limit: int = 200) -> str:
    return "" if value is None or isinstance(value, dict | list) else clean_line(str(value), limit)
