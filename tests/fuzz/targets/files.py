"""Files of the user's and the program's own: settings, saved searches, themes, state, marks to import."""

from __future__ import annotations

import atexit
import io
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from newsreader.commands.marks import read_marks
from newsreader.domain.errors import NewsreaderError
from newsreader.domain.saved_search import SavedSearch
from newsreader.settings.edit_sources import EditError, add_corpus, remove_source, rename_source, set_enabled
from newsreader.settings.model import load_settings
from newsreader.settings.saved_searches import SearchesError, SearchesFile
from newsreader.state.filter_history import FilterHistory
from newsreader.state.layout import read_layout
from newsreader.state.rules_applied import applied_until
from newsreader.state.theme import chosen_theme
from newsreader.state.visits import read_visit
from newsreader.ui.style.user_themes import read_themes
from newsreader.web.sync.log import log_file, read_log
from newsreader.web.sync.state import SyncState, digest
from tests.fuzz.mutator import as_bytes
from tests.fuzz.target import Target, require, require_line, require_safe

_SETTINGS = (
    'corpus = "~/news"\ntheme = "dark"\nbrowser = ["firefox", "%u"]\n[keys]\nmark_read = "x"\n[corpora]\nai = "~/ai"\n',
    '[sources.lab]\ncorpus = "ai"\nfeed = "https://lab.example/feed"\ntopics = ["AI"]\nquality = 5\n\n[[rules]]\nfilter = "ai"\nmark = "starred"\n',
    '[commands.pipe]\nkey = "ctrl+g"\ncommand = ["wc", "-l"]\n[players]\n"audio/*" = "mpv"\n',
)
_PIECES = (
    *(
        "[",
        "]",
        "[[",
        "]]",
        "=",
        '"',
        "'",
        '"""',
        "\n",
        "# ",
        "{",
        "}",
        ",",
        ".",
        "true",
        "1979-05-27",
        "0x1",
        "nan",
        "\\u0000",
        "\\e",
        "\\x1b",
    ),
    *(
        "[sources.lab]\n",
        "[corpora]\n",
        "[[rules]]\n",
        "[keys]\n",
        "feed = ",
        "filter = ",
        "key = ",
        '"\\u001b[2J" = 1\n',
        "[a.b.c]\n",
        "[[search]]\n",
        "name = ",
    ),
)
_SEARCHES = (
    '# mine\n[[search]]\nname = "AI"\nfilter = "topic:ai"\norder = "new"\n\n[[search]]\nname = "Law"\nscope = "everything"\n',
    "[[ 'search' ]]\nname = 'x'\n",
)
_THEMES = ('dark = false\nprimary = "#ff0000"\n[variables]\nborder = "red"\n', 'background = "ansi_blue"\n')
_STATES = (
    '{"version": 1, "ended": 1624864320000, "view": {"scope": "everything", "order": "new", "filter": "ai", "topic": ""}, "path": "a.md", "line": 3}',
    '{"topics": 24, "story": 40, "story_of_two": 50, "density": null}',
    '{"version": 1, "corpus": "/x", "files": {"a.md": ["k", "h"]}, "sources": {"s": {"whole": true, "pages": {}, "moved": {}, "gone": {}}}, "health": {"s": ["a", "b", 0, 0]}}',
    '{"at": "2021", "corpus": "c", "source": "s", "came": "new", "path": "a.md"}\n',
    "1624864320",
    "ai chips\ntopic:law\n",
)
_JSON_PIECES = (
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    '"',
    "null",
    "-1",
    "1e400",
    "NaN",
    "true",
    '"version"',
    '"files"',
    '"view"',
    '"\\u001b"',
    "9" * 5_000,
    "[" * 3_000,
    "\n",
)
_MARKS = (
    '{"story": "https://news.example/a", "mark": "read", "value": true, "at": "2021-06-28T07:12:00.000Z", "title": "A"}\n',
    '{"story": "path:_news/a.md", "mark": "note", "value": "text\\n\\u001b", "at": "2021-06-28T07:12:00+02:00"}\n',
)


@cache
def _folder() -> Path:
    folder = TemporaryDirectory(prefix="newsreader-fuzz-")
    atexit.register(folder.cleanup)
    return Path(folder.name)


def _file(name: str, text: str) -> Path:
    path = _folder() / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(as_bytes(text))
    return path


def check_settings(text: str) -> None:
    """Settings are read, each problem told in one line; edits keep a valid file valid or are refused."""
    loaded = load_settings(_file("config.toml", text))
    for message in loaded.complaints:
        require_line(message)


def check_edits(text: str) -> None:
    """Edits of the settings are made, or refused with a reason."""
    edits: tuple[Callable[[], str], ...] = (
        lambda: add_corpus(text, "new", "~/new"),
        lambda: set_enabled(text, "lab", enabled=False),
        lambda: rename_source(text, "lab", "other"),
        lambda: remove_source(text, "lab"),
    )
    for edit in edits:
        try:
            changed = edit()
        except EditError as error:
            require(str(error), error)
        else:
            require(isinstance(changed, str), changed)


def check_searches(text: str) -> None:
    """Saved searches are read with all complaints; an edit leaves all others as they were, or is refused."""
    file = SearchesFile(_file("searches.toml", text))
    before = file.read()
    require_safe(before)
    try:
        file.put(SavedSearch("New", filter="ai"))
    except SearchesError as error:
        require(str(error), error)
    else:
        require(
            [one.name for one in file.read().searches if one.name != "New"]
            == [one.name for one in before.searches if one.name != "New"],
            before,
        )


def check_themes(text: str) -> None:
    """A theme is read, or a sentence says why not."""
    _, complaints = read_themes(_file("themes/own.toml", text).parent)
    for complaint in complaints:
        require_line(complaint)


def check_state(text: str) -> None:
    """A state file that is damaged is as none."""
    path = _file("state", text)
    read_layout(path)
    read_visit(path)
    applied_until(path)
    chosen_theme(path)
    history = FilterHistory(path)
    require_line(history.older("") or "")


def check_sync_state(text: str) -> None:
    """The state and the log of a sync likewise."""
    folder, root = _folder() / "sync", Path("/nonexistent")
    _file(f"sync/{digest(str(root))}.json", text)
    _file(f"sync/{log_file(folder).name}", text)
    SyncState(folder, root)
    list(read_log(folder))


def check_marks(text: str) -> None:
    """Marks are taken in, or the line that is wrong is named."""
    try:
        marks = list(read_marks(io.StringIO(text), "marks.jsonl"))
    except NewsreaderError as error:
        require(str(error), error)
        return
    for (identity, _, _, _), at in marks:
        require_line(identity.name)
        require(at >= 0, at)


TARGETS: Final = (
    Target("settings", check_settings, _SETTINGS, _PIECES, 4),
    Target("settings-edits", check_edits, _SETTINGS, _PIECES, 1),
    Target("saved-searches", check_searches, _SEARCHES, _PIECES, 1),
    Target("themes", check_themes, _THEMES, (*_PIECES, "primary = ", "#fff", "rgb(1,2,3)"), 3),
    Target("state", check_state, _STATES, _JSON_PIECES, 5),
    Target("sync-state", check_sync_state, _STATES, _JSON_PIECES, 3),
    Target("marks-import", check_marks, _MARKS, _JSON_PIECES, 10),
)
