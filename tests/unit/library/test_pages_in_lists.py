"""Fetched pages as stories and filters show them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsreader.domain.link_status import LinkOutcome, LinkStatus
from newsreader.domain.mark_changes import Identity, identity_of
from newsreader.domain.page_text import PageText, Version
from newsreader.domain.ranking import Order
from newsreader.domain.view import View
from newsreader.library import IndexFailedError, Interrupted, Library
from newsreader.library.pages import attached
from newsreader.library.pages.store import PageStore
from newsreader.library.queries import reader as reader_module
from newsreader.library.queries.filter_sql import compile_condition
from newsreader.library.queries.reader import Reader
from newsreader.library.queries.sql_condition import QueryContext
from newsreader.library.queries.view_sql import compile_view
from tests.unit.library.corpora import EVERYTHING, Corpus
from tests.unit.library.naive import Judge

SITE = "https://news.example"

TEXTS = {
    "a.md": "<p>Neural nets grow.</p><p>Rust and C++ compared.</p>",
    "b.md": "<p>Chips are scarce, and nets are cast.</p>",
    "site.md": "<p>Chips again: neural networks.</p>",
}
"""What was read of pages, by record."""


def a_text(html: str) -> PageText:
    return PageText(Version.WEB, f"{SITE}/page", "Page", html, 3, 1_000)


def a_verdict(url: str, outcome: LinkOutcome = LinkOutcome.GONE) -> LinkStatus:
    return LinkStatus(url, outcome, 404, "there is no such page", 1_000)


class Desk:
    """A corpus of five records, of three of which the page was fetched."""

    def __init__(self, folder: Path) -> None:
        self.corpus = corpus = Corpus(folder)
        titles = {"a": "Chips for all", "b": "Neural models", "c": "Chips and neural nets", "d": "Rust"}
        for name, title in titles.items():
            corpus.put(f"{name}.md", title=title, webUrl=f"{SITE}/{name}", quality=ord(name))
        # The address of a site is that of no page: this record is known by its path.
        corpus.put("site.md", title="Nothing", webUrl="https://site.example/", quality=1)
        corpus.refresh()
        self.file = folder / "cache" / "pages.sqlite"
        self.pages = PageStore(self.file, most_bytes=1_000_000)
        self.reader = Reader(corpus.index, pages=self.file)
        for path, html in TEXTS.items():
            self.pages.keep(self.identity(path), a_text(html))

    def identity(self, path: str) -> Identity:
        page = self.reader.page(self.corpus.id_of(path))
        assert page is not None
        return identity_of(page.record.urls(), page.record.path)

    def found(self, filter_: str, reader: Reader | None = None) -> str:
        return " ".join(sorted(self.ordered(filter_, reader).split()))

    def ordered(self, filter_: str, reader: Reader | None = None) -> str:
        reader = reader or self.reader
        view = EVERYTHING._replace(filter=filter_)
        ids = reader.ids(view)
        assert reader.count(view) == len(ids)
        assert all(reader.has(view, id_) for id_ in ids)
        pages = [page for id_ in ids if (page := reader.page(id_))]
        return " ".join(page.record.path.removesuffix(".md") for page in pages)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    desk.pages.close()
    desk.reader.close()


# -- filters ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("filter_", "expected"),
    [
        # A word in the headline or in the text.
        ("chips", "a b c site"),
        ("scarce", "b"),
        ("scar", "b"),
        ("scarce ", "b"),
        # One word here, the other there.
        ("chips grow", "a"),
        ("models scarce", "b"),
        ("models grow ", ""),
        ("chips nets neural", "a b c"),
        # Phrases and prefixes.
        ('"neural nets"', "a c"),
        ('"neural networks"', "site"),
        ("netw* chips", "site"),
        # Alternatives, and parentheses around them.
        ("scarce OR grow", "a b"),
        ("(scarce OR grow) chips", "a b"),
        ("(models scarce) OR (all grow)", "a b"),
        ("(models OR all) (scarce OR zebra)", "b"),
        # What must not be there is neither here nor there.
        ("-chips", "d"),
        ("neural -chips", ""),
        ("neural -scarce", "a c site"),
        ("chips -grow -scarce", "c site"),
        ("-(models scarce)", "a c d site"),
        ("chips -(models scarce)", "a c site"),
        ("-chips -rust", ""),
        # A field asks for that part of the record.
        ("title:chips", "a c"),
        ("title:scarce", ""),
        ("title:chips grow", "a"),
        ("title:chips title:neural", "c"),
        ("scarce -title:chips", "b"),
        ("chips -title:chips", "b site"),
        ("(title:zebra OR scarce) models", "b"),
        ("(title:chips OR title:models) nets", "a b c"),
        # Beside other conditions.
        ("scarce quality>50", "b"),
        ("nets OR is:gone", "a b c"),
        # A text with signs as it stands, in records and in texts of pages.
        ("c++", "a"),
        ("c++ chips", "a"),
        ("title:c++", ""),
        ("-c++ neural", "b c site"),
        ("c#", ""),
        ("++", ""),
    ],
)
def test_a_word_is_found_in_the_record_or_in_the_text_of_its_page(
    desk: Desk, filter_: str, expected: str
) -> None:
    assert desk.found(filter_) == expected
    judge = judge_of(desk)
    assert {f"{path}.md" for path in expected.split()} == judge.paths(filter_)


def judge_of(desk: Desk, gone: frozenset[str] = frozenset()) -> Judge:
    ids = desk.reader.ids(EVERYTHING)
    records = {page.record.path: page.record for id_ in ids if (page := desk.reader.page(id_))}
    texts = {
        path: "\n".join(part.partition("<")[0] for part in html.split("<p>")) for path, html in TEXTS.items()
    }
    return Judge(records, desk.reader.topics(), desk.reader.reference(), texts=texts, gone=gone)


parts = st.sampled_from(
    ["chips", "grow", "scarce", "neural", "ne*", '"neural nets"', "title:chips", "c++", "has:text", "is:gone"]
)
filters = st.recursive(
    parts,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(" ".join),
        st.tuples(inner, inner).map(" OR ".join),
        inner.map("-({})".format),
        inner.map("({})".format),
    ),
    max_leaves=8,
)


@pytest.fixture(scope="module")
def shared_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = Desk(tmp_path_factory.mktemp("judged"))
    desk.pages.note([a_verdict(f"{SITE}/b"), a_verdict(f"{SITE}/c", LinkOutcome.UNREACHABLE)])
    yield desk
    desk.pages.close()
    desk.reader.close()


@settings(max_examples=150)
@given(st.lists(filters, min_size=1, max_size=4))
def test_a_filter_finds_what_a_look_at_every_record_and_page_finds(
    shared_desk: Desk, texts: list[str]
) -> None:
    judge = judge_of(shared_desk, gone=frozenset({"b.md", "c.md"}))
    for text in texts:
        found = {f"{name}.md" for name in shared_desk.found(text).split()}
        assert found == judge.paths(text), text


def test_records_found_by_their_pages_alone_come_after_the_others(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert View(filter="chips").shown_order is Order.MATCH
    assert desk.ordered("chips").split()[2:] == ["b", "site"]
    monkeypatch.setattr(reader_module, "MOST_RANKED", 0)
    assert desk.ordered("chips").split()[2:] == ["b", "site"]
    assert desk.ordered("chips -title:zebra").split()[2:] == ["b", "site"]
    assert desk.ordered("neural").split() == ["c", "b", "a", "site"]


def test_pages_are_not_looked_at_where_the_setting_is_off(desk: Desk) -> None:
    with closing(Reader(desk.corpus.index, pages=desk.file, search_pages=False)) as reader:
        assert desk.found("scarce", reader) == ""
        assert desk.found("c++", reader) == ""
        assert desk.found("has:text", reader) == "a b site"


def test_without_pages_the_question_is_what_it_was(desk: Desk) -> None:
    desk.pages.purge()
    filters = ("chips grow", "(a OR b) -c", "c++", "-x")
    plain = QueryContext(desk.reader.topics, desk.reader.reference)
    emptied = [desk.reader._compile(EVERYTHING._replace(filter=text)) for text in filters]
    assert emptied == [compile_view(EVERYTHING._replace(filter=text), plain) for text in filters]
    assert not any("pages" in selection.condition for selection in emptied)


def asked(reader: Reader) -> list[str]:
    """The statements with which a reader tells a list, a filtered one and a story."""
    told: list[str] = []
    reader._connection.set_trace_callback(told.append)
    for filter_ in ("", "chips -grow"):
        reader.listing(EVERYTHING._replace(filter=filter_), window=10)
    reader.page(1)
    return told


def test_who_never_fetched_anything_pays_nothing_for_it(desk: Desk) -> None:
    nowhere = desk.file.with_name("nowhere.sqlite")
    with (
        closing(Reader(desk.corpus.index)) as plain,
        closing(Reader(desk.corpus.index, pages=nowhere)) as one,
    ):
        assert asked(one) == asked(plain)
    assert not nowhere.exists()


def test_a_list_without_a_filter_does_not_open_the_pages(desk: Desk) -> None:
    with closing(Reader(desk.corpus.index, pages=desk.file)) as reader:
        reader.listing(EVERYTHING, window=10)
        reader.first_listing(EVERYTHING, window=10)
        assert not reader.pages.is_attached
        reader.count(EVERYTHING._replace(filter="chips"))
        assert reader.pages.is_attached


def test_what_was_fetched_can_be_asked_for(desk: Desk) -> None:
    assert desk.found("has:text") == "a b site"
    assert desk.found("-has:text") == "c d"
    assert desk.found("has:text chips") == "a b site"
    assert desk.found("is:gone") == ""


def test_dead_links_can_be_asked_for(desk: Desk) -> None:
    desk.pages.note(
        [
            a_verdict("http://www.news.example/a/?utm_source=x"),
            a_verdict(f"{SITE}/b", LinkOutcome.UNREACHABLE),
            a_verdict(f"{SITE}/c", LinkOutcome.REFUSED),
            a_verdict(f"{SITE}/d", LinkOutcome.FAILED),
            a_verdict("https://site.example/", LinkOutcome.GONE),
        ]
    )
    assert desk.found("is:gone") == "a b site"
    assert desk.found("-is:gone") == "c d"
    desk.pages.note([a_verdict(f"{SITE}/a", LinkOutcome.ALIVE)])
    assert desk.found("is:gone") == "b site"


def test_nothing_is_fetched_or_gone_where_there_is_no_file(desk: Desk) -> None:
    with closing(Reader(desk.corpus.index)) as reader:
        assert desk.found("has:text OR is:gone", reader) == ""
        assert desk.found("-has:text -is:gone", reader) == "a b c d site"


def test_tallies_and_trends_look_for_words_in_pages(desk: Desk) -> None:
    view = EVERYTHING._replace(filter="scarce")
    assert desk.reader.catalogue.statistics(view).records == 1
    assert desk.reader.catalogue.tally(view) is not None
    assert desk.reader.trends(view) is not None


# -- stories ---------------------------------------------------------------------------------------


def test_a_story_has_the_text_of_its_page_and_what_became_of_its_links(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path)
    corpus.put(
        "a.md",
        webUrl=f"{SITE}/a",
        ampWebUrl=f"{SITE}/amp/a",
        related=[
            {"title": "One", "webUrl": f"{SITE}/one"},
            {"title": "Two", "webUrl": f"{SITE}/two"},
            {"title": "None"},
        ],
    )
    corpus.refresh()
    library = Library(corpus.root, tmp_path, pages=tmp_path / "pages.sqlite")
    library.index = corpus.index
    with closing(library.reader()) as reader:
        page = reader.page(1)
        assert page is not None
        assert (page.text, page.verdicts) == (None, ())
        with closing(PageStore(tmp_path / "pages.sqlite", most_bytes=100_000)) as pages:
            pages.keep(Identity.named(f"{SITE}/a"), a_text("<p>Text.</p>"))
            page = reader.page(1)
            assert page is not None
            assert (page.text, page.verdicts) == (a_text("<p>Text.</p>"), ())
            pages.note(a_verdict(f"{SITE}/{name}") for name in ("one", "amp/a", "elsewhere"))
        page = reader.page(1)
        assert page is not None
        assert [verdict.url for verdict in page.verdicts] == [f"{SITE}/amp/a", f"{SITE}/one"]


def test_texts_stay_when_the_file_moves_and_when_the_index_is_built_anew(desk: Desk) -> None:
    desk.corpus.rename("a.md", "_archive/z.md")
    desk.corpus.refresh()
    assert desk.found("grow") == "_archive/z"
    desk.reader.close()
    desk.corpus.index.unlink()
    desk.corpus.refresh()
    desk.reader = Reader(desk.corpus.index, pages=desk.file)
    assert desk.found("grow") == "_archive/z"
    assert desk.found("has:text") == "_archive/z b site"


# -- what goes wrong -------------------------------------------------------------------------------


def test_a_file_that_takes_the_place_of_another_is_seen(desk: Desk) -> None:
    assert desk.found("scarce") == "b"
    desk.pages.close()
    for suffix in ("", "-wal", "-shm"):
        desk.file.with_name(desk.file.name + suffix).unlink(missing_ok=True)
    assert desk.found("scarce") == ""
    desk.pages = PageStore(desk.file, most_bytes=100_000)
    assert desk.found("scarce OR has:text") == ""
    desk.pages.keep(desk.identity("d.md"), a_text("<p>scarce</p>"))
    assert desk.found("scarce") == "d"


def damage_the_words(file: Path) -> None:
    """Make the full-text index of the pages one that cannot be read."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("UPDATE page_words_data SET block = x'ffffffffffffffff'")


def lose_the_pages(file: Path) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("DROP TABLE page")


@pytest.mark.parametrize("spoil", [damage_the_words, lose_the_pages])
@pytest.mark.parametrize(
    "ask",
    [
        lambda reader, view: len(reader.ids(view)),
        lambda reader, view: reader.count(view),
        lambda reader, view: sum(reader.has(view, id_) for id_ in range(1, 6)),
        lambda reader, view: reader.listing(view, window=10).total,
        lambda reader, view: reader.catalogue.statistics(view).records,
    ],
)
def test_damaged_pages_are_thrown_away_and_the_index_answers_alone(
    desk: Desk, spoil: Callable[[Path], None], ask: Callable[[Reader, View], int]
) -> None:
    desk.pages.close()
    spoil(desk.file)
    assert ask(desk.reader, EVERYTHING._replace(filter="chips")) == 2
    assert not desk.file.exists()
    assert desk.found("chips has:text") == ""


def test_a_story_is_shown_without_pages_that_are_damaged(desk: Desk) -> None:
    desk.pages.close()
    lose_the_pages(desk.file)
    page = desk.reader.page(desk.corpus.id_of("a.md"))
    assert page is not None
    assert page.text is None
    assert not desk.file.exists()


def test_a_story_is_shown_without_pages_that_do_not_answer_now(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_with(monkeypatch, "disk I/O error")
    page = desk.reader.page(desk.corpus.id_of("a.md"))
    assert page is not None
    assert page.text is None
    assert desk.file.exists()


def test_reading_a_story_can_be_interrupted(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    fail_with(monkeypatch, "interrupted")
    with pytest.raises(Interrupted):
        desk.reader.page(desk.corpus.id_of("a.md"))


def fail_with(monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    def fail(*_: object) -> None:
        raise sqlite3.OperationalError(words)

    monkeypatch.setattr("newsreader.library.pages.rows.read_text", fail)


def test_an_index_that_is_damaged_itself_is_told_of(desk: Desk) -> None:
    with closing(sqlite3.connect(desk.corpus.index, isolation_level=None)) as connection:
        connection.execute("DROP TABLE passage_words")
    with pytest.raises(IndexFailedError) as caught:
        desk.reader.ids(EVERYTHING._replace(filter="chips"))
    assert caught.value.damaged


def test_pages_that_cannot_be_deleted_are_left_alone(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(attached, "discard", fail)
    desk.pages.close()
    lose_the_pages(desk.file)
    assert desk.found("chips") == "a c"
    assert desk.found("chips") == "a c"
    assert desk.file.exists()


def test_a_new_file_is_not_thrown_away_for_the_damage_of_the_old_one(desk: Desk) -> None:
    desk.reader.count(EVERYTHING._replace(filter="chips"))
    desk.pages.close()
    desk.file.rename(desk.file.with_name("old.sqlite"))
    PageStore(desk.file, most_bytes=100_000).close()
    assert desk.reader.pages.discard()
    assert desk.file.exists()
    assert not desk.reader.pages.discard()


def test_every_condition_is_closed(desk: Desk) -> None:
    """However words are joined, what comes of them may stand beside anything."""
    from newsreader.domain.query import parse

    surroundings = QueryContext(
        desk.reader.topics, desk.reader.reference, searches_pages=lambda: True, has_pages=lambda: True
    )
    condition = parse("a -b OR c++ d (e OR f g)").condition
    assert condition is not None
    compiled = compile_condition(condition, surroundings)
    assert compiled.sql.count("(") == compiled.sql.count(")")
    assert compiled.sql.count("?") == len(compiled.parameters)
