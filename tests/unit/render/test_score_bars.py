"""Bars for the parts of a score."""

from __future__ import annotations

from newsreader.domain.explanation import ScorePart
from newsreader.render.score_bars import GAIN, LOSS, WIDTH, score_bars


def test_bars_are_as_long_as_their_points_and_losses_are_lighter() -> None:
    parts = [ScorePart("heat", 5.9, "A."), ScorePart("age", -593.0, "B."), ScorePart("none", 0.0, "C.")]
    heat, age, none = (line[:WIDTH] for _, line in score_bars(parts))
    assert (heat.strip(), age, none.strip()) == (GAIN, LOSS * WIDTH, "")
    assert [line[WIDTH:].strip() for _, line in score_bars(parts)] == ["A.", "B.", "C."]


def test_nothing_is_drawn_of_nothing() -> None:
    assert score_bars([]) == []
    assert score_bars([ScorePart("score", 0.0, "A.")]) == [("score", " " * WIDTH + "  A.")]
