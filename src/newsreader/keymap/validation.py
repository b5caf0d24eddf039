"""Validate the user's keys and combine them with a preset.

The user's keys override those of the preset. Of two user keys that collide, the first in the file wins. Keys
collide if they are equal, or if one is a prefix of the other, since the shorter one would be ambiguous.
Invalid keys are ignored; an action with no valid key keeps its preset key.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from newsreader.domain.external_command import ExternalCommand
from newsreader.domain.sanitize import clean_line
from newsreader.domain.setting_values import KeyEntry
from newsreader.keymap.action import Action, Group
from newsreader.keymap.actions import ACTIONS, BY_ID, LEAVE
from newsreader.keymap.key_names import KeyNameError, parse_keys, written
from newsreader.keymap.keymap import VIM, Keymap
from newsreader.keymap.presets import DEFAULT, PRESETS, keymap_of

_PRESET = "preset"

_FOOTER_RANK = 4
"""Commands of the user stand in the footer behind the actions on the story."""


class ValidatedKeymap(NamedTuple):
    """A keymap, and messages about the settings.

    `own` maps actions to the settings of the user. `complaints` are errors, `notices` unexpected effects.
    """

    keymap: Keymap
    preset: str = DEFAULT
    own: Mapping[str, KeyEntry] = {}
    complaints: Sequence[str] = ()
    notices: Sequence[str] = ()


def judge(entries: Sequence[KeyEntry], commands: Sequence[ExternalCommand] = ()) -> ValidatedKeymap:
    """Validate the entries of the table `keys`, in the order of the file, then the keys of commands."""
    if not entries and not commands:
        return ValidatedKeymap(VIM)
    return _KeymapValidator().validate(entries, commands)


class _KeymapValidator:
    def __init__(self) -> None:
        self._complaints: list[str] = []
        self._chosen: dict[str, tuple[str, ...]] = {}
        self._own: dict[str, KeyEntry] = {}
        self._owners: dict[str, str] = {}
        self._labels: dict[str, str] = {}

    def validate(self, entries: Sequence[KeyEntry], commands: Sequence[ExternalCommand]) -> ValidatedKeymap:
        preset = DEFAULT
        for entry in entries:
            if entry.name == _PRESET:
                preset = self._preset(entry)
            elif entry.name in BY_ID:
                self._set_keys(entry)
            else:
                self._complain(entry, f" is not an action; {_nearest(entry.name, BY_ID)}")
        own = [self._add_command(number, command) for number, command in enumerate(commands)]
        self._keep_quit_key()
        keymap, notices = self._with_preset(keymap_of(preset))
        keymap = keymap._replace(own=tuple(own))
        return ValidatedKeymap(keymap, preset, self._own, self._complaints, notices)

    def _add_command(self, number: int, command: ExternalCommand) -> Action:
        """Make an action of a command, and set its key."""
        action = command_action(number, command)
        self._labels[action.id] = f"command “{command.name}”"
        if command.key:
            self._set_keys(KeyEntry(command.place, action.id, command.key))
        return action

    def _preset(self, entry: KeyEntry) -> str:
        if isinstance(entry.value, str) and entry.value in PRESETS:
            return entry.value
        self._complain(entry, f": one of {', '.join(PRESETS)} is needed.")
        return DEFAULT

    def _set_keys(self, entry: KeyEntry) -> None:
        """Set the valid keys of an action."""
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
        """Return whether the key collides with none of the previous entries."""
        if _collide(key, LEAVE) and (entry.name, key) != ("quit", LEAVE):
            self._complain(entry, f": {LEAVE} always leaves the program.")
            return False
        for other, owner in self._owners.items():
            if other == key and owner == entry.name:
                return True
            if _collide(key, other):
                whose = (
                    ""
                    if owner == entry.name
                    else f", the key of {self._labels.get(owner, owner)} ({self._line(owner)})"
                )
                how = "is" if other == key else "collides with"
                self._complain(entry, f": {written(key)} is left out; it {how} {written(other)}{whose}.")
                return False
        return True

    def _line(self, action_id: str) -> str:
        place = self._own[action_id].place if action_id in self._own else ""
        return f"line {place.rpartition(':')[2]}" if place else "above"

    def _keep_quit_key(self) -> None:
        keys = self._chosen.get("quit")
        if keys is not None and LEAVE not in keys:
            self._chosen["quit"] = (*keys, LEAVE)

    def _with_preset(self, preset: Keymap) -> tuple[Keymap, list[str]]:
        """Combine the user's keys with the preset's keys that do not collide with them."""
        keys = dict(self._chosen)
        notices: list[str] = []
        for action in ACTIONS:
            if action.id in keys:
                continue
            before = preset.keys_of(action.id)
            keys[action.id] = tuple(key for key in before if self._taker(key) is None)
            if before and not keys[action.id]:
                takers = {taker: None for key in before if (taker := self._taker(key)) is not None}
                names = ", ".join(map(self._label, takers))
                entry = self._own[next(iter(takers))]
                notices.append(
                    f"{entry.place}: {names}: {action.id} has no key left; give it one of its own."
                )
        return Keymap(keys), notices

    def _taker(self, key: str) -> str | None:
        """Return the action whose user key collides with this key."""
        return next((owner for other, owner in self._owners.items() if _collide(key, other)), None)

    def _label(self, action_id: str) -> str:
        return self._labels.get(action_id, f"keys.{action_id}")

    def _complain(self, entry: KeyEntry, message: str) -> None:
        self._complaints.append(f"{entry.place}: " + clean_line(f"{self._label(entry.name)}{message}", 300))


def command_action(number: int, command: ExternalCommand) -> Action:
    """Return the action of a command of the user, by its number in the settings."""
    words = " ".join(command.run).replace("{", "(").replace("}", ")")
    return Action(
        f"command_{number}",
        (),
        command.name,
        clean_line(f"Pass the story to {words}", 200) + ".",
        footer=_FOOTER_RANK,
        call=f"external({number})",
        group=Group.COMMANDS,
    )


def _collide(one: str, other: str) -> bool:
    """Return whether two keys are equal, or one is a prefix of the other."""
    return one == other or one.startswith(other + " ") or other.startswith(one + " ")


def _nearest(name: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches  # mistakes are rare, starts are not

    near = get_close_matches(name, list(known), n=1)
    return f"did you mean {near[0]}?" if near else "the help and `newsreader config` list them."
