"""Running browsers: graphical ones in a session of their own, the others in this terminal."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import IO, TYPE_CHECKING, Final

from newsreader.browser.commands import BrowserCommand, BrowserError, Candidates, Refusal, in_sentences
from newsreader.domain.sanitize import clean_line

if TYPE_CHECKING:
    from subprocess import Popen

# What a shell and `subprocess` report of a program that was ended with ctrl+c.
_INTERRUPTED: Final = frozenset({130, -2})

_REPORTED_FOR: Final = 60.0
"""Seconds after the grace in which a failure is reported; later ones say nothing about the page."""

OnFailure = Callable[[str], object]
"""Receives why a graphical browser failed after the grace. Called from a thread of its own."""


def launch(
    candidates: Candidates,
    *,
    environ: Mapping[str, str],
    grace: float = 1.0,
    run_in_terminal: Callable[[BrowserCommand], int] | None = None,
    on_late_failure: OnFailure | None = None,
) -> BrowserCommand:
    """Try the commands in order until one opens the URL. Blocks: call it from a worker thread.

    A graphical browser has opened the URL if it exits with status 0, or still runs after the grace; it is
    then reaped in the background. A browser for terminals has if it exits with status 0 or by ctrl+c. If it
    fails after the grace, somebody may have been reading in it, and no other is started.

    Args:
        candidates: From `commands_for`.
        environ: The environment of a graphical browser.
        grace: Seconds in which a failure counts as early.
        run_in_terminal: Runs a browser for terminals and returns its exit status: `run_in_foreground` while
            the screen is suspended. It may raise `BrowserError` or `OSError`. Without it such browsers fail.
        on_late_failure: Called if a graphical browser fails within a minute after the grace.

    Returns:
        The command that opened the URL.

    Raises:
        BrowserError: None opened it; the message says why.

    """
    refusals = list(candidates.refusals)
    for command in candidates.commands:
        try:
            if not command.needs_terminal:
                _start(command, environ, grace, on_late_failure)
            elif run_in_terminal is None:
                raise Refusal(f"{command.name} needs the terminal")
            elif late_failure := _late_failure(command, run_in_terminal, grace):
                raise BrowserError(in_sentences([late_failure], candidates.advice))
        except Refusal as refusal:
            refusals.append(str(refusal))
        else:
            return command
    raise BrowserError(in_sentences(refusals, candidates.advice))


def run_in_foreground(command: BrowserCommand, *, environ: Mapping[str, str] | None = None) -> int:
    """Run a browser in this terminal until it ends, as `call_in_foreground` does."""
    return call_in_foreground(command.argv, environ=environ)


def call_in_foreground(
    argv: Sequence[str], *, environ: Mapping[str, str] | None = None, stdin: IO[bytes] | None = None
) -> int:
    """Run a program in this terminal until it ends. The caller has suspended its own screen.

    In the main thread, ctrl+c interrupts the program alone.

    Args:
        argv: What to run.
        environ: The environment of the program; ours if None.
        stdin: Its standard input; ours if None.

    Returns:
        The exit status, or minus the number of the signal that ended the program.

    Raises:
        OSError: It cannot be started.

    """
    import signal
    import subprocess
    import threading

    kept = {}
    if threading.current_thread() is threading.main_thread():
        for name in ("SIGINT", "SIGQUIT"):
            if number := getattr(signal, name, None):
                # A function that does nothing, and not SIG_IGN, which the program would inherit.
                kept[number] = signal.signal(number, lambda *_: None)
    try:
        return subprocess.call(argv, env=None if environ is None else dict(environ), stdin=stdin)
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler or signal.SIG_DFL)


def _start(
    command: BrowserCommand, environ: Mapping[str, str], grace: float, on_late_failure: OnFailure | None
) -> None:
    """Start a graphical browser in a session of its own, so that it survives our terminal.

    Its errors are not kept: a file would grow for as long as the browser runs, and a pipe would break when
    we end.
    """
    import subprocess

    nowhere = subprocess.DEVNULL
    try:
        process = subprocess.Popen(
            command.argv,
            env=dict(environ),
            stdin=nowhere,
            stdout=nowhere,
            stderr=nowhere,
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except (OSError, ValueError) as error:
        raise _not_started(command, error) from None
    try:
        status = process.wait(grace)
    except subprocess.TimeoutExpired:
        _reap_later(command, process, on_late_failure)
    else:
        if status:
            raise Refusal(f"{command.name} {_ending(status)}")


def _reap_later(command: BrowserCommand, process: Popen[bytes], on_failure: OnFailure | None) -> None:
    """Wait for the end of a browser in a thread; report a failure that comes soon."""
    from subprocess import TimeoutExpired
    from threading import Thread

    def reap() -> None:
        try:
            status = process.wait(_REPORTED_FOR)
        except TimeoutExpired:
            process.wait()
            return
        if status and on_failure is not None:
            on_failure(f"{command.name} {_ending(status)}")

    Thread(target=reap, name=f"browser-{process.pid}", daemon=True).start()


def _late_failure(command: BrowserCommand, run: Callable[[BrowserCommand], int], grace: float) -> str:
    """Run a browser in the terminal. Return what went wrong after the grace; refuse for what did before."""
    from time import monotonic

    start = monotonic()
    try:
        status = run(command)
    except (OSError, ValueError) as error:
        raise _not_started(command, error) from None
    except BrowserError as error:
        raise Refusal(f"{command.name}: {str(error).rstrip('.')}") from None
    if status == 0 or status in _INTERRUPTED:
        return ""
    failure = f"{command.name} {_ending(status)}"
    if monotonic() - start <= grace:
        raise Refusal(failure)
    return failure


def _not_started(command: BrowserCommand, error: Exception) -> Refusal:
    reason = (isinstance(error, OSError) and error.strerror) or str(error)
    return Refusal(f"{command.name} could not be started ({clean_line(reason, 100)})")


def _ending(status: int) -> str:
    return f"exited with status {status}" if status > 0 else f"was ended by signal {-status}"
