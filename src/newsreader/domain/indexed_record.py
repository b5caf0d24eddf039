"""A record as scripts are told of it: by a name that stays, with what the index worked out."""

from __future__ import annotations

from typing import NamedTuple

from newsreader.domain.dates import Moment
from newsreader.domain.story_roles import MembershipReason


class IndexedRecord(NamedTuple):
    r"""One record of the index.

    `name` is its id for scripts, see `library/queries/record_ids.py`. `path` is relative to the corpus, with
    `/`; bytes that are not text stand there as `\xNN`. `address` is that of its page, else any of its URLs,
    else empty. `score` is that of the order `top`, None for an undated record. `lead` is the name of its
    story's lead, empty where it stands alone; the story has `reports` reports.
    """

    record_id: int
    name: str
    path: str
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
