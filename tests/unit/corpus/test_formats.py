"""Metadata in formats other than YAML: values, bodies, and problems with their lines."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.corpus.document import Document, Format
from newsreader.corpus.fields import build_record
from newsreader.corpus.formats.reading import read_document

PIECES = b'title|: |:: | = |"|[|]|{|}|,|\n|- |2024-03-05|1e999|\xff'.split(b"|")


def read(content: str, *, bare: bool = False) -> Document:
    document = read_document(content.encode(), bare=bare)
    assert document is not None
    return document


@pytest.mark.parametrize(
    ("content", "values", "kind"),
    [
        (
            '+++\ntitle = "A"\ndate = 2021-05-06\n+++\nBody\n',
            {"title": "A", "date": "2021-05-06"},
            Format.TOML,
        ),
        ('---toml\ntitle = "A"\n---\nBody\n', {"title": "A"}, Format.TOML),
        ('{"title": "A", "n": 1}\nBody\n', {"title": "A", "n": 1}, Format.JSON),
        ('---json\n{"title": "A"}\n---\nBody\n', {"title": "A"}, Format.JSON),
        (';;;\n{"title": "A"}\n;;;\nBody\n', {"title": "A"}, Format.JSON),
        (';;;\n"title": "A",\n;;;\nBody\n', {"title": "A"}, Format.JSON),
        (";;;\ntitle: A\n;;;\nBody\n", {"title": "A"}, Format.YAML),
        ("---yaml\ntitle: A\n---\nBody\n", {"title": "A"}, Format.YAML),
        ("Title: A\nDate: 2021\n\nBody\n", {"Title": "A", "Date": "2021"}, Format.HEADERS),
        ("Title: A\n---\nBody\n", {"Title": "A"}, Format.HEADERS),
        (
            "Title: A\nTag: x\nTag: y\n  z\n  w\n\nBody\n",
            {"Title": "A", "Tag": ["x", "y z w"]},
            Format.HEADERS,
        ),
        ("title:: A\n- tags:: b\n\nBody\n", {"title": "A", "tags": "b"}, Format.PROPERTIES),
        ('{"title": "A", "x": NaN, "y": 1e999}\nBody\n', {"title": "A", "x": "NaN", "y": "inf"}, Format.JSON),
        ("+++\nbig = 9_000_000_000_000_000_000\n+++\nBody\n", {"big": "0x7ce66c50e2840000"}, Format.TOML),
    ],
)
def test_each_format_gives_values_and_a_body(content: str, values: dict[str, Any], kind: Format) -> None:
    document = read(content)
    assert (document.values, document.body, document.defects) == (values, "Body", ())
    assert document.format is kind
    if kind is not Format.YAML:
        assert all(line > 0 for line in document.lines.values())


@pytest.mark.parametrize(
    ("content", "line", "rule", "values"),
    [
        (
            '+++\ntitle = "A"\nbroken = \ntype = "x"\n[t]\na = 1\n+++\n',
            3,
            "invalid-toml",
            {"title": "A", "type": "x"},
        ),
        ('+++\ntitle = "A"\nlist = [1,\n+++\n', 3, "invalid-toml", {"title": "A"}),
        ("\n\n+++\na = 1\na = 2\n+++\n", 5, "invalid-toml", {"a": 2}),
        (f"+++\n{'a.' * 50}a = 1\n+++\n", 2, "invalid-toml", {}),
        ("+++\na = " + "[" * 40 + "]" * 40 + "\n+++\n", 2, "invalid-toml", {}),
        ("+++\na = " + "[" * 9_000 + "\n+++\n", 2, "invalid-toml", {}),
        ('+++\ntitle = "A"\n', 1, "unclosed-front-matter", {"title": "A"}),
        ('{\n"title": "A",\n"broken": ,\n"n": 1\n}\nBody', 3, "invalid-json", {"title": "A", "n": 1}),
        ('{\n"title": "A"\n"n": 1\n', 3, "invalid-json", {"title": "A", "n": 1}),
        ('{\n"title": "A",\n"n": ' + "[" * 40 + "]" * 40 + "\n}", 1, "invalid-json", {"title": "A"}),
        ('{"title": "A", "n": ' + '"' + "x" * 300_000 + '"}', 1, "invalid-json", {}),
        ("---json\n{,}\n---\n", 2, "invalid-json", {}),
    ],
)
def test_a_problem_of_a_format_names_its_line_and_costs_only_its_key(
    content: str, line: int, rule: str, values: dict[str, Any]
) -> None:
    document = read_document(content.encode())
    if document is None:
        assert values == {}
        return
    assert [(defect.line, defect.rule) for defect in document.defects] == [(line, rule)]
    assert document.values == values


@pytest.mark.parametrize(
    "content",
    [
        *["{% extends 'a' %}\n", "{{ content }}\n", "{}", "+++ three signs", "+++\n\n", ";;;\n\n"],
        *["Note: no metadata.\n\nText\n", "Title: A\nprose\n\nText\n", "Title: A\n" * 300, ":: a\n"],
        *["a word:: \x00"[:0] + "x:y\n", "# Heading\n\nText\n", "Dear all,\n\nText: here.\n", '{"x"'],
    ],
)
def test_prose_and_templates_are_no_metadata(content: str) -> None:
    assert read_document(content.encode()) is None


def test_a_file_without_metadata_is_a_body_where_that_is_asked_for() -> None:
    document = read("# A\n\nText\n", bare=True)
    assert (document.values, document.body, document.format) == ({}, "# A\n\nText", Format.NONE)
    assert read_document(b" \n", bare=True) is None
    assert read_document(b"---\nA rule.\n", bare=True) is None


def test_the_end_of_a_file_ends_properties() -> None:
    assert read("title:: A").values == {"title": "A"}


def test_properties_end_at_the_most_lines() -> None:
    document = read("".join(f"k{number}:: v\n" for number in range(300)))
    assert len(document.values) == 200
    assert document.body.startswith("k200:: v")


@given(
    st.sampled_from([b"---\n", b"+++\n", b"{", b"---json\n", b";;;\n", b"Title: x\n", b"title:: x\n", b""]),
    st.binary(max_size=200) | st.lists(st.sampled_from(PIECES), max_size=40).map(b"".join),
    st.sampled_from([b"", b"\n---\n", b"\n+++\n", b"}\n", b"\n;;;\n", b"\n\n"]),
    st.booleans(),
)
def test_no_bytes_make_reading_metadata_fail(before: bytes, data: bytes, after: bytes, bare: bool) -> None:
    document = read_document(before + data + after + b"Text.", bare=bare)
    if document is not None:
        _, misfits = build_record(document, "a.md")
        assert all(defect.line >= 0 and defect.reason for defect in (*document.defects, *misfits))
