"""Records written as files: they read back as what they were."""

from __future__ import annotations

import yaml
from hypothesis import given
from hypothesis import strategies as st

from newsreader.corpus.document import Document
from newsreader.corpus.frontmatter import read_document
from newsreader.corpus.writer import written


def reread(text: str) -> tuple[object, str, object]:
    document = read_document(text.encode())
    assert document is not None
    return document.values, document.body, document.defects


def test_known_keys_come_in_the_order_of_the_format_and_others_after_them() -> None:
    values = {
        "layout": "post",
        "topics": ["AI", "No"],
        "publishedDateTime": "2021-06-28T07:12:00Z",
        "related": [{"title": "B", "webUrl": "https://b.example/"}],
        "title": "Who: “won”?",
        "published": False,
        "heat": -1,
        "category": "news",
    }
    assert written(Document(values, "Body\n\nof two")) == (
        "---\ncategory: news\ntitle: 'Who: “won”?'\npublishedDateTime: 2021-06-28T07:12:00Z\nheat: -1\n"
        "published: false\ntopics:\n  - AI\n  - 'No'\nrelated:\n  - title: B\n    webUrl: https://b.example/\n"
        "layout: post\n---\nBody\n\nof two\n"
    )


def test_a_document_without_keys_is_front_matter_still() -> None:
    assert reread(written(Document({}, "Body"))) == ({}, "Body", ())


def test_what_is_given_twice_is_written_twice() -> None:
    shared = ["a"]
    text = written(Document({"x": shared, "y": shared}, ""))
    assert "&" not in text
    assert reread(text)[0] == {"x": ["a"], "y": ["a"]}


def test_dates_are_dates_to_other_readers() -> None:
    text = written(Document({"publishedDateTime": "2021-06-28T07:12:00Z"}, ""))
    assert yaml.safe_load(text.strip("-\n"))["publishedDateTime"].year == 2021


def test_text_that_looks_like_something_else_stays_text() -> None:
    values = {"title": "---", "excerpt": "a\n---\nb", "x": "true", "y": "0x1F", "z": "# no comment: {"}
    assert reread(written(Document(values, "---\nbody"))) == (values, "---\nbody", ())


_TEXT = st.text(st.characters(min_codepoint=33, max_codepoint=0x2FFF, exclude_categories=["C", "M", "Z"]))


@given(st.dictionaries(_TEXT.filter(bool), _TEXT | st.integers(-(10**15), 10**15) | st.booleans()), _TEXT)
def test_anything_reads_back(values: dict[str, object], body: str) -> None:
    first = read_document(written(Document(values, body)).encode())
    assert first is not None
    again = read_document(written(first).encode())
    assert again is not None
    assert (again.values, again.body) == (first.values, first.body)
    assert len(first.values) == len(values)
