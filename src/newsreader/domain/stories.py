"""Group records into stories.

Several outlets report the same event, and each of their records lists some of the others as related. A story
is a group of records connected by these lists. A wrong entry would merge two stories and hide news, so an
entry counts only if its record is in the corpus. Entries that a front-page record lists are trusted, because
its heat counts them; all others require similar headlines. The strongest ties are applied first, and a merge
is refused if the story would be too large or too long, or if its leads have nothing in common.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from newsreader.domain.dates import DAY
from newsreader.domain.story_roles import MembershipReason
from newsreader.domain.tokenizer import folded_words

MOST_REPORTS = 60
"""Maximum number of records in a story. The longest known lists have fifty entries."""

LONGEST = 21 * DAY
"""Maximum seconds between the first and the last report of a story."""

LARGEST_COMPONENT = 600
"""Maximum size of a connected component; in larger ones the weaker ties are ignored."""

_WINDOWS = (DAY // 48, DAY // 8, DAY // 2, 2 * DAY, 8 * DAY)
"""Periods in seconds that grade a tie; each is a multiple of the one before."""

WEAKEST = len(_WINDOWS) + 1
"""The highest value that `strength` returns."""

_ALIKE = 1 / 3
"""Share of the shorter headline's words that similar headlines have in common; at least two words."""

_ALIKE_LEADS = 1 / 5
"""The same for two front-page records, whose lists are maintained with more care."""

_COMMON = frozenset(
    re.findall(
        r"\w+",
        """about after all also and any are artificial been but can could for from had has have how
        intelligence into its may more most new not now off one our out over says than that the their
        them they this was were what when where which who why will with you your""",
    )
)
"""Words that do not identify an event."""


class StoryReport(NamedTuple):
    """The facts about a record that decide its story. `place` is the rank of its path among all paths."""

    place: int
    seconds: int | None = None
    front: bool = True
    heat: int | None = None
    quality: int | None = None
    title: str = ""


class Tie(NamedTuple):
    """Evidence that two records report the same event: `a` lists `b`, or both are the same page."""

    a: int
    b: int
    reason: MembershipReason
    """SAME_PAGE, LISTED or LISTED_BY_TITLE."""


class Story(NamedTuple):
    """Record ids with the reason for each, the lead first, then by descending quality."""

    members: tuple[tuple[int, MembershipReason], ...]


def join(reports: Mapping[int, StoryReport], ties: Iterable[Tie]) -> list[Story]:
    """Return the stories with at least two records.

    The result does not depend on the order of the arguments or on the ids.

    Args:
        reports: By record id.
        ties: Ties to unknown records are ignored.

    """
    reasons: dict[tuple[int, int], MembershipReason] = {}
    for tie in ties:
        if tie.a in reports and tie.b in reports and tie.a != tie.b:
            pair = (tie.a, tie.b)
            reasons[pair] = min(tie.reason, reasons.get(pair, tie.reason))
    groups = _Groups(reports, reasons)
    reliable = [(order, pair) for pair in reasons if (order := _order(pair, reports, reasons)) is not None]
    for _, (a, b) in sorted(reliable):
        groups.merge(a, b)
    return [_story(members, reports, reasons) for members in groups.merged()]


def strength(a: StoryReport, b: StoryReport, reason: MembershipReason) -> int | None:
    """Grade a tie by its two records alone, from 0 for the strongest to `WEAKEST`.

    Each grade refines the components of the next, so a component that is too large can be split by ignoring
    its weakest grade.

    Returns:
        The grade, or None for a tie that can never merge the two.

    """
    dated = a.seconds is not None and b.seconds is not None
    if dated and abs((a.seconds or 0) - (b.seconds or 0)) > LONGEST:
        return None
    if not _is_reliable(a, b, reason):
        return None
    if reason is MembershipReason.SAME_PAGE:
        return 0
    if dated:
        for grade, window in enumerate(_WINDOWS, 1):
            if (a.seconds or 0) // window == (b.seconds or 0) // window:
                return grade
    return WEAKEST


def are_alike(a: StoryReport, b: StoryReport) -> bool:
    """Check whether two headlines seem to report the same event."""
    first, second = _key_words(a.title), _key_words(b.title)
    shared = len(first & second)
    share = _ALIKE_LEADS if a.front and b.front else _ALIKE
    return shared >= 2 and shared >= share * min(len(first), len(second))


def _is_reliable(a: StoryReport, b: StoryReport, reason: MembershipReason) -> bool:
    return reason is MembershipReason.SAME_PAGE or (a.front and not b.front) or are_alike(a, b)


@lru_cache(maxsize=4_096)
def _key_words(title: str) -> frozenset[str]:
    return frozenset(word for word in folded_words(title) if len(word) > 2) - _COMMON


def _order(
    pair: tuple[int, int],
    reports: Mapping[int, StoryReport],
    reasons: Mapping[tuple[int, int], MembershipReason],
) -> tuple[int, ...] | None:
    """Return the sort key of a tie, strongest first; None if the tie is not reliable."""
    (a, b), reason = (reports[pair[0]], reports[pair[1]]), reasons[pair]
    is_mutual = pair[::-1] in reasons
    is_trusted = a.front and not b.front
    if reason is MembershipReason.SAME_PAGE:
        kind = 0
    elif is_trusted:
        kind = 1 if is_mutual else 2
    elif are_alike(a, b):
        kind = 3 if is_mutual else 4
    else:
        return None
    distance = LONGEST if a.seconds is None or b.seconds is None else abs(a.seconds - b.seconds)
    return kind, reason, distance, *sorted((a.place, b.place))


class _Groups:
    """Groups of records that are merged step by step, within the limits of a story."""

    def __init__(
        self, reports: Mapping[int, StoryReport], reasons: Mapping[tuple[int, int], MembershipReason]
    ) -> None:
        self._reports = reports
        self._reasons = reasons
        self._group_of: dict[int, list[int]] = {}

    def merge(self, a: int, b: int) -> None:
        """Merge the groups of two records, unless the result would exceed the limits of a story."""
        first, second = self._group_of.get(a, [a]), self._group_of.get(b, [b])
        if first is second or len(first) + len(second) > MOST_REPORTS:
            return
        merged = first + second
        times = [seconds for id_ in merged if (seconds := self._reports[id_].seconds) is not None]
        if (times and max(times) - min(times) > LONGEST) or not self._may_share_a_row(first, second):
            return
        for id_ in merged:
            self._group_of[id_] = merged

    def merged(self) -> list[list[int]]:
        """Return the groups with at least two records."""
        return list({id(group): group for group in self._group_of.values()}.values())

    def _may_share_a_row(self, first: list[int], second: list[int]) -> bool:
        """Check that two front-page rows are merged only if their headlines or pages match."""
        leads = [[id_ for id_ in group if self._reports[id_].front] for group in (first, second)]
        return not all(leads) or any(
            self._reasons.get((a, b), self._reasons.get((b, a))) is MembershipReason.SAME_PAGE
            or are_alike(self._reports[a], self._reports[b])
            for a, b in product(*leads)
        )


def _story(
    members: list[int],
    reports: Mapping[int, StoryReport],
    reasons: Mapping[tuple[int, int], MembershipReason],
) -> Story:
    lead = min(members, key=lambda id_: _rank(reports[id_]))
    ordered = sorted(members, key=lambda id_: (id_ != lead, -(reports[id_].quality or 0), reports[id_].place))
    return Story(tuple((id_, _reason(id_, lead, reasons)) for id_ in ordered))


def _rank(report: StoryReport) -> tuple[object, ...]:
    """Return the sort key of the lead: front page, heat, quality, time, path."""
    place, seconds, front, heat, quality, _ = report
    unknown = (heat is None, -(heat or 0), quality is None, -(quality or 0), seconds is None)
    return not front, *unknown, seconds or 0, place


def _reason(member: int, lead: int, reasons: Mapping[tuple[int, int], MembershipReason]) -> MembershipReason:
    if member == lead:
        return MembershipReason.LEAD
    if found := reasons.get((lead, member)):
        return found
    back = reasons.get((member, lead))
    if back is MembershipReason.SAME_PAGE:
        return back
    return MembershipReason.LISTED_BY_OTHER if back is None else MembershipReason.LISTS_LEAD
