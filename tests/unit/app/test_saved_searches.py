"""Saved searches belong to a corpus, unless they are saved for every corpus."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsreader.app.saved_searches import SavedSearches, check_name
from newsreader.app.undo import UndoStack
from newsreader.domain.view import View
from newsreader.settings.saved_searches import SearchesError, SearchesFile

NEWS, NOTES = Path("/news"), Path("/notes")


def names(searches: SavedSearches) -> list[str]:
    return [search.name for search in searches.read().searches]


@pytest.fixture
def file(tmp_path: Path) -> SearchesFile:
    return SearchesFile(tmp_path / "searches.toml")


def test_a_search_is_shown_in_its_corpus_alone_unless_it_is_for_every_corpus(file: SearchesFile) -> None:
    news, notes = (SavedSearches(file, UndoStack(), corpus) for corpus in (NEWS, NOTES))
    news.save("chips", View(filter="chips"))
    news.save("* starred", View(filter="is:starred"))
    assert names(news) == ["chips", "starred"]
    assert names(notes) == ["starred"]
    assert file.read().complaints == ()


def test_a_search_without_a_corpus_is_one_of_every_corpus(file: SearchesFile) -> None:
    file.path.write_text('[[search]]\nname = "old"\nfilter = "x"\n', encoding="utf-8")
    assert names(SavedSearches(file, UndoStack(), NOTES)) == ["old"]


def test_a_name_of_another_corpus_is_refused(file: SearchesFile) -> None:
    SavedSearches(file, UndoStack(), NEWS).save("chips", View(filter="chips"))
    with pytest.raises(SearchesError, match=r"“chips” is a saved search of /news\. Choose another name"):
        SavedSearches(file, UndoStack(), NOTES).save("chips", View(filter="fish"))


def test_a_search_moves_past_those_of_other_corpora(file: SearchesFile) -> None:
    news, notes = (SavedSearches(file, UndoStack(), corpus) for corpus in (NEWS, NOTES))
    news.save("a", View(filter="a"))
    notes.save("b", View(filter="b"))
    news.save("c", View(filter="c"))
    news.move("c", -1)
    assert names(news) == ["c", "a"]
    assert names(notes) == ["b"]


def test_the_sign_alone_is_no_name(file: SearchesFile) -> None:
    assert check_name("*") == "A name is needed."
    searches = SavedSearches(file, UndoStack(), NEWS)
    searches.save("a", View(filter="a"))
    searches.rename("a", "*b")
    assert names(searches) == ["b"]
