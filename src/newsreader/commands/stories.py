"""`newsreader stories`: list the stories that match a query, each with its reports."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from newsreader.commands.list_records import report_more
from newsreader.commands.output import formats, record_columns
from newsreader.commands.output.formats import Format, OutputColumn, Sheet
from newsreader.commands.support.arguments import CommandParser, add_corpus, add_query, parse_arguments
from newsreader.commands.support.selection import select
from newsreader.library import Reader


class _ListedReport(NamedTuple):
    """A report of a story, with the id of the lead."""

    row: record_columns.Row
    lead: str

    @property
    def is_lead(self) -> bool:
        """Whether it is the lead of its story."""
        return self.row.listed.name == self.lead


def parser() -> ArgumentParser:
    """Build the argument parser."""
    command = CommandParser(
        "stories",
        "List the stories that a query finds, in the order of the list on the screen: the lead, and below "
        "it the other reports of the event, best first, each with the reason why it belongs there. A "
        "record that stands alone is a story of one report. --limit and --offset count stories. In JSON a "
        "story is its lead with the reports in story.members; elsewhere each report is a row with the id "
        "of the lead.",
        (
            ("stories newer:7d --sort hot --limit 10", "the ten hottest stories of the week"),
            ("stories is:lead --json | jq '.[].story.reports'", "how many reports each story has"),
        ),
    )
    add_query(command)
    add_corpus(command)
    formats.add_format(command, _COLUMNS)
    return command


def run(arguments: Sequence[str]) -> int:
    """List; return 1 if nothing was found."""
    options = parse_arguments(parser(), arguments)
    with select(options, fold=True) as selection:
        reader, ids = selection.reader, selection.ids
        leads = record_columns.rows(reader, ids, options)
        if formats.chosen_format(options) in (Format.JSON, Format.JSONL):
            formats.write(options, leads, Sheet((), lambda lead: _as_json(reader, lead)))
        else:
            reports = _reports(reader, leads, options)
            formats.write(options, reports, Sheet(_COLUMNS, str, _links, _markdown))
        report_more(selection, len(ids))
    return 0 if ids else 1


def _as_json(reader: Reader, lead: record_columns.Row) -> object:
    from newsreader.commands.output.record_json import record_json, story_json

    members = reader.catalogue.records([member.record_id for member in reader.members(lead.listed.record_id)])
    return {**record_json(lead), "story": story_json(lead.listed, members)}


def _reports(
    reader: Reader, leads: Iterable[record_columns.Row], options: Namespace
) -> Iterator[_ListedReport]:
    """Yield each lead, followed by the other reports of its story."""
    for lead in leads:
        yield _ListedReport(lead, lead.listed.name)
        if lead.listed.reports > 1:
            ids = [member.record_id for member in reader.members(lead.listed.record_id)]
            others = [id_ for id_ in ids if id_ != lead.listed.record_id]
            for row in record_columns.rows(reader, others, options):
                yield _ListedReport(row, lead.listed.name)


def _links(report: _ListedReport) -> Iterable[str]:
    return record_columns.links(report.row)


def _markdown(report: _ListedReport) -> str:
    return ("" if report.is_lead else "  ") + record_columns.markdown(report.row)


def _title(report: _ListedReport) -> str:
    return ("" if report.is_lead else "└ ") + report.row.listed.title


def _of_record(column: OutputColumn[record_columns.Row]) -> OutputColumn[_ListedReport]:
    """Convert a column of records to one of reports."""
    name, text, heading, numeric, widest, weight, in_table, in_files = column
    in_table = in_table and name != "title"
    return OutputColumn(
        name, lambda report: text(report.row), heading, numeric, widest, weight, in_table, in_files
    )


_COLUMNS: tuple[OutputColumn[_ListedReport], ...] = (
    OutputColumn("lead", lambda report: report.lead, in_table=False),
    OutputColumn("reason", lambda report: report.row.listed.reason.words, in_table=False),
    *map(_of_record, record_columns.COLUMNS),
    OutputColumn("report", _title, "TITLE", widest=100, in_files=False),
)
