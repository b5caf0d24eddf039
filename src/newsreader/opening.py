"""Opening a corpus: its library, what its list shows first, and where the reader was."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from newsreader import paths
from newsreader.config import Settings
from newsreader.domain.listing import WINDOW, Listing
from newsreader.domain.view import View
from newsreader.library import Library


class Opened(NamedTuple):
    """A corpus, ready to be shown.

    `first` is None where the corpus has to be indexed before anything can be shown. `line` is the line of the
    list on the screen on which the row under the cursor begins, None where that does not matter.
    """

    library: Library
    view: View
    first: Listing | None
    line: int | None


def plain_view(settings: Settings) -> View:
    """What the list shows where nothing else was asked for."""
    return View(order=settings.order, folds_front=settings.fold_stories)


def open_corpus(root: Path, settings: Settings, view: View | None = None) -> Opened:
    """Open a corpus with a view, or where the last visit ended."""
    library = Library(
        root,
        paths.cache_dir(),
        settings.half_life,
        settings.ages_from,
        marks=paths.marks_file(),
        visits=paths.visits_dir(),
    )
    visit = library.last_visit if view is None and settings.restore else None
    if visit is None:
        view = view or plain_view(settings)
        return Opened(library, view, library.first_listing(view, WINDOW), None)
    view = visit.view._replace(folds_front=settings.fold_stories)
    return Opened(library, view, library.first_listing(view, WINDOW, visit.path), visit.line)
