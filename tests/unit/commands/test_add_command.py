"""`newsreader add` from its command line to the reader."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsreader.cli import main
from newsreader.settings import paths
from tests.web.server import PageServer, Reply

FEED = '<rss version="2.0"><channel><title>Blog</title><item><title>One</title></item></channel></rss>'
PAGE = '<link rel="alternate" type="application/rss+xml" href="/{0}" title="{0}">'


@pytest.fixture
def server() -> Iterator[PageServer]:
    with PageServer() as server:
        server.add("/", Reply(PAGE.format("feed")))
        server.add("/two", Reply(PAGE.format("feed") + PAGE.format("comments")))
        server.add("/feed", Reply(FEED))
        server.add("/comments", Reply(FEED))
        yield server


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home folder."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(paths, "state_dir", lambda: tmp_path / "state")
    monkeypatch.setattr(paths, "config_file", lambda: tmp_path / "config.toml")
    return tmp_path


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The command line of the reader that a terminal would be handed over to."""
    commands: list[str] = []

    def execv(_program: str, arguments: list[str]) -> None:
        commands.extend(arguments[1:])
        raise SystemExit(0)

    monkeypatch.setattr(os, "execv", execv)
    for stream in (sys.stdin, sys.stdout):
        monkeypatch.setattr(stream, "isatty", lambda: True)
    return commands


def answering(monkeypatch: pytest.MonkeyPatch, *answers: str) -> None:
    given = iter(answers)

    def answer(prompt: str) -> str:
        try:
            return next(given)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr("builtins.input", answer)


def test_the_address_of_a_site_is_enough(
    home: Path, server: PageServer, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["add", server.url("/"), "--topic", "AI", "--quality", "7"]) == 0
    output = capsys.readouterr().out
    assert '[sources.feed]\ncorpus = "news"\n' in output
    assert "feed: 1 new" in output
    assert f"Read it: newsreader {home}/news" in output
    (record,) = (home / "news" / "_news").glob("*.md")
    assert "quality: 7" in record.read_text()


def test_a_terminal_ends_in_the_reader(
    home: Path, server: PageServer, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    answering(monkeypatch, "")
    with pytest.raises(SystemExit):
        main(["add", server.url("/")])
    assert opened == ["-m", "newsreader", str(home / "news")]


def test_of_several_feeds_one_is_chosen(
    home: Path, server: PageServer, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    answering(monkeypatch, "9", "2", "~/elsewhere")
    with pytest.raises(SystemExit):
        main(["add", server.url("/two")])
    assert "/comments" in (home / "config.toml").read_text()
    assert opened[-1] == str(home / "elsewhere")


def test_without_a_terminal_the_first_of_several_is_used(
    home: Path, server: PageServer, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["add", server.url("/two"), "--to", "~/x"]) == 0
    assert "2 feeds were found" in capsys.readouterr().out
    assert (home / "x" / "_news").is_dir()


def test_the_end_of_input_cancels(
    home: Path, server: PageServer, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    answering(monkeypatch)
    assert main(["add", server.url("/")]) == 2
    assert not (home / "config.toml").exists()


def test_a_folder_becomes_a_corpus(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "notes").mkdir()
    assert main(["add", str(home / "notes")]) == 0
    assert "Added the corpus “notes”" in capsys.readouterr().out


def test_a_list_of_feeds_is_synced_whole(home: Path, server: PageServer) -> None:
    outlines = "".join(f'<outline xmlUrl="{server.url(place)}"/>' for place in ("/feed", "/comments"))
    (home / "config.toml").write_text("private_addresses = true\n")
    (home / "feeds.opml").write_text(f"<opml><body>{outlines}</body></opml>")
    assert main(["add", str(home / "feeds.opml")]) == 0
    assert len(list((home / "news" / "_news").glob("*.md"))) == 2


def test_a_first_sync_that_fails_is_told(home: Path, server: PageServer) -> None:
    server.add("/feed", Reply("", 500))
    assert main(["add", server.url("/")]) == 1
    assert "[sources.feed]" in (home / "config.toml").read_text()


def test_an_empty_feed_opens_nothing(home: Path, server: PageServer, opened: list[str]) -> None:
    server.add("/feed", Reply('<rss version="2.0"><channel/></rss>'))
    assert main(["add", server.url("/"), "--to", "~/news"]) == 0
    assert opened == []


@pytest.mark.parametrize("option", [("--quality", "x"), ("--quality", "1001"), ("--folder", "news")])
def test_an_invalid_option_is_refused(option: tuple[str, str]) -> None:
    with pytest.raises(SystemExit):
        main(["add", "lab.example", *option])
