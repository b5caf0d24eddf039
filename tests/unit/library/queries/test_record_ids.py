"""What records are called outside the program, and which one a word means."""

from __future__ import annotations

import sqlite3
import zlib
from contextlib import closing
from pathlib import Path

import pytest

from newsreader.library.errors import IndexFailedError
from newsreader.library.queries.catalogue import PORTION
from tests.unit.library.corpora import EVERYTHING, Corpus


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return Corpus(tmp_path)


def names(corpus: Corpus) -> dict[str, str]:
    """The name of every record, copies too, by path."""
    corpus.refresh()
    with corpus.reader() as reader:
        paths = [path.relative_to(corpus.root).as_posix() for path in corpus.root.rglob("*.md")]
        ids = [id_ for path in paths if (id_ := reader.record_at(path)) is not None]
        return {listed.path: listed.name for listed in reader.catalogue.records(ids)}


def found(corpus: Corpus, text: str) -> list[str]:
    """The paths of the records that a text means."""
    corpus.refresh()
    with corpus.reader() as reader:
        return [listed.path for listed in reader.catalogue.records(reader.catalogue.find(text))]


def near(corpus: Corpus, text: str) -> list[str]:
    corpus.refresh()
    with corpus.reader() as reader:
        return [listed.path for listed in reader.catalogue.records(reader.catalogue.near(text, 2))]


def test_a_name_stays_when_the_file_moves(corpus: Corpus) -> None:
    corpus.put("_news/a.md", webUrl="https://who.int/report?utm_source=x")
    before = names(corpus)["_news/a.md"]
    corpus.remove("_news/a.md")
    corpus.put("_archive/b.md", webUrl="http://www.who.int/report/")
    assert names(corpus) == {"_archive/b.md": before}
    assert len(before) == 16


def test_a_record_without_a_page_is_called_by_its_path(corpus: Corpus) -> None:
    corpus.put("a.md")
    corpus.put("b.md", webUrl="https://who.int")  # a whole site is no page
    both = names(corpus)
    assert len(set(both.values())) == 2
    assert found(corpus, both["a.md"]) == ["a.md"]


def test_of_several_records_of_one_page_one_has_the_plain_name(corpus: Corpus) -> None:
    page = "https://who.int/report"
    corpus.put("a.md", title="One headline", webUrl=page, published=False)
    corpus.put("b.md", title="Another one", webUrl=page)
    corpus.put("sub/b.md", title="Another one", webUrl=page)
    called = names(corpus)
    assert len(set(called.values())) == 3
    plain = called["b.md"]
    assert "-" not in plain
    for path, name in called.items():
        assert name.startswith(plain)
        assert found(corpus, name) == [path]
    assert found(corpus, plain[:6]) == ["b.md"]
    assert found(corpus, f"{plain}-0000") == []


def test_the_beginning_of_a_name_is_enough_while_it_tells_one_from_the_others(corpus: Corpus) -> None:
    for number in range(80):
        corpus.put(f"{number}.md")
    called = names(corpus)
    for path, name in list(called.items())[:10]:
        assert path in found(corpus, name[:4].upper())
        assert found(corpus, name) == [path]
    assert found(corpus, called["7.md"][:3]) == []


def test_an_address_means_the_record_that_is_shown(corpus: Corpus) -> None:
    corpus.put("a.md", title="A", webUrl="https://who.int/a", ampWebUrl="https://amp.who.int/a")
    corpus.put("copies/a.md", title="A", webUrl="https://who.int/a")
    assert found(corpus, " https://www.who.int/a/#top ") == ["a.md"]
    assert found(corpus, "https://amp.who.int/a") == ["a.md"]
    assert found(corpus, "https://who.int/b") == []
    assert found(corpus, "ftp://who.int/a") == []


def test_an_address_may_mean_several_reports(corpus: Corpus) -> None:
    corpus.put("a.md", title="One headline", webUrl="https://who.int/a")
    corpus.put("b.md", title="Another one", webUrl="https://who.int/a")
    assert sorted(found(corpus, "https://who.int/a")) == ["a.md", "b.md"]


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("_news/2021/first.md", ["_news/2021/first.md"]),
        ("./_news/2021/first.md", ["_news/2021/first.md"]),
        ("first.md", ["_news/2021/first.md"]),
        ("2021/first", ["_news/2021/first.md"]),
        ("rst.md", ["_news/2021/first.md"]),
        ("irst", ["_news/2021/first.md"]),
        ("second.md", ["_news/2021/second.md", "_news/2022/second.md"]),
        ("2022/second.md", ["_news/2022/second.md"]),
        ("top.md", ["top.md"]),
        ("missing.md", []),
        ("%", []),
        ("/", []),
        ("", []),
    ],
)
def test_a_path_or_its_end_means_a_record(corpus: Corpus, text: str, paths: list[str]) -> None:
    for path in ("_news/2021/first.md", "_news/2021/second.md", "_news/2022/second.md", "top.md", "stop.md"):
        corpus.put(path)
    assert found(corpus, text) == paths


def test_a_path_that_is_no_text_is_found_as_it_is_shown(corpus: Corpus) -> None:
    corpus.put_bytes(b"_news/caf\xe9.md", "---\ntitle: A\n---\n")
    assert found(corpus, "_news/caf\\xe9.md") == ["_news/caf\\xe9.md"]


def test_what_resembles_a_text_is_near_it(corpus: Corpus) -> None:
    corpus.put("2021-ford-closes-argo.md", webUrl="https://digitaltrends.com/cars/argo")
    corpus.put("2021-ford-opens-plant.md")
    assert near(corpus, "news/ford-ends-argo.md") == ["2021-ford-closes-argo.md"]
    assert near(corpus, "https://digitaltrends.com/other") == ["2021-ford-closes-argo.md"]
    assert near(corpus, "ford") == ["2021-ford-closes-argo.md", "2021-ford-opens-plant.md"]
    assert near(corpus, "xyzzy") == []


def test_records_come_in_order_and_those_that_are_gone_are_left_out(corpus: Corpus) -> None:
    count = PORTION + 10
    for number in range(count):
        corpus.put(f"{number:04}.md")
    corpus.refresh()
    with corpus.reader() as reader:
        ids = list(reader.ids(EVERYTHING))
        wanted = [*ids, 10**6]
        assert [listed.record_id for listed in reader.catalogue.records(wanted)] == ids
        assert reader.catalogue.record(10**6) is None


def test_what_the_index_knows_is_told(corpus: Corpus) -> None:
    corpus.put(
        "lead.md",
        title="Lead",
        heat=20,
        quality=10,
        webUrl="https://a.example/lead",
        ampWebUrl="https://a.example/lead/amp",
        publishedDateTime="2021-06-28T07:12:00Z",
        provider={"domain": "a.example"},
        related=[{"title": "Follower", "webUrl": "https://b.example/follower"}],
    )
    corpus.put("follower.md", title="Follower", heat=-1, published=False, webUrl="https://b.example/follower")
    corpus.refresh()
    with corpus.reader() as reader:
        lead, follower = reader.catalogue.records([corpus.id_of("lead.md"), corpus.id_of("follower.md")])
        assert (lead.title, lead.source, lead.heat, lead.quality, lead.type) == (
            "Lead",
            "a.example",
            20,
            10,
            "article",
        )
        assert (lead.coverage, lead.reports, lead.has_amp, lead.reason.words) == (1, 2, True, "lead")
        assert lead.address == "https://a.example/lead"
        assert lead.score is not None
        # The lead is told by its name also where it is asked for the follower alone.
        (alone,) = reader.catalogue.records([follower.record_id])
        assert alone.lead == follower.lead == lead.lead == lead.name
        assert (alone.moment, alone.score, alone.reason.words) == (None, None, "related of the lead")


def test_documents_have_all_that_the_files_say(corpus: Corpus) -> None:
    corpus.put("a.md", title="A", quality=1, body="Text.\n", answer=42)
    corpus.refresh()
    with corpus.reader() as reader:
        document = reader.catalogue.documents([corpus.id_of("a.md")])[corpus.id_of("a.md")]
        assert document.values == {"title": "A", "quality": 1, "answer": 42}
        assert document.body == "Text."


def test_a_damaged_record_is_told_as_a_damaged_index(corpus: Corpus) -> None:
    corpus.put("a.md")
    corpus.refresh()
    record_id = corpus.id_of("a.md")
    with closing(sqlite3.connect(corpus.index)) as connection:
        connection.execute("UPDATE detail SET data = ?", (zlib.compress(b"{"),))
        connection.commit()
    with corpus.reader() as reader, pytest.raises(IndexFailedError) as caught:
        reader.catalogue.documents([record_id])
    assert caught.value.damaged


def test_the_names_of_files_are_not_taken_for_patterns(corpus: Corpus) -> None:
    corpus.put("a_b.md")
    corpus.put("axb.md")
    assert found(corpus, "a_b") == ["a_b.md"]
