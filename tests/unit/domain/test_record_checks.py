"""What looks wrong about a record by itself."""

from __future__ import annotations

import pytest

from newsreader.domain.checks.problem import KeyLines
from newsreader.domain.checks.record_checks import inspect
from newsreader.domain.checks.rules import RULES, Finding, Severity
from newsreader.domain.dates import Moment
from newsreader.domain.record import Provider, Record
from tests.builders import a_record, a_related

JUNE_28 = 1_624_864_320
"""28 June 2021, 07:12 UTC."""


def broken(record: Record, lines: KeyLines | None = None) -> list[tuple[int, str, str]]:
    return [(line, rule, reason) for line, reason, rule in inspect(record, lines or KeyLines())]


def rules(record: Record) -> list[str]:
    return [rule for _, rule, _ in broken(record)]


def test_an_ordinary_record_is_in_order() -> None:
    assert broken(a_record(related=(a_related(),))) == []


# Lines.


def test_a_line_is_that_of_the_nearest_thing_around_it() -> None:
    lines = KeyLines(2, {("related",): 9, ("related", 1): 12, ("related", 1, "webUrl"): 14})
    assert lines.of("related", 1, "webUrl") == 14
    assert lines.of("related", 1, "title") == 12
    assert lines.of("related", 0, "webUrl") == 9
    assert lines.of("title") == 2


# Missing keys.


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"excerpt": ""}, "excerpt"),
        ({"moment": None}, "publishedDateTime"),
        ({"web_url": "", "original_url": ""}, "webUrl"),
        ({"provider": Provider()}, "provider"),
        ({"topics": ()}, "topics"),
        ({"quality": None, "heat": None}, "quality"),
    ],
)
def test_an_article_needs_what_a_row_and_a_story_show(changes: dict[str, object], key: str) -> None:
    ((line, rule, reason),) = broken(a_record(**changes), KeyLines(3))
    assert (line, rule, reason.split(" is missing: ")[0]) == (3, "missing-key", key)


@pytest.mark.parametrize(
    "changes",
    [
        {"web_url": ""},
        {"original_url": ""},
        {"quality": None},
        {"heat": None},
        {"type": "course", "moment": None, "quality": None, "heat": None},
        {"type": "collection", "moment": None, "web_url": "", "original_url": "", "quality": None},
        {"type": "profile", "excerpt": "", "moment": None, "web_url": "", "original_url": ""}
        | {"provider": Provider(), "quality": None},
    ],
)
def test_what_one_type_needs_another_does_not(changes: dict[str, object]) -> None:
    assert rules(a_record(**changes)) == []


def test_a_key_that_stands_there_empty_is_missed_on_its_line() -> None:
    assert broken(a_record(excerpt=""), KeyLines(1, {("excerpt",): 4}))[0][0] == 4


# The day in the file name.


def dated(name: str, moment: Moment | None) -> list[tuple[int, str, str]]:
    lines = KeyLines(1, {("publishedDateTime",): 5})
    return broken(a_record(path=f"_news/{name}.md", moment=moment, type="course"), lines)


@pytest.mark.parametrize("day", ["2021-06-27", "2021-06-28"])
def test_a_local_day_of_any_time_zone_agrees(day: str) -> None:
    assert dated(f"{day}-report", Moment(JUNE_28, day_only=False)) == []


@pytest.mark.parametrize("day", ["2021-06-27", "2021-06-28", "2021-06-29"])
def test_a_day_without_a_time_agrees_with_its_neighbours(day: str) -> None:
    assert dated(f"{day}-report", Moment(JUNE_28 // 86_400 * 86_400, day_only=True)) == []


@pytest.mark.parametrize("day", ["2021-06-26", "2021-06-29", "2022-06-28"])
def test_another_day_does_not_agree(day: str) -> None:
    ((line, rule, reason),) = dated(f"{day}-report", Moment(JUNE_28, day_only=False))
    assert (line, rule) == (5, "date-mismatch")
    assert reason == f"published on 2021-06-28 but the file name says {day}: correct one of them"


def test_a_month_that_changed_places_with_the_day_is_told() -> None:
    third_of_may = Moment(1_620_000_000, day_only=False)
    ((_, _, reason),) = dated("2021-03-05-report", third_of_may)
    assert reason.endswith("day and month seem to have changed places")


def test_a_day_that_does_not_exist_is_told() -> None:
    ((line, rule, reason),) = dated("2021-02-30-report", Moment(JUNE_28, day_only=False))
    assert (line, rule) == (5, "date-mismatch")
    assert reason == "the day in the file name, 2021-02-30, does not exist"


@pytest.mark.parametrize(
    ("name", "moment"), [("report", Moment(JUNE_28, day_only=False)), ("2021-01-01-report", None)]
)
def test_where_one_of_both_days_is_unknown_nothing_is_told(name: str, moment: Moment | None) -> None:
    assert dated(name, moment) == []


# Addresses.


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"original_url": "javascript:alert(1)"}, "originalUrl"),
        ({"web_url": "who.int/news"}, "webUrl"),
        ({"amp_url": "https://"}, "ampWebUrl"),
        ({"amp_url": "https://who.int/amp", "cached_amp_url": "ftp://cache.example"}, "cdnAmpWebUrl"),
        ({"website": "no address"}, "website"),
    ],
)
def test_an_address_that_no_browser_is_given_is_told(changes: dict[str, object], key: str) -> None:
    ((line, rule, reason),) = broken(a_record(**changes), KeyLines(1, {(key,): 8}))
    assert (line, rule) == (8, "unusable-url")
    assert reason.startswith(f"{key} cannot be opened")


def test_an_endless_address_is_cut_in_the_message() -> None:
    ((_, _, reason),) = broken(a_record(website="x" * 5_000))
    assert len(reason) < 300


def test_debris_of_html_is_told() -> None:
    ((_, rule, reason),) = broken(a_record(web_url="https://who.int/news?a=1&amp;b=2"))
    assert (rule, reason) == ("url-debris", "webUrl has &amp; in it: write & alone")


def test_the_addresses_of_related_entries_are_looked_at_too() -> None:
    record = a_record(related=(a_related(), a_related(web_url="nowhere", title="Other")))
    lines = KeyLines(1, {("related",): 10, ("related", 1, "webUrl"): 17})
    assert [(line, rule) for line, rule, _ in broken(record, lines)] == [(17, "unusable-url")]


CACHE = "https://www-who--site-int.cdn.ampproject.org/c/"


@pytest.mark.parametrize(
    ("amp", "cached"),
    [
        ("https://www.who-site.int/amp/a?b=c", f"{CACHE}s/www.who-site.int/amp/a?b=c"),
        ("http://www.who-site.int/amp", f"{CACHE}www.who-site.int/amp"),
        ("http://www.who-site.int/amp", f"{CACHE}s/www.who-site.int/amp"),
        ("https://who.int:8443/amp", "https://anything.cdn.ampproject.org/c/s/who.int"),
        ("https://who.int/amp", ""),
    ],
)
def test_the_rule_of_the_cache_is_kept(amp: str, cached: str) -> None:
    assert rules(a_record(amp_url=amp, cached_amp_url=cached)) == []


@pytest.mark.parametrize(
    ("amp", "words"),
    [
        ("https://www.who-site.int/amp/b", f"write {CACHE}s/www.who-site.int/amp/b"),
        ("", "stands without ampWebUrl"),
    ],
)
def test_another_address_of_the_cache_is_told_with_the_right_one(amp: str, words: str) -> None:
    record = a_record(amp_url=amp, cached_amp_url=f"{CACHE}s/www.who-site.int/amp/a")
    ((line, rule, reason),) = broken(record, KeyLines(1, {("cdnAmpWebUrl",): 9}))
    assert (line, rule) == (9, "amp-cache-rule")
    assert words in reason


def test_the_rule_of_the_cache_holds_for_related_entries() -> None:
    entry = a_related(amp_url="https://news.example/amp", cached_amp_url="https://cache.example/a")
    lines = KeyLines(1, {("related", 0, "cdnAmpWebUrl"): 21})
    found = broken(a_record(related=(entry,)), lines)
    assert [(line, rule) for line, rule, _ in found] == [(21, "amp-cache-rule")]


# Coverage.


def test_a_record_that_lists_itself_or_a_page_twice_is_told() -> None:
    record = a_record(
        related=(
            a_related(),
            a_related(web_url="http://www.news.example/guidance/?utm_source=x"),
            a_related(web_url="https://who.int/news/first-report"),
            a_related(web_url="", title="without an address"),
        )
    )
    lines = KeyLines(1, {("related", place): 10 * (place + 1) for place in range(4)})
    assert broken(record, lines) == [
        (20, "related-repeated", "the same page as the entry on line 10: remove one of them"),
        (30, "related-self", "the record itself is listed as related: remove the entry"),
    ]


# The table of rules.


def test_rules_are_told_errors_first_each_in_sentences() -> None:
    severities = [rule.severity for rule in RULES.values()]
    assert severities == sorted(severities, key=list(Severity).index)
    assert all(rule.id == key for key, rule in RULES.items())
    assert all(rule.about.endswith(".") and rule.advice.endswith(".") for rule in RULES.values())


def test_a_finding_is_as_grave_as_its_rule() -> None:
    assert Finding(b"a.md", 1, "invalid-yaml", "").severity is Severity.ERROR
    assert Finding(b"a.md", 1, "date-mismatch", "").severity is Severity.WARNING
