"""Everything the story pane shows: a record with its related coverage resolved in the corpus."""

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
    """One related entry, and the record of the corpus that it stands for, if there is one."""

    entry: Related
    record_id: int | None
    match: Match


class StoryItem(NamedTuple):
    """One entry of a collection, and the record that it names, if it is in the corpus."""

    path: str
    record_id: int | None
    title: str


class Member(NamedTuple):
    """One report of a story, and why it belongs to it."""

    record_id: int
    title: str
    provider: str
    reason: MembershipReason


class StoryPage(NamedTuple):
    """A record as the story pane shows it. `record_id` is None for a story made from a related entry.

    `members` are all reports of its story, the lead first, none where it stands alone. `copies` are other
    paths of the same record. `marks` and `note` are the reader's own. `text` is what was fetched of its
    page, None if nothing was; `verdicts` tell how its links fared when they were tried. `references` are the
    records of the corpus that its body links to, each once.
    """

    record: Record
    record_id: int | None
    coverage: tuple[Coverage, ...] = ()
    items: tuple[StoryItem, ...] = ()
    members: tuple[Member, ...] = ()
    copies: tuple[str, ...] = ()
    marks: MarkSet = MarkSet.NONE
    note: str = ""
    text: PageText | None = None
    verdicts: tuple[LinkStatus, ...] = ()
    references: tuple[StoryItem, ...] = ()


def entry_page(entry: Related) -> StoryPage:
    """The page of coverage that the corpus lacks, made from the entry alone."""
    return StoryPage(record_of(entry), None)
