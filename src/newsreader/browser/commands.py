"""Browsers: the command of the settings, of `$BROWSER` or of the system that may open a URL."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import takewhile
from typing import Final, NamedTuple

from newsreader.domain.errors import NewsreaderError
from newsreader.domain.sanitize import clean_line
from newsreader.domain.urls import is_openable

_TERMINAL_BROWSERS: Final = ("w3m", "lynx", "links", "links2", "elinks", "carbonyl", "browsh")

_URL_MARK: Final = "%s"
_MARK: Final = re.compile(r"%[%suU]")
_HOME: Final = re.compile(r"^~(?=/)|\$HOME\b|\$\{HOME\}")
_ASSIGNMENT: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*=")
_SPACE: Final = re.compile(r"\s")
_CODE_FLAGS: Final = frozenset({"-c", "-lc", "-ic", "-e"})
# fmt: off
_SHELLS: Final = frozenset({
    "sh", "ash", "bash", "busybox", "csh", "dash", "elvish", "fish", "ksh", "mksh", "nu", "tcsh", "xonsh",
    "yash", "zsh", "cmd", "powershell", "pwsh", "wsl", "eval", "rsh", "mosh", "su",
})
# fmt: on
"""Programs that read their arguments as a command line, on whatever system they run."""

_COMMAND_LINES: Final = frozenset({"cmd", "powershell", "pwsh", "wsl", "eval", "rsh", "mosh", "su"})
"""Those that read all of their arguments as one command line."""

_REMOTE_SHELL: Final = "ssh"
"""Hands its arguments to a shell of another machine; the URL is quoted for it."""
_SETTING: Final = "`browser` in the settings"
_VARIABLE: Final = "$BROWSER"

# fmt: off
_OPENERS: Final[tuple[tuple[str, ...], ...]] = (
    ("xdg-open",), ("gio", "open"), ("wslview",),
    ("x-www-browser",), ("sensible-browser",), ("www-browser",),
    ("firefox",), ("chromium",), ("chromium-browser",), ("google-chrome",), ("google-chrome-stable",),
    ("brave-browser",), ("microsoft-edge",), ("vivaldi",), ("librewolf",),
    ("epiphany",), ("falkon",), ("konqueror",), ("qutebrowser",),
)
# fmt: on
_SCREENS: Final = ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME", "WSL_INTEROP")


class BrowserError(NewsreaderError):
    """No browser opened the link; the message names those tried, why they failed, and what to do."""


class UnsafeUrlError(BrowserError):
    """The URL is not a plain http or https address."""


class Refusal(Exception):  # noqa: N818 - never leaves this package; the next browser is tried
    """Why one browser cannot be used: "firefox was not found"."""


class BrowserCommand(NamedTuple):
    """A browser with the URL among its arguments, ready to run."""

    argv: tuple[str, ...]
    needs_terminal: bool
    """Whether it draws in the terminal, and so has to run in the foreground while the screen is suspended."""

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
    """Join the reasons why browsers failed, and the advice."""
    return f"{'; '.join(refusals)}. {advice}".rstrip() if refusals else advice


def commands_for(
    url: str,
    *,
    setting: Sequence[str] = (),
    environ: Mapping[str, str],
    platform: str = sys.platform,
    which: Callable[[str], str | None] | None = None,
) -> Candidates:
    """Find the commands that may open `url`. Looks into the directories of PATH; starts nothing.

    The setting precedes `$BROWSER`, and that precedes the browsers of the system. A browser that is named is
    used or an error is raised; no other replaces it. In both, `%s` or `%u` stands for the URL and `%%` for a
    percent sign; without a mark the URL is the last argument. `~` and `$HOME` are expanded in the name of the
    program, and `NAME=value` before it sets a variable.

    Args:
        url: Passed unchanged, as one argument.
        setting: A command and its arguments; empty if the user set none.
        environ: For `$BROWSER`, PATH, and whether there is a screen.
        platform: As in `sys.platform`.
        which: Returns the path of a program, or None; by default it searches the PATH of `environ`.

    Raises:
        UnsafeUrlError: `url` is anything but `http` or `https` with a host.
        BrowserError: There is nothing to run.

    """
    if not is_openable(url):
        shown = clean_line(url, 80) or "an empty link"
        raise UnsafeUrlError(f"Not opened: {shown} is no http or https address with a host.")
    find, home = which or search_path_of(environ), environ.get("HOME", "~")

    def search(program: str) -> str | None:
        return find(_HOME.sub(lambda _: home, program))

    windows = platform == "win32"
    screen = has_screen(environ, platform)
    entries = _entries(environ.get("BROWSER", ""), ";" if windows else ":")
    if setting or entries:
        commands, refusals = _filled([setting] if setting else entries, url, search, windows)
        source = _SETTING if setting else _VARIABLE
    else:
        commands, _ = _filled(_system_templates(environ, platform), url, search, windows)
        # www-browser and its like may turn out to need the terminal, which is the last resort.
        commands.sort(key=lambda command: command.needs_terminal)
        commands = [command for command in commands if screen or command.needs_terminal]
        # Every system lacks most of the known browsers.
        refusals = [] if commands or not screen else ["No browser was found"]
        source = ""
    advice = _advice(source, has_screen=screen and not _is_remote(environ))
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
            template = choice
            if isinstance(choice, str):
                template = _join_program(_split(choice, windows=windows), search)
            commands.append(_fill(template, url, search, windows=windows))
        except Refusal as refusal:
            refusals.append(str(refusal))
    return commands, refusals


def _join_program(words: Sequence[str], search: Callable[[str], str | None]) -> Sequence[str]:
    """Join the words of a program whose path has blanks, such as one below `Program Files`."""
    if len(words) < 2 or "/" not in words[0].replace("\\", "/") or search(words[0]):
        return words
    for count in range(len(words), 1, -1):
        if search(program := " ".join(words[:count])):
            return [program, *words[count:]]
    return words


def search_path_of(environ: Mapping[str, str]) -> Callable[[str], str | None]:
    """Return what searches the PATH of an environment for a program."""
    import shutil

    path = environ.get("PATH", os.defpath)
    return lambda program: shutil.which(program, path=path)


def _advice(source: str, *, has_screen: bool) -> str:
    place = source or f"{_VARIABLE} or {_SETTING}"
    if not has_screen:
        return f"No browser on this machine's screen: set {place} to a browser for terminals, such as w3m."
    return f"Correct {source}." if source else f"Install a browser or set {place}."


def _system_templates(environ: Mapping[str, str], platform: str) -> Sequence[Sequence[str]]:
    """Return the commands, without the URL, that a platform may have: its own opener first."""
    if platform == "win32":
        return (windows_opener(environ),)
    terminal_browsers = tuple((name,) for name in _TERMINAL_BROWSERS)
    return (("open",), *terminal_browsers) if platform == "darwin" else (*_OPENERS, *terminal_browsers)


def windows_opener(environ: Mapping[str, str]) -> tuple[str, ...]:
    """Return the opener of Windows by its full path: a bare name is looked for in the current directory."""
    root = environ.get("SYSTEMROOT") or "C:\\Windows"
    return f"{root}\\System32\\rundll32.exe", "url.dll,FileProtocolHandler"


def has_screen(environ: Mapping[str, str], platform: str) -> bool:
    """Return whether a window can be shown, and would be seen."""
    if platform in ("darwin", "win32"):
        return not _is_remote(environ)
    return any(environ.get(name) for name in _SCREENS)


def _is_remote(environ: Mapping[str, str]) -> bool:
    """Return whether the user is logged in through SSH."""
    return bool(environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"))


def _split(entry: str, *, windows: bool) -> list[str]:
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


def _fill(
    template: Sequence[str], url: str, search: Callable[[str], str | None], *, windows: bool
) -> BrowserCommand:
    """Put `url` into a command.

    Args:
        template: A program and its arguments; `%s` stands for the URL, which is the last argument where
            there is none. `%%` stands for a percent sign.
        url: Never read as anything: a `%s` in it stays.
        search: Returns the path of a program, or None.
        windows: Whether the command is for Windows.

    Raises:
        Refusal: There is no such program, or it would read the URL as code.

    """
    assigned = list(takewhile(_ASSIGNMENT.match, template))
    template = template[len(assigned) :]
    if not template or not template[0].strip() or _has_url_mark(template[0]):
        raise Refusal(f"{clean_line(' '.join(template), 60) or 'an empty text'} names no program")
    program = _MARK.sub("%", template[0])
    shown = clean_line(program, 100)
    found = search(program)
    if not found:
        raise Refusal(f"{shown} was not found")
    arguments = tuple(template[1:])
    if not any(map(_has_url_mark, arguments)):
        arguments = (*arguments, _URL_MARK)
    if _reads_url_as_code(arguments) or _is_shell(found, arguments, windows=windows):
        raise Refusal(f"{shown} would read the link as part of a command line, which is not safe")
    if _REMOTE_SHELL in map(base_name, (found, *arguments)):
        import shlex

        url = shlex.quote(url)
    argv = [_MARK.sub(lambda mark: "%" if mark[0] == "%%" else url, each) for each in arguments]
    environment = ("env", *assigned) if assigned else ()
    return BrowserCommand((*environment, found, *argv), _needs_terminal(program, found))


def _has_url_mark(argument: str) -> bool:
    return any(mark != "%%" for mark in _MARK.findall(argument))


def _reads_url_as_code(arguments: Sequence[str]) -> bool:
    """Return whether a template makes a program parse the URL, such as `sh -c "firefox %s"`.

    An argument with spaces around `%s` is code for some program or other: a shell's, a terminal's, a
    script language's. A URL may hold `$(…)` and quotation marks, so that no quoting there would help.
    """
    return any(
        _has_url_mark(argument) and (before in _CODE_FLAGS or _SPACE.search(argument) is not None)
        for before, argument in zip(("", *arguments), arguments, strict=False)
    )


def _is_shell(program: str, arguments: Sequence[str], *, windows: bool) -> bool:
    """Return whether a program is a shell, starts one, or is run through one by Windows.

    A shell that is given its whole command line before the URL, as in `sh -c 'firefox "$1"' sh %s`, gets the
    URL as a value.
    """
    if windows and program.lower().endswith((".bat", ".cmd")):
        return True
    words = (program, *arguments)
    shell = next((at for at, word in enumerate(words) if base_name(word).lower() in _SHELLS), None)
    if shell is None:
        return False
    before_url = list(takewhile(lambda word: not _has_url_mark(word), words[shell + 1 :]))
    return base_name(words[shell]).lower() in _COMMAND_LINES or _CODE_FLAGS.isdisjoint(before_url[:-2])


def _needs_terminal(program: str, found: str) -> bool:
    # www-browser and its like are links to the browser that the administrator chose.
    names = {base_name(program), base_name(found), base_name(os.path.realpath(found))}
    return not names.isdisjoint(_TERMINAL_BROWSERS)
