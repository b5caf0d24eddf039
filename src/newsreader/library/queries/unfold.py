"""Rows of a list with unfolded stories."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsreader.domain.story_page import Member
    from newsreader.domain.story_roles import MembershipReason


def position(ids: array[int], record_id: int | None) -> int | None:
    """Return the position of a record among ids; None if it is not there."""
    if record_id is None:
        return None
    try:
        return ids.index(record_id)
    except ValueError:
        return None


def unfolded(
    ids: array[int], leads: Sequence[int], members: Callable[[int], Sequence[Member]]
) -> tuple[array[int], dict[int, MembershipReason]]:
    """Insert the reports of unfolded stories below their leads; return all rows, and the inserted ones."""
    rows: dict[int, MembershipReason] = {}
    for lead in leads:
        place = position(ids, lead)
        if place is None:
            continue
        below = [member for member in members(lead) if member.record_id != lead]
        start = place + 1
        ids = ids[:start] + array("q", [member.record_id for member in below]) + ids[start:]
        rows = {row + len(below) * (row >= start): reason for row, reason in rows.items()}
        rows |= {start + number: member.reason for number, member in enumerate(below)}
    return ids, rows
