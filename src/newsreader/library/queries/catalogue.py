"""Queries for commands: records by permanent names, in batches, with all values of their files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from newsreader.corpus.scan import display_path
from newsreader.domain.dates import Moment
from newsreader.domain.indexed_record import IndexedRecord
from newsreader.domain.sanitize import clean_line
from newsreader.domain.story_roles import MembershipReason
from newsreader.domain.traits import Trait
from newsreader.library.queries.record_ids import NamedRecord, names_of
from newsreader.library.sqlite.connection import MALFORMED
from newsreader.library.sqlite.statements import Ask, select_in

if TYPE_CHECKING:
    from pathlib import Path

    from newsreader.corpus.document import Document
    from newsreader.domain.statistics import Statistics, Tally
    from newsreader.domain.view import View
    from newsreader.library.queries.view_sql import ViewQuery

PORTION = 200
"""Records that are read at a time."""

_COLUMNS = (
    "SELECT record.id, mark, path, urls, record.title, source, undated, published_at, day_only, heat, "
    "quality, type, top, coverage, traits, reports, story, reason, role FROM record JOIN file USING "
    "(id) JOIN passage USING (id) WHERE record.id IN"
)
_MARKED = "SELECT record.id, mark, path FROM record JOIN file USING (id) WHERE record.id IN"
_DETAILS = "SELECT record_id, data FROM detail WHERE record_id IN"


class Catalogue:
    """Records and statistics of an index.

    Args:
        ask: Runs a query of the index.
        compile_view: Compiles a view to SQL.
        retry_without_pages: Runs a query of a view, again if fetched pages are damaged.

    """

    def __init__(
        self,
        ask: Ask,
        compile_view: Callable[[View], ViewQuery],
        retry_without_pages: Callable[[Callable[[], Any]], Any],
    ) -> None:
        self._ask = ask
        self._compile_view = compile_view
        self._retry_without_pages = retry_without_pages

    def is_fresh(self, root: Path, half_life: int) -> bool:
        """Whether the index is up to date, as far as a quick check can tell."""
        from newsreader.library.index.freshness import is_fresh

        try:
            return is_fresh(dict(self._ask("SELECT name, value FROM fact")), root, half_life)
        except MALFORMED:
            return False

    def records(self, ids: Sequence[int]) -> Iterator[IndexedRecord]:
        """Yield these records in this order, read in batches; deleted records are left out."""
        for start in range(0, len(ids), PORTION):
            part = ids[start : start + PORTION]
            found = self._read(part)
            yield from (found[id_] for id_ in part if id_ in found)

    def record(self, record_id: int) -> IndexedRecord | None:
        """Return a record, None if it was deleted."""
        return next(self.records([record_id]), None)

    def documents(self, ids: Sequence[int]) -> dict[int, Document]:
        """Return the contents of the files of these records, by id."""
        from newsreader.library.index.record_rows import unpack_document

        try:
            return {id_: unpack_document(data) for id_, data in select_in(self._ask, _DETAILS, ids)}
        except MALFORMED as error:
            from newsreader.library.errors import IndexFailedError

            raise IndexFailedError(error) from error

    def find(self, text: str) -> list[int]:
        """Find the records that a name, an address or a path identifies; see `lookup.find`."""
        from newsreader.library.queries.lookup import find

        return find(self._ask, text)

    def near(self, text: str, most: int) -> list[int]:
        """Suggest records if none is found."""
        from newsreader.library.queries.lookup import near

        return near(self._ask, text, most)

    def tally(self, view: View) -> Tally:
        """Count the records of a view by topic and by provider."""
        from newsreader.library.queries.statistics import read_tally

        tally: Tally = self._retry_without_pages(lambda: read_tally(self._ask, self._compile_view(view)))
        return tally

    def statistics(self, view: View) -> Statistics:
        """Return the statistics of a view."""
        from newsreader.library.queries.statistics import read_statistics

        statistics: Statistics = self._retry_without_pages(
            lambda: read_statistics(self._ask, self._compile_view(view))
        )
        if view.is_narrowed or view.filter.strip():
            return statistics
        # The corpus also has the problems of topic files, of copies and of files without a record.
        return statistics._replace(problems=self._ask("SELECT count(*) FROM problem")[0][0])

    def _read(self, ids: Sequence[int]) -> dict[int, IndexedRecord]:
        rows = list(select_in(self._ask, _COLUMNS, ids))
        known = {row[0]: NamedRecord(*row[:3]) for row in rows}
        leads = [row[-3] for row in rows if row[-3] is not None and row[-3] not in known]
        known |= {row[0]: NamedRecord(*row) for row in select_in(self._ask, _MARKED, leads)}
        names = names_of(self._ask, known.values())
        return {row[0]: _indexed_record(row, names) for row in rows}


def _indexed_record(row: tuple[Any, ...], names: dict[int, str]) -> IndexedRecord:
    id_, _, path, urls, title, source, undated, seconds, day_only, heat, quality, type_, *rest = row
    top, coverage, traits, reports, story, reason, role = rest
    return IndexedRecord(
        record_id=id_,
        name=names[id_],
        path=clean_line(display_path(path)),
        address=urls.partition("\n")[0],
        title=title,
        source=source,
        moment=None if undated else Moment(seconds, bool(day_only)),
        heat=heat,
        quality=quality,
        type=type_,
        score=None if undated else top,
        coverage=max(coverage, reports - 1),
        has_amp=bool(traits & Trait.AMP),
        reports=reports,
        lead=names.get(story, "") if role else "",
        reason=MembershipReason(reason),
    )
