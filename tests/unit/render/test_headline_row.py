from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.domain.dates import Moment
from newsreader.domain.headline import Headline
from newsreader.domain.query import Query, parse
from newsreader.domain.setting_values import Density
from newsreader.render.cells import cell_len
from newsreader.render.headline_row import UNREAD, Line, RowLook, headline_lines, placeholder_lines
from tests.builders import A_MOMENT, a_headline
from tests.unit.render.shown_text import lines

NOW = A_MOMENT.seconds + 3 * 86_400

headlines = st.builds(
    Headline,
    record_id=st.just(1),
    title=lines,
    provider=lines,
    moment=st.none() | st.builds(Moment, st.integers(0, 2**32), st.booleans()),
    signal=st.none() | st.integers(-1, 10**9),
    coverage=st.integers(0, 500),
    has_amp=st.booleans(),
    type=st.just("article") | lines,
)


def text_of(line: Line) -> str:
    return "".join(span.text for span in line)


def second_line(width: int = 60, /, **changes: object) -> str:
    return text_of(headline_lines(a_headline(**changes), width, NOW)[1])


@given(headlines, st.integers(10, 150), st.sampled_from(["", "a", "wor", '"a word', "字", "é"]))
def test_every_line_is_exactly_as_wide_as_asked(headline: Headline, width: int, typed: str) -> None:
    for line in headline_lines(headline, width, NOW, parse(typed)):
        assert sum(cell_len(span.text) for span in line) == width
        assert cell_len(text_of(line)) == width


@given(st.integers(10, 150))
def test_a_row_that_is_still_read_is_as_wide_as_the_others(width: int) -> None:
    for line in placeholder_lines(width):
        assert sum(cell_len(span.text) for span in line) == width


@given(headlines, st.integers(10, 150))
def test_the_first_cell_is_left_to_the_cursor_and_to_the_sign_of_unread_stories(
    headline: Headline, width: int
) -> None:
    for line in headline_lines(headline, width, NOW):
        assert text_of(line)[0] in (" ", UNREAD)


def test_the_title_stands_above_provider_age_and_numbers() -> None:
    first, second = headline_lines(a_headline(coverage=7, has_amp=True), 60, NOW)
    assert text_of(first) == f"●  {'WHO issues first global report':<57}"
    assert text_of(second) == f"   who.int · 3 d{'+7 AMP ▲104 ':>44}"


@pytest.mark.parametrize("density", Density)
def test_marks_and_title_are_apart(density: Density) -> None:
    look = RowLook(density)
    first, *_ = headline_lines(a_headline(title="Title"), 60, NOW, chosen=True, look=look)
    assert text_of(first).startswith("●✓ Title")


def test_the_story_that_led_to_the_open_one_is_marked() -> None:
    headline = a_headline(title="Title")
    assert text_of(headline_lines(headline, 60, NOW, is_origin=True)[0]).startswith("●▸ Title")
    below = headline_lines(headline, 60, NOW, reason="related", is_origin=True)[0]
    assert text_of(below).startswith("  │●▸ Title")


def test_numbers_align_from_row_to_row() -> None:
    full = second_line(coverage=12, has_amp=True, signal=289)
    bare = second_line(coverage=0, has_amp=True, signal=7)
    assert full.index("AMP") == bare.index("AMP")
    assert full.index("+12") + 3 == second_line(coverage=5).index("+5") + 2
    assert full.endswith(" ▲289 ")
    assert bare.endswith("   ▲7 ")


@pytest.mark.parametrize(
    ("changes", "present", "absent"),
    [
        ({"signal": None}, "who.int", "▲"),
        ({"signal": -1}, "who.int", "▲"),
        ({"signal": 0}, "▲0", "+"),
        ({"moment": None}, "who.int · undated", "28 Jun"),
        ({"provider": ""}, "  3 d", "·"),
        ({"type": "video"}, "video ", "article"),
        ({"type": "a very long type"}, "a very lo…", "type"),
        ({"coverage": 0}, "▲104", "+"),
    ],
)
def test_what_is_not_known_is_left_out(changes: dict[str, object], present: str, absent: str) -> None:
    line = second_line(**changes)
    assert present in line
    assert absent not in line


def test_a_narrow_row_gives_up_its_numbers_before_its_provider() -> None:
    assert "▲104" in second_line(30, coverage=7, has_amp=True)
    line = second_line(18, coverage=7, has_amp=True, type="video")
    assert "▲104" not in line
    assert line.strip().startswith("who.int")


def test_hits_of_the_filter_have_a_role_of_their_own() -> None:
    first, second = headline_lines(a_headline(), 60, NOW, parse("global who rep"))
    assert [span.text for span in first if span.role == "title-match"] == ["WHO", "global", "rep"]
    assert [span.text for span in second if span.role == "source-match"] == ["who"]
    assert not any("match" in span.role for line in headline_lines(a_headline(), 60, NOW) for span in line)


def test_a_long_title_ends_in_an_ellipsis() -> None:
    first, _ = headline_lines(a_headline(title="word " * 40), 40, NOW, Query())
    assert text_of(first).rstrip().endswith("…")


@pytest.mark.parametrize("width", [20, 40, 61, 100])
def test_a_report_below_its_story_is_set_in_and_tells_why_it_is_there(width: int) -> None:
    headline = Headline(1, "Faster chips", "news.example", Moment(0, True), 7, 3, True, "article")
    lines = headline_lines(headline, width, 86_400, reason="related of the lead")
    texts = ["".join(span.text for span in line) for line in lines]
    assert [cell_len(text) for text in texts] == [width, width]
    assert all(text.startswith("  │") for text in texts)
    assert "+3" not in texts[1]
    assert ("related of the lead" in texts[1]) is (width >= 61)
