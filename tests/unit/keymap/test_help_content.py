"""The sections of the help, and the search in them."""

from __future__ import annotations

from itertools import chain

import pytest

from newsreader.domain.query.fields import FIELDS
from newsreader.domain.setting_values import KeyEntry
from newsreader.keymap.actions import ACTIONS, Group
from newsreader.keymap.help_content import NO_KEY, HelpSection, help_sections, search
from newsreader.keymap.keymap import VIM
from newsreader.keymap.validation import judge

TITLE = "In this pane: list"
SECTIONS = help_sections(VIM, TITLE, (Group.LIST, Group.MARKS))


def keys_in(sections: tuple[HelpSection, ...]) -> list[str]:
    """The keys of all entries that have some."""
    entries = chain.from_iterable(section.entries for section in sections)
    return ["  ".join(entry.keys) for entry in entries if entry.keys]


def test_every_action_has_one_entry() -> None:
    texts = [entry.text for section in SECTIONS for entry in section.entries]
    for action in ACTIONS:
        assert texts.count(VIM.help_of(action)) == 1
        assert VIM.shown_keys(action.id) in keys_in(SECTIONS)


def test_every_field_of_the_filter_has_an_entry() -> None:
    assert {field.example for field in FIELDS.values()} <= set(keys_in(SECTIONS[-1:]))


def test_the_section_of_the_pane_comes_first_and_replaces_its_groups() -> None:
    titles = [section.title for section in SECTIONS]
    assert titles == ["", TITLE, "Moving", "Panes", "Story and links", "Saved searches", "Program", "Filter"]
    assert keys_in(SECTIONS)[:2] == ["enter", "/"]


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("ctrl+z", ["ctrl+z"]),
        ("undo", ["ctrl+z"]),
        ("UNDO the last", ["ctrl+z"]),
        ("open_cached", ["A"]),
        ("PgDn", ["PgDn  ctrl+f"]),
        ("Z", ["Z"]),
        ("next unread story", ["n", "space"]),
        ("ctrl+q  ctrl+c", ["q  ctrl+q  ctrl+c"]),
        ("  trends ", ["T"]),
        ("taxonomy", []),
        ("parenthes", ["-video", "(gpu | chip) heat>9"]),
    ],
)
def test_keys_and_words_are_found(typed: str, keys: list[str]) -> None:
    found = search(SECTIONS, typed)
    assert sorted(keys_in(found)) == sorted(keys)
    assert all(section.entries for section in found)


def test_a_single_letter_is_a_key_before_it_is_part_of_one() -> None:
    found = keys_in(search(SECTIONS, "G"))
    assert "G  End" in found
    assert "g  Home" not in found


def test_an_empty_search_finds_everything() -> None:
    assert search(SECTIONS, " ") == SECTIONS


def test_a_paragraph_is_found_by_its_words() -> None:
    [section] = search(SECTIONS, "scroll wheel")
    assert [entry.keys for entry in section.entries] == [()]


def test_a_title_finds_its_whole_section() -> None:
    assert SECTIONS[-1] in search(SECTIONS, "filter")
    assert SECTIONS[-1] not in search(SECTIONS, "filte")


def test_the_active_keys_are_shown_and_found() -> None:
    entries = [KeyEntry("x:1", "undo", "g u"), KeyEntry("x:2", "zen", ())]
    sections = help_sections(judge(entries).keymap, TITLE, ())
    assert keys_in(search(sections, "g u")) == ["g u"]
    assert keys_in(search(sections, "zen")) == [NO_KEY]
