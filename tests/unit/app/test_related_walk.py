"""Walking from a record through related coverage."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from newsreader.app.related_walk import depth_first, walk
from tests.unit.app.conftest import MarkedCorpus
from tests.unit.library.corpora import Corpus


def test_coverage_is_reached_step_by_step(corpus: MarkedCorpus) -> None:
    with closing(corpus.library.reader()) as reader:
        nodes = walk(reader, corpus.id_of("a.md"), 1)
    assert [node.title for node in nodes][1:] == ["b.md", "c.md"]


def test_a_record_that_is_gone_leads_nowhere(corpus: MarkedCorpus) -> None:
    with closing(corpus.library.reader()) as reader:
        assert walk(reader, 10_000, 3) == []


def test_a_record_that_was_reached_before_and_an_unknown_one_end_the_walk(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path)
    pages = {name: f"https://news.example/{name}" for name in "abx"}
    for name, related in (("a", "bx"), ("b", "a")):
        entries = [{"title": f"Report {other}", "webUrl": pages[other]} for other in related]
        corpus.put(f"{name}.md", webUrl=pages[name], related=entries)
    corpus.refresh()
    with corpus.reader() as reader:
        start = reader.record_at("a.md")
        assert start is not None
        nodes = walk(reader, start, 3)
    assert [(node.title, node.parent, node.again) for node in nodes[1:]] == [
        ("b.md", 0, None),
        ("Report x", 0, None),
        ("a.md", 1, 0),
    ]
    assert list(depth_first(nodes)) == [(1, (False,)), (3, (False, True)), (2, (True,))]
