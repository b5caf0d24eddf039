"""What a terminal makes of bytes: which ones a key sends, and what those of a program do to the screen."""

from __future__ import annotations

import codecs
import re
from typing import Any, Final, NamedTuple

import pyte

_KEYS: Final = {
    "enter": "\r",
    "esc": "\x1b",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "space": " ",
    "backspace": "\x7f",
    "delete": "\x1b[3~",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "alt+up": "\x1b[1;3A",
    "alt+down": "\x1b[1;3B",
    "alt+right": "\x1b[1;3C",
    "alt+left": "\x1b[1;3D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pgup": "\x1b[5~",
    "pgdn": "\x1b[6~",
    "f1": "\x1bOP",
    "lt": "<",
}
_KEY_NAME: Final = re.compile(r"<([a-z][a-z0-9+]*)>")

_MODE_CHANGE: Final = re.compile(rb"\x1b\[\?([0-9;]+)([hl])|\x1b\[([<>])([0-9]*)u|\x1bc")

# What pyte takes for text, or for something else: strings (OSC, DCS, SOS, PM, APC); CSI with one of < = >,
# with an intermediate byte, or with colons; private CSI other than "set" and "reset"; keypad modes.
_FOREIGN: Final = re.compile(
    r"\x1b[\]PX^_][^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c|(?=\x1b[^\\]))"
    r"|\x1b\[[<=>][0-?]*[ -/]*[@-~]"
    r"|\x1b\[[0-?]*[ -/]+[@-~]"
    r"|\x1b\[[0-9;]*:[0-?]*[@-~]"
    r"|\x1b\[\?[0-?]*[@-gi-km-~]"
    r"|\x1b[=>]"
)
_UNFINISHED: Final = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|[\]PX^_][^\x07\x1b\x9c]*\x1b?)?\Z")


def encode_keys(keys: str) -> bytes:
    r"""Return the bytes that a terminal sends for `keys`: text, and names such as `<enter>` or `<ctrl+p>`.

    `<ctrl+x>` and `<alt+x>` work for every letter; `<lt>` is a literal `<`. A `<` that opens no name stands
    for itself, so mouse reports such as `\x1b[<0;3;4M` can be sent as they are.

    Raises:
        ValueError: a name in angle brackets is not known.

    """

    def sequence(found: re.Match[str]) -> str:
        name = found[1]
        modifier, _, key = name.rpartition("+")
        if name in _KEYS:
            return _KEYS[name]
        if modifier == "ctrl" and len(key) == 1 and key.isalpha():
            return chr(ord(key) & 0x1F)
        if modifier == "alt" and len(key) == 1:
            return f"\x1b{key}"
        raise ValueError(f"unknown key <{name}>; a literal < is <lt>")

    return _KEY_NAME.sub(sequence, keys).encode()


class Modes(NamedTuple):
    """What a program has switched on in the terminal. `Modes()` is a terminal as a program finds it."""

    alternate_screen: bool = False
    mouse: frozenset[int] = frozenset()
    """Which of the private modes 1000, 1002, 1003, 1006, 1015 and 1016 are on."""
    bracketed_paste: bool = False
    focus_events: bool = False
    cursor_visible: bool = True
    line_wrap: bool = True
    keyboard_depth: int = 0
    """Entries left on the stacks of the kitty keyboard protocol; the main and the alternate screen have one
    each, as in https://sw.kovidgoyal.net/kitty/keyboard-protocol/, and both are counted."""


def modes_after(output: bytes) -> Modes:
    """Return the modes in which a terminal is left by `output`."""
    initially = {7, 25}
    on = set(initially)
    depths = {False: 0, True: 0}
    for found in _MODE_CHANGE.finditer(output):
        numbers, switch, stack, count = found.groups()
        if numbers:
            changed = {int(number) for number in numbers.split(b";") if number}
            on = on | changed if switch == b"h" else on - changed
        elif stack == b">":
            depths[1049 in on] += 1
        elif stack == b"<":
            depths[1049 in on] = max(0, depths[1049 in on] - int(count or 1))
        else:
            on, depths = set(initially), {False: 0, True: 0}
    return Modes(
        alternate_screen=1049 in on,
        mouse=frozenset(on & {1000, 1002, 1003, 1006, 1015, 1016}),
        bracketed_paste=2004 in on,
        focus_events=1004 in on,
        cursor_visible=25 in on,
        line_wrap=7 in on,
        keyboard_depth=sum(depths.values()),
    )


class _Screen(pyte.Screen):
    """A screen with an alternate screen, which pyte does not have."""

    def __init__(self, columns: int, rows: int) -> None:
        self._main: dict[int, Any] | None = None
        super().__init__(columns, rows)

    def reset(self) -> None:
        self._main = None
        super().reset()

    def set_mode(self, *modes: int, **kwargs: Any) -> None:
        super().set_mode(*modes, **kwargs)
        if kwargs.get("private") and 1049 in modes and self._main is None:
            self.save_cursor()
            self._main = dict(self.buffer)
            self.buffer.clear()

    def reset_mode(self, *modes: int, **kwargs: Any) -> None:
        super().reset_mode(*modes, **kwargs)
        if kwargs.get("private") and 1049 in modes and self._main is not None:
            self.buffer.clear()
            self.buffer.update(self._main)
            self._main = None
            self.restore_cursor()


class Emulator:
    """The screen that a stream of bytes paints, however the stream is cut into pieces."""

    def __init__(self, columns: int, rows: int) -> None:
        self._screen = _Screen(columns, rows)
        self._stream = pyte.Stream(self._screen)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._rest = ""

    def feed(self, output: bytes) -> None:
        """Paint `output`; the start of a sequence at its end waits for the remainder."""
        text = _FOREIGN.sub("", self._rest + self._decoder.decode(output))
        unfinished = _UNFINISHED.search(text)
        cut = unfinished.start() if unfinished else len(text)
        self._rest = text[cut:]
        self._stream.feed(text[:cut])

    def lines(self) -> list[str]:
        """Return the lines of the screen without the blanks at their ends."""
        screen = self._screen
        return [
            "".join([screen.buffer[row][column].data for column in range(screen.columns)]).rstrip()
            for row in range(screen.lines)
        ]

    def cells(self) -> list[list[tuple[Any, ...]]]:
        """Return all cells by line: what stands in them and how it looks."""
        screen = self._screen
        return [
            [tuple(screen.buffer[row][column]) for column in range(screen.columns)]
            for row in range(screen.lines)
        ]

    def resize(self, columns: int, rows: int) -> None:
        """Give the screen another size."""
        self._screen.resize(rows, columns)
