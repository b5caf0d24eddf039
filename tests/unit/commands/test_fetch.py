"""`newsreader fetch` against servers on loopback: what comes, what does not, and what is told of it."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsreader.library.pages.store import PagesError, PageStore
from tests.unit.commands.conftest import Run
from tests.unit.commands.web_pages import CountingServer, a_page, served_corpus
from tests.web.server import Delivery, PageServer, Reply


@pytest.fixture
def server() -> Iterator[PageServer]:
    with PageServer() as server:
        yield server


def pages_asked_for(server: PageServer) -> list[str]:
    """The paths that were asked for besides the rules for programs."""
    return [path for path in server.paths() if path != "/robots.txt"]


def test_pages_are_stored_and_not_fetched_again(run: Run, server: PageServer, tmp_path: Path) -> None:
    root = served_corpus(tmp_path, {name: server.add(f"/{name}", a_page(name)) for name in "abc"})
    first = run("fetch", "--corpus", root)
    assert first.status == 0
    assert first.lines == [
        "fetched               3",
        "unchanged             0",
        "kept already          0",
        "failed                0",
    ]
    assert first.err == ""
    asked = len(server.requests)
    second = run("fetch", "--corpus", root)
    assert (second.status, second.lines[2]) == (0, "kept already          3")
    assert len(server.requests) == asked
    shown = run("show", "a.md", "--text", "--corpus", root)
    assert shown.status == 0
    assert "a, part 4. The committee met on Tuesday" in shown.out
    assert "Menu" not in shown.out
    assert len(run("list", "has:text", "--corpus", root).lines) == 3


def test_again_fetches_only_newer_versions(run: Run, server: PageServer, tmp_path: Path) -> None:
    urls = {
        "same": server.add("/same", a_page("same", etag='"1"')),
        "untold": server.add("/untold", a_page("untold")),
        "new": server.add("/new", a_page("old", etag='"1"'), a_page("new", etag='"2"')),
    }
    root = served_corpus(tmp_path, urls)
    assert run("fetch", "--corpus", root).status == 0
    again = run("fetch", "--again", "--corpus", root, "--format", "tsv", "--columns", "title,outcome")
    assert again.status == 0
    assert again.lines == ["same\tunchanged", "untold\tunchanged", "new\tfetched"]
    asked = [request.headers.get("if-none-match") for request in server.requests[-3:]]
    assert sorted(filter(None, asked)) == ['"1"', '"1"']
    assert "new, part 1" in run("show", "new.md", "--text", "--corpus", root).out


@pytest.mark.parametrize("form", ["table", "json", "jsonl", "csv", "tsv", "urls", "md"])
def test_rows_are_written_in_every_format(run: Run, server: PageServer, tmp_path: Path, form: str) -> None:
    root = served_corpus(
        tmp_path,
        {"there": server.add("/there", a_page("there")), "away": server.url("/away"), "none": {}},
    )
    answer = run("fetch", "--format", form, "--corpus", root)
    assert answer.status == 1
    assert answer.err.splitlines()[0] == "fetched               1"
    assert "  the page is gone                    1" in answer.err.splitlines()
    there = server.url("/there")
    if form in ("json", "jsonl"):
        rows = json.loads(answer.out) if form == "json" else [json.loads(line) for line in answer.lines]
        assert [row["outcome"] for row in rows] == ["fetched", "failed", "failed"]
        assert rows[0] == {
            "id": rows[0]["id"],
            "title": "there",
            "outcome": "fetched",
            "version": "web",
            "url": there,
            "words": rows[0]["words"],
            "failure": None,
            "reason": None,
        }
        assert rows[0]["words"] > 100
        assert rows[1]["failure"] == "gone"
        assert rows[1]["reason"].endswith("has no such page (404)")
        assert (rows[2]["failure"], rows[2]["url"]) == ("no address", None)
    elif form == "csv":
        table = list(csv.DictReader(answer.lines))
        assert [row["outcome"] for row in table] == ["fetched", "failed", "failed"]
    elif form == "tsv":
        cells = [line.split("\t") for line in answer.lines]
        assert [row[1] for row in cells] == ["fetched", "failed", "failed"]
        assert cells[0][-1] == there
    elif form == "urls":
        assert answer.lines == [there, server.url("/away")]
    else:
        assert answer.lines[0].startswith("ID" if form == "table" else "| id")


def test_rows_are_in_the_order_of_the_list(run: Run, server: PageServer, tmp_path: Path) -> None:
    names = [f"page-{number:02}" for number in range(20)]
    urls = {
        name: server.add(f"/{name}", a_page(name, delay=0.05 if number % 5 == 0 else 0))
        for number, name in enumerate(names)
    }
    root = served_corpus(tmp_path, urls)
    answer = run("fetch", "--sort", "new", "--corpus", root, "--format", "tsv", "--columns", "title")
    assert answer.lines == names
    again = run("fetch", "--limit", "2", "--offset", "1", "--sort", "new", "--corpus", root)
    assert again.lines[2] == "kept already          2"


def test_a_host_gets_at_most_two_requests_at_once(run: Run, tmp_path: Path) -> None:
    with CountingServer() as server:
        names = [f"page-{number}" for number in range(12)]
        root = served_corpus(tmp_path, {name: server.add(f"/{name}", a_page(name)) for name in names})
        assert run("fetch", "--corpus", root).status == 0
        assert server.most == 2


def test_robots_txt_is_honoured(run: Run, server: PageServer, tmp_path: Path) -> None:
    rules = "User-agent: *\nDisallow: /private/\n"
    server.add("/robots.txt", Reply(rules, content_type="text/plain"))
    urls = {name: server.add(path, a_page(name)) for name, path in (("yes", "/yes"), ("no", "/private/no"))}
    root = served_corpus(tmp_path, urls)
    answer = run("fetch", "--format", "jsonl", "--corpus", root)
    rows = {row["title"]: row for row in map(json.loads, answer.lines)}
    assert answer.status == 1
    assert rows["yes"]["outcome"] == "fetched"
    assert (rows["no"]["outcome"], rows["no"]["failure"]) == ("failed", "refused")
    assert "robots.txt" in rows["no"]["reason"]
    assert pages_asked_for(server) == ["/yes"]
    assert server.paths().count("/robots.txt") == 1
    assert "  we were not let in                  1" in answer.err


def test_a_busy_server_is_retried(run: Run, server: PageServer, tmp_path: Path) -> None:
    busy = Reply(status=429, headers={"Retry-After": "1"})
    root = served_corpus(tmp_path, {"busy": server.add("/busy", busy, a_page("busy"))})
    assert run("fetch", "--corpus", root).status == 0
    assert pages_asked_for(server) == ["/busy", "/busy"]


def test_failures_are_counted_by_reason(run: Run, server: PageServer, tmp_path: Path) -> None:
    with PageServer() as gone:
        nowhere = gone.url("/page")
    urls = {
        "gone": server.add("/gone", Reply(status=410)),
        "forbidden": server.add("/forbidden", Reply(status=403)),
        "failing": server.add("/failing", Reply(status=500)),
        "busy": server.add("/busy", Reply(status=429, headers={"Retry-After": "86400"})),
        "broken": server.add("/broken", Reply("x" * 900, delivery=Delivery.CUT_SHORT)),
        "empty": server.add("/empty", Reply("<html><body><nav>Menu</nav></body></html>")),
        "nowhere": nowhere,
    }
    root = served_corpus(tmp_path, urls)
    answer = run("fetch", "--corpus", root)
    assert answer.status == 1
    assert answer.lines[3:] == [
        "failed                7",
        "  the page is gone                    1",
        "  the host was not reached            1",
        "  we were not let in                  1",
        "  the server is too busy              1",
        "  the server failed                   2",
        "  there is no article in it           1",
    ]


def test_the_status_of_a_dead_page_is_stored(run: Run, server: PageServer, tmp_path: Path) -> None:
    root = served_corpus(
        tmp_path, {"gone": server.url("/gone"), "there": server.add("/there", a_page("there"))}
    )
    run("fetch", "--corpus", root)
    assert run("list", "is:gone", "--columns", "title", "--corpus", root).lines == ["gone"]


def test_the_archive_is_used_on_request_if_all_pages_are_dead(
    run: Run, server: PageServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsreader.domain.pages._HOST", server.url("/web"))
    gone, forbidden = server.add("/gone", Reply(status=404)), server.add("/no", Reply(status=403))
    for url in (gone, forbidden):
        server.add(f"/web/20210628230000/{url}", a_page("archived"))
    root = served_corpus(tmp_path, {"gone": gone, "forbidden": {"webUrl": forbidden}})
    assert run("fetch", "--corpus", root).lines[3] == "failed                2"
    answer = run("fetch", "--archived", "--format", "jsonl", "--corpus", root)
    rows = {row["title"]: row for row in map(json.loads, answer.lines)}
    assert rows["gone"]["version"] == "archived"
    assert rows["forbidden"]["failure"] == "refused"
    assert "archived, part 1" in run("show", "gone.md", "--text", "--corpus", root).out


def test_a_page_that_cannot_be_parsed_does_not_end_the_run(
    run: Run, server: PageServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from newsreader.web import extract as extract_module

    usual = extract_module.extract_article

    def extract(source: str, url: str) -> object:
        if "odd" in url:
            raise RecursionError("too deep")
        return usual(source, url)

    monkeypatch.setattr(extract_module, "extract_article", extract)
    root = served_corpus(tmp_path, {name: server.add(f"/{name}", a_page(name)) for name in ("odd", "plain")})
    answer = run("fetch", "--corpus", root)
    assert answer.status == 1
    assert (answer.lines[0], answer.lines[-1]) == (
        "fetched               1",
        "  the program failed on it            1",
    )


def test_a_page_that_cannot_be_stored_is_reported(
    run: Run, server: PageServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise PagesError("no room")

    root = served_corpus(tmp_path, {"page": server.add("/page", a_page("page"))})
    monkeypatch.setattr(PageStore, "keep", fail)
    answer = run("fetch", "--format", "jsonl", "--corpus", root)
    row = json.loads(answer.out)
    assert (answer.status, row["failure"], row["version"]) == (1, "not kept", None)
    assert row["reason"].endswith(": no room")
    assert "  it could not be kept                1" in answer.err


def test_records_of_one_page_are_fetched_once(run: Run, server: PageServer, tmp_path: Path) -> None:
    url = server.add("/page", a_page("page"))
    root = served_corpus(tmp_path, {"one": url, "two": f"{url}?utm_source=mail"})
    answer = run("fetch", "--all", "--format", "tsv", "--corpus", root)
    assert len(answer.lines) == 1
    assert len(pages_asked_for(server)) == 1


def test_private_addresses_are_requested_only_if_the_setting_allows_it(
    run: Run, server: PageServer, tmp_path: Path
) -> None:
    root = served_corpus(tmp_path, {"page": server.add("/page", a_page("page"))})
    (tmp_path / "config" / "config.toml").unlink()
    answer = run("fetch", "--corpus", root)
    assert answer.status == 1
    assert answer.lines[-1] == "  our own rules forbid it             1"
    assert server.requests == []


def test_an_empty_selection_fetches_nothing(run: Run, server: PageServer, tmp_path: Path) -> None:
    root = served_corpus(tmp_path, {"page": server.add("/page", a_page("page"))})
    answer = run("fetch", "nothing-like-this", "--corpus", root)
    assert (answer.status, answer.out, answer.err) == (1, "", "Nothing was found.\n")


def test_show_makes_no_request(run: Run, server: PageServer, tmp_path: Path) -> None:
    root = served_corpus(tmp_path, {"page": server.add("/page", a_page("page"))})
    answer = run("show", "page.md", "--text", "--corpus", root)
    assert answer.status == 1
    assert "no text of its page is kept" in answer.err
    assert "WHO" not in answer.err
    assert answer.out.startswith("page\n")
    assert server.requests == []
    command = answer.err.split("kept. ")[1].split(" fetches it")[0]
    assert command == "newsreader fetch --all 'path:\"page.md\"'"
    assert run("fetch", "--all", 'path:"page.md"', "--corpus", root).status == 0
    assert run("show", "page.md", "--text", "--corpus", root).status == 0


def test_show_includes_the_text_in_json_and_markdown(run: Run, server: PageServer, tmp_path: Path) -> None:
    page = a_page("page")
    root = served_corpus(tmp_path, {"page": server.add("/page", page), "other": server.url("/other")})
    run("fetch", "--corpus", root)
    told = json.loads(run("show", "page.md", "--text", "--json", "--corpus", root).out)
    assert told["text"]["version"] == "web"
    assert told["text"]["url"] == server.url("/page")
    assert "<p>page, part 1." in told["text"]["html"]
    assert "text" not in json.loads(run("show", "page.md", "--json", "--corpus", root).out)
    assert json.loads(run("show", "other.md", "--text", "--json", "--corpus", root).out)["text"] is None
    assert (
        "\npage, part 1. The committee"
        in run("show", "page.md", "--text", "--format", "md", "--corpus", root).out
    )
    assert "part 1" not in run("show", "page.md", "--format", "md", "--corpus", root).out
    assert "part 1" not in run("show", "page.md", "--corpus", root).out
