"""The contents of a list: record ids in order, and a window of their headlines."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from newsreader.domain.headline import Headline
from newsreader.domain.view import View

if TYPE_CHECKING:
    from newsreader.domain.story_roles import MembershipReason

WINDOW = 128
"""Number of headlines that are read at once, more than any screen shows."""


class Listing(NamedTuple):
    """The records of a view, or the first of them.

    `ids` are in list order. `total` is the number of records, None while unknown; it exceeds `len(ids)` if
    only the first were read. `headlines` begin at row `start`; None stands for a deleted record. `cursor` is
    the cursor's row. `complete` is False until the corpus has been indexed completely. `members` maps the
    rows of an unfolded story, except its lead, to their reasons. `seen_from` is the first row that is not new
    since the last visit, None if unknown.
    """

    view: View
    ids: array[int]
    total: int | None
    start: int
    headlines: Sequence[Headline | None]
    cursor: int
    complete: bool
    members: Mapping[int, MembershipReason] = {}
    seen_from: int | None = None

    @property
    def is_whole(self) -> bool:
        """Whether it contains every record of the view."""
        return self.total == len(self.ids)
