"""From a letter in the filter to the list that it leaves: rare and common words, a letter, nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from benchmarks import rows
from benchmarks.probe import Seen
from benchmarks.results import Result, Row
from benchmarks.workplace import Reader, Workplace
from newsreader.domain.tokenizer import words
from newsreader.domain.view import View

_TIMES = 10
_SAMPLE = 3_000
"""Titles from which the words are chosen."""
_NOTHING = "qqqq"


def filters(place: Workplace) -> Iterator[Result]:
    """Type filters; each time is that of the last letter."""
    place.bring_up_to_date()
    words_by_number = common_words(place)
    rare, common = words_by_number[-1], words_by_number[0]
    counted: list[float] = []
    with Reader(place.corpus, place.main) as reader:
        reader.wait_for_list()
        reader.be_idle()
        for row, word in (
            (rows.FILTER_RARE, rare),
            (rows.FILTER_COMMON, common),
            (rows.FILTER_LETTER, common[0]),
            (rows.FILTER_NOTHING, _NOTHING),
        ):
            yield _typed(place, reader, row, word, counted)
        yield Result(rows.FILTER_COUNTED, counted)
        yield from _typed_fast(place, reader, common)


def common_words(place: Workplace) -> list[str]:
    """The words of titles, the most common first."""
    reader = place.library.reader()
    try:
        ids = reader.ids(View())
        titles = [line.title for line in reader.headlines(ids[:: max(1, len(ids) // _SAMPLE)]) if line]
    finally:
        reader.close()
    counted = Counter(word.folded for title in titles for word in words(title))
    return [word for word, _ in counted.most_common() if len(word) > 3]


def until_shown(count: str) -> Seen:
    """The status line tells a count: a pattern."""
    pattern = re.compile(rf"\b[\d,]+ of {count} ")
    return lambda screen: screen.has(pattern)


def _typed(place: Workplace, reader: Reader, row: Row, word: str, counted: list[float]) -> Result:
    """Type a word, the last letter by itself."""
    count = place.count(View(filter=word))
    times: list[float] = []
    for _ in range(_TIMES):
        reader.press("/", quiet=0.1)
        if word[:-1]:
            reader.press(word[:-1], _counted(place.count(View(filter=word[:-1])), word[:-1]))
        shown, whole = reader.press(word[-1], _shown(count, word), _counted(count, word)).reached
        if shown is None or whole is None:
            raise RuntimeError(f"the filter {word} was never shown:\n{reader.screen.text()}")
        times.append(shown)
        counted.append(whole)
        reader.press("<esc>", quiet=0.2)
    return Result(row, times, note=f"{word}: {count:,}")


def _typed_fast(place: Workplace, reader: Reader, word: str) -> Iterator[Result]:
    """Type a whole word at once: each letter's question is still being answered when the next one comes."""
    count = place.count(View(filter=word))
    echo: list[float] = []
    whole: list[float] = []
    for _ in range(_TIMES):
        reader.press("/", quiet=0.1)
        echoed, counted = reader.press(
            word, lambda screen: f"/ {word}" in screen.text(), _counted(count, word)
        ).reached
        if echoed is not None and counted is not None:
            echo.append(echoed)
            whole.append(counted)
        reader.press("<esc>", quiet=0.2)
    yield Result(rows.FILTER_ECHO, echo)
    yield Result(rows.FILTER_LAST, whole)


def _shown(count: int, word: str) -> Seen:
    """The rows that the filter leaves are there, their number may still be unknown."""
    return _told(f"(?:…|{count:,})", word)


def _counted(count: int, word: str) -> Seen:
    """The status line tells how many records the filter leaves."""
    return _told(f"{count:,}", word)


def _told(count: str, word: str) -> Seen:
    pattern = re.compile(rf"\b\d+ of {count} .*filter “{re.escape(word)}")
    return lambda screen: screen.has(pattern)
