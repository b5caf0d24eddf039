"""The corpus and the records that a command line asks for."""

from __future__ import annotations

import sys
from argparse import Namespace
from array import array
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from newsreader.app.index_refresh import repair_unreadable_marks
from newsreader.app.open_corpus import check_corpus, corpus_root, library_of
from newsreader.app.places import UnknownPlaceError, find_topic
from newsreader.commands.support.repair import repairing
from newsreader.domain.errors import NewsreaderError
from newsreader.domain.query import QueryError, parse
from newsreader.domain.ranking import Order
from newsreader.domain.view import Scope, View
from newsreader.library import IndexFailedError, IndexUnusableError, Library, Reader
from newsreader.settings import paths
from newsreader.settings.model import Settings, load_settings

ON_A_TERMINAL = 50
"""Most rows on a terminal where no limit was given."""


class SelectionError(NewsreaderError):
    """What is asked for makes no sense; the message says why."""


class SelectedCorpus(NamedTuple):
    """A corpus that is open, with its index as new as was asked for."""

    library: Library
    reader: Reader
    settings: Settings


class Selection(NamedTuple):
    """The records that a command line asks for: the ids in order, and whether there are more below them."""

    corpus: SelectedCorpus
    view: View
    ids: array[int]
    has_more: bool

    @property
    def reader(self) -> Reader:
        """Answers about the index."""
        return self.corpus.reader


def corpus_folder(options: Namespace) -> tuple[Path, Settings]:
    """The folder of the corpus that `arguments.add_corpus` asked for, with the settings.

    Raises:
        NewsreaderError: it cannot be read.

    """
    settings, complaints, _ = load_settings(paths.config_file())
    for complaint in complaints:
        print(f"newsreader: {complaint}", file=sys.stderr)
    root, _ = corpus_root(options.corpus, settings)
    check_corpus(root)
    return root, settings


@contextmanager
def open_corpus(options: Namespace) -> Iterator[SelectedCorpus]:
    """Open the corpus that `arguments.add_corpus` asked for.

    Raises:
        NewsreaderError: it cannot be read, or there is no index and none may be made.

    """
    root, settings = corpus_folder(options)
    library = library_of(root, settings)
    if library.notice:
        print(f"newsreader: {library.notice}", file=sys.stderr)
    with repairing(library), closing(_reader(library, options.refresh)) as reader:
        if notice := repair_unreadable_marks(library, reader):
            print(f"newsreader: {notice}", file=sys.stderr)
        yield SelectedCorpus(library, reader, settings)


@contextmanager
def select(options: Namespace, *, fold: bool | None = None) -> Iterator[Selection]:
    """Find the records that `arguments.add_corpus` and `arguments.add_query` asked for.

    `fold` tells whether each story is one row; None leaves it to the scope and the settings.

    Raises:
        NewsreaderError: the corpus cannot be read, or what is asked for makes no sense.

    """
    query = query_text(options)
    with open_corpus(options) as corpus:
        view = view_of(options, query, corpus)._replace(fold=fold)
        yield _cut(corpus, view, options)


def query_text(options: Namespace) -> str:
    """The words of the query as one text.

    Raises:
        SelectionError: it makes no sense.

    """
    text = " ".join(options.query)
    _refuse_folder(options.query)
    try:
        parse(text)
    except QueryError as error:
        from newsreader.domain.sanitize import clean_line

        before, part = clean_line(text[: error.start]), clean_line(text[error.start : error.end])
        place = f"after “{before}”" if before else "at the beginning"
        raise SelectionError(f"{error} (in the query {place}: “{part}”)") from error
    return text


def _refuse_folder(words: Sequence[str]) -> None:
    """Raise SelectionError if a folder was given in place of a query."""
    if len(words) != 1 or not Path(words[0]).expanduser().is_dir():
        return
    from newsreader.domain.sanitize import clean_line

    word = clean_line(words[0])
    raise SelectionError(
        f"“{word}” is a folder, and a query is expected here. --corpus {word} chooses the corpus; "
        f"'\"{word}\"' searches for the word."
    )


def tell_if_empty(corpus: SelectedCorpus) -> bool:
    """Explain a corpus without any record on standard error; return whether it is one."""
    if corpus.reader.count(View(scope=Scope.EVERYTHING)):
        return False
    from newsreader.app.describe_folder import explain_empty

    print(f"newsreader: {explain_empty(corpus.library.root)}", file=sys.stderr)
    return True


def explain_nothing(selection: Selection) -> str:
    """Explain what is probably wrong with a query that finds nothing; empty where nothing stands out."""
    from newsreader.app.places import vocabulary, why_nothing_matches

    reader, view = selection.reader, selection.view
    return why_nothing_matches(
        view, vocabulary(reader.topics(), reader.counts(view.scope), list(reader.tags()))
    )


def view_of(options: Namespace, query: str, corpus: SelectedCorpus) -> View:
    """The list that is asked for."""
    settings, order = corpus.settings, getattr(options, "sort", None)
    return View(
        scope=Scope.EVERYTHING if options.all else Scope.FRONT,
        topic=_topic(corpus, options.topic) if options.topic else "",
        filter=query,
        order=Order(order) if order else settings.order,
        order_chosen=bool(order),
        folds_front=settings.fold_stories,
        language=_language(corpus, options.lang) if options.lang else "",
    )


def _language(corpus: SelectedCorpus, text: str) -> str:
    from newsreader.domain.languages import UnknownLanguageError, find_language

    try:
        return find_language(text, corpus.reader.counts(Scope.EVERYTHING).languages)
    except UnknownLanguageError as error:
        raise SelectionError(f"{error} The records name no other.") from error


def _topic(corpus: SelectedCorpus, text: str) -> str:
    try:
        return find_topic(corpus.reader.topics(), text)
    except UnknownPlaceError as error:
        raise SelectionError(f"{error} `newsreader topics` lists them all.") from error


def _cut(corpus: SelectedCorpus, view: View, options: Namespace) -> Selection:
    """The part of a view that is wanted."""
    most, limit = wanted_rows(options), parse(view.filter).limit
    wanted = None if most is None else options.offset + most
    # One more than is wanted tells whether there are more.
    needed = [number for number in (limit, None if wanted is None else wanted + 1) if number is not None]
    ids = corpus.reader.ids(view, min(needed, default=-1))
    return Selection(corpus, view, ids[options.offset : wanted], wanted is not None and len(ids) > wanted)


def wanted_rows(options: Namespace) -> int | None:
    """How many rows are wanted at the most, None without a limit."""
    if options.limit is None:
        return ON_A_TERMINAL if sys.stdout.isatty() else None
    return int(options.limit) or None


def _reader(library: Library, refresh: bool | None) -> Reader:
    """A reader of an index that is as new as was asked for."""
    if not refresh:
        with suppress(IndexUnusableError):
            reader = library.reader()
            if refresh is False or _is_fresh(reader, library):
                return reader
            reader.close()
    if refresh is not False:
        from newsreader.commands.support.refresh import bring_up_to_date

        bring_up_to_date(library)
    try:
        return library.reader()
    except IndexUnusableError as error:
        from newsreader.domain.sanitize import clean_line

        root = clean_line(str(library.root))
        raise SelectionError(f"{root}: there is no index yet. `newsreader index` makes it.") from error


def _is_fresh(reader: Reader, library: Library) -> bool:
    try:
        return reader.catalogue.is_fresh(library.root, library.half_life)
    except IndexFailedError:
        return False  # the refresh mends it
