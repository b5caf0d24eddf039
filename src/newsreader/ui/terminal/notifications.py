"""Desktop notifications through the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from newsreader.domain.sanitize import clean_line
from newsreader.domain.setting_values import Notify

_TITLE: Final = "newsreader"
_LONGEST: Final = 200
_TERMINALS: Final = {
    "kitty": Notify.OSC99,
    "ghostty": Notify.OSC777,
    "wezterm": Notify.OSC777,
    "foot": Notify.OSC777,
    "rxvt": Notify.OSC777,
    "contour": Notify.OSC777,
    "iterm": Notify.OSC9,
}
"""By parts of the names of terminals."""


def notification(text: str, notify: Notify, environ: Mapping[str, str]) -> str:
    """Return the sequence for a desktop notification; empty if none is wanted or the terminal is not known.

    Args:
        text: The message.
        notify: The setting.
        environ: The environment of the program.

    """
    text = clean_line(text, _LONGEST)
    if notify is Notify.AUTO:
        notify = _sequence_of(environ)
    if notify is Notify.OSC9:
        return _wrapped(f"\x1b]9;{_TITLE}: {text}\x1b\\", environ)
    if notify is Notify.OSC99:
        title = f"\x1b]99;i={_TITLE}:d=0:o=unfocused;{_TITLE}\x1b\\"
        body = f"\x1b]99;i={_TITLE}:d=1:p=body;{text}\x1b\\"
        return _wrapped(title, environ) + _wrapped(body, environ)
    if notify is Notify.OSC777:
        return _wrapped(f"\x1b]777;notify;{_TITLE};{text}\x1b\\", environ)
    return ""


def _sequence_of(environ: Mapping[str, str]) -> Notify:
    """Return the sequence that the terminal is known to understand.

    A multiplexer gives its own name, and may not pass the sequence on.
    """
    names = f"{environ.get('TERM', '')} {environ.get('TERM_PROGRAM', '')}".lower()
    return next((notify for part, notify in _TERMINALS.items() if part in names), Notify.OFF)


def _wrapped(sequence: str, environ: Mapping[str, str]) -> str:
    """Return a sequence as tmux passes it on to its terminal, with its `allow-passthrough` on."""
    if not environ.get("TMUX"):
        return sequence
    doubled = sequence.replace("\x1b", "\x1b\x1b")
    return f"\x1bPtmux;{doubled}\x1b\\"
