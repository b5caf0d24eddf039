"""Adding a source: what is meant by what was typed, and what is written to the settings."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from newsreader.app.add_source import (
    AddError,
    SourceOptions,
    candidates_of,
    corpus_beside,
    corpus_for,
    declare,
    declare_corpus,
    find_candidates,
    local_candidate,
    web_address,
    with_declared,
)
from newsreader.app.source_settings import SettingsWriteError, change_settings
from newsreader.settings import paths
from newsreader.settings.model import Settings, load_settings
from newsreader.settings.sources import DeclaredSource
from newsreader.web.sources.discovery import Candidate
from newsreader.web.sources.plan import SourceKind
from tests.web.server import PageServer, Reply

BLOG = Candidate(SourceKind.FEED, "https://blog.example/feed", "The Blog")


@pytest.fixture(autouse=True)
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "config" / "config.toml"
    monkeypatch.setattr(paths, "config_file", lambda: file)
    monkeypatch.setenv("HOME", str(tmp_path))
    return file


def values(config: Path) -> dict[str, object]:
    return tomllib.loads(config.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("lab.example", "https://lab.example"),
        (" lab.example:8080/feed ", "https://lab.example:8080/feed"),
        ("http://lab.example/", "http://lab.example/"),
        ("feed://lab.example/x", "https://lab.example/x"),
        ("feed:http://lab.example/x", "http://lab.example/x"),
        ("feeds", "feeds"),
        ("./feeds.opml", "./feeds.opml"),
        ("me@lab.example", "me@lab.example"),
    ],
)
def test_an_address_may_be_typed_in_short(typed: str, address: str) -> None:
    assert web_address(typed) == address


def test_the_first_source_makes_its_corpus(config: Path, tmp_path: Path) -> None:
    added = declare(BLOG, SourceOptions(("AI",), 50, "_blogs"), "~/news")
    assert values(config) == {
        "corpora": {"news": "~/news"},
        "sources": {
            "the-blog": {
                "corpus": "news",
                "feed": BLOG.url,
                "topics": ["AI"],
                "quality": 50,
                "folder": "_blogs",
            }
        },
    }
    assert (added.name, added.root) == ("the-blog", tmp_path / "news")
    assert added.root.is_dir()
    assert added.table.startswith("[sources.the-blog]\n")
    assert load_settings(config).complaints == []


def test_a_second_source_goes_to_the_same_corpus(config: Path, tmp_path: Path) -> None:
    declare(BLOG, SourceOptions(), "~/news")
    for corpus in ("news", str(tmp_path / "news")):
        other = Candidate(SourceKind.LISTING, f"https://other.example/{len(corpus)}")
        assert declare(other, SourceOptions(), corpus).root == tmp_path / "news"
    settings = load_settings(config).settings
    assert settings.corpora == {"news": "~/news"}
    assert [(one.name, one.corpus, one.kind) for one in settings.sources] == [
        ("the-blog", "news", "feed"),
        ("other-example", "news", "listing"),
        ("other-example-2", "news", "listing"),
    ]


def test_a_corpus_outside_the_home_folder_is_written_in_full(
    config: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    declare(BLOG, SourceOptions(), str(tmp_path / "elsewhere"))
    assert values(config)["corpora"] == {"elsewhere": str(tmp_path / "elsewhere")}


def test_a_source_is_added_once_to_a_corpus() -> None:
    declare(BLOG, SourceOptions(), "~/news")
    same = BLOG._replace(url="https://blog.example/feed/")
    with pytest.raises(AddError, match="This is the source “the-blog” already"):
        declare(same, SourceOptions(), "~/news")
    assert declare(same, SourceOptions(), "~/other").name == "the-blog-2"


def test_a_folder_becomes_a_corpus_once(config: Path, tmp_path: Path) -> None:
    (tmp_path / "My Notes").mkdir()
    assert declare_corpus(tmp_path / "My Notes") == "my-notes"
    assert values(config) == {"corpora": {"my-notes": "~/My Notes"}}
    with pytest.raises(AddError, match="corpus “my-notes” already"):
        declare_corpus(tmp_path / "My Notes")


def test_without_a_choice_the_corpus_is_that_of_the_first_source_or_of_the_settings() -> None:
    source = DeclaredSource("a", "second", "feed", BLOG.url)
    assert corpus_for(Settings(corpora={"first": "x", "second": "y"}, sources=(source,))) == "second"
    assert corpus_for(Settings(corpora={"first": "x"})) == "first"
    assert corpus_for(Settings()) == ""


def test_a_file_is_a_list_of_feeds(tmp_path: Path) -> None:
    (tmp_path / "feeds.opml").write_text("<opml><body/></opml>")
    assert local_candidate(str(tmp_path / "feeds.opml")) == Candidate(
        SourceKind.OPML, str(tmp_path / "feeds.opml"), "feeds"
    )
    assert local_candidate("lab.example") is None


def test_a_file_that_is_no_list_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("hello")
    with pytest.raises(AddError, match="not OPML"):
        local_candidate(str(tmp_path / "x.txt"))
    with pytest.raises(AddError, match="cannot be read"):
        local_candidate(str(tmp_path / "none.opml"))


def test_an_address_is_asked_for_its_feeds() -> None:
    with PageServer() as server:
        server.add("/", Reply('<link rel="alternate" type="application/rss+xml" href="/feed" title="B">'))
        found = find_candidates(server.url("/"), private_addresses=False)
        assert found == [Candidate(SourceKind.FEED, server.url("/feed"), "B")]
        server.add("/", Reply("<html>"))
        with pytest.raises(AddError, match="no feed was found"):
            find_candidates(server.url("/"), private_addresses=False)
        with pytest.raises(AddError, match="browser"):
            find_candidates(server.url("/gone"), private_addresses=False)


def test_a_link_to_the_settings_and_their_permissions_stay(tmp_path: Path) -> None:
    real, link = tmp_path / "dotfiles.toml", tmp_path / "config.toml"
    real.write_text("a = 1\n")
    real.chmod(0o600)
    link.symlink_to(real)
    change_settings(link, lambda text: text + "b = 2\n")
    assert link.is_symlink()
    assert real.read_text() == "a = 1\nb = 2\n"
    assert real.stat().st_mode & 0o777 == 0o600


def test_settings_that_cannot_be_changed_have_a_message(config: Path) -> None:
    config.parent.mkdir()
    config.write_text("order = \n")
    with pytest.raises(SettingsWriteError, match=r"Change it by hand"):
        declare(BLOG, SourceOptions(), "~/news")
    config.write_bytes(b"\xff")
    with pytest.raises(SettingsWriteError, match=r"not UTF-8"):
        declare(BLOG, SourceOptions(), "~/news")
    config.unlink()
    config.mkdir()
    with pytest.raises(SettingsWriteError, match=r"cannot be changed"):
        declare(BLOG, SourceOptions(), "~/news")


def test_a_source_goes_to_the_corpus_that_is_shown_but_not_to_the_sample(tmp_path: Path) -> None:
    sample = paths.shipped("sample_content")
    assert corpus_beside(Settings(), tmp_path) == str(tmp_path)
    assert corpus_beside(Settings(), sample) == "~/news"
    assert corpus_beside(Settings(corpora={"lab": "~/lab"}), sample) == "lab"


def test_candidates_come_from_a_file_or_an_address(tmp_path: Path) -> None:
    file = tmp_path / "feeds.opml"
    file.write_text(
        '<opml><body><outline xmlUrl="https://blog.example/feed"/></body></opml>', encoding="utf-8"
    )
    (listed,) = candidates_of(str(file), private_addresses=False)
    assert (listed.kind, listed.url) == (SourceKind.OPML, str(file.resolve()))
    with PageServer() as server:
        server.add("/feed", Reply("<rss version='2.0'><channel><title>Lab</title></channel></rss>"))
        (feed,) = candidates_of(server.url("/feed"), private_addresses=False)
        assert (feed.kind, feed.title) == (SourceKind.FEED, "Lab")


def test_what_the_file_declares_replaces_sources_and_nothing_else(tmp_path: Path) -> None:
    declare(BLOG, SourceOptions(), str(tmp_path / "blogs"))
    settings = with_declared(Settings(theme="nord", watch=False))
    assert [source.address for source in settings.sources] == [BLOG.url]
    assert settings.corpora == {"blogs": "~/blogs"}
    assert (settings.theme, settings.watch) == ("nord", False)
