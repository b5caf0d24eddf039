"""Records as output rows: columns, links, lines of Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from newsreader.commands.output.formats import Format, OutputColumn, chosen_format
from newsreader.domain.dates import day_in_words, iso
from newsreader.domain.indexed_record import IndexedRecord
from newsreader.domain.ranking import signal

if TYPE_CHECKING:
    from argparse import Namespace

    from newsreader.corpus.document import Document
    from newsreader.domain.record import Record
    from newsreader.library import Reader


class Row:
    """A record to write: its entry in the index and, where the output needs it, the content of its file."""

    def __init__(self, listed: IndexedRecord, document: Document | None = None) -> None:
        self.listed = listed
        self.document = document

    @cached_property
    def record(self) -> Record:
        """The record parsed from the file. Raise ValueError if the file was not read."""
        from newsreader.corpus.fields import build_record

        if self.document is None:
            raise ValueError("the files of these rows were not read")
        return build_record(self.document, self.listed.path)[0]


def rows(reader: Reader, ids: Sequence[int], options: Namespace) -> Iterator[Row]:
    """Read the rows of records in batches, and their files only if the output needs them."""
    if chosen_format(options) in (Format.TABLE, Format.TSV, Format.CSV):
        of_files = {column.name for column in _OF_FILES}
        if of_files.isdisjoint(options.columns or ()):
            return map(Row, reader.catalogue.records(ids))
    return every_row(reader, ids)


def every_row(reader: Reader, ids: Sequence[int]) -> Iterator[Row]:
    """Read the rows of records with their files, in batches."""
    from newsreader.library.queries.catalogue import PORTION

    for start in range(0, len(ids), PORTION):
        yield from whole_rows(reader, ids[start : start + PORTION])


def whole_rows(reader: Reader, ids: Sequence[int]) -> Iterator[Row]:
    """Read one batch of rows with their files; skip records whose file is gone."""
    documents = reader.catalogue.documents(ids)
    for listed in reader.catalogue.records(ids):
        if listed.record_id in documents:
            yield Row(listed, documents[listed.record_id])


def links(row: Row) -> Iterable[str]:
    """Return the original URL, if it can be opened."""
    from newsreader.domain.record import LinkKind

    link = row.record.link(LinkKind.ORIGINAL)
    return () if link is None else (link.url,)


def markdown(row: Row) -> str:
    """Format a record as a Markdown list item."""
    from newsreader.domain.citation import citations

    record = row.record
    forms = {form.name: form.text for form in citations(record)}
    if "Markdown" not in forms:
        return f"- {forms['Citation']}"
    day = day_in_words(record.moment) if record.moment else ""
    return " · ".join(part for part in (f"- {forms['Markdown']}", row.listed.source, day) if part)


def short_name(name: str) -> str:
    """Abbreviate a record id for display."""
    digits, hyphen, tail = name.partition("-")
    return f"{digits[:8]}{hyphen}{tail}"


def _number(value: float | None) -> str:
    return "" if value is None else str(value)


def _time(row: Row) -> str:
    return iso(row.listed.moment) if row.listed.moment else ""


def _strength(row: Row) -> str:
    strength = signal(row.listed.heat, row.listed.quality)
    return "" if strength is None or strength < 0 else f"{strength:,}"


def _on_request(name: str, text: Callable[[Row], str], *, numeric: bool = False) -> OutputColumn[Row]:
    """Make a column that is shown only when it is asked for."""
    return OutputColumn(name, text, numeric=numeric, in_table=False, in_files=False)


_OF_FILES = (
    _on_request("originalUrl", lambda row: row.record.original_url),
    _on_request("webUrl", lambda row: row.record.web_url),
    _on_request("ampWebUrl", lambda row: row.record.amp_url),
    _on_request("cdnAmpWebUrl", lambda row: row.record.cached_amp_url),
    _on_request("category", lambda row: row.record.category),
    _on_request("published", lambda row: str(row.record.published).lower()),
    _on_request("topics", lambda row: ", ".join(row.record.topics)),
    _on_request("excerpt", lambda row: row.record.excerpt),
)
"""Columns that need the file of the record."""

COLUMNS: tuple[OutputColumn[Row], ...] = (
    OutputColumn("short", lambda row: short_name(row.listed.name), "ID", in_files=False, weight=6),
    OutputColumn("day", lambda row: _time(row)[:10], "DATE", in_files=False, weight=4),
    OutputColumn("strength", _strength, "HEAT", numeric=True, in_files=False, weight=5),
    OutputColumn(
        "coverage",
        lambda row: f"+{row.listed.coverage}" if row.listed.coverage else "",
        "+",
        numeric=True,
        in_files=False,
        weight=2,
    ),
    OutputColumn("id", lambda row: row.listed.name, in_table=False),
    OutputColumn("publishedDateTime", _time, in_table=False),
    OutputColumn("heat", lambda row: _number(row.listed.heat), numeric=True, in_table=False),
    OutputColumn("quality", lambda row: _number(row.listed.quality), numeric=True, in_table=False),
    _on_request("score", lambda row: _number(row.listed.score), numeric=True),
    _on_request("reports", lambda row: _number(row.listed.reports), numeric=True),
    OutputColumn("type", lambda row: row.listed.type, in_table=False),
    OutputColumn("provider", lambda row: row.listed.source, "PROVIDER", widest=24, weight=3),
    OutputColumn("title", lambda row: row.listed.title, "TITLE", widest=100),
    OutputColumn("address", lambda row: row.listed.address, in_table=False),
    *_OF_FILES,
    OutputColumn[Row]("path", lambda row: row.listed.path, in_table=False),
)
"""The table's columns first; all others are named after keys of the record."""
