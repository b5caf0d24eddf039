"""Opening a corpus: its library, what its list shows first, and where the reader was."""

from __future__ import annotations

import os
from contextlib import closing, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from newsreader.domain.errors import NewsreaderError
from newsreader.domain.sanitize import clean_line
from newsreader.domain.view import View
from newsreader.library import IndexFailedError, IndexUnusableError, Library
from newsreader.settings import paths
from newsreader.settings.model import Settings

if TYPE_CHECKING:
    from newsreader.domain.listing import Listing

SAMPLE = "This is the sample corpus. To open your own: newsreader FOLDER"


class OpenCorpusError(NewsreaderError):
    """There is no corpus where one was looked for; the message says why and what to do."""


class OpenedCorpus(NamedTuple):
    """A corpus, ready to be shown.

    `first` is None where the corpus has to be indexed before anything can be shown. `line` is the line of the
    list on the screen on which the row under the cursor begins, None where that does not matter.
    """

    library: Library
    view: View
    first: Listing | None
    line: int | None


LEAST_ROOM = 5_000_000
"""Free bytes of a disk on which an index can be stored; that of a small corpus takes about a tenth."""


def plain_view(settings: Settings) -> View:
    """What the list shows where nothing else was asked for."""
    return View(order=settings.order, folds_front=settings.fold_stories)


def library_of(root: Path, settings: Settings) -> Library:
    """A corpus with its index, the reader's marks, fetched pages and the last visit.

    Where the index cannot be stored, it is built in a temporary folder, and the library says so.
    """
    folder, notice = paths.cache_dir(), ""
    if reason := _why_unusable(folder):
        notice = (
            f"{clean_line(str(folder))} {reason}. The index is in a temporary folder "
            "and will be built again at the next start."
        )
        folder = _temporary_cache()
    return Library(
        root,
        folder,
        settings.half_life,
        settings.ages_from,
        marks=paths.marks_file(),
        pages=paths.pages_file(),
        search_pages=settings.search_pages,
        visits=paths.visits_dir(),
        options=options_of(root, settings),
        rules=settings.rules,
        notice=notice,
    )


def is_sample(root: Path) -> bool:
    """Whether a folder belongs to the sample corpus, which is never written to."""
    return root.resolve().is_relative_to(paths.shipped("sample_content").resolve())


def _why_unusable(folder: Path) -> str:
    """Say why an index cannot be stored in a folder, with what to do; empty if it can."""
    if not is_writable(folder):
        return "cannot be written: check the permissions"
    disk = os.statvfs(next(path for path in (folder, *folder.parents) if path.is_dir()))
    return "is on a full disk: make room" if disk.f_bavail * disk.f_frsize < LEAST_ROOM else ""


def is_writable(folder: Path) -> bool:
    """Whether files can be created in a folder, which may have to be created itself."""
    for candidate in (folder, *folder.parents):
        # What is in a folder that cannot be searched is unknown; then that folder decides.
        if os.path.lexists(candidate):
            return candidate.is_dir() and os.access(candidate, os.W_OK | os.X_OK)
    return False


@cache
def _temporary_cache() -> Path:
    """Return a folder that is deleted when the program ends."""
    import atexit
    import shutil
    import tempfile

    folder = Path(tempfile.mkdtemp(prefix="newsreader-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def options_of(root: Path, settings: Settings) -> str:
    """What the settings say about a corpus, as `CorpusOptions.to_json` writes it."""
    for name, options in settings.corpus_options.items():
        if Path(settings.corpora[name]).expanduser().resolve() == root.resolve():
            return options.to_json()
    return ""


def open_corpus(root: Path, settings: Settings, view: View | None = None) -> OpenedCorpus:
    """Open a corpus with a view, or where the last visit ended.

    Raises:
        UnknownPlaceError: the view names a topic that the corpus is known not to have.

    """
    from newsreader.domain.listing import WINDOW

    library = library_of(root, settings)
    visit = library.last_visit if view is None and settings.restore else None
    if visit is None:
        view = plain_view(settings) if view is None else _with_known_topic(library, view)
        return OpenedCorpus(library, view, library.first_listing(view, WINDOW), None)
    view = visit.view._replace(folds_front=settings.fold_stories)
    return OpenedCorpus(library, view, library.first_listing(view, WINDOW, visit.path), visit.line)


def _with_known_topic(library: Library, view: View) -> View:
    """Spell out the topic of a view, if the corpus has been indexed."""
    if not view.topic:
        return view
    from newsreader.app.places import with_full_topic

    with suppress(IndexUnusableError, IndexFailedError), closing(library.reader()) as reader:
        return with_full_topic(reader.topics(), view)
    return view  # the screen checks it again once the corpus is indexed


def corpus_root(given: str | None, settings: Settings) -> tuple[Path, str]:
    """Return the folder of a corpus, and a notice about the choice.

    Args:
        given: A name from the settings, or a folder; `./NAME` is always a folder. Defaults to
            `$NEWSREADER_CORPUS`, the first corpus of the settings, or the sample.
        settings: Name the corpora.

    """
    wanted = given or os.environ.get("NEWSREADER_CORPUS") or next(iter(settings.corpora), None)
    if wanted is None:
        return paths.shipped("sample_content"), SAMPLE
    return Path(settings.corpora.get(wanted, wanted)).expanduser(), ""


def has_source(settings: Settings, root: Path) -> bool:
    """Return whether a source brings records into a corpus."""
    roots = {
        corpus_root(source.corpus, settings)[0].resolve() for source in settings.sources if source.enabled
    }
    return root.resolve() in roots


def check_corpus(root: Path) -> None:
    """Make sure that there is a folder that can be read, and something in it.

    Raises:
        OpenCorpusError: there is not.

    """
    try:
        if not root.exists():
            raise OpenCorpusError(f"{root}: there is no such folder. Give the folder of a corpus.")
        if not root.is_dir():
            raise OpenCorpusError(f"{root}: this is a file. Give the folder that it stands in.")
        os.stat(os.path.join(root, "."))  # noqa: PTH116, PTH118 - raises an error if it cannot be searched
        with os.scandir(root) as entries:
            if next(entries, None) is None:
                raise OpenCorpusError(
                    f"{root}: this folder is empty. Give a folder of records, or bring some in with "
                    "newsreader add SITE --to FOLDER."
                )
    except OSError as error:
        raise OpenCorpusError(f"{root}: cannot be read ({error.strerror}). Check its permissions.") from error
