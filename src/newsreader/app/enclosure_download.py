"""Downloading the enclosure of a story into the folder of the settings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from newsreader.domain.sanitize import clean_line
from newsreader.web.fetch.download import Download, DownloadStoppedError, file_name_of
from newsreader.web.http.error_messages import format_size
from newsreader.web.http.errors import WebError

if TYPE_CHECKING:
    from newsreader.domain.record import Enclosure
    from newsreader.settings.model import Settings


class EnclosureDownload:
    """One download. `run` blocks: call it from a thread; `stop` ends it from any other.

    Attributes:
        name: Of the file, for messages.

    """

    def __init__(self, enclosure: Enclosure, settings: Settings) -> None:
        self._folder = Path(settings.downloads).expanduser()
        self.name = clean_line(file_name_of(enclosure.url, enclosure.type))
        self._size = enclosure.size
        self._download = Download(
            enclosure.url,
            self._folder,
            type_=enclosure.type,
            private_addresses=settings.private_addresses,
        )

    def run(self, on_progress: Callable[[str], None]) -> str:
        """Download the file; `on_progress` is called with each step in words. Return how it ended."""
        shown = -1

        def tell(received: int, total: int) -> None:
            nonlocal shown
            total = total or self._size
            step = received * 100 // total if total else received // 1_000_000
            if step != shown:
                shown = step
                of = f" of {format_size(total)} · {min(step, 100)} %" if total else ""
                on_progress(f"{self.name}: {format_size(received)}{of}")

        try:
            path = self._download.run(tell)
        except DownloadStoppedError:
            return f"Stopped; nothing of {self.name} was kept."
        except WebError as error:
            return f"{self.name} was not downloaded: {error}."
        except OSError as error:
            return (
                f"{clean_line(str(self._folder))}: {error.strerror or error}. "
                "The setting downloads names another folder."
            )
        return f"Downloaded {clean_line(str(path))}."

    def stop(self) -> None:
        """Stop the download; nothing of it is kept."""
        self._download.stop()
