"""The corpora that the settings name, and the way from one to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsreader.app.open_corpus import corpus_root
from newsreader.domain.sanitize import clean_line
from newsreader.ui.messages import CorpusWanted

if TYPE_CHECKING:
    from newsreader.ui.controllers.context import ScreenContext


class CorporaController:
    """Lets the reader choose a corpus; the app opens it."""

    def __init__(self, context: ScreenContext) -> None:
        self._context = context
        settings = context.settings
        self._folders = {name: corpus_root(name, settings)[0] for name in settings.corpora}

    @property
    def name(self) -> str:
        """What the settings call the corpus that is shown; empty where they do not name it."""
        shown = (
            name for name, folder in self._folders.items() if folder.resolve() == self._context.library.root
        )
        return clean_line(next(shown, ""))

    def choose(self) -> None:
        """Offer all corpora."""
        names = list(self._folders)
        if not names:
            self._context.tell(
                "The settings name no corpora; [corpora] in config.toml is the place for them."
            )
            return
        from newsreader.ui.dialogs.chooser import Choice, ChooserScreen

        choices = [Choice(clean_line(name), clean_line(str(self._folders[name]))) for name in names]
        here = self.name
        self._context.push(
            ChooserScreen("Corpus", choices, names.index(here) if here in names else 0),
            lambda index: None if index is None else self._want(names[index]),
        )

    def _want(self, name: str) -> None:
        if clean_line(name) == self.name:
            self._context.tell(f"This is {self.name}.")
        else:
            self._context.post(CorpusWanted(name))
