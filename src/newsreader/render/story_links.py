"""Lay out the links and the related coverage of a story."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from newsreader.domain import dates
from newsreader.domain.dates import DateForm, Moment
from newsreader.domain.link_status import LinkOutcome, LinkStatus
from newsreader.domain.record import Link, LinkKind, Related
from newsreader.domain.story_page import Match, StoryPage
from newsreader.domain.urls import page_of
from newsreader.keymap.active import keymap
from newsreader.render.cells import cell_len, fit, fit_end, pad, steady, wrap
from newsreader.render.headline_row import Line, Span
from newsreader.render.story_lines import Follow, StoryLines

_MARKERS = {Match.ADDRESS: "▸ ", Match.TITLE: "≈ ", Match.NONE: "▹ "}
_OPENED_BY = {
    LinkKind.ORIGINAL: "open_original",
    LinkKind.AMP: "open_amp",
    LinkKind.CACHED_AMP: "open_cached_amp",
}
"""The actions that open links, by kind."""


def add_links(lines: StoryLines, page: StoryPage) -> None:
    """Add the links of the record, with the results of checking them."""
    record = page.record
    verdicts = _by_url(page)
    lines.heading("Links")
    links = record.links()
    kinds = {link.kind for link in links}
    hosts = Counter(link.host for link in links)
    for link in links:
        if link.kind is LinkKind.WEB and LinkKind.ORIGINAL not in kinds:
            continue
        lines.target(link, _link(link, verdicts.get(link.url), lines.width, names_page=hosts[link.host] > 1))
    if not links:
        given = record.original_url or record.web_url
        lines.text("none that can be opened" if given else "none", "note")
    elif not kinds & {LinkKind.AMP, LinkKind.CACHED_AMP}:
        lines.line(Span(_key_column(LinkKind.AMP), "key"), Span(f"{'AMP':<11} none", "note"))
    if record.sealed_size:
        lines.text(f"A sealed block of {record.sealed_size} bytes is kept with this record.", "note")


def add_coverage(lines: StoryLines, page: StoryPage) -> None:
    """Add the related coverage of the record."""
    if not page.coverage:
        return
    verdicts = _by_url(page)
    here = sum(entry.record_id is not None for entry in page.coverage)
    lines.heading(f"Related coverage ({len(page.coverage)}, {here or 'none'} in this corpus)")
    room = lines.width - 2
    for coverage in page.coverage:
        entry = coverage.entry
        title = Span(_MARKERS[coverage.match], "key"), Span(fit(steady(entry.title), room), "related")
        details = _details(entry, coverage.match, lines.now, lines.form)
        shown: list[Line] = [title, (Span("  ", "blank"), Span(fit(steady(details), room), "meta"))]
        fared = _fared(entry, verdicts)
        if fared:
            shown.append((Span("  ", "blank"), Span(fit(fared, room), "note")))
        lines.target(Follow(coverage), shown)


def fared_in_words(verdict: LinkStatus | None) -> str:
    """Describe a failed check of a link; empty for a working or unchecked one."""
    if verdict is None or verdict.outcome is LinkOutcome.ALIVE:
        return ""
    day = dates.day_in_words(Moment(verdict.checked_at, day_only=True))
    return " · ".join(
        filter(None, (verdict.outcome, str(verdict.status) if verdict.status else "", f"checked {day}"))
    )


def _by_url(page: StoryPage) -> Mapping[str, LinkStatus]:
    return {verdict.url: verdict for verdict in page.verdicts}


def _fared(entry: Related, verdicts: Mapping[str, LinkStatus]) -> str:
    """Describe a failed check of a related entry's page."""
    return fared_in_words(verdicts.get(entry.web_url)) if verdicts else ""


def _link(link: Link, verdict: LinkStatus | None, width: int, *, names_page: bool) -> Iterable[Line]:
    """Lay out a link; `names_page` adds the page to the host, which others share."""
    key = _key_column(link.kind)
    name = f"{link.kind:<11} "
    room = width - len(name) - cell_len(key)
    page = page_of(link.url) if names_page and not link.label else ""
    words = link.host + (f" · {link.label}" if link.label else fit_end(page, room - cell_len(link.host)))
    yield Span(key, "key"), Span(name, "label"), Span(fit(steady(words), room), "link")
    if fared := fared_in_words(verdict):
        # Below the host if there is room, or else below the name of the link.
        indent = " " * (cell_len(key) + (len(name) if cell_len(fared) <= room else 0))
        for start, end in wrap(fared, width - len(indent)):
            yield Span(indent, "blank"), Span(fared[start:end], "note")


def _key_column(kind: LinkKind) -> str:
    """Return the key that opens a link, padded to the widest key."""
    width = max(1, *(cell_len(keymap().shown_key(action_id)) for action_id in _OPENED_BY.values()))
    return pad(keymap().shown_key(_OPENED_BY[kind]) if kind in _OPENED_BY else "", width) + " "


def _details(entry: Related, match: Match, now: int, form: DateForm) -> str:
    parts = [entry.provider.label or "unknown provider"]
    parts.append(dates.day_or_age(entry.moment, now, form) if entry.moment else "undated")
    if entry.quality is not None:
        parts.append(f"quality {entry.quality}")
    if entry.amp_url or entry.cached_amp_url:
        parts.append("AMP")
    if match is Match.TITLE:
        parts.append("found by title and day")
    return " · ".join(parts)
