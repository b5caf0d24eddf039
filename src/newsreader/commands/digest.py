"""`newsreader digest`: write a newsletter of the hottest stories, by topic."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Iterator, Sequence

from newsreader.app.editions import EditionError, edition_number, read_editions
from newsreader.commands.output.formats.delimited import write_text
from newsreader.commands.output.record_columns import every_row
from newsreader.commands.publish.edition import as_newspaper, edition_newsletter
from newsreader.commands.publish.entries import FeedEntry
from newsreader.commands.publish.newsletter import Newsletter, NewsletterItem, outlets
from newsreader.commands.support.arguments import (
    CommandParser,
    add_corpus,
    add_query,
    add_sort,
    count,
    parse_arguments,
)
from newsreader.commands.support.publish_options import corpus_name, write_to
from newsreader.commands.support.selection import Selection, SelectionError, open_corpus, query_text, select
from newsreader.domain.dates import DAY, Moment, absolute
from newsreader.domain.digest import main_topic, sections
from newsreader.domain.query import parse
from newsreader.domain.query.date_terms import is_age, period
from newsreader.domain.sanitize import clean_line

FORMATS = ("markdown", "html", "text")
MAX_STORIES = 20
MAX_PER_TOPIC = 5


def parser() -> ArgumentParser:
    """Build the argument parser."""
    command = CommandParser(
        "digest",
        "Write a newsletter of the hottest stories of a day, or of whatever time: one entry a story, under "
        "the topic that tells most of it, with the other outlets that report it. Like the ages in a filter, "
        "the time is counted back from the newest record, unless the settings say from today. Where there "
        "is nothing to tell, nothing is written and the exit status is 1, so that no empty mail is sent.",
        (
            ("digest", "the last day as Markdown"),
            ("digest --since 7d --format html --output week.html", "a week, to be mailed"),
            ("digest topic:nlp --since 2021-06-01 --top 10 --format text", "one topic since a day"),
            (
                "digest --edition 2021-06-28 --format html --output page.html",
                "a newspaper page, to be printed",
            ),
        ),
    )
    group = command.add_argument_group("newsletter")
    group.add_argument(
        "--since",
        type=_moment,
        default="1d",
        metavar="AGE|DATE",
        help="an age such as 12h, 1d or 2w, or a date such as 2021-06-28 or yesterday; 1d unless given",
    )
    group.add_argument(
        "--edition",
        default=None,
        metavar="DATE",
        help="instead: the front page as it was on a date such as 2021-06-28, 2021-06 or yesterday, ranked "
        "what was known then; takes no query and none of the other options of the newsletter except --title",
    )
    group.add_argument(
        "--top",
        "--limit",
        dest="top",
        type=count,
        default=MAX_STORIES,
        metavar="N",
        help=f"most stories; 0 for no limit; {MAX_STORIES} unless given",
    )
    group.add_argument(
        "--offset", type=count, default=0, metavar="N", help="leave out the N hottest, which were told before"
    )
    group.add_argument(
        "--per-topic",
        type=count,
        default=MAX_PER_TOPIC,
        metavar="N",
        help=f"most stories under one topic; 0 for no limit; {MAX_PER_TOPIC} unless given",
    )
    group.add_argument("--title", metavar="TEXT", default="", help="of the newsletter")
    add_sort(add_query(command, ordered=False))
    add_corpus(command)
    output = command.add_argument_group("output")
    output.add_argument(
        "--format",
        choices=FORMATS,
        default=None,
        metavar="FORMAT",
        help=f"one of {', '.join(FORMATS)}; markdown unless given or inferred from the extension",
    )
    output.add_argument("--output", metavar="FILE", help="where to; else standard output")
    return command


def run(arguments: Sequence[str]) -> int:
    """Write the newsletter; return 1 if there are no stories."""
    options = parse_arguments(parser(), arguments)
    if options.edition is not None:
        return _write_edition(options)
    options.query = [_since(query_text(options), options.since)]
    options.sort, options.limit = options.sort or "hot", 0
    with select(options, fold=True) as selection:
        since = _start(selection, options)
        newsletter = _newsletter(selection, options, since)
        if not newsletter.sections:
            print(
                f"newsreader: there is nothing to tell since {since}; --since goes further back, "
                "--since 30d for example.",
                file=sys.stderr,
            )
            return 1
        pieces = _formatter(options)(newsletter)
        write_to(options.output, lambda out: write_text(pieces, out), selection.corpus.library.root)
    _report(options, sum(len(section.stories) for section in newsletter.sections))
    return 0


def _write_edition(options: Namespace) -> int:
    """Write the front page of a date."""
    _refuse_other_options(options)
    with open_corpus(options) as corpus:
        editions = read_editions(corpus.reader)
        number = edition_number(editions, options.edition, corpus.reader.reference())
        page = editions.page(corpus.reader, number)
        if page is None:
            raise EditionError("The records of this edition have just been removed; try again.")
        rows = every_row(corpus.reader, [story.record_id for story in page.stories])
        entries = {
            row.listed.record_id: FeedEntry(row.listed.name, row.listed.source, row.record) for row in rows
        }
        name = clean_line(options.title) or corpus_name(options, corpus)
        if _format(options) == "html":
            pieces = as_newspaper(page, entries, name)
        else:
            pieces = _formatter(options)(edition_newsletter(page, entries, name))
        write_to(options.output, lambda out: write_text(pieces, out), corpus.library.root)
    _report(options, len(page.stories))
    return 0


def _refuse_other_options(options: Namespace) -> None:
    """Raise SelectionError for a query or option that an edition does not have."""
    usual = parse_arguments(parser(), [])
    allowed = ("edition", "title", "corpus", "refresh", "format", "output")
    other = [
        name for name, value in vars(options).items() if name not in allowed and value != vars(usual)[name]
    ]
    if other:
        raise SelectionError(
            "--edition is the whole front page of a date: leave out the query and other options."
        )


def _report(options: Namespace, stories: int) -> None:
    if options.output and options.output != "-":
        print(f"{_counted(stories)} written to {clean_line(options.output)}.", file=sys.stderr)


def _start(selection: Selection, options: Namespace) -> str:
    """Format the start of the period."""
    since = period(options.since, selection.reader.reference())
    start = since.start if since and since.start is not None else 0
    return absolute(Moment(start, start % DAY == 0))


def _newsletter(selection: Selection, options: Namespace, since: str) -> Newsletter:
    tree = selection.reader.topics()
    by_topic = ((main_topic(item.entry.record.topics, tree), item) for item in _items(selection))
    chosen = sections(by_topic, options.top or None, options.per_topic or None)
    stories = sum(len(section.stories) for section in chosen)
    of_all = f" of {len(selection.ids):,}" if stories < len(selection.ids) else ""
    return Newsletter(
        title=clean_line(options.title) or f"News digest: {corpus_name(options, selection.corpus)}",
        intro=f"{_counted(stories, of_all)} since {since}",
        sections=chosen,
    )


def _items(selection: Selection) -> Iterator[NewsletterItem]:
    """Yield the stories, each with the other outlets that report it."""
    reader = selection.reader
    for row in every_row(reader, selection.ids):
        entry = FeedEntry(row.listed.name, row.listed.source, row.record)
        members = reader.members(row.listed.record_id)
        others = [member.provider for member in members if member.record_id != row.listed.record_id]
        named = outlets(entry, others, entry.record.coverage())
        yield NewsletterItem(entry, row.listed.coverage, named)


def _formatter(options: Namespace) -> Callable[[Newsletter], Iterator[str]]:
    from newsreader.commands.publish.newsletter_formats import as_html, as_markdown, as_text

    return {"html": as_html, "text": as_text}.get(_format(options), as_markdown)


def _format(options: Namespace) -> str:
    """Return the requested format, or that of the extension."""
    suffix = (options.output or "").lower().rpartition(".")[2]
    return str(options.format or {"html": "html", "htm": "html", "txt": "text"}.get(suffix, "markdown"))


def _since(text: str, since: str) -> str:
    """Add a period to a filter. What applies to the whole filter stays outside the parentheses."""
    query = parse(text)
    age = f"newer:{since}" if is_age(since) else f"after:{since}"
    condition = f"({query.condition})" if query.condition else ""
    return f"{age} {condition} {query._replace(condition=None)}"


def _moment(text: str) -> str:
    if period(text, 0) is None:
        raise ArgumentTypeError(
            f"an age such as 1d or a date such as 2021-06-28 is needed, not “{clean_line(text)}”"
        )
    return text


def _counted(stories: int, of_all: str = "") -> str:
    return f"{stories:,}{of_all} {'story' if stories == 1 and not of_all else 'stories'}"
