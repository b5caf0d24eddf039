"""A headline in words: the columns of a row as sentences."""

from __future__ import annotations

from collections.abc import Collection

from newsreader.domain.dates import DateForm, day_or_age, relative
from newsreader.domain.headline import Headline
from newsreader.domain.marks import MarkSet
from newsreader.domain.setting_values import ListColumn

_MARKS = {
    MarkSet.STARRED: "starred",
    MarkSet.LATER: "to read later",
    MarkSet.NOTE: "with a note",
    MarkSet.TAGS: "tagged",
    MarkSet.HIDDEN: "hidden",
}
_ENDS = (".", "?", "!", "…")


def headline_words(
    headline: Headline,
    now: int,
    *,
    columns: Collection[ListColumn] = tuple(ListColumn),
    dates: DateForm = DateForm.RELATIVE,
    reason: str = "",
) -> str:
    """Return the title, then the columns.

    Args:
        headline: The headline.
        now: In seconds since 1970 UTC; ages are counted from it.
        columns: Shown besides the title.
        dates: The form of dates.
        reason: Why the report stands below its story; empty for a row of its own.

    """
    parts_by_column = {
        ListColumn.PROVIDER: headline.provider or "unknown provider",
        ListColumn.AGE: _when(headline, now, dates),
        ListColumn.TYPE: "" if headline.type == "article" else headline.type,
        ListColumn.HEAT: ""
        if headline.signal is None or headline.signal < 0
        else f"heat {headline.signal:,}",
        ListColumn.COVERAGE: "" if reason else _reports(headline.coverage),
        ListColumn.AMP: "AMP" if headline.has_amp else "",
        ListColumn.MARKS: ", ".join(words for mark, words in _MARKS.items() if mark in headline.marks),
    }
    parts = [words for column, words in parts_by_column.items() if column in columns and words]
    if MarkSet.READ not in headline.marks:
        parts.insert(
            len(parts) - bool(parts_by_column[ListColumn.MARKS] and ListColumn.MARKS in columns), "unread"
        )
    if reason:
        parts.insert(0, f"report of the story above, {reason}")
    return f"{sentence(headline.title)} {', '.join(parts)}." if parts else sentence(headline.title)


def sentence(text: str) -> str:
    """A text with a full stop, unless it ends in something like it."""
    return text if text.endswith(_ENDS) else f"{text}."


def _when(headline: Headline, now: int, dates: DateForm) -> str:
    if headline.moment is None:
        return "undated"
    if dates is DateForm.RELATIVE:
        return relative(headline.moment, now)
    return day_or_age(headline.moment, now, dates)


def _reports(others: int) -> str:
    return f"{others:,} more report{'' if others == 1 else 's'}" if others else ""
