"""Desktop notifications through the terminal."""

from __future__ import annotations

import pytest

from newsreader.domain.setting_values import Notify
from newsreader.ui.terminal.notifications import notification

OSC9 = "\x1b]9;newsreader: 3 new records\x1b\\"
OSC99 = (
    "\x1b]99;i=newsreader:d=0:o=unfocused;newsreader\x1b\\\x1b]99;i=newsreader:d=1:p=body;3 new records\x1b\\"
)
OSC777 = "\x1b]777;notify;newsreader;3 new records\x1b\\"


@pytest.mark.parametrize(
    ("notify", "sequence"),
    [(Notify.OFF, ""), (Notify.OSC9, OSC9), (Notify.OSC99, OSC99), (Notify.OSC777, OSC777)],
)
def test_the_sequence_of_the_settings_is_used(notify: Notify, sequence: str) -> None:
    assert notification("3 new records", notify, {"TERM": "dumb"}) == sequence


@pytest.mark.parametrize(
    ("environ", "sequence"),
    [
        ({"TERM": "xterm-kitty"}, OSC99),
        ({"TERM": "xterm-ghostty"}, OSC777),
        ({"TERM": "foot-extra"}, OSC777),
        ({"TERM": "rxvt-unicode-256color"}, OSC777),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"}, OSC777),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app"}, OSC9),
        ({"TERM": "xterm-256color"}, ""),
        ({"TERM": "tmux-256color", "TERM_PROGRAM": "tmux", "TMUX": "/tmp/tmux-0/default,1,0"}, ""),
        ({}, ""),
    ],
)
def test_a_terminal_is_known_by_its_name(environ: dict[str, str], sequence: str) -> None:
    assert notification("3 new records", Notify.AUTO, environ) == sequence


def test_tmux_passes_a_sequence_on() -> None:
    wrapped = "\x1bPtmux;\x1b\x1b]777;notify;newsreader;3 new records\x1b\x1b\\\x1b\\"
    assert notification("3 new records", Notify.OSC777, {"TMUX": "/tmp/tmux-0/default,1,0"}) == wrapped


@pytest.mark.parametrize("notify", [Notify.OSC9, Notify.OSC99, Notify.OSC777])
def test_a_text_ends_no_sequence_and_begins_none(notify: Notify) -> None:
    hostile = "a\x1b\\b\x07c\x9cd\n\x1b]52;c;ZQ==\x07"
    sequence = notification(hostile, notify, {})
    assert sequence.count("\x1b") == (4 if notify is Notify.OSC99 else 2)
    assert not {"\x07", "\x9c", "\n"} & set(sequence)
