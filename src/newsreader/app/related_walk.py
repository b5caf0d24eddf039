"""Walking related coverage, breadth first: a record is followed once, however often it is named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from newsreader.domain.dates import Moment
from newsreader.domain.record import LinkKind, record_of
from newsreader.domain.story_page import Coverage, Match
from newsreader.library import Reader


class RelatedNode(NamedTuple):
    """A report on the way.

    `parent` is the number of the node that lists it. `name` is empty for a report outside the corpus. `again`
    is the number of an earlier node of the same record.
    """

    depth: int
    parent: int
    parent_name: str
    name: str
    match: Match
    title: str
    provider: str
    moment: Moment | None
    url: str
    again: int | None = None


def walk(reader: Reader, start: int, depth: int) -> list[RelatedNode]:
    """The node of a record, and those that can be reached from it in so many steps."""
    listed = reader.catalogue.record(start)
    page = reader.page(start)
    if listed is None or page is None:
        return []
    link = page.record.link(LinkKind.ORIGINAL)
    nodes = [
        RelatedNode(
            0,
            -1,
            "",
            listed.name,
            Match.ADDRESS,
            listed.title,
            listed.source,
            listed.moment,
            link.url if link else "",
        )
    ]
    seen = {start: 0}
    pending = [(0, start)]
    for number, record_id in pending:
        above = nodes[number]
        page = reader.page(record_id) if above.depth < depth else None
        for coverage in page.coverage if page else ():
            node = _node(reader, coverage, number, above, seen)
            if coverage.record_id is not None and node.again is None:
                seen[coverage.record_id] = len(nodes)
                pending.append((len(nodes), coverage.record_id))
            nodes.append(node)
    return nodes


def _node(
    reader: Reader, coverage: Coverage, parent: int, above: RelatedNode, seen: dict[int, int]
) -> RelatedNode:
    entry = coverage.entry
    listed = None if coverage.record_id is None else reader.catalogue.record(coverage.record_id)
    link = record_of(entry).link(LinkKind.ORIGINAL)
    return RelatedNode(
        depth=above.depth + 1,
        parent=parent,
        parent_name=above.name,
        name=listed.name if listed else "",
        match=coverage.match,
        title=listed.title if listed else entry.title,
        provider=listed.source if listed else entry.provider.label,
        moment=listed.moment if listed else entry.moment,
        url=link.url if link else "",
        again=None if coverage.record_id is None else seen.get(coverage.record_id),
    )


def depth_first(nodes: Sequence[RelatedNode]) -> Iterator[tuple[int, tuple[bool, ...]]]:
    """The numbers of all nodes but the first, each below the one that lists it.

    With each goes whether it, and those it stands below, are the last of their rows: outermost first.
    """
    below: dict[int, list[int]] = {}
    for number, node in enumerate(nodes[1:], 1):
        below.setdefault(node.parent, []).append(number)
    pending: list[tuple[int, tuple[bool, ...]]] = [
        (number, (place == 0,)) for place, number in enumerate(reversed(below.get(0, [])))
    ]
    while pending:
        number, ends = pending.pop()
        yield number, ends
        children = reversed(below.get(number, []))
        pending += [(child, (*ends, place == 0)) for place, child in enumerate(children)]
