"""A browser that is ready to run, and the errors that a person is told of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from newsreader.domain.errors import NewsreaderError
from newsreader.domain.sanitize import clean_line


class BrowserError(NewsreaderError):
    """No browser took the link; the text says which were tried, what came of it and what to do."""


class UnsafeUrlError(BrowserError):
    """The URL is not one that a browser may be given."""


class Refusal(Exception):  # noqa: N818 - never leaves this package, and the next browser has its turn
    """Why one browser cannot be had: "firefox was not found"."""


class BrowserCommand(NamedTuple):
    """A browser with the URL among its arguments, ready to run."""

    argv: tuple[str, ...]
    needs_terminal: bool
    """Whether it draws in the terminal, and so has to run in the foreground while our screen is put away."""

    @property
    def name(self) -> str:
        """What to call it on the status line."""
        return clean_line(base_name(self.argv[0]), 60)


class Candidates(NamedTuple):
    """What may be tried for one URL."""

    commands: tuple[BrowserCommand, ...]
    """In the order of preference; never empty when it comes from `commands_for`."""
    refusals: tuple[str, ...] = ()
    """Why other choices of the user cannot be run."""
    advice: str = ""
    """What a person can do when all of them fail, in whole sentences."""


def base_name(program: str) -> str:
    """Return the name of a program without its directory and the ending that Windows gives it."""
    name = program.replace("\\", "/").rpartition("/")[2]
    return name[:-4] if name.lower().endswith(".exe") else name


def in_sentences(refusals: Sequence[str], advice: str) -> str:
    """Join what came of each browser and what can be done."""
    return f"{'; '.join(refusals)}. {advice}".rstrip() if refusals else advice
