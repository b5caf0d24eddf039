"""The history of filters: walked back and forth, kept between starts."""

from __future__ import annotations

from pathlib import Path

from newsreader.state.filter_history import STORED, FilterHistory


def test_filters_are_walked_from_the_newest_and_back_to_what_was_typed(tmp_path: Path) -> None:
    history = FilterHistory(tmp_path / "state" / "filters")
    for text in ("cats", "dogs", "cats", "  ", "birds"):
        history.add(text)
    assert history.newer("new") is None
    assert [history.older("new"), history.older("birds"), history.older("cats")] == ["birds", "cats", "dogs"]
    assert history.older("dogs") is None
    assert [history.newer("dogs"), history.newer("cats"), history.newer("birds")] == ["cats", "birds", "new"]
    assert history.newer("new") is None


def test_walking_begins_again_after_the_text_was_changed(tmp_path: Path) -> None:
    history = FilterHistory(tmp_path / "filters")
    history.add("a")
    history.add("b")
    assert history.older("") == "b"
    assert history.newer("bc") is None
    assert history.older("bc") == "b"
    history.add("b")
    assert history.older("b") == "a"


def test_the_history_is_kept_and_bounded(tmp_path: Path) -> None:
    history = FilterHistory(tmp_path / "filters")
    for number in range(STORED + 5):
        history.add(f"heat>{number}")
    again = FilterHistory(tmp_path / "filters")
    assert again.older("") == f"heat>{STORED + 4}"
    assert len((tmp_path / "filters").read_text(encoding="utf-8").splitlines()) == STORED


def test_a_damaged_file_is_plain_text_and_one_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "filters").write_bytes(b"\xff\x1b[2J\n\n" + b"x" * 5_000)
    older = FilterHistory(tmp_path / "filters").older("")
    assert older is not None
    assert len(older) <= 1_000
    (tmp_path / "file").touch()
    history = FilterHistory(tmp_path / "file" / "filters")
    history.add("a")
    assert history.older("") == "a"
