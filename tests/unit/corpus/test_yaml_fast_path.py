"""Plain YAML says the same whether it is read line by line or by the parser that knows all of YAML."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.corpus.frontmatter import STRING_LIMIT, gated, read_document
from newsreader.corpus.yaml_fast_path import CLEAN_LIMIT, DEEPEST, LONGEST, CleanValues, read_plain
from newsreader.corpus.yaml_loader import load_any, meaning_of

SAMPLE = Path(__file__).parents[3] / "sample_content"

PLAIN = {
    "text, numbers and nothing": "a: words\nb: -12\nc: 1.5\nd: true\ne: 2021-06-27\nf: null\ng:\nh: 01",
    "quoted text": 'a: "x: y # \'z\'"\nb: \' "x" \'\nc: ""\nd: \'\'\ne: "12"',
    "signs within a word": "a: http://x.example/?b=c&d=[e]\nb: x,y\nc: a-b\nd: “é”\ne: /p\nf: (x)\ng: 1:2",
    "a map within a map": "a:\n  b: 1\n  c:\n      d: 2\n  e: 3\nf: 4",
    "a list": 'a:\n  - x\n  - "y"\n  - -1\nb: 2',
    "a list that is not indented": "a:\n- x\n- y\nb: 2",
    "maps in a list": "a:\n  - b: 1\n    c: 2\n  - b: 3\n    d:\n      e: 4\n\n    f: 5\ng: 6",
    "lists in a list's maps": "a:\n- b:\n  - x\n  c:\n    - y\n- b:\n- c: 1",
    "a value that never came": "a:\nb:\n  - c:\n  - d:\ne:",
    "a key that stands twice": "a: 1\nb: 2\na:\n  c: 3",
    "blank lines around": "\n\na: 1\n\n\nb: 2\n",
}

NOT_PLAIN = {
    "nothing": "\n",
    "no map": "- x\n- y",
    "text alone": "words\n",
    "text on two lines": "a: x\n  y",
    "quoted text on two lines": 'a: "x\n  y"',
    "an escape": 'a: "\\x1b"',
    "a quotation mark in quoted text": "a: 'it''s'",
    "something behind quoted text": 'a: "x" y',
    "a comment": "# x\na: 1",
    "a comment behind a value": "a: x # y",
    "a colon in text": "a: x: y",
    "a colon that ends text": "a: x:",
    "an anchor": "a: &x 1",
    "an alias": "a: *x",
    "a tag": "a: !!str 1",
    "a block of text": "a: |\n  x",
    "a list on one line": "a: [x, y]",
    "a map on one line": "a: {x: y}",
    "a tilde": "a: ~",
    "a key that is no text": "true: 1",
    "a number for a key": "1: x",
    "a quoted key": '"a": 1',
    "a key of several words": "a b: 1",
    "a fence": "a: 1\n---\nb: 2",
    "a list in a list": "a:\n  - - x",
    "an empty entry": "a:\n  -\n  - x",
    "an entry after a value": "a: 1\n- x",
    "an indented entry after a value": "a: 1\n  - x",
    "a map below a value": "a: 1\n  b: 2",
    "a map below an entry": "a:\n  - x\n    b: 2",
    "an indentation between two others": "a:\n    b: 1\n  c: 2",
    "a whole that is indented": "  a: 1",
    "a tab": "a:\t1",
    "a hidden character": "a: x\u200by",
    "another kind of space": "a: x\u00a0y",
    "another kind of line break": "a: x\u2028b: y",
    "a space that ends a line": "a: x \nb: y",
    "a space that ends the text": "a: x ",
    "too much of it": "a: " + "x" * LONGEST,
    "too deep": "".join(f"{'  ' * depth}a:\n" for depth in range(DEEPEST + 2))
    + "  " * (DEEPEST + 2)
    + "b: 1",
}

LINES = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(["", "", "", "  ", "  ", "    ", "      ", " "]),
        st.sampled_from(["", "", "", "- ", "- ", "-  "]),
        st.sampled_from(["", "a: ", "b: ", "c:", "c:", "d-1: ", "true: ", "e:f", "? "]),
        st.sampled_from(
            ["", "", "x", "x y", "1", "-1", "1.50", "null", '"q"', "'q'", '"', "g: h", "#", "x #y", "[]"]
        ),
    ),
)


@pytest.mark.parametrize("text", PLAIN.values(), ids=PLAIN)
def test_plain_yaml_is_read_as_the_whole_parser_reads_it(text: str) -> None:
    expected = load_any(text)

    found = read_plain(text, meaning_of)

    assert found is not None
    assert repr(found) == repr(expected)


@pytest.mark.parametrize("text", NOT_PLAIN.values(), ids=NOT_PLAIN)
def test_whatever_is_not_plain_is_left_to_the_whole_parser(text: str) -> None:
    assert read_plain(text, meaning_of) is None


@given(st.lists(LINES, max_size=8).map("\n".join))
def test_no_mixture_of_lines_is_understood_in_another_way(text: str) -> None:
    found = read_plain(text, meaning_of)

    if found is not None:
        assert repr(found) == repr(load_any(text))


@given(st.text(alphabet="ab1-:#'\" \n[&*!|~é", max_size=20))
def test_no_text_is_understood_in_another_way(text: str) -> None:
    found = read_plain(text, meaning_of)

    if found is not None:
        assert repr(found) == repr(load_any(text))


def test_most_records_are_plain() -> None:
    fronts = [path.read_text(encoding="utf-8").split("---\n")[1] for path in SAMPLE.rglob("_news/*.md")]

    plain = [read_plain(front, meaning_of) for front in fronts]

    assert sum(found is not None for found in plain) > len(fronts) * 0.9
    for front, found in zip(fronts, plain, strict=True):
        assert found is None or repr(found) == repr(load_any(front))


# Which values need no text gate.

UNCLEAN = {
    "two blanks": 'a: "x  y"',
    "a blank before text": 'a: " x"',
    "a blank behind text": 'a: "x "',
    "a blank before text in single quotes": "b:\n  - ' x'",
    "a blank behind text in single quotes": "b:\n  - 'x '",
    "nothing but a blank": 'a: " "',
    "two blanks without quotes": "a: x  y",
    "text that is not normalized": "a: cafe\u0301",
    "more marks than any script needs": "a: x" + "\u0335" * 20,
    "very long text": "a: " + "x" * CLEAN_LIMIT,
}


@pytest.mark.parametrize("text", [*PLAIN.values(), "a: café\nb:\n    - c: x\n      d: 'y z'"])
def test_values_that_the_text_gate_would_not_change_are_known_as_such(text: str) -> None:
    values = read_plain(text, meaning_of)
    assert values is not None
    unknown = (PLAIN["quoted text"], PLAIN["a value that never came"])  # blanks at an end, and no text at all
    assert isinstance(values, CleanValues) == (text not in unknown)
    assert gated(dict(values)) == values or text == PLAIN["quoted text"]


@pytest.mark.parametrize("text", UNCLEAN.values(), ids=UNCLEAN.keys())
def test_values_that_the_text_gate_would_change_are_not_taken_for_clean(text: str) -> None:
    assert read_plain(text, meaning_of) is not None
    assert not isinstance(read_plain(text, meaning_of), CleanValues)


@given(st.lists(st.text(st.sampled_from("a é\u0301\"'-:#"), max_size=8), min_size=1, max_size=4))
def test_clean_values_pass_the_text_gate_unchanged(values: list[str]) -> None:
    plain = read_plain("".join(f"k{number}: {value}\n" for number, value in enumerate(values)), meaning_of)
    if isinstance(plain, CleanValues):
        assert gated(dict(plain)) == plain


def test_the_limit_of_clean_values_is_that_of_the_text_gate() -> None:
    assert CLEAN_LIMIT <= STRING_LIMIT


def test_a_record_with_clean_values_has_each_text_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(value: object, limit: int = 0) -> str:
        raise AssertionError(f"{value} went through the gate again")

    source = b'---\ntitle: One\ntopics:\n  - AI\nprovider:\n  name: "Daily Acme"\n---\nBody\n'
    whole = read_document(source)
    monkeypatch.setattr("newsreader.corpus.frontmatter.clean_line", refuse)
    assert read_document(source) == whole
