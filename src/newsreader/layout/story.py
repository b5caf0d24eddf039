"""A story page -> the lines of the story pane. Pure: no widget, no clock, no reading.

Lines are spans with roles. What can be walked to and followed (links, related coverage, items of a
collection) is a target; the lines that show it carry its number.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from newsreader.domain import dates
from newsreader.domain.dates import DateForm
from newsreader.domain.marks import MarkSet
from newsreader.domain.record import Link, LinkKind, Record, Related
from newsreader.domain.story_page import Coverage, Item, Match, StoryPage
from newsreader.keymap.live import keymap
from newsreader.layout.cells import cell_len, fit, pad, steady, wrap
from newsreader.layout.headline_row import SIGNS, Line, Span

READABLE = 88
"""Widest text in cells; longer lines tire the eye."""


class Follow(NamedTuple):
    """A target: the story of a related entry."""

    coverage: Coverage


class Show(NamedTuple):
    """A target: another record of the corpus."""

    record_id: int


Target = Link | Follow | Show


class StoryLine(NamedTuple):
    """One line of the pane, and the number of the target it shows, -1 for none."""

    spans: Line
    target: int = -1


class StoryLayout(NamedTuple):
    """The lines of a story and what can be followed from it, in the order of the lines."""

    lines: tuple[StoryLine, ...]
    targets: tuple[Target, ...]

    def line_of(self, target: int) -> int:
        """The first line that shows a target."""
        return next((number for number, line in enumerate(self.lines) if line.target == target), 0)

    def span_of(self, target: int) -> tuple[int, int]:
        """The first line of a target and the line after its last."""
        numbers = [number for number, line in enumerate(self.lines) if line.target == target]
        return (numbers[0], numbers[-1] + 1) if numbers else (0, 0)


def layout_story(
    page: StoryPage, width: int, now: int, form: DateForm = DateForm.RELATIVE, *, widest: int = READABLE
) -> StoryLayout:
    """Lay a story out.

    Args:
        page: What to show.
        width: Of the pane, in cells.
        now: In seconds since 1970 UTC, for relative dates.
        form: How dates are told.
        widest: No line is wider, in cells, however wide the pane is.

    """
    return _Writer(min(max(10, width), widest), now, form).write(page)


def layout_hint(hint: str, width: int) -> StoryLayout:
    """Lay words out that stand in place of a story; line breaks in them are kept."""
    lines: list[StoryLine] = []
    for paragraph in hint.split("\n"):
        spans = wrap(paragraph, max(10, width)) or [(0, 0)]
        lines.extend(StoryLine((Span(paragraph[start:end], "note"),)) for start, end in spans)
    return StoryLayout(tuple(lines), ())


_MARKED = {
    MarkSet.READ: "read",
    MarkSet.STARRED: f"{SIGNS[MarkSet.STARRED]} starred",
    MarkSet.LATER: f"{SIGNS[MarkSet.LATER]} to read later",
    MarkSet.NOTE: f"{SIGNS[MarkSet.NOTE]} with a note",
}


class _Writer:
    """Collects the lines of one story, section by section."""

    def __init__(self, width: int, now: int, form: DateForm) -> None:
        self._width = width
        self._now = now
        self._form = form
        self._lines: list[StoryLine] = []
        self._targets: list[Target] = []

    def write(self, page: StoryPage) -> StoryLayout:
        record = page.record
        self._text(record.title, "title")
        self._gap()
        self._origin(record)
        self._standing(page)
        if record.excerpt or record.bio:
            self._gap()
            self._text(record.excerpt or record.bio, "excerpt")
        self._note(page.note)
        self._facts(record)
        self._body(record)
        self._links(record)
        self._collection(page.items)
        self._coverage(page.coverage)
        self._other_reports(page)
        self._remainder(record)
        for path in page.copies:
            self._text(f"also {path}", "note")
        return StoryLayout(tuple(self._lines), tuple(self._targets))

    def _origin(self, record: Record) -> None:
        provider = record.provider
        named = provider.name if provider.name != provider.domain else ""
        parts = [part for part in (named, provider.domain) if part]
        self._text(" · ".join(parts) or "unknown provider", "provider")
        if provider.authors:
            self._text("by " + ", ".join(provider.authors), "meta")
        if record.moment is None:
            self._text("undated", "meta")
        else:
            self._text(dates.in_full(record.moment, self._now, self._form), "meta")

    def _standing(self, page: StoryPage) -> None:
        record = page.record
        self._text(" · ".join([record.type, *record.topics]), "meta")
        self._text(_strength(record), "meta")
        if page.marks:
            self._text(" · ".join(words for mark, words in _MARKED.items() if mark in page.marks), "marks")
        if page.members and page.members[0].record_id != page.record_id:
            lead = page.members[0]
            title = fit(steady(lead.title), self._width - 13)
            self._target(Show(lead.record_id), [(Span("Of the story ", "meta"), Span(title, "related"))])
        if page.record_id is None:
            self._text("Not in this corpus: this is all that the related entry says.", "note")

    def _note(self, note: str) -> None:
        if note:
            self._gap()
            self._text("Note", "heading")
            for paragraph in note.split("\n"):
                self._text(paragraph, "excerpt")

    def _facts(self, record: Record) -> None:
        facts = list(_facts(record))
        if not facts:
            return
        self._gap()
        label_width = max(len(label) for label, _ in facts) + 2
        for label, value in facts:
            self._hanging(value, "meta", Span(f"{label:<{label_width}}", "label"))

    def _body(self, record: Record) -> None:
        if not record.body:
            return
        from newsreader.layout.body import body_lines  # few records have a body

        lines, links = body_lines(record.body, self._width)
        if not lines:
            return
        self._gap()
        first = len(self._targets)
        self._targets.extend(Link(LinkKind.BODY, url) for url in links)
        for line, link in lines:
            self._lines.append(StoryLine(line, -1 if link < 0 else first + link))

    def _links(self, record: Record) -> None:
        self._heading("Links")
        links = record.links()
        kinds = {link.kind for link in links}
        original = record.original_url or record.web_url
        for link in links:
            if link.kind is LinkKind.WEB and LinkKind.ORIGINAL not in kinds:
                continue
            self._link(link)
        if not links:
            self._text("none that can be opened" if original else "none", "note")
        elif not kinds & {LinkKind.AMP, LinkKind.CACHED_AMP}:
            self._lines.append(
                StoryLine((Span(_key_column(LinkKind.AMP), "key"), Span(f"{'AMP':<11} none", "note")))
            )
        if record.sealed_size:
            self._text(f"A sealed block of {record.sealed_size} bytes is kept with this record.", "note")

    def _link(self, link: Link) -> None:
        key = _key_column(link.kind)
        name = f"{link.kind:<11} "
        words = f"{link.host}" + (f" · {link.label}" if link.label else "")
        room = self._width - len(name) - cell_len(key)
        spans = (Span(key, "key"), Span(name, "label"), Span(fit(steady(words), room), "link"))
        self._target(link, [spans])

    def _collection(self, items: Sequence[Item]) -> None:
        if not items:
            return
        self._heading(f"In this collection ({len(items)})")
        for item in items:
            if item.record_id is None:
                self._hanging(f"{item.path} · not in this corpus", "note", Span("  ", "blank"))
            else:
                title = fit(steady(item.title), self._width - 2)
                self._target(Show(item.record_id), [(Span("▸ ", "key"), Span(title, "related"))])

    def _coverage(self, coverage: Sequence[Coverage]) -> None:
        if not coverage:
            return
        here = sum(entry.record_id is not None for entry in coverage)
        self._heading(f"Related coverage ({len(coverage)}, {here or 'none'} in this corpus)")
        for entry in coverage:
            self._target(Follow(entry), list(self._entry(entry)))

    def _other_reports(self, page: StoryPage) -> None:
        """What belongs to the story and stands neither in the list above nor at the top."""
        listed = {entry.record_id for entry in page.coverage} | {page.record_id}
        listed |= {member.record_id for member in page.members[:1]}
        others = [member for member in page.members if member.record_id not in listed]
        if not others:
            return
        self._heading(f"Other reports of the story ({len(others)})")
        for member in others:
            title = fit(steady(member.title), self._width - 2)
            words = fit(
                steady(f"{member.provider or 'unknown provider'} · {member.reason.words}"), self._width - 2
            )
            first = (Span("▸ ", "key"), Span(title, "related"))
            self._target(Show(member.record_id), [first, (Span("  ", "blank"), Span(words, "meta"))])

    def _entry(self, coverage: Coverage) -> Iterable[Line]:
        entry, room = coverage.entry, self._width - 2
        yield Span(_MARKERS[coverage.match], "key"), Span(fit(steady(entry.title), room), "related")
        yield (
            Span("  ", "blank"),
            Span(fit(steady(_entry_details(entry, coverage.match, self._now, self._form)), room), "meta"),
        )

    def _remainder(self, record: Record) -> None:
        if record.extra:
            self._heading("Other keys")
            for key, value in record.extra.items():
                shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
                self._hanging(shown[:400], "meta", Span(f"{fit(steady(key), 20)}  ", "label"))
        if record.path:
            self._gap()
            self._text(record.path, "note")

    def _heading(self, text: str) -> None:
        self._gap()
        self._text(text, "heading")

    def _gap(self) -> None:
        if self._lines and self._lines[-1].spans:
            self._lines.append(StoryLine(()))

    def _text(self, text: str, role: str) -> None:
        shown = steady(text)
        for start, end in wrap(shown, self._width):
            self._lines.append(StoryLine((Span(shown[start:end], role),)))

    def _hanging(self, text: str, role: str, label: Span) -> None:
        """Text beside a label, its further lines below its first."""
        shown = steady(text)
        before = label
        indent = cell_len(label.text)
        for start, end in wrap(shown, self._width - indent):
            self._lines.append(StoryLine((before, Span(shown[start:end], role))))
            before = Span(" " * indent, "blank")

    def _target(self, target: Target, lines: Iterable[Line]) -> None:
        number = len(self._targets)
        self._targets.append(target)
        self._lines.extend(StoryLine(line, number) for line in lines)


_MARKERS = {Match.ADDRESS: "▸ ", Match.TITLE: "≈ ", Match.NONE: "▹ "}
_OPENED_BY = {
    LinkKind.ORIGINAL: "open_original",
    LinkKind.AMP: "open_amp",
    LinkKind.CACHED_AMP: "open_cached_amp",
}
"""By kind of link the action that opens it."""


def _key_column(kind: LinkKind) -> str:
    """The key that opens a link of this kind, as wide as the widest of them."""
    width = max(1, *(cell_len(keymap().shown_key(action_id)) for action_id in _OPENED_BY.values()))
    return pad(keymap().shown_key(_OPENED_BY[kind]) if kind in _OPENED_BY else "", width) + " "


def _strength(record: Record) -> str:
    """Heat and quality in words; where heat is the sum that the format describes, as that sum."""
    heat, quality, listed = record.heat, record.quality, len(record.related)
    place = "on the front page" if record.on_front_page else "not on the front page"
    if heat is None and quality is None:
        return f"heat and quality unknown · {place}"
    if heat == -1:
        return f"quality {_or_unknown(quality)} · part of a larger story · {place}"
    if heat is None:
        return f"quality {quality} · heat unknown · {place}"
    if quality is not None and listed and heat == quality + 10 * listed:
        return f"heat {heat} = quality {quality} + 10 × {listed} related · {place}"
    return f"heat {heat} · quality {_or_unknown(quality)} · {place}"


def _or_unknown(number: int | None) -> str:
    return "unknown" if number is None else str(number)


def _facts(record: Record) -> Iterable[tuple[str, str]]:
    """What other kinds of records carry, as labels and values."""
    if record.length:
        from newsreader.domain.date_forms import parse_duration  # a start need not wait for it

        seconds = parse_duration(record.length)
        yield "Length", record.length if seconds is None else dates.duration_words(seconds)
    if record.levels:
        yield "Level", ", ".join(record.levels)
    if record.price:
        yield "Price", record.price
    if record.rating:
        yield "Rating", f"{record.rating.average:.1f} of 5 ({record.rating.votes:,} ratings)"
    if record.location:
        yield "Location", record.location
    if record.members is not None:
        yield "Members", f"{record.members:,}"
    if record.bio and record.excerpt:
        yield "About", record.bio
    for image in record.images[:1]:
        if image.title:
            yield "Picture", image.title


def _entry_details(entry: Related, match: Match, now: int, form: DateForm) -> str:
    parts = [entry.provider.label or "unknown provider"]
    parts.append(dates.day_or_age(entry.moment, now, form) if entry.moment else "undated")
    if entry.quality is not None:
        parts.append(f"▲{entry.quality}")
    if entry.amp_url or entry.cached_amp_url:
        parts.append("AMP")
    if match is Match.TITLE:
        parts.append("found by title and day")
    return " · ".join(parts)
