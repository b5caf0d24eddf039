"""Which records make one story.

Outlets that report the same event are several records, and each lists others of them. A story is what these
lists hold together, with care: they drift, and one wrong entry would melt two stories into one and hide news.
So an entry counts only where the record that it names is in the corpus. What a record of the front page lists
among those beside it is taken at its word, for that is what its heat counts; all else needs headlines that
are alike. The strongest ties are taken first, and a union that would be too large or span too many days, or
whose leads have nothing in common, is not made.
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
"""Most records in one story. The longest lists that were seen have fifty entries."""

LONGEST = 21 * DAY
"""Most seconds between the first and the last report of a story."""

LARGEST_COMPONENT = 600
"""Most records that ties may hold together before the weaker ties are ignored."""

_WINDOWS = (DAY // 48, DAY // 8, DAY // 2, 2 * DAY, 8 * DAY)
"""Periods that decide how strong a tie is, in seconds; each is a multiple of the one before."""

WEAKEST = len(_WINDOWS) + 1
"""The highest value that `strength` returns."""

_ALIKE = 1 / 3
"""Share of the shorter headline's words that two headlines of one event have in common, and two at least."""

_ALIKE_LEADS = 1 / 5
"""The same for records that the publishing site shows side by side: their lists are kept with more care."""

_COMMON = frozenset(
    re.findall(
        r"\w+",
        """about after all also and any are artificial been but can could for from had has have how
        intelligence into its may more most new not now off one our out over says than that the their
        them they this was were what when where which who why will with you your""",
    )
)
"""Words that tell nothing of an event."""


class StoryReport(NamedTuple):
    """What of a record decides about its story. `place` is where its path stands among all paths."""

    place: int
    seconds: int | None = None
    front: bool = True
    heat: int | None = None
    quality: int | None = None
    title: str = ""


class Tie(NamedTuple):
    """A sign that two records report the same: `a` lists `b`, or both are the same page."""

    a: int
    b: int
    reason: MembershipReason
    """SAME_PAGE, LISTED or LISTED_BY_TITLE."""


class Story(NamedTuple):
    """Records that report the same event, with the reason for each; the lead comes first, then by quality."""

    members: tuple[tuple[int, MembershipReason], ...]


def join(reports: Mapping[int, StoryReport], ties: Iterable[Tie]) -> list[Story]:
    """The stories of two records or more.

    The answer depends on nothing but the records and ties: not on their order, nor on the ids.

    Args:
        reports: By record id.
        ties: Between them; others are left out.

    """
    reasons: dict[tuple[int, int], MembershipReason] = {}
    for tie in ties:
        if tie.a in reports and tie.b in reports and tie.a != tie.b:
            pair = (tie.a, tie.b)
            reasons[pair] = min(tie.reason, reasons.get(pair, tie.reason))
    groups = _Groups(reports, reasons)
    sure = [(order, pair) for pair in reasons if (order := _order(pair, reports, reasons)) is not None]
    for _, (a, b) in sorted(sure):
        groups.unite(a, b)
    return [_story(members, reports, reasons) for members in groups.united()]


def strength(a: StoryReport, b: StoryReport, reason: MembershipReason) -> int | None:
    """Grade a tie between two records by these alone.

    The ties up to any grade form a graph of which that of the grades below is a part. So a component that is
    too large can be split by ignoring its highest grade.

    Returns:
        0 for the strongest ties, `WEAKEST` for the weakest; None for a tie that can never unite the two.

    """
    dated = a.seconds is not None and b.seconds is not None
    if dated and abs((a.seconds or 0) - (b.seconds or 0)) > LONGEST:
        return None
    if not _is_sure(a, b, reason):
        return None
    if reason is MembershipReason.SAME_PAGE:
        return 0
    if dated:
        for grade, window in enumerate(_WINDOWS, 1):
            if (a.seconds or 0) // window == (b.seconds or 0) // window:
                return grade
    return WEAKEST


def are_alike(a: StoryReport, b: StoryReport) -> bool:
    """Whether two headlines seem to tell of one event."""
    first, second = _told(a.title), _told(b.title)
    shared = len(first & second)
    share = _ALIKE_LEADS if a.front and b.front else _ALIKE
    return shared >= 2 and shared >= share * min(len(first), len(second))


def _is_sure(a: StoryReport, b: StoryReport, reason: MembershipReason) -> bool:
    """Whether a tie is more than an entry in a list that may have drifted."""
    return reason is MembershipReason.SAME_PAGE or (a.front and not b.front) or are_alike(a, b)


@lru_cache(maxsize=4_096)
def _told(title: str) -> frozenset[str]:
    return frozenset(word for word in folded_words(title) if len(word) > 2) - _COMMON


def _order(
    pair: tuple[int, int],
    reports: Mapping[int, StoryReport],
    reasons: Mapping[tuple[int, int], MembershipReason],
) -> tuple[int, ...] | None:
    """Where a tie stands among those that are taken, the strongest first; None where it is not sure."""
    (a, b), reason = (reports[pair[0]], reports[pair[1]]), reasons[pair]
    is_mutual = pair[::-1] in reasons
    is_at_its_word = a.front and not b.front
    if reason is MembershipReason.SAME_PAGE:
        kind = 0
    elif is_at_its_word:
        kind = 1 if is_mutual else 2
    elif are_alike(a, b):
        kind = 3 if is_mutual else 4
    else:
        return None
    apart = LONGEST if a.seconds is None or b.seconds is None else abs(a.seconds - b.seconds)
    return kind, reason, apart, *sorted((a.place, b.place))


class _Groups:
    """Records that are united step by step, within the bounds of a story."""

    def __init__(
        self, reports: Mapping[int, StoryReport], reasons: Mapping[tuple[int, int], MembershipReason]
    ) -> None:
        self._reports = reports
        self._reasons = reasons
        self._group_of: dict[int, list[int]] = {}

    def unite(self, a: int, b: int) -> None:
        """Put two records into one group, unless it would be no story any more."""
        first, second = self._group_of.get(a, [a]), self._group_of.get(b, [b])
        if first is second or len(first) + len(second) > MOST_REPORTS:
            return
        united = first + second
        times = [seconds for id_ in united if (seconds := self._reports[id_].seconds) is not None]
        if (times and max(times) - min(times) > LONGEST) or not self._may_share_a_row(first, second):
            return
        for id_ in united:
            self._group_of[id_] = united

    def united(self) -> list[list[int]]:
        """The groups of two records or more."""
        return list({id(group): group for group in self._group_of.values()}.values())

    def _may_share_a_row(self, first: list[int], second: list[int]) -> bool:
        """Two rows of the front page become one only where their headlines, or their pages, are."""
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
    """Who stands for a story: on the front page, hottest, best, earliest, first by its path."""
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
