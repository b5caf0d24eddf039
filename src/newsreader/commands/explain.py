"""`newsreader explain`: show the parts of a record's score, and its rank in every order."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence

from newsreader.commands.support.arguments import (
    CommandParser,
    add_corpus,
    add_query,
    add_sort,
    parse_arguments,
)
from newsreader.commands.support.record_lookup import add_ids, find_one
from newsreader.commands.support.selection import open_corpus, query_text, view_of
from newsreader.domain.explanation import (
    Explanation,
    explain_score,
    place_in_words,
    places_in_words,
    scale_in_words,
)
from newsreader.domain.indexed_record import IndexedRecord
from newsreader.domain.sanitize import clean_line
from newsreader.domain.view import View
from newsreader.render.score_bars import score_bars


def parser() -> ArgumentParser:
    """Build the argument parser."""
    command = CommandParser(
        "explain",
        "Tell why a record ranks where it ranks: the parts of its score, and its place in each order of "
        "the list that QUERY, --topic, --all and --sort ask for.",
        (
            ("explain 15a73546860c9df9", "its places on the front page"),
            ("explain 15a73546860c9df9 --all topic:nlp", "those among all records of a topic"),
        ),
    )
    add_ids(command, several=False)
    add_sort(add_query(command, ordered=False))
    add_corpus(command)
    output = command.add_argument_group("output")
    output.add_argument("--json", action="store_true", help="as one JSON object")
    return command


def run(arguments: Sequence[str]) -> int:
    """Explain; return 1 if there is no such record."""
    options = parse_arguments(parser(), arguments)
    query = query_text(options)
    with open_corpus(options) as corpus:
        listed = find_one(corpus, options.id)
        view = view_of(options, query, corpus)
        explanation = corpus.reader.explain(view, listed.record_id) if listed else None
        if listed is None or explanation is None:
            return 1
        if options.json:
            from newsreader.commands.output.formats.json_output import write_value

            write_value(_as_json(listed, explanation), sys.stdout)
        else:
            sys.stdout.writelines(f"{line}\n" for line in _lines(listed, explanation, view))
    return 0


def _lines(listed: IndexedRecord, explanation: Explanation, view: View) -> Iterator[str]:
    yield clean_line(listed.title)
    yield f"{listed.name} · {clean_line(listed.path)}"
    yield ""
    yield place_in_words(explanation)
    yield ""
    for name, value in score_bars(explain_score(explanation)):
        yield f"{name:<7}{value}"
    yield ""
    yield scale_in_words(explanation)
    yield ""
    yield f"Places in the list: {view.describe()}"
    for order, place in places_in_words(explanation, view.shown_order):
        yield f"{order:<9}{place}"


def _as_json(listed: IndexedRecord, explanation: Explanation) -> object:
    return {
        "id": listed.name,
        "path": listed.path,
        "title": listed.title,
        "heat": explanation.heat,
        "quality": explanation.quality,
        "strength": explanation.strength,
        "strengthCredit": explanation.strength_credit,
        "ageCredit": None if explanation.seconds is None else explanation.age_credit,
        "halfLifeSeconds": explanation.half_life,
        "score": None if explanation.seconds is None else explanation.score,
        "firstScore": explanation.first_score,
        "places": [
            {"order": str(order), "place": place, "of": total} for order, place, total in explanation.places
        ],
    }
