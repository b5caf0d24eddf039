"""Opening links in the browser, in background threads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from newsreader.app.open_links import (
    LOCAL_FILE,
    MANY,
    LinkNotOpenedError,
    LinkOpener,
    describe,
    find_file,
    find_link,
    find_links,
)
from newsreader.domain.pages import FoundLink, LinkAction, PageKind
from newsreader.domain.plural import counted
from newsreader.domain.record import Link, Record
from newsreader.keymap.active import key_of
from newsreader.ui.controllers.context import ScreenContext
from newsreader.ui.controllers.copying import CopyController
from newsreader.ui.messages import LinkOpened, handles

if TYPE_CHECKING:
    from newsreader.browser import BrowserCommand
    from newsreader.domain.story_page import StoryPage


class LinksController:
    """Opens links in threads, and shows the result on the status line."""

    def __init__(self, context: ScreenContext, copies: CopyController) -> None:
        self._context = context
        self._copies = copies
        self._opener = LinkOpener(
            context.settings.browser,
            self._run_in_terminal,
            on_late_failure=lambda message: context.post(LinkOpened(message)),
        )

    def use(self, action: LinkAction, page: StoryPage) -> None:
        """Open or copy a link of a story, or let the reader choose one."""
        if action is LinkAction.CHOOSE:
            self._choose(page.record)
        elif action is LinkAction.COPY:
            self._copies.copy(page.record)
        elif action is LinkAction.COPY_AS:
            self._copies.copy_as(page.record)
        elif action is LinkAction.ORIGINAL and (file := find_file(self._context.library.root, page)):
            self._context.tell(f"{LOCAL_FILE} Opening it …")
            self._run(lambda: self._opener.open_file(file), offers_copy=False)
        else:
            self._open(find_link(page, PageKind(action.value), key_of))

    def open(self, link: Link) -> None:
        """Open a link."""
        self._open(FoundLink(link))

    def open_pages(self, pages: Sequence[StoryPage], kind: PageKind) -> None:
        """Open a page of each of several stories, after asking if there are many."""
        links, lacking = find_links(pages, kind)

        def start() -> None:
            if links:
                self._context.tell(f"Opening {counted(len(links), 'page')} …")
            self._run(lambda: self._opener.open_all(links, lacking), offers_copy=False)

        if len(links) <= MANY:
            start()
            return
        from newsreader.ui.dialogs.chooser import Choice, ChooserScreen

        choices = [Choice(f"Open {len(links)} pages", "all at once"), Choice("Cancel", "")]
        self._context.push(
            ChooserScreen("Open many pages", choices), lambda index: start() if index == 0 else None
        )

    @handles(LinkOpened)
    def report(self, message: LinkOpened) -> None:
        """Show the result; offer to copy a link that was not opened."""
        self._context.tell(message.words)
        if message.failed_url:
            self._offer_copy(message.failed_url, message.words)

    def _open(self, found: FoundLink) -> None:
        if found.link is None:
            self._context.tell(found.words)
            return
        self._context.tell(f"{describe('opening', found)} …")
        self._run(lambda: self._opener.open(found), offers_copy=True)

    def _run(self, launch: Callable[[], str], *, offers_copy: bool) -> None:
        def work() -> None:
            try:
                self._context.post(LinkOpened(launch()))
            except LinkNotOpenedError as error:
                self._context.post(LinkOpened(str(error), failed_url=error.url if offers_copy else ""))

        self._context.run_in_thread(work, "browser")

    def _choose(self, record: Record) -> None:
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

    def _offer_copy(self, url: str, why: str) -> None:
        from newsreader.ui.dialogs.chooser import Choice, ChooserScreen

        choices = [Choice("Copy the link", url), Choice("Cancel", "")]
        self._context.push(
            ChooserScreen("The link was not opened", choices, about=why),
            lambda index: self._copies.copy_text(url) if index == 0 else None,
        )

    def _run_in_terminal(self, command: BrowserCommand) -> int:
        """Suspend the screen while a browser runs in the terminal. Called from the launching thread."""
        from textual.app import SuspendNotSupported

        from newsreader.browser import BrowserError, run_in_foreground

        def run() -> int:
            try:
                with self._context.screen.app.suspend():
                    return run_in_foreground(command)
            except SuspendNotSupported:
                raise BrowserError(f"{command.name} needs a terminal that can be suspended") from None

        status: int = self._context.screen.app.call_from_thread(run)
        return status
