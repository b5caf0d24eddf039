"""`newsreader stats`: show statistics of a corpus, with a chart of its weeks."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence

from newsreader.app.describe_folder import format_of
from newsreader.app.open_corpus import options_of
from newsreader.commands.support.arguments import CommandParser, add_corpus, add_query, parse_arguments
from newsreader.commands.support.selection import (
    SelectedCorpus,
    open_corpus,
    query_text,
    tell_if_empty,
    view_of,
)
from newsreader.domain.dates import iso
from newsreader.domain.statistics import Statistics
from newsreader.domain.trends import Trends, monday
from newsreader.domain.view import Scope, View

_HEIGHT = 8
"""Height of the chart in lines."""


def parser() -> ArgumentParser:
    """Build the argument parser."""
    command = CommandParser(
        "stats",
        "Tell how many records, stories, topics and providers there are, from when to when, how many have "
        "an AMP page, how much of the related coverage is in the corpus, and how many problems the files "
        "have; on a terminal with a chart of the records a week. Everything is counted, every report for "
        "itself; is:front in the QUERY narrows that to the front page.",
        (
            ("stats", "the whole corpus"),
            ("stats is:front newer:1y", "the front page of a year"),
            ("stats --json topic:nlp | jq .resolutionRate", "one number of a topic"),
        ),
    )
    add_query(command, ordered=False)
    add_corpus(command)
    output = command.add_argument_group("output")
    output.add_argument(
        "--json", action="store_true", help="as one JSON object, with the records of each week"
    )
    chart = output.add_mutually_exclusive_group()
    chart.add_argument(
        "--chart", action="store_true", default=None, dest="chart", help="with the chart, anywhere"
    )
    chart.add_argument(
        "--no-chart", action="store_false", default=None, dest="chart", help="without it, anywhere"
    )
    return command


def run(arguments: Sequence[str]) -> int:
    """Count; return 1 if there is no record."""
    options = parse_arguments(parser(), arguments)
    query = query_text(options)
    with open_corpus(options) as corpus:
        view = view_of(options, query, corpus)._replace(scope=Scope.EVERYTHING, fold=False)
        statistics = corpus.reader.catalogue.statistics(view)
        root = corpus.library.root
        kind = format_of(root, options_of(root, corpus.settings))
        tell_if_empty(corpus)
        if options.json:
            from newsreader.commands.output.formats.json_output import write_value

            write_value({"format": kind} | _as_json(statistics, corpus.reader.trends(view)), sys.stdout)
        else:
            print(f"{'format':<18}{kind}")
            sys.stdout.writelines(f"{name:<18}{value}\n" for name, value in _lines(statistics))
            if sys.stdout.isatty() if options.chart is None else options.chart:
                _draw(corpus, view)
    return 0 if statistics.records else 1


def _lines(statistics: Statistics) -> Iterator[tuple[str, str]]:
    yield "records", f"{statistics.records:,}"
    yield "stories", f"{statistics.stories:,} of two reports or more"
    yield "topics", f"{statistics.topics:,}"
    yield "providers", f"{statistics.providers:,}"
    if statistics.first and statistics.last:
        yield "from", iso(statistics.first)
        yield "to", iso(statistics.last)
    yield "undated", f"{statistics.undated:,}"
    yield "AMP", _share(statistics.amp, statistics.amp_share)
    related = _share(statistics.resolved, statistics.resolution_rate)
    yield "related", f"{related} of {statistics.related:,} entries are in this corpus"
    yield "problems", f"{statistics.problems:,}"


def _share(number: int, share: float | None) -> str:
    return f"{number:,}" if share is None else f"{number:,} ({share:.1%})"


def _draw(corpus: SelectedCorpus, view: View) -> None:
    """Draw the chart of records a week."""
    from newsreader.commands.output.formats.table import terminal_width
    from newsreader.render.glyphs import glyphs_for
    from newsreader.render.week_chart import chart_lines, fit_chart

    trends = corpus.reader.trends(view)
    if not trends.weeks:
        return
    chart = fit_chart(trends, None, terminal_width(sys.stdout) or 80)
    glyphs = glyphs_for(corpus.settings.glyphs, os.environ)
    print("\nrecords a week")
    for line in chart_lines(trends, chart, _HEIGHT, glyphs):
        print("".join(span.text for span in line).rstrip())


def _as_json(statistics: Statistics, trends: Trends) -> dict[str, object]:
    return {
        "records": statistics.records,
        "stories": statistics.stories,
        "topics": statistics.topics,
        "providers": statistics.providers,
        "first": iso(statistics.first) if statistics.first else None,
        "last": iso(statistics.last) if statistics.last else None,
        "undated": statistics.undated,
        "amp": statistics.amp,
        "ampShare": statistics.amp_share,
        "related": statistics.related,
        "relatedResolved": statistics.resolved,
        "resolutionRate": statistics.resolution_rate,
        "problems": statistics.problems,
        "weeks": {iso(monday(week))[:10]: records for week, records in sorted(trends.weeks.items())},
    }
