"""Fetching the texts of several stories: asks first if there are many, and lists the failures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from newsreader.app.page_texts import MANY, FetchBatch, PageRequest, PageResult

if TYPE_CHECKING:
    from newsreader.domain.story_page import StoryPage
    from newsreader.ui.controllers.context import ScreenContext


class PageBatch(FetchBatch):
    """Counts the results of several requests, and reports them when the last one has arrived.

    Args:
        context: Of the main screen.
        go_to: Puts the cursor on a record of the list.

    """

    def __init__(self, context: ScreenContext, go_to: Callable[[int], None]) -> None:
        super().__init__()
        self._context = context
        self._go_to = go_to

    def offer(
        self, requests: Sequence[tuple[StoryPage, PageRequest]], lacking: int, begin: Callable[[], None]
    ) -> None:
        """Begin with some requests, after asking if there are many; `lacking` other stories have no page."""

        def start() -> None:
            self.add(len(requests), lacking)
            begin()

        if not requests:
            self._context.tell("None of these stories has a page that can be fetched.")
        elif len(requests) <= MANY:
            start()
        else:
            from newsreader.ui.dialogs.chooser import Choice, ChooserScreen

            choices = [
                Choice(f"Fetch {len(requests):,} pages", "at most two at once from one host"),
                Choice("Cancel", ""),
            ]
            self._context.push(
                ChooserScreen("Fetch many pages", choices), lambda index: start() if index == 0 else None
            )

    def report(self, result: PageResult) -> None:
        """Count a result; show the summary if it was the last."""
        if not self.count(result):
            return
        summary, failures = self.summary(), self.failures
        self._context.tell(summary)
        self.clear()
        if failures and self._context.is_uncovered:
            self._list(summary, failures)

    def _list(self, summary: str, failures: Sequence[PageResult]) -> None:
        """List the failures; the reader may go to one of these stories."""
        from newsreader.ui.dialogs.chooser import Choice, ChooserScreen

        def go_to(index: int | None) -> None:
            record_id = None if index is None else failures[index].page.record_id
            if record_id is not None:
                self._go_to(record_id)

        choices = [
            Choice(result.page.record.title, result.failure.words if result.failure else "")
            for result in failures
        ]
        self._context.push(ChooserScreen("Pages that failed", choices, about=summary), go_to)
