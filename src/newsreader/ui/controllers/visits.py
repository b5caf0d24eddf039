"""Where a visit ends, so that the next one can begin there."""

from __future__ import annotations

import time
from contextlib import closing

from newsreader.library import IndexFailedError, IndexUnusableError, Library
from newsreader.state.visits import Visit, keep_visit
from newsreader.ui.controllers.list import ListController
from newsreader.ui.widgets.headline_list import HeadlineList


class VisitController:
    """Keeps topic, filter, order, selection and scroll when the reader leaves a corpus.

    Args:
        library: The corpus.
        list_: Knows the view and the record under the cursor.
        rows: Knows where on the screen that stands.

    """

    def __init__(self, library: Library, list_: ListController, rows: HeadlineList) -> None:
        self._library = library
        self._list = list_
        self._rows = rows

    def end(self) -> None:
        """The reader leaves. This reads and writes; nothing is to be painted any more."""
        file, record_id = self._library.visit_file, self._list.record_to_keep
        if file is None:
            return
        ended = time.time_ns() // 1_000_000
        keep_visit(file, Visit(ended, self._list.view, self._path(record_id), self._rows.cursor_line))

    def _path(self, record_id: int | None) -> str:
        if record_id is None:
            return ""
        try:
            with closing(self._library.reader()) as reader:
                return reader.path_of(record_id)
        except (IndexUnusableError, IndexFailedError):
            return ""
