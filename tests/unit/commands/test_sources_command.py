"""`newsreader sources` from its command line to its exit status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from newsreader.cli import main
from newsreader.settings import paths
from tests.web.server import PageServer, Reply

FEED = '<rss version="2.0"><channel><item><title>One</title></item></channel></rss>'


@pytest.fixture(autouse=True)
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(paths, "state_dir", lambda: tmp_path / "state")
    monkeypatch.setattr(paths, "config_file", lambda: tmp_path / "config.toml")
    (tmp_path / "corpus").mkdir()
    return tmp_path / "config.toml"


def test_the_health_of_sources_is_listed(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with PageServer() as server:
        server.add("/feed", Reply(FEED))
        for name, place in (("good", "/feed"), ("dead", "/gone")):
            with config.open("a") as file:
                file.write(
                    f'[sources.{name}]\ncorpus = "{config.parent}/corpus"\nfeed = "{server.url(place)}"\n'
                )
        main(["sources"])
        assert capsys.readouterr().out.count("never synced") == 2
        main(["sync"])
    capsys.readouterr()
    assert main(["sources"]) == 0
    output = capsys.readouterr().out
    assert f"1 new in all, {len(FEED)} bytes" in output
    assert "no success yet" in output
    assert "failing since 20" in output
    main(["sources", "--json"])
    values = json.loads(capsys.readouterr().out)
    assert [(one["name"], bool(one["health"]["error"])) for one in values] == [
        ("good", False),
        ("dead", True),
    ]


def test_the_average_interval_between_records_is_listed(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    items = "".join(
        f"<item><title>{n}</title><pubDate>2024-04-0{n}T06:00:00Z</pubDate></item>" for n in (1, 2, 4)
    )
    with PageServer() as server:
        server.add("/feed", Reply(f'<rss version="2.0"><channel>{items}</channel></rss>'))
        config.write_text(
            f'[sources.blog]\ncorpus = "{config.parent}/corpus"\nfeed = "{server.url("/feed")}"\n'
        )
        main(["sync"])
    capsys.readouterr()
    main(["sources"])
    assert "; a record every 1 d 12 h" in capsys.readouterr().out


def test_sources_are_changed_by_name(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config.write_text('[sources.lab]\ncorpus = "~/c"\nfeed = "https://lab.example/"\n')
    assert main(["sources", "--disable", "lab"]) == 0
    main(["sources"])
    assert "(disabled)" in capsys.readouterr().out
    assert main(["sources", "--enable", "lab"]) == 0
    assert main(["sources", "--rename", "lab", "new"]) == 0
    assert main(["sources", "--opml"]) == 0
    assert 'text="new"' in capsys.readouterr().out
    assert main(["sources", "--remove", "new"]) == 0
    assert main(["sources", "--remove", "new"]) == 2
    assert main(["sources"]) == 1
