"""A story of a lead and two reports, a record that stands alone, and their marks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from newsreader.app.marking import Marker
from newsreader.app.undo import UndoStack
from newsreader.domain.story_page import StoryPage
from newsreader.domain.view import Scope, View
from newsreader.library import Library
from newsreader.settings.model import Settings
from tests.unit.library.corpora import Corpus

SETTINGS = Settings(mark_read_after=3.0, mark_coverage=True)


class MarkedCorpus:
    """The corpus, and a marker of it with an undo stack."""

    def __init__(self, folder: Path) -> None:
        corpus = Corpus(folder)
        entries = [{"title": f"Report {name}", "webUrl": f"https://news.example/{name}"} for name in "bc"]
        corpus.put(
            "a.md", webUrl="https://news.example/a", quality=9, heat=29, published=True, related=entries
        )
        for name in "bc":
            corpus.put(f"{name}.md", webUrl=f"https://news.example/{name}", heat=-1, published=False)
        corpus.put("alone.md", webUrl="https://news.example/alone", quality=1)
        corpus.refresh()
        self.library = Library(corpus.root, folder / "cache", marks=folder / "marks.sqlite")
        self.library.index = corpus.index
        self.undo = UndoStack()
        self.marker = Marker(self.library, SETTINGS, self.undo)

    def page(self, path: str) -> StoryPage:
        """A story as it is now."""
        with closing(self.library.reader()) as reader:
            record_id = reader.record_at(path)
            page = None if record_id is None else reader.page(record_id)
        assert page is not None
        return page

    def id_of(self, path: str) -> int:
        """The record of a file."""
        record_id = self.page(path).record_id
        assert record_id is not None
        return record_id

    def unread(self) -> str:
        """The names of all unread records."""
        return self.found("is:unread")

    def found(self, filter_: str) -> str:
        """The names of all records that a filter finds."""
        with closing(self.library.reader()) as reader:
            ids = reader.ids(View(Scope.EVERYTHING, filter=filter_))
            paths = [reader.path_of(id_) for id_ in ids]
        return " ".join(sorted(path.removesuffix(".md") for path in paths))


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[MarkedCorpus]:
    marked = MarkedCorpus(tmp_path)
    with closing(marked.marker):
        yield marked
