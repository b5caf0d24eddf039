"""Names of keys: how settings write them, which ones terminals can send, and how they are displayed.

Inside the program a key has Textual's name: `j`, `G`, `question_mark`, `ctrl+o`. A sequence is written as
key names separated by spaces: `g g`.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import chain
from string import ascii_lowercase

from newsreader.domain.errors import NewsreaderError


class KeyNameError(NewsreaderError):
    """The key is unknown, or no terminal can send it."""


LONGEST_SEQUENCE = 4
"""Maximum number of keys in a sequence."""

_TRAVEL = ("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "insert", "delete")
_FUNCTION = tuple(f"f{number}" for number in range(1, 13))
_NAMED = frozenset({*_TRAVEL, *_FUNCTION, "enter", "tab", "escape", "backspace", "space"})
_MODIFIERS = ("alt", "ctrl", "shift")
_FOREIGN = frozenset({"super", "hyper", "meta", "cmd", "command", "win", "windows", "fn"})

_SAME = {
    "ctrl+i": "tab",
    "ctrl+m": "enter",
    "ctrl+h": "backspace",
    "ctrl+[": "escape",
    "ctrl+tab": "tab",
    "ctrl+enter": "enter",
    "ctrl+backspace": "backspace",
    "ctrl+escape": "escape",
    "shift+enter": "enter",
    "shift+space": "space",
    "shift+backspace": "backspace",
    "shift+escape": "escape",
    "alt+enter": "enter",
    "alt+tab": "shift+tab",
    "alt+backspace": "ctrl+w",
    "alt+b": "ctrl+left",
    "alt+f": "ctrl+right",
}
"""What most terminals send for these keys."""

_ALIASES = {
    "esc": "escape",
    "return": "enter",
    "del": "delete",
    "ins": "insert",
    "pgup": "pageup",
    "pgdn": "pagedown",
    "pgdown": "pagedown",
    "page_up": "pageup",
    "page_down": "pagedown",
    "bs": "backspace",
    "control": "ctrl",
    "option": "alt",
    "opt": "alt",
    "←": "left",
    "→": "right",
    "↑": "up",
    "↓": "down",
}

_SHORT = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}
"""Character names that Textual shortens."""

_SHOWN = {
    "down": "↓",
    "up": "↑",
    "left": "←",
    "right": "→",
    "home": "Home",
    "end": "End",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "insert": "Ins",
    "delete": "Del",
    "escape": "esc",
    **{name: name.upper() for name in _FUNCTION},
}


def parse_keys(text: str) -> str:
    """Parse a key or sequence of the settings. Raise KeyNameError if it is invalid."""
    strokes = [_stroke(part) for part in text.split()] if text != " " else ["space"]
    if not strokes:
        raise KeyNameError("an empty text is no key; [] leaves an action without a key")
    if len(strokes) > LONGEST_SEQUENCE:
        raise KeyNameError(f"“{text}” is too long; a sequence has at most {LONGEST_SEQUENCE} keys")
    if len(strokes) > 1 and "escape" in strokes:
        raise KeyNameError(f"“{text}” cannot be a sequence, since esc drops a sequence that was begun")
    return " ".join(strokes)


def name_of(character: str) -> str:
    """Return the name of the key that types a character."""
    if character == " ":
        return "space"
    if character.isalnum():
        return character
    name = unicodedata.name(character, "").lower().replace("-", "_").replace(" ", "_")
    return _SHORT.get(name, name)


def sent_as(key: str) -> tuple[str, ...]:
    """Return the names that Textual may report for a key or sequence, since terminals differ."""
    other = key.replace("ctrl+space", "ctrl+@")
    return (key,) if other == key else (key, other)


def written(keys: str) -> str:
    """Format a key or sequence for the settings."""
    return " ".join(_character_of(stroke) or stroke for stroke in keys.split())


def shown(keys: str) -> str:
    """Format a key or sequence for display."""
    return " ".join(_shown(stroke) for stroke in keys.split())


@lru_cache(256)
def _shown(stroke: str) -> str:
    *modifiers, key = stroke.split("+")
    return "+".join([*modifiers, _SHOWN.get(key) or _character_of(key) or key])


def _character_of(key: str) -> str:
    """Return the character that a named key types, or empty."""
    return _characters().get(key, "")


@lru_cache(1)
def _characters() -> dict[str, str]:
    visible = (chr(code) for code in range(33, 127))
    return {name_of(character): character for character in visible if not character.isalnum()}


def _stroke(text: str) -> str:
    """Parse one key."""
    if len(text) == 1 and text not in _ALIASES:
        return _typed(text)
    *before, key = [*text[:-1].split("+"), "+"] if text.endswith("++") else text.split("+")
    modifiers = sorted({_ALIASES.get(name.lower(), name.lower()) for name in before if name})
    key = _ALIASES.get(key.lower(), key if len(key) == 1 else key.lower())
    _refuse_modifiers(text, modifiers)
    if len(key) > 1 and key not in _NAMED:
        key = _character_of(key) or _unknown(text, key)
    if not modifiers:
        return key if key in _NAMED else _typed(key)
    return _modified(text, modifiers, key)


def _typed(character: str) -> str:
    """Return the name of a key that types a character."""
    if not character.isprintable() or not name_of(character):
        raise KeyNameError("a control character is no name of a key")
    return name_of(character)


def _refuse_modifiers(text: str, modifiers: list[str]) -> None:
    for modifier in modifiers:
        if modifier in _FOREIGN:
            raise KeyNameError(f"“{text}” cannot be sent by a terminal: {modifier} stays with the desktop")
        if modifier not in _MODIFIERS:
            raise KeyNameError(f"“{text}” is no key; what goes before a key is ctrl+, alt+ or shift+")


def _unknown(text: str, key: str) -> str:
    from difflib import get_close_matches  # mistakes are rare, starts are not

    near = get_close_matches(key, chain(_NAMED, _characters(), _ALIASES), n=1)
    raise KeyNameError(f"“{text}” is no key" + (f"; did you mean {near[0]}?" if near else ""))


def _modified(text: str, modifiers: list[str], key: str) -> str:
    """Return the name of a key with modifiers, if terminals agree how to send it."""
    if len(key) == 1 and key.isalpha():
        modifiers = sorted({*modifiers, "shift"}) if key.isupper() and modifiers == ["alt"] else modifiers
        key = key.lower()
    name = "+".join([*modifiers, key])
    if name in _SAME:
        raise KeyNameError(f"“{text}” cannot be sent by a terminal: it is the same as {_SAME[name]}")
    canonical = "+".join([*modifiers, key if key in _NAMED else name_of(key)])
    if canonical in all_sendable():
        return canonical
    if modifiers == ["shift"] and len(key) == 1:
        hint = key.upper() if key.isalpha() else "the character that it types"
        raise KeyNameError(f"“{text}” cannot be sent by a terminal; write {hint}")
    raise KeyNameError(f"“{text}” cannot be sent by a terminal{_instead(modifiers, key)}")


def _instead(modifiers: list[str], key: str) -> str:
    """Explain why terminals cannot send a key, or return empty."""
    if modifiers == ["ctrl", "shift"] and key in ascii_lowercase:
        return f": it is the same as ctrl+{key}"
    if len(key) == 1 and not key.isalpha():
        return f": {'+'.join(modifiers)} goes with letters, arrows and function keys"
    return ""


@lru_cache(1)
def all_sendable() -> frozenset[str]:
    """Return the keys that every terminal sends and Textual understands, except characters beyond ASCII."""
    typed = {name_of(chr(code)) for code in range(33, 127)}
    control = {f"ctrl+{letter}" for letter in ascii_lowercase if f"ctrl+{letter}" not in _SAME}
    signs = {"ctrl+space", "ctrl+backslash", "ctrl+right_square_bracket"}
    alt = {f"alt+{letter}" for letter in ascii_lowercase if f"alt+{letter}" not in _SAME}
    # alt+O is the start of the arrow keys in some terminals.
    capital = {f"alt+shift+{letter}" for letter in ascii_lowercase if letter != "o"}
    # F3 with a modifier is the same as the report of the cursor position.
    moving = {
        f"{modifiers}+{key}"
        for modifiers in ("shift", "ctrl", "alt", "ctrl+shift", "alt+shift", "alt+ctrl", "alt+ctrl+shift")
        for key in (*_TRAVEL, *_FUNCTION)
        if key != "f3"
    }
    return frozenset({"shift+tab", *typed, *_NAMED, *control, *signs, *alt, *capital, *moving})
