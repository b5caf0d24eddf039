"""A story page -> the lines of the story pane. Pure: no widget, no clock, no reading.

Lines are spans with roles. What can be walked to and followed (links, related coverage, items of a
collection) is a target; the lines that show it carry its number.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from newsreader.domain import dates
from newsreader.domain.body_facts import first_paragraph
from newsreader.domain.dates import DateForm
from newsreader.domain.marks import MarkSet
from newsreader.domain.record import Link, LinkKind, Record
from newsreader.domain.story_page import StoryItem, StoryPage
from newsreader.render.cells import fit, steady, wrap
from newsreader.render.headline_row import SIGNS, Span
from newsreader.render.page_text import add_page_text
from newsreader.render.story_facts import add_facts, strength
from newsreader.render.story_lines import READABLE, Show, StoryLayout, StoryLine, StoryLines, text_width
from newsreader.render.story_links import add_coverage, add_links

_MARKED = {
    MarkSet.READ: "read",
    MarkSet.STARRED: f"{SIGNS[MarkSet.STARRED]} starred",
    MarkSet.LATER: f"{SIGNS[MarkSet.LATER]} to read later",
    MarkSet.NOTE: f"{SIGNS[MarkSet.NOTE]} with a note",
}


def layout_story(
    page: StoryPage,
    width: int,
    now: int,
    form: DateForm = DateForm.RELATIVE,
    *,
    widest: int = READABLE,
    offer: str = "",
) -> StoryLayout:
    """Lay a story out.

    Args:
        page: What to show.
        width: Of the pane, in cells.
        now: In seconds since 1970 UTC, for relative dates.
        form: How dates are told.
        widest: No line is wider, in cells, however wide the pane is.
        offer: Words that stand in place of the text of the page, where that could be fetched.

    """
    lines = StoryLines(text_width(width, widest), now, form)
    record = page.record
    lines.text(record.title, "title")
    lines.gap()
    _origin(lines, record)
    _standing(lines, page)
    excerpt = record.excerpt or record.bio
    if excerpt and not (record.body and first_paragraph(record.body) == excerpt):
        lines.gap()
        lines.text(excerpt, "excerpt")
    _note(lines, page.note)
    add_facts(lines, record)
    add_page_text(lines, page, offer)
    _body(lines, record)
    add_links(lines, page)
    _references(lines, page.references)
    _collection(lines, page.items)
    add_coverage(lines, page)
    _other_reports(lines, page)
    _remainder(lines, record)
    for path in page.copies:
        lines.text(f"also {path}", "note")
    return lines.layout()


def layout_hint(hint: str, width: int) -> StoryLayout:
    """Lay words out that stand in place of a story; line breaks in them are kept."""
    lines: list[StoryLine] = []
    for paragraph in hint.split("\n"):
        spans = wrap(paragraph, max(10, width)) or [(0, 0)]
        lines.extend(StoryLine((Span(paragraph[start:end], "note"),)) for start, end in spans)
    return StoryLayout(tuple(lines), ())


def _origin(lines: StoryLines, record: Record) -> None:
    provider = record.provider
    named = provider.name if provider.name != provider.domain else ""
    parts = [part for part in (named, provider.domain) if part]
    lines.text(" · ".join(parts) or "unknown provider", "provider")
    if provider.authors:
        lines.text("by " + ", ".join(provider.authors), "meta")
    if record.moment is None:
        lines.text("undated", "meta")
    else:
        lines.text(dates.in_full(record.moment, lines.now, lines.form), "meta")


def _standing(lines: StoryLines, page: StoryPage) -> None:
    record = page.record
    lines.text(" · ".join([record.type, *record.topics]), "meta")
    lines.text(strength(record), "meta")
    if page.marks:
        lines.text(" · ".join(words for mark, words in _MARKED.items() if mark in page.marks), "marks")
    if page.members and page.members[0].record_id != page.record_id:
        lead = page.members[0]
        title = fit(steady(lead.title), lines.width - 13)
        lines.target(Show(lead.record_id), [(Span("Of the story ", "meta"), Span(title, "related"))])
    if page.record_id is None:
        lines.text("Not in this corpus: this is all that the related entry says.", "note")


def _note(lines: StoryLines, note: str) -> None:
    if note:
        lines.heading("Note")
        for paragraph in note.split("\n"):
            lines.text(paragraph, "excerpt")


def _body(lines: StoryLines, record: Record) -> None:
    if not record.body:
        return
    from newsreader.render.body import body_lines  # few records have a body

    body, links = body_lines(record.body, lines.width)
    if body:
        lines.gap()
        lines.prose(body, (Link(LinkKind.BODY, url) for url in links))


def _references(lines: StoryLines, references: Sequence[StoryItem]) -> None:
    if not references:
        return
    lines.heading(f"Linked in the text ({len(references)})")
    for item in references:
        if item.record_id is not None:
            title = fit(steady(item.title), lines.width - 2)
            lines.target(Show(item.record_id), [(Span("▸ ", "key"), Span(title, "related"))])


def _collection(lines: StoryLines, items: Sequence[StoryItem]) -> None:
    if not items:
        return
    lines.heading(f"In this collection ({len(items)})")
    for item in items:
        if item.record_id is None:
            lines.hanging(f"{item.path} · not in this corpus", "note", Span("  ", "blank"))
        else:
            title = fit(steady(item.title), lines.width - 2)
            lines.target(Show(item.record_id), [(Span("▸ ", "key"), Span(title, "related"))])


def _other_reports(lines: StoryLines, page: StoryPage) -> None:
    """What belongs to the story and stands neither in the list above nor at the top."""
    listed = {entry.record_id for entry in page.coverage} | {page.record_id}
    listed |= {member.record_id for member in page.members[:1]}
    others = [member for member in page.members if member.record_id not in listed]
    if not others:
        return
    lines.heading(f"Other reports of the story ({len(others)})")
    room = lines.width - 2
    for member in others:
        title = fit(steady(member.title), room)
        words = fit(steady(f"{member.provider or 'unknown provider'} · {member.reason.words}"), room)
        first = (Span("▸ ", "key"), Span(title, "related"))
        lines.target(Show(member.record_id), [first, (Span("  ", "blank"), Span(words, "meta"))])


def _remainder(lines: StoryLines, record: Record) -> None:
    if record.extra:
        lines.heading("Other keys")
        for key, value in record.extra.items():
            shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            lines.hanging(shown[:400], "meta", Span(f"{fit(steady(key), 20)}  ", "label"))
    if record.path:
        lines.gap()
        lines.text(record.path, "note")
