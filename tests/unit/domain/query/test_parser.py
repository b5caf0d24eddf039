from __future__ import annotations

import pytest
from hypothesis import example, given

from newsreader.domain.query import Query, QueryError, parse
from newsreader.domain.query.ast import (
    AllOf,
    AnyOf,
    Dated,
    FromProvider,
    Has,
    InPath,
    InTopic,
    InUrl,
    Node,
    Not,
    Number,
    OfType,
    SearchColumn,
    Term,
    Within,
)
from newsreader.domain.query.fields import FIELDS, FieldKind, State
from newsreader.domain.query.highlights import wanted_terms
from newsreader.domain.query.parser import MOST_PARTS
from newsreader.domain.ranking import Order
from tests.unit.domain.query.texts import filters, texts


def word(text: str, *, prefix: bool = False, column: SearchColumn = SearchColumn.ANYWHERE) -> Term:
    return Term(text, tuple(text.lower().split()), prefix, column)


A, B, C = word("a"), word("b"), word("c")
TYPED = word("c", prefix=True)


@pytest.mark.parametrize("text", ["", " ", "\t\n", '"', '""', '" "', '""""', "(", "()", "( (", "-", "*", "|"])
def test_a_filter_without_content_asks_for_nothing(text: str) -> None:
    assert parse(text) == Query()


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("c", TYPED),
        ("c ", C),
        ("c*", TYPED),
        ("c* ", TYPED),
        ("a c", AllOf((A, TYPED))),
        ("  a   b  ", AllOf((A, B))),
        ("Café", Term("Café", ("cafe",), prefix=True)),
        ("power-apps ", Term("power-apps", ("power", "apps"))),
        ("機械 ", Term("機械", ("機", "械"))),
        ('"a b"', word("a b")),
        ('"a c', word("a c", prefix=True)),
        ('"a ', A),
        ('"a c"*', word("a c", prefix=True)),
        ('"a b" c ', AllOf((word("a b"), C))),
        ('c"a b"c', AllOf((C, word("a b"), TYPED))),
        ('"a" "" "b"', AllOf((A, B))),
    ],
)
def test_words_are_terms_and_the_last_one_is_still_being_typed(text: str, condition: Node) -> None:
    assert parse(text).condition == condition


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("a OR b ", AnyOf((A, B))),
        ("a | b ", AnyOf((A, B))),
        ("a|b ", AnyOf((A, B))),
        ("a||b ", AnyOf((A, B))),
        ("a b OR c ", AnyOf((AllOf((A, B)), C))),
        ("a (b OR c)", AllOf((A, AnyOf((B, C))))),
        ("(a b) c ", AllOf((A, B, C))),
        ("(a OR b) OR c ", AnyOf((A, B, C))),
        ("((a))", A),
        ("-a ", Not(A)),
        ("a -b ", AllOf((A, Not(B)))),
        ("-(a b)", Not(AllOf((A, B)))),
        ("-(a OR b )", Not(AnyOf((A, B)))),
        ('-"a b"', Not(word("a b"))),
        ("-(-a )", A),
        ("a AND b ", AllOf((A, B))),
        # What has no second side is still being typed.
        ("a OR", A),
        ("a OR ", A),
        ("a |", A),
        ("(a OR b ", AnyOf((A, B))),
        ("a (", A),
        ("a (b ", AllOf((A, B))),
        ("a -(", A),
        ("a topic:", A),
        ("a -quality>=", A),
        ("(a sort:", A),
        # With nothing before it, a connective is a word.
        ("OR a ", AllOf((Term("OR", ("or",)), A))),
        ("(OR) a ", AllOf((Term("OR", ("or",)), A))),
        ("AND ", Term("AND", ("and",))),
        ("a AND", AllOf((A, Term("AND", ("and",), prefix=True)))),
        ("a or b ", AllOf((A, Term("or", ("or",)), B))),
        ("ORACLE ", Term("ORACLE", ("oracle",))),
    ],
)
def test_words_are_joined_offered_as_alternatives_and_excluded(text: str, condition: Node) -> None:
    assert parse(text).condition == condition
    assert parse(str(parse(text))) == parse(text)


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("C++", Term("C++", ("c",))),
        ("C# ", Term("C#", ("c",))),
        ("+++", Term("+++", ())),
        ("GPT-4o", Term("GPT-4o", ("gpt", "4o"), prefix=True)),
        ("AT&T ", Term("AT&T", ("at", "t"))),
        ("what's ", Term("what's", ("what", "s"))),
        ("a:b ", Term("a:b", ("a", "b"))),
        ("Update: c ", AllOf((Term("Update:", ("update",)), C))),
        ("titles: c ", AllOf((Term("titles:", ("titles",)), C))),
        ("http://x.example/?a=b ", Term("http://x.example/?a=b", ("http", "x", "example", "a", "b"))),
        ("1>2 ", Term("1>2", ("1", "2"))),
        ("f(x) ", Term("f(x)", ("f", "x"))),
        ("(f(x) OR b )", AnyOf((Term("f(x)", ("f", "x")), B))),
        ("a) ", Term("a)", ("a",))),
        ("--a ", Term("--a", ("a",))),
        ("a - b ", AllOf((A, B))),
        ("a-b ", Term("a-b", ("a", "b"))),
        ("col-name: c ", AllOf((Term("col-name:", ("col", "name")), C))),
        ('"title:a" ', Term("title:a", ("title", "a"))),
        ("quality ", word("quality")),
    ],
)
def test_what_only_looks_like_the_language_is_text(text: str, condition: Node) -> None:
    assert parse(text).condition == condition


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("title:c", word("c", prefix=True, column=SearchColumn.TITLE)),
        ("TITLE:c ", word("c", column=SearchColumn.TITLE)),
        ('title:"a b"', word("a b", column=SearchColumn.TITLE)),
        (
            "excerpt:a,b ",
            AnyOf((word("a", column=SearchColumn.EXCERPT), word("b", column=SearchColumn.EXCERPT))),
        ),
        ("topic:nlp", InTopic("nlp")),
        ("topic:nlp,vision", AnyOf((InTopic("nlp"), InTopic("vision")))),
        ("topic:=AI", InTopic("AI", exact=True)),
        ('topic:"Computer Vision",=x', AnyOf((InTopic("Computer Vision"), InTopic("=x")))),
        ("topic:nlp, ", InTopic("nlp")),
        ("provider:forbes.com ", Term("forbes.com", ("forbes", "com"), column=SearchColumn.PROVIDER)),
        ("provider:=Forbes.com", FromProvider("Forbes.com")),
        ("type:vid", OfType("vid", prefix=True)),
        ('type:"video"', OfType("video")),
        ("type:video,course ", AnyOf((OfType("video"), OfType("course")))),
        ("url:https://a.example/b,c(d)", InUrl("https://a.example/b,c(d)")),
        ('path:"_archive/a b"', InPath("_archive/a b")),
        ("-topic:nlp", Not(InTopic("nlp"))),
        ("(topic:nlp)", InTopic("nlp")),
        ("quality>=90", Within(Number.QUALITY, 90, None)),
        ("quality>90", Within(Number.QUALITY, 91, None)),
        ("quality<=90", Within(Number.QUALITY, None, 90)),
        ("quality<90", Within(Number.QUALITY, None, 89)),
        ("quality:90", Within(Number.QUALITY, 90, 90)),
        ("quality=90", Within(Number.QUALITY, 90, 90)),
        ("heat:100..300", Within(Number.HEAT, 100, 300)),
        ("heat:100..", Within(Number.HEAT, 100, None)),
        ("heat:..300", Within(Number.HEAT, None, 300)),
        ("heat:-1", Within(Number.HEAT, -1, -1)),
        ("related>3", Within(Number.RELATED, 4, None)),
        ("quality:1,5", AnyOf((Within(Number.QUALITY, 1, 1), Within(Number.QUALITY, 5, 5)))),
        ("date:2021-06", Dated("2021-06", "2021-06")),
        ("date:2021-06..2021-08", Dated("2021-06", "2021-08")),
        ("date:2021..", Dated(since="2021")),
        ("date:..2021", Dated(until="2021")),
        ("date>=2021", Dated(since="2021")),
        ("date>2021", Dated(since="2021", since_ends=True)),
        ("date<=2021", Dated(until="2021")),
        ("date<2021", Dated(until="2021", until_starts=True)),
        ("date:7d", Dated(since="7d")),
        ("date:7d..2d", Dated("7d", "2d")),
        ("date:2021-06-15T07:12", Dated("2021-06-15t07:12", "2021-06-15t07:12")),
        ("after:2021-06-15", Dated(since="2021-06-15")),
        ("before:Yesterday", Dated(until="yesterday", until_starts=True)),
        ("newer:7d", Dated(since="7d")),
        ("older:2w", Dated(until="2w", until_starts=True)),
        ("is:front", Has(State.FRONT)),
        ("HAS:AMP", Has(State.AMP)),
        ("is:read,starred", AnyOf((Has(State.READ), Has(State.STARRED)))),
    ],
)
def test_a_field_asks_for_one_thing(text: str, condition: Node) -> None:
    assert parse(text).condition == condition
    assert parse(str(parse(text))) == parse(text)


@pytest.mark.parametrize("state", State)
def test_every_state_can_be_asked_for(state: State) -> None:
    assert parse(state).condition == Has(state)


def test_order_and_limit_stand_beside_the_condition() -> None:
    assert parse("a sort:new limit:20 b ") == Query(AllOf((A, B)), Order.NEW, 20)
    assert parse("sort:new sort:OLD") == Query(order=Order.OLD)
    assert parse("limit:0") == Query(limit=0)
    assert str(parse("a sort:new limit:20 b ")) == '"a" "b" sort:new limit:20'


@pytest.mark.parametrize(
    ("text", "words", "marked"),
    [
        ("a quality>=abc b", "quality>=abc: a number is needed", "abc"),
        ("quality>=90.5", "a number is needed", "90.5"),
        ("quality:5..3", "the lower number comes first", "5..3"),
        ("quality>5..9", "a number is needed", "5..9"),
        ("quality:..", "a number is needed", ".."),
        ("quality> 5", "needs a value right behind it, such as quality>=90", "quality>"),
        ("title: a", "needs a value right behind it", "title:"),
        ('topic:""', "needs a value", 'topic:""'),
        ("title>a", "title> does not exist; write title:", "title>"),
        ("title>", "title> does not exist", "title>"),
        ("quality:=5", "quality:= does not exist", "quality:="),
        ("after>2021", "after> does not exist", "after>"),
        ("qualty>=3", "qualty: no such field; quality?", "qualty"),
        ("a provder:x", "provider?", "provder"),
        ("date:2021-13", "“2021-13” is no date", "2021-13"),
        ("date:2021-02-30", "is no date", "2021-02-30"),
        ("date:..", "one date is needed", ".."),
        ("after:2021..2022", "one date is needed, such as after:2021-06-15", "2021..2022"),
        ("is:fron", "is:fron: front?", "fron"),
        ("is:zzz", "one of front, lead, follower,", "zzz"),
        ("has:front", "one of amp,", "front"),
        ("sort:nw", "one of top, hot, quality, new, old or match is needed", "nw"),
        ("limit:x", "limit: a number is needed", "x"),
        ("limit:-1", "limit: a number is needed", "-1"),
        ("(a sort:new)", "holds for the whole filter", "sort:new"),
        ("-limit:3", "holds for the whole filter", "limit:3"),
        ("(" * 60, "too many parentheses", "("),
    ],
)
def test_what_makes_no_sense_is_marked_and_told(text: str, words: str, marked: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text)
    assert words in str(caught.value)
    assert text[caught.value.start : caught.value.end] == marked


def test_a_filter_may_ask_for_many_things_but_not_for_any_number() -> None:
    assert parse("a " * MOST_PARTS).condition == AllOf((A,) * MOST_PARTS)
    with pytest.raises(QueryError, match="at most"):
        parse("a " * (MOST_PARTS + 1))


@pytest.mark.parametrize("field", FIELDS.values(), ids=lambda field: field.name)
def test_the_example_of_every_field_can_be_read(field: object) -> None:
    assert isinstance(field, type(FIELDS["title"]))
    query = parse(field.example)
    assert query.condition or field.kind in (FieldKind.ORDER, FieldKind.LIMIT)


@given(texts | filters)
@example('type:video,"course"')
@example("a OR b -(c d) sort:new limit:3")
def test_a_filter_written_out_means_the_same(text: str) -> None:
    try:
        query = parse(text)
    except QueryError as error:
        assert 0 <= error.start <= error.end <= len(text)
        return
    assert parse(str(query)) == query


@given(texts)
def test_any_text_without_the_language_is_a_filter(text: str) -> None:
    condition = parse(text).condition
    for term in wanted_terms(condition) if condition else ():
        assert term.text.strip() == term.text != ""
        assert all(term.words)
        assert not term.prefix or term.words


def test_a_label_is_written_as_it_is_parsed() -> None:
    for text in ("author:curie", "category:essays", "lang:de"):
        assert parse(str(parse(text))) == parse(text)


def test_what_is_not_text_is_refused() -> None:
    with pytest.raises(QueryError, match="not valid UTF-8") as caught:
        parse("title:caf\udce9")
    assert (caught.value.start, caught.value.end) == (9, 10)


def test_a_message_that_quotes_a_filter_is_one_line_of_text() -> None:
    with pytest.raises(QueryError) as caught:
        parse("is:\x1b[2Jfront\nis:\x80x")
    assert str(caught.value).isprintable()
