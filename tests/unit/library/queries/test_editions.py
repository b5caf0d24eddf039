"""Editions of an index: each front-page record once, and nothing from later."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsreader.app.editions import EditionError, edition_number, edition_of_record, read_editions
from newsreader.domain.editions import EditionStory
from newsreader.domain.view import View
from newsreader.library.queries.reader import Reader
from tests.unit.library.corpora import JUNE, Corpus

SAMPLE = Path(__file__).parents[4] / "sample_content"


def at(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%SZ}"


def all_editions(reader: Reader) -> dict[str, list[EditionStory]]:
    """Page forward from the first edition to the last."""
    editions = read_editions(reader)
    found: dict[str, list[EditionStory]] = {}
    number = 0
    while True:
        page = editions.page(reader, number)
        assert page is not None
        assert page.edition.stories == len(page.stories)
        found[page.edition.title] = list(page.stories)
        if editions.plan.step(number, 1) == number:
            return found
        number = editions.plan.step(number, 1)


def test_paging_forward_shows_every_front_page_record_once(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path)
    for file in SAMPLE.rglob("*.md"):
        corpus.put_bytes(str(file.relative_to(SAMPLE)), file.read_bytes())
    corpus.refresh()
    with corpus.reader() as reader:
        shown = Counter(story.record_id for stories in all_editions(reader).values() for story in stories)
        assert set(shown.values()) == {1}
        assert sorted(shown) == sorted(reader.ids(View(fold=False)))


def test_a_story_has_the_outlets_that_had_reported_it_by_the_end(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path)
    related = [
        {"title": "Before", "provider": {"domain": "www.before.example"}, "publishedDateTime": at(JUNE)},
        {"title": "Once more", "provider": {"domain": "before.example"}, "publishedDateTime": at(JUNE)},
        {
            "title": "After",
            "provider": {"domain": "after.example"},
            "publishedDateTime": at(JUNE + 90 * 86_400),
        },
        {"title": "Somewhere", "provider": {"domain": "unknown.example"}},
        {"title": "Own", "provider": {"domain": "who.int"}},
    ]
    page = {"webUrl": "https://who.int/one", "provider": {"domain": "who.int"}}
    corpus.put(
        "_news/a.md", **page, publishedDateTime=at(JUNE), excerpt="Words.", topics=["AI"], related=related
    )
    corpus.put("_news/b.md", publishedDateTime=at(JUNE), provider={"domain": "other.example"})
    corpus.refresh()
    with corpus.reader() as reader:
        stories = {story.title: story for story in all_editions(reader)["June 2021"]}
    first = stories["_news/a.md"]
    assert (first.outlets, first.excerpt, first.topic) == (2, "Words.", "AI")
    assert stories["_news/b.md"].outlets == 0


def test_reports_in_the_corpus_count_from_the_edition_that_they_are_in(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path)
    title = "A very particular robot opens the museum"
    urls = {"early": "https://early.example/1", "late": "https://late.example/2"}
    related = [{"title": title, "webUrl": urls["late"], "publishedDateTime": at(JUNE + 5 * 86_400)}]
    for name, when, extra in (
        ("early", JUNE, {"related": related}),
        ("late", JUNE + 5 * 86_400, {"related": [{"title": title, "webUrl": urls["early"]}]}),
    ):
        corpus.put(
            f"_news/{name}.md",
            **{"title": title, "webUrl": urls[name], "publishedDateTime": at(when), **extra},
            provider={"domain": f"{name}.example"},
        )
    corpus.refresh()
    with corpus.reader() as reader:
        found = {
            story.provider: story.outlets for stories in all_editions(reader).values() for story in stories
        }
    assert found == {"early.example": 0, "late.example": 1}


def test_records_without_a_date_have_an_edition(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path)
    corpus.put("_news/a.md")
    corpus.refresh()
    with corpus.reader() as reader:
        assert [story.title for story in all_editions(reader)["Without a date"]] == ["_news/a.md"]


def test_an_edition_is_found_by_date(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path)
    for month in ("03", "06"):
        corpus.put(f"_news/{month}.md", publishedDateTime=f"2021-{month}-10T12:00:00Z")
    corpus.refresh()
    with corpus.reader() as reader:
        editions = read_editions(reader)
    asked = {"": 1, "2021-03": 0, "2021-05-01": 0, "2021-06-28": 1, "yesterday": 1, "30d": 0}
    assert {text: edition_number(editions, text, JUNE) for text in asked} == asked
    with pytest.raises(EditionError, match="“soon” is no date"):
        edition_number(editions, "soon", JUNE)


def test_the_edition_of_a_record_is_found(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path)
    for month in ("03", "06"):
        corpus.put(f"_news/{month}.md", publishedDateTime=f"2021-{month}-10T12:00:00Z")
    corpus.put("_news/undated.md")
    corpus.refresh()
    ids = [corpus.id_of(f"_news/{name}.md") for name in ("undated", "03", "06")]
    with corpus.reader() as reader:
        editions = read_editions(reader)
        assert [edition_of_record(editions, reader, id_) for id_ in (*ids, 9_999)] == [0, 1, 2, 2]


def test_a_corpus_without_stories_has_no_editions(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path)
    corpus.refresh()
    with corpus.reader() as reader, pytest.raises(EditionError, match="no editions"):
        read_editions(reader)


_RECORDS = st.lists(
    st.tuples(st.integers(0, 70), st.one_of(st.none(), st.integers(0, 9))), min_size=1, max_size=12
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15, deadline=None)
@given(records=_RECORDS, later=_RECORDS)
def test_nothing_later_is_in_an_edition_or_changes_its_ranking(
    records: list[tuple[int, int | None]],
    later: list[tuple[int, int | None]],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    corpus = Corpus(tmp_path_factory.mktemp("editions"))

    def put(named: str, found: list[tuple[int, int | None]], offset: int) -> None:
        for number, (day, heat) in enumerate(found):
            moment = at(JUNE + (day + offset) * 86_400)
            known = {} if heat is None else {"heat": heat}
            corpus.put(f"_news/{named}{number}.md", publishedDateTime=moment, **known)
        corpus.refresh()

    put("m", records, 0)
    with corpus.reader() as reader:
        before = all_editions(reader)
        for edition in read_editions(reader).plan.editions:
            moments = [story.moment for story in before[edition.title]]
            assert all(moment and edition.start <= moment.seconds < edition.end for moment in moments)
    put("a", later, 110)  # from the middle of October on
    with corpus.reader() as reader:
        after = all_editions(reader)
    assert {title: after[title] for title in before} == before
    assert sum(map(len, after.values())) == len(records) + len(later)
