"""Run the suite: `python -m benchmarks --records 10000`."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks import report
from benchmarks.command_measures import commands
from benchmarks.fetch_measures import fetching
from benchmarks.filter_measures import filters
from benchmarks.idle_measures import idle
from benchmarks.indexing_measures import beside_newsboat, cold_index, graphs, refresh
from benchmarks.key_measures import keys, while_indexing
from benchmarks.language_measures import language
from benchmarks.probe import NotSeenError
from benchmarks.results import Result
from benchmarks.start_measures import memory, start
from benchmarks.view_measures import stories, views
from benchmarks.workplace import Workplace

SUITE: dict[str, Callable[[Workplace], Iterator[Result]]] = {
    measure.__name__: measure
    for measure in (
        cold_index,
        beside_newsboat,
        refresh,
        graphs,
        start,
        memory,
        idle,
        keys,
        while_indexing,
        fetching,
        filters,
        language,
        views,
        stories,
        commands,
    )
}


def main(arguments: list[str]) -> int:
    """Measure and report; 1 where a bar is missed, 2 where measuring failed."""
    options = _parser().parse_args(arguments)
    results: list[Result] = []
    run = report.Run.now(options.records, options.seed)
    with tempfile.TemporaryDirectory(prefix="newsreader-bench-") as scratch:
        try:
            if options.markdown:
                report.parts_around(options.markdown)  # minutes later would be late to find out
            print(f"{options.records:,} records; {run.machine}", flush=True)
            place = Workplace(Path(scratch), options.records, options.seed, options.corpus)
            print(report.heading(), flush=True)
            for name in options.only or SUITE:
                for result in SUITE[name](place):
                    results.append(result)
                    print(report.line(result, options.records), flush=True)
        except (NotSeenError, RuntimeError, OSError, ValueError) as error:
            print(f"benchmarks: {error}", file=sys.stderr)
            return 2
    if options.json:
        options.json.write_text(report.as_json(results, run), encoding="utf-8")
    if options.markdown:
        report.put_into(options.markdown, report.markdown(results, run))
    return int(any(result.verdict(options.records) == "over" for result in results))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="Measure the speed of newsreader."
    )
    parser.add_argument("--records", type=int, default=10_000, metavar="N", help="of the generated corpus")
    parser.add_argument("--seed", type=int, default=1, help="of the generated corpus")
    parser.add_argument(
        "--corpus", type=Path, metavar="FOLDER", help="where the corpus is kept, or is already"
    )
    parser.add_argument(
        "--only", nargs="+", choices=SUITE, metavar="NAME", help=f"some of: {', '.join(SUITE)}"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every value there")
    parser.add_argument("--markdown", type=Path, metavar="PAGE", help="put the table into this page")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
