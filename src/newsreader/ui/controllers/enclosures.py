"""Choosing an enclosure of a story, and downloading it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from newsreader.keymap.active import key_of
from newsreader.ui.messages import DownloadEnded, DownloadMoved, handles

if TYPE_CHECKING:
    from newsreader.app.enclosure_download import EnclosureDownload
    from newsreader.domain.record import Enclosure
    from newsreader.domain.story_page import StoryPage
    from newsreader.settings.model import Settings
    from newsreader.ui.controllers.context import ScreenContext


def with_enclosure(
    context: ScreenContext, page: StoryPage, verb: str, use: Callable[[Enclosure], None]
) -> None:
    """Call `use` with the enclosure of a story, or the one that the reader chooses."""
    enclosures = page.record.enclosures
    if not enclosures:
        context.tell(f"This story has no enclosure to {verb}.")
    elif len(enclosures) == 1:
        use(enclosures[0])
    else:
        from newsreader.ui.dialogs.chooser import Choice, ChooserScreen

        choices = [Choice(enclosure.label or enclosure.url, enclosure.url) for enclosure in enclosures]
        context.push(
            ChooserScreen(verb.capitalize(), choices),
            lambda index: None if index is None else use(enclosures[index]),
        )


def _start(enclosure: Enclosure, settings: Settings) -> EnclosureDownload:
    from newsreader.app.enclosure_download import EnclosureDownload

    return EnclosureDownload(enclosure, settings)


class DownloadController:
    """Downloads one enclosure at a time, and shows its progress.

    Attributes:
        start: Prepares a download.

    """

    def __init__(self, context: ScreenContext) -> None:
        self._context = context
        self._running: EnclosureDownload | None = None
        self.start: Callable[[Enclosure, Settings], EnclosureDownload] = _start

    def download(self, page: StoryPage) -> None:
        """Download the enclosure of a story, or the one that the reader chooses."""
        with_enclosure(self._context, page, "download", self._begin)

    def cancel(self) -> bool:
        """Stop the download; return False if there is none."""
        if self._running is None:
            return False
        self._running.stop()
        return True

    @handles(DownloadMoved)
    def show_progress(self, message: DownloadMoved) -> None:
        """Show how much has come in."""
        if self._running is not None:
            self._context.status.progress = message.words

    @handles(DownloadEnded)
    def report(self, message: DownloadEnded) -> None:
        """Say how the download ended."""
        self._running = None
        self._context.status.progress = ""
        self._context.tell(message.words)

    def _begin(self, enclosure: Enclosure) -> None:
        if self._running is not None:
            self._context.tell(f"{self._running.name} is on its way; {key_of('step_back')} stops that.")
            return
        self._running = download = self.start(enclosure, self._context.settings)
        self._context.status.progress = f"{download.name}: asking …"

        def work() -> None:
            words = download.run(lambda step: self._context.post(DownloadMoved(step)))
            self._context.post(DownloadEnded(words))

        self._context.run_in_thread(work, "download")
