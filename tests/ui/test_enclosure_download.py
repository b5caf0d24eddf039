"""An enclosure is downloaded at a key, with progress, and can be stopped."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from queue import SimpleQueue

from textual.pilot import Pilot

from newsreader.domain.record import Enclosure
from newsreader.settings.model import Settings
from newsreader.ui.dialogs.chooser import ChooserScreen
from tests.ui.harness import a_story, main_screen, press, reading_files, status, until

PARTS = {
    "None": [],
    "One": [{"url": "https://news.example/one.mp3", "type": "audio/mpeg"}],
    "Two": [{"url": "https://news.example/two.mp3"}, {"url": "https://news.example/three.ogg"}],
}


class DownloadHere:
    """Stands in for a download: tells what it is told to, and ends with the last step."""

    def __init__(self, enclosure: Enclosure, _: Settings) -> None:
        self.name = enclosure.url.rpartition("/")[2]
        self.is_stopped = False
        self.steps: SimpleQueue[tuple[str, bool]] = SimpleQueue()

    def run(self, on_progress: Callable[[str], None]) -> str:
        while True:
            words, is_last = self.steps.get()
            if is_last:
                return words
            on_progress(words)

    def stop(self) -> None:
        self.is_stopped = True
        self.steps.put(("Stopped.", True))


@asynccontextmanager
async def listening(folder: Path) -> AsyncIterator[tuple[Pilot[None], list[DownloadHere]]]:
    """Show three stories; the downloads that are started are kept."""
    begun: list[DownloadHere] = []

    def start(enclosure: Enclosure, settings: Settings) -> DownloadHere:
        begun.append(DownloadHere(enclosure, settings))
        return begun[-1]

    files = {
        f"_news/{number}.md": a_story(number + 1, title=title, heat=99 - number, enclosures=parts)
        for number, (title, parts) in enumerate(PARTS.items())
    }
    async with reading_files(folder, files) as pilot:
        main_screen(pilot)._downloads.start = start  # type: ignore[assignment]
        yield pilot, begun


async def test_progress_and_the_end_are_shown(tmp_path: Path) -> None:
    async with listening(tmp_path) as (pilot, begun):
        await press(pilot, "W")
        assert status(pilot).message == "This story has no enclosure to download."
        await press(pilot, "j")
        await pilot.press("W")
        await until(pilot, lambda: status(pilot).progress == "one.mp3: asking …")
        begun[0].steps.put(("one.mp3: 1 MB", False))
        await until(pilot, lambda: status(pilot).progress == "one.mp3: 1 MB")
        main_screen(pilot).action_download()
        await until(pilot, lambda: status(pilot).message == "one.mp3 is on its way; esc stops that.")
        begun[0].steps.put(("Downloaded /here/one.mp3.", True))
        await until(pilot, lambda: status(pilot).message == "Downloaded /here/one.mp3.")
        assert status(pilot).progress == ""
        assert len(begun) == 1


async def test_one_of_several_is_chosen_and_stopped(tmp_path: Path) -> None:
    async with listening(tmp_path) as (pilot, begun):
        await press(pilot, "j", "j")
        await pilot.press("W")
        await until(pilot, lambda: isinstance(pilot.app.screen, ChooserScreen))
        await pilot.press("j", "enter")
        await until(pilot, lambda: status(pilot).progress == "three.ogg: asking …")
        await pilot.press("escape")
        await until(pilot, lambda: status(pilot).message == "Stopped.")
        assert status(pilot).progress == ""
        assert len(begun) == 1


async def test_leaving_the_program_stops_a_download(tmp_path: Path) -> None:
    async with listening(tmp_path) as (pilot, begun):
        await press(pilot, "j")
        await pilot.press("W")
        await until(pilot, lambda: len(begun) == 1)
    assert begun[0].is_stopped
