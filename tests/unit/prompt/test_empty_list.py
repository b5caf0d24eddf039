"""What the prompt says of a corpus without records."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsreader.domain.view import View
from newsreader.library import Library
from newsreader.prompt.handlers.list import ListHandler
from newsreader.prompt.index_session import IndexSession
from newsreader.prompt.output import Output
from newsreader.settings.model import Settings
from newsreader.settings.sources import DeclaredSource
from tests.unit.prompt.words import Written


@pytest.mark.parametrize(
    ("has_source", "words"),
    [(False, "add ADDRESS adds a site or feed."), (True, "sync syncs its sources.")],
)
def test_an_empty_corpus_names_the_way_to_records(tmp_path: Path, has_source: bool, words: str) -> None:
    root = tmp_path / "corpus"
    root.mkdir()
    (root / "notes.csv").touch()
    source = DeclaredSource("blog", str(root), "feed", "https://blog.example/feed")
    written = Written()
    index = IndexSession(Library(root, tmp_path / "cache"), Output(written))
    index.refresh()
    settings = Settings(sources=(source,) if has_source else ())
    ListHandler(index, Output(written), settings, View(), View()).show(View())
    said = written.text.replace("\n", " ")
    assert "There is no" in said
    assert f"R looks again; {words}" in said
