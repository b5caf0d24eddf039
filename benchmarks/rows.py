"""Every row of the table, in its order. What each means is told in docs/benchmarks.md."""

from __future__ import annotations

from typing import Final

from benchmarks.graphs import GRAPHS
from benchmarks.results import Bar, Figure, Row

_KEY: Final = Bar(Figure.RATIO, 1.5)
_KEY_WHILE_INDEXING: Final = Bar(Figure.P95, 33)
_FILTER: Final = Bar(Figure.P95, 50)

COLD_INDEX: Final = Row("cold index", bar=Bar(Figure.RATIO, 1.3))
COLD_NEWSBOAT: Final = Row("cold index, beside newsboat's import")
FIRST_500: Final = Row("first 500 records in the index")
REFRESH_NOTHING: Final = Row("refresh, nothing changed", bar=Bar(Figure.RATIO, 2, records=100_000))
REFRESH_100: Final = Row("refresh, 100 files changed")
GRAPH_COLD: Final = {graph: Row(f"cold index, graph: {graph}") for graph in GRAPHS}
GRAPH_ONE: Final = {
    graph: Row(f"refresh, 1 file changed, graph: {graph}", bar=Bar(Figure.RATIO, 4)) for graph in GRAPHS
}

FIRST_FRAME: Final = Row("start to first frame", bar=Bar(Figure.RATIO, 0.2))
START: Final = Row("warm start to painted list", bar=Bar(Figure.RATIO, 1.3))
START_SMALL: Final = Row("warm start, against 100 records", bar=Bar(Figure.RATIO, 1.1))
MEMORY_PAINTED: Final = Row("memory after the start", "MB", Bar(Figure.RATIO, 1.3))
MEMORY_SCROLLED: Final = Row("memory after scrolling", "MB", Bar(Figure.RATIO, 1.3))
WAKEUPS: Final = Row("wakeups of the reader at rest", "/s", Bar(Figure.MEDIAN, 2))
WAKEUPS_WATCHER: Final = Row("wakeups of the watcher at rest", "/s", Bar(Figure.MEDIAN, 1))

DOWN: Final = Row("down", bar=_KEY)
PAGE_DOWN: Final = Row("page down", bar=_KEY)
ENDS: Final = Row("end and home", bar=_KEY)
ENDS_READ: Final = Row("end and home to headline read")
HELD: Final = Row("down held for two seconds, lag")

FIRST_ROWS: Final = Row("start on an empty cache to first rows")
DOWN_INDEXING: Final = Row("down and up while indexing", bar=_KEY_WHILE_INDEXING)
PAGE_INDEXING: Final = Row("page down and up while indexing", bar=_KEY_WHILE_INDEXING)

DOWN_FETCHING: Final = Row("down and up while fetching", bar=_KEY)

FILTER_RARE: Final = Row("filter, rare word", bar=_FILTER)
FILTER_COMMON: Final = Row("filter, common word", bar=_FILTER)
FILTER_LETTER: Final = Row("filter, one letter", bar=_FILTER)
FILTER_NOTHING: Final = Row("filter, no match", bar=_FILTER)
FILTER_COUNTED: Final = Row("the same four, to the count of what is left")
FILTER_ECHO: Final = Row("filter typed fast, letter to echo")
FILTER_LAST: Final = Row("filter typed fast, last letter to count")

FIELDS: Final = Row("filter, a topic and a number", bar=_FILTER)
OR_OF_SIX: Final = Row("filter, an OR of six words", bar=_FILTER)
DATES: Final = Row("filter, a range of dates", bar=_FILTER)
MATCH: Final = Row("filter, common word in everything, by match", bar=_FILTER)
FETCHED: Final = Row("filter, two words, 500 pages fetched", bar=_FILTER)
UNFOLD: Final = Row("story unfolded", bar=_FILTER)

TOPIC: Final = Row("topic switch")
ORDER: Final = Row("order switch")
SCOPE: Final = Row("scope switch")
PREVIEW: Final = Row("cursor moved to story painted")
ENTER: Final = Row("enter to story focused")

LIST: Final = Row("newsreader list --limit 20", bar=Bar(Figure.RATIO, 2, records=100_000))
LIST_AS_IT_IS: Final = Row("the same with --no-refresh", bar=Bar(Figure.RATIO, 2, records=100_000))

ROWS: Final = (
    COLD_INDEX,
    FIRST_500,
    COLD_NEWSBOAT,
    REFRESH_NOTHING,
    REFRESH_100,
    *GRAPH_COLD.values(),
    *GRAPH_ONE.values(),
    FIRST_FRAME,
    START,
    START_SMALL,
    MEMORY_PAINTED,
    MEMORY_SCROLLED,
    WAKEUPS,
    WAKEUPS_WATCHER,
    DOWN,
    PAGE_DOWN,
    ENDS,
    ENDS_READ,
    HELD,
    FIRST_ROWS,
    DOWN_INDEXING,
    PAGE_INDEXING,
    DOWN_FETCHING,
    FILTER_RARE,
    FILTER_COMMON,
    FILTER_LETTER,
    FILTER_NOTHING,
    FILTER_COUNTED,
    FILTER_ECHO,
    FILTER_LAST,
    FIELDS,
    OR_OF_SIX,
    DATES,
    MATCH,
    FETCHED,
    UNFOLD,
    TOPIC,
    ORDER,
    SCOPE,
    PREVIEW,
    ENTER,
    LIST,
    LIST_AS_IT_IS,
)
