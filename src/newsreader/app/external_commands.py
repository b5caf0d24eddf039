"""Passing stories to commands of the user. No shell is involved: a command is a list of arguments."""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from fnmatch import fnmatchcase
from mimetypes import guess_type
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, NamedTuple

from newsreader.app.story_document import story_document
from newsreader.domain.errors import NewsreaderError
from newsreader.domain.external_command import ExternalCommand, StoryForm
from newsreader.domain.placeholders import check_placeholders, fill
from newsreader.domain.record import Enclosure, LinkKind
from newsreader.domain.sanitize import clean_line
from newsreader.domain.story_page import StoryPage
from newsreader.domain.urls import is_openable

_SHOWN = 60
"""Characters of a name in a message."""

_LAST_WORDS = 4_096
"""Bytes at the end of the error output that a message is taken from."""


class ExternalCommandError(NewsreaderError):
    """A command was not run; the message says why."""


class PreparedCommand(NamedTuple):
    """A command with the values of a story, and the text for its standard input, None for no input."""

    argv: tuple[str, ...]
    name: str
    text: str | None = None


def parse_typed(text: str, form: StoryForm) -> ExternalCommand:
    """Parse a typed command, which reads the story from its standard input.

    Quotes and backslashes group words as in a shell; nothing else of a shell has a meaning.

    Raises:
        NewsreaderError: it is incomplete.

    """
    try:
        words = shlex.split(text)
    except ValueError as error:
        raise ExternalCommandError(f"{error}.") from error
    if not words:
        raise ExternalCommandError("A command is needed, such as wc -w.")
    check_placeholders(words)
    return ExternalCommand(words[0], tuple(words), input=form, foreground=True)


def prepare(command: ExternalCommand, page: StoryPage, root: Path) -> PreparedCommand:
    """Fill in the values of a story.

    Args:
        command: What to run.
        page: The story.
        root: Of the corpus.

    Raises:
        NewsreaderError: the story lacks a value, or one cannot be passed.

    """
    argv = fill(command.run, _values(page, root))
    text = None if command.input is None else story_document(page, command.input)
    return PreparedCommand(argv, command.name, text)


def prepare_player(
    enclosure: Enclosure, title: str, players: Sequence[tuple[str, ExternalCommand]]
) -> PreparedCommand:
    """Choose the command for the media type of an enclosure, and fill in its address and the title.

    Without a type the ending of the address decides. The first pattern that matches wins.

    Raises:
        NewsreaderError: no command plays it, or its address cannot be opened.

    """
    type_ = (enclosure.type or guess_type(enclosure.url)[0] or "application/octet-stream").lower()
    command = next((command for pattern, command in players if fnmatchcase(type_, pattern)), None)
    if command is None:
        advice = f'Add "{type_.partition("/")[0]}/*" = ["mpv", "%u"] to the table [play] of the settings.'
        raise ExternalCommandError(f"No command plays {clean_line(type_, _SHOWN)}. {advice}")
    url = enclosure.url if is_openable(enclosure.url) else ""
    return PreparedCommand(fill(command.run, {"u": url, "e": url, "t": clean_line(title)}), command.name)


def run_in_background(command: PreparedCommand) -> str:
    """Run a command to its end; return a message about how it ended. Blocks: call it from a thread.

    It has a session of its own, so that it survives our terminal. Its error output goes to a file, since a
    pipe would break when we end.

    Raises:
        ExternalCommandError: it cannot be started.

    """
    with TemporaryFile() as errors, _input_of(command) as source:
        try:
            status = subprocess.Popen(
                command.argv,
                stdin=source or subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            ).wait()
        except (OSError, ValueError) as error:
            raise _not_started(command, error) from error
        errors.seek(max(0, errors.seek(0, 2) - _LAST_WORDS))
        said = errors.read().decode("utf-8", "replace").strip().splitlines()
    reason = f": {clean_line(said[-1], 200)}" if status and said else ""
    return f"{describe_end(command, status).rstrip('.')}{reason or '.'}"


def run_in_terminal(command: PreparedCommand) -> str:
    """Run a command in this terminal, which the caller has handed over; return a message about its end.

    Raises:
        ExternalCommandError: it cannot be started.

    """
    from newsreader.browser import call_in_foreground

    with _input_of(command) as source:
        try:
            status = call_in_foreground(command.argv, stdin=source)
        except (OSError, ValueError) as error:
            raise _not_started(command, error) from error
    return describe_end(command, status)


def describe_end(command: PreparedCommand, status: int) -> str:
    """Say how a command ended.

    Args:
        command: The command.
        status: Its exit status, or minus the number of the signal that ended it.

    """
    name = clean_line(command.name, _SHOWN)
    if status == 0:
        return f"“{name}” is done."
    return (
        f"“{name}” failed with exit status {status}."
        if status > 0
        else f"“{name}” was ended by signal {-status}."
    )


def _values(page: StoryPage, root: Path) -> dict[str, str]:
    record = page.record
    original, amp = (
        record.link(LinkKind.ORIGINAL),
        record.link(LinkKind.AMP) or record.link(LinkKind.CACHED_AMP),
    )
    has_file = page.record_id is not None and record.path
    return {
        "u": original.url if original and is_openable(original.url) else "",
        "a": amp.url if amp and is_openable(amp.url) else "",
        "e": next((item.url for item in record.enclosures if is_openable(item.url)), ""),
        "t": clean_line(record.title),
        "f": str(root.resolve() / record.path) if has_file else "",
    }


@contextmanager
def _input_of(command: PreparedCommand) -> Iterator[IO[bytes] | None]:
    """Yield a file with the input of a command: unlike a pipe, nobody has to write it meanwhile."""
    if command.text is None:
        yield None
        return
    with TemporaryFile() as file:
        file.write(command.text.encode("utf-8", "replace"))
        file.seek(0)
        yield file


def _not_started(command: PreparedCommand, error: Exception) -> ExternalCommandError:
    reason = (isinstance(error, OSError) and error.strerror) or str(error)
    return ExternalCommandError(
        f"“{clean_line(command.name, _SHOWN)}” could not be started: {clean_line(command.argv[0], _SHOWN)}"
        f" ({clean_line(reason, 100)})."
    )
