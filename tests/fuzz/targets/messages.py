"""What processes of the program tell each other; the fetch process has read pages of others before."""

from __future__ import annotations

import json
from typing import Final

from newsreader.domain.corpus_options import CorpusOptions
from newsreader.web.fetch.protocol import read_answer, read_page_request
from newsreader.web.sources.plan import Plan
from tests.fuzz.target import Target

_ANSWERS = (
    '{"answer": "stage", "id": 1, "words": "Fetching"}',
    '{"answer": "picture", "id": 1, "png": "aGk=", "width": 1, "height": 2}',
    '{"answer": "unchanged", "id": 2, "verdicts": [["https://a.example", "alive", 200, "answers", 1, ""]]}',
    '{"answer": "failure", "id": 3, "kind": "offline", "words": "w", "url": "", "retry_after": null, "verdicts": []}',
    '{"candidates": [["web", "https://a.example"]], "kept": null}',
    '{"root": "/x", "state": "/y", "sources": [{"name": "a", "kind": "feed", "address": "b", "topics": []}], "declared": []}',
    '{"preset": "", "keys": {"title": ["x"]}, "site": "", "language": "", "dates": "refused", "bare": false, "index_bodies": true}',
)
_PIECES = (
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    '"',
    "null",
    "-1",
    "true",
    '"answer"',
    '"id"',
    '"verdicts"',
    '"page"',
    '"kind"',
    "NaN",
    "[" * 2_000,
)
_DOCUMENTED: Final = (ValueError, KeyError, TypeError, AttributeError, RecursionError)


def check_answer(text: str) -> None:
    """An answer is read, or refused in one of the documented ways."""
    try:
        read_answer(text.encode("utf-8", "surrogatepass"))
    except (ValueError, KeyError, TypeError):
        return


def check_request(text: str) -> None:
    """Requests, plans and options, which only the program itself writes, fail as values do."""
    for read in (
        lambda: read_page_request(json.loads(text)),
        lambda: Plan.from_json(json.loads(text)),
        lambda: CorpusOptions.from_json(text),
    ):
        try:
            read()
        except _DOCUMENTED:
            continue


TARGETS: Final = (
    Target("fetch-answers", check_answer, _ANSWERS, _PIECES, 30),
    Target("fetch-requests", check_request, _ANSWERS, _PIECES, 15),
)
