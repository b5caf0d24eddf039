"""Lay out a story page as lines of spans.

Links, related coverage and collection items are targets; their lines carry the number of the target.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from newsreader.domain import dates
from newsreader.domain.body_facts import first_paragraph
from newsreader.domain.dates import DateForm
from newsreader.domain.marks import MarkSet
from newsreader.domain.record import Link, LinkKind, Record
from newsreader.domain.story_page import StoryItem, StoryPage
from newsreader.render.cells import fit, steady
from newsreader.render.headline_row import SIGNS, Span
from newsreader.render.page_text import add_page_text
from newsreader.render.story_lines import READABLE, Show, StoryLayout, StoryLines, text_width
from newsreader.render.story_links import add_coverage, add_links

_MARKED = {
    MarkSet.READ: "read",
    MarkSet.STARRED: f"{SIGNS[MarkSet.STARRED]} starred",
    MarkSet.LATER: f"{SIGNS[MarkSet.LATER]} to read later",
    MarkSet.NOTE: f"{SIGNS[MarkSet.NOTE]} with a note",
    MarkSet.HIDDEN: "hidden",
}


def layout_story(
    page: StoryPage,
    width: int,
    now: int,
    form: DateForm = DateForm.RELATIVE,
    *,
    widest: int = READABLE,
    offer: str = "",
    snippet: str = "",
) -> StoryLayout:
    """Lay out a story.

    Args:
        page: What to show.
        width: Of the pane, in cells.
        now: In seconds since the Unix epoch.
        form: The date format.
        widest: Maximum line width in cells.
        offer: Shown in place of a page text that could be fetched.
        snippet: The place of the body that the filter matches.

    """
    lines = StoryLines(text_width(width, widest), now, form)
    record = page.record
    lines.text(record.title, "title")
    lines.gap()
    _origin(lines, record)
    _type_and_marks(lines, page)
    excerpt = record.excerpt or record.bio
    if excerpt and not (record.body and first_paragraph(record.body) == excerpt):
        lines.gap()
        lines.text(excerpt, "excerpt")
    if snippet:
        lines.gap()
        lines.hanging(snippet, "excerpt", Span("Match  ", "label"))
    _note(lines, page.note)
    _facts_section(lines, record)
    add_page_text(lines, page, offer)
    _body(lines, record)
    add_links(lines, page)
    _references(lines, page.references)
    _collection(lines, page.items)
    add_coverage(lines, page)
    _other_reports(lines, page)
    _other_keys(lines, record)
    for path in page.copies:
        lines.text(f"also {path}", "note")
    return lines.layout()


def _origin(lines: StoryLines, record: Record) -> None:
    provider = record.provider
    named = provider.name if provider.name != provider.domain else ""
    parts = [part for part in (named, provider.domain) if part]
    lines.items(parts or ["unknown provider"], "provider")
    if provider.authors:
        lines.text("by " + ", ".join(provider.authors), "meta")
    if record.moment is None:
        lines.text("undated", "meta")
    else:
        lines.items(dates.in_full(record.moment, lines.now, lines.form).split(" · "), "meta")


def _type_and_marks(lines: StoryLines, page: StoryPage) -> None:
    record = page.record
    lines.items([record.type, *record.topics], "meta")
    lines.items(_strength(record), "meta")
    if page.marks:
        words = [words for mark, words in _MARKED.items() if mark in page.marks]
        lines.items([*words, *(f"#{tag}" for tag in page.tags)], "marks")
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


def _facts_section(lines: StoryLines, record: Record) -> None:
    facts = list(_facts(record))
    if not facts:
        return
    lines.gap()
    label_width = max(len(label) for label, _ in facts) + 2
    for label, value in facts:
        lines.hanging(value, "meta", Span(f"{label:<{label_width}}", "label"))


def _strength(record: Record) -> list[str]:
    """List heat, quality and place; show heat as a sum if it is one."""
    heat, quality, listed = record.heat, record.quality, len(record.related)
    place = "on the front page" if record.on_front_page else "not on the front page"
    if heat is None and quality is None:
        return ["heat and quality unknown", place]
    if heat == -1:
        return [f"quality {_or_unknown(quality)}", "part of a larger story", place]
    if heat is None:
        return [f"quality {quality}", "heat unknown", place]
    if quality is not None and listed and heat == quality + 10 * listed:
        return [f"heat {heat} = quality {quality} + 10 × {listed} related", place]
    return [f"heat {heat}", f"quality {_or_unknown(quality)}", place]


def _or_unknown(number: int | None) -> str:
    return "unknown" if number is None else str(number)


def _facts(record: Record) -> Iterable[tuple[str, str]]:
    """Yield the labels and values of other kinds of records."""
    if _has_telling_category(record):
        yield "Category", record.category
    if record.length:
        from newsreader.domain.date_parsing import parse_duration  # keeps start-up fast

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


def _has_telling_category(record: Record) -> bool:
    """Whether the category says more than the type, topics and path, which are shown as well."""
    folders = (folder.strip("_") for folder in record.path.casefold().split("/"))
    shown = {"news", record.type, *map(str.casefold, record.topics), *folders}
    return bool(record.category) and record.category.casefold() not in shown


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
    """List the reports of the story that are not shown above."""
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


def _other_keys(lines: StoryLines, record: Record) -> None:
    if record.extra:
        lines.heading("Other keys")
        for key, value in record.extra.items():
            shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            lines.hanging(shown[:400], "meta", Span(f"{fit(steady(key), 20)}  ", "label"))
    if record.path:
        lines.gap()
        lines.text(record.path, "note")
