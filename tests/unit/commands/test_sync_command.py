"""`newsreader sync` from its command line to its exit status."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from newsreader.cli import main
from newsreader.settings import paths
from newsreader.web.sync import source_run
from tests.web.server import PageServer, Reply
from tests.web.sites import a_value, files, serve_listing

FEED = '<rss version="2.0"><channel><item><title>One</title><guid>1</guid></item></channel></rss>'


@pytest.fixture
def server() -> Iterator[PageServer]:
    with PageServer() as server:
        yield server


@pytest.fixture(autouse=True)
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The settings file, in a folder where nobody else has anything."""
    monkeypatch.setattr(paths, "cache_dir", lambda: tmp_path / "cache")
    monkeypatch.setattr(paths, "state_dir", lambda: tmp_path / "state")
    monkeypatch.setattr(paths, "config_file", lambda: tmp_path / "config.toml")
    monkeypatch.delenv("NEWSREADER_CORPUS", raising=False)
    (tmp_path / "corpus").mkdir()
    (tmp_path / "second").mkdir()
    return tmp_path / "config.toml"


def declare(config: Path, server: PageServer) -> None:
    server.add("/feed", Reply(FEED, etag='"1"'))
    listing = serve_listing(server, [[a_value(1), a_value(2)]])
    config.write_text(
        f'[corpora]\nai = "{config.parent / "corpus"}"\n'
        f'[sources.site]\ncorpus = "ai"\nlisting = "{listing}"\n'
        f'[sources.blog]\ncorpus = "{config.parent / "second"}"\nfeed = "{server.url("/feed")}"\n'
        f'[sources.asleep]\ncorpus = "ai"\nfeed = "{server.url("/gone")}"\nenabled = false\n'
    )


def test_all_enabled_sources_are_synced_to_their_corpora(
    config: Path, server: PageServer, capsys: pytest.CaptureFixture[str]
) -> None:
    declare(config, server)
    assert main(["sync"]) == 0
    assert capsys.readouterr().out == "site: 2 new\nblog: 1 new\n"
    assert list(files(config.parent)) == [a_value(1)["path"], a_value(2)["path"]]
    assert (config.parent / "second" / "_news" / "one.md").is_file()
    assert main(["sync"]) == 0
    assert capsys.readouterr().out == "site: nothing new\nblog: nothing new\n"


def test_a_source_is_selected_by_name_or_corpus(
    config: Path, server: PageServer, capsys: pytest.CaptureFixture[str]
) -> None:
    declare(config, server)
    assert main(["sync", "blog", "--dry-run"]) == 0
    assert capsys.readouterr().out == "blog: would bring 1 new\n  new: _news/one.md\n"
    assert list((config.parent / "second").iterdir()) == []
    assert main(["sync", "--corpus", "ai"]) == 0
    assert capsys.readouterr().out == "site: 2 new\n"
    assert main(["sync", "asleep"]) == 1
    assert capsys.readouterr().out.startswith("asleep: ")


def test_the_report_as_json(config: Path, server: PageServer, capsys: pytest.CaptureFixture[str]) -> None:
    declare(config, server)
    assert main(["sync", "--json", "site"]) == 0
    (report,) = json.loads(capsys.readouterr().out)
    assert report["corpus"] == str((config.parent / "corpus").resolve())
    (source,) = report["sources"]
    assert (source["name"], source["counts"]["new"], source["failure"]) == ("site", 2, "")
    assert source["brought"] == [["new", a_value(1)["path"]], ["new", a_value(2)["path"]]]


def test_a_failing_source_is_reported_and_sets_the_exit_status(
    config: Path, server: PageServer, capsys: pytest.CaptureFixture[str]
) -> None:
    declare(config, server)
    server.add("/feed", Reply("", 500))
    assert main(["sync"]) == 1
    site, blog = capsys.readouterr().out.splitlines()
    assert site == "site: 2 new"
    assert blog.endswith("Try again later.")


def test_the_log_lists_received_records(
    config: Path, server: PageServer, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sync", "--log"]) == 0
    assert capsys.readouterr().out == ""
    declare(config, server)
    main(["sync"])
    capsys.readouterr()
    assert main(["sync", "--log"]) == 0
    lines = [line.split("\t")[1:] for line in capsys.readouterr().out.splitlines()]
    assert lines == [["site", "new", a_value(n)["path"]] for n in (1, 2)] + [["blog", "new", "_news/one.md"]]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["sync"], "No source of fresh records is declared."),
        (["sync", "sitee"], "There is no source “sitee”. Did you mean site?"),
        (["sync", "zzz"], "There is no source “zzz”. There are site, blog, asleep."),
        (["sync", "--corpus", "/elsewhere"], "No source of fresh records is declared for /elsewhere."),
    ],
)
def test_an_undeclared_source_is_reported_with_an_example(
    config: Path,
    server: PageServer,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    words: str,
) -> None:
    if len(arguments) > 1:
        declare(config, server)
    assert main(arguments) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"newsreader: {words}")
    assert "[sources.ai]" in said
    assert server.requests == []


def test_no_enabled_source_is_reported(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config.write_text('[sources.a]\ncorpus = "./x"\nfeed = "https://b.example/"\nenabled = false\n')
    assert main(["sync"]) == 2
    assert "No source is enabled" in capsys.readouterr().err


def test_the_sample_is_never_written_to(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sample = paths.shipped("sample_content")
    config.write_text(f'[sources.a]\ncorpus = "{sample}"\nfeed = "https://b.example/"\n')
    assert main(["sync"]) == 2
    assert "sample corpus, which is never written to" in capsys.readouterr().err


def test_a_missing_corpus_is_reported(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config.write_text('[sources.a]\ncorpus = "./none/such"\nfeed = "https://b.example/"\n')
    assert main(["sync"]) == 2
    assert "there is no such folder" in capsys.readouterr().err


def test_errors_in_the_settings_are_reported_and_the_rest_works(
    config: Path, server: PageServer, capsys: pytest.CaptureFixture[str]
) -> None:
    declare(config, server)
    with config.open("a") as file:
        file.write('[sources.bad]\ncorpus = "ai"\n')
    assert main(["sync", "blog"]) == 0
    captured = capsys.readouterr()
    assert captured.out == "blog: 1 new\n"
    assert "sources.bad: exactly one of listing, feed, opml is needed" in captured.err


def test_due_syncs_what_refreshes_by_itself_and_only_once_an_interval(
    config: Path, server: PageServer, capsys: pytest.CaptureFixture[str]
) -> None:
    declare(config, server)
    assert main(["sync", "--due"]) == 2
    assert 'refresh = "1h"' in capsys.readouterr().err
    config.write_text(config.read_text().replace("[sources.asleep]", 'refresh = "1h"\n[sources.asleep]'))
    assert main(["sync", "--due"]) == 0
    assert capsys.readouterr().out == "blog: 1 new\n"
    asked = len(server.requests)
    assert main(["sync", "--due"]) == 0
    assert capsys.readouterr().out == ""
    assert len(server.requests) == asked


def test_a_busy_server_is_left_alone_as_long_as_it_says(
    config: Path,
    server: PageServer,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = 4_000_000_000
    monkeypatch.setattr(source_run, "time", lambda: now)
    declare(config, server)
    config.write_text(f'refresh = "5m"\n{config.read_text()}')
    server.add("/feed", Reply("", status=503, headers={"Retry-After": "86400"}))
    assert main(["sync", "blog"]) == 1
    capsys.readouterr()
    assert main(["sources", "--json"]) == 0
    site, blog, asleep = json.loads(capsys.readouterr().out)
    assert datetime.fromisoformat(blog["health"]["not_before"]).timestamp() == now + 86_400
    assert (site["next"], blog["next"], asleep["next"]) == (0, now + 86_400, None)
    assert main(["sources"]) == 0
    shown = capsys.readouterr().out
    assert f"; next {blog['health']['not_before']}" in shown
    assert "never synced; due now" in shown
