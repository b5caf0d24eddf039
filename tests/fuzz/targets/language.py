"""What people type: filters, judged by a look at every record, and the lines of line mode."""

from __future__ import annotations

import atexit
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

from newsreader.domain.query import QueryError, parse
from newsreader.domain.query.completion import Vocabulary, complete
from newsreader.domain.query.fields import FIELDS
from newsreader.domain.query.hints import hint
from newsreader.domain.view import View
from newsreader.library.queries.reader import Reader
from newsreader.prompt.parser import RefusedError, read_number, read_numbers, read_request
from tests.fuzz.target import Target, require, require_line
from tests.unit.library.corpora import EVERYTHING, Corpus
from tests.unit.library.naive import Judge

_FILTERS = (
    *(
        "ai chips",
        'title:"two words" -topic:ai',
        "(google | facebook) -ai",
        "quality>=5 heat:0..90",
        "date:2021-06",
    ),
    *(
        "newer:2d OR older:1d",
        "type:vid*",
        "provider:=theverge.com",
        "is:lead has:body",
        "url:a.example",
        "path:_news/",
    ),
    *("c++ 100% a_b", "before:2021-06-28T07:12", "related>0", "-(a OR b) c"),
)
_PIECES = (
    *(f"{name}:" for name in FIELDS),
    *(
        ":=",
        ">=",
        "<",
        "=",
        "..",
        "(",
        ")",
        " OR ",
        " AND ",
        " NOT ",
        "|",
        " -",
        '"',
        "*",
        " ",
        "ai",
        "chips",
        "C++",
    ),
    *(
        "2021",
        "7d",
        "today",
        "90",
        "front",
        "lead",
        "body",
        "verge",
        "vision",
        "NEAR(",
        "{",
        "^",
        "'",
        ";--",
        "%",
        "_",
    ),
)
_NAMES = Vocabulary(("AI", "Vision"), ("The Verge",), ("video",), {"vis": "Vision"}, ("later",))


class _Library(NamedTuple):
    reader: Reader
    judge: Judge
    paths: dict[int, str]


@cache
def _library() -> _Library:
    """Build an index of a few records, and a judge who knows them; once a process."""
    folder = TemporaryDirectory(prefix="newsreader-fuzz-")
    atexit.register(folder.cleanup)
    corpus = Corpus(Path(folder.name))
    corpus.put_topic("AI")
    corpus.put_topic("Vision", parent="AI", shortname="vis")
    corpus.put(
        "_news/1.md",
        title="AI chips: C++ and C",
        topics=["AI"],
        quality=90,
        heat=5,
        type="video",
        body="été 100% a_b",
    )
    corpus.put(
        "_news/2.md",
        title="Modèle (again)",
        topics=["Vision"],
        provider={"name": "The Verge", "domain": "www.theverge.com"},
    )
    corpus.put(
        "more/3.md",
        title="중 字 é",
        publishedDateTime="2021-06-27T06:09:00Z",
        webUrl="https://A.example/b_c",
        published=False,
    )
    corpus.put(
        "more/4.md",
        title="two words",
        publishedDateTime="2020-01-01",
        related=[{"title": "Other", "webUrl": "https://r.example/1"}],
    )
    corpus.refresh()
    reader = Reader(corpus.index)
    ids = reader.ids(EVERYTHING)
    found = {number: page.record for number in ids if (page := reader.page(number))}
    paths = {number: record.path for number, record in found.items()}
    troubled = frozenset(paths[listed.record_id] for listed in reader.problems() if listed.record_id)
    led = {
        paths[number]: paths[members[0].record_id] for number in ids if (members := reader.members(number))
    }
    records = {record.path: record for record in found.values()}
    return _Library(reader, Judge(records, reader.topics(), reader.reference(), troubled, led), paths)


def check_filter(text: str) -> None:
    """A filter is read or refused with a reason; its highlights, hint and completions are sound."""
    try:
        query = parse(text)
    except QueryError as error:
        require_line(str(error))
        return
    for shown in ("AI chips: C++ and é", text):
        end = 0
        for start, stop in query.highlights(shown):
            require(end <= start < stop <= len(shown), start, stop)
            end = stop
    require_line(hint(text, query, _NAMES))
    cursor = len(text) // 2
    for place in (cursor, len(text)):
        for completion in complete(text, place, _NAMES):
            require(0 <= completion.start <= place, completion)


def check_search(text: str) -> None:
    """SQL finds what a look at every record finds."""
    try:
        parse(text)
    except QueryError:
        return
    library = _library()
    found = {library.paths[number] for number in library.reader.ids(View(EVERYTHING.scope, filter=text))}
    require(found == library.judge.paths(text), found, library.judge.paths(text))


def check_prompt(line: str) -> None:
    """A line is a command or refused; numbers are bounded."""
    try:
        request = read_request(line)
        require_line(request.rest)
        require(len(read_numbers(request.rest)) <= 2_000, request.rest)
        read_number(request.rest)
    except RefusedError as error:
        require_line(str(error))


TARGETS: Final = (
    Target("filter", check_filter, _FILTERS, _PIECES, 12),
    Target("search", check_search, _FILTERS, _PIECES, 1),
    Target(
        "prompt",
        check_prompt,
        ("3", "2-5 9", "/ai", "+law", "s 3", "note 3 text", "next page"),
        ("-", ",", " ", "99", "0"),
        30,
    ),
)
