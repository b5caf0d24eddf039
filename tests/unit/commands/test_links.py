"""`newsreader links` against servers on loopback: which addresses are dead, and what is remembered of it."""

from __future__ import annotations

import csv
import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsreader.domain.link_status import LinkOutcome, LinkStatus
from newsreader.library.pages.store import PageStore
from newsreader.settings import paths
from tests.builders import a_corpus, a_front_matter
from tests.unit.commands.conftest import Run
from tests.unit.commands.web_pages import CountingServer, allow_private_addresses, served_corpus
from tests.web.server import PageServer, Reply


@pytest.fixture
def server() -> Iterator[PageServer]:
    with PageServer() as server:
        yield server


@pytest.fixture
def root(server: PageServer, run: Run, tmp_path: Path) -> Path:
    """A corpus with an address of each kind of fate."""
    with PageServer() as gone:
        nowhere = gone.url("/page")
    server.add("/moved", Reply(status=301, headers={"Location": "/alive"}))
    urls = {
        "alive": server.add("/alive", Reply("there")),
        "moved": server.url("/moved"),
        "gone": server.url("/gone"),
        "unreachable": nowhere,
        "refused": server.add("/refused", Reply(status=403)),
        "failed": server.add("/failed", Reply(status=500)),
    }
    return served_corpus(tmp_path, urls)


def test_links_that_are_not_alive_are_listed(run: Run, root: Path, server: PageServer) -> None:
    answer = run("links", "--sort", "new", "--corpus", root)
    assert answer.status == 1
    rows = [line.split("\t") for line in answer.lines]
    assert [(row[0], row[1]) for row in rows] == [
        ("gone", "404"),
        ("unreachable", ""),
        ("refused", "403"),
        ("failed", "500"),
    ]
    assert rows[0][6] == server.url("/gone")
    assert answer.err == "6 addresses: 2 alive, 1 gone, 1 unreachable, 1 refused, 1 failed.\n"


@pytest.mark.parametrize("form", ["table", "json", "jsonl", "csv", "tsv", "urls", "md"])
def test_rows_are_written_in_every_format(run: Run, root: Path, server: PageServer, form: str) -> None:
    answer = run("links", "--alive", "--sort", "new", "--format", form, "--corpus", root)
    assert answer.status == 1
    if form in ("json", "jsonl"):
        rows = json.loads(answer.out) if form == "json" else [json.loads(line) for line in answer.lines]
        moved = rows[1]
        assert {key: moved[key] for key in ("title", "kind", "related", "outcome", "status", "movedTo")} == {
            "title": "moved",
            "kind": "original",
            "related": False,
            "outcome": "alive",
            "status": 200,
            "movedTo": server.url("/alive"),
        }
        assert moved["checkedAt"].endswith("Z")
        assert rows[3]["status"] is None
        assert rows[3]["reason"].startswith("127.0.0.1:")
    elif form == "csv":
        table = list(csv.DictReader(answer.lines))
        assert [row["outcome"] for row in table][:3] == ["alive", "alive", "gone"]
    elif form == "urls":
        assert answer.lines[2] == server.url("/gone")
    else:
        first = {"table": "OUTCOME", "tsv": "alive", "md": "| outcome"}[form]
        assert answer.lines[0].startswith(first)
        assert len(answer.lines) == {"table": 7, "tsv": 6, "md": 8}[form]


def test_a_failed_head_request_is_followed_by_a_get_request(run: Run, root: Path, server: PageServer) -> None:
    run("links", "--corpus", root)
    methods = [request.method for request in server.requests if request.path == "/gone"]
    assert methods == ["HEAD", "GET"]
    assert [request.method for request in server.requests if request.path == "/alive"][:1] == ["HEAD"]


def test_a_stored_status_is_valid_for_a_week(run: Run, root: Path, server: PageServer) -> None:
    first = run("links", "--corpus", root)
    asked = len(server.requests)
    second = run("links", "--corpus", root)
    assert len(server.requests) == asked
    assert (second.status, second.out) == (1, first.out)
    assert second.err.endswith("1 failed; 6 of them known from before.\n")
    assert run("list", "is:gone", "--columns", "title", "--corpus", root).lines == ["gone", "unreachable"]
    run("links", "--again", "--corpus", root)
    assert len(server.requests) > asked


def test_max_age_sets_how_long_a_status_is_valid(run: Run, server: PageServer, tmp_path: Path) -> None:
    url = server.add("/page", Reply("there"))
    root = served_corpus(tmp_path, {"page": url})
    known = LinkStatus(url, LinkOutcome.GONE, 404, "gone then", int(time.time()) - 10 * 86_400)
    store = PageStore(paths.pages_file(), most_bytes=10**6)
    store.note([known])
    store.close()
    assert "gone then" in run("links", "--max-age", "30d", "--columns", "reason", "--corpus", root).out
    assert server.requests == []
    assert run("links", "--corpus", root).status == 0
    assert run("links", "--max-age", "soon").status == 2


def test_options_restrict_the_kinds_of_links(run: Run, server: PageServer, tmp_path: Path) -> None:
    urls = {kind: server.url(f"/{kind}") for kind in ("originalUrl", "webUrl", "ampWebUrl", "cdnAmpWebUrl")}
    root = served_corpus(tmp_path, {"page": urls})
    every = run("links", "--columns", "kind", "--corpus", root)
    assert every.lines == ["original", "web", "AMP", "cached AMP"]
    some = ("links", "--columns", "kind", "--corpus", root)
    assert run(*some, "--amp").lines == ["AMP"]
    assert run(*some, "--original", "--cached").lines == ["original", "web", "cached AMP"]


def test_related_entries_are_checked_on_request(run: Run, server: PageServer, tmp_path: Path) -> None:
    page = server.add("/page", Reply("there"))
    related = [{"title": "Other", "webUrl": server.url("/other")}, {"title": "Itself", "webUrl": page}]
    allow_private_addresses()
    front = a_front_matter(title="page", webUrl=page, originalUrl=None, related=related)
    root = a_corpus(tmp_path, {"page.md": front})
    assert run("links", "--corpus", root).status == 0
    answer = run("links", "--related", "--format", "jsonl", "--corpus", root)
    assert answer.status == 1
    (row,) = map(json.loads, answer.lines)
    assert (row["title"], row["url"], row["related"]) == ("Other", server.url("/other"), True)


def test_a_url_of_several_records_is_checked_once(run: Run, server: PageServer, tmp_path: Path) -> None:
    root = served_corpus(tmp_path, {"one": server.url("/page"), "two": server.url("/page")})
    assert len(run("links", "--all", "--corpus", root).lines) == 1


def test_a_host_gets_at_most_two_requests_at_once(run: Run, tmp_path: Path) -> None:
    with CountingServer() as server:
        names = [f"page-{number}" for number in range(12)]
        root = served_corpus(tmp_path, {name: server.add(f"/{name}", Reply("there")) for name in names})
        answer = run("links", "--corpus", root)
        assert (answer.status, answer.out, answer.err) == (0, "", "12 addresses: 12 alive.\n")
        assert server.most == 2


def test_robots_txt_is_honoured(run: Run, server: PageServer, tmp_path: Path) -> None:
    server.add("/robots.txt", Reply("User-agent: *\nDisallow: /", content_type="text/plain"))
    root = served_corpus(tmp_path, {"page": server.add("/page", Reply("there"))})
    answer = run("links", "--format", "jsonl", "--corpus", root)
    row = json.loads(answer.out)
    assert (answer.status, row["outcome"]) == (0, "refused")
    assert "robots.txt" in row["reason"]
    assert set(server.paths()) == {"/robots.txt"}


def test_nothing_is_stored_without_a_network(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import socket

    def fail(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_AGAIN, "no network")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    root = served_corpus(tmp_path, {name: f"https://{name}.example/page" for name in "abcdef"})
    answer = run("links", "--corpus", root)
    assert answer.status == 1
    assert answer.err.startswith("6 addresses: 6 unreachable. For 6 there was no network")
    assert run("list", "is:gone", "--corpus", root).lines == []
    fetched = run("fetch", "--corpus", root)
    assert fetched.status == 1
    assert fetched.lines[-1] == "  the host was not reached            6"
    assert run("list", "is:gone", "--corpus", root).lines == []


def test_an_empty_selection_checks_nothing(run: Run, root: Path) -> None:
    answer = run("links", "nothing-like-this", "--corpus", root)
    assert (answer.status, answer.out, answer.err) == (1, "", "Nothing was found to check.\n")
