from __future__ import annotations

import pytest

from newsreader.keymap.layouts import key_at_same_place


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("о", ("j", "j")),
        ("Ж", ("colon", ":")),
        ("х", ("left_square_bracket", "[")),
        ("і", ("s", "s")),
        ("ї", ("right_square_bracket", "]")),
        ("ξ", ("j", "j")),
        ("Σ", ("S", "S")),
        ("ς", ("w", "w")),
        ("ח", ("j", "j")),
        ("ת", ("comma", ",")),
        ("ctrl+с", ("ctrl+c", "")),
        ("ctrl+й", ("ctrl+q", "")),
        ("alt+О", ("alt+shift+j", "")),
    ],
)
def test_a_key_of_another_layout_is_the_one_at_its_place(key: str, meant: tuple[str, str]) -> None:
    assert key_at_same_place(key) == meant


@pytest.mark.parametrize("key", ["j", "é", "ñ", "ö", "enter", "ctrl+j", "新", "ا"])
def test_other_keys_stay(key: str) -> None:
    assert key_at_same_place(key) is None
