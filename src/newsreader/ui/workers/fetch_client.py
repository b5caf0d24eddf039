"""What the screen asks of the network: sent to the fetching process, answered to whoever asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from newsreader.ui.message_router import handles
from newsreader.ui.messages import FetchAnswered

if TYPE_CHECKING:
    from textual.screen import Screen

    from newsreader.domain.page_text import Candidate, PageText
    from newsreader.web.fetch.client import Fetcher
    from newsreader.web.fetch.protocol import Answer

Take = Callable[["Answer"], None]


class FetchClient:
    """Asks, and hands each answer to whoever waits for it. Nothing is started before something is asked.

    Args:
        screen: Runs the worker that listens, and receives `FetchAnswered`.
        private_addresses: Whether pages of this machine and the local network may be fetched.

    """

    def __init__(self, screen: Screen[None], *, private_addresses: bool) -> None:
        self._screen = screen
        self._private_addresses = private_addresses
        self._fetcher: Fetcher | None = None
        self._waiting: dict[int, Take] = {}

    def fetch_page(self, candidates: Sequence[Candidate], kept: PageText | None, take: Take) -> int:
        """Ask for the text of a page; gives the number of the request. Answers come to `take`."""
        number = self._running().fetch_page(candidates, kept)
        self._waiting[number] = take
        return number

    def fetch_picture(self, url: str, width: int, height: int, take: Take) -> int:
        """Ask for a picture that takes at most so many pixels; like `fetch_page`."""
        from newsreader.web.fetch.protocol import PICTURE

        number = self._running().ask(PICTURE, url=url, width=width, height=height)
        self._waiting[number] = take
        return number

    def cancel(self, number: int) -> None:
        """Give a request up; from now on nothing answers it."""
        if self._waiting.pop(number, None) is not None and self._fetcher is not None:
            self._fetcher.cancel(number)

    @handles(FetchAnswered)
    def take(self, message: FetchAnswered) -> None:
        """Pass an answer of the process to whoever waits for it."""
        answer = message.answer
        from newsreader.web.fetch.protocol import Stage

        if isinstance(answer, Stage):
            take = self._waiting.get(answer.id)
        else:
            take = self._waiting.pop(answer.id, None)
        if take is not None:
            take(answer)

    def stop(self) -> None:
        """End the process; what was asked for is not answered any more."""
        self._waiting.clear()
        if self._fetcher is not None:
            self._fetcher.stop()

    def _running(self) -> Fetcher:
        if self._fetcher is None:
            from newsreader.web.fetch.client import Fetcher

            self._fetcher = fetcher = Fetcher(private_addresses=self._private_addresses)

            def listen() -> None:
                for answer in fetcher.answers():
                    self._screen.post_message(FetchAnswered(answer))

            self._screen.run_worker(listen, thread=True, group="watch", exit_on_error=False)
        return self._fetcher
