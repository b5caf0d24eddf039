"""Fills a URL into a command that a person wrote, as one argument and never as code."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from typing import Final

from newsreader.browser.command import BrowserCommand, Refusal, base_name
from newsreader.domain.sanitize import clean_line

TERMINAL_BROWSERS: Final = ("w3m", "lynx", "links", "links2", "elinks", "carbonyl", "browsh")

_URL_MARK: Final = "%s"
_MARK: Final = re.compile(r"%[%s]")
_SPACE: Final = re.compile(r"\s")
_CODE_FLAGS: Final = frozenset({"-c", "-lc", "-ic", "-e"})
_WINDOWS_SHELLS: Final = frozenset({"cmd", "powershell", "pwsh"})


def words_of(entry: str, *, windows: bool) -> list[str]:
    """Split an entry of `$BROWSER` as a shell splits words; a `&` at its end is dropped.

    Raises:
        Refusal: A quotation mark is not closed.

    """
    import shlex

    words = shlex.shlex(entry.removesuffix("&"), posix=True, punctuation_chars=False)
    words.whitespace_split = True
    words.commenters = ""
    if windows:
        words.escape = ""
    try:
        return list(words)
    except ValueError:
        raise Refusal(f"{clean_line(entry, 60)} has a quotation mark or a backslash too many") from None


def filled(
    template: Sequence[str], url: str, search: Callable[[str], str | None], *, windows: bool
) -> BrowserCommand:
    """Put `url` into a command.

    Args:
        template: A program and its arguments; `%s` stands for the URL, which is the last argument where
            there is none. `%%` stands for a percent sign.
        url: Never read as anything: a `%s` in it stays.
        search: Gives the path of a program, or None.
        windows: Whether the command is for Windows.

    Raises:
        Refusal: There is no such program, or it would read the URL as code.

    """
    if not template or not template[0] or _has_url_mark(template[0]):
        raise Refusal(f"{clean_line(' '.join(template), 60) or 'an empty text'} names no program")
    program = _MARK.sub("%", template[0])
    shown = clean_line(program, 100)
    found = search(program)
    if not found:
        raise Refusal(f"{shown} was not found")
    arguments = tuple(template[1:])
    if not any(map(_has_url_mark, arguments)):
        arguments = (*arguments, _URL_MARK)
    if _reads_url_as_code(arguments) or (windows and _is_windows_shell(found)):
        raise Refusal(f"{shown} would read the link as part of a command line, which is not safe")
    argv = [_MARK.sub(lambda mark: url if mark[0] == _URL_MARK else "%", each) for each in arguments]
    return BrowserCommand((found, *argv), _needs_terminal(program, found))


def _has_url_mark(argument: str) -> bool:
    return _URL_MARK in _MARK.findall(argument)


def _reads_url_as_code(arguments: Sequence[str]) -> bool:
    """Tell a template that has a program parse the URL, such as `sh -c "firefox %s"`.

    An argument with spaces around `%s` is code for some program or other: a shell's, a terminal's, a
    script language's. A URL may hold `$(…)` and quotation marks, so that no quoting there would help.
    """
    return any(
        _has_url_mark(argument) and (before in _CODE_FLAGS or _SPACE.search(argument) is not None)
        for before, argument in zip(("", *arguments), arguments, strict=False)
    )


def _is_windows_shell(path: str) -> bool:
    """Tell a program that Windows runs through a command line of its own, or that is one."""
    return path.lower().endswith((".bat", ".cmd")) or base_name(path).lower() in _WINDOWS_SHELLS


def _needs_terminal(program: str, found: str) -> bool:
    # www-browser and its like are links to the browser that the administrator chose.
    names = {base_name(program), base_name(found), base_name(os.path.realpath(found))}
    return not names.isdisjoint(TERMINAL_BROWSERS)
