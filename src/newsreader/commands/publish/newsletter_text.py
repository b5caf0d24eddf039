"""A newsletter as plain text of 72 columns, for mails without any markup."""

from __future__ import annotations

from collections.abc import Iterator

from newsreader.commands.publish.newsletter import Newsletter, NewsletterItem
from newsreader.render.cells import cell_len, wrap

WIDTH = 72
_NO_TOPIC = "Other stories"


def as_text(newsletter: Newsletter) -> Iterator[str]:
    """The newsletter line by line. Addresses stand alone on their lines and are never broken."""
    for line in _lines(newsletter):
        yield f"{line}\n"


def _lines(newsletter: Newsletter) -> Iterator[str]:
    yield from _heading(newsletter.title, "=")
    yield from _wrapped(newsletter.intro, "")
    for section in newsletter.sections:
        yield ""
        yield ""
        yield from _heading(section.topic or _NO_TOPIC, "-")
        for item in section.stories:
            yield ""
            yield from _item(item)


def _item(item: NewsletterItem) -> Iterator[str]:
    yield from _wrapped(item.title, "* ")
    yield from _wrapped(" · ".join(item.facts))
    yield from _wrapped(item.excerpt)
    if item.url:
        yield f"  {item.url}"
    if item.amp:
        yield f"  AMP {item.amp}"
    yield from _wrapped(item.coverage)


def _heading(text: str, line: str) -> Iterator[str]:
    lines = [text[start:end] for start, end in wrap(text, WIDTH)]
    yield from lines
    yield line * max(map(cell_len, lines), default=1)


def _wrapped(text: str, mark: str = "  ") -> Iterator[str]:
    for start, end in wrap(text, WIDTH - len(mark)):
        yield f"{mark}{text[start:end]}"
        mark = " " * len(mark)
