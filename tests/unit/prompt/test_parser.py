"""What is typed, and which command it means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.keymap.actions import PROMPT_ACTIONS
from newsreader.prompt.parser import (
    MOST,
    RefusedError,
    find_command,
    read_number,
    read_numbers,
    read_request,
)
from tests.unit.prompt.words import has_controls


@pytest.mark.parametrize(
    ("typed", "id_", "rest"),
    [
        ("", "next_page", ""),
        ("  \n", "next_page", ""),
        ("12", "read", "12"),
        ("read 12", "read", "12"),
        ("r 3", "follow", "3"),
        ("r3", "follow", "3"),
        ("follow 3", "follow", "3"),
        ("FOLLOW 3", "follow", "3"),
        ("/ topic:nlp chips", "filter", "topic:nlp chips"),
        ("/chips", "filter", "chips"),
        ("/", "filter", ""),
        ("+4", "unfold", "4"),
        ("! 2", "problems", "2"),
        ("?", "help", ""),
        ("? open", "help", "open"),
        ("S", "choose_order", ""),
        ("s", "next_order", ""),
        ("S hot", "choose_order", "hot"),
        ("m 2-5 9", "toggle_read", "2-5 9"),
        ("M", "mark_all_read", ""),
        ("mark all", "mark_all_read", ""),
        ("mark", "toggle_read", ""),
        ("mark 3", "toggle_read", "3"),
        ("next page", "next_page", ""),
        ("back page", "previous_page", ""),
        ("back", "back", ""),
        ("E  a  note ", "note", "a note"),
        ("topic AI in Healthcare", "topic", "AI in Healthcare"),
        ("q", "quit", ""),
        ("exit", "quit", ""),
    ],
)
def test_a_line_is_understood(typed: str, id_: str, rest: str) -> None:
    request = read_request(typed)
    assert (request.command.id, request.rest) == (id_, rest)


@pytest.mark.parametrize(("typed", "near"), [("opne", "open"), ("trend", "trends"), ("quti 3", "quit")])
def test_the_command_nearest_to_an_unknown_one_is_named(typed: str, near: str) -> None:
    with pytest.raises(RefusedError, match=f"Did you mean “{near}”"):
        read_request(typed)


def test_what_is_like_no_command_is_refused_with_a_way_to_the_help() -> None:
    with pytest.raises(RefusedError, match=r"There is no command “Q”\. A question mark lists all"):
        read_request("Q")


@given(st.text(max_size=60))
def test_any_line_is_a_command_or_refused(typed: str) -> None:
    try:
        request = read_request(typed)
    except RefusedError as error:
        assert not has_controls(str(error))
    else:
        assert request.command in PROMPT_ACTIONS
        assert not has_controls(request.rest)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("3", [3]), ("2-5 9", [2, 3, 4, 5, 9]), ("4,4, 1", [4, 1]), ("7-7", [7])],
)
def test_rows_are_named_by_numbers_and_ranges(text: str, numbers: list[int]) -> None:
    assert read_numbers(text) == numbers


@pytest.mark.parametrize("text", ["x", "5-2", "1-", "-3", "1-100000", "9999999999", "٣", "1 two"])
def test_anything_else_names_no_rows(text: str) -> None:
    with pytest.raises(RefusedError):
        read_numbers(text)


def test_far_too_many_rows_are_refused() -> None:
    with pytest.raises(RefusedError, match="At most 1,000"):
        read_numbers(" ".join(f"{start}-{start + MOST - 1}" for start in range(1, 10_000, MOST)))


def test_a_number_is_a_number() -> None:
    assert read_number("12") == 12
    with pytest.raises(RefusedError, match="in place of “twelve”"):
        read_number("twelve")
    with pytest.raises(RefusedError, match=r"A number is needed\."):
        read_number("")


def test_a_command_is_found_by_letter_or_word() -> None:
    assert find_command("o").id == find_command("Open").id == "open_original"
    with pytest.raises(RefusedError, match="Did you mean “topics”"):
        find_command("topixs")
