"""Why a record stands where it stands, asked of an index."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from newsreader.domain.explanation import Placing
from newsreader.domain.ranking import DAY, Order
from newsreader.domain.view import View
from newsreader.library.indexing.refresh import refresh
from newsreader.library.queries.reader import Reader
from newsreader.settings import paths
from tests.unit.library.corpora import EVERYTHING, Corpus


@pytest.mark.parametrize("half_life", [DAY, 3 * 3_600])
def test_the_parts_add_up_to_every_stored_score_of_the_sample(tmp_path: Path, half_life: int) -> None:
    index = tmp_path / "index.sqlite"
    for _ in refresh(paths.shipped("sample_content"), index, half_life=half_life):
        pass
    with closing(Reader(index)) as reader:
        ids = reader.ids(EVERYTHING)
        assert len(ids) > 100
        for place, id_ in enumerate(ids, 1):
            explanation = reader.explain(EVERYTHING, id_)
            assert explanation is not None
            assert explanation.half_life == half_life
            total = explanation.strength_credit + explanation.age_credit
            assert total == pytest.approx(explanation.score, abs=1e-9)
            assert explanation.places[0] == Placing(Order.TOP, place, len(ids))


def test_the_places_are_those_of_the_lists(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path)
    corpus.put("a.md", title="chips", heat=10, quality=1, publishedDateTime="2021-06-27")
    corpus.put("b.md", title="robots", heat=900, quality=2, publishedDateTime="2021-06-20")
    corpus.put("c.md", title="chips and robots", heat=5, quality=3, publishedDateTime="2021-06-01")
    corpus.put("d.md", title="hidden chips", published=False)
    corpus.refresh()
    with corpus.reader() as reader:
        explained = reader.explain(View(), corpus.id_of("a.md"))
        assert explained is not None
        assert explained.places == (
            Placing(Order.TOP, 1, 3),
            Placing(Order.HOT, 2, 3),
            Placing(Order.QUALITY, 3, 3),
            Placing(Order.NEW, 1, 3),
            Placing(Order.OLD, 3, 3),
        )
        assert explained.first_score == explained.score
        explained = reader.explain(View(filter="chips sort:new"), corpus.id_of("c.md"))
        assert explained is not None
        assert [(place.order, place.place) for place in explained.places] == [
            (Order.NEW, 2),
            (Order.TOP, 2),
            (Order.HOT, 2),
            (Order.QUALITY, 1),
            (Order.OLD, 1),
            (Order.MATCH, 2),
        ]
        explained = reader.explain(View(), corpus.id_of("d.md"))
        assert explained is not None
        assert explained.seconds is None
        assert {place.place for place in explained.places} == {None}
        assert reader.explain(View(), 999) is None


def test_in_a_list_without_dates_nothing_leads(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path)
    corpus.put("a.md")
    corpus.refresh()
    with corpus.reader() as reader:
        explained = reader.explain(View(), corpus.id_of("a.md"))
        assert explained is not None
        assert explained.first_score is None
        empty = reader.explain(View(filter="nothing"), corpus.id_of("a.md"))
        assert empty is not None
        assert empty.first_score is None
