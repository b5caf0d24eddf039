"""`newsreader links`: find dead links in the records that match a query."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Sequence
from contextlib import closing

from newsreader.app.terminal_loss import end_with_terminal
from newsreader.commands.link_checking import Address, Checked, addresses, check_addresses
from newsreader.commands.output import formats
from newsreader.commands.output.formats import OutputColumn, Sheet
from newsreader.commands.support.arguments import (
    CommandParser,
    add_corpus,
    add_query,
    parse_arguments,
    seconds,
)
from newsreader.commands.support.progress import progress_line
from newsreader.commands.support.selection import Selection, select
from newsreader.domain.link_status import LinkOutcome
from newsreader.domain.record import LinkKind

_DEFAULT_AGE = "7d"


def parser() -> ArgumentParser:
    """Build the argument parser."""
    command = CommandParser(
        "links",
        "Check the addresses of the records that a query finds, the original, web, AMP and cached AMP pages, "
        "and tell those that are not alive: gone (404, 410), unreachable, refused (a browser may fare "
        "better) or failed (later they may do). A host is asked for the head of a page, and for the page "
        "itself where it does not answer that; what came of it is kept, and told in the story, too. The exit "
        "status is 1 where an address is dead, that is gone or unreachable.",
        (
            ("links is:starred", "what is starred"),
            ("links --all --original --format tsv | cut -f 1,2,7", "the original pages of the whole corpus"),
            ("links newer:30d --related --again", "what records list as related, too, checked anew"),
        ),
    )
    add_query(command)
    add_corpus(command)
    group = command.add_argument_group("addresses")
    group.add_argument("--original", action="store_true", help="the original and the web page")
    group.add_argument("--amp", action="store_true", help="AMP pages at their publishers")
    group.add_argument("--cached", action="store_true", help="AMP pages in the AMP cache")
    group.add_argument("--related", action="store_true", help="the same of what the records list as related")
    checking = command.add_argument_group("checking")
    which = checking.add_mutually_exclusive_group()
    which.add_argument(
        "--max-age",
        type=seconds,
        default=_DEFAULT_AGE,
        metavar="AGE",
        help=f"ask again only after so long, such as 12h or 30d; {_DEFAULT_AGE} unless given",
    )
    which.add_argument("--again", action="store_true", help="check all, whenever that was done last")
    checking.add_argument("--alive", action="store_true", help="tell of those that are alive, too")
    formats.add_format(command, _COLUMNS)
    return command


def run(arguments: Sequence[str]) -> int:
    """Check; return 1 if a link is dead, or there was none to check."""
    options = parse_arguments(parser(), arguments)
    tally = _Tally()
    end_with_terminal()
    with select(options) as selection:
        requested = list(addresses(selection, _kinds(options), related=options.related))
        try:
            _check(selection, requested, options, tally)
        except KeyboardInterrupt:
            stored = tally.outcomes.total() - tally.offline
            print(f"newsreader: interrupted; {stored:,} verdicts are kept.", file=sys.stderr)
            raise
        sys.stdout.flush()
        print(tally.summary() if requested else "Nothing was found to check.", file=sys.stderr)
        if selection.has_more:
            print("There are more records; --limit 0 checks all.", file=sys.stderr)
    return 1 if not requested or any(outcome.is_dead for outcome in tally.outcomes) else 0


class _Tally:
    def __init__(self) -> None:
        self.outcomes = Counter[LinkOutcome]()
        self.known = self.offline = 0

    def count(self, one: Checked) -> None:
        """Count a checked link."""
        self.outcomes[one.verdict.outcome] += 1
        self.known += one.was_known
        self.offline += one.is_offline

    def summary(self) -> str:
        """Format the counts."""
        total = self.outcomes.total()
        noun = "address" if total == 1 else "addresses"
        parts = ", ".join(
            f"{self.outcomes[outcome]:,} {outcome}" for outcome in LinkOutcome if self.outcomes[outcome]
        )
        before = f"; {self.known:,} of them known from before" if self.known else ""
        summary = f"{total:,} {noun}: {parts}{before}."
        if not self.offline:
            return summary
        return (
            f"{summary} For {self.offline:,} there was no network, "
            "which says nothing of them and is not kept."
        )


def _check(selection: Selection, requested: Sequence[Address], options: Namespace, tally: _Tally) -> None:
    """Check the links, and write the rows."""
    from newsreader.commands.pages import open_pages

    settings = selection.corpus.settings
    with (
        closing(open_pages(settings)) as pages,
        progress_line("checking", len(requested), settings.glyphs) as line,
    ):

        def note(one: Checked) -> None:
            tally.count(one)
            line.count(failed=one.verdict.outcome is not LinkOutcome.ALIVE)

        checked = check_addresses(
            requested,
            pages,
            max_age=-1 if options.again else options.max_age,
            private_addresses=settings.private_addresses,
            on_begin=line.show,
            on_done=note,
        )
        rows = (one for one in checked if options.alive or one.verdict.outcome is not LinkOutcome.ALIVE)
        formats.write(options, line.cleared_for(rows), SHEET)


def _kinds(options: Namespace) -> frozenset[LinkKind]:
    """Return the requested kinds of links, or all of them."""
    by_option = (
        (options.original, (LinkKind.ORIGINAL, LinkKind.WEB)),
        (options.amp, (LinkKind.AMP,)),
        (options.cached, (LinkKind.CACHED_AMP,)),
    )
    chosen = frozenset(kind for is_chosen, kinds in by_option if is_chosen for kind in kinds)
    return chosen or frozenset(kind for _, kinds in by_option for kind in kinds)


_COLUMNS: tuple[OutputColumn[Checked], ...] = (
    OutputColumn("outcome", lambda one: one.verdict.outcome, weight=9),
    OutputColumn("status", lambda one: f"{one.verdict.status or ''}", numeric=True, weight=6),
    OutputColumn("host", lambda one: one.address.host, widest=30, weight=5),
    OutputColumn("short", lambda one: one.address.short, "ID", in_files=False, weight=4),
    OutputColumn("id", lambda one: one.address.name, in_table=False),
    OutputColumn("kind", lambda one: one.address.kind, "PAGE", weight=2),
    OutputColumn("title", lambda one: one.address.title, widest=50, weight=3),
    OutputColumn("moved", lambda one: one.verdict.moved_to, "MOVED TO", widest=60, in_files=False, weight=1),
    OutputColumn("url", lambda one: one.address.url, "ADDRESS", widest=100),
    OutputColumn("reason", lambda one: one.verdict.words, widest=60, in_table=False),
    OutputColumn("checkedAt", lambda one: one.checked_at, in_table=False),
    OutputColumn("movedTo", lambda one: one.verdict.moved_to, in_table=False),
)


def _as_json(one: Checked) -> object:
    return {
        "id": one.address.name,
        "title": one.address.title,
        "kind": str(one.address.kind),
        "related": one.address.is_related,
        "url": one.address.url,
        "outcome": str(one.verdict.outcome),
        "status": one.verdict.status or None,
        "reason": one.verdict.words or None,
        "checkedAt": one.checked_at,
        "movedTo": one.verdict.moved_to or None,
    }


SHEET: Sheet[Checked] = Sheet(_COLUMNS, _as_json, lambda one: (one.address.url,))
