from __future__ import annotations

import pytest

from newsreader.library import Progress


@pytest.mark.parametrize(
    ("done", "seconds", "words"),
    [
        (0, 0, "Indexing 0 of 100,000 files · 0 %"),
        (500, 1, "Indexing 500 of 100,000 files · 0 %"),
        (0, 9, "Indexing 0 of 100,000 files · 0 %"),
        (25_000, 10, "Indexing 25,000 of 100,000 files · 25 % · 2,500 a second · 30 s left"),
        (1_000, 4, "Indexing 1,000 of 100,000 files · 1 % · 250 a second · 7 min left"),
        (99_999, 40, "Indexing 99,999 of 100,000 files · 99 % · 2,500 a second · 0 s left"),
    ],
)
def test_progress_tells_rate_and_remaining_time(done: int, seconds: int, words: str) -> None:
    assert Progress(done, 100_000).in_words(seconds) == words


def test_progress_tells_how_many_records_are_linked() -> None:
    linking = Progress(3_000, 12_000, changed=True, is_linking=True)
    assert linking.in_words(40) == "Linking stories: 3,000 of 12,000 records · 25 %"
