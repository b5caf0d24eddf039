"""The reader's side of the fetching process, against processes that behave in every way."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import pytest

from newsreader.domain.link_status import LinkOutcome, LinkStatus
from newsreader.domain.page_text import Candidate, PageText, Version
from newsreader.web.fetch.client import Fetcher
from newsreader.web.fetch.protocol import Failed, PageFetched, PageUnchanged, Stage
from newsreader.web.http.errors import Failure

PAGE = [Candidate(Version.AMP, "https://news.example/amp")]
TEXT = PageText(Version.AMP, "https://news.example/amp", "Title", "<p>One.</p>", 1, 1_700_000_000, etag='"1"')

ECHO = """
import json, sys
for line in sys.stdin:
    request = json.loads(line)
    {answer}
    print(flush=True, end="")
"""

Begin = Callable[[str], Fetcher]


@pytest.fixture
def begin() -> Iterator[Begin]:
    """Makes fetchers whose process does what the given lines of Python say."""
    made: list[Fetcher] = []

    def make(answer: str) -> Fetcher:
        made.append(Fetcher(program=[sys.executable, "-c", ECHO.format(answer=answer)]))
        return made[-1]

    yield make
    for fetcher in made:
        fetcher.stop()


def tell(fact: str) -> str:
    return f'print(json.dumps({{"id": request["id"], {fact}}}))'


def test_an_answer_has_the_number_of_its_request(begin: Begin) -> None:
    fetcher = begin(
        tell('"answer": "stage", "words": "reading"')
        + "; "
        + tell(f'"answer": "page", "text": {TEXT._asdict()!r}'.replace("<Version.AMP: 'AMP'>", "'AMP'"))
    )
    first, second = fetcher.fetch_page(PAGE), fetcher.fetch_page(PAGE)
    assert first != second
    assert list(islice(fetcher.answers(), 4)) == [
        Stage(first, "reading"),
        PageFetched(first, TEXT),
        Stage(second, "reading"),
        PageFetched(second, TEXT),
    ]


def test_the_stored_text_is_sent_without_its_html(begin: Begin) -> None:
    fetcher = begin(
        "assert request['kept']['etag'] == '\"1\"' and request['kept']['html'] == ''; "
        + tell('"answer": "unchanged"')
    )
    number = fetcher.fetch_page(PAGE, TEXT)
    assert next(fetcher.answers()) == PageUnchanged(number)


def test_a_failure_has_the_status_of_all_pages_that_were_tried(begin: Begin) -> None:
    verdict = LinkStatus(
        "https://news.example/amp", LinkOutcome.GONE, 404, "there is no such page", 1_700_000_000
    )
    fetcher = begin(
        tell(
            '"answer": "failure", "kind": "gone", "words": "news.example: there is no such page", '
            f'"url": "https://news.example/amp", "retry_after": None, "verdicts": [{[*verdict]!r}]'
        ).replace("<LinkOutcome.GONE: 'gone'>", "'gone'")
    )
    number = fetcher.fetch_page(PAGE)
    assert next(fetcher.answers()) == Failed(
        number,
        Failure.GONE,
        "news.example: there is no such page",
        "https://news.example/amp",
        verdicts=(verdict,),
    )


def test_a_dead_process_fails_its_requests_and_the_next_request_restarts_it(
    begin: Begin, tmp_path: Path
) -> None:
    once = tmp_path / "once"
    fetcher = begin(
        f"import pathlib; once = pathlib.Path({str(once)!r})\n"
        "    if not once.exists(): once.touch(); sys.exit('it is broken')\n"
        "    " + tell('"answer": "unchanged"')
    )
    answers = fetcher.answers()
    number = fetcher.fetch_page(PAGE)
    assert next(answers) == Failed(
        number, Failure.BROKEN, "the fetching process ended early (status 1: it is broken)"
    )
    number = fetcher.fetch_page(PAGE)
    assert next(answers) == PageUnchanged(number)


def test_a_process_that_cannot_start_fails_the_request() -> None:
    fetcher = Fetcher(program=["/nowhere/at/all"])
    try:
        number = fetcher.fetch_page(PAGE)
        answer = next(fetcher.answers())
    finally:
        fetcher.stop()
    assert answer == Failed(
        number, Failure.BROKEN, "the fetching process could not be started (No such file or directory)"
    )


def test_cancelled_requests_are_not_answered(begin: Begin) -> None:
    fetcher = begin(
        "pass" if False else tell('"answer": "unchanged"') + ' if request["do"] == "page" else None'
    )
    answers = fetcher.answers()
    first = fetcher.fetch_page(PAGE)
    fetcher.cancel(first)
    fetcher.cancel(12345)  # nothing was asked by this number
    second = fetcher.fetch_page(PAGE)
    assert next(answers) == PageUnchanged(second)


def test_invalid_lines_are_skipped(begin: Begin) -> None:
    fetcher = begin('print("rubbish"); print("{}"); print("[]"); ' + tell('"answer": "unchanged"'))
    number = fetcher.fetch_page(PAGE)
    assert next(fetcher.answers()) == PageUnchanged(number)


def test_stop_kills_a_hanging_process_and_ends_the_answers(begin: Begin) -> None:
    fetcher = begin("import time; time.sleep(600)")
    for _ in range(2_000):  # more than a pipe holds
        fetcher.fetch_page(PAGE)
    fetcher.stop()
    assert list(fetcher.answers()) == []


def test_an_unused_fetcher_stops_without_starting_a_process() -> None:
    fetcher = Fetcher(program=["/nowhere/at/all"])
    fetcher.stop()
    assert list(fetcher.answers()) == []
