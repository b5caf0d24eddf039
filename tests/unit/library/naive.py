"""What a filter finds, told by looking at every record: slow, plain, and without SQL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from newsreader.domain.body_facts import body_text
from newsreader.domain.query import parse
from newsreader.domain.query.ast import (
    AllOf,
    AnyOf,
    Dated,
    FromProvider,
    Has,
    InPath,
    InTopic,
    InUrl,
    Label,
    Labelled,
    Node,
    Not,
    Number,
    OfType,
    SearchColumn,
    Tagged,
    Term,
    Within,
)
from newsreader.domain.query.date_terms import span
from newsreader.domain.query.fields import State
from newsreader.domain.record import Record
from newsreader.domain.tokenizer import words
from newsreader.domain.topics import TopicTree
from newsreader.library.index.record_rows import source_of


def _has_label(record: Record, label: Label, text: str) -> bool:
    wanted = _plain(text)
    if label is Label.AUTHOR:
        return any(wanted in _plain(name) for name in record.provider.authors)
    if label is Label.CATEGORY:
        return _plain(record.category) == wanted
    return _plain(record.language).startswith(wanted)


class Judge(NamedTuple):
    """All that is known of a corpus: its records by path, and those of them with a problem."""

    records: Mapping[str, Record]
    tree: TopicTree
    reference: int
    troubled: frozenset[str] = frozenset()
    led: Mapping[str, str] = {}
    """By the path of a record in a story the path of its lead."""
    texts: Mapping[str, str] = {}
    """By the path of a record what was read of its page."""
    gone: frozenset[str] = frozenset()
    """Records of which a link is dead."""

    def paths(self, text: str) -> set[str]:
        """The paths of the records that a filter finds."""
        condition = parse(text).condition
        return {
            path for path, record in self.records.items() if condition is None or self._is(condition, record)
        }

    def _is(self, node: Node, record: Record) -> bool:  # noqa: C901, PLR0911, PLR0912 - one return for each kind of node
        match node:
            case AllOf(parts):
                return all(self._is(part, record) for part in parts)
            case AnyOf(parts):
                return any(self._is(part, record) for part in parts)
            case Not(part):
                return not self._is(part, record)
            case Term():
                return any(_holds(node, text) for text in self._looked_through(node, record))
            case InTopic(name, exact):
                meant = {topic.name.casefold() for topic in self.tree.find(name)}
                own = list(record.topics) if exact else self._with_those_above(record.topics)
                return any(topic.casefold() in meant for topic in own)
            case FromProvider(name):
                return _plain(source_of(record)) == _plain(name)
            case OfType(name, prefix):
                held, wanted = _plain(record.type), _plain(name)
                return held.startswith(wanted) if prefix else held == wanted
            case Tagged():
                return False
            case InUrl(text):
                return any(_plain(text) in _plain(url) for url in record.urls())
            case Labelled(label, text):
                return _has_label(record, label, text)
            case InPath(text):
                return _plain(text) in _plain(record.path)
            case Within(number, low, high):
                value = _number(number, record)
                return value is not None and (low is None or value >= low) and (high is None or value <= high)
            case Dated():
                start, end = span(node, self.reference)
                when = record.moment and record.moment.seconds
                return when is not None and (start is None or when >= start) and (end is None or when < end)
            case Has(state):
                return self._has(state, record)

    def _looked_through(self, term: Term, record: Record) -> list[str]:
        page = (
            [self.texts.get(record.path, "")] if term.words and term.column is SearchColumn.ANYWHERE else []
        )
        body = [body_text(record.body)] if term.words and term.column is SearchColumn.ANYWHERE else []
        return _columns(term.column, record) + body + page

    def _with_those_above(self, topics: Iterable[str]) -> list[str]:
        return [above for topic in topics for above in (topic, *self.tree.lineage(topic))]

    def _has(self, state: State, record: Record) -> bool:
        return {
            State.FRONT: record.on_front_page,
            State.LEAD: self.led.get(record.path) == record.path,
            State.FOLLOWER: self.led.get(record.path, record.path) != record.path,
            State.PROBLEM: record.path in self.troubled,
            State.AMP: bool(record.amp_url or record.cached_amp_url),
            State.IMAGE: bool(record.images),
            State.VIDEO: record.type == "video" or bool(record.embed_urls),
            State.BODY: bool(record.body),
            State.RELATED: bool(record.coverage()),
            State.NEW: True,  # there was no visit before
            State.UNREAD: True,
            State.READ: False,
            State.STARRED: False,
            State.LATER: False,
            State.TAGGED: False,
            State.HIDDEN: False,
            State.NOTE: False,
            State.TEXT: record.path in self.texts,
            State.GONE: record.path in self.gone,
        }[state]


def _number(number: Number, record: Record) -> int | None:
    return {
        Number.QUALITY: record.quality,
        Number.HEAT: record.heat,
        Number.RELATED: len(record.coverage()),
    }[number]


def _columns(column: SearchColumn, record: Record) -> list[str]:
    texts = {
        SearchColumn.TITLE: record.title,
        SearchColumn.EXCERPT: record.excerpt,
        SearchColumn.PROVIDER: f"{record.provider.name}\n{record.provider.domain}",
    }
    return [*texts.values(), "\n".join(record.topics)] if column is SearchColumn.ANYWHERE else [texts[column]]


def _holds(term: Term, text: str) -> bool:
    if term.is_literal and _plain(term.text) not in _plain(text):
        return False
    present = [word.folded for word in words(text)]
    length = len(term.words)
    for start in range(len(present) - length + 1):
        *whole, last = [*present[start : start + length], ""][:length] or [""]
        if tuple(whole) == term.words[:-1] and (
            not length or last == term.words[-1] or (term.prefix and last.startswith(term.words[-1]))
        ):
            return True
    return not length


def _plain(text: str) -> bytes:
    """The text with its ASCII letters in lower case, which is all that SQL's LIKE knows of case."""
    return text.encode("utf-8", "surrogateescape").lower()
