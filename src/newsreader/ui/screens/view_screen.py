"""A screen that shows a view of the corpus."""

from __future__ import annotations

from textual.screen import Screen

from newsreader.domain.view import View


class ViewScreen(Screen[None]):
    """What controllers need of the main screen besides Textual's own interface."""

    @property
    def view(self) -> View:
        """What the list shows, or is about to."""
        raise NotImplementedError

    def show_view(self, view: View) -> None:
        """Show other records, or the same ones in another order."""
        raise NotImplementedError
