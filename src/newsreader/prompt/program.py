"""The prompt from start to end."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from io import TextIOWrapper

from newsreader.app.open_corpus import plain_view
from newsreader.app.places import with_full_topic
from newsreader.app.terminal_loss import end_with_terminal
from newsreader.app.visits import save_visit
from newsreader.domain.setting_values import GlyphSet
from newsreader.domain.view import View
from newsreader.library import IndexFailedError, IndexingError, IndexUnusableError, Library
from newsreader.prompt.index_session import IndexSession
from newsreader.prompt.input import Prompt
from newsreader.prompt.output import Output, PromptOutputError
from newsreader.prompt.session import Session
from newsreader.settings import paths
from newsreader.settings.model import Settings
from newsreader.settings.saved_searches import SearchesFile
from newsreader.state.visits import Visit

INTERRUPTED = 130
"""Exit status after ctrl-c, as of a program that SIGINT ended."""

NOBODY_READS = 141
"""Exit status when whoever read the output went away: that of a program that SIGPIPE ended."""


def run(library: Library, view: View | None, settings: Settings, notice: str = "") -> int:
    """Read a corpus at the prompt.

    Args:
        library: The corpus.
        view: What the list shows first; None for what it showed at the last visit.
        settings: The user's.
        notice: Words to begin with.

    Returns:
        The exit status.

    Raises:
        IndexingError: nothing can be read.
        UnknownPlaceError: the view names a topic that the corpus does not have.

    """
    _replace_closed_streams()
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    end_with_terminal()
    try:
        return _run(library, view, settings, notice)
    except BrokenPipeError:
        _write_nowhere()
        return NOBODY_READS
    except PromptOutputError:
        _write_nowhere()
        raise
    except KeyboardInterrupt:
        return INTERRUPTED


def _run(library: Library, view: View | None, settings: Settings, notice: str) -> int:
    plain = settings.glyphs is GlyphSet.ASCII
    output, progress = Output(sys.stdout, plain=plain), Output(sys.stderr, plain=plain)
    prompt = Prompt(sys.stdin, output)
    # A script finds the same list each time; a person goes on where the last visit ended.
    visit = library.last_visit if view is None and settings.restore and prompt.is_terminal else None
    if visit is not None:
        view = visit.view._replace(folds_front=settings.fold_stories)
    index = IndexSession(library, progress)
    session = Session(
        index,
        view or plain_view(settings),
        settings,
        SearchesFile(paths.searches_file()),
        output=output,
        ask=prompt.ask,
    )
    try:
        if notice:
            output.say(notice)
        output.say(f"{library.root}. A question mark lists the commands, q leaves.")
        _bring_up_to_date(index, progress)
        if visit is None:
            session.rows.start_with(with_full_topic(index.reader.topics(), session.rows.view))
        session.start(visit.path if visit else "")
        return _talk(session, prompt, output)
    finally:
        if prompt.is_terminal:
            _save_visit(index, session, settings)
        session.close()


def _bring_up_to_date(index: IndexSession, progress: Output) -> None:
    try:
        index.refresh()
    except IndexingError as error:
        if not index.library.is_indexed:
            raise
        progress.say(f"{error} What was known before can be read.")


def _talk(session: Session, prompt: Prompt, output: Output) -> int:
    interrupted = False
    while not session.is_over:
        try:
            line = prompt.read()
        except KeyboardInterrupt:
            if interrupted or not prompt.is_terminal:
                return INTERRUPTED
            interrupted = True
            output.say("Once more ctrl-c leaves.")
            continue
        interrupted = False
        if line is None:
            break
        session.do(line)
    return 0


def _save_visit(index: IndexSession, session: Session, settings: Settings) -> None:
    """Store where the visit ended, for the next one and for what is new then."""
    path = ""
    with suppress(IndexUnusableError, IndexFailedError):
        position = session.position
        path = "" if position is None else index.reader.path_of(position)
    rows = session.rows
    save_visit(index.library, plain_view(settings), rows.first_view, Visit(0, rows.view, path))


def _replace_closed_streams() -> None:
    """Read nothing and write nowhere, where whoever started the program has closed its streams."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123 - until the end


def _write_nowhere() -> None:
    """Give standard output up, so that the interpreter's last flush finds nothing to complain of."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
