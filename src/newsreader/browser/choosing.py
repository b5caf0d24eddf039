"""Chooses the commands to try for a URL: the user's own, or what the system offers."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from newsreader.browser.command import (
    BrowserCommand,
    BrowserError,
    Candidates,
    Refusal,
    UnsafeUrlError,
    in_sentences,
)
from newsreader.browser.system import has_screen, is_remote, system_templates
from newsreader.browser.template import filled, words_of
from newsreader.domain.sanitize import clean_line
from newsreader.domain.urls import is_openable

_SETTING: Final = "`browser` in the settings"
_VARIABLE: Final = "$BROWSER"


def commands_for(
    url: str,
    *,
    setting: Sequence[str] = (),
    environ: Mapping[str, str],
    platform: str = sys.platform,
    which: Callable[[str], str | None] | None = None,
) -> Candidates:
    """Find the commands that may open `url`. Looks into the directories of PATH; starts nothing.

    The setting counts before `$BROWSER`, and that before what the system offers. Who names a browser gets
    that one or an error, never another in its place. In both, `%s` stands for the URL and `%%` for a percent
    sign; without `%s` the URL is the last argument.

    Args:
        url: Used as it is, as one argument.
        setting: A command and its arguments; empty where the user set none.
        environ: For `$BROWSER`, PATH, and whether there is a screen.
        platform: As in `sys.platform`.
        which: Gives the path of a program, or None; by default it searches the PATH of `environ`.

    Raises:
        UnsafeUrlError: `url` is anything but `http` or `https` with a host.
        BrowserError: There is nothing to run.

    """
    if not is_openable(url):
        shown = clean_line(url, 80) or "an empty link"
        raise UnsafeUrlError(f"Not opened: {shown} is no http or https address with a host.")
    search = which or _search_of(environ)
    windows = platform == "win32"
    screen = has_screen(environ, platform)
    entries = _entries(environ.get("BROWSER", ""), ";" if windows else ":")
    if setting or entries:
        commands, refusals = _filled([setting] if setting else entries, url, search, windows)
        source = _SETTING if setting else _VARIABLE
    else:
        commands, _ = _filled(system_templates(environ, platform), url, search, windows)
        # www-browser and its like may turn out to need the terminal, which is the last resort.
        commands.sort(key=lambda command: command.needs_terminal)
        commands = [command for command in commands if screen or command.needs_terminal]
        # That the system lacks most of the browsers there are is no news.
        refusals = [] if commands or not screen else ["No browser was found"]
        source = ""
    advice = _advice(source, in_sight=screen and not is_remote(environ))
    if not commands:
        raise BrowserError(in_sentences(refusals, advice))
    return Candidates(tuple(commands), tuple(refusals), advice)


def _entries(variable: str, separator: str) -> list[str]:
    return [entry.strip() for entry in variable.split(separator) if entry.strip()]


def _filled(
    choices: Iterable[str | Sequence[str]], url: str, search: Callable[[str], str | None], windows: bool
) -> tuple[list[BrowserCommand], list[str]]:
    """Return the commands that can be run, and why the others cannot."""
    commands: list[BrowserCommand] = []
    refusals: list[str] = []
    for choice in choices:
        try:
            template = words_of(choice, windows=windows) if isinstance(choice, str) else choice
            commands.append(filled(template, url, search, windows=windows))
        except Refusal as refusal:
            refusals.append(str(refusal))
    return commands, refusals


def _search_of(environ: Mapping[str, str]) -> Callable[[str], str | None]:
    import shutil

    path = environ.get("PATH", os.defpath)
    return lambda program: shutil.which(program, path=path)


def _advice(source: str, *, in_sight: bool) -> str:
    place = source or f"{_VARIABLE} or {_SETTING}"
    if not in_sight:
        return (
            "No browser on this machine's screen: the link can be copied (y), "
            f"or set {place} to a browser for terminals, such as w3m."
        )
    if source:
        return f"Correct {source}, or copy the link (y)."
    return f"Install a browser or set {place}; the link can be copied (y)."
