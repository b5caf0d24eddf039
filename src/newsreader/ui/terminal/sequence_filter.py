"""Split terminal input into keys, complete escape sequences and pastes.

A pure state machine over text. It holds an incomplete sequence back until the rest arrives or a timeout
passes, so that half of a sequence never acts as keys, and swallows control strings (OSC, DCS, APC, PM, SOS),
which terminals send only as replies, except for the one reply that is asked for. See ECMA-48, section 5.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum, auto
from typing import Final, NamedTuple

ESC: Final = "\x1b"

SEQUENCE_TIMEOUT: Final = 1.0
"""Seconds without input after which an incomplete sequence is dropped."""

PASTE_TIMEOUT: Final = 5.0
"""Seconds without input after which a paste without an end is delivered as it is."""

MAX_SEQUENCE: Final = 256
"""Characters of a control sequence; a longer one is swallowed."""

MAX_REPLY: Final = 64
"""Characters of a control string that are looked at."""

MAX_PASTE: Final = 1_000_000
"""Characters of a paste; the rest is dropped."""

_PASTE_START: Final = "200~"
_PASTE_END: Final = "\x1b[201~"
_BACKGROUND: Final = "]11;"
_X10_MOUSE_LENGTH: Final = 3

_PLAIN: Final = re.compile(r"[^\x1b\x80-\x9f]+")
_STRING_PART: Final = re.compile(r"[^\x07\x18\x1a\x1b\x9c]+")
_CSI, _SS3, _STRINGS = "[", "O", "]P_^X"

# Replies whose ESC came alone, too early, and was reported as the escape key. Nobody types these in one go.
_LATE: Final = re.compile(
    r"\[(?:[<=>?]?[0-9;:]*[0-9][0-9;:]*[ -/]*[@-~]|[A-DFHIOZ])|\][0-9]+;|P[>!]\||P[01][$+]r|_G"
)


class Text(NamedTuple):
    """Characters that were typed."""

    text: str


class Chord(NamedTuple):
    """The escape key alone, or ESC and the character that was typed together with alt."""

    text: str


class Sequence(NamedTuple):
    """A complete control sequence (CSI or SS3)."""

    text: str


class Paste(NamedTuple):
    """What was pasted between the brackets that the terminal puts around it."""

    text: str


class Background(NamedTuple):
    """The background colour that the terminal reports (OSC 11), such as `rgb:1e1e/1e1e/1e1e`."""

    colour: str


Token = Text | Chord | Sequence | Paste | Background


class _State(Enum):
    GROUND = auto()
    ESCAPE = auto()
    LATE = auto()
    """The escape key was reported; the rest of a sequence may still follow."""
    CSI = auto()
    SS3 = auto()
    STRING = auto()
    STRING_ESCAPE = auto()
    X10_MOUSE = auto()
    PASTE = auto()


class SequenceFilter:
    """Splits input into tokens.

    After `escape_delay` seconds a lone ESC is the escape key.
    """

    def __init__(self, escape_delay: float = 0.1) -> None:
        self._escape_delay = escape_delay
        self._state = _State.GROUND
        self._held = ""
        self._is_too_long = False
        self._pasted: list[str] = []
        self._pasted_length = 0
        self._tokens: list[Token] = []
        self._steps: dict[_State, Callable[[str, int], int]] = {
            _State.GROUND: self._ground,
            _State.ESCAPE: self._escape,
            _State.LATE: self._late,
            _State.CSI: self._csi,
            _State.SS3: self._ss3,
            _State.STRING: self._string,
            _State.STRING_ESCAPE: self._string_escape,
            _State.X10_MOUSE: self._x10_mouse,
            _State.PASTE: self._paste,
        }

    @property
    def timeout(self) -> float | None:
        """Seconds without input after which `expire` must be called; None for never."""
        if self._state is _State.GROUND:
            return None
        if self._state is _State.ESCAPE:
            return self._escape_delay
        return PASTE_TIMEOUT if self._state is _State.PASTE else SEQUENCE_TIMEOUT

    @property
    def held(self) -> int:
        """How many characters are held back."""
        return len(self._held) + self._pasted_length

    def feed(self, text: str) -> list[Token]:
        """Process input; return complete tokens."""
        position = 0
        while position < len(text):
            position = self._steps[self._state](text, position)
        return self._take_tokens()

    def expire(self) -> list[Token]:
        """Give up waiting for the rest of a sequence."""
        state, held = self._state, self._held
        self._enter(_State.GROUND)
        if state is _State.ESCAPE:
            self._tokens.append(Chord(ESC))
            self._enter(_State.LATE)
        elif state is _State.PASTE:
            self._keep(held)
            self._end_paste()
        elif state is _State.CSI and not held:
            self._tokens.append(Chord(ESC + _CSI))
        elif state is _State.STRING and len(held) == 1:
            self._tokens.append(Chord(ESC + held))
        return self._take_tokens()

    def _take_tokens(self) -> list[Token]:
        tokens, self._tokens = self._tokens, []
        return tokens

    def _enter(self, state: _State, held: str = "") -> None:
        self._state, self._held, self._is_too_long = state, held, False

    # Each step starts at a position of the text and returns the next one.

    def _ground(self, text: str, position: int) -> int:
        plain = _PLAIN.match(text, position)
        if plain is not None:
            self._tokens.append(Text(plain[0]))
            return plain.end()
        if text[position] == ESC:
            self._enter(_State.ESCAPE)
        else:  # a C1 control stands for ESC and another character, or for nothing
            self._introduce(chr(ord(text[position]) - 0x40))
        return position + 1

    def _introduce(self, character: str) -> bool:
        """Enter the kind of sequence that a character introduces; False where it introduces none."""
        if character == _CSI:
            self._enter(_State.CSI)
        elif character == _SS3:
            self._enter(_State.SS3)
        elif character in _STRINGS:
            self._enter(_State.STRING, character)
        else:
            return False
        return True

    def _escape(self, text: str, position: int) -> int:
        character = text[position]
        if character == ESC:
            self._tokens.append(Chord(ESC))
        elif not self._introduce(character):
            self._tokens.append(Chord(ESC + character))
            self._enter(_State.GROUND)
        return position + 1

    def _late(self, text: str, position: int) -> int:
        self._enter(_State.ESCAPE if _LATE.match(text, position) else _State.GROUND)
        return position

    def _csi(self, text: str, position: int) -> int:
        character = text[position]
        if self._held == "[":  # function keys of the Linux console
            return (
                self._complete(f"[[{character}", position)
                if "A" <= character <= "~"
                else self._abort(position)
            )
        if not self._held and character == "[":
            self._held = character
        elif not self._held and character == "M":
            self._enter(_State.X10_MOUSE)
        elif character == "$" and self._held.isdecimal():  # keys of rxvt
            return self._complete(f"[{self._held}$", position)
        elif " " <= character <= "?":
            self._hold(character)
        elif "@" <= character <= "~":
            return self._complete(f"[{self._held}{character}", position)
        else:
            return self._abort(position)
        return position + 1

    def _ss3(self, text: str, position: int) -> int:
        character = text[position]
        if character.isdecimal() or character == ";":
            self._hold(character)
            return position + 1
        if " " <= character <= "~":
            return self._complete(f"O{self._held}{character}", position)
        return self._abort(position)

    def _hold(self, character: str) -> None:
        if len(self._held) < MAX_SEQUENCE:
            self._held += character
        else:
            self._is_too_long = True

    def _complete(self, sequence: str, position: int) -> int:
        is_too_long = self._is_too_long
        self._enter(_State.GROUND)
        if sequence == f"[{_PASTE_START}":
            self._enter(_State.PASTE)
        elif not is_too_long:
            self._tokens.append(Sequence(ESC + sequence))
        return position + 1

    def _abort(self, position: int) -> int:
        """Drop the sequence; the character that cannot be part of it is read again."""
        self._enter(_State.GROUND)
        return position

    def _string(self, text: str, position: int) -> int:
        part = _STRING_PART.match(text, position)
        if part is not None:
            self._held = (self._held + part[0])[:MAX_REPLY]
            return part.end()
        character = text[position]
        if character == ESC:
            self._state = _State.STRING_ESCAPE
        elif character in "\x18\x1a":
            self._enter(_State.GROUND)
        elif character != "\x07" or self._held[0] == "]":
            self._end_string()
        return position + 1

    def _string_escape(self, text: str, position: int) -> int:
        if text[position] == "\\":
            self._end_string()
            return position + 1
        self._enter(_State.ESCAPE)  # the string was cut off by another sequence
        return position + (text[position] == ESC)

    def _end_string(self) -> None:
        if self._held.startswith(_BACKGROUND):
            self._tokens.append(Background(self._held.removeprefix(_BACKGROUND)))
        self._enter(_State.GROUND)

    def _x10_mouse(self, text: str, position: int) -> int:
        self._held += text[position]
        if len(self._held) == _X10_MOUSE_LENGTH:
            self._enter(_State.GROUND)
        return position + 1

    def _paste(self, text: str, position: int) -> int:
        before = len(self._held)
        held = self._held + text[position:]
        end = held.find(_PASTE_END)
        if end < 0:
            end = max(0, len(held) - len(_PASTE_END) + 1)
            self._keep(held[:end])
            self._held = held[end:]
            return len(text)
        self._keep(held[:end])
        self._end_paste()
        return position + end + len(_PASTE_END) - before

    def _keep(self, text: str) -> None:
        text = text[: MAX_PASTE - self._pasted_length]
        self._pasted.append(text)
        self._pasted_length += len(text)

    def _end_paste(self) -> None:
        self._tokens.append(Paste("".join(self._pasted)))
        self._pasted, self._pasted_length = [], 0
        self._enter(_State.GROUND)
