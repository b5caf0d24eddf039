"""Languages at the prompt: listed with their numbers, chosen by number, code or name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from newsreader.domain.view import View
from newsreader.library import Library
from newsreader.library.indexing.refresh import refresh
from newsreader.prompt.index_session import IndexSession
from newsreader.prompt.output import Output
from newsreader.prompt.session import Session
from newsreader.settings.model import Settings
from newsreader.settings.saved_searches import SearchesFile
from tests.builders import a_corpus
from tests.ui.harness import a_story
from tests.unit.prompt.words import Written

Talk = Callable[..., str]


@pytest.fixture
def talk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Talk]:
    """Type lines in a corpus of stories in some languages; return what the last one printed."""
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    sessions: list[Session] = []

    def talk(languages: list[str], *lines: str) -> str:
        files = {
            f"{number}.md": a_story(number, title=f"Story in {language}", lang=language)
            for number, language in enumerate(languages, 1)
        }
        library = Library(a_corpus(tmp_path, files), tmp_path / "cache")
        for _ in refresh(library.root, library.index):
            pass
        written = Written()
        searches = SearchesFile(tmp_path / "searches.toml")
        index = IndexSession(library, Output(Written()))
        sessions.append(
            Session(index, View(), Settings(), searches, output=Output(written), ask=lambda _: True)
        )
        sessions[-1].start()
        before = 0
        for line in lines:
            before = len(written.text)
            sessions[-1].do(line)
        return " ".join(written.text[before:].split())

    yield talk
    for session in sessions:
        session.close()


def test_languages_are_listed_with_that_of_the_list(talk: Talk) -> None:
    assert talk(["en", "de", "de"], "languages") == (
        "language 1. Deutsch (de), 2. language 2. English (en), 1, this list. language 3. All languages."
    )


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("language 1", {"de"}),
        ("language Deutsch", {"de"}),
        ("language all", {"en", "de"}),
        ("language 3", {"en", "de"}),
        ("language", {"en"}),
    ],
)
def test_a_language_is_chosen(talk: Talk, line: str, found: set[str]) -> None:
    printed = talk(["en", "de", "de"], "language de", line)
    assert {code for code in ("en", "de") if f"Story in {code}" in printed} == found


def test_one_language_is_no_choice(talk: Talk) -> None:
    assert "no more than one language" in talk(["de", "de"], "languages")


def test_an_unknown_language_is_refused(talk: Talk) -> None:
    assert "There is no language “fr”." in talk(["en", "de"], "language fr")
