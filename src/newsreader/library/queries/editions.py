"""Read the stories of an edition: the front page of a span of time, as known at its end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from newsreader.domain.dates import DAY, Moment
from newsreader.domain.digest import main_topic
from newsreader.domain.editions import Edition, EditionPlan, EditionSpan, EditionStory, plan_editions
from newsreader.domain.topics import TopicTree
from newsreader.domain.view import View
from newsreader.library.index.record_rows import unpack
from newsreader.library.queries.languages import in_language, shown_language
from newsreader.library.sqlite.statements import Ask, select_in

_ERAS = 1_000_000
"""Days to add before a division and to subtract after it, as SQLite rounds towards zero."""

_FRONT = "role IN (2, 4)"
"""Every record of the front page: which one leads a story may depend on later reports."""

_STORIES = (
    "SELECT id, title, source, undated, published_at, day_only, signal, coverage, story, type FROM record"  # noqa: S608 - a constant
    f" WHERE {_FRONT} AND undated = ? AND published_at >= ? AND published_at < ?"
)

_BEST_FIRST = " ORDER BY signal DESC, published_at DESC, place"


def read_plan(ask: Ask) -> EditionPlan:
    """Divide the records of the front page into editions."""
    spoken, language = in_language(shown_language(ask, View()))
    days = ask(
        f"SELECT (published_at + {_ERAS * DAY}) / {DAY} - {_ERAS}, count(*) FROM record"  # noqa: S608 - constants
        f" WHERE {_FRONT} AND undated = 0{spoken} GROUP BY 1",
        language,
    )
    undated = ask(f"SELECT count(*) FROM record WHERE {_FRONT} AND undated = 1{spoken}", language)  # noqa: S608
    return plan_editions(dict(days), undated[0][0])


def read_edition(ask: Ask, edition: Edition, tree: TopicTree) -> list[EditionStory]:
    """Return the stories of an edition, best first; no report after its end counts."""
    is_undated = edition.span is EditionSpan.UNDATED
    low, high = (-(2**62), 2**62) if is_undated else (edition.start, edition.end)
    spoken, language = in_language(shown_language(ask, View()))
    rows = ask(f"{_STORIES}{spoken}{_BEST_FIRST}", (int(is_undated), low, high, *language))
    ids = [row[0] for row in rows]
    excerpts = dict(select_in(ask, "SELECT id, excerpt FROM passage WHERE id IN", ids))
    topics = _topics(ask, ids)
    outlets = _outlets(ask, {row[0]: row[2] for row in rows if row[7] or row[8] is not None}, high)
    return [
        EditionStory(
            record_id=id_,
            title=title,
            excerpt=excerpts.get(id_, ""),
            provider=source,
            moment=None if undated else Moment(published_at, bool(day_only)),
            signal=strength,
            outlets=outlets.get(id_, 0),
            type=type_,
            topic=main_topic(topics[id_], tree),
        )
        for id_, title, source, undated, published_at, day_only, strength, _, _, type_ in rows
    ]


def _topics(ask: Ask, ids: Iterable[int]) -> Mapping[int, list[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    statement = (
        "SELECT record_id, name FROM member JOIN topic ON topic.id = topic_id"
        " WHERE direct = 1 AND record_id IN"
    )
    for id_, name in select_in(ask, statement, ids, "ORDER BY record_id, folded"):
        found[id_].append(name)
    return found


def _outlets(ask: Ask, sources: Mapping[int, str], end: int) -> dict[int, int]:
    """Count the other outlets that had reported each story before `end`."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    reports = (
        "SELECT record.id, other.source FROM record"  # noqa: S608 - the only variable is a number
        " JOIN record AS other ON other.story = record.story"
        f" WHERE other.role > 0 AND other.undated = 0 AND other.published_at < {int(end)}"
        " AND record.id IN"
    )
    for id_, source in select_in(ask, reports, sources):
        found[id_].add(_folded(source))
    for id_, data in select_in(ask, "SELECT record_id, data FROM detail WHERE record_id IN", sources):
        for entry in unpack(data, "").coverage():
            if entry.moment is None or entry.moment.seconds < end:
                found[id_].add(_folded(entry.provider.label))
    return {id_: len(names - {"", _folded(sources[id_])}) for id_, names in found.items()}


def _folded(outlet: str) -> str:
    return outlet.casefold().removeprefix("www.")
