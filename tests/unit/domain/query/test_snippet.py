from __future__ import annotations

import pytest

from newsreader.domain.query import parse
from newsreader.domain.query.snippet import body_snippet
from tests.builders import a_record

LONG = (
    "The first words of a long text come before. " * 3 + "Here is [taproot](https://a.example) and Schnorr. "
)


@pytest.mark.parametrize(
    ("text", "body", "snippet"),
    [
        ("taproot", "Of **taproot**.\n\nMore.", "Of taproot. More."),
        ("tapr", LONG, "…The first words of a long text come before. Here is taproot and Schnorr."),
        ("here", "Here " + "and there " * 30, "Here" + " and there" * 11 + " and…"),
        ("a" * 90, "x" * 90 + "a" * 90 + "b" * 300, ""),
        ("大", "字" * 100 + "大" + "字" * 200, "…" + "字" * 60 + "大…"),
        ("headline", "The headline again.", ""),
        ("headline schnorr", "Schnorr.", "Schnorr."),
        ("title:schnorr", "Schnorr.", ""),
        ("-schnorr", "Taproot.", ""),
        ("++", "C++", ""),
        ("is:front", "Taproot.", ""),
        ("", "Taproot.", ""),
        ("taproot", "", ""),
        ("elsewhere", "Taproot.", ""),
    ],
)
def test_the_first_match_that_only_the_body_has_is_quoted(text: str, body: str, snippet: str) -> None:
    record = a_record(title="Headline", body=body)
    assert body_snippet(record, parse(text)) == snippet
