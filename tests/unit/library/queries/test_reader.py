"""What a reader tells: orders, windows, counts, and what it does when the index cannot answer."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from math import log2
from pathlib import Path
from threading import Event, Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsreader.domain.dates import Moment
from newsreader.domain.headline import Headline
from newsreader.domain.ranking import DAY, Order
from newsreader.domain.statistics import Counts
from newsreader.domain.view import Scope, View
from newsreader.library.errors import IndexFailedError, Interrupted
from newsreader.library.queries import reader as reader_module
from newsreader.library.queries.reader import Reader
from newsreader.library.queries.view_sql import ViewQuery
from tests.unit.library.corpora import EVERYTHING, JUNE, Corpus


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return Corpus(tmp_path)


# Orders.

HOUR = 3600
numbers = st.sampled_from([None, -1, 0, 1, 2, 500])
moments = st.sampled_from([None, 0, JUNE + HOUR, JUNE + 2 * HOUR, JUNE + 9 * DAY])
names = st.sampled_from(["a.md", "b/a.md", "b.md", "B.md", "a-b.md", "é.md", "_news/z.md", "a b.md", "ab.md"])
contents = st.dictionaries(names, st.tuples(numbers, numbers, moments, st.booleans()))


def sort_key(
    order: Order, half_life: int, path: str, content: tuple[int | None, int | None, int | None, bool]
) -> tuple[object, ...]:
    """Return where a record belongs, as the meaning of the orders says it."""
    heat, quality, seconds, _ = content
    undated, when, name = seconds is None, seconds or 0, path.encode()
    signal = quality if heat is None else heat
    match order:
        case Order.TOP:
            score = log2(1 + max(0, signal or 0)) + when / half_life
            return undated, -score, -when, name
        case Order.HOT:
            return undated, signal is None, -(signal or 0), -when, name
        case Order.QUALITY:
            return undated, quality is None, -(quality or 0), -when, name
        case Order.NEW:
            return undated, -when, name
        case Order.OLD:
            return undated, when, name
        case Order.MATCH:
            return sort_key(Order.TOP, half_life, path, content)


@settings(max_examples=40)
@given(contents, st.sampled_from([DAY, 3 * HOUR]))
def test_orders_are_those_of_a_plain_sort(
    tmp_path_factory: pytest.TempPathFactory,
    contents: dict[str, tuple[int | None, int | None, int | None, bool]],
    half_life: int,
) -> None:
    corpus = Corpus(tmp_path_factory.mktemp("orders"))
    for path, (heat, quality, seconds, published) in contents.items():
        date = None if seconds is None else datetime.fromtimestamp(seconds, UTC).isoformat()
        corpus.put(path, heat=heat, quality=quality, publishedDateTime=date, published=published)
    corpus.refresh(half_life)
    for order in Order:
        expected = sorted(contents, key=lambda path: sort_key(order, half_life, path, contents[path]))
        assert corpus.paths(EVERYTHING._replace(order=order)) == expected
        assert corpus.paths(View(order=order)) == [path for path in expected if contents[path][3]]


# Windows of headlines.


def test_a_headline_has_what_a_row_shows(corpus: Corpus) -> None:
    corpus.put(
        "a.md",
        title="Tall [b]tale[/b]",
        provider={"name": "The Verge", "domain": "www.theverge.com"},
        publishedDateTime="2021-06-27T06:09:00Z",
        quality=7,
        ampWebUrl="https://theverge.com/amp/x",
        type="video",
        related=[{"title": "Other", "webUrl": "https://b.example/"}],
    )
    corpus.put("b.md", title="Bare", publishedDateTime="2021-06-27")
    corpus.refresh()
    a, b = corpus.id_of("a.md"), corpus.id_of("b.md")
    with corpus.reader() as reader:
        assert reader.headlines([b, a, 999, a]) == [
            Headline(b, "Bare", "", Moment(JUNE, True), None, 0, False, "article"),
            full := Headline(
                a, "Tall [b]tale[/b]", "theverge.com", Moment(JUNE + 22_140, False), 7, 1, True, "video"
            ),
            None,
            full,
        ]
        assert reader.headlines([]) == []


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """1,200 records, `0000.md` first in every order, every third not on the front page."""
    corpus = Corpus(tmp_path_factory.mktemp("many"))
    for number in range(1200):
        corpus.put(f"{number:04}.md", title=f"Number {number}", published=number % 3 > 0, topics=["All"])
    corpus.refresh()
    with corpus.reader() as reader:
        yield reader


def test_any_number_of_headlines_comes_in_the_order_asked_for(many: Reader) -> None:
    ids = many.ids(EVERYTHING)[::-1]
    assert [headline and headline.title for headline in many.headlines(ids)] == [
        f"Number {number}" for number in range(1199, -1, -1)
    ]


def test_the_first_ids_are_the_first_of_all(many: Reader) -> None:
    ids = many.ids(EVERYTHING)
    assert len(ids) == many.count(EVERYTHING) == 1200
    assert many.ids(EVERYTHING, 7) == ids[:7]
    assert many.ids(EVERYTHING, 0) == array("q")
    assert many.ids(EVERYTHING, 5000) == ids
    assert many.count(View()) == len(many.ids(View())) == 800


def test_a_record_is_in_a_view_or_not(many: Reader) -> None:
    first, second = many.ids(EVERYTHING, 2)
    assert many.has(EVERYTHING, first)
    assert not many.has(View(), first)
    assert many.has(View(filter="number 1"), second)
    assert not many.has(View(filter="nothing"), second)
    assert not many.has(EVERYTHING, -1)


@pytest.mark.parametrize(
    ("keep", "fallback", "cursor", "start"),
    [
        (None, 0, 0, 0),
        (None, 15, 15, 0),
        (None, 25, 25, 10),
        (None, 5000, 799, 780),
        (None, -3, 0, 0),
        (1, 0, 1, 0),
        (799, 0, 799, 780),
        ("hidden", 25, 25, 10),
    ],
)
def test_a_listing_has_the_headlines_around_its_cursor(
    many: Reader, keep: int | str | None, fallback: int, cursor: int, start: int
) -> None:
    ids = many.ids(View())
    hidden = many.ids(EVERYTHING, 1)[0]
    kept = hidden if keep == "hidden" else ids[keep] if isinstance(keep, int) else None
    listing = many.listing(View(), keep=kept, fallback=fallback, window=10)
    assert (listing.view, listing.ids, listing.total, listing.complete) == (View(), ids, 800, True)
    assert (listing.cursor, listing.start) == (cursor, start)
    assert listing.is_whole
    assert list(listing.headlines) == many.headlines(ids[start : start + 30])


def test_a_listing_of_nothing_has_its_cursor_at_the_top(many: Reader) -> None:
    listing = many.listing(View(filter="nothing"), fallback=9, window=10)
    assert (len(listing.ids), listing.total, listing.cursor, listing.start) == (0, 0, 0, 0)


def test_a_first_listing_has_the_first_records_and_their_number_where_that_is_cheap(many: Reader) -> None:
    ids = many.ids(View(), 10)
    plain = many.first_listing(View(), window=10)
    assert plain is not None
    assert (plain.ids, plain.total, plain.cursor, plain.start, plain.is_whole) == (ids, 800, 0, 0, False)
    assert list(plain.headlines) == many.headlines(ids)
    filtered = many.first_listing(View(filter="number"), window=10)
    assert filtered is not None
    assert (filtered.ids, filtered.total, filtered.is_whole) == (ids, None, False)


def test_a_first_listing_of_a_short_list_is_the_whole_of_it(many: Reader) -> None:
    listing = many.first_listing(View(filter='"number 1100"'), window=10)
    assert listing is not None
    assert (len(listing.ids), listing.total, listing.is_whole) == (1, 1, True)


def test_a_first_listing_keeps_a_record_that_is_among_the_first_or_in_no_row(many: Reader) -> None:
    ids = many.ids(View())
    near = many.first_listing(View(), keep=ids[9], window=10)
    assert near is not None
    assert near.cursor == 9
    assert many.first_listing(View(), keep=ids[10], window=10) is None
    hidden = many.first_listing(View(), keep=many.ids(EVERYTHING, 1)[0], window=10)
    assert hidden is not None
    assert hidden.cursor == 0


# Counts.


def test_counts_are_those_of_the_scope(corpus: Corpus) -> None:
    corpus.put("a.md", topics=["AI"], type="video")
    corpus.put("b.md", topics=["AI", "Law"], published=False)
    corpus.put("c.md", type="video", published=False, heat="odd")
    corpus.put("d.md", removed=True)
    corpus.refresh()
    with corpus.reader() as reader:
        assert reader.counts(Scope.FRONT) == Counts(1, 3, {"ai": 1}, {"video": 1}, 1)
        everything = reader.counts(Scope.EVERYTHING)
    assert everything == Counts(1, 3, {"ai": 2, "law": 1}, {"video": 2, "article": 1}, 1)
    assert list(everything.types) == ["video", "article"]


def test_an_index_is_complete_once_a_refresh_has_ended(corpus: Corpus) -> None:
    corpus.put("a.md")
    refreshing = corpus.refreshing()
    next(refreshing)
    with corpus.reader() as reader:
        assert not reader.is_complete()
        list(refreshing)
        assert reader.is_complete()


# When the index cannot answer.

QUESTIONS: dict[str, Callable[[Reader], object]] = {
    "ids": lambda reader: reader.ids(EVERYTHING),
    "count": lambda reader: reader.count(View(filter="word")),
    "has": lambda reader: reader.has(EVERYTHING, 1),
    "headlines": lambda reader: reader.headlines([1]),
    "page": lambda reader: reader.page(1),
    "members": lambda reader: reader.members(1),
    "explain": lambda reader: reader.explain(View(), 1),
    "counts": lambda reader: reader.counts(Scope.FRONT),
    "topics": lambda reader: reader.topics(),
    "problems": lambda reader: reader.problems(),
    "is_complete": lambda reader: reader.is_complete(),
    "listing": lambda reader: reader.listing(View(), window=10),
    "first_listing": lambda reader: reader.first_listing(View(), window=10),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_damage_is_told_as_such(corpus: Corpus, question: str) -> None:
    corpus.put("a.md")
    corpus.refresh()
    with closing(sqlite3.connect(corpus.index)) as connection:
        [size] = connection.execute("PRAGMA page_size").fetchone()
        roots = connection.execute("SELECT rootpage FROM sqlite_schema WHERE rootpage > 1").fetchall()
    with corpus.index.open("r+b") as file:
        for (page,) in roots:
            file.seek((page - 1) * size)
            file.write(b"\x5a" * size)
    with corpus.reader() as reader, pytest.raises(IndexFailedError, match="did not answer") as caught:
        QUESTIONS[question](reader)
    assert caught.value.damaged


@pytest.mark.parametrize(
    ("question", "statement"),
    [
        ("page", "UPDATE detail SET data = x'00'"),
        ("page", "UPDATE detail SET data = substr(data, 1, length(data) - 5)"),
        ("topics", "UPDATE topic_file SET data = '[\"AI'"),
        ("topics", "UPDATE topic_file SET data = '[]'"),
        ("headlines", "UPDATE record SET title = CAST(x'ff' AS TEXT)"),
        ("ids", "DROP TABLE detail; DROP TABLE record"),
    ],
)
def test_values_that_cannot_be_understood_are_damage(corpus: Corpus, question: str, statement: str) -> None:
    corpus.put("a.md")
    corpus.refresh()
    corpus.put_topic("AI")
    corpus.refresh()
    assert corpus.id_of("a.md") == 1
    with closing(sqlite3.connect(corpus.index)) as connection:
        connection.executescript(statement)
    with corpus.reader() as reader, pytest.raises(IndexFailedError) as caught:
        QUESTIONS[question](reader)
    assert caught.value.damaged


def test_an_index_that_is_merely_busy_is_not_damaged(corpus: Corpus) -> None:
    corpus.refresh()
    with corpus.reader() as reader:
        reader.close()
        with pytest.raises(IndexFailedError, match="closed") as caught:
            reader.count(View())
    assert not caught.value.damaged


def test_a_question_can_be_interrupted_and_the_next_one_is_answered(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus.put("a.md")
    corpus.refresh()
    endless = (
        "id IN (WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n WHERE i < 0)"
    )
    answered = Event()

    def keep_interrupting(reader: Reader) -> None:
        # An interruption before the question has begun is lost, so one is not enough.
        while not answered.wait(0.001):
            reader.interrupt()

    with corpus.reader() as reader:
        with monkeypatch.context() as patch:
            patch.setattr(reader_module, "compile_view", lambda *_: ViewQuery(endless, (), "id"))
            other = Thread(target=keep_interrupting, args=(reader,))
            other.start()
            try:
                with pytest.raises(Interrupted):
                    reader.ids(View())
            finally:
                answered.set()
                other.join()
        assert len(reader.ids(View())) == 1


def test_a_listing_is_of_one_moment_whatever_is_written_meanwhile(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus.put("a.md", title="A")
    corpus.refresh()
    headlines = Reader.headlines

    def written_meanwhile(reader: Reader, ids: array[int]) -> list[Headline | None]:
        corpus.put("a.md", title="Another")
        corpus.put("b.md", title="B")
        corpus.refresh()
        return headlines(reader, ids)

    monkeypatch.setattr(Reader, "headlines", written_meanwhile)
    with closing(Reader(corpus.index)) as reader:
        for listing in (reader.listing(EVERYTHING, window=128), reader.first_listing(EVERYTHING, window=128)):
            assert listing is not None
            assert [headline and headline.title for headline in listing.headlines] in (
                ["A"],
                ["Another", "B"],
            )
            assert listing.total == len(listing.headlines)


def test_a_reader_that_was_closed_meanwhile_can_be_interrupted(corpus: Corpus) -> None:
    corpus.refresh()
    reader = Reader(corpus.index)
    reader.close()
    reader.interrupt()


# The last visit.


def test_a_record_is_found_by_its_path(corpus: Corpus) -> None:
    corpus.put("_news/a.md")
    corpus.put_bytes(b"\xff.md", "---\ntitle: Odd\n---\n")
    corpus.refresh()
    with corpus.reader() as reader:
        for path in ("_news/a.md", "\udcff.md"):
            record_id = reader.record_at(path)
            assert record_id is not None
            assert reader.path_of(record_id) == path
        assert reader.record_at("missing.md") is None
        assert reader.path_of(10**6) == ""


def test_a_list_of_the_newest_shows_where_records_of_the_last_visit_start(corpus: Corpus) -> None:
    for number in (1, 2, 3):
        corpus.put(f"{number}.md", publishedDateTime=f"2021-06-0{number}")
    corpus.refresh()
    view = EVERYTHING._replace(order=Order.NEW, order_chosen=True)
    for seconds, row in ((0, None), (1, 2), (2, 1), (3, None)):
        with closing(Reader(corpus.index, last_visit=(JUNE + seconds) * 1_000)) as reader:
            assert reader.listing(view, window=10).seen_from == row
            assert reader.listing(EVERYTHING, window=10).seen_from is None


# Damage.


def test_a_value_that_cannot_be_decoded_means_that_the_index_is_damaged(corpus: Corpus) -> None:
    corpus.put("a.md", topics=["AI"])
    corpus.put_topic("AI")
    corpus.refresh()
    with closing(sqlite3.connect(corpus.index)) as connection:
        connection.execute("UPDATE topic_file SET data = '[1'")
        connection.execute("UPDATE detail SET data = x'00'")
        connection.execute("UPDATE fact SET value = x'ff00' WHERE name = 'last look at every file'")
        connection.commit()
    with closing(Reader(corpus.index)) as reader:
        assert not reader.catalogue.is_fresh(corpus.root, DAY)
        (record_id,) = reader.ids(EVERYTHING)
        documents = reader.catalogue.documents
        for query in (reader.topics, lambda: reader.page(record_id), lambda: documents([record_id])):
            with pytest.raises(IndexFailedError) as caught:
                query()
            assert caught.value.damaged


def test_text_that_is_not_utf_8_is_a_failure_of_the_index() -> None:
    with pytest.raises(IndexFailedError), reader_module._translate_errors():
        b"\xff".decode()
