"""Related coverage and the items of a collection lead to records of the corpus where it has them."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsreader.domain.story_page import Match
from newsreader.library.indexing.refresh import refresh
from newsreader.library.indexing.worker_pool import parse_in_process
from tests.unit.library.corpora import Corpus

WHO = {"name": "World Health Organization", "domain": "who.int"}
DAY = "2021-06-28T07:12:00Z"


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return Corpus(tmp_path)


def coverage_of(corpus: Corpus, path: str) -> list[tuple[str, str | None, Match]]:
    """Return title, path of the record found, and how, for each related entry of a record."""
    corpus.refresh()
    with corpus.reader() as reader:
        page = reader.page(corpus.id_of(path))
        assert page is not None
        found = []
        for entry, record_id, match in page.coverage:
            other = None if record_id is None else reader.page(record_id)
            found.append((entry.title, other.record.path if other else None, match))
        return found


def items_of(corpus: Corpus, path: str) -> list[tuple[str, str | None, str]]:
    """Return the name, the path of the record found, and its title for each item of a collection."""
    corpus.refresh()
    with corpus.reader() as reader:
        page = reader.page(corpus.id_of(path))
        assert page is not None
        found = []
        for item, record_id, title in page.items:
            other = None if record_id is None else reader.page(record_id)
            found.append((item, other.record.path if other else None, title))
        return found


def test_a_page_has_the_whole_record(corpus: Corpus) -> None:
    corpus.put("_news/a.md", body="Text.", title="A", heat=3, secured="c2VhbA==;aXY=", unheard="of")
    corpus.refresh()
    with corpus.reader() as reader:
        page = reader.page(corpus.id_of("_news/a.md"))
    assert page is not None
    assert page.record_id == corpus.id_of("_news/a.md")
    record = page.record
    assert (record.path, record.title, record.heat, record.body) == ("_news/a.md", "A", 3, "Text.")
    assert (record.sealed_size, record.extra) == (4, {"unheard": "of"})
    assert page.coverage == ()
    assert page.items == ()


# By address.

ADDRESSES = {
    "webUrl": "https://www.b.example/story/",
    "originalUrl": "http://found.example/story",
    "ampWebUrl": "https://amp.b.example/story",
    "cdnAmpWebUrl": "https://amp-b-example.cdn.ampproject.org/c/s/amp.b.example/story",
}


@pytest.mark.parametrize("key", ["webUrl", "ampWebUrl", "cdnAmpWebUrl"])
@pytest.mark.parametrize("target", ADDRESSES)
def test_any_address_of_an_entry_finds_any_address_of_a_record(corpus: Corpus, key: str, target: str) -> None:
    corpus.put("b.md", title="Drifted title", **ADDRESSES)
    corpus.put("a.md", related=[{"title": "B", key: ADDRESSES[target]}])
    assert coverage_of(corpus, "a.md") == [("B", "b.md", Match.ADDRESS)]


@pytest.mark.parametrize(
    "url",
    [
        "http://b.example/story",
        "https://B.example/story/",
        "https://www.b.example/story#comments",
        "https://b.example/story?utm_source=feed&amp;utm_medium=x",
    ],
)
def test_debris_in_an_address_folds_away(corpus: Corpus, url: str) -> None:
    corpus.put("b.md", **ADDRESSES)
    corpus.put("a.md", related=[{"title": "B", "webUrl": url}])
    assert coverage_of(corpus, "a.md") == [("B", "b.md", Match.ADDRESS)]


def test_the_first_address_that_finds_something_counts(corpus: Corpus) -> None:
    corpus.put("b.md", webUrl="https://b.example/")
    corpus.put("c.md", webUrl="https://c.example/")
    related = {"title": "B", "webUrl": "https://gone.example/", "ampWebUrl": "https://c.example/"}
    corpus.put("a.md", related=[{**related, "cdnAmpWebUrl": "https://b.example/"}])
    assert coverage_of(corpus, "a.md") == [("B", "c.md", Match.ADDRESS)]


def test_of_several_records_the_one_on_the_front_page_is_meant_or_else_the_first_path(corpus: Corpus) -> None:
    corpus.put("a.md", related=[{"title": "B", "webUrl": "https://b.example/"}])
    for path in ("m/b.md", "z/b.md", "d/b.md"):
        corpus.put(path, webUrl="https://b.example/", published=False)
        corpus.refresh()
    assert coverage_of(corpus, "a.md") == [("B", "d/b.md", Match.ADDRESS)]
    corpus.put("z/b.md", webUrl="https://b.example/", published=True)
    assert coverage_of(corpus, "a.md") == [("B", "z/b.md", Match.ADDRESS)]


def test_an_address_that_cannot_be_opened_finds_nothing(corpus: Corpus) -> None:
    corpus.put("b.md", webUrl="javascript:alert(1)")
    corpus.put("a.md", related=[{"title": "B", "webUrl": "javascript:alert(1)"}])
    assert coverage_of(corpus, "a.md") == [("B", None, Match.NONE)]


# By title, provider and day.


def test_title_provider_and_day_find_a_record_whose_address_has_drifted(corpus: Corpus) -> None:
    corpus.put(
        "b.md",
        title="WHO: AI in “health”",
        publishedDateTime=DAY,
        provider=WHO,
        webUrl="https://new.example/",
    )
    entry = {
        "title": "Who - AI in health",
        "publishedDateTime": "2021-06-28",
        "provider": {"name": "WHO", "domain": "www.WHO.int"},
        "webUrl": "https://old.example/",
    }
    corpus.put("a.md", related=[entry])
    assert coverage_of(corpus, "a.md") == [("Who - AI in health", "b.md", Match.TITLE)]


@pytest.mark.parametrize(
    "difference",
    [
        {"title": "WHO on AI in wealth"},
        {"publishedDateTime": "2021-06-29T07:12:00Z"},
        {"publishedDateTime": None},
        {"provider": {"name": "World Health Organization", "domain": "who.org"}},
        {"provider": None},
    ],
)
def test_a_title_alone_is_not_enough(corpus: Corpus, difference: dict[str, object]) -> None:
    same: dict[str, object] = {"title": "WHO on AI in health", "publishedDateTime": DAY, "provider": WHO}
    corpus.put("b.md", **same)
    corpus.put("a.md", related=[{**same, **difference}])
    assert [match for _, _, match in coverage_of(corpus, "a.md")] == [Match.NONE]


def test_titles_without_a_word_are_not_alike(corpus: Corpus) -> None:
    corpus.put("b.md", title="???", publishedDateTime=DAY, provider=WHO)
    corpus.put("a.md", related=[{"title": "!!!", "publishedDateTime": DAY, "provider": WHO}])
    assert coverage_of(corpus, "a.md") == [("!!!", None, Match.NONE)]


# The record itself, repetitions, changes.


def test_a_record_is_not_its_own_coverage(corpus: Corpus) -> None:
    same: dict[str, object] = {"title": "A", "publishedDateTime": DAY, "provider": WHO}
    corpus.put(
        "a.md",
        **same,
        webUrl="https://a.example/",
        ampWebUrl="https://a.example/amp/x",
        related=[
            {"title": "By address", "webUrl": "http://www.a.example/?utm_source=x"},
            {"title": "By AMP address", "ampWebUrl": "https://a.example/amp/x"},
            same,
        ],
    )
    assert coverage_of(corpus, "a.md") == [("A", None, Match.NONE)]


def test_an_entry_that_is_listed_twice_is_shown_once(corpus: Corpus) -> None:
    corpus.put("b.md", webUrl="https://b.example/")
    corpus.put(
        "a.md",
        related=[
            {"title": "B", "webUrl": "https://b.example/"},
            {"title": "B again", "webUrl": "http://www.b.example"},
        ],
    )
    assert coverage_of(corpus, "a.md") == [("B", "b.md", Match.ADDRESS)]


def test_coverage_follows_the_files(corpus: Corpus) -> None:
    corpus.put("a.md", related=[{"title": "B", "webUrl": "https://b.example/"}])
    assert coverage_of(corpus, "a.md") == [("B", None, Match.NONE)]
    corpus.put("b.md", webUrl="https://b.example/")
    assert coverage_of(corpus, "a.md") == [("B", "b.md", Match.ADDRESS)]
    corpus.put("b.md", webUrl="https://elsewhere.example/")
    assert coverage_of(corpus, "a.md") == [("B", None, Match.NONE)]
    corpus.put("b.md", webUrl="https://b.example/")
    corpus.rename("b.md", "c.md")
    assert coverage_of(corpus, "a.md") == [("B", "c.md", Match.ADDRESS)]
    corpus.put("c.md", webUrl="https://b.example/", removed=True)
    assert coverage_of(corpus, "a.md") == [("B", None, Match.NONE)]


# The items of a collection.


@pytest.mark.parametrize(
    "item",
    [
        "linear-algebra",
        "courses/linear-algebra",
        "_learning/courses/linear-algebra.md",
        "/courses/Linear-Algebra/",
        "COURSES/linear-algebra.MD",
    ],
)
def test_an_item_is_found_by_the_end_of_its_path(corpus: Corpus, item: str) -> None:
    corpus.put("_learning/courses/Linear-Algebra.md", title="Linear algebra")
    corpus.put("c.md", items=[item])
    assert items_of(corpus, "c.md") == [(item, "_learning/courses/Linear-Algebra.md", "Linear algebra")]


@pytest.mark.parametrize(
    "item", ["algebra", "rses/linear-algebra", "books/linear-algebra", "linear-algebra/x", "/", ".md"]
)
def test_an_item_that_names_no_record_keeps_its_name(corpus: Corpus, item: str) -> None:
    corpus.put("_learning/courses/linear-algebra.md")
    corpus.put("c.md", items=[item])
    assert items_of(corpus, "c.md") == [(item, None, "")]


def test_of_several_records_with_one_name_the_folder_tells_or_else_the_first_path(corpus: Corpus) -> None:
    for folder in ("videos", "books", "courses"):
        corpus.put(f"{folder}/intro.md", title=folder)
        corpus.refresh()
    corpus.put("c.md", items=["intro", "courses/intro", "videos/intro"])
    assert [title for _, _, title in items_of(corpus, "c.md")] == ["books", "courses", "videos"]


@pytest.mark.parametrize("name", ["intro.txt", "intro.markdown", "intro.html"])
def test_the_suffix_of_an_item_does_not_matter(corpus: Corpus, name: str) -> None:
    corpus.put(f"courses/{name}", title="Intro")
    corpus.put("c.md", items=["courses/intro", f"courses/{name}"])
    assert [title for _, _, title in items_of(corpus, "c.md")] == ["Intro", "Intro"]


def test_a_page_of_a_record_that_never_was_is_none(corpus: Corpus) -> None:
    list(refresh(corpus.root, corpus.index, parse=parse_in_process))
    with corpus.reader() as reader:
        assert reader.page(1) is None


def references_of(corpus: Corpus, body: str) -> list[str]:
    """Return the titles of the records that a body links to."""
    corpus.put("notes/Owl.md", title="Owls")
    corpus.put("notes/v1.2.md", title="Version 1.2")
    corpus.put("posts/2024/b c.md", title="Bees")
    corpus.put("posts/a.md", body=body, title="A")
    corpus.refresh()
    with corpus.reader() as reader:
        page = reader.page(corpus.id_of("posts/a.md"))
    assert page is not None
    return [item.title for item in page.references]


@pytest.mark.parametrize(
    ("body", "titles"),
    [
        ("See [[Owl|the owl]] and [[owl#Nest]].", ["Owls"]),
        ("[b](./2024/b%20c.md) then [v](../notes/v1.2.md#x).", ["Bees", "Version 1.2"]),
        ("[[v1.2]]", ["Version 1.2"]),
        ("[[a]] [[Missing]] [[#Here]] [x](./)", []),
        ("[web](https://a.example/Owl.md)", []),
        ("No link.", []),
    ],
)
def test_links_to_other_files_lead_to_their_records(corpus: Corpus, body: str, titles: list[str]) -> None:
    assert references_of(corpus, body) == titles
