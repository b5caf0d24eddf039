"""From the last letter of a filter in the language to its rows, and from a key to an unfolded story."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks import rows
from benchmarks.filter_measures import common_words, until_shown
from benchmarks.results import Result, Row
from benchmarks.workplace import Reader, Workplace
from newsreader.domain.query import QueryError, parse
from newsreader.domain.view import Scope, View

_TIMES = 10
_QUIET = 0.2


def language(place: Workplace) -> Iterator[Result]:
    """Type filters of the language; each time is that of the last letter. Then unfold the largest story."""
    place.bring_up_to_date()
    words = common_words(place)
    everything = View(Scope.EVERYTHING)
    common = next(word for word in words if _before_last_differs(place, everything, word))
    five, rest = words[:5], words[5:]
    sixth = next(word for word in rest if _before_last_differs(place, View(), word))
    with Reader(place.corpus, place.main) as reader:
        reader.wait_for_list()
        reader.be_idle()
        for row, text in (
            (rows.FIELDS, "topic:machine quality>=90"),
            (rows.OR_OF_SIX, " OR ".join([*five, sixth])),
            (rows.DATES, "date:2022-03..2022-11"),
        ):
            yield _typed(place, reader, row, text, View())
        reader.press("v", quiet=_QUIET)
        yield _typed(place, reader, rows.MATCH, common, everything)
    with place.pages_fetched():
        second = next(word for word in words[1:] if _before_last_differs(place, View(), f"{words[0]} {word}"))
        with Reader(place.corpus, place.main) as reader:
            reader.wait_for_list()
            reader.be_idle()
            yield _typed(place, reader, rows.FETCHED, f"{words[0]} {second}", View())
    yield _unfolded(place)


def _typed(place: Workplace, reader: Reader, row: Row, text: str, view: View) -> Result:
    """Type a text, the last letter by itself.

    Raises:
        RuntimeError: that letter changes nothing that can be seen.

    """
    before, after = place.count(_before_last(view, text)), place.count(view._replace(filter=text))
    if before == after:
        raise RuntimeError(f"the last letter of {text} leaves as many records as there were")
    times: list[float] = []
    for _ in range(_TIMES):
        reader.press("/", quiet=_QUIET)
        reader.press(text[:-1], until_shown(f"{before:,}"), quiet=_QUIET)
        shown = reader.press(text[-1], until_shown(f"(?:…|{after:,})")).reached[0]
        if shown is None:
            raise RuntimeError(f"the filter {text} was never shown:\n{reader.screen.text()}")
        times.append(shown)
        reader.press("<esc>", quiet=_QUIET)
    return Result(row, times, note=f"{after:,}")


def _before_last_differs(place: Workplace, view: View, word: str) -> bool:
    """Whether the last letter of a word can be seen in the number of records that it leaves."""
    return place.count(view._replace(filter=word)) != place.count(view._replace(filter=word[:-1]))


def _before_last(view: View, text: str) -> View:
    """What the list shows before the last letter: what the longest text finds that makes sense."""
    for length in range(len(text) - 1, 0, -1):
        try:
            parse(text[:length])
        except QueryError:
            continue
        return view._replace(filter=text[:length])
    return view


def _unfolded(place: Workplace) -> Result:
    """Unfold the story with most reports, at the top of a list that has been filtered for its headline."""
    library = place.library.reader()
    try:
        ids = library.ids(View())
        largest = max((line for line in library.headlines(ids) if line), key=lambda line: line.reports)
        filter_ = f'title:"{largest.title.replace(chr(34), "")}"'
        members = library.members(largest.record_id)
        count = library.count(View(filter=filter_)) + len(members) - 1
    finally:
        library.close()
    folded, unfolded = (until_shown(f"{number:,}") for number in (count - len(members) + 1, count))
    times: list[float] = []
    with Reader(place.corpus, place.main) as reader:
        reader.wait_for_list()
        reader.be_idle()
        reader.press("/", quiet=_QUIET)
        reader.press(f"{filter_}<enter>", folded, quiet=_QUIET)
        for _ in range(_TIMES):
            shown = reader.press("+", unfolded, quiet=_QUIET).reached[0]
            if shown is None:
                raise RuntimeError(f"the story was never unfolded:\n{reader.screen.text()}")
            times.append(shown)
            reader.press("+", folded, quiet=_QUIET)
    return Result(rows.UNFOLD, times, note=f"{len(members)} reports")
