"""A file's rows in the index, and the record back from them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from newsreader.corpus.document import Document
from newsreader.corpus.file_reader import ReadFile, read_file
from newsreader.domain.checks.problem import Defect
from newsreader.domain.dates import Moment
from newsreader.domain.record import Provider, Record
from newsreader.domain.topics import Topic
from newsreader.domain.traits import Trait
from newsreader.library.index.record_rows import RecordRow, file_row, pack, source_of, title_key, unpack
from tests.unit.library.corpora import JUNE, Corpus

WHO = Provider("World Health Organization", "who.int")


def row_of(corpus: Corpus, path: str) -> RecordRow:
    row = file_row(os.fsencode(path), read_file(corpus.root, os.fsencode(path))).record
    assert row is not None
    return row


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return Corpus(tmp_path)


def test_a_record_that_was_taken_down_leaves_no_row_but_its_defects(corpus: Corpus) -> None:
    corpus.put("a.md", removed=True, quality="many")
    row = file_row(b"a.md", read_file(corpus.root, b"a.md"))
    assert row.record is None
    assert [defect.reason for defect in row.defects] == ["quality: a number is needed, found “many”"]


def test_reading_related_entries_in_brief_makes_the_same_row(corpus: Corpus) -> None:
    publisher = {"name": "B", "domain": "a path/of b", "images": [{"url": "https://b.example/i"}]}
    listed: list[object] = [
        {"title": "One", "excerpt": "Text", "webUrl": "https://b.example/1", "provider": publisher},
        {"title": "One", "ampWebUrl": "https://b.example/1", "quality": 3, "type": "video"},
        {"title": "By title alone", "publishedDateTime": "2021-06-27T06:09:00Z", "provider": "B"},
        {"title": "By title alone", "publishedDateTime": "2021-06-27T06:09:00Z", "provider": "C"},
        {"provider": ["no map"], "images": "no map"},
        "no map",
    ]
    corpus.put("a.md", webUrl="https://a.example/", related=listed)
    brief = file_row(b"a.md", read_file(corpus.root, b"a.md", brief=True))
    assert brief == file_row(b"a.md", read_file(corpus.root, b"a.md"))
    assert brief.record is not None
    assert (brief.record.coverage, len(brief.record.wanted)) == (4, 4)


def test_a_file_that_holds_a_topic_or_nothing_has_no_record() -> None:
    assert file_row(b"x", ReadFile()) == (b"x", None, None, ())
    topic = Topic("AI")
    defects = (Defect(3, "odd"),)
    assert file_row(b"x", ReadFile(topic=topic, defects=defects)) == (b"x", None, topic, defects)


def test_a_record_comes_back_whole(corpus: Corpus) -> None:
    corpus.put(
        "_news/Été.md",
        body="The text.\n\nMore of it: 大きい.",
        excerpt="Straße",
        publishedDateTime="2021-06-27T06:09:00Z",
        webUrl="https://who.int/a",
        heat=3,
        provider={"name": "WHO", "domain": "who.int", "authors": [{"name": "A. Author"}]},
        related=[{"title": "Other", "webUrl": "https://b.example/"}],
        unheard={"of": [1, 2.5, None, True, {"deep": "er"}]},
    )
    read = read_file(corpus.root, os.fsencode("_news/Été.md"))
    assert read.document is not None
    assert unpack(pack(read.document), "_news/Été.md") == read.record


def test_a_row_knows_every_address_once(corpus: Corpus) -> None:
    corpus.put(
        "a.md",
        webUrl="https://a.example/x",
        originalUrl="http://www.a.example/x/?utm_source=feed#top",
        ampWebUrl="https://amp.a.example/y",
        cdnAmpWebUrl="not a URL",
    )
    assert len(row_of(corpus, "a.md").addresses) == 2


@pytest.mark.parametrize(
    ("heat", "quality", "signal"), [(5, 3, 5), (None, 3, 3), (None, None, None), (-1, 3, -1)]
)
def test_the_signal_is_heat_or_else_quality(
    corpus: Corpus, heat: int | None, quality: int | None, signal: int | None
) -> None:
    corpus.put("a.md", heat=heat, quality=quality)
    assert row_of(corpus, "a.md").signal == signal


@pytest.mark.parametrize(
    ("values", "traits"),
    [
        ({}, Trait(0)),
        ({"ampWebUrl": "https://a.example/amp"}, Trait.AMP),
        ({"cdnAmpWebUrl": "https://a-example.cdn.ampproject.org/c/s/a.example/amp"}, Trait.AMP),
        ({"images": [{"url": "https://a.example/a.png"}]}, Trait.IMAGE),
        ({"type": "video"}, Trait.VIDEO),
        ({"featuredContent": '<iframe src="https://v.example/1"></iframe>'}, Trait.VIDEO),
        ({"body": "Text."}, Trait.BODY),
        ({"type": "video", "body": "Text."}, Trait.VIDEO | Trait.BODY),
    ],
)
def test_a_row_tells_what_a_record_has(corpus: Corpus, values: dict[str, object], traits: Trait) -> None:
    corpus.put("a.md", **values)
    assert row_of(corpus, "a.md").traits == traits


def test_coverage_counts_other_reports_only(corpus: Corpus) -> None:
    own, other = (
        {"title": "Own", "webUrl": "https://a.example/"},
        {"title": "B", "webUrl": "https://b.example/"},
    )
    corpus.put("a.md", webUrl="https://www.a.example", related=[own, other, other])
    assert row_of(corpus, "a.md").coverage == 1


def test_the_stem_is_the_file_name_without_folders_and_suffix_in_lower_case(corpus: Corpus) -> None:
    corpus.put("_learning/Courses/V1.2-Intro.md")
    assert row_of(corpus, "_learning/Courses/V1.2-Intro.md").stem == "v1.2-intro"


@pytest.mark.parametrize(
    ("provider", "url", "source"),
    [
        (WHO, "", "who.int"),
        (Provider("Forbes", "www.forbes.com"), "", "forbes.com"),
        (Provider("Forbes"), "https://forbes.com/x", "Forbes"),
        (
            Provider("com/2021/07/23/tech/index.html", "com/2021/07/23/tech/index.html"),
            "https://cnn.com/x",
            "cnn.com",
        ),
        (Provider("Reuters", "com/2021/index.html"), "https://cnn.com/x", "Reuters"),
        (Provider("com/2021/index.html"), "", "com/2021/index.html"),
        (Provider(), "https://www.nature.com/x", "nature.com"),
        (Provider(), "", ""),
    ],
)
def test_the_source_is_the_shortest_name_that_is_one(provider: Provider, url: str, source: str) -> None:
    assert source_of(Record("a.md", "A", provider=provider, web_url=url)) == source


def test_the_original_page_tells_the_host_before_the_page_it_was_found_on() -> None:
    record = Record("a.md", "A", original_url="https://first.example/", web_url="https://second.example/")
    assert source_of(record) == "first.example"


def test_titles_that_differ_in_case_accents_and_marks_have_one_key() -> None:
    morning, evening = Moment(JUNE + 3600, False), Moment(JUNE + 20 * 3600, False)
    key = title_key("Réport: “AI” in health!", WHO, morning)
    assert key == title_key("report ai IN Health", Provider("Any name", "WHO.int"), evening)


def test_a_provider_with_www_before_its_domain_is_the_same_provider() -> None:
    assert title_key("AI", WHO, None) == title_key("AI", Provider("", "www.who.int"), None)


@pytest.mark.parametrize(
    ("title", "provider", "moment"),
    [
        ("AI in wealth", WHO, Moment(JUNE, False)),
        ("AI in health", Provider("WHO", "who.org"), Moment(JUNE, False)),
        ("AI in health", WHO, Moment(JUNE - 1, False)),
        ("AI in health", WHO, None),
    ],
)
def test_another_title_provider_or_day_has_another_key(
    title: str, provider: Provider, moment: Moment | None
) -> None:
    assert title_key(title, provider, moment) != title_key("AI in health", WHO, Moment(JUNE, False))


def test_a_title_without_a_word_has_no_key() -> None:
    assert title_key("???", WHO, None) is None


def test_the_form_of_a_stored_document_is_stable() -> None:
    """Indexes on disk have to be read by later programs of the same version of the schema."""
    data = pack(Document({"title": "A", "n": [1, None]}, "body"))
    record = unpack(data, "_news/a.md")
    assert (record.title, record.category, record.body, record.extra) == (
        "A",
        "news",
        "body",
        {"n": [1, None]},
    )
