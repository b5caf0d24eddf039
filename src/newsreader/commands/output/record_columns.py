"""Records as rows of an answer: their columns, their links, their lines of Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from newsreader.commands.output.formats import Format, OutputColumn, Sheet, chosen_format
from newsreader.domain.dates import day_in_words, iso
from newsreader.domain.indexed_record import IndexedRecord
from newsreader.domain.ranking import signal

if TYPE_CHECKING:
    from argparse import Namespace

    from newsreader.corpus.document import Document
    from newsreader.domain.record import Record
    from newsreader.library import Reader


class Row:
    """A record of an answer.

    Args:
        listed: What the index knows of it.
        document: What its file says, where that is needed.

    """

    def __init__(self, listed: IndexedRecord, document: Document | None = None) -> None:
        self.listed = listed
        self.document = document

    @cached_property
    def record(self) -> Record:
        """What its file means.

        Raises:
            ValueError: the file was not asked for.

        """
        from newsreader.corpus.fields import build_record

        if self.document is None:
            raise ValueError("the files of these rows were not asked for")
        return build_record(self.document, self.listed.path)[0]


def rows(reader: Reader, ids: Sequence[int], options: Namespace) -> Iterator[Row]:
    """The rows of these records as far as the output needs them, read in portions."""
    return every_row(reader, ids) if _needs_files(options) else map(Row, reader.catalogue.records(ids))


def every_row(reader: Reader, ids: Sequence[int]) -> Iterator[Row]:
    """The rows of these records with all that their files say, read in portions."""
    from newsreader.library.queries.catalogue import PORTION

    for start in range(0, len(ids), PORTION):
        yield from whole_rows(reader, ids[start : start + PORTION])


def whole_rows(reader: Reader, ids: Sequence[int]) -> Iterator[Row]:
    """The rows of not too many records with all that their files say; those that are gone are left out."""
    documents = reader.catalogue.documents(ids)
    for listed in reader.catalogue.records(ids):
        if listed.record_id in documents:
            yield Row(listed, documents[listed.record_id])


def sheet(as_json: Callable[[Row], object]) -> Sheet[Row]:
    """How records are written."""
    return Sheet(COLUMNS, as_json, links, markdown)


def _needs_files(options: Namespace) -> bool:
    if chosen_format(options) in (Format.TABLE, Format.TSV, Format.CSV):
        return not _OF_FILES.isdisjoint(options.columns or ())
    return True


def links(row: Row) -> Iterable[str]:
    """Where the story was found, if that can be opened."""
    from newsreader.domain.record import LinkKind

    link = row.record.link(LinkKind.ORIGINAL)
    return () if link is None else (link.url,)


def markdown(row: Row) -> str:
    """The entry of a list in Markdown."""
    from newsreader.domain.citation import citations

    record = row.record
    forms = {form.name: form.text for form in citations(record)}
    if "Markdown" not in forms:
        return f"- {forms['Citation']}"
    day = day_in_words(record.moment) if record.moment else ""
    return " · ".join(part for part in (f"- {forms['Markdown']}", row.listed.source, day) if part)


def _number(value: float | None) -> str:
    return "" if value is None else str(value)


def _day(row: Row) -> str:
    return iso(row.listed.moment)[:10] if row.listed.moment else ""


def _time(row: Row) -> str:
    return iso(row.listed.moment) if row.listed.moment else ""


def _strength(row: Row) -> str:
    strength = signal(row.listed.heat, row.listed.quality)
    return "" if strength is None or strength < 0 else f"{strength:,}"


def _coverage(row: Row) -> str:
    return f"+{row.listed.coverage}" if row.listed.coverage else ""


def short_name(name: str) -> str:
    """A name as far as people need it."""
    digits, hyphen, tail = name.partition("-")
    return f"{digits[:8]}{hyphen}{tail}"


_OF_FILES = frozenset(
    ("originalUrl", "webUrl", "ampWebUrl", "cdnAmpWebUrl", "excerpt", "topics", "category", "published")
)

COLUMNS: tuple[OutputColumn[Row], ...] = (
    OutputColumn("short", lambda row: short_name(row.listed.name), "ID", in_files=False, weight=6),
    OutputColumn("day", _day, "DATE", in_files=False, weight=4),
    OutputColumn("strength", _strength, "HEAT", numeric=True, in_files=False, weight=5),
    OutputColumn("coverage", _coverage, "+", numeric=True, in_files=False, weight=2),
    OutputColumn("id", lambda row: row.listed.name, in_table=False),
    OutputColumn("publishedDateTime", _time, in_table=False),
    OutputColumn("heat", lambda row: _number(row.listed.heat), numeric=True, in_table=False),
    OutputColumn("quality", lambda row: _number(row.listed.quality), numeric=True, in_table=False),
    OutputColumn(
        "score", lambda row: _number(row.listed.score), numeric=True, in_table=False, in_files=False
    ),
    OutputColumn(
        "reports", lambda row: _number(row.listed.reports), numeric=True, in_table=False, in_files=False
    ),
    OutputColumn("type", lambda row: row.listed.type, in_table=False),
    OutputColumn("provider", lambda row: row.listed.source, "PROVIDER", widest=24, weight=3),
    OutputColumn("title", lambda row: row.listed.title, "TITLE", widest=100),
    OutputColumn("address", lambda row: row.listed.address, in_table=False),
    OutputColumn("originalUrl", lambda row: row.record.original_url, in_table=False, in_files=False),
    OutputColumn("webUrl", lambda row: row.record.web_url, in_table=False, in_files=False),
    OutputColumn("ampWebUrl", lambda row: row.record.amp_url, in_table=False, in_files=False),
    OutputColumn("cdnAmpWebUrl", lambda row: row.record.cached_amp_url, in_table=False, in_files=False),
    OutputColumn("category", lambda row: row.record.category, in_table=False, in_files=False),
    OutputColumn("published", lambda row: str(row.record.published).lower(), in_table=False, in_files=False),
    OutputColumn("topics", lambda row: ", ".join(row.record.topics), in_table=False, in_files=False),
    OutputColumn("excerpt", lambda row: row.record.excerpt, in_table=False, in_files=False),
    OutputColumn("path", lambda row: row.listed.path, in_table=False),
)
"""Those of the table come first; all others are the record's own keys."""

NAMES = tuple(column.name for column in COLUMNS)
