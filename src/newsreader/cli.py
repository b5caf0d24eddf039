"""The command line: parse arguments, start the screen, the prompt or a command, return an exit status."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Sequence
from io import TextIOWrapper
from typing import TYPE_CHECKING, NamedTuple

from newsreader.domain.errors import NewsreaderError

if TYPE_CHECKING:
    from pathlib import Path

    from newsreader.app.open_corpus import OpenedCorpus
    from newsreader.domain.view import View
    from newsreader.keymap.keymap import Keymap
    from newsreader.settings.model import Settings
    from newsreader.ui.app import NewsreaderApp
    from newsreader.ui.startup.first_frame import FirstFrame

USAGE_ERROR = 2
"""Exit status when the command line or the environment does not allow a start."""


class CannotStartError(NewsreaderError):
    """The reader cannot start; the message says why and what to do."""


def main(arguments: list[str] | None = None) -> int:
    """Run the program.

    Returns:
        The exit status: 0 on success, 1 after an internal error, 2 if it could not start. For commands see
        `commands/support/run.py`.

    """
    if sys.stdin is None:  # closed by the caller
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123 - until the end
    _tolerate_other_encodings()
    if arguments is None:
        arguments = sys.argv[1:]
        # Garbage collection during the start would take a tenth of a short run; it is enabled again later.
        gc.disable()
    try:
        if arguments and arguments[0].isalpha() and (status := _run_command(*arguments)) is not None:
            return status
        if len(arguments) > 1 and arguments[0].isalpha():
            _find_corpus(arguments[0])  # a misspelled command, not an option too many
        options = _options(arguments)
        if options.spec:
            return _print_specification()
        _check_filter(options.filter)
        if options.edition is not None:
            _check_edition(options)
        return _run_linear(options) if options.linear else _run(options)
    except NewsreaderError as error:
        print(f"newsreader: {error}", file=sys.stderr)  # noqa: T201
        return USAGE_ERROR
    except KeyboardInterrupt:
        return 130


def _tolerate_other_encodings() -> None:
    """Print question marks for what the encoding of a terminal lacks; the help has more than Latin-1."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and stream.errors == "strict":
            stream.reconfigure(errors="replace")


def _run_command(name: str, *arguments: str) -> int | None:
    """Run a command; return None if there is none of that name."""
    from newsreader.commands.registry import find

    command = find(name)
    if command is None:
        return None
    from newsreader.commands.support.run import run

    is_program = not gc.isenabled()
    try:
        return run(command, arguments)
    finally:
        if is_program:
            gc.freeze()  # the process exits


def _print_specification() -> int:
    from newsreader.commands.registry import CommandEntry
    from newsreader.commands.support.run import run

    return run(CommandEntry("--spec", "", "newsreader.commands.specification"), ())


class Options(NamedTuple):
    """The options of the command line, as in its help."""

    corpus: str | None = None
    filter: str = ""
    topic: str = ""
    sort: str | None = None
    all: bool = False
    linear: bool = False
    edition: str | None = None
    spec: bool = False


def _options(arguments: list[str]) -> Options:
    if len(arguments) <= 1 and not any(argument.startswith("-") for argument in arguments):
        # The parser would take a sixth of the time to the first frame.
        return Options(arguments[0] if arguments else None)
    from newsreader.commands.support.main_parser import parser

    given = vars(parser().parse_args(arguments))
    named = given.pop("named_corpus")
    if named and given["corpus"]:
        raise CannotStartError("give the corpus once: either as CORPUS or with --corpus.")
    return Options(**{**given, "corpus": given["corpus"] or named})


def _check_edition(options: Options) -> None:
    """Raise CannotStartError if `--edition` has no date, or there is no screen for it."""
    from newsreader.domain.query.date_terms import period

    if period(options.edition or "", 0) is None:
        raise CannotStartError("--edition takes a date such as 2021-06-28 or 2021-06, yesterday or 7d.")
    if options.linear:
        raise CannotStartError("--edition needs the screen; newsreader digest --edition prints the page.")


def _check_filter(text: str) -> None:
    """Raise QueryError for an invalid filter."""
    from newsreader.domain.query import parse

    parse(text)


def _check_terminal() -> None:
    """Raise CannotStartError if there is no terminal to draw on."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise CannotStartError(
            "a terminal is needed: standard input and standard error must not be redirected. "
            "newsreader --linear reads without one."
        )
    if os.environ.get("TERM", "dumb") in ("dumb", ""):
        raise CannotStartError(
            "this terminal cannot draw a screen (TERM is dumb). Set TERM to what it is, or read without a "
            "screen: newsreader --linear."
        )


class FoundCorpus(NamedTuple):
    """The folder of a corpus, a notice about its choice, and the settings with messages about them."""

    root: Path
    notice: str
    settings: Settings
    complaints: Sequence[str]


def _find_corpus(given: str | None) -> FoundCorpus:
    """Find a corpus by its path or name in the settings; raise OpenCorpusError if there is none."""
    from newsreader.app.open_corpus import OpenCorpusError, check_corpus, corpus_root
    from newsreader.settings import paths
    from newsreader.settings.model import load_settings

    settings, complaints, _ = load_settings(paths.config_file())
    root, notice = corpus_root(given, settings)
    try:
        check_corpus(root)
    except OpenCorpusError:
        if given is None or not given.isalnum() or root.exists():
            raise
        from newsreader.commands.registry import COMMANDS
        from newsreader.domain.suggest import suggest

        close = suggest(given, [*(command.name for command in COMMANDS), *settings.corpora])
        message = f"{given}: there is no such folder, corpus or command. {close}".rstrip()
        raise OpenCorpusError(f"{message} newsreader --help lists the commands.") from None
    return FoundCorpus(root, notice, settings, complaints)


def _run_linear(options: Options) -> int:
    gc.enable()  # a session may be long
    from newsreader.app.open_corpus import library_of
    from newsreader.prompt.program import run

    root, notice, settings, complaints = _find_corpus(options.corpus)
    library = library_of(root, settings)
    message = " ".join(filter(None, [*complaints, library.notice])) or notice
    return run(library, _requested_view(options, settings), settings, message)


def _run(options: Options) -> int:
    gc.disable()  # until the first paint
    from newsreader.app.open_corpus import open_corpus
    from newsreader.settings import paths
    from newsreader.state.theme import chosen_theme

    root, notice, settings, complaints = _find_corpus(options.corpus)
    _check_terminal()
    if not settings.theme:
        settings = settings._replace(theme=chosen_theme(paths.theme_file()))
    opened = open_corpus(root, settings, _requested_view(options, settings))
    keymap, key_messages = _keymap(settings)
    notice = _summarize([*complaints, *key_messages]) or opened.library.notice or notice
    frame = None
    if settings.first_frame and os.name == "posix":
        from newsreader.state.layout import read_layout
        from newsreader.ui.startup.first_frame import FirstFrame

        layout = read_layout(paths.layout_file())
        frame = FirstFrame(opened.library.index, opened.view, settings, layout, notice)
    try:
        if frame is not None:
            frame.show(opened.first, opened.line)
        edition = options.edition
        return _run_app(opened, settings, keymap=keymap, notice=notice, frame=frame, edition=edition)
    finally:
        if frame is not None:
            frame.give_back()


def _requested_view(options: Options, settings: Settings) -> View | None:
    """Return the view of the command line; None to restore that of the last visit."""
    if options._replace(linear=False, edition=None) == Options(options.corpus):
        return None
    from newsreader.domain.ranking import Order
    from newsreader.domain.view import Scope, View

    return View(
        scope=Scope.EVERYTHING if options.all else Scope.FRONT,
        topic=options.topic,
        filter=options.filter,
        order=Order(options.sort) if options.sort else settings.order,
        order_chosen=bool(options.sort),
        folds_front=settings.fold_stories,
    )


def _summarize(complaints: Sequence[str]) -> str:
    """Summarize the errors in the settings in one line; `newsreader config` shows all of them."""
    if not complaints:
        return ""
    from newsreader.settings import paths

    file, more = paths.config_file(), len(complaints) - 1
    first = complaints[0].replace(str(file), file.name, 1)
    return f"{first} newsreader config tells {more} more." if more else first


def _keymap(settings: Settings) -> tuple[Keymap, list[str]]:
    """Return the keymap, and messages about its settings."""
    if not settings.keys and not settings.commands:  # as on most starts
        from newsreader.keymap.keymap import VIM

        return VIM, []
    from newsreader.keymap.validation import judge

    judged = judge(settings.keys, settings.commands)
    return judged.keymap, [*judged.complaints, *judged.notices]


def _run_app(
    opened: OpenedCorpus,
    settings: Settings,
    *,
    keymap: Keymap,
    notice: str,
    frame: FirstFrame | None,
    edition: str | None,
) -> int:
    # Textual paints at the next frame; at its default of 60 a second, most of the latency would be waiting.
    os.environ.setdefault("TEXTUAL_FPS", "120")
    from newsreader.settings import paths
    from newsreader.ui.app import NewsreaderApp

    def on_painted() -> None:
        if frame is not None and not frame.is_shown:
            from newsreader.ui.startup.handover import keep_picture

            keep_picture(app, frame)
        # Objects created during the start live until the exit; exclude them from later collections.
        gc.freeze()
        gc.enable()

    from newsreader.ui.terminal.exit_guard import ExitGuard, write_error

    guard = ExitGuard()
    driver_class = None
    if os.name == "posix":
        from newsreader.ui.startup.handover import driver_for

        driver_class = driver_for(frame, guard)
    welcome = paths.welcome_file()
    app = NewsreaderApp(
        opened.library,
        opened.view,
        settings,
        keymap=keymap,
        notice=notice,
        first=opened.first,
        line=opened.line,
        edition=edition,
        on_painted=on_painted,
        on_exit=guard.start,
        welcome=None if welcome.exists() else welcome,
        driver_class=driver_class,
    )
    report = _crash_reporter(app)

    def report_cut_short() -> None:
        report(write_error)
        if app.has_unsaved_changes:
            write_error("newsreader: the last changes of marks or searches could not be written in time.")

    guard.report = report_cut_short
    app.run()
    report(_print_error)
    return 1 if app.crash_report else app.return_code or 0


def _crash_reporter(app: NewsreaderApp) -> Callable[[Callable[[str], None]], None]:
    """Return a function that logs a crash of the app and writes a message about it, once."""
    reported: list[str] = []

    def report(write: Callable[[str], None]) -> None:
        if app.crash_report and not reported:
            reported.append(app.crash_report)
            log = _save_report(app.crash_report)
            write(f"newsreader: stopped by an error of its own. Please report it with {log}")

    return report


def _print_error(message: str) -> None:
    print(message, file=sys.stderr, flush=True)  # noqa: T201


def _save_report(report: str) -> str:
    """Write a traceback to the crash log. Return its path, or the last line of the report if that fails."""
    from newsreader.settings import paths

    try:
        folder = paths.state_dir()
        folder.mkdir(parents=True, exist_ok=True)
        log = folder / "crash.log"
        log.write_text(report, encoding="utf-8", errors="backslashreplace")
    except OSError:
        return "this last line: " + report.strip().splitlines()[-1]
    return str(log)
