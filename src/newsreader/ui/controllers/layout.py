"""How the screen is divided and how dense its rows are, kept for the next start."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from newsreader.domain.setting_values import Density
from newsreader.render.headline_row import RowLook
from newsreader.settings.model import Settings
from newsreader.state.layout import LayoutState, keep_look, kept_look
from newsreader.ui.workers.job_queue import JobQueue

if TYPE_CHECKING:
    from textual.screen import Screen


class LayoutController:
    """Knows the look that was kept, and keeps another.

    Args:
        screen: Runs the workers.
        settings: The user's; what was chosen in the program rules over its density.
        file: Where the layout is stored.

    Attributes:
        look: How the screen is divided.

    """

    def __init__(self, screen: Screen[None], settings: Settings, file: Path) -> None:
        self._settings = settings
        self._file = file
        self._queue = JobQueue(screen, "look")
        self.look = kept_look(file)

    def rows(self) -> RowLook:
        """How rows look."""
        return RowLook(self._density, self._settings.columns, self._settings.dates)

    def change_density(self) -> Density:
        """Have rows of one line, or of two, from now on; gives which."""
        density = self._density.other()
        self.keep(self.look._replace(density=density))
        return density

    def keep_widths(self, look: LayoutState) -> None:
        """Keep other widths of the panes."""
        self.keep(look._replace(density=self.look.density))

    def keep(self, look: LayoutState) -> None:
        """Keep another look."""
        self.look = look
        self._queue.do(lambda: keep_look(self._file, look))

    def stop(self) -> None:
        """Leave nothing undone."""
        self._queue.finish()

    @property
    def _density(self) -> Density:
        return self.look.density or self._settings.density
