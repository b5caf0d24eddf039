"""Downloads against a server on loopback: whole files, and none where one fails or is stopped."""

from __future__ import annotations

from pathlib import Path
from threading import Thread

import pytest

from newsreader.web.fetch import download as module
from newsreader.web.fetch.download import Download, DownloadStoppedError, file_name_of
from newsreader.web.http.client import Limits
from newsreader.web.http.errors import WebError
from tests.web.server import Delivery, PageServer, Reply

EPISODE = bytes(range(256)) * 1_000


def test_a_file_is_downloaded_with_progress_and_replaces_none(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    with PageServer() as server:
        server.add("/old", Reply("", 302, headers={"Location": "/media/one.mp3"}))
        server.add("/media/one.mp3", Reply(EPISODE, content_type="audio/mpeg"))
        folder = tmp_path / "new" / "folder"
        for url, name in (
            ("/old", "old.mp3"),
            ("/media/one.mp3", "one.mp3"),
            ("/media/one.mp3", "one-2.mp3"),
        ):
            wanted = Download(server.url(url), folder, type_="audio/mpeg", private_addresses=True)
            assert wanted.run(lambda *step: told.append(step)) == folder / name
            assert (folder / name).read_bytes() == EPISODE
        assert told[-1] == (len(EPISODE), len(EPISODE))
        assert server.requests[-1].headers["accept-encoding"] == "identity"
    assert len(list(folder.iterdir())) == 3


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (Reply("", 404), "404"),
        (Reply(EPISODE, delivery=Delivery.CUT_SHORT), "broke off"),
        (Reply(EPISODE, delivery=Delivery.ENDLESS), "more than 1 MB"),
        (Reply(EPISODE, packing="gzip"), "packed in a way that was not asked for"),
    ],
)
def test_a_download_that_fails_leaves_no_file(
    tmp_path: Path, reply: Reply, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_LIMITS", Limits(body=1_000_000))
    with PageServer() as server:
        server.add("/one.mp3", reply)
        with pytest.raises(WebError, match=words):
            Download(server.url("/one.mp3"), tmp_path, private_addresses=True).run()
    assert list(tmp_path.iterdir()) == []


def test_a_private_address_is_not_asked(tmp_path: Path) -> None:
    with PageServer() as server:
        with pytest.raises(WebError, match="private"):
            Download(server.url("/one.mp3"), tmp_path).run()
        assert server.requests == []


def test_a_download_is_stopped_while_the_server_is_silent(tmp_path: Path) -> None:
    with PageServer() as server:
        server.add("/one.mp3", Reply(EPISODE, delivery=Delivery.STALLED))
        wanted = Download(server.url("/one.mp3"), tmp_path, private_addresses=True)

        def stop(received: int, _: int) -> None:
            if received == len(EPISODE) // 2:
                Thread(target=wanted.stop).start()

        with pytest.raises(DownloadStoppedError):
            wanted.run(stop)
    assert list(tmp_path.iterdir()) == []
    wanted.stop()  # once more does no harm


def test_a_download_that_is_stopped_before_it_begins_asks_nobody(tmp_path: Path) -> None:
    with PageServer() as server:
        wanted = Download(server.url("/one.mp3"), tmp_path, private_addresses=True)
        wanted.stop()
        with pytest.raises(DownloadStoppedError):
            wanted.run()
        assert server.requests == []


@pytest.mark.parametrize(
    ("url", "type_", "name"),
    [
        ("https://a.example/media/One%20two.mp3?token=1", "audio/mpeg", "One two.mp3"),
        ("https://a.example/..%2f..%2fetc%2fpasswd", "", "etc-passwd"),
        ("https://a.example/.hidden.mp3", "", "hidden.mp3"),
        ("https://a.example/a%1b%5b31mb.ogg", "", "ab.ogg"),
        ("https://a.example/", "audio/mpeg", "a.example.mp3"),
        ("https://a.example/episode", "application/pdf", "episode.pdf"),
        ("https://a.example/episode.a-very-long-ending", "", "episode.a-very-long-ending"),
        (f"https://a.example/{'x' * 300}.mp3", "", f"{'x' * 150}.mp3"),
        ("https://a.example/...", "", "a.example"),
    ],
)
def test_the_address_names_the_file(url: str, type_: str, name: str) -> None:
    assert file_name_of(url, type_) == name
