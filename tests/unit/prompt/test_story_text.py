"""A story as paragraphs."""

from __future__ import annotations

from typing import Any

from newsreader.domain.dates import DateForm
from newsreader.domain.marks import MarkSet
from newsreader.domain.record import Link, LinkKind, RecordAction
from newsreader.domain.story_page import Coverage, Match, Member, StoryItem, StoryPage
from newsreader.domain.story_roles import MembershipReason
from newsreader.prompt.story_text import StoryText, story_text
from newsreader.render.story_lines import Follow, Show
from tests.builders import A_MOMENT, a_record, a_related

NOW = A_MOMENT.seconds + 7 * 86_400
AMP = "https://who.int/amp/report"


def told(page: StoryPage) -> StoryText:
    return story_text(page, NOW, DateForm.RELATIVE)


def of(**changes: Any) -> StoryText:
    return told(StoryPage(a_record(**changes), 1))


def test_signs_are_told_in_words() -> None:
    page = StoryPage(a_record(heat=114, related=(a_related(),)), 1, marks=MarkSet.READ | MarkSet.STARRED)
    paragraphs = told(page).paragraphs
    assert "World Health Organization, who.int" in paragraphs
    assert "Mon 28 Jun 2021, 07:12 UTC, 1 week ago" in paragraphs
    assert "heat 114 = quality 104 + 10 times 1 related, on the front page" in paragraphs
    assert "read, starred" in paragraphs


def test_links_have_in_front_of_them_what_is_to_be_typed() -> None:
    text = of(amp_url=AMP, actions=(RecordAction("https://who.int/sheet", "download", "The sheet"),))
    assert [line for line in text.paragraphs if line.startswith("u ")] == [
        "u 1. original: who.int/news/first-report (or o)",
        "u 2. AMP: who.int/amp/report (or a)",
        "u 3. action, The sheet: who.int",
    ]
    assert text.target(2) == Link(LinkKind.AMP, AMP)
    assert text.target(0) is text.target(4) is None


def test_a_missing_amp_page_is_told() -> None:
    assert "No AMP page." in of().paragraphs


def test_related_coverage_is_one_sentence_with_its_number() -> None:
    long = "A headline that is far longer than any line of the full screen would be, " * 4 + "and ends"
    page = StoryPage(
        a_record(),
        1,
        (
            Coverage(a_related(title=long, amp_url=AMP), 7, Match.TITLE),
            Coverage(a_related(title="Why?"), None, Match.NONE),
        ),
    )
    text = told(page)
    first, second = (line for line in text.paragraphs if line.startswith("r "))
    assert first == f"r 2. {long}. news.example, 28 Jun, quality 48, AMP, found by title and day."
    assert second == "r 3. Why? news.example, 28 Jun, quality 48, not in this corpus."
    assert isinstance(text.target(3), Follow)


def test_reports_and_items_of_the_corpus_can_be_followed() -> None:
    page = StoryPage(
        a_record(),
        2,
        items=(StoryItem("_learning/a.md", 5, "First steps"), StoryItem("_learning/b.md", None, "")),
        members=(
            Member(1, "The lead", "a.example", MembershipReason.LEAD),
            Member(3, "Other", "", MembershipReason.SAME_PAGE),
        ),
    )
    text = told(page)
    assert "r 1. Of the story The lead." in text.paragraphs
    assert "r 3. First steps." in text.paragraphs
    assert "_learning/b.md, not in this corpus" in [line.strip() for line in text.paragraphs]
    assert "r 4. Other. unknown provider, same canonical URL." in text.paragraphs
    assert text.target(4) == Show(3)


def test_links_in_the_text_stand_behind_their_words() -> None:
    text = of(
        body="See [one](https://a.example/1) and [two](https://a.example/2).\n\nThen\n[three](https://a.example/3)."
    )
    assert "See one [u 1] and two [u 2]." in text.paragraphs
    assert "Then three [u 3]." in text.paragraphs
    assert text.target(3) == Link(LinkKind.BODY, "https://a.example/3")


def test_links_in_the_text_that_adjoin_are_numbered_behind_it() -> None:
    text = of(body="Go [one](https://a.example/1)[two](https://a.example/2) on.\n\n[3](https://a.example/3)")
    assert "Go onetwo on. [u 1] [u 2]" in text.paragraphs
    assert "3 [u 3]" in text.paragraphs


def test_the_body_keeps_its_form_without_signs() -> None:
    text = of(body="- a\n- b\n\n> quoted\n\n---\n\n    code  here")
    assert {"- a", "- b", "> quoted", "  code  here"} <= set(text.paragraphs)
    assert not any("─" in line for line in text.paragraphs)


def test_facts_are_told_with_their_names() -> None:
    assert "Length: 15 min" in of(length="PT15M").paragraphs
    assert "odd: value" in of(extra={"odd": "value"}).paragraphs


def test_what_a_record_says_is_left_as_it_is() -> None:
    text = of(title="▲ rise · fall", excerpt="5 × 3 ★ stars")
    assert {"▲ rise · fall", "5 × 3 ★ stars"} <= set(text.paragraphs)


def test_what_only_the_body_has_of_the_filter_is_quoted() -> None:
    page = StoryPage(a_record(body="Much is said.\n\nThe taproot upgrade is near."), 1)
    text = story_text(page, NOW, DateForm.RELATIVE, "taproot")
    assert "Match: Much is said. The taproot upgrade is near." in text.paragraphs
    assert not any(line.startswith("Match") for line in told(page).paragraphs)
