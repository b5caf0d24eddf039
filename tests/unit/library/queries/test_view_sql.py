"""A view finds what a person would find, and text is never a command."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newsreader.domain.query import QueryError
from newsreader.domain.query.parser import DEEPEST, MOST_PARTS
from newsreader.domain.ranking import Order
from newsreader.domain.topics import TopicTree
from newsreader.domain.view import Scope, View
from newsreader.library.queries.reader import Reader
from newsreader.library.queries.sql_condition import QueryContext
from newsreader.library.queries.view_sql import by_headline, by_score, compile_view
from tests.unit.domain.query.texts import filters
from tests.unit.library.corpora import EVERYTHING, Corpus

STORIES: dict[str, dict[str, object]] = {
    "pytorch": {"title": "PyTorch gains momentum", "excerpt": "With a push from Facebook’s AI research."},
    "cpp": {"title": "C++ or C#?", "excerpt": "Rust wins (again): 100% safe; “fast” & free."},
    "tokyo": {"title": "東京大学のグーグル研究", "excerpt": "人工知能の話"},
    "seoul": {"title": "인공지능 뉴스", "excerpt": ""},
    "zurich": {"title": "Zürich: Été à l’école", "excerpt": "NAÏVE façade, Æon and Łódź"},
    "moscow": {"title": "Ёлка и йод", "excerpt": "Αθήνα, أخبار, हिन्दी"},
    "operators": {"title": "NEAR AND OR NOT", "excerpt": "title:near ^start {a b} col-name star*"},
    "lists": {"title": "Model models modelling", "topics": ["AI Ethics", "Law"]},
    "provided": {"title": "Untold", "provider": {"name": "The Verge", "domain": "theverge.com"}},
    "emoji": {"title": "A 🤖robot🤖"},
    "sealed": {"title": "Closed", "secured": "c2VjcmV0;aXY=", "related": [{"title": "Elsewhere"}]},
}


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    corpus = Corpus(tmp_path_factory.mktemp("search"))
    for name, values in STORIES.items():
        corpus.put(f"{name}.md", **values)
    corpus.refresh()
    with corpus.reader() as reader:
        yield reader


def found(reader: Reader, text: str) -> set[str]:
    headlines = reader.headlines(reader.ids(EVERYTHING._replace(filter=text)))
    titles = {values["title"]: name for name, values in STORIES.items()}
    return {titles[headline.title] for headline in headlines if headline}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", set(STORIES)),
        ("   ", set(STORIES)),
        ("pytorch", {"pytorch"}),
        ("PYTORCH MOMENTUM", {"pytorch"}),
        ("momentum pytorch", {"pytorch"}),
        ("pytorch tokyo", set()),
        # Words in different fields.
        ("pytorch facebook", {"pytorch"}),
        # The word that is being typed, and the same word finished.
        ("mod", {"lists"}),
        ("mod ", set()),
        ("mod models", set()),
        ("model mod", {"lists"}),
        ("a", {"pytorch", "cpp", "zurich", "operators", "lists", "emoji"}),
        # Phrases.
        ('"gains momentum"', {"pytorch"}),
        ('"momentum gains"', set()),
        ('"gains momentum" push', {"pytorch"}),
        ('"gains mom', {"pytorch"}),
        ('"gains mom"', set()),
        ('"gains mom ', set()),
        ('"momentum with"', set()),
        # Case and accents.
        ("zurich ete ecole", {"zurich"}),
        ("ZÜRICH ÉTÉ", {"zurich"}),
        ("naive facade", {"zurich"}),
        # Topics, provider and its domain.
        ("ethics", {"lists"}),
        ("verge", {"provided"}),
        ("theverge.com", {"provided"}),
        # Sealed blocks and related coverage belong to others.
        ("c2VjcmV0", set()),
        ("elsewhere", set()),
        # Symbols.
        ("+++", set()),
        ("++", {"cpp"}),
        ("c++", {"cpp"}),
        ("C++", {"cpp"}),
        ("c# ", {"cpp"}),
        ("c+", {"cpp"}),
        ("c#+", set()),
        ("&", {"cpp"}),
        ("& %", {"cpp"}),
        ("& §", set()),
        ('"?" &', {"cpp"}),
        ("“", {"cpp"}),
        # What FTS5 takes for operators.
        ("near", {"operators"}),
        ("NEAR(", {"operators"}),
        ("NEAR(gains momentum)", set()),
        ("AND", {"operators", "zurich"}),
        ("pytorch OR zurich", {"pytorch", "zurich"}),
        ("pytorch | été", {"pytorch", "zurich"}),
        ("NOT pytorch", set()),
        ("title:near", {"operators"}),
        ("title : near", {"operators"}),
        ("^start", {"operators"}),
        ("star*", {"operators"}),
        ("col-name", {"operators"}),
        ("- name", {"operators"}),
        ("{a b}", {"operators"}),
        ('""', set(STORIES)),
        ('"', set(STORIES)),
        ('"""', set(STORIES)),
        ("'", set()),
        ("’", {"pytorch", "zurich"}),
    ],
)
def test_a_filter_finds(reader: Reader, text: str, names: set[str]) -> None:
    assert found(reader, text) == names


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("tokyo", "東京大学のグーグル研究"),
        ("tokyo", "人工知能の話"),
        ("seoul", "인공지능"),
    ],
)
def test_any_part_of_text_without_spaces_is_found(reader: Reader, name: str, text: str) -> None:
    for start in range(len(text)):
        for end in range(start + 1, len(text) + 1):
            assert name in found(reader, text[start:end])
            assert name in found(reader, text[start:end] + " ")
    assert found(reader, text[::-1]) == set()


@pytest.mark.parametrize("word", ["Ёлка", "ёлка", "йод", "Αθήνα", "أخبار", "हिन्दी", "Æon", "Łódź"])
def test_a_word_of_any_script_finds_itself(reader: Reader, word: str) -> None:
    assert len(found(reader, word)) == 1
    assert len(found(reader, word + " ")) == 1
    assert len(found(reader, f'"{word}"')) == 1


@pytest.mark.parametrize(
    ("text", "name"), [("елка", "moscow"), ("ΑΘΗΝΑ", "moscow"), ("إخبار", "moscow"), ("robot", "emoji")]
)
def test_case_and_accents_do_not_matter_in_other_scripts_and_symbols_do_not_stick(
    reader: Reader, text: str, name: str
) -> None:
    assert found(reader, text) == {name}
    assert found(reader, f'"{text}"') == {name}


marks = list("\"*^:-+(){}';\\%_?& \n\0")
hard_pieces = st.sampled_from(marks) | st.sampled_from(
    ["NEAR(", "AND", "OR", "NOT", "title:", "--", "ai", "東京", "ガ", "é", "🤖", "ß", "\ud800"]
)
any_text = st.one_of(
    st.lists(hard_pieces, max_size=8).map("".join),
    st.text(st.characters(exclude_categories=()), max_size=20),
    filters,
)


@given(st.tuples(any_text, any_text, any_text), st.sampled_from(Scope), st.sampled_from(Order))
@example(("\0", "", ""), Scope.FRONT, Order.TOP)
@example(("\ud800", "\ud800", "\ud800"), Scope.EVERYTHING, Order.OLD)
@example(("a\0b", "\0", "\0"), Scope.EVERYTHING, Order.NEW)
def test_any_text_is_a_filter_or_an_error_and_the_answers_agree(
    reader: Reader, texts: tuple[str, str, str], scope: Scope, order: Order
) -> None:
    whole = View(scope, order=order, order_chosen=True)
    text, topic, type_ = texts
    with suppress(QueryError):
        for view in (
            whole._replace(topic=topic),
            whole._replace(type=type_),
            whole._replace(filter=text),
            whole._replace(topic=topic, type=type_, filter=text),
        ):
            ids = reader.ids(view)
            assert reader.count(view) == len(ids)
            assert set(ids) <= set(reader.ids(whole))
            if view.shown_order is whole.shown_order:
                assert list(ids) == [id_ for id_ in reader.ids(whole) if id_ in set(ids)]


@pytest.mark.parametrize(
    ("part", "times"),
    [
        ("word{} ", MOST_PARTS),
        ("+{} ", MOST_PARTS),
        ("+ ", MOST_PARTS),
        ("-a{} ", MOST_PARTS),
        ("a{} OR ", MOST_PARTS),
        ("url:a{} ", MOST_PARTS),
        ("topic:a{} ", MOST_PARTS),
        ('"two words{}" ', MOST_PARTS),
        ("(a{} ", DEEPEST),
        ("-(a{} | url:b ", DEEPEST),
        ("-(a{} -b | -c is:front ", DEEPEST),
        ("-(-a{} | (b | c) url:d ", DEEPEST - 1),
    ],
)
def test_the_longest_filter_is_answered(reader: Reader, part: str, times: int) -> None:
    text = "".join(part.format("-" * (number % 1500)) for number in range(times))
    assert reader.count(EVERYTHING._replace(filter=text)) in range(len(STORIES) + 1)
    for order in Order:
        reader.ids(EVERYTHING._replace(filter=text, order=order))


@given(any_text)
def test_text_of_a_view_stays_out_of_the_statement(text: str) -> None:
    marked = f"zqx{text} zqx '{text}' \"zqx"
    with suppress(QueryError):
        selection = compile_view(
            View(topic=marked, type=marked, filter=marked), QueryContext(lambda: TopicTree([]), lambda: 0)
        )
        for chosen in (selection, by_score(selection), by_headline(selection)):
            assert "zqx" not in chosen.ids.casefold()
            assert len(chosen.parameters) == chosen.ids.count("?")


WORDS = ["ai", "AI", "model", "Models", "modèle", "été", "ete", "öl", "chip", "chips", "x1"]
PLAIN = str.maketrans("éèö", "eeo")
texts = st.lists(st.sampled_from([*WORDS, "-", "++", ","]), max_size=6).map(" ".join)
records = st.lists(st.tuples(texts, texts, st.lists(st.sampled_from(WORDS), max_size=2)), max_size=6)
terms = st.lists(st.sampled_from([*WORDS, "mod", "chi", "e"]), min_size=1, max_size=3)
queries = st.lists(st.tuples(terms, st.booleans()), min_size=1, max_size=3)


def plain_words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower().translate(PLAIN))


def holds(columns: list[list[str]], wanted: list[str], prefix: bool) -> bool:
    for words in columns:
        for start in range(len(words) - len(wanted) + 1):
            run = words[start : start + len(wanted)]
            last = run[-1].startswith(wanted[-1]) if prefix else run[-1] == wanted[-1]
            if run[:-1] == wanted[:-1] and last:
                return True
    return False


@settings(max_examples=25)
@given(st.data())
def test_a_filter_finds_what_a_look_at_every_record_finds(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    contents = data.draw(records)
    corpus = Corpus(tmp_path_factory.mktemp("naive"))
    columns = {}
    for number, (title, excerpt, topics) in enumerate(contents):
        corpus.put(f"{number}.md", title=f"{title} end", excerpt=excerpt, topics=topics)
        listed = " ".join(dict.fromkeys(topics))
        columns[f"{number}.md"] = [plain_words(part) for part in (f"{title} end", excerpt, listed)]
    corpus.refresh()
    for _ in range(5):
        query, typing = data.draw(queries), data.draw(st.booleans())
        wanted: list[tuple[list[str], bool]] = []
        for words, quoted in query:
            wanted += [(words, False)] if quoted else [([word], False) for word in words]
        text = " ".join('"' + " ".join(words) + '"' if quoted else " ".join(words) for words, quoted in query)
        if typing and not query[-1][1]:
            wanted[-1] = (wanted[-1][0], True)
        else:
            text += " "
        expected = {
            path
            for path, words in columns.items()
            if all(holds(words, plain_words(" ".join(part)), prefix) for part, prefix in wanted)
        }
        assert set(corpus.paths(EVERYTHING._replace(filter=text))) == expected, text


def test_a_topic_is_found_whatever_its_case(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path)
    corpus.put("a.md", topics=["Straße"])
    corpus.put("b.md", topics=["Other"])
    corpus.refresh()
    assert corpus.paths(View(topic="STRASSE")) == ["a.md"]
    assert corpus.paths(View(topic="Stra")) == []


def test_scope_topic_type_and_filter_narrow_together(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path)
    for number in range(16):
        corpus.put(
            f"{number:02}.md",
            published=bool(number & 1),
            topics=["AI" if number & 2 else "Law"],
            type="video" if number & 4 else "article",
            title="chips" if number & 8 else "robots",
        )
    corpus.refresh()
    assert corpus.paths(View(Scope.FRONT, "AI", "video", "chips")) == ["15.md"]
    assert corpus.paths(View(Scope.EVERYTHING, "AI", "video", "chips")) == ["14.md", "15.md"]
    assert corpus.paths(View(Scope.FRONT, "AI", "video")) == ["07.md", "15.md"]
    assert len(corpus.paths(View(Scope.FRONT, "AI"))) == 4
    assert len(corpus.paths(View(Scope.FRONT))) == 8
    assert len(corpus.paths(EVERYTHING)) == 16


def test_a_provider_is_found_by_its_short_name_whatever_its_case(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path)
    corpus.put("a.md", provider={"name": "A", "domain": "www.a.example"})
    corpus.put("b.md", provider={"name": "B", "domain": "b.example"})
    corpus.refresh()
    assert corpus.paths(View(provider="A.Example")) == ["a.md"]
    assert corpus.paths(View(provider="a")) == []
    with corpus.reader() as reader:
        assert dict(reader.counts(Scope.FRONT).providers) == {"a.example": 1, "b.example": 1}
