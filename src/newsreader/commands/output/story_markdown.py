"""A story as a Markdown page."""

from __future__ import annotations

from collections.abc import Iterator

from newsreader.commands.output.record_columns import Row
from newsreader.domain.citation import in_markdown
from newsreader.domain.dates import absolute
from newsreader.domain.page_text import PageText


def story_markdown(row: Row, page: PageText | None = None) -> Iterator[str]:
    """Format title, origin, excerpt, body, the text of its page if given, and links."""
    record = row.record
    yield f"# {in_markdown(record.title)}"
    yield ""
    origin = [row.listed.source, absolute(record.moment) if record.moment else "undated", *record.topics]
    yield in_markdown(" · ".join(part for part in origin if part))
    for text in (in_markdown(record.excerpt or record.bio), record.body):
        if text:
            yield ""
            yield text
    if page is not None:
        from newsreader.render.page_markdown import text_markdown

        yield from ("", f"## {in_markdown(f'Text of the {page.version} page')}", "", f"<{page.url}>")
        yield from text_markdown(page.html)
    links = record.links()
    if links:
        yield ""
    for link in links:
        yield f"- {link.label or link.kind}: <{link.url.replace('>', '%3E')}>"
