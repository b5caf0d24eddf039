"""Walking from a record through related coverage."""

from __future__ import annotations

from contextlib import closing

from newsreader.app.related_walk import walk
from tests.unit.app.conftest import MarkedCorpus


def test_coverage_is_reached_step_by_step(corpus: MarkedCorpus) -> None:
    with closing(corpus.library.reader()) as reader:
        nodes = walk(reader, corpus.id_of("a.md"), 1)
    assert [node.title for node in nodes][1:] == ["b.md", "c.md"]


def test_a_record_that_is_gone_leads_nowhere(corpus: MarkedCorpus) -> None:
    with closing(corpus.library.reader()) as reader:
        assert walk(reader, 10_000, 3) == []
