"""Opening links: which link an action means, and launching the browser."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from newsreader.domain.errors import NewsreaderError
from newsreader.domain.pages import FoundLink, PageKind, find_copy, find_page, page_in_words
from newsreader.domain.plural import counted, without
from newsreader.domain.sanitize import clean_line
from newsreader.domain.story_page import StoryPage

if TYPE_CHECKING:
    from newsreader.browser import BrowserCommand
    from newsreader.domain.record import Link

RunInTerminal = Callable[["BrowserCommand"], int]
"""Runs a browser for terminals in the foreground; returns its exit status."""

MANY = 5
"""Most pages opened without asking first."""

LOCAL_FILE = "This story has no link, only its own file."


class LinkNotOpenedError(NewsreaderError):
    """No browser opened the link; the message says why and what to do.

    Attributes:
        url: The address of the link; empty if there is none.

    """

    def __init__(self, message: str, url: str = "") -> None:
        super().__init__(message)
        self.url = url


def find_link(page: StoryPage, kind: PageKind, key_of: Callable[[str], str]) -> FoundLink:
    """Return the link of a story to one of its pages.

    In place of the archived copy it may be an AMP page that is known to be alive.

    Args:
        page: The story.
        kind: The page that is asked for.
        key_of: Returns what to press or type for an action, by its id, for advice if there is no such page.

    """
    if kind is PageKind.ARCHIVED:
        return find_copy(page.record, page.verdicts)
    return find_page(page.record, kind, key_of)


def find_links(pages: Iterable[StoryPage], kind: PageKind) -> tuple[list[Link], int]:
    """Return the links of several stories, and how many of the stories have none."""
    links = [find_link(page, kind, str).link for page in pages]
    return [link for link in links if link is not None], links.count(None)


def find_file(root: Path, page: StoryPage) -> Path | None:
    """Return the file of a record, if the record has no page on the web that could be opened instead.

    Args:
        root: Of the corpus.
        page: The story. Its path is the one at which the file was found, never a value of the record.

    """
    path = page.record.path
    if page.record_id is None or not path or page.record.links():
        return None
    from newsreader.corpus.scan import RECORD_SUFFIXES

    base = root.resolve()
    try:
        file = (base / path).resolve()
        is_record = file.is_relative_to(base) and file.is_file()
    except (OSError, ValueError):
        return None
    return file if is_record and file.name.lower().endswith(RECORD_SUFFIXES) else None


class LinkOpener:
    """Opens links in the browser. Its methods block while the browser is launched.

    Args:
        setting: The command of the settings; empty to use `$BROWSER` or what the system offers.
        run_in_terminal: Runs browsers for terminals; without it they cannot be used.
        on_late_failure: Called with a message, from any thread, if a browser fails after it seemed to work.

    """

    def __init__(
        self,
        setting: Sequence[str],
        run_in_terminal: RunInTerminal | None,
        on_late_failure: Callable[[str], object] = lambda _message: None,
    ) -> None:
        self._setting = setting
        self._run_in_terminal = run_in_terminal
        self._on_late_failure = on_late_failure

    def open(self, found: FoundLink) -> str:
        """Open a link; return the message.

        Raises:
            LinkNotOpenedError: no browser opened it, or there is no link.

        """
        if found.link is None:
            raise LinkNotOpenedError(found.words)
        return f"{describe('opened', found)} with {self._launch(found.link)}."

    def open_file(self, file: Path) -> str:
        """Open a file that `find_file` returned; return the message.

        Raises:
            LinkNotOpenedError: no program opened it.

        """
        from newsreader.browser import BrowserError, commands_for_file, launch

        try:
            opener = launch(
                commands_for_file(file, environ=os.environ),
                environ=os.environ,
                on_late_failure=lambda why: self._report_late(why, "The file"),
            )
        except BrowserError as error:
            raise LinkNotOpenedError(f"{LOCAL_FILE} {error}") from error
        return f"{LOCAL_FILE} Opened {clean_line(file.name)} with {opener.name}."

    def open_all(self, links: Sequence[Link], lacking: int) -> str:
        """Open several links; return the message. `lacking` stories have none.

        Raises:
            LinkNotOpenedError: a browser failed; the rest was not opened.

        """
        browser = ""
        for opened, link in enumerate(links):
            try:
                browser = self._launch(link)
            except LinkNotOpenedError as error:
                pages = counted(len(links), "page")
                raise LinkNotOpenedError(f"Opened {opened} of {pages}; {error}", link.url) from error
        if not links:
            raise LinkNotOpenedError("None of these stories has such a page.")
        return f"Opened {counted(len(links), 'page')} with {browser}{without(lacking)}"

    def _launch(self, link: Link) -> str:
        from newsreader.browser import BrowserError, commands_for, launch

        try:
            candidates = commands_for(link.url, setting=self._setting, environ=os.environ)
            return launch(
                candidates,
                environ=os.environ,
                run_in_terminal=self._run_in_terminal,
                on_late_failure=lambda why: self._report_late(why, "The page"),
            ).name
        except BrowserError as error:
            raise LinkNotOpenedError(str(error), link.url) from error

    def _report_late(self, why: str, what: str) -> None:
        self._on_late_failure(f"{what} may not have opened: {why}.")


def describe(verb: str, found: FoundLink) -> str:
    """Return the beginning of a message: the verb, and what the link leads to."""
    message = f"{found.words}{verb} the {page_in_words(found.link)}" if found.link else found.words
    return message[:1].upper() + message[1:]


def run_in_this_terminal() -> RunInTerminal | None:
    """Return what runs browsers for terminals in the foreground; None without a terminal."""
    from newsreader.browser import run_in_foreground

    return run_in_foreground if sys.stdin.isatty() and sys.stdout.isatty() else None
