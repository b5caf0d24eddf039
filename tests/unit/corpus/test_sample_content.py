"""The corpus that a first run opens: everything in it loads, and most of its coverage can be followed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from newsreader.domain.record import Record
from newsreader.domain.story_page import Match, StoryPage
from newsreader.domain.view import Scope, View
from newsreader.library import Reader
from newsreader.library.indexing.refresh import refresh

SAMPLE = Path(__file__).parents[3] / "sample_content"
STORIES = (
    "pytorch", "who", "facial recognition", "waymo", "tesla", "sentient", "watson", "deepmind", "gpt-4",
    "argo",
)  # fmt: skip


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    index = tmp_path_factory.mktemp("sample") / "index.db"
    for _ in refresh(SAMPLE, index):
        pass
    reader = Reader(index)
    yield reader
    reader.close()


@pytest.fixture(scope="module")
def pages(sample: Reader) -> list[StoryPage]:
    found = [sample.page(record_id) for record_id in sample.ids(View(Scope.EVERYTHING))]
    return [page for page in found if page is not None]


@pytest.fixture(scope="module")
def records(pages: list[StoryPage]) -> list[Record]:
    return [page.record for page in pages]


def test_every_file_is_a_record_and_none_has_a_problem(sample: Reader, pages: list[StoryPage]) -> None:
    assert sample.problems() == []
    files = {path.relative_to(SAMPLE).as_posix() for path in SAMPLE.rglob("*.md") if path.name != "README.md"}
    assert {page.record.path for page in pages} == files
    assert len(files) >= 100


def test_most_related_coverage_is_in_the_corpus(pages: list[StoryPage]) -> None:
    coverage = [covering for page in pages for covering in page.coverage]
    resolved = [covering for covering in coverage if covering.match is not Match.NONE]
    assert len(coverage) > 200
    assert len(resolved) >= 0.7 * len(coverage)


def test_the_topics_are_a_tree(sample: Reader) -> None:
    depths = {topic.name: depth for topic, depth in sample.topics().walk()}
    assert len(depths) == 22
    assert (depths["AI"], depths["Google AI"], depths["TensorFlow"]) == (0, 1, 2)


@pytest.mark.parametrize("word", STORIES)
def test_the_great_stories_have_a_lead_with_coverage(sample: Reader, word: str) -> None:
    found = [sample.page(record_id) for record_id in sample.ids(View(filter=word))]
    assert any(page is not None and page.coverage for page in found)


def test_every_record_has_what_a_row_and_a_story_show(records: list[Record]) -> None:
    for record in records:
        assert record.title
        assert record.excerpt
        assert record.provider.name
        assert record.moment is not None or record.category != "news"
        assert record.links() or record.items
        assert "AI" in record.topics


def test_every_kind_of_record_is_there(pages: list[StoryPage], records: list[Record]) -> None:
    assert {"article", "video", "course", "collection"} <= {record.type for record in records}
    assert any(record.embed_urls for record in records if record.type == "video")
    assert any(record.body.strip() for record in records)
    assert any(record.sealed_size for record in records)
    collection = next(page for page in pages if page.record.type == "collection")
    # The collection says itself that one of its lessons is missing.
    assert [item.record_id is not None for item in collection.items] == [True, True, False]


def test_records_of_the_sample_alone_lead_to_example_hosts_only(records: list[Record]) -> None:
    ours = [record for record in records if not record.path.startswith("_news/20")]
    for record in ours:
        assert {link.host for link in record.links()} <= {"example.com", "www.example.com", "example.org"}
