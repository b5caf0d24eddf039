"""Adding a source of fresh records: asking for it, finding it, and bringing its records in."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from newsreader.domain.errors import NewsreaderError
from newsreader.domain.sanitize import clean_line
from newsreader.ui.messages import CorpusWanted, SourceDeclared, SourcesFound, handles

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from newsreader.app.add_source import AddedSource
    from newsreader.ui.controllers.context import ScreenContext
    from newsreader.ui.controllers.sync import SyncController
    from newsreader.ui.dialogs.add_source import AddSourceScreen
    from newsreader.web.sources.discovery import Candidate


def _find(given: str, *, private_addresses: bool) -> list[Candidate]:
    from newsreader.app.add_source import candidates_of

    return candidates_of(given, private_addresses=private_addresses)


class AddSourceController:
    """Leads through adding a source. Requests are numbered: the answer to one that was cancelled is dropped.

    Attributes:
        find: Returns the sources at an address or in a file.

    """

    def __init__(self, context: ScreenContext, sync: SyncController) -> None:
        self._context = context
        self._sync = sync
        self._dialog: AddSourceScreen | None = None
        self._request = 0
        self._typed = ""
        self._corpus = ""
        self._added: AddedSource | None = None
        self.find: Callable[..., Sequence[Candidate]] = _find

    def open(self) -> None:
        """Ask for a source; its records are written to the corpus that is shown."""
        from newsreader.app.add_source import corpus_beside
        from newsreader.ui.dialogs.add_source import AddSourceScreen

        self._corpus = corpus_beside(self._sync.settings, self._context.library.root)
        about = f"A site, a feed or a list of feeds. Its records are written to {clean_line(self._corpus)}."
        self._dialog = AddSourceScreen(self._typed, about, self._search)
        self._context.push(self._dialog, self._close)

    @handles(SourcesFound)
    def offer(self, message: SourcesFound) -> None:
        """Take the only source that was found, or offer all."""
        if message.request != self._request or self._dialog is None:
            return
        found = message.found
        if message.failure:
            self._dialog.show(message.failure, is_error=True)
        elif len(found) == 1:
            self._declare(found[0])
        else:
            from newsreader.ui.dialogs.chooser import Choice, ChooserScreen

            def choose(index: int | None) -> None:
                if index is not None:
                    self._declare(found[index])

            self._dialog.show("")
            choices = [Choice(one.title or "(no title)", clean_line(one.url)) for one in found]
            self._context.push(ChooserScreen(f"{len(found):,} feeds were found", choices), choose)

    @handles(SourceDeclared)
    def show_added(self, message: SourceDeclared) -> None:
        """Show the table that was written."""
        self._sync.settings = message.settings
        self._added = message.added
        if self._dialog is None:
            self._bring_in()
        elif message.added is None:
            self._dialog.show(message.failure, is_error=True)
        else:
            self._typed = ""
            self._dialog.show_added(f"Written to the settings:\n\n{message.added.table.rstrip()}")

    def _search(self, typed: str) -> None:
        if self._dialog is None:
            return
        self._typed = typed
        self._request += 1
        self._dialog.show(f"Looking for feeds at {clean_line(typed)} …")
        self._context.run_in_thread(partial(self._find_in_thread, self._request, typed), "add-source")

    def _find_in_thread(self, request: int, typed: str) -> None:
        try:
            found = self.find(typed, private_addresses=self._context.settings.private_addresses)
        except NewsreaderError as error:
            self._context.post(SourcesFound(request, (), str(error)))
        else:
            self._context.post(SourcesFound(request, found))

    def _declare(self, candidate: Candidate) -> None:
        work = partial(self._declare_in_thread, candidate, self._corpus)
        self._context.run_in_thread(work, "add-source")

    def _declare_in_thread(self, candidate: Candidate, corpus: str) -> None:
        from newsreader.app.add_source import SourceOptions, declare, with_declared

        added, failure = None, ""
        try:
            added = declare(candidate, SourceOptions(), corpus)
        except NewsreaderError as error:
            failure = str(error)
        self._context.post(SourceDeclared(added, with_declared(self._context.settings), failure))

    def _close(self, typed: str | None) -> None:
        self._request += 1
        self._dialog = None
        if self._added is None:
            self._typed = typed or ""
        else:
            self._bring_in()

    def _bring_in(self) -> None:
        """Sync the new source, in its own corpus."""
        added, self._added = self._added, None
        if added is None:
            return
        if added.root == self._context.library.root:
            self._sync.sync_source(added.name)
        else:
            wanted = CorpusWanted(str(added.root), settings=self._sync.settings, source=added.name)
            self._context.post(wanted)
