"""Opening a corpus: which folder, and what its list shows first."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from newsreader.app.index_refresh import IndexRefresh
from newsreader.app.open_corpus import (
    SAMPLE,
    OpenCorpusError,
    check_corpus,
    corpus_root,
    has_source,
    is_writable,
    library_of,
    open_corpus,
    options_of,
    plain_view,
)
from newsreader.app.places import UnknownPlaceError
from newsreader.domain.corpus_options import CorpusOptions
from newsreader.domain.ranking import Order
from newsreader.domain.view import View
from newsreader.settings import paths
from newsreader.settings.model import Settings
from newsreader.settings.sources import DeclaredSource
from newsreader.state.visits import Visit, keep_visit

SETTINGS = Settings(corpora={"papers": "~/papers"})


def test_the_folder_is_given_or_named_or_the_first_of_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    assert corpus_root(None, Settings()) == (paths.shipped("sample_content"), SAMPLE)
    assert corpus_root(None, SETTINGS) == (Path("~/papers").expanduser(), "")
    assert corpus_root("papers", SETTINGS) == (Path("~/papers").expanduser(), "")
    assert corpus_root("./papers", SETTINGS) == (Path("papers"), "")
    monkeypatch.setenv("NEWSREADER_CORPUS", "/records")
    assert corpus_root(None, SETTINGS) == (Path("/records"), "")


def test_a_corpus_has_a_source_if_one_is_enabled_for_it(tmp_path: Path) -> None:
    root = tmp_path / "papers"
    (tmp_path / "link").symlink_to(root)
    source = DeclaredSource("blog", "papers", "feed", "https://blog.example/")
    settings = Settings(corpora={"papers": str(tmp_path / "link")}, sources=(source,))
    assert has_source(settings, root)
    assert not has_source(settings, tmp_path)
    assert not has_source(settings._replace(sources=(source._replace(enabled=False),)), root)


def test_a_folder_that_is_no_corpus_is_refused_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").touch()
    for name, reason in (("none", "no such folder"), ("file", "this is a file"), ("empty", "is empty")):
        with pytest.raises(OpenCorpusError, match=reason):
            check_corpus(tmp_path / name)

    def refuse(_: Path) -> bool:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "exists", refuse)
    with pytest.raises(OpenCorpusError, match="Permission denied"):
        check_corpus(tmp_path)


def test_a_folder_has_the_options_of_the_corpus_that_names_it(tmp_path: Path) -> None:
    options = CorpusOptions(preset="hugo")
    settings = Settings(corpora={"papers": str(tmp_path)}, corpus_options={"papers": options})
    assert options_of(tmp_path, settings) == options.to_json()
    assert options_of(tmp_path / "below", settings) == ""


def test_a_corpus_opens_where_the_last_visit_ended_unless_a_view_is_given(tmp_path: Path) -> None:
    root = tmp_path / "corpus"
    root.mkdir()
    (root / "a.md").write_text("---\ntitle: A\n---\n", encoding="utf-8")
    check_corpus(root)
    opened = open_corpus(root, Settings())
    assert (opened.view, opened.first, opened.line) == (plain_view(Settings()), None, None)
    assert opened.library.visit_file is not None
    keep_visit(opened.library.visit_file, Visit(1, View(order=Order.NEW), "a.md", 7))
    again = open_corpus(root, Settings(fold_stories=False))
    assert (again.view.order, again.view.folds_front, again.line) == (Order.NEW, False, 7)
    assert open_corpus(root, Settings(), View(order=Order.HOT)).view.order is Order.HOT
    assert open_corpus(root, Settings(restore=False)).line is None


def test_an_unknown_topic_is_refused_once_the_corpus_is_indexed(tmp_path: Path) -> None:
    root = tmp_path / "corpus"
    root.mkdir()
    (root / "a.md").write_text("---\ntitle: A\ntopics: [Robots]\n---\n", encoding="utf-8")
    assert open_corpus(root, Settings(), View(topic="robo")).view.topic == "robo"
    for _ in IndexRefresh(library_of(root, Settings()), "").progress():
        pass
    assert open_corpus(root, Settings(), View(topic="robo")).view.topic == "Robots"
    with pytest.raises(UnknownPlaceError, match=r"no topic “rabots”. Did you mean “Robots”\?"):
        open_corpus(root, Settings(), View(topic="rabots"))


@pytest.mark.parametrize("place", ["file", "shut", "shut/below", "fine", "fine/below/it"])
def test_an_index_that_cannot_be_stored_is_in_a_temporary_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "shut").mkdir()
    (tmp_path / "fine").mkdir()
    monkeypatch.setattr(os, "access", lambda path, _: Path(path).name != "shut")
    monkeypatch.setattr(paths, "cache_dir", lambda: tmp_path / place)
    library = library_of(tmp_path, Settings())
    is_stored = place.startswith("fine")
    assert (library.index.parent == tmp_path / place) == is_stored
    assert library.notice.startswith(f"{tmp_path / place} cannot be written:") == (not is_stored)
    assert library.index.parent == library_of(tmp_path, Settings()).index.parent
    if not is_stored:
        assert library.index.parent.is_dir()


def test_an_index_is_not_stored_on_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "cache_dir", lambda: tmp_path / "cache")
    free = os.statvfs(tmp_path)
    monkeypatch.setattr("newsreader.app.open_corpus.LEAST_ROOM", free.f_bavail * free.f_frsize * 2)
    library = library_of(tmp_path, Settings())
    assert library.notice.startswith(f"{tmp_path / 'cache'} is on a full disk: make room.")
    assert library.index.parent != tmp_path / "cache"


def test_where_nothing_exists_nothing_can_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os.path, "lexists", lambda _: False)
    assert not is_writable(Path("/none"))
