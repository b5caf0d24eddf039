"""Trends counted by the database, judged by counting rows."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from newsreader.domain.ranking import Order
from newsreader.domain.trends import MOST_NAMED, week_of, within_week
from newsreader.domain.view import AgesFrom, Scope, View
from newsreader.library.indexing.refresh import refresh
from newsreader.library.queries.reader import Reader
from newsreader.settings import paths

VIEWS = [
    View(),
    View(Scope.EVERYTHING),
    View(fold=False),
    View(topic="Computer Vision"),
    View(Scope.EVERYTHING, filter="chip | health", order=Order.NEW),
    View(provider="forbes.com"),
    View(filter="sort:old quality>50"),
    View(filter="nothing has this word"),
]


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    index = tmp_path_factory.mktemp("trends") / "index.sqlite"
    for _ in refresh(paths.shipped("sample_content"), index):
        pass
    return Reader(index, AgesFrom.NEWEST)


@pytest.mark.parametrize("view", VIEWS, ids=View.describe)
def test_weeks_and_providers_add_up_to_the_rows_of_the_list(reader: Reader, view: View) -> None:
    trends = reader.trends(view)
    rows = [row for row in reader.headlines(reader.ids(view)) if row is not None]
    dated = [(week_of(row.moment.seconds), row.provider.casefold()) for row in rows if row.moment]
    assert trends.weeks == Counter(week for week, _ in dated)
    assert trends.undated == len(rows) - len(dated)
    providers = Counter(provider for _, provider in dated if provider)
    assert [trend.records for trend in trends.providers] == [
        count for _, count in providers.most_common(MOST_NAMED)
    ]
    for trend in trends.providers:
        weeks = Counter(week for week, provider in dated if provider == trend.name.casefold())
        assert trend.weeks == weeks


@pytest.mark.parametrize("view", VIEWS, ids=View.describe)
def test_topics_are_counted_as_the_list_of_the_topic_shows_them(reader: Reader, view: View) -> None:
    trends = reader.trends(view)
    for trend in trends.topics:
        both = set(reader.ids(view)) & set(reader.ids(view._replace(topic=trend.name)))
        dated = [row for row in reader.headlines(list(both)) if row is not None and row.moment]
        assert trend.weeks == Counter(week_of(row.moment.seconds) for row in dated if row.moment)
        assert trend.records == len(dated)
    assert view.topic not in [trend.name for trend in trends.topics]
    assert list(trends.topics) == sorted(trends.topics, key=lambda trend: (-trend.records, trend.name))


@pytest.mark.parametrize("view", VIEWS, ids=View.describe)
def test_the_list_narrowed_to_a_week_has_as_many_rows_as_the_chart_tells(reader: Reader, view: View) -> None:
    for week, count in reader.trends(view).weeks.items():
        assert reader.count(view._replace(filter=within_week(view.filter, week))) == count


def test_the_hottest_come_first_whatever_the_order_of_the_view(reader: Reader) -> None:
    hottest = [row for row in reader.hottest(View(filter="sort:old"), 5) if row]
    assert len(hottest) == 5
    signals = [row.signal or 0 for row in hottest]
    assert signals == sorted(signals, reverse=True)
    assert signals[0] == max(row.signal or 0 for row in reader.headlines(reader.ids(View())) if row)


def test_records_of_all_years_lie_in_their_weeks(tmp_path: Path) -> None:
    from tests.builders import a_corpus
    from tests.ui.harness import a_story

    dates = ["1900-01-01", "1966-10-14", "1969-12-28", "1969-12-29", "1970-01-01", "2021-06-28", "2026-01-01"]
    files = {f"{number}.md": a_story(number, publishedDateTime=day) for number, day in enumerate(dates)}
    index = tmp_path / "index.sqlite"
    for _ in refresh(a_corpus(tmp_path / "corpus", files), index):
        pass
    with closing(Reader(index, AgesFrom.NEWEST)) as reader:
        trends = reader.trends(View())
        rows = [row for row in reader.headlines(reader.ids(View())) if row]
        weeks = Counter(week_of(row.moment.seconds) for row in rows if row.moment)
        assert len(weeks) >= 5
        assert trends.weeks == weeks
