"""Records as scripts ask for them: by names that stay, in portions, with all that their files say."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from newsreader.corpus.scan import display_path
from newsreader.domain.dates import Moment
from newsreader.domain.indexed_record import IndexedRecord
from newsreader.domain.story_roles import MembershipReason
from newsreader.domain.traits import Trait
from newsreader.library.queries.record_ids import NamedRecord, names_of

if TYPE_CHECKING:
    from pathlib import Path

    from newsreader.corpus.document import Document
    from newsreader.domain.statistics import Statistics, Tally
    from newsreader.domain.view import View
    from newsreader.library.queries.view_sql import ViewQuery

Ask = Callable[..., list[tuple[Any, ...]]]

PORTION = 200
"""Records that are read at once."""

_COLUMNS = (
    "SELECT record.id, mark, path, urls, record.title, source, undated, published_at, day_only, heat, "
    "quality, type, top, coverage, traits, reports, story, reason, standing FROM record JOIN file USING "
    "(id) JOIN passage USING (id) WHERE record.id IN"
)
_MARKED = "SELECT record.id, mark, path FROM record JOIN file USING (id) WHERE record.id IN"
_DETAILS = "SELECT record_id, data FROM detail WHERE record_id IN"


class Catalogue:
    """What the index knows of records, for those who keep nothing of it.

    Args:
        ask: Answers about an index.
        compiled: Gives the SQL for a view.
        surely: Gives an answer that takes SQL for a view, in a second attempt where damage can be left out.

    """

    def __init__(
        self, ask: Ask, compiled: Callable[[View], ViewQuery], surely: Callable[[Callable[[], Any]], Any]
    ) -> None:
        self._ask = ask
        self._compiled = compiled
        self._surely = surely

    def is_fresh(self, root: Path, half_life: int) -> bool:
        """Whether the index says what the corpus says, as far as can be told quickly."""
        from newsreader.library.index.freshness import is_fresh

        return is_fresh(dict(self._ask("SELECT name, value FROM fact")), root, half_life)

    def listed(self, ids: Sequence[int]) -> Iterator[IndexedRecord]:
        """These records in this order, read in portions; those that are gone are left out."""
        for start in range(0, len(ids), PORTION):
            part = ids[start : start + PORTION]
            found = self._portion(part)
            yield from (found[id_] for id_ in part if id_ in found)

    def one(self, record_id: int) -> IndexedRecord | None:
        """One record, None if it is gone."""
        return next(self.listed([record_id]), None)

    def documents(self, ids: Sequence[int]) -> dict[int, Document]:
        """What the files of at most `PORTION` records say, by id."""
        import zlib

        from newsreader.library.index.record_rows import unpack_document

        rows = self._ask(f"{_DETAILS} {_marks(ids)}", tuple(ids))
        try:
            return {id_: unpack_document(data) for id_, data in rows}
        except (zlib.error, ValueError) as error:
            from newsreader.library.errors import IndexFailedError

            raise IndexFailedError(sqlite3.DatabaseError("a record is malformed")) from error

    def find(self, text: str) -> list[int]:
        """The records that a name, an address or a path means, those in view before others; see `finding`."""
        from newsreader.library.queries.lookup import find

        return find(self._ask, text)

    def near(self, text: str, most: int) -> list[int]:
        """Records that may have been meant where none is found."""
        from newsreader.library.queries.lookup import near

        return near(self._ask, text, most)

    def tally(self, view: View) -> Tally:
        """How the records of a view spread over topics and providers."""
        from newsreader.library.queries.statistics import read_tally

        told: Tally = self._surely(lambda: read_tally(self._ask, self._compiled(view)))
        return told

    def statistics(self, view: View) -> Statistics:
        """What there is in a view, in numbers."""
        from newsreader.library.queries.statistics import read_statistics

        told: Statistics = self._surely(lambda: read_statistics(self._ask, self._compiled(view)))
        if view.is_narrowed or view.filter.strip():
            return told
        # Those of topic files, of copies and of files that hold no record belong to the corpus, too.
        return told._replace(problems=self._ask("SELECT count(*) FROM problem")[0][0])

    def _portion(self, ids: Sequence[int]) -> dict[int, IndexedRecord]:
        rows = self._ask(f"{_COLUMNS} {_marks(ids)}", tuple(ids))
        known = {row[0]: NamedRecord(*row[:3]) for row in rows}
        leads = [row[-3] for row in rows if row[-3] is not None and row[-3] not in known]
        if leads:
            known |= {
                row[0]: NamedRecord(*row) for row in self._ask(f"{_MARKED} {_marks(leads)}", tuple(leads))
            }
        names = names_of(self._ask, known.values())
        return {row[0]: _listed(row, names) for row in rows}


def _listed(row: tuple[Any, ...], names: dict[int, str]) -> IndexedRecord:
    id_, _, path, urls, title, source, undated, seconds, day_only, heat, quality, type_, *rest = row
    top, coverage, traits, reports, story, reason, standing = rest
    return IndexedRecord(
        record_id=id_,
        name=names[id_],
        path=display_path(path),
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
        lead=names.get(story, "") if standing else "",
        reason=MembershipReason(reason),
    )


def _marks(ids: Sequence[int]) -> str:
    return f"({','.join('?' * len(ids))})"
