"""The contents of the story pane: a record with its related coverage resolved."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from newsreader.domain.link_status import LinkStatus
from newsreader.domain.marks import MarkSet
from newsreader.domain.page_text import PageText
from newsreader.domain.record import Record, Related, record_of
from newsreader.domain.story_roles import MembershipReason


class Match(StrEnum):
    """How a related entry was found in the corpus."""

    ADDRESS = "address"
    TITLE = "title and day"
    NONE = "not in this corpus"


class Coverage(NamedTuple):
    """A related entry and its record, if that is in the corpus."""

    entry: Related
    record_id: int | None
    match: Match


class StoryItem(NamedTuple):
    """An entry of a collection and its record, if that is in the corpus."""

    path: str
    record_id: int | None
    title: str


class Member(NamedTuple):
    """A report of a story, and the reason why it belongs to it."""

    record_id: int
    title: str
    provider: str
    reason: MembershipReason


class StoryPage(NamedTuple):
    """A record in the story pane. `record_id` is None for a story made from a related entry.

    `members` are all reports of its story, the lead first; empty if it has no story. `copies` are other paths
    of the same record. `text` is the fetched text of its page, if any; `verdicts` are the results of checking
    its links. `references` are the records of the
    corpus that its body links to, each once.
    """

    record: Record
    record_id: int | None
    coverage: tuple[Coverage, ...] = ()
    items: tuple[StoryItem, ...] = ()
    members: tuple[Member, ...] = ()
    copies: tuple[str, ...] = ()
    marks: MarkSet = MarkSet.NONE
    note: str = ""
    tags: tuple[str, ...] = ()
    text: PageText | None = None
    verdicts: tuple[LinkStatus, ...] = ()
    references: tuple[StoryItem, ...] = ()


def entry_page(entry: Related) -> StoryPage:
    """Create the page of a related entry that is not in the corpus."""
    return StoryPage(record_of(entry), None)
