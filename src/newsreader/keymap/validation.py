"""What the user says about keys -> the keymap in force, and what is to be said about mistakes.

A key of the user's goes before those of the preset: the action that had it loses it. Of two of the user's
own that collide, the first in the file wins. Two keys collide where they are the same, or where one begins
the other: nobody could tell whether the shorter one is meant. What cannot be used is left out; where nothing
is left of what was set for an action, it keeps the keys of the preset.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from newsreader.domain.sanitize import clean_line
from newsreader.domain.setting_values import KeyEntry
from newsreader.keymap.actions import ACTIONS, BY_ID, LEAVE
from newsreader.keymap.key_names import KeyNameError, parse_keys, written
from newsreader.keymap.keymap import VIM, Keymap
from newsreader.keymap.presets import DEFAULT, PRESETS, keymap_of

_PRESET = "preset"


class ValidatedKeymap(NamedTuple):
    """The keymap, and what to say about the settings it was made of.

    `own` tells for each action that has keys of the user's where they are set. `complaints` are about
    mistakes, `notices` about what the user may not have meant.
    """

    keymap: Keymap
    preset: str = DEFAULT
    own: Mapping[str, KeyEntry] = {}
    complaints: Sequence[str] = ()
    notices: Sequence[str] = ()


def judge(entries: Sequence[KeyEntry]) -> ValidatedKeymap:
    """Judge the lines of the table `keys`, in the order of the file."""
    return _KeymapValidator().judge(entries) if entries else ValidatedKeymap(VIM)


class _KeymapValidator:
    """Goes through the entries once."""

    def __init__(self) -> None:
        self._complaints: list[str] = []
        self._chosen: dict[str, tuple[str, ...]] = {}
        self._own: dict[str, KeyEntry] = {}
        self._owners: dict[str, str] = {}

    def judge(self, entries: Sequence[KeyEntry]) -> ValidatedKeymap:
        preset = DEFAULT
        for entry in entries:
            if entry.name == _PRESET:
                preset = self._preset(entry)
            elif entry.name in BY_ID:
                self._take(entry)
            else:
                self._complain(entry, f" is not an action; {_nearest(entry.name, BY_ID)}")
        self._keep_a_way_out()
        keymap, notices = self._with_the_rest(keymap_of(preset))
        return ValidatedKeymap(keymap, preset, self._own, self._complaints, notices)

    def _preset(self, entry: KeyEntry) -> str:
        if isinstance(entry.value, str) and entry.value in PRESETS:
            return entry.value
        self._complain(entry, f": one of {', '.join(PRESETS)} is needed.")
        return DEFAULT

    def _take(self, entry: KeyEntry) -> None:
        """Give an action the keys that are set for it, as far as they can be used."""
        texts = (entry.value,) if isinstance(entry.value, str) else entry.value
        if not isinstance(texts, tuple) or not all(isinstance(text, str) for text in texts):
            self._complain(entry, ': a key such as "o", or a list of keys, is needed.')
            return
        keys: list[str] = []
        for text in texts:
            try:
                key = parse_keys(text)
            except KeyNameError as error:
                self._complain(entry, f": {error}.")
                continue
            if self._is_free(key, entry):
                self._owners[key] = entry.name
                keys.append(key)
        if keys or not texts:
            self._chosen[entry.name] = tuple(dict.fromkeys(keys))
            self._own[entry.name] = entry

    def _is_free(self, key: str, entry: KeyEntry) -> bool:
        """Whether no entry before this one has the key, or one that collides with it."""
        if _collide(key, LEAVE) and (entry.name, key) != ("quit", LEAVE):
            self._complain(entry, f": {LEAVE} always leaves the program.")
            return False
        for other, owner in self._owners.items():
            if other == key and owner == entry.name:
                return True
            if _collide(key, other):
                whose = "" if owner == entry.name else f", the key of {owner} ({self._line(owner)})"
                how = "is" if other == key else "collides with"
                self._complain(entry, f": {written(key)} is left out; it {how} {written(other)}{whose}.")
                return False
        return True

    def _line(self, action_id: str) -> str:
        place = self._own[action_id].place if action_id in self._own else ""
        return f"line {place.rpartition(':')[2]}" if place else "above"

    def _keep_a_way_out(self) -> None:
        keys = self._chosen.get("quit")
        if keys is not None and LEAVE not in keys:
            self._chosen["quit"] = (*keys, LEAVE)

    def _with_the_rest(self, preset: Keymap) -> tuple[Keymap, list[str]]:
        """The keys of the user, and those of the preset that these leave."""
        keys = dict(self._chosen)
        notices: list[str] = []
        for action in ACTIONS:
            if action.id in keys:
                continue
            before = preset.keys_of(action.id)
            keys[action.id] = tuple(key for key in before if self._taker(key) is None)
            if before and not keys[action.id]:
                takers = {taker: None for key in before if (taker := self._taker(key)) is not None}
                names = ", ".join(f"keys.{taker}" for taker in takers)
                entry = self._own[next(iter(takers))]
                notices.append(
                    f"{entry.place}: {names}: {action.id} has no key left; give it one of its own."
                )
        return Keymap(keys), notices

    def _taker(self, key: str) -> str | None:
        """The action for which the user set a key that collides with this one."""
        return next((owner for other, owner in self._owners.items() if _collide(key, other)), None)

    def _complain(self, entry: KeyEntry, words: str) -> None:
        self._complaints.append(f"{entry.place}: " + clean_line(f"keys.{entry.name}{words}", 300))


def _collide(one: str, other: str) -> bool:
    """Whether two keys are the same, or one begins the other."""
    return one == other or one.startswith(other + " ") or other.startswith(one + " ")


def _nearest(name: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches  # mistakes are rare, starts are not

    near = get_close_matches(name, list(known), n=1)
    return f"did you mean {near[0]}?" if near else "the help and `newsreader config` list them."
