"""What a list shows at one moment: which records, in what order, and some of their headlines."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from newsreader.domain.headline import Headline
from newsreader.domain.view import View

if TYPE_CHECKING:
    from newsreader.domain.story_roles import MembershipReason

WINDOW = 128
"""Headlines that are read at once: more than the tallest screen shows."""


class Listing(NamedTuple):
    """The records of a view, or the first of them.

    `ids` are in order. `total` is how many there are in all, None while that is not known; it is
    above `len(ids)` where only the first were read. `headlines` are those from `start` on, None for
    a record that is gone. `cursor` is the row to put the cursor on. `complete` is false while the
    corpus has never been indexed as a whole. `members` are the rows that belong to an unfolded story above
    them, each with the reason. `seen_from` is the row above which only news stand: what came since the last
    visit, None where nothing tells old from new.
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
        """Whether every record of the view is in it."""
        return self.total == len(self.ids)
