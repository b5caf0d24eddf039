"""A corpus in several languages is shown in one of them at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from newsreader.app.editions import read_editions
from newsreader.domain.corpus_options import CorpusOptions
from newsreader.domain.languages import ALL
from newsreader.domain.view import Scope, View
from newsreader.library.indexing.refresh import refresh
from newsreader.library.indexing.worker_pool import parse_in_process
from tests.unit.library.corpora import EVERYTHING, Corpus

OnSite = Callable[..., Corpus]


@pytest.fixture
def on_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OnSite:
    """Return a function that builds a corpus of two languages and a record that names none."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")

    def build(locale: str = "C", options: str = "") -> Corpus:
        monkeypatch.setenv("LC_ALL", locale)
        corpus = Corpus(tmp_path)
        corpus.put("_news/en.md", lang="en-GB", topics=["AI"], publishedDateTime="2021-06-10")
        corpus.put("_news/de.md", lang="de", topics=["AI"], publishedDateTime="2021-06-11")
        corpus.put("_news/de2.md", lang="de_AT", topics=["Law"], publishedDateTime="2021-05-11")
        corpus.put("_news/none.md", topics=["AI"], publishedDateTime="2021-06-12")
        for _ in refresh(corpus.root, corpus.index, parse=parse_in_process, options=options):
            pass
        return corpus

    return build


def stems(corpus: Corpus, view: View) -> set[str]:
    return {path.rpartition("/")[2].removesuffix(".md") for path in corpus.paths(view)}


@pytest.mark.parametrize(
    ("view", "names"),
    [
        (View(), {"en", "none"}),
        (View(language="de"), {"de", "de2", "none"}),
        (View(language="de", topic="AI"), {"de", "none"}),
        (View(language=ALL), {"en", "de", "de2", "none"}),
        (EVERYTHING, {"en", "de", "de2", "none"}),
        (EVERYTHING._replace(language="en"), {"en", "none"}),
        (View(filter="lang:de"), {"de", "de2"}),
        (View(filter="-lang:de topic:ai OR lang:en"), {"en", "none"}),
        (View(filter="topic:law"), set()),
    ],
)
def test_a_view_shows_the_language_that_is_chosen(on_site: OnSite, view: View, names: set[str]) -> None:
    assert stems(on_site("en_US.UTF-8"), view) == names


@pytest.mark.parametrize(
    ("locale", "language", "names"),
    [
        ("C", "", {"en", "de", "de2", "none"}),
        ("fr_FR.UTF-8", "", {"en", "de", "de2", "none"}),
        ("de_CH.UTF-8", "", {"de", "de2", "none"}),
        ("de_CH.UTF-8", "en", {"en", "none"}),
        ("de_CH.UTF-8", "fr", {"de", "de2", "none"}),
    ],
)
def test_the_front_page_is_in_the_language_of_the_settings_else_of_the_locale(
    on_site: OnSite, locale: str, language: str, names: set[str]
) -> None:
    options = CorpusOptions(language=language).to_json()
    assert stems(on_site(locale, options), View()) == names


def test_counts_are_those_of_the_language(on_site: OnSite) -> None:
    with on_site("en_US.UTF-8").reader() as reader:
        front = reader.counts(Scope.FRONT)
        german = reader.counts(Scope.FRONT, "de")
        everything = reader.counts(Scope.EVERYTHING)
    assert (front.language, german.language, everything.language) == ("en", "de", "")
    assert front.languages == german.languages == everything.languages == {"de": 2, "en": 1}
    assert (front.front, german.front, everything.front) == (2, 3, 4)
    assert (front.topics, german.topics) == ({"ai": 2}, {"ai": 2, "law": 1})


def test_editions_are_in_the_language_of_the_front_page(on_site: OnSite) -> None:
    with on_site("en_US.UTF-8").reader() as reader:
        plan = read_editions(reader).plan
        tree = reader.topics()
        titles = {story.title for edition in plan.editions for story in reader.edition(edition, tree)}
    assert titles == {"_news/en.md", "_news/none.md"}


def test_a_single_language_is_no_choice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    corpus = Corpus(tmp_path)
    corpus.put("_news/de.md", lang="de")
    corpus.put("_news/none.md")
    corpus.refresh()
    with corpus.reader() as reader:
        assert reader.counts(Scope.FRONT).languages == {}
    assert stems(corpus, View()) == {"de", "none"}


def test_languages_are_counted_in_an_index_alone(on_site: OnSite) -> None:
    with closing(sqlite3.connect(on_site().index)) as connection:
        steps = connection.execute(
            "EXPLAIN QUERY PLAN SELECT language, count(*) FROM record"
            " WHERE language <> '' AND role >= 1 GROUP BY language"
        ).fetchall()
    assert any("COVERING INDEX record_language" in step[-1] for step in steps)
