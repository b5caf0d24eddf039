"""The compiler of filters, judged by a look at every record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsreader.domain.corpus_options import CorpusOptions
from newsreader.domain.view import AgesFrom, Scope, View
from newsreader.library.indexing.refresh import refresh
from newsreader.library.indexing.worker_pool import read_row
from newsreader.library.queries import reader as reader_module
from newsreader.library.queries.reader import Reader
from newsreader.settings import paths
from tests.unit.library.corpora import EVERYTHING, JUNE, Corpus
from tests.unit.library.naive import Judge

REAL = Path(__file__).parents[5] / "shared" / "real" / "site"

# -- random corpora and filters -------------------------------------------------------------------

names = st.sampled_from(["AI", "Law", "Vision", "ai ethics"])
numbers = st.sampled_from([None, -1, 0, 5, 90])
related = st.lists(st.sampled_from(["https://r.example/1", "https://r.example/2"]), max_size=2)
providers = st.sampled_from([{"name": "The Verge", "domain": "www.theverge.com"}, {"name": "AI Daily"}])
record_values = st.fixed_dictionaries(
    {"title": st.sampled_from(["AI chips", "C++ and C", "Modèle of models", "100% a_b"])},
    optional={
        "excerpt": st.sampled_from(["chips for ai", "Été (again)", "x"]),
        "topics": st.lists(names, max_size=2),
        "provider": st.sampled_from(
            [{"name": "The Verge", "domain": "www.theverge.com"}, {"name": "AI Daily"}]
        ),
        "type": st.sampled_from(["video", "Course", "vid_eo"]),
        "quality": numbers,
        "heat": numbers,
        "published": st.booleans(),
        "publishedDateTime": st.sampled_from(["2021-06-27T06:09:00Z", "2021-06-26", "2020-01-01", "soon"]),
        "webUrl": st.sampled_from(["https://A.example/b_c", "http://d.example/100%25"]),
        "ampWebUrl": st.just("https://a.example/amp"),
        "images": st.just([{"url": "https://a.example/i.png"}]),
        "featuredContent": st.just('<iframe src="https://v.example/1"></iframe>'),
        "body": st.sampled_from(["Text.", "[AI chips](https://text.example) été", "C++\n\n<b>100%</b> text"]),
        "related": related.map(lambda urls: [{"title": "Other", "webUrl": url} for url in urls]),
    },
)
PARTS = """
ai chips mod c++ C text 100% a_b "ai chips" été title:ai title:c++ excerpt:chips provider:verge provider:ai
provider:=theverge.com provider:=the topic:ai topic:=ai topic:ethics topic:vis,law topic:none type:video
type:vid type:vid* type:"vid_eo" url:a.example url:B_C url:% path:news path:_news/ path:.MD quality>=5
quality:0 quality<5 heat:-1 heat:0..90 related>0 related:2 date:2021 date:2021-06-27 before:2021 newer:2d
older:1d date:today after:yesterday is:front is:lead is:follower is:problem is:unread is:starred has:amp
has:image has:video has:body has:related
"""
parts = st.sampled_from(re.findall(r'(?:"[^"]*"|[^\s"])+', PARTS))
filter_texts = st.recursive(
    parts,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(" ".join),
        st.tuples(inner, inner).map(" OR ".join),
        inner.map("-({})".format),
        inner.map("({})".format),
    ),
    max_leaves=6,
)


@settings(max_examples=60)
@given(st.lists(record_values, max_size=6), st.lists(filter_texts, min_size=1, max_size=8))
def test_a_filter_finds_what_a_look_at_every_record_finds(
    tmp_path_factory: pytest.TempPathFactory, contents: list[dict[str, object]], texts: list[str]
) -> None:
    corpus = Corpus(tmp_path_factory.mktemp("judged"))
    corpus.put_topic("AI")
    corpus.put_topic("Vision", parent="AI", shortname="vis")
    for number, values in enumerate(contents):
        corpus.put(f"{'_news' if number % 2 else 'more'}/{number}.md", **values)
    corpus.refresh()
    with corpus.reader() as reader:
        judge, by_id = judge_of(reader)
        for text in texts:
            assert found(reader, by_id, text) == judge.paths(text), text


# -- the corpora that people really have ----------------------------------------------------------


def judge_of(reader: Reader) -> tuple[Judge, dict[int, str]]:
    """A judge who has looked at every record, and the paths of the records by id."""
    ids = reader.ids(EVERYTHING)
    pages = [page for id_ in ids if (page := reader.page(id_))]
    by_id = {id_: page.record.path for id_, page in zip(ids, pages, strict=True)}
    troubled = frozenset(by_id[listed.record_id] for listed in reader.problems() if listed.record_id)
    records = {page.record.path: page.record for page in pages}
    led = {by_id[id_]: by_id[found[0].record_id] for id_ in ids if (found := reader.members(id_))}
    return Judge(records, reader.topics(), reader.reference(), troubled, led), by_id


def found(reader: Reader, by_id: dict[int, str], text: str, scope: Scope = Scope.EVERYTHING) -> set[str]:
    ids = reader.ids(View(scope, filter=text))
    assert len(set(ids)) == len(ids) == reader.count(View(scope, filter=text))
    return {by_id[id_] for id_ in ids}


def indexed(root: Path, folder: Path) -> Reader:
    index = folder / "index.sqlite"
    for _ in refresh(root, index):
        pass
    return Reader(index)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    with closing(indexed(paths.shipped("sample_content"), tmp_path_factory.mktemp("sample"))) as reader:
        yield reader


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    if not REAL.is_dir():
        pytest.skip("the real records are not on this machine")
    with closing(indexed(REAL, tmp_path_factory.mktemp("site"))) as reader:
        yield reader


QUERIES = {
    "pytorch": 1,
    '"facial recognition"': 10,
    "gpu OR chips": 1,
    "google -facebook": 18,
    "(google | facebook) -ai": 0,
    "title:ai": 52,
    'title:"artificial intelligence"': 12,
    "excerpt:research": 2,
    "-title:ai": 57,
    "topic:ai": 109,
    "topic:=AI": 109,
    "topic:nlp": 10,
    "topic:vision": 17,
    "topic:nlp,vision": 26,
    'topic:"Google AI"': 9,
    "topic:google": 9,
    "-topic:ai": 0,
    "topic:nosuch": 0,
    "provider:forbes": 5,
    "provider:forbes.com": 5,
    "provider:=forbes.com": 5,
    "provider:=venturebeat.com,forbes.com": 8,
    "type:video": 1,
    "type:vid*": 1,
    'type:"vid"': 0,
    "type:video,course": 3,
    "-type:article": 5,
    "url:github.com": 0,
    "url:https": 108,
    "url:%": 0,
    "path:_news/2021-06": 21,
    "path:_archive": 0,
    "path:.md": 109,
    "quality>=90": 16,
    "quality:50..80": 22,
    "quality<20": 3,
    "-quality>=0": 24,
    "heat>100": 15,
    "heat:-1": 61,
    "heat:100..300": 8,
    "-heat:..99": 34,
    "related>3": 37,
    "related:0": 26,
    "date:2021": 80,
    "date:2021-06": 22,
    "date:2021-06-27": 1,
    "date:2021-05..2021-06": 23,
    "date>=2022": 24,
    "date<2021": 3,
    "after:2021-06-15": 86,
    "before:2021-06-15": 21,
    "after:2021-06-15 before:2021-06-28": 12,
    "newer:7d": 5,
    "newer:30d": 5,
    "older:1y": 87,
    "date:today": 1,
    "before:yesterday": 106,
    "-date:..2100": 2,
    "is:front": 43,
    "-is:front": 66,
    "is:problem": 0,
    "is:lead": 17,
    "is:follower": 55,
    "-is:lead -is:follower": 37,
    "is:new": 109,
    "is:unread": 109,
    "is:read": 0,
    "has:amp": 48,
    "has:image": 89,
    "has:video": 1,
    "has:body": 2,
    "has:related": 83,
    "-has:amp -has:related": 20,
    "C++": 0,
    "GPT-4o": 0,
    "AT&T": 1,
    "what's": 0,
    "a:b": 3,
    '"never closed': 0,
    "e": 50,
    "zzzz": 0,
    "quality>=90 OR heat>200": 18,
    "(topic:nlp OR topic:vision) quality>=50 -has:amp": 1,
    "waymo has:amp date:2021 quality>50": 2,
    "who AND health": 6,
}
"""Filters, and how many records of the sample each finds."""


@pytest.mark.parametrize(("text", "count"), QUERIES.items())
def test_the_sample_is_searched_as_expected(sample: Reader, text: str, count: int) -> None:
    judge, by_id = judge_of(sample)
    assert found(sample, by_id, text) == judge.paths(text)
    assert len(judge.paths(text)) == count


def test_the_real_site_is_searched_as_a_look_at_every_record_does(site: Reader) -> None:
    judge, by_id = judge_of(site)
    for text in QUERIES:
        assert found(site, by_id, text) == judge.paths(text), text


def test_ages_count_from_the_newest_record_that_is_not_in_the_future_or_from_today(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path)
    next_year = f"{datetime.now(UTC).year + 1}-06-27"
    for day in ("2021-06-01", "2021-06-20", "2021-06-27", next_year):
        corpus.put(f"{day}.md", publishedDateTime=day)
    corpus.put("undated.md")
    corpus.refresh()
    last_week = EVERYTHING._replace(filter="newer:8d")
    now = JUNE + 2 * 86_400
    for ages_from, count in ((AgesFrom.NEWEST, 3), (AgesFrom.TODAY, 2)):
        with closing(Reader(corpus.index, ages_from, lambda: now)) as reader:
            assert reader.count(last_week) == count


def test_in_a_corpus_without_dates_ages_count_from_today(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path)
    corpus.put("undated.md")
    corpus.refresh()
    with closing(Reader(corpus.index, now=lambda: JUNE)) as reader:
        assert reader.reference() == JUNE
        assert reader.count(EVERYTHING._replace(filter="newer:8d")) == 0


def test_many_matches_are_ordered_by_their_headlines_and_few_by_their_relevance(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = Corpus(tmp_path)
    corpus.put("excerpt.md", title="Something about other things", excerpt="chips", heat=900)
    corpus.put("long.md", title="Chips and a great many other words beside them in the title", heat=800)
    corpus.put("title.md", title="Chips", excerpt="chips and chips", heat=1)
    corpus.put("other.md", title="Nothing of that", heat=999)
    corpus.put("body.md", title="Short", body="Chips, chips, chips and chips.", heat=950)
    corpus.refresh()
    view = EVERYTHING._replace(filter="chips")
    assert corpus.paths(view) == ["title.md", "long.md", "excerpt.md", "body.md"]
    assert corpus.paths(view._replace(filter="chips OR heat>950")) == [
        "title.md",
        "long.md",
        "excerpt.md",
        "body.md",
        "other.md",
    ]
    monkeypatch.setattr(reader_module, "MOST_RANKED", 2)
    assert corpus.paths(view) == ["long.md", "title.md", "excerpt.md", "body.md"]
    corpus.remove("body.md")
    corpus.refresh()
    assert corpus.paths(view) == ["long.md", "title.md", "excerpt.md"]


def test_words_are_found_in_bodies_until_these_change_or_are_left_out(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path)
    corpus.put(
        "a.md", excerpt="x", body="Of [taproot](https://hidden.example/address) and C++.\n\n```\ncode\n```\n"
    )
    corpus.put("b.md", excerpt="taproot")
    corpus.refresh()

    def paths(text: str) -> list[str]:
        return corpus.paths(EVERYTHING._replace(filter=text))

    assert paths("taproot") == ["b.md", "a.md"]
    assert paths("taproot code") == ["a.md"]
    assert paths("title:taproot OR hidden") == []
    assert (paths("C++"), paths("++"), paths("-taproot")) == (["a.md"], [], [])
    corpus.put("a.md", excerpt="x", body="Schnorr.")
    corpus.refresh()
    assert (paths("taproot"), paths("schnorr")) == (["b.md"], ["a.md"])
    corpus.remove("a.md")
    corpus.refresh()
    assert paths("schnorr") == []
    corpus.put("c.md", body="Schnorr.")
    row = read_row(corpus.root, b"c.md", CorpusOptions(index_bodies=False)).record
    assert row is not None
    assert row.passage[-1] == ""


@pytest.mark.parametrize(
    ("text", "found"),
    [("author:ann", ["a.md"]), ("category:news", ["b.md"]), ("category:new", []), ("lang:en", ["a.md"])],
)
def test_records_are_filtered_by_their_labels(tmp_path: Path, text: str, found: list[str]) -> None:
    corpus = Corpus(tmp_path)
    corpus.put("a.md", provider={"authors": [{"name": "Joanna"}]}, language="en-GB")
    corpus.put("b.md", category="News")
    corpus.refresh()
    assert corpus.paths(EVERYTHING._replace(filter=text)) == found
