"""Stories in the index: joined, taken apart, and the same whatever came first."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from newsreader.domain.ranking import Order
from newsreader.domain.stories import MOST_REPORTS
from newsreader.domain.story_roles import MembershipReason
from newsreader.domain.view import Scope, View
from newsreader.library.indexing.refresh import refresh
from newsreader.library.queries.reader import Reader
from newsreader.settings import paths
from tests.unit.library.corpora import EVERYTHING, Corpus, assert_sound

FRONT = View()
CHIPS = "Acme builds faster chips for phones"


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return Corpus(tmp_path)


def url(name: str) -> str:
    return f"https://{name}.example/story"


def put(corpus: Corpus, name: str, *related: str, folder: str = "_news", **values: object) -> None:
    """Write a report of one event, published by `name`."""
    corpus.put(
        f"{folder}/{name}.md",
        **{
            "title": f"{CHIPS}, says {name}",
            "webUrl": url(name),
            "publishedDateTime": "2021-06-27T06:00:00Z",
            "heat": -1,
            "quality": 10,
            "published": False,
            "provider": {"name": name, "domain": f"{name}.example"},
            "related": [{"title": f"{CHIPS}, says {other}", "webUrl": url(other)} for other in related],
            **values,
        },
    )


def put_lead(corpus: Corpus, name: str, *related: str, **values: object) -> None:
    put(corpus, name, *related, **{"published": True, "heat": 50, "quality": 30, **values})  # type: ignore[arg-type]


def members(corpus: Corpus, path: str) -> dict[str, MembershipReason]:
    """The story of a record: its reports by the name of their file, and why each belongs to it."""
    with corpus.reader() as reader:
        found = reader.members(corpus.id_of(path))
        pages = [reader.page(member.record_id) for member in found]
        return {
            page.record.path.rpartition("/")[2].removesuffix(".md"): member.reason
            for page, member in zip(pages, found, strict=True)
            if page
        }


def test_reports_that_list_each_other_are_one_row_of_the_front_page(corpus: Corpus) -> None:
    put_lead(corpus, "a", "b", "c")
    put(corpus, "b", "a", quality=5)
    put(corpus, "c", quality=20)
    put(corpus, "d", "a")
    put_lead(corpus, "e")
    corpus.refresh()
    assert_sound(corpus.index)
    assert members(corpus, "_news/a.md") == {
        "a": MembershipReason.LEAD,
        "c": MembershipReason.LISTED,
        "d": MembershipReason.LISTS_LEAD,
        "b": MembershipReason.LISTED,
    }
    assert list(members(corpus, "_news/b.md")) == ["a", "c", "d", "b"]
    assert members(corpus, "_news/e.md") == {}
    assert corpus.paths(FRONT) == ["_news/a.md", "_news/e.md"]
    assert len(corpus.paths(EVERYTHING)) == 5
    assert set(corpus.paths(EVERYTHING._replace(fold=True))) == {"_news/a.md", "_news/e.md"}
    assert set(corpus.paths(EVERYTHING._replace(filter="is:lead"))) == {"_news/a.md"}
    assert set(corpus.paths(EVERYTHING._replace(filter="is:follower"))) == {
        f"_news/{name}.md" for name in "bcd"
    }


def test_two_leads_of_one_story_are_one_row_until_folding_is_off(corpus: Corpus) -> None:
    put_lead(corpus, "a", "b", topics=["AI"])
    put_lead(corpus, "b", "a", heat=40, topics=["AI"])
    corpus.refresh()
    for view in (FRONT, FRONT._replace(topic="AI")):
        assert corpus.paths(view) == ["_news/a.md"]
        assert corpus.paths(view._replace(fold=False)) == ["_news/a.md", "_news/b.md"]
    assert corpus.topic_counts(Scope.FRONT) == {"ai": 1}
    assert corpus.topic_counts() == {"ai": 2}
    corpus.remove("_news/a.md")
    corpus.refresh()
    assert corpus.paths(FRONT) == corpus.paths(FRONT._replace(topic="AI")) == ["_news/b.md"]
    assert corpus.topic_counts(Scope.FRONT) == {"ai": 1}


def test_one_record_under_two_paths_is_one_record(corpus: Corpus) -> None:
    put_lead(corpus, "a", topics=["AI"])
    put_lead(corpus, "a", folder="_archive/_news", topics=["AI"])
    corpus.refresh()
    assert corpus.paths(EVERYTHING) == corpus.paths(FRONT) == ["_news/a.md"]
    assert corpus.topic_counts() == {"ai": 1}
    with corpus.reader() as reader:
        page = reader.page(corpus.id_of("_news/a.md"))
        assert page is not None
        assert page.copies == ("_archive/_news/a.md",)
        assert page.members == ()
        assert reader.counts(Scope.EVERYTHING).everything == 1
    corpus.remove("_news/a.md")
    corpus.refresh()
    assert corpus.paths(EVERYTHING) == corpus.paths(FRONT) == ["_archive/_news/a.md"]
    assert corpus.topic_counts(Scope.FRONT) == {"ai": 1}


def test_titles_without_a_word_tell_nothing(corpus: Corpus) -> None:
    put_lead(corpus, "a", related=[{"title": "…", "webUrl": url("b")}])
    put(corpus, "b", title="!!!")
    put(corpus, "c", title="???", webUrl=url("b"))
    corpus.refresh()
    assert len(corpus.paths(EVERYTHING)) == 3
    assert len(members(corpus, "_news/a.md")) == 3


def test_an_open_story_has_its_reports_below_it(corpus: Corpus) -> None:
    put_lead(corpus, "a", "b", "c")
    put(corpus, "b", quality=5)
    put(corpus, "c", quality=20)
    put_lead(corpus, "d", "e", heat=900, title="Museum opens a new wing")
    put(corpus, "e", title="A wing for the museum")
    corpus.refresh()
    a, b, c, d, e = (corpus.id_of(f"_news/{name}.md") for name in "abcde")
    view = FRONT._replace(order=Order.OLD, unfolded=(a, 999, d))
    with corpus.reader() as reader:
        assert reader.first_listing(view, window=10) is None
        listing = reader.listing(view, keep=c, window=10)
        assert list(listing.ids) == [a, c, b, d, e]
        assert listing.members == {
            1: MembershipReason.LISTED,
            2: MembershipReason.LISTED,
            4: MembershipReason.LISTED,
        }
        assert listing.cursor == 1
        assert [headline and headline.record_id for headline in listing.headlines] == [a, c, b, d, e]
        assert (listing.total, listing.headlines[0] and listing.headlines[0].reports) == (5, 3)
        backwards = reader.listing(view._replace(unfolded=(d, a)), window=10)
        assert (backwards.ids, backwards.members) == (listing.ids, listing.members)


def test_copies_of_copies_are_copies_of_one(corpus: Corpus) -> None:
    put_lead(corpus, "a", ampWebUrl=url("amp"))
    put_lead(corpus, "a", folder="x/y", webUrl=url("amp"), ampWebUrl=url("other"))
    put_lead(corpus, "a", folder="x/y/z", webUrl=url("other"))
    corpus.refresh()
    assert corpus.paths(EVERYTHING) == ["_news/a.md"]


def test_one_page_under_two_titles_is_one_story(corpus: Corpus) -> None:
    put_lead(corpus, "a")
    put_lead(corpus, "b", webUrl=url("a"), heat=1, title="Museum opens a new wing")
    corpus.refresh()
    assert members(corpus, "_news/a.md") == {"a": MembershipReason.LEAD, "b": MembershipReason.SAME_PAGE}


def test_the_address_of_a_whole_site_joins_nothing(corpus: Corpus) -> None:
    put_lead(corpus, "a", webUrl="https://site.example/")
    put_lead(corpus, "b", webUrl="https://www.site.example")
    corpus.refresh()
    assert members(corpus, "_news/a.md") == {}


def test_an_address_that_drifted_is_found_by_title_and_day(corpus: Corpus) -> None:
    entry = {
        "title": f"{CHIPS}, says b",
        "webUrl": url("elsewhere"),
        "publishedDateTime": "2021-06-27T23:00:00Z",
        "provider": {"domain": "b.example"},
    }
    put_lead(corpus, "a", related=[entry])
    put(corpus, "b")
    corpus.refresh()
    assert members(corpus, "_news/a.md") == {
        "a": MembershipReason.LEAD,
        "b": MembershipReason.LISTED_BY_TITLE,
    }


def test_a_report_that_comes_later_joins_the_story_and_one_that_goes_leaves_it(corpus: Corpus) -> None:
    put_lead(corpus, "a", "b")
    put(corpus, "c", "b")
    corpus.refresh()
    assert members(corpus, "_news/a.md") == members(corpus, "_news/c.md") == {}
    put(corpus, "b", "c")
    corpus.refresh()
    assert set(members(corpus, "_news/c.md")) == {"a", "b", "c"}
    corpus.remove("_news/b.md")
    corpus.refresh()
    assert members(corpus, "_news/a.md") == members(corpus, "_news/c.md") == {}
    assert set(corpus.paths(EVERYTHING._replace(fold=True))) == {"_news/a.md", "_news/c.md"}


def test_what_everybody_lists_is_no_sign_of_a_story(corpus: Corpus) -> None:
    put(corpus, "hub", published=True)
    for number in range(MOST_REPORTS):
        put(corpus, f"n{number}", "hub")
    corpus.refresh()
    assert len(members(corpus, "_news/hub.md")) == MOST_REPORTS
    put(corpus, "one-more", "hub")
    corpus.refresh()
    assert members(corpus, "_news/hub.md") == members(corpus, "_news/n1.md") == {}
    corpus.remove("_news/n1.md")
    corpus.refresh()
    assert len(members(corpus, "_news/hub.md")) == MOST_REPORTS


# -- the sample -----------------------------------------------------------------------------------

STORIES = {
    "2021-06-27-pytorch-gains": ["2021-06-29-learning-from-microsofts"],
    "2021-06-28-who-issues": [
        "2021-06-28-who-guidance-on",
        "2021-06-29-who-guidance-on",
        "2021-06-29-the-first-who-report",
        "2021-06-29-artificial-intelligence-hold",
    ],
    "2021-07-24-want-your-unemployment": [
        "2021-07-20-states-voice-recognition",
        "2021-07-21-insights-on-the-face",
        "2021-07-23-anyvision-launches",
        "2021-07-23-half-of-us-states",
        "2021-07-24-25-states-are-forcing",
        "2021-07-24-half-of-us-states",
        "2021-07-24-millions-of-americans",
        "2021-07-25-id-me-more-states",
        "2021-07-27-heres-what-you-need",
    ],
    "2021-06-18-waymo-raises": ["2021-06-18-waymo-pushes", "2021-06-20-waymo-raises"],
    "2022-06-12-google-engineer-on-leave": [
        "2022-06-11-the-google-engineer",
        "2022-06-13-a-google-employee",
        "2022-06-13-five-things",
        "2022-06-13-google-engineer-put",
        "2022-06-13-google-suspends",
        "2022-06-14-google-suspends",
        "2022-06-15-ai-coming-to-life",
    ],
    "2022-10-27-ford-and-vw": ["2022-10-27-autonomous-vehicle-startup", "2022-10-27-ford-ceo-farley"],
}
"""By the lead, how the names of all other reports of its story begin."""


def test_the_stories_of_the_sample_are_one_row_each_with_all_their_reports(tmp_path: Path) -> None:
    index = tmp_path / "index.sqlite"
    for _ in refresh(paths.shipped("sample_content"), index):
        pass
    with closing(Reader(index)) as reader:
        front = reader.ids(FRONT)
        by_name = {}
        for id_ in reader.ids(EVERYTHING):
            page = reader.page(id_)
            assert page is not None
            by_name[page.record.path.rpartition("/")[2]] = id_
        for lead, others in STORIES.items():
            [lead_id] = [id_ for name, id_ in by_name.items() if name.startswith(lead)]
            wanted = {id_ for name, id_ in by_name.items() if name.startswith(tuple(others))}
            assert {member.record_id for member in reader.members(lead_id)} == {lead_id, *wanted}, lead
            assert len(wanted) == len(others)
            assert lead_id in front
            assert not wanted & set(front)
