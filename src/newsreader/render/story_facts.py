"""What a record says of itself in numbers and labels: its strength, and what other kinds of records carry."""

from __future__ import annotations

from collections.abc import Iterable

from newsreader.domain import dates
from newsreader.domain.record import Record
from newsreader.render.headline_row import Span
from newsreader.render.story_lines import StoryLines


def add_facts(lines: StoryLines, record: Record) -> None:
    """Add what other kinds of records carry, if there is anything."""
    facts = list(_facts(record))
    if not facts:
        return
    lines.gap()
    label_width = max(len(label) for label, _ in facts) + 2
    for label, value in facts:
        lines.hanging(value, "meta", Span(f"{label:<{label_width}}", "label"))


def strength(record: Record) -> str:
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
    if _is_telling(record):
        yield "Category", record.category
    if record.length:
        from newsreader.domain.date_parsing import parse_duration  # a start need not wait for it

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


def _is_telling(record: Record) -> bool:
    """Whether the category says more than the type, the topics and the path, which are shown, too."""
    folders = (folder.strip("_") for folder in record.path.casefold().split("/"))
    shown = {"news", record.type, *map(str.casefold, record.topics), *folders}
    return bool(record.category) and record.category.casefold() not in shown
