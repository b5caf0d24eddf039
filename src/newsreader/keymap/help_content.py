"""The content of the help and its search, independent of the front end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from newsreader.domain.query.fields import FIELDS
from newsreader.keymap.actions import ACTIONS, BY_ID, Action, Group
from newsreader.keymap.key_names import shown
from newsreader.keymap.keymap import Keymap
from newsreader.keymap.synonyms import SYNONYMS

NO_KEY = "palette"
"""Shown instead of a key for actions that only the command palette offers."""

_ABOUT = (
    "▲ shows how hot a story is, +n how many other reports cover it. Click to select, double-click to open, "
    "scroll with the wheel. Keys can be changed: newsreader config --init writes a file that lists them."
)

_FILTER = "The list narrows as you type. Ages are counted from the newest record."

SYNTAX = (
    ("open source", "all of these words; the last one also matches as a prefix"),
    ('"open source"', "a phrase: the words in quotes in this order"),
    ("-video", "exclude a word; before a field or parentheses, exclude what they match"),
    ("gpu OR chip", "alternatives; | is the same as OR"),
    ("(gpu | chip) heat>9", "parentheses group"),
    ("tab", "complete the name or value that is being typed"),
)
"""Filter syntax other than fields."""


class HelpEntry(NamedTuple):
    """Keys or text to type, and their description.

    `keys` is empty for a paragraph. `also` has additional words to search, which are not shown.
    """

    keys: tuple[str, ...]
    text: str
    also: str = ""

    def matches(self, terms: Sequence[str]) -> bool:
        """Return whether each term is part of a key or the beginning of a word."""
        return all(self._has(term) for term in terms) or " ".join(terms) in self.keys

    def _has(self, term: str) -> bool:
        folded = term.casefold()
        if any(key == term or (len(term) > 1 and folded in key.casefold()) for key in self.keys):
            return True
        also = self.also.casefold()
        words = (*re.findall(r"[^\W_]+", f"{self.text.casefold()} {also}"), *also.split())
        return any(word.startswith(folded) for word in words)


class HelpSection(NamedTuple):
    """A section of the help; the introduction has no title."""

    title: str
    entries: tuple[HelpEntry, ...]


def help_sections(keymap: Keymap, title: str, first: Iterable[Group]) -> tuple[HelpSection, ...]:
    """Build the help: every action once, and the filter language.

    Args:
        keymap: The active keymap.
        title: Title of the first section.
        first: Groups in the first section.

    """
    groups = _groups(title, tuple(first), keymap.own)
    actions = (HelpSection(name, _entries(keymap, members)) for name, members in groups)
    return (HelpSection("", (HelpEntry((), _ABOUT),)), *actions, HelpSection("Filter", _filter_entries()))


def search(sections: Iterable[HelpSection], text: str) -> tuple[HelpSection, ...]:
    """Filter the help by words; keep the whole section if the text is its title."""
    terms = text.split()
    wanted = " ".join(terms).casefold()

    def found(section: HelpSection) -> HelpSection:
        if section.title.casefold() == wanted:
            return section
        return section._replace(entries=tuple(entry for entry in section.entries if entry.matches(terms)))

    return tuple(section for section in map(found, sections) if section.entries)


def _groups(title: str, first: Sequence[Group], own: Sequence[Action]) -> Iterator[tuple[str, list[Action]]]:
    activate = BY_ID["activate"]
    yield title, [activate, *(action for action in ACTIONS if action.group in first and action != activate)]
    for group in Group:
        if group not in first:
            members = [action for action in (*ACTIONS, *own) if action.group is group and action != activate]
            if members:
                yield group, members


def _entries(keymap: Keymap, actions: Iterable[Action]) -> tuple[HelpEntry, ...]:
    return tuple(
        HelpEntry(
            tuple(map(shown, keymap.keys_of(action.id))) or (NO_KEY,),
            keymap.help_of(action),
            " ".join((action.label, action.id, *SYNONYMS.get(action.id, ()))),
        )
        for action in actions
    )


def _filter_entries() -> tuple[HelpEntry, ...]:
    syntax = (HelpEntry((example,), meaning) for example, meaning in SYNTAX)
    fields = (HelpEntry((field.example,), field.meaning, field.name) for field in FIELDS.values())
    return (HelpEntry((), _FILTER), *syntax, *fields)
