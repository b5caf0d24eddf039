"""A corpus in numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsreader.domain.statistics import Statistics
from newsreader.domain.view import Scope, View
from tests.unit.library.corpora import Corpus

ALL = View(Scope.EVERYTHING, fold=False)


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    corpus = Corpus(tmp_path)
    corpus.put_topic("AI")
    corpus.put_topic("NLP", parent="AI")
    corpus.put(
        "lead.md",
        title="A long headline about robots",
        topics=["NLP"],
        webUrl="https://a.example/lead",
        ampWebUrl="https://a.example/lead/amp",
        publishedDateTime="2021-06-28T07:12:00Z",
        provider={"domain": "A.example"},
        related=[
            {"title": "Follower", "webUrl": "https://b.example/follower"},
            {"title": "Elsewhere", "webUrl": "https://c.example/elsewhere"},
            {"title": "Moved", "webUrl": "https://d.example/was-here", "provider": {"domain": "d.example"}},
        ],
    )
    corpus.put(
        "follower.md",
        title="Follower",
        topics=["AI"],
        published=False,
        webUrl="https://b.example/follower",
        publishedDateTime="2021-06-30T00:00:00Z",
        provider={"domain": "a.example"},
    )
    corpus.put(
        "moved.md", title="Moved", webUrl="https://d.example/is-here", provider={"domain": "d.example"}
    )
    corpus.put("odd.md", title="Odd", quality="many")
    corpus.put_bytes("_data/topics/99-broken.yaml", "name: [\n")
    corpus.refresh()
    return corpus


def statistics(corpus: Corpus, view: View = ALL) -> Statistics:
    with corpus.reader() as reader:
        return reader.catalogue.statistics(view)


def test_everything_is_counted(corpus: Corpus) -> None:
    told = statistics(corpus)
    assert (told.records, told.stories, told.topics, told.providers, told.undated) == (4, 1, 2, 2, 2)
    assert (told.amp, told.related, told.resolved, told.problems) == (1, 3, 2, 2)
    assert told.first is not None
    assert told.last is not None
    assert (told.last.seconds - told.first.seconds) // 3600 == 40
    assert told.amp_share == 0.25
    assert told.resolution_rate == pytest.approx(2 / 3)


def test_a_part_is_counted(corpus: Corpus) -> None:
    told = statistics(corpus, ALL._replace(filter="is:problem"))
    assert (told.records, told.stories, told.problems, told.undated) == (1, 0, 1, 1)
    assert told.first is None
    assert told.resolution_rate is None


def test_nothing_is_counted(corpus: Corpus) -> None:
    told = statistics(corpus, ALL._replace(filter="nothing-like-this"))
    assert told.records == told.amp == told.related == told.resolved == told.undated == 0
    assert told.amp_share is None


def test_records_are_tallied_by_topic_and_provider(corpus: Corpus) -> None:
    with corpus.reader() as reader:
        tally = reader.catalogue.tally(ALL)
        front = reader.catalogue.tally(View())
    assert tally.topics == {"nlp": 1, "ai": 2}
    assert list(tally.providers.values()) == [2, 1]
    assert front.topics == {"nlp": 1, "ai": 1}
