"""A headline in words."""

from __future__ import annotations

from typing import Any

import pytest

from newsreader.domain.dates import DateForm
from newsreader.domain.marks import MarkSet
from newsreader.domain.setting_values import ListColumn
from newsreader.prompt.headline_text import headline_words, sentence
from tests.builders import A_MOMENT, a_headline

NOW = A_MOMENT.seconds + 2 * 86_400


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "who.int, 2 days ago, heat 104, unread."),
        (
            {"coverage": 14, "has_amp": True, "marks": MarkSet.STARRED},
            "who.int, 2 days ago, heat 104, 14 more reports, AMP, unread, starred.",
        ),
        ({"coverage": 1, "marks": MarkSet.READ}, "who.int, 2 days ago, heat 104, 1 more report."),
        (
            {"type": "video", "marks": MarkSet.READ | MarkSet.LATER | MarkSet.NOTE},
            "who.int, 2 days ago, video, heat 104, to read later, with a note.",
        ),
        ({"provider": "", "moment": None, "signal": None}, "unknown provider, undated, unread."),
        ({"signal": -1}, "who.int, 2 days ago, unread."),
        ({"signal": 1_234}, "who.int, 2 days ago, heat 1,234, unread."),
    ],
)
def test_a_row_tells_in_words_what_its_columns_show(changes: dict[str, Any], words: str) -> None:
    assert headline_words(a_headline(**changes), NOW) == f"WHO issues first global report. {words}"


def test_a_report_below_its_story_tells_why_it_is_there() -> None:
    words = headline_words(a_headline(coverage=3), NOW, reason="same canonical URL")
    assert "report of the story above, same canonical URL, who.int" in words
    assert "more report" not in words


def test_only_the_columns_that_the_reader_wants_are_told() -> None:
    headline = a_headline(has_amp=True, marks=MarkSet.STARRED)
    told = headline_words(headline, NOW, columns=[ListColumn.AGE])
    assert told == "WHO issues first global report. 2 days ago, unread."
    assert (
        headline_words(a_headline(marks=MarkSet.READ), NOW, columns=[]) == "WHO issues first global report."
    )


@pytest.mark.parametrize(("form", "date"), [(DateForm.ISO, "2021-06-28"), (DateForm.ABSOLUTE, "28 Jun 2021")])
def test_dates_are_told_as_the_reader_wants(form: DateForm, date: str) -> None:
    assert date in headline_words(a_headline(), NOW, dates=form)


@pytest.mark.parametrize(("text", "ended"), [("Who?", "Who?"), ("So it is", "So it is."), ("Cut…", "Cut…")])
def test_a_sentence_ends_once(text: str, ended: str) -> None:
    assert sentence(text) == ended
