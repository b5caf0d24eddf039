"""Texts of several stories that are fetched together: how many there are, and what became of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from newsreader.ui.controllers import fetch_messages
from newsreader.ui.controllers.copying import counted

if TYPE_CHECKING:
    from newsreader.domain.story_page import StoryPage
    from newsreader.ui.controllers.context import ScreenContext
    from newsreader.web.fetch.protocol import Failed

MANY = 5
"""Pages that are fetched without asking."""


class PageBatch:
    """Counts, and tells at the end. What is begun while it is under way is counted with the rest.

    Args:
        context: Of the main screen.
        go_to: Puts the cursor on a record of the list.

    """

    def __init__(self, context: ScreenContext, go_to: Callable[[int], None]) -> None:
        self._context = context
        self._go_to = go_to
        self._clear()

    def _clear(self) -> None:
        self._total = self._done = self._unchanged = self._lacking = 0
        self._failures: list[tuple[StoryPage, Failed]] = []
        self._not_kept = ""

    @property
    def is_under_way(self) -> bool:
        """Whether some are not done."""
        return self._done < self._total

    def offer(
        self, pages: Sequence[StoryPage], lacking: int, begin: Callable[[Sequence[StoryPage]], None]
    ) -> None:
        """Begin with some stories, after asking if they are many; `lacking` others have no page."""

        def go() -> None:
            self._total += len(pages)
            self._lacking += lacking
            begin(pages)

        if not pages:
            self._context.tell("None of these stories has a page that can be fetched.")
        elif len(pages) <= MANY:
            go()
        else:
            from newsreader.ui.dialogs.chooser import Choice, ChooserScreen

            choices = [Choice(f"Fetch {len(pages):,} pages", "at most two at once from one host")]
            self._context.push(
                ChooserScreen("Fetch many pages", [*choices, Choice("Leave them", "")]),
                lambda index: go() if index == 0 else None,
            )

    def progress(self, words: str) -> str:
        """How far it is."""
        done = f"fetched {self._done:,} of {self._total:,} pages"
        return f"{done} · {words}" if words else done

    def kept(self, failure: str) -> None:
        """A text came and was kept, or could not be, as `failure` says."""
        self._not_kept = self._not_kept or failure
        self._one_done()

    def unchanged(self) -> None:
        """There is no newer text than the one that is kept."""
        self._unchanged += 1
        self._one_done()

    def failed(self, page: StoryPage, failure: Failed) -> None:
        """A text could not be fetched."""
        self._failures.append((page, failure))
        self._one_done()

    def stop(self) -> str:
        """Forget the rest; says how far it came, nothing where nothing was under way."""
        words = ""
        if self.is_under_way:
            words = f"Stopped after {self._done:,} of {counted(self._total, 'page')}; what was read is kept."
        self._clear()
        return words

    def _one_done(self) -> None:
        if self._total == 0:
            return  # given up meanwhile
        self._done += 1
        if self.is_under_way:
            return
        summary = fetch_messages.summary(self._total, self._unchanged, len(self._failures), self._lacking)
        self._context.tell(f"{summary} {self._not_kept}".rstrip())
        failures = self._failures
        self._clear()
        if failures and self._context.is_uncovered:
            self._list(summary, failures)

    def _list(self, summary: str, failures: Sequence[tuple[StoryPage, Failed]]) -> None:
        """List what failed, and why; the reader may go to one of these stories."""
        from newsreader.ui.dialogs.chooser import Choice, ChooserScreen

        def chosen(index: int | None) -> None:
            record_id = None if index is None else failures[index][0].record_id
            if record_id is not None:
                self._go_to(record_id)

        choices = [Choice(page.record.title, failure.words) for page, failure in failures]
        self._context.push(ChooserScreen("Pages that failed", choices, about=summary), chosen)
