"""Records in the output of commands."""

from __future__ import annotations

from typing import NamedTuple

from newsreader.domain.dates import Moment
from newsreader.domain.sanitize import SafeText
from newsreader.domain.story_roles import MembershipReason


class IndexedRecord(NamedTuple):
    r"""A record with what the index knows about it.

    `name` is its stable id for scripts, see `library/queries/record_ids.py`. `path` is relative to the
    corpus, with `/` and undecodable bytes as `\xNN`. `address` is the URL of its page, or any of its URLs, or
    empty. `score` is the score in the order `top`, None for an undated record. `lead` is the name of its
    story's lead, empty if it has no story; `reports` is the number of reports in the story.
    """

    record_id: int
    name: str
    path: SafeText
    address: str
    title: str
    source: str
    moment: Moment | None
    heat: int | None
    quality: int | None
    type: str
    score: float | None
    coverage: int
    has_amp: bool
    reports: int
    lead: str
    reason: MembershipReason
