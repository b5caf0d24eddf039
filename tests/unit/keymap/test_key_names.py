"""Names of keys: what may be written, what terminals can send, and how a key is shown."""

from __future__ import annotations

import time

import pytest
from textual._xterm_parser import XTermParser
from textual.events import Key
from textual.keys import _character_to_key

from newsreader.keymap.key_names import (
    KeyNameError,
    all_sendable,
    name_of,
    parse_keys,
    sent_as,
    shown,
    written,
)

_MODIFIERS = {"shift": 1, "alt": 2, "ctrl": 4}
_FINAL = dict(zip(["up", "down", "right", "left", "home", "end", "f1", "f2", "f4"], "ABCDHFPQS", strict=True))
_NUMBER = {"insert": 2, "delete": 3, "pageup": 5, "pagedown": 6, "f5": 15, "f6": 17, "f7": 18, "f8": 19}
_NUMBER |= {"f9": 20, "f10": 21, "f11": 23, "f12": 24}
_BYTES = {
    "enter": "\r",
    "tab": "\t",
    "escape": "\x1b",
    "backspace": "\x7f",
    "space": " ",
    "f3": "\x1bOR",
    "shift+tab": "\x1b[Z",
    "ctrl+space": "\0",
    "ctrl+backslash": "\x1c",
    "ctrl+right_square_bracket": "\x1d",
    **{name_of(chr(code)): chr(code) for code in range(33, 127)},
}


def _sent_by_xterm(key: str) -> str:
    """What a terminal without any protocol of its own sends for a key."""
    *modifiers, bare = key.split("+")
    number = 1 + sum(_MODIFIERS[modifier] for modifier in modifiers)
    if key in _BYTES:
        return _BYTES[key]
    if bare in _FINAL:
        start = "\x1bO" if bare.startswith("f") else "\x1b["
        return (start if number == 1 else f"\x1b[1;{number}") + _FINAL[bare]
    if bare in _NUMBER:
        return f"\x1b[{_NUMBER[bare]}" + (f";{number}" if number > 1 else "") + "~"
    if modifiers == ["ctrl"]:
        return chr(ord(bare) - ord("a") + 1)
    return "\x1b" + (bare.upper() if "shift" in modifiers else bare)


def _heard(data: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The keys that Textual makes of what a terminal sends, once it is sure that no more comes."""
    parser = XTermParser()
    events = [*parser.feed(data)]
    later = time.monotonic() + 60
    monkeypatch.setattr("textual._parser.get_time", lambda: later)
    events += [*parser.tick()]
    return [event.key for event in events if isinstance(event, Key)]


@pytest.mark.parametrize("key", sorted(all_sendable()))
def test_every_valid_key_can_be_sent_and_is_parsed_by_textual(
    key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _heard(_sent_by_xterm(key), monkeypatch) in [[name] for name in sent_as(key)]


@pytest.mark.parametrize("key", sorted(all_sendable()))
def test_keys_round_trip(key: str) -> None:
    assert parse_keys(written(key)) == key
    assert parse_keys(key) == key


@pytest.mark.parametrize("character", [*map(chr, range(32, 127)), "é", "ß", "ж", "§"])
def test_characters_have_the_names_of_textual(character: str) -> None:
    assert name_of(character) == _character_to_key(character)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("?", "question_mark"),
        ("+", "plus"),
        ("G", "G"),
        (" ", "space"),
        ("PgDn", "pagedown"),
        ("Esc", "escape"),
        ("→", "right"),
        ("Ctrl+O", "ctrl+o"),
        ("control+o", "ctrl+o"),
        ("alt+G", "alt+shift+g"),
        ("shift+ctrl+left", "ctrl+shift+left"),
        ("F5", "f5"),
        ("g g", "g g"),
        ("ctrl+x  ?", "ctrl+x question_mark"),
        ("é", "é"),
    ],
)
def test_keys_have_alternative_spellings(text: str, key: str) -> None:
    assert parse_keys(text) == key


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("ctrl+i", "“ctrl+i” cannot be sent by a terminal: it is the same as tab"),
        ("ctrl+m", "the same as enter"),
        ("ctrl+h", "the same as backspace"),
        ("ctrl+[", "the same as escape"),
        ("ctrl+1", "ctrl goes with letters, arrows and function keys"),
        ("ctrl++", "ctrl goes with letters"),
        ("alt+1", "alt goes with letters"),
        ("ctrl+shift+a", "the same as ctrl+a"),
        ("super+x", "super stays with the desktop"),
        ("cmd+c", "cmd stays with the desktop"),
        ("shift+a", "write A"),
        ("shift+1", "write the character that it types"),
        ("shift+space", "the same as space"),
        ("alt+b", "the same as ctrl+left"),
        ("shift+f3", "“shift+f3” cannot be sent by a terminal"),
        ("f13", "“f13” is no key"),
        ("pgdwn", "did you mean pgdown?"),
        ("hello", "“hello” is no key"),
        ("x+y", "what goes before a key is ctrl+, alt+ or shift+"),
        ("", "an empty text is no key"),
        ("\t", "an empty text is no key"),
        ("\x07", "a control character is no name of a key"),
        ("a b c d e", "a sequence has at most 4 keys"),
        ("g esc", "esc drops a sequence"),
    ],
)
def test_a_key_that_no_terminal_sends_is_rejected_with_the_reason(text: str, why: str) -> None:
    with pytest.raises(KeyNameError) as refusal:
        parse_keys(text)
    assert why in str(refusal.value)


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("question_mark", "?"),
        ("alt+left", "alt+←"),
        ("g g", "g g"),
        ("ctrl+x question_mark", "ctrl+x ?"),
        ("f1", "F1"),
        ("ctrl+backslash", "ctrl+\\"),
    ],
)
def test_keys_are_shown_as_on_a_keyboard(key: str, words: str) -> None:
    assert shown(key) == words


def test_a_key_that_terminals_report_under_two_names_is_bound_under_both() -> None:
    assert sent_as("ctrl+space x") == ("ctrl+space x", "ctrl+@ x")
    assert sent_as("x") == ("x",)
