"""The client of the fetch process: sends requests, and passes each answer to its handler."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from newsreader.keymap.active import key_of
from newsreader.ui.messages import FetchAnswered, handles

if TYPE_CHECKING:
    from textual.screen import Screen

    from newsreader.domain.page_text import Candidate, PageText
    from newsreader.web.fetch.client import Fetcher
    from newsreader.web.fetch.protocol import Answer

AnswerHandler = Callable[["Answer"], None]


class FetchClient:
    """Sends requests, and passes each answer to its handler. The process starts with the first request."""

    def __init__(self, screen: Screen[None], *, private_addresses: bool) -> None:
        self._screen = screen
        self._private_addresses = private_addresses
        self._fetcher: Fetcher | None = None
        self._handlers: dict[int, AnswerHandler] = {}

    def fetch_page(
        self, candidates: Sequence[Candidate], kept: PageText | None, handle: AnswerHandler
    ) -> int:
        """Request the text of a page; return the number of the request."""
        number = self._running().fetch_page(candidates, kept)
        self._handlers[number] = handle
        return number

    def fetch_picture(self, url: str, width: int, height: int, handle: AnswerHandler) -> int:
        """Request a picture of at most so many pixels; return the number of the request."""
        from newsreader.web.fetch.protocol import PICTURE

        number = self._running().ask(PICTURE, url=url, width=width, height=height)
        self._handlers[number] = handle
        return number

    def cancel(self, number: int) -> None:
        """Cancel a request; its handler is not called any more."""
        if self._handlers.pop(number, None) is not None and self._fetcher is not None:
            self._fetcher.cancel(number)

    @handles(FetchAnswered)
    def handle_answer(self, message: FetchAnswered) -> None:
        """Pass an answer of the process to its handler."""
        answer = message.answer
        from newsreader.web.fetch.protocol import Stage

        if isinstance(answer, Stage):
            handle = self._handlers.get(answer.id)
        else:
            handle = self._handlers.pop(answer.id, None)
        if handle is not None:
            handle(answer)

    def stop(self) -> None:
        """End the process and drop all requests."""
        self._handlers.clear()
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


def under_way(stage: str) -> str:
    """Return the progress message of a request, with the key that stops it."""
    return f"{stage.removesuffix('…').rstrip()} …; {key_of('step_back')} stops it"
