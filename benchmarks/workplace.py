"""Where a run of the suite happens: its corpora, homes for the measured programs, and how to start those."""

from __future__ import annotations

import copy
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import Final

from benchmarks.generate import generate
from benchmarks.memory import command_of, descendants
from benchmarks.probe import NotSeenError, Session
from benchmarks.screen import Area, WatchedScreen
from newsreader.domain.mark_changes import MarkChange
from newsreader.domain.marks import Mark
from newsreader.domain.page_text import PageText, Version
from newsreader.domain.view import Scope, View
from newsreader.library import Library
from newsreader.library.marks.store import Marks
from newsreader.library.pages.store import PageStore
from newsreader.state.welcome import note_welcome

MOST_MARKS: Final = 50_000
"""Records that are marked while starts and keys are measured."""

PAGES: Final = 500
"""Pages that are fetched while a filter looks for words in them, too."""

MOST_PAGE_BYTES: Final = 200_000_000

SMALL: Final = 100
"""Records of the corpus that the large one is compared with."""

UNREAD: Final = "…"
"""What the reader paints for a headline that it has not read yet."""

_LISTED: Final = re.compile(r"\b1 of [1-9][\d,]*\b")
_PLACE: Final = re.compile(r"\b([\d,]+) of [\d,…]+ ·")


class Home:
    """A home folder for the measured programs, so that nothing of the user's is read or touched.

    Args:
        folder: Made if it is not there.

    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        xdg = {"CONFIG_HOME": "config", "CACHE_HOME": "cache", "DATA_HOME": "data", "STATE_HOME": "state"}
        self.env = {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(folder),
            **{f"XDG_{name}": str(folder / place) for name, place in xdg.items()},
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LANG": "C.UTF-8",
            # For `python -m`: this checkout, and whatever the caller had.
            "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent.parent), *_python_path()]),
        }
        note_welcome(folder / "state" / "newsreader" / "welcomed")
        self._settings_in(folder / "config")

    def with_settings(self, settings: str) -> Home:
        """The same home, but for the settings file."""
        other = copy.copy(self)
        folder = self.folder / "other-config"
        self._settings_in(folder, settings)
        other.env = {**self.env, "XDG_CONFIG_HOME": str(folder)}
        return other

    @staticmethod
    def _settings_in(folder: Path, settings: str = "") -> None:
        """Every start begins at the top, wherever the one before it ended."""
        file = folder / "newsreader" / "config.toml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"restore = false\n{settings}", encoding="utf-8")

    def cache(self) -> Path:
        """Where the reader keeps its indexes in this home, as it says itself."""
        return self._path("cache_dir")

    def marks(self) -> Path:
        """Where it keeps its marks."""
        return self._path("marks_file")

    def pages(self) -> Path:
        """Where it keeps what it fetched."""
        return self._path("pages_file")

    def _path(self, name: str) -> Path:
        script = f"from newsreader.settings import paths; print(paths.{name}())"
        argv = [sys.executable, "-c", script]
        return Path(
            subprocess.run(argv, env=self.env, capture_output=True, text=True, check=True).stdout[:-1]
        )


class Reader(Session):
    """The reader on a terminal, started at once.

    Args:
        corpus: What it opens.
        home: Its home.

    """

    def __init__(self, corpus: Path, home: Home) -> None:
        super().__init__([sys.executable, "-m", "newsreader", str(corpus)], home.env)

    def wait_for_list(self, patience: float = 60.0) -> float:
        """Milliseconds from the start until there is a list with rows on the screen."""
        return self.wait(lambda screen: screen.has(_LISTED), patience)

    def be_idle(self, patience: float = 300.0) -> None:
        """Wait until nothing is indexed any more, and nothing is written.

        Raises:
            NotSeenError: time was up.

        """
        deadline = time.monotonic() + patience
        self.settle(0.5)
        while any(b"indexing" in command_of(pid) for pid in descendants(self.pid)):
            self.settle(0.05, 0.1)
            if time.monotonic() > deadline:
                raise NotSeenError("the corpus is still being indexed")
        self.settle(0.3)

    def place(self) -> int:
        """The number of the row under the cursor, as the status line tells it."""
        found = _PLACE.search(self.screen.text())
        return int(found[1].replace(",", "")) if found else 0

    @staticmethod
    def row(screen: WatchedScreen) -> str:
        """The title under the cursor of the list, `UNREAD` while it is not known."""
        left, right = edges(screen)
        # The last cells are the scroll bar and the frame.
        return screen.marked_line(Area(left + 3, right - 2, 1, screen.rows - 2)).strip()

    @staticmethod
    def list_title(screen: WatchedScreen) -> str:
        """What stands in the frame of the list."""
        left, right = edges(screen)
        return screen.text_in(Area(left + 1, right - 1, 0, 1))

    @staticmethod
    def story(screen: WatchedScreen) -> str:
        """The first lines of the story."""
        return screen.text_in(Area(edges(screen)[1] + 1, screen.columns - 1, 1, 5))


class Bare(Session):
    """The bare app on a terminal, started at once.

    Args:
        rows: Of its list.
        home: Its home.

    """

    def __init__(self, rows: int, home: Home) -> None:
        super().__init__([sys.executable, "-m", "benchmarks.bare_list", str(rows)], home.env)

    def wait_for_list(self) -> float:
        """Milliseconds from the start until there is a list with rows on the screen."""
        return self.wait(lambda screen: screen.has(_LISTED))

    @staticmethod
    def row(screen: WatchedScreen) -> str:
        """The text of the row that the cursor is on."""
        return screen.marked_line(Area(0, screen.columns, 0, screen.rows))


class Workplace:
    """The corpora of a run and the homes in which they are read.

    Args:
        scratch: For all that is made; empty, and deleted by whoever made it.
        records: Of the corpus.
        seed: Of the corpus.
        keep: Where the corpus stays, or is already.

    Raises:
        ValueError: `keep` holds something else than a corpus of this size.

    """

    def __init__(self, scratch: Path, records: int, seed: int, keep: Path | None = None) -> None:
        self.scratch = scratch
        self.records = records
        self.corpus = (keep or scratch / "corpus").resolve()
        self.small_corpus = scratch / "small"
        generate(self.small_corpus, SMALL, seed)
        if keep is not None and keep.is_dir() and any(keep.iterdir()):
            held = len(self.record_files())
            if held != records:
                raise ValueError(f"{keep} holds {held:,} records, not {records:,}")
        else:
            generate(self.corpus, records, seed)
        self.main = self.home("main")
        self.pages_file = self.main.pages()
        self.library = Library(self.corpus, self.main.cache(), pages=self.pages_file)
        self.without_frame = self.main.with_settings("first_frame = false\n")

    def home(self, name: str) -> Home:
        """A home folder of that name."""
        return Home(self.scratch / "homes" / name)

    def record_files(self) -> list[Path]:
        """The files of the records in order."""
        return sorted(self.corpus.glob("_news/*/*.md"))

    def bring_up_to_date(self) -> None:
        """Make sure that the main index and that of the small corpus say what the corpora say.

        Half of the records are marked as read then, as a reader of some years has it.
        """
        for library in (self.library, Library(self.small_corpus, self.main.cache())):
            indexer = library.refresh()
            for _ in indexer.progress():
                pass
            indexer.stop()
        if not self.main.marks().exists():
            self._mark_much()

    def _mark_much(self) -> None:
        """Mark half of the corpus, or as many records as are marked at the most."""
        reader = self.library.reader()
        marks = Marks(self.main.marks())
        try:
            ids = reader.ids(View(Scope.EVERYTHING))[: min(MOST_MARKS, self.records // 2)]
            named = reader.identities(ids)
            marks.set("Marked much", [MarkChange(identity, Mark.READ, 1, title) for identity, title in named])
        finally:
            marks.close()
            reader.close()

    @contextmanager
    def pages_fetched(self) -> Iterator[None]:
        """Have pages fetched as long as the block lasts; their texts are headlines in a row."""
        reader = self.library.reader()
        pages = PageStore(self.pages_file, most_bytes=MOST_PAGE_BYTES)
        try:
            ids = reader.ids(View(Scope.EVERYTHING))
            titles = [line.title for line in reader.headlines(ids[:2_000]) if line]
            for number, (identity, _) in enumerate(reader.identities(ids[:: len(ids) // PAGES + 1])):
                words = " ".join(titles[(number + place) % len(titles)] for place in range(0, 2_000, 37))
                pages.keep(identity, PageText(Version.WEB, "", "", f"<p>{escape(words)}</p>", 500, 0))
        finally:
            pages.close()
            reader.close()
        try:
            yield
        finally:
            self.pages_file.unlink()

    def count(self, view: View) -> int:
        """How many records a view has."""
        reader = self.library.reader()
        try:
            return reader.count(view)
        finally:
            reader.close()


def edges(screen: WatchedScreen) -> tuple[int, int]:
    """The columns where the list and the story begin, by the corners in the first line.

    While that line is being painted, and a corner is missing, both are the width of the screen.
    """
    corners = [column for column, corner in enumerate(screen.lines()[0]) if corner == "╭"]
    return (corners[1], corners[2]) if len(corners) == 3 else (screen.columns, screen.columns)


def _python_path() -> list[str]:
    return [str(Path(part).resolve()) for part in os.environ.get("PYTHONPATH", "").split(os.pathsep) if part]
