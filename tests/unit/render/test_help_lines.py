"""How the help is laid out at any width."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.keymap.actions import Group
from newsreader.keymap.help_content import HelpEntry, HelpSection, help_sections
from newsreader.keymap.keymap import VIM
from newsreader.render.cells import cell_len
from newsreader.render.headline_row import Line
from newsreader.render.help_lines import help_lines
from newsreader.render.story_lines import READABLE

SECTIONS = help_sections(VIM, "In this pane: list", (Group.LIST,))


def shown(lines: list[Line]) -> list[str]:
    """The lines as text, without the blanks on their right."""
    return ["".join(span.text for span in line).rstrip() for line in lines]


def parts(sections: tuple[HelpSection, ...]) -> Iterator[str]:
    """Everything that is shown of the sections."""
    for title, entries in sections:
        yield title
        for entry in entries:
            yield from (*entry.keys, entry.text)


def _letters(texts: Iterable[str]) -> Counter[str]:
    return Counter("".join(texts).replace(" ", ""))


@given(st.integers(36, 220))
def test_everything_is_shown_and_no_line_is_too_wide(width: int) -> None:
    lines = shown(help_lines(SECTIONS, width))
    assert max(map(cell_len, lines)) <= min(width - 1, READABLE + 1)
    # Keys and descriptions stand side by side, so that their order says little.
    assert _letters(lines) == _letters(parts(SECTIONS))


def test_descriptions_are_aligned_and_wrapped_beside_the_keys() -> None:
    entries = (HelpEntry(("n",), "one two three four five"), HelpEntry(("ctrl+z",), "six"))
    assert shown(help_lines([HelpSection("Keys", entries)], 32)) == [
        " Keys",
        " n           one two three four",
        "             five",
        " ctrl+z      six",
    ]


def test_many_keys_wrap_in_their_column() -> None:
    entry = HelpEntry(("backspace", "alt+←", "b"), "Back.")
    assert shown(help_lines([HelpSection("", (entry,))], 32)) == [
        " backspace   Back.",
        " alt+←  b",
    ]


def test_a_key_that_is_too_wide_stands_above_its_description() -> None:
    entry = HelpEntry(("date:2021-06..2021-08",), "a range")
    assert shown(help_lines([HelpSection("", (entry,))], 36)) == [
        " date:2021-06..2021-08",
        "              a range",
    ]
    assert shown(help_lines([HelpSection("", (entry,))], 90)) == [" date:2021-06..2021-08  a range"]


@pytest.mark.parametrize(
    ("part", "role"),
    [("Moving", "title"), ("▲", "about"), ("ctrl+z", "key"), ("Undo", "text")],
)
def test_every_part_has_its_role(part: str, role: str) -> None:
    roles = {span.role for line in help_lines(SECTIONS, 90) for span in line if span.text.startswith(part)}
    assert roles == {role}


def test_a_blank_line_parts_the_sections() -> None:
    entry = HelpEntry((), "text")
    assert shown(help_lines([HelpSection("A", (entry,)), HelpSection("B", (entry,))], 40)) == [
        " A",
        " text",
        "",
        " B",
        " text",
    ]
