"""Keys of other keyboard layouts, by the key at the same place of a US keyboard.

With a Cyrillic, Greek or Hebrew layout a terminal sends the letter on the key. The letters are those of the
standard layouts: Russian (ЙЦУКЕН), Ukrainian, Greek and Hebrew (SI-1452).
"""

from __future__ import annotations

from typing import Final

from newsreader.keymap.key_names import name_of

_US: Final = "qwertyuiop[]asdfghjkl;'zxcvbnm,."

_LAYOUTS: Final = (
    (_US, "йцукенгшщзхъфывапролджэячсмитьбю"),
    ("`s]'\\", "ёіїєґ"),
    ("wertyuiopasdfghjklzxcvbnm", "ςερτυθιοπασδφγηξκλζχψωβνμ"),
    ("ertyuiopasdfghjkl;zxcvbnm,.", "קראטוןםפשדגכעיחלךףזסבהנמצתץ"),
)
"""Keys of a US keyboard, and what another layout writes with the same keys."""

_SHIFTED: Final = str.maketrans("[];',.`\\", '{}:"<>~|')


def _keys_by_place() -> dict[str, str]:
    keys: dict[str, str] = {}
    for places, letters in _LAYOUTS:
        for place, letter in zip(places, letters, strict=True):
            keys[letter] = place
            if letter.upper().lower() == letter != letter.upper():  # not so with the final sigma
                keys[letter.upper()] = place.upper().translate(_SHIFTED)
    return keys


_BY_PLACE: Final = _keys_by_place()


def key_at_same_place(key: str) -> tuple[str, str] | None:
    """Return name and character of the US key at the place of another layout's key; None for other keys.

    With modifiers the character is empty.

    Args:
        key: A name as Textual reports it, with modifiers: `о`, `ctrl+с`.

    """
    *modifiers, letter = key.split("+")
    character = _BY_PLACE.get(letter)
    if character is None:
        return None
    if not modifiers:
        return name_of(character), character
    held = {*modifiers, "shift"} if character.isupper() else {*modifiers}
    return "+".join([*sorted(held), name_of(character.lower())]), ""
