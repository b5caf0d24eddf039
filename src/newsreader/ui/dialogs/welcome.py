"""The welcome of a first run; any key closes it."""

from __future__ import annotations

import asyncio
from pathlib import Path

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from newsreader.keymap.active import keymap
from newsreader.state.welcome import note_welcome

_LINES = (
    (("cursor_down", "cursor_up"), "walk through the list, or the links of a story"),
    (("activate", "next_pane"), "go into a story, and from pane to pane"),
    (("read_on",), "reads on: a page, then the next unread story"),
    (("open_original", "open_amp"), "open the page in the browser"),
    (("readable_text", "picture"), "fetch the text of the page, and its picture"),
    (("filter", "next_order", "explain"), "find, put in another order, ask why it ranks"),
    (("add_source", "sync"), "add a site or feed, and bring its news in"),
    (("help", "command_palette"), "all keys, and every command by its name"),
)


class WelcomeScreen(ModalScreen[None]):
    """How to begin; the app ends it with the next key."""

    def __init__(self, welcomed: Path) -> None:
        super().__init__()
        self._welcomed = welcomed

    def compose(self) -> ComposeResult:
        """The keys that a beginner needs, and where to find the rest."""
        with Vertical(id="welcome") as frame:
            frame.border_title = Content("Welcome to newsreader")
            yield Static(Content("Topics on the left, the list beside them, the story on the right."))
            yield Static("")
            for ids, meaning in _LINES:
                keys = "  ".join(keymap().shown_keys(id_) for id_ in ids)
                with Horizontal(classes="action"):
                    yield Static(Content(keys), classes="keys")
                    yield Static(Content(meaning), classes="meaning")
            yield Static("")
            yield Static(Content("newsreader FOLDER opens files, newsreader add SITE adds a feed."))
            yield Static(Content("newsreader config --init writes a settings file to begin with."))
            yield Static(Content("Any key goes on."), classes="hint")

    async def on_click(self) -> None:
        """A click ends it as any key does."""
        await self.end()

    async def end(self) -> None:
        """Remember the welcome before anything else happens: the key that ends it may end the program."""
        await asyncio.to_thread(note_welcome, self._welcomed)
        if self.is_current:  # a click and a key may come together
            self.dismiss(None)
