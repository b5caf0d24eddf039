"""The story that is open: its history, its related coverage, and its links."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from newsreader.app import open_links, page_texts
from newsreader.app.list_state import next_unread
from newsreader.app.open_links import (
    LinkNotOpenedError,
    LinkOpener,
    find_file,
    find_link,
    run_in_this_terminal,
)
from newsreader.app.page_results import FetchBatch, FetchOutcome, PageResult
from newsreader.app.page_texts import NoPageError, page_requests
from newsreader.app.story_history import StoryHistory, StoryVisit, target_of
from newsreader.domain.pages import FoundLink, PageKind, find_page
from newsreader.domain.record import Link, Record
from newsreader.domain.story_page import StoryPage
from newsreader.prompt.handlers.list import ListHandler
from newsreader.prompt.handlers.page_text import PageTextHandler
from newsreader.prompt.headline_text import sentence
from newsreader.prompt.index_session import IndexSession
from newsreader.prompt.input import Ask
from newsreader.prompt.output import Output
from newsreader.prompt.parser import RefusedError, letter_of
from newsreader.prompt.story_text import StoryText, link_words, story_text
from newsreader.settings.model import Settings

_HANG = 4


class StoryHandler:
    """Reads stories, walks from one to another, and opens their pages."""

    def __init__(
        self,
        index: IndexSession,
        rows: ListHandler,
        output: Output,
        settings: Settings,
        *,
        ask: Ask,
        opened: Callable[[StoryPage], None],
    ) -> None:
        self._index = index
        self._rows = rows
        self._output = output
        self._settings = settings
        self._ask = ask
        self._opened = opened
        self._pages = PageTextHandler(index.library, settings, output)
        self._history = StoryHistory[None]()
        self._text = StoryText((), ())
        self._listed: int | None = None  # the story of the list that was printed last

    @property
    def page(self) -> StoryPage | None:
        """The story that is open."""
        return self._history.page

    # -- reading ------------------------------------------------------------------------------------

    def read(self, record_id: int) -> None:
        """Go to a record."""
        self._go_to(self.read_page(record_id))

    def read_page(self, record_id: int) -> StoryPage:
        """A record with all that is known of it.

        Raises:
            RefusedError: it is gone.

        """
        page = self._index.reader.page(record_id)
        if page is None:
            raise RefusedError("This record is gone from the corpus.")
        return page

    def follow(self, number: int) -> None:
        """Go to related coverage, to an item of a collection, or open a link."""
        self.need_page()
        target = self._text.target(number)
        if target is None:
            count = len(self._text.targets)
            raise RefusedError(
                f"There is no number {number} in this story; they go from 1 to {count}."
                if count
                else "Nothing can be followed from this story."
            )
        if isinstance(target, Link):
            self._open(FoundLink(target))
            return
        goal = target_of(target)
        self._go_to(self.read_page(goal) if isinstance(goal, int) else self._pages.filled(goal))

    def back(self) -> None:
        """Go to the story read before."""
        self._travel(self._history.back)

    def forward(self) -> None:
        """Go to the story that `back` came from."""
        self._travel(self._history.forward)

    def show(self) -> None:
        """Print the open story."""
        page = self._fresh(self.need_page())
        self._history.show(page)
        self._text = self._text_of(page)
        row = self._rows.row_of(page.record_id)
        if row is not None:
            self._listed = page.record_id
            self._output.say(f"Story {row + 1:,} of {len(self._rows.ids):,}.")
        for words in self._text.paragraphs:
            self._output.say(words, hang=_hang(words))
        self._opened(page)

    def _text_of(self, page: StoryPage) -> StoryText:
        return story_text(page, int(time.time()), self._settings.dates, self._rows.view.filter)

    def read_unread(self, direction: int) -> None:
        """Go to the next unread story of the list, or to the one before."""
        row = self._rows.row_of(self._listed)
        if row is None:
            row = self._rows.start - (direction > 0)
        found = next_unread(self._index.reader, self._rows.ids, row, direction)
        if found is None:
            where = "after" if direction > 0 else "before"
            raise RefusedError(f"No unread story comes {where} this one in the list.")
        self._rows.turn_to(found)
        self.read(self._rows.ids[found])

    def need_page(self) -> StoryPage:
        """The story that is open.

        Raises:
            RefusedError: there is none.

        """
        if self.page is None:
            raise RefusedError("No story is open; the number of a row reads its story.")
        return self.page

    def read_texts(self, pages: Sequence[StoryPage]) -> None:
        """Fetch the texts of these stories, and print each.

        Raises:
            NoPageError: there is one story, and it has no page that can be fetched.
            RefusedError: the one text could not be fetched, or the reader stopped it.

        """
        if len(pages) == 1:
            result = self._pages.fetch(pages[0])
            if result.failure is not None:
                raise RefusedError(result.message(letter_of))
            self._say_text(result)
            return
        requests, lacking = page_requests(pages)
        if len(requests) > page_texts.MANY and not self._ask(f"Fetch {len(requests)} pages?"):
            raise RefusedError("Nothing was fetched.")
        batch = FetchBatch()
        batch.add(len(requests), lacking)
        for page in pages:
            try:
                result = self._pages.fetch(page)
            except NoPageError as error:
                self._output.say(f"{page.record.title}: {error}")
                continue
            except RefusedError as error:
                raise RefusedError(batch.stop()) from error
            batch.count(result)
            if result.failure is None:
                self._say_text(result)
            else:
                self._output.say(f"{page.record.title}: {result.message(letter_of)}")
        self._output.say(batch.summary())

    def close(self) -> None:
        """Stop the fetch process and close the database."""
        self._pages.close()

    def _say_text(self, result: PageResult) -> None:
        """Go to a story, and print the text of its page without the rest."""
        if result.outcome is FetchOutcome.UNCHANGED:
            self._output.say(result.message(letter_of))
        elif result.warning:
            self._output.say(result.warning)
        page = result.updated
        if self.page is None or self.page.record != page.record:
            self._history.visit(page, None)
        self._history.show(page)
        self._text = self._text_of(page)
        self._output.say(sentence(page.record.title))
        for words in self._text.text:
            self._output.say(words, hang=_hang(words))
        self._opened(page)

    # -- links --------------------------------------------------------------------------------------

    def open_pages(self, kind: PageKind, pages: Sequence[StoryPage]) -> None:
        """Open a page of each of these stories in the browser."""
        if len(pages) > open_links.MANY and not self._ask(f"Open {len(pages)} pages?"):
            raise RefusedError("Nothing was opened.")
        for page in pages:
            if kind is PageKind.ORIGINAL and (file := find_file(self._index.library.root, page)):
                self._open_file(file)
                continue
            found = find_link(page, kind, letter_of)
            if found.link is None:
                self._output.say(f"{page.record.title}: {found.words}" if len(pages) > 1 else found.words)
            else:
                self._open(found)

    def links(self) -> None:
        """All links of the story, with the addresses that they lead to."""
        self.need_page()
        links = [
            (number, target)
            for number, target in enumerate(self._text.targets, 1)
            if isinstance(target, Link)
        ]
        if not links:
            raise RefusedError("This story has no link that can be opened.")
        for number, link in links:
            self._output.say(link_words(number, link), hang=_HANG)
            self._output.say_whole(link.url)

    def open_link(self, number: int) -> None:
        """Open one of the links."""
        self.need_page()
        target = self._text.target(number)
        if not isinstance(target, Link):
            raise RefusedError(f"There is no link {number} in this story; u lists them.")
        self._open(FoundLink(target))

    def addresses(self, records: Sequence[Record]) -> None:
        """The addresses of these stories."""
        for record in records:
            link, words = find_page(record, PageKind.ORIGINAL, letter_of)
            self._output.say_whole(words if link is None else link.url)

    def cite(self, records: Sequence[Record]) -> None:
        """All ways to cite these stories."""
        from newsreader.domain.citation import citations, lists

        for form in citations(records[0]) if len(records) == 1 else lists(records):
            self._output.say(f"{form.name}:")
            for line in form.text.rstrip().split("\n"):
                self._output.say_whole(line)

    def _open(self, found: FoundLink) -> None:
        opener = LinkOpener(self._settings.browser, run_in_this_terminal())
        try:
            self._output.say(opener.open(found))
        except LinkNotOpenedError as error:
            raise RefusedError(f"{error} The link: {error.url}") from error

    def _open_file(self, file: Path) -> None:
        try:
            self._output.say(LinkOpener((), None).open_file(file))
        except LinkNotOpenedError as error:
            raise RefusedError(str(error)) from error

    # -- helpers ------------------------------------------------------------------------------------

    def _go_to(self, page: StoryPage) -> None:
        self._history.visit(page, None)
        self.show()

    def _travel(self, step: Callable[[None], StoryVisit[None]]) -> None:
        self.need_page()
        step(None)
        self.show()

    def _fresh(self, page: StoryPage) -> StoryPage:
        """The story as it is now: marks change, and records go; of one that is gone, what was known."""
        if page.record_id is None:
            return page
        return self._index.reader.page(page.record_id) or page


def _hang(words: str) -> int:
    """By how much further lines of a paragraph are indented."""
    if words.startswith(("u ", "r ")):
        return _HANG
    return 2 if words.lstrip().startswith("- ") else 0
