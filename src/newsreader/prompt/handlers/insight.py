"""Explanations of ranks, trends and problems."""

from __future__ import annotations

import time
from collections.abc import Mapping

from newsreader.domain.checks.problem import ListedProblem
from newsreader.domain.explanation import explain_score, place_in_words, places_in_words, scale_in_words
from newsreader.domain.trends import HOTTEST, trends_in_words, week_in_words, within_week
from newsreader.prompt.handlers.list import ListHandler, describe
from newsreader.prompt.headline_text import headline_words, sentence
from newsreader.prompt.index_session import IndexSession
from newsreader.prompt.output import Output
from newsreader.prompt.parser import RefusedError
from newsreader.settings.model import Settings

_HANG = 4
WEEKS = 12
"""Weeks that are listed, the newest first."""

MOST = 200
"""Problems that are listed."""


class InsightHandler:
    """Explains ranks, and prints trends and problems."""

    def __init__(self, index: IndexSession, rows: ListHandler, output: Output, settings: Settings) -> None:
        self._index = index
        self._rows = rows
        self._output = output
        self._settings = settings

    def explain(self, record_id: int | None) -> None:
        """Why a record stands where it does."""
        view = self._rows.view
        explanation = None if record_id is None else self._index.reader.explain(view, record_id)
        if explanation is None:
            raise RefusedError("Only a record of this corpus has a rank.")
        self._output.say(sentence(explanation.title))
        self._output.say(f"{place_in_words(explanation)} The list: {describe(view)}.")
        self._output.say_all(part.text for part in explain_score(explanation))
        self._output.say(scale_in_words(explanation))
        self._output.say("Its place in each order:")
        places = places_in_words(explanation, view.shown_order)
        self._output.say_all(f"{order}: {words.replace(' · ', ', ')}." for order, words in places)

    def trends(self) -> None:
        """Records a week, topics, providers and the hottest stories of the list."""
        view = self._rows.view
        trends = self._index.reader.trends(view)
        say = self._output.say
        say(sentence(trends_in_words(trends).replace(" · ", ", ")))
        say(f"The list: {describe(view)}.")
        weeks = self._weeks(trends.weeks)
        for number, week in enumerate(weeks[:WEEKS], 1):
            say(f"trends {number}. {week_in_words(week)}, {trends.weeks[week]:,}.")
        if len(weeks) > WEEKS:
            older = sum(trends.weeks[week] for week in weeks[WEEKS:])
            say(f"{len(weeks) - WEEKS:,} older weeks have {older:,}; trends and a number lists each of them.")
        for name, listed in (("Topics", trends.topics), ("Providers", trends.providers)):
            if listed:
                say(f"{name}: {', '.join(f'{trend.name} {trend.records:,}' for trend in listed)}.")
        hottest = [headline for headline in self._index.reader.hottest(view, HOTTEST) if headline]
        if hottest:
            say("Hottest:")
        for headline in hottest:
            row = self._rows.row_of(headline.record_id)
            words = headline_words(
                headline, int(time.time()), columns=self._settings.columns, dates=self._settings.dates
            )
            say(words if row is None else f"{row + 1}. {words}", hang=_HANG)

    def week(self, number: int) -> None:
        """The list, narrowed to a week of its trends."""
        view = self._rows.view
        weeks = self._weeks(self._index.reader.trends(view).weeks)
        if not 1 <= number <= len(weeks):
            raise RefusedError(f"There is no week with the number {number}.")
        self._rows.show(view._replace(filter=within_week(view.filter, weeks[number - 1]), unfolded=()))

    def problems(self) -> None:
        """The files that could not be read as they should."""
        problems = self._index.reader.problems()
        if not problems:
            self._output.say("Every file could be read.")
        for number, listed in enumerate(problems[:MOST], 1):
            readable = "" if listed.record_id is None else " What could be read is a story."
            self._output.say(f"! {number}. {sentence(str(listed.problem))}{readable}", hang=_HANG)
        if len(problems) > MOST:
            self._output.say(f"{len(problems) - MOST:,} more are not listed.")

    def problem(self, number: int) -> ListedProblem:
        """A problem by its number.

        Raises:
            RefusedError: there is none.

        """
        problems = self._index.reader.problems()
        if not 1 <= number <= len(problems):
            raise RefusedError(f"There is no problem with the number {number}.")
        return problems[number - 1]

    @staticmethod
    def _weeks(counts: Mapping[int, int]) -> list[int]:
        return sorted(counts, reverse=True)
