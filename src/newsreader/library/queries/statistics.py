"""Counts of the sidebar, and statistics of a view."""

from __future__ import annotations

from newsreader.domain.dates import Moment
from newsreader.domain.marks import Mark
from newsreader.domain.statistics import Counts, ReadCounts, Statistics, Tally
from newsreader.domain.traits import Trait
from newsreader.domain.view import Scope, View
from newsreader.library.queries.languages import in_language, shown_language
from newsreader.library.queries.view_sql import ViewQuery
from newsreader.library.sqlite.statements import Ask

_RESOLVED = (
    "EXISTS (SELECT 1 FROM address WHERE address.key = wanted.key AND address.record_id <> wanted.record_id)"
    " OR EXISTS (SELECT 1 FROM record AS named WHERE named.title_key = wanted.title_key"
    " AND named.id <> wanted.record_id)"
)


_READ = (
    f"marks.mark AS made CROSS JOIN record ON record.mark = made.key"
    f" WHERE made.kind = {Mark.READ:d} AND made.value = 1"
)


def read_counts(ask: Ask, view: View, last_visit: int | None, hidden: str = "") -> Counts:
    """Count the records of a corpus for the sidebar, in the language of a view.

    Those of topics, types, providers and languages are within the scope of the view.

    `last_visit` is in milliseconds since 1970 UTC, None if there was none. `hidden` is a query of the ids to
    leave out, "" for none.
    """
    unhidden = f" AND id NOT IN ({hidden})" if hidden else ""
    language = shown_language(ask, view)
    in_it, spoken = in_language(language)
    seen = unhidden + in_it
    member = f" AND record_id NOT IN ({hidden})" if hidden else ""
    if language:
        member += f" AND record_id IN (SELECT id FROM record WHERE 1{in_it})"  # noqa: S608

    def count(condition: str, *parameters: object) -> int:
        return int(ask(f"SELECT count(*) FROM {condition}", parameters)[0][0])  # noqa: S608

    shown, role = (2, 4) if view.scope is Scope.FRONT else (1, 1)
    topics = ask(
        "SELECT folded, count(*) FROM member JOIN topic ON topic.id = topic_id"  # noqa: S608
        f" WHERE shown >= ?{member} GROUP BY topic_id",
        (shown, *spoken),
    )
    types = ask(
        f"SELECT type, count(*) FROM record WHERE role >= ?{seen} GROUP BY type ORDER BY 2 DESC, 1",  # noqa: S608
        (role, *spoken),
    )
    providers = ask(
        f"SELECT source, count(*) FROM record WHERE role >= ? AND source <> ''{seen}"  # noqa: S608
        " GROUP BY source COLLATE NOCASE ORDER BY 2 DESC, 1",
        (role, *spoken),
    )
    languages = ask(
        "SELECT language, count(*) FROM record"  # noqa: S608
        f" WHERE language <> '' AND role >= ?{unhidden} GROUP BY language ORDER BY 2 DESC, 1",
        (role,),
    )
    new = f"record WHERE role = 4 AND id IN (SELECT id FROM file WHERE arrived > ?){seen}"  # noqa: S608
    return Counts(
        count(f"record WHERE role = 4{seen}", *spoken),
        count(f"record WHERE role >= 1{seen}", *spoken),
        dict(topics),
        dict(types),
        count("problem"),
        dict(providers),
        None if last_visit is None else count(new, last_visit, *spoken),
        dict(languages) if len(languages) > 1 else {},
        language,
    )


def count_read(ask: Ask, view: View, hidden: str = "") -> ReadCounts:
    """Count the read records of a view's scope and language.

    Marks have to be attached; `hidden` is that of `read_counts`.
    """
    shown, role = (2, 4) if view.scope is Scope.FRONT else (1, 1)
    in_it, spoken = in_language(shown_language(ask, view))
    seen = (f" AND record.id NOT IN ({hidden})" if hidden else "") + in_it
    found = f"SELECT record.id FROM {_READ}{seen}"  # noqa: S608 - conditions have no user input
    total = ask(f"SELECT count(*) FROM {_READ} AND role >= ?{seen}", (role, *spoken))[0][0]  # noqa: S608
    topics = ask(
        "SELECT folded, count(*) FROM member JOIN topic ON topic.id = topic_id"  # noqa: S608
        f" WHERE record_id IN ({found}) AND shown >= ? GROUP BY topic_id",
        (*spoken, shown),
    )
    return ReadCounts(int(total), dict(topics))


def read_tally(ask: Ask, selection: ViewQuery) -> Tally:
    """Count the records of a selection by topic and by provider."""
    found = f"SELECT id FROM record WHERE {selection.condition}"  # noqa: S608 - conditions have no user input
    topics = ask(
        "SELECT folded, count(*) FROM member JOIN topic ON topic.id = topic_id"  # noqa: S608
        f" WHERE record_id IN ({found}) GROUP BY topic_id",
        selection.parameters,
    )
    providers = ask(
        f"SELECT source, count(*) FROM record WHERE {selection.condition} AND source <> ''"  # noqa: S608
        " GROUP BY source COLLATE NOCASE ORDER BY 2 DESC, source COLLATE NOCASE",
        selection.parameters,
    )
    return Tally(dict(topics), dict(providers))


def read_statistics(ask: Ask, selection: ViewQuery) -> Statistics:
    """Return the statistics of a selection."""
    condition, parameters = selection.condition, selection.parameters
    found = f"SELECT id FROM record WHERE {condition}"  # noqa: S608 - conditions have no user input
    records, undated, first, last, amp, related = ask(
        "SELECT count(*), coalesce(sum(undated), 0), min(iif(undated, NULL, published_at)),"  # noqa: S608
        " max(iif(undated, NULL, published_at)),"
        f" coalesce(sum(traits & {Trait.AMP:d} > 0), 0), coalesce(sum(coverage), 0)"
        f" FROM record WHERE {condition}",
        parameters,
    )[0]

    def count(statement: str) -> int:
        return int(ask(statement, parameters)[0][0])

    return Statistics(
        records=records,
        stories=count(f"SELECT count(DISTINCT story) FROM record WHERE {condition}"),  # noqa: S608
        topics=count(f"SELECT count(DISTINCT topic_id) FROM member WHERE record_id IN ({found})"),  # noqa: S608
        providers=count(
            "SELECT count(DISTINCT source COLLATE NOCASE) FROM record"  # noqa: S608
            f" WHERE {condition} AND source <> ''"
        ),
        first=_moment(first),
        last=_moment(last),
        undated=undated,
        amp=amp,
        related=related,
        resolved=count(
            f"SELECT count(*) FROM wanted WHERE record_id IN ({found}) AND ({_RESOLVED})"  # noqa: S608
        ),
        problems=count(f"SELECT count(*) FROM problem WHERE file_id IN ({found})"),  # noqa: S608
    )


def _moment(seconds: int | None) -> Moment | None:
    return None if seconds is None else Moment(seconds, day_only=False)
