"""Letters to jump by."""

from __future__ import annotations

import pytest

from newsreader.keymap.jump_labels import jump_labels


@pytest.mark.parametrize(("count", "length"), [(0, 0), (1, 1), (26, 1), (27, 2), (400, 2)])
def test_labels_are_as_short_as_they_can_be_and_none_begins_another(count: int, length: int) -> None:
    labels = jump_labels(count)
    assert len(set(labels)) == count
    assert {len(label) for label in labels} <= {length}


def test_the_home_row_comes_first() -> None:
    assert jump_labels(3) == ["a", "s", "d"]
