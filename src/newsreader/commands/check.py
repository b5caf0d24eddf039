"""`newsreader check`: everything that is wrong with a corpus, for those who publish one."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from time import time

from newsreader.app.index_refresh import MANY
from newsreader.app.open_corpus import options_of
from newsreader.commands.output.findings import FORMATS, Findings
from newsreader.commands.output.formats.delimited import write_text
from newsreader.commands.support.arguments import (
    CommandParser,
    add_corpus,
    add_cut,
    add_query,
    add_sort,
    parse_arguments,
)
from newsreader.commands.support.refresh import CLEAR_LINE
from newsreader.commands.support.selection import corpus_folder, select, wanted_rows
from newsreader.corpus.scan import display_path
from newsreader.domain.checks.rules import RULES, Finding, Severity
from newsreader.settings.model import Settings


def parser() -> ArgumentParser:
    """The command line."""
    command = CommandParser(
        "check",
        "Tell everything that is wrong with the files of a corpus, a line each: path, line, reason, and the "
        "rule that is broken. The exit status is 1 where anything is. Files are read anew, by processes that "
        "may die of them. With a query only the files of the records that it finds are told of, on the front "
        "page or not.",
        (
            ("check --corpus ~/site", "what could not be read"),
            ("check --strict --ignore related-unresolved", "what looks wrong, too, without one of the rules"),
            ("check --strict --only date-mismatch path:_news/", "one rule, in a part of the corpus"),
            ("check --strict --format sarif > check.sarif", "for tools that gather such reports"),
        ),
    )
    group = command.add_argument_group("rules")
    group.add_argument("--strict", action="store_true", help="also tell what could be read and looks wrong")
    group.add_argument(
        "--only",
        type=_rules,
        action="extend",
        default=[],
        metavar="RULES",
        help="these rules, parted by commas",
    )
    group.add_argument(
        "--ignore", type=_rules, action="extend", default=[], metavar="RULES", help="all rules but these"
    )
    group.add_argument("--rules", action="store_true", help="list all rules and what to do about each")
    add_sort(add_query(command, ordered=False))
    add_corpus(command)
    output = command.add_argument_group("output")
    output.add_argument(
        "--format",
        choices=list(FORMATS),
        default="text",
        metavar="FORMAT",
        help=f"one of {', '.join(FORMATS)}",
    )
    add_cut(output)
    return command


def run(arguments: Sequence[str]) -> int:
    """Check; 1 where something is wrong, or no record was found to check."""
    options = parse_arguments(parser(), arguments)
    if options.rules:
        for rule in RULES.values():
            print(f"{rule.id} ({rule.severity}): {rule.about} {rule.advice}")
        return 0
    root, settings = corpus_folder(options)
    places = _places(options)
    if places is not None and not places:
        print("newsreader: no record was found, so nothing was checked.", file=sys.stderr)
        return 1
    found = _check(root, options, places, options_of(root, settings))
    if not found and places is None and not _has_records(root, settings):
        from newsreader.app.describe_folder import explain_empty

        print(f"newsreader: {explain_empty(root)}", file=sys.stderr)
        return 1
    if options.sort and places is not None:
        last = len(places)
        found.sort(key=lambda finding: places.get(display_path(finding.path), last))
    most = wanted_rows(options)
    listed = found[options.offset : None if most is None else options.offset + most]
    write_text(FORMATS[options.format](Findings(listed, root.resolve(), Path.cwd())), sys.stdout)
    _tell(found, listed)
    return 1 if found else 0


def _has_records(root: Path, settings: Settings) -> bool:
    """Whether any file of a corpus is a record. Reads files up to the first one that is."""
    from newsreader.corpus.file_reader import read_file
    from newsreader.corpus.scan import scan
    from newsreader.domain.corpus_options import CorpusOptions

    options = CorpusOptions.from_json(options_of(root, settings))
    return any(read_file(root, path, options).record is not None for path in scan(root).files)


def _check(
    root: Path, options: Namespace, places: dict[str, int] | None, corpus_options: str
) -> list[Finding]:
    from newsreader.domain.corpus_options import CorpusOptions
    from newsreader.library.check.corpus import check

    wanted = set(options.only or RULES).difference(options.ignore)
    is_strict = options.strict or any(RULES[rule].severity is Severity.WARNING for rule in options.only)
    try:
        found = check(
            root,
            strict=is_strict,
            now=int(time()),
            only=_asked(options, places),
            options=CorpusOptions.from_json(corpus_options),
            on_progress=_tell_progress,
        )
    finally:
        _tell_progress(0, 0)
    return [finding for finding in found if finding.rule in wanted]


def _tell_progress(done: int, total: int) -> None:
    """Where somebody looks on, tell how far a long check is; nothing of nothing takes the words away."""
    if sys.stderr is not None and sys.stderr.isatty() and (total >= MANY or not total):
        words = f"checking files: {done:,} of {total:,}" if total else ""
        sys.stderr.write(f"{CLEAR_LINE}{words}")
        sys.stderr.flush()


def _asked(options: Namespace, places: dict[str, int] | None) -> Callable[[bytes], bool] | None:
    if places is None or not (options.query or options.topic):
        return None
    return lambda path: display_path(path) in places


def _places(options: Namespace) -> dict[str, int] | None:
    """The paths of the records that are asked for, in their order; None where nothing asks for any."""
    if not (options.query or options.topic or options.sort):
        return None
    everything = Namespace(**{**vars(options), "all": True, "limit": 0, "offset": 0})
    with select(everything) as selection:
        listed = selection.reader.catalogue.records(selection.ids)
        return {one.path: place for place, one in enumerate(listed)}


def _tell(found: Sequence[Finding], listed: Sequence[Finding]) -> None:
    """On a terminal, tell how many findings there are."""
    if not sys.stdout.isatty():
        return
    sys.stdout.flush()
    counts = Counter(finding.severity for finding in found)
    words = f"{_counted(counts[Severity.ERROR], 'error')}, {_counted(counts[Severity.WARNING], 'warning')}"
    more = f"; {len(listed):,} of them shown, --limit 0 shows all" if len(listed) < len(found) else ""
    print(f"{words}{more}." if found else "Nothing is wrong.", file=sys.stderr)


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def _rules(text: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in text.split(","))
    for name in names:
        if name not in RULES:
            raise ArgumentTypeError(f"there is no rule “{name}”; newsreader check --rules lists them")
    return names
