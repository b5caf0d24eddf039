"""Which pages of a record its text may be taken from, how long a text is, and what verdicts mean."""

from __future__ import annotations

import pytest

from newsreader.domain.link_status import LinkOutcome
from newsreader.domain.page_text import Candidate, Version, candidates_of, minutes_to_read
from tests.builders import a_record


def test_light_pages_are_tried_before_heavy_ones() -> None:
    record = a_record(
        original_url="https://site.example/original",
        web_url="https://site.example/web",
        amp_url="https://site.example/amp",
        cached_amp_url="https://site-example.cdn.ampproject.org/c/s/site.example/amp",
    )
    assert candidates_of(record) == (
        Candidate(Version.AMP, "https://site.example/amp"),
        Candidate(Version.CACHED_AMP, "https://site-example.cdn.ampproject.org/c/s/site.example/amp"),
        Candidate(Version.WEB, "https://site.example/web"),
        Candidate(Version.ORIGINAL, "https://site.example/original"),
    )


def test_an_address_is_tried_once_and_only_if_it_can_be_opened() -> None:
    record = a_record(
        original_url=" https://site.example/web ",
        web_url="https://site.example/web",
        amp_url="javascript:alert(1)",
        cached_amp_url="",
    )
    assert candidates_of(record) == (Candidate(Version.WEB, "https://site.example/web"),)
    assert candidates_of(a_record(original_url="", web_url="")) == ()


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (100, 1), (230, 1), (460, 2), (2300, 10)])
def test_a_text_takes_a_minute_at_least(words: int, minutes: int) -> None:
    assert minutes_to_read(words) == minutes


def test_a_link_is_dead_when_nothing_answers_for_it() -> None:
    assert {outcome for outcome in LinkOutcome if outcome.is_dead} == {
        LinkOutcome.GONE,
        LinkOutcome.UNREACHABLE,
    }
