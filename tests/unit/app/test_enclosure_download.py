"""What is said of a download: its progress, and how it ended."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsreader.app.enclosure_download import EnclosureDownload
from newsreader.domain.record import Enclosure
from newsreader.settings.model import Settings
from newsreader.web.fetch.download import Download, DownloadStoppedError
from newsreader.web.http.error_messages import failed_status
from tests.web.server import PageServer, Reply

URL = "https://news.example/media/one.mp3"


def a_download(folder: Path, url: str = URL, size: int = 0) -> EnclosureDownload:
    settings = Settings(downloads=str(folder), private_addresses=True)
    return EnclosureDownload(Enclosure(url, "audio/mpeg", size), settings)


def steps_of(
    monkeypatch: pytest.MonkeyPatch, folder: Path, *received: int, total: int = 0, size: int = 0
) -> list[str]:
    """Return what is told while so many bytes have come in."""

    def run_here(_: Download, on_progress: object) -> Path:
        assert callable(on_progress)
        for number in received:
            on_progress(number, total)
        return folder / "one.mp3"

    monkeypatch.setattr(Download, "run", run_here)
    told: list[str] = []
    assert a_download(folder, size=size).run(told.append) == f"Downloaded {folder / 'one.mp3'}."
    return told


def test_a_file_is_downloaded_into_the_folder_of_the_settings(tmp_path: Path) -> None:
    with PageServer() as server:
        server.add("/one.mp3", Reply(b"x" * 1_000))
        told: list[str] = []
        download = a_download(tmp_path / "pods", server.url("/one.mp3"))
        assert download.run(told.append) == f"Downloaded {tmp_path / 'pods' / 'one.mp3'}."
    assert told[-1] == "one.mp3: 1 kB of 1 kB · 100 %"


def test_progress_is_told_once_a_percent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = steps_of(monkeypatch, tmp_path, 0, 10_000, 2_000_000, 2_000_001, total=4_000_000)
    assert told == ["one.mp3: 0 bytes of 4 MB · 0 %", "one.mp3: 2 MB of 4 MB · 50 %"]


def test_the_size_of_the_feed_serves_where_the_server_tells_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = steps_of(monkeypatch, tmp_path, 2_000_000, 6_000_000, size=4_000_000)
    assert told == ["one.mp3: 2 MB of 4 MB · 50 %", "one.mp3: 6 MB of 4 MB · 100 %"]


def test_without_any_size_each_megabyte_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = steps_of(monkeypatch, tmp_path, 10, 20, 1_500_000)
    assert told == ["one.mp3: 10 bytes", "one.mp3: 1.5 MB"]


def test_a_failure_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def run_here(_: Download, __: object) -> Path:
        raise failed_status(URL, 404, "", 0)

    monkeypatch.setattr(Download, "run", run_here)
    said = a_download(tmp_path).run(lambda _: None)
    assert said == "one.mp3 was not downloaded: news.example: has no such page (404)."


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    said = a_download(tmp_path / "file").run(lambda _: None)
    assert said == f"{tmp_path / 'file'}: File exists. The setting downloads names another folder."


def test_a_stop_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stopped: list[Download] = []

    def stop(download: Download) -> None:
        stopped.append(download)

    def run_here(download: Download, _: object) -> Path:
        assert stopped == [download]
        raise DownloadStoppedError

    monkeypatch.setattr(Download, "stop", stop)
    monkeypatch.setattr(Download, "run", run_here)
    download = a_download(tmp_path)
    download.stop()
    assert download.run(lambda _: None) == "Stopped; nothing of one.mp3 was kept."
