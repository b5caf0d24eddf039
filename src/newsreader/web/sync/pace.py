"""How often a feed changes, and when its server wants to be asked again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from newsreader.domain.date_parsing import parse_moment
from newsreader.domain.dates import DAY
from newsreader.web.sources.incoming_record import IncomingRecord

LONGEST_LIFETIME: Final = DAY
"""What a feed may ask for; some name a year and change every day."""


class FeedPace(NamedTuple):
    """The pace of a feed, in seconds; 0 for what is not known.

    `lifetime` is how long the feed says that it stays as it is, `average` the mean interval between its
    records. It is not asked by itself before `not_before`, in seconds since 1970 UTC.
    """

    lifetime: int = 0
    average: int = 0
    not_before: int = 0

    def after_answer(self, now: int) -> FeedPace:
        """Return the pace after the feed was fetched, or has not changed."""
        lifetime = min(self.lifetime, LONGEST_LIFETIME)
        return self._replace(not_before=now + lifetime if lifetime else 0)

    def after_failure(self, now: int, retry_after: int | None) -> FeedPace:
        """Return the pace after a failed request; `retry_after` is the wait that the server asked for."""
        return self._replace(not_before=now + retry_after if retry_after else 0)


def average_interval(records: Iterable[IncomingRecord]) -> int:
    """Return the mean interval between the dates of records; 0 if fewer than two have one."""
    moments = (parse_moment(str(record.document.values.get("publishedDateTime"))) for record in records)
    times = [moment.seconds for moment in moments if moment]
    return (max(times) - min(times)) // (len(times) - 1) if len(times) > 1 else 0


def pace_of_list(paces: Sequence[FeedPace]) -> FeedPace:
    """Return the pace of a list of feeds: it is due when one of them is, and brings the records of all."""
    rate = sum(1 / pace.average for pace in paces if pace.average)
    return FeedPace(
        average=round(1 / rate) if rate else 0,
        not_before=min((pace.not_before for pace in paces), default=0),
    )
