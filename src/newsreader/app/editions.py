"""Editions: the front pages of a corpus, by number or by date."""

from __future__ import annotations

from typing import NamedTuple

from newsreader.domain.dates import DAY
from newsreader.domain.editions import EditionPage, EditionPlan, arrange
from newsreader.domain.errors import NewsreaderError
from newsreader.domain.query.date_terms import period
from newsreader.domain.sanitize import clean_line
from newsreader.domain.topics import TopicTree
from newsreader.library import Reader


class EditionError(NewsreaderError):
    """There is no such edition; the message says why."""


class Editions(NamedTuple):
    """The plan of all editions and the topic tree, which all editions of a corpus share."""

    plan: EditionPlan
    tree: TopicTree

    def page(self, reader: Reader, number: int) -> EditionPage | None:
        """Read and arrange an edition; None if its stories were deleted meanwhile."""
        edition = self.plan.editions[number]
        return arrange(edition, reader.edition(edition, self.tree))


def read_editions(reader: Reader) -> Editions:
    """Read what all editions share.

    Raises:
        EditionError: the corpus has no stories.

    """
    plan = reader.edition_plan()
    if not plan.editions:
        raise EditionError("There are no editions: no record of this corpus is on the front page.")
    return Editions(plan, reader.topics())


def edition_of_record(editions: Editions, reader: Reader, record_id: int) -> int:
    """Return the number of the edition that has a record, or else of the last before it.

    The first edition for a record without a date, the last for one that was deleted.
    """
    headline = reader.headlines([record_id])[0]
    if headline is None:
        return edition_number(editions, "", 0)
    return 0 if headline.moment is None else editions.plan.at(headline.moment.seconds // DAY)


def edition_number(editions: Editions, text: str, reference: int) -> int:
    """Return the number of the edition of a date: 2021-06-28, 2021-06, yesterday, 3d; "" for the last one.

    A date without an edition stands for the last edition before it. `reference` is the time that relative
    dates count from, in seconds since 1970 UTC.

    Raises:
        EditionError: the text is no date.

    """
    if not text:
        return editions.plan.step(len(editions.plan.editions), 0)
    found = period(text, reference)
    if found is None or found.start is None:
        raise EditionError(
            f"“{clean_line(text)}” is no date; write a date such as 2021-06-28 or 2021-06, yesterday or 7d."
        )
    return editions.plan.at(found.start // DAY)
