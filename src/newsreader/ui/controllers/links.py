"""Opening links."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from newsreader.domain.pages import LinkAction, PageKind, find_copy, find_page, page_in_words
from newsreader.domain.plural import counted
from newsreader.domain.record import Link, Record
from newsreader.keymap.active import key_of
from newsreader.ui.controllers.context import ScreenContext
from newsreader.ui.controllers.copying import CopyController, without
from newsreader.ui.message_router import handles
from newsreader.ui.messages import LinkOpened

if TYPE_CHECKING:
    from newsreader.browser import BrowserCommand
    from newsreader.domain.story_page import StoryPage


class LinksController:
    """Hands links to the browser, and says on the status line what came of it.

    Args:
        context: Of the main screen.
        copies: Copies them instead.

    """

    def __init__(self, context: ScreenContext, copies: CopyController) -> None:
        self._context = context
        self._copies = copies

    def use(self, use: LinkAction, record: Record) -> None:
        """Do what a key asks for with the links of a story."""
        others = {
            LinkAction.CHOOSE: self.choose,
            LinkAction.COPY: self._copies.copy,
            LinkAction.COPY_AS: self._copies.copy_as,
        }
        if use in others:
            others[use](record)
        else:
            self.open_page(record, PageKind(use.value))

    def open_page(self, record: Record, page: PageKind) -> None:
        """Open a page of a story, or say why that cannot be."""
        link, words = find_page(record, page, key_of)
        if link is None:
            self._context.tell(words)
        else:
            self.open(link, words)

    def open_copy(self, page: StoryPage) -> None:
        """Open an archived copy of a story's page, or say why that cannot be."""
        link, words = find_copy(page.record, page.verdicts)
        if link is None:
            self._context.tell(words)
        else:
            self.open(link, words)

    def open_all(self, links: Sequence[Link], lacking: int) -> None:
        """Hand several links to the browser, one after the other; `lacking` stories have none."""
        if not links:
            self._context.tell("None of these stories has such a page.")
            return
        self._context.tell(f"Opening {counted(len(links), 'page')} …")

        def open_them() -> None:
            for number, link in enumerate(links):
                failure, name = self._launch(link)
                if failure:
                    words = f"Opened {number} of {counted(len(links), 'page')}; {failure}"
                    self._context.post(LinkOpened(words))
                    return
            words = f"Opened {counted(len(links), 'page')} with {name}{without(lacking)}"
            self._context.post(LinkOpened(words))

        self._context.run_in_thread(open_them, "browser")

    def open(self, link: Link, prelude: str = "") -> None:
        """Hand a link to the browser. A browser for terminals gets ours while it runs."""
        page = page_in_words(link)
        self._context.tell(f"{prelude}opening the {page} …")
        done = f"{prelude}opened the {page}"

        def open_it() -> None:
            failure, name = self._launch(link)
            words = failure or f"{done} with {name}"
            self._context.post(LinkOpened(words, failed_url=link.url if failure else ""))

        self._context.run_in_thread(open_it, "browser")

    def choose(self, record: Record) -> None:
        """Let the reader choose among all links of a story."""
        from newsreader.ui.dialogs.chooser import Choice, ChooserScreen

        links = record.links()
        if not links:
            self._context.tell("This story has no link that can be opened.")
            return
        choices = [Choice(link.label or link.kind, f"{link.host}  {link.url}") for link in links]
        self._context.push(
            ChooserScreen("Links", choices),
            lambda index: None if index is None else self.open(links[index]),
        )

    @handles(LinkOpened)
    def report(self, message: LinkOpened) -> None:
        """Tell whether a browser was started; a link that was not opened can be copied."""
        self._context.tell(message.words)
        if message.failed_url:
            self.offer_copy(message.failed_url, message.words)

    def offer_copy(self, url: str, why: str) -> None:
        """A link could not be opened: tell why, and offer to copy it."""
        from newsreader.ui.dialogs.chooser import Choice, ChooserScreen

        choices = [Choice("Copy the link", url), Choice("Leave it", "")]
        self._context.push(
            ChooserScreen("The link was not opened", choices, about=why),
            lambda index: self._copies.copy_text(url) if index == 0 else None,
        )

    def _launch(self, link: Link) -> tuple[str, str]:
        """Start a browser. Called from a worker; gives why that failed, or the browser's name."""
        from newsreader.browser import BrowserError, commands_for, launch

        try:
            candidates = commands_for(link.url, setting=self._context.settings.browser, environ=os.environ)
            command = launch(candidates, environ=os.environ, run_in_terminal=self._run_in_terminal)
        except BrowserError as error:
            return str(error), ""
        return "", command.name

    def _run_in_terminal(self, command: BrowserCommand) -> int:
        """Give the terminal to a browser and take it back. Called from the worker that launches."""
        from textual.app import SuspendNotSupported

        from newsreader.browser import BrowserError, run_in_foreground

        def run() -> int:
            try:
                with self._context.screen.app.suspend():
                    return run_in_foreground(command)
            except SuspendNotSupported:
                raise BrowserError(f"{command.name} needs a terminal that can be put away") from None

        status: int = self._context.screen.app.call_from_thread(run)
        return status
