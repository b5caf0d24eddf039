"""Keys by name: what may be written in the settings, what a terminal can send, and how keys are shown.

A key has one name inside the program, the one that Textual gives it: `j`, `G`, `question_mark`, `ctrl+o`. A
sequence is the names of its keys with a space between them: `g g`.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import chain
from string import ascii_lowercase

from newsreader.domain.errors import NewsreaderError


class KeyNameError(NewsreaderError):
    """There is no such key, or no terminal can send it; the message says which and why."""


LONGEST_SEQUENCE = 4
"""Keys that may follow one another."""

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
"""What most terminals send for keys of their own name."""

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
"""Names of characters that Textual shortens."""

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
    """A key or a sequence as it is written in the settings -> its name.

    Raises:
        KeyNameError: there is no such key, or no terminal can send it.

    """
    strokes = [_stroke(part) for part in text.split()] if text != " " else ["space"]
    if not strokes:
        raise KeyNameError("an empty text is no key; [] leaves an action without a key")
    if len(strokes) > LONGEST_SEQUENCE:
        raise KeyNameError(f"“{text}” is too long; a sequence has at most {LONGEST_SEQUENCE} keys")
    if len(strokes) > 1 and "escape" in strokes:
        raise KeyNameError(f"“{text}” cannot be a sequence, since esc drops a sequence that was begun")
    return " ".join(strokes)


def name_of(character: str) -> str:
    """The name of the key that types a character."""
    if character == " ":
        return "space"
    if character.isalnum():
        return character
    name = unicodedata.name(character, "").lower().replace("-", "_").replace(" ", "_")
    return _SHORT.get(name, name)


def sent_as(key: str) -> tuple[str, ...]:
    """The names under which Textual may report a key or a sequence: terminals differ about one."""
    other = key.replace("ctrl+space", "ctrl+@")
    return (key,) if other == key else (key, other)


def written(keys: str) -> str:
    """A key or a sequence as it is written in the settings."""
    return " ".join(_character_of(stroke) or stroke for stroke in keys.split())


def shown(keys: str) -> str:
    """A key or a sequence as a person reads it."""
    return " ".join(_shown(stroke) for stroke in keys.split())


@lru_cache(256)
def _shown(stroke: str) -> str:
    *modifiers, key = stroke.split("+")
    return "+".join([*modifiers, _SHOWN.get(key) or _character_of(key) or key])


def _character_of(key: str) -> str:
    """The character that a key types, where its name is not the character itself."""
    return _characters().get(key, "")


@lru_cache(1)
def _characters() -> dict[str, str]:
    visible = (chr(code) for code in range(33, 127))
    return {name_of(character): character for character in visible if not character.isalnum()}


def _stroke(text: str) -> str:
    """One key."""
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
    """A key that types a character."""
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
    """A key with ctrl, alt or shift, if terminals agree how to send it."""
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
    """Why not, where there is something to say."""
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
    # alt+O begins the arrows of some terminals.
    capital = {f"alt+shift+{letter}" for letter in ascii_lowercase if letter != "o"}
    # With a modifier, F3 is what a terminal says when it is asked for the place of the cursor.
    moving = {
        f"{modifiers}+{key}"
        for modifiers in ("shift", "ctrl", "alt", "ctrl+shift", "alt+shift", "alt+ctrl", "alt+ctrl+shift")
        for key in (*_TRAVEL, *_FUNCTION)
        if key != "f3"
    }
    return frozenset({"shift+tab", *typed, *_NAMED, *control, *signs, *alt, *capital, *moving})
