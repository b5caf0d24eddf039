"""The fetching process itself, against a real server."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

import pytest

from newsreader.domain.link_status import LinkOutcome
from newsreader.domain.page_text import Candidate, Version
from newsreader.web.fetch.client import PROGRAM, Fetcher
from newsreader.web.fetch.protocol import Answer, Failed, PageFetched, PageUnchanged, Stage
from newsreader.web.http.errors import Failure
from tests.web.server import Delivery, PageServer, Reply

SENTENCES = (
    "<p>" + "The agency said on Monday that the new rules apply to every laboratory there is. " * 8 + "</p>"
)
ARTICLE = f"<article><h1>Rules</h1>{SENTENCES * 5}</article>"
PAGE = f"<html><head><title>Rules</title></head><body>{ARTICLE}</body></html>"


@pytest.fixture
def server() -> Iterator[PageServer]:
    with PageServer() as server:
        server.add("/good", Reply(PAGE, etag='"1"'))
        server.add("/never", Reply(delivery=Delivery.SILENT))
        yield server


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    fetcher = Fetcher(private_addresses=True)
    yield fetcher
    fetcher.stop()


def web(url: str) -> list[Candidate]:
    return [Candidate(Version.WEB, url)]


def next_answer(answers: Iterator[Answer]) -> Answer:
    """The next that is no word on how far it is."""
    return next(answer for answer in answers if not isinstance(answer, Stage))


def test_a_page_is_read_and_then_revalidated(server: PageServer, fetcher: Fetcher) -> None:
    answers = fetcher.answers()
    number = fetcher.fetch_page(web(server.url("/good")))
    stage = next(answers)
    assert isinstance(stage, Stage)
    assert stage.words == f"reading 127.0.0.1:{server.port} (web) …"
    page = next_answer(answers)
    assert isinstance(page, PageFetched)
    assert page.id == number
    assert "every laboratory" in page.text.html
    assert page.text.etag == '"1"'
    number = fetcher.fetch_page(web(server.url("/good")), page.text)
    unchanged = next_answer(answers)
    assert isinstance(unchanged, PageUnchanged)
    assert unchanged.id == number
    assert [verdict.outcome for verdict in unchanged.verdicts] == [LinkOutcome.ALIVE]
    assert server.requests[-1].headers["if-none-match"] == '"1"'


def test_a_hanging_page_blocks_no_other_and_can_be_cancelled(server: PageServer, fetcher: Fetcher) -> None:
    answers = fetcher.answers()
    waiting = [fetcher.fetch_page(web(server.url("/never"))) for _ in range(2)]
    until = time.monotonic() + 60
    while len(server.requests) < 2 and time.monotonic() < until:
        time.sleep(0.01)
    # Both requests that the host is allowed are under way; the next has its turn when one is given up.
    number = fetcher.fetch_page(web(server.url("/good")))
    fetcher.cancel(waiting[0])
    page = next_answer(answers)
    assert isinstance(page, PageFetched)
    assert page.id == number


def test_private_addresses_are_refused_unless_the_user_allows_them(server: PageServer) -> None:
    fetcher = Fetcher()
    try:
        fetcher.fetch_page(web(server.url("/good")))
        answer = next_answer(fetcher.answers())
    finally:
        fetcher.stop()
    assert isinstance(answer, Failed)
    assert answer.kind is Failure.UNSAFE
    assert server.requests == []


def test_a_failure_has_the_status_of_each_page(server: PageServer, fetcher: Fetcher) -> None:
    server.add("/gone", Reply(status=410))
    candidates = [Candidate(Version.AMP, server.url("/missing")), Candidate(Version.WEB, server.url("/gone"))]
    fetcher.fetch_page(candidates)
    answer = next_answer(fetcher.answers())
    assert isinstance(answer, Failed)
    assert answer.kind is Failure.GONE
    told = [(verdict.url, verdict.outcome, verdict.status) for verdict in answer.verdicts]
    assert told == [
        (server.url("/missing"), LinkOutcome.GONE, 404),
        (server.url("/gone"), LinkOutcome.GONE, 410),
    ]


def test_a_failure_has_the_time_to_wait(server: PageServer, fetcher: Fetcher) -> None:
    server.add("/busy", Reply(status=429, headers={"Retry-After": "30"}))
    fetcher.fetch_page(web(server.url("/busy")))
    answer = next_answer(fetcher.answers())
    assert isinstance(answer, Failed)
    assert (answer.kind, answer.retry_after) == (Failure.BUSY, 30)


def test_an_unknown_request_is_answered_with_a_failure(fetcher: Fetcher) -> None:
    number = fetcher.ask("nonsense")
    answer = next_answer(fetcher.answers())
    assert answer == Failed(number, Failure.BROKEN, "the program failed (KeyError: 'nonsense')")


@contextmanager
def a_process() -> Iterator[subprocess.Popen[bytes]]:
    """The process as the reader starts it."""
    with subprocess.Popen(PROGRAM, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        yield process
        process.kill()


def ask(process: subprocess.Popen[bytes], **request: Any) -> None:
    assert process.stdin is not None
    process.stdin.write(json.dumps({"id": 1, "private": True, "kept": None, **request}).encode() + b"\n")
    process.stdin.flush()


def test_it_ends_with_its_input_even_during_a_request(server: PageServer) -> None:
    with a_process() as process:
        ask(process, do="page", candidates=[["web", server.url("/never")]])
        assert process.stdout is not None
        assert b"reading" in process.stdout.readline()
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(timeout=60) == 0


def test_it_ends_when_its_output_is_closed(server: PageServer) -> None:
    with a_process() as process:
        assert process.stdout is not None
        process.stdout.close()
        ask(process, do="page", candidates=[["web", server.url("/good")]])
        assert process.wait(timeout=60) == 0


def test_it_ignores_an_interrupt(server: PageServer) -> None:
    with a_process() as process:
        assert process.stdout is not None
        ask(process, do="nonsense")
        process.stdout.readline()
        os.kill(process.pid, signal.SIGINT)
        ask(process, do="page", candidates=[["web", server.url("/good")]])
        answers = [json.loads(line)["answer"] for line in islice(process.stdout, 2)]
        assert answers[0] == "stage"
