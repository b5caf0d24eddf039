"""A whole story as a document for other programs: Markdown, HTML or JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape

from newsreader.domain.citation import in_markdown
from newsreader.domain.dates import absolute, iso
from newsreader.domain.external_command import StoryForm
from newsreader.domain.record import LinkKind
from newsreader.domain.story_page import StoryPage
from newsreader.domain.urls import is_openable


def story_document(page: StoryPage, form: StoryForm) -> str:
    """Return title, origin, excerpt, body, page text and links of a story, with a line break at the end."""
    if form is StoryForm.JSON:
        return json.dumps(_values(page), ensure_ascii=False, indent=2) + "\n"
    lines = _markdown(page) if form is StoryForm.MARKDOWN else _html(page)
    return "\n".join(lines) + "\n"


def _origin(page: StoryPage) -> list[str]:
    record = page.record
    when = absolute(record.moment) if record.moment else "undated"
    source = record.provider.name or record.provider.domain
    return [part for part in (source, when, *record.topics) if part]


def _markdown(page: StoryPage) -> Iterator[str]:
    from newsreader.render.page_markdown import text_markdown

    record = page.record
    yield f"# {in_markdown(record.title)}"
    yield ""
    yield in_markdown(" · ".join(_origin(page)))
    for text in (in_markdown(record.excerpt or record.bio), record.body):
        if text:
            yield ""
            yield text
    if page.text is not None:
        yield from (
            "",
            f"## {in_markdown(f'Text of the {page.text.version} page')}",
            "",
            f"<{page.text.url}>",
        )
        yield from text_markdown(page.text.html)
    links = record.links()
    if links:
        yield ""
    for link in links:
        yield f"- {in_markdown(link.label or link.kind)}: <{link.url.replace('>', '%3E')}>"


def _html(page: StoryPage) -> Iterator[str]:
    from newsreader.render.body_html import body_html

    record = page.record
    title = escape(record.title)
    yield f'<!DOCTYPE html>\n<html>\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n</head>\n<body>'
    yield f"<h1>{title}</h1>"
    yield f"<p>{escape(' · '.join(_origin(page)))}</p>"
    if excerpt := record.excerpt or record.bio:
        yield f"<p>{escape(excerpt)}</p>"
    if record.body:
        yield body_html(record.body)
    if page.text is not None:
        yield f"<h2>{escape(f'Text of the {page.text.version} page')}</h2>"
        yield body_html(page.text.html)
    links = [link for link in record.links() if is_openable(link.url)]
    if links:
        yield "<ul>"
        for link in links:
            yield f'<li><a href="{escape(link.url)}">{escape(link.label or link.kind)}</a></li>'
        yield "</ul>"
    yield "</body>\n</html>"


def _values(page: StoryPage) -> dict[str, object]:
    record = page.record
    original, amp = record.link(LinkKind.ORIGINAL), record.link(LinkKind.AMP)
    return {
        "title": record.title,
        "url": original.url if original else None,
        "ampUrl": amp.url if amp else None,
        "provider": record.provider.name or record.provider.domain or None,
        "publishedDateTime": iso(record.moment) if record.moment else None,
        "type": record.type,
        "topics": list(record.topics),
        "excerpt": record.excerpt or None,
        "body": record.body or None,
        "text": page.text.html if page.text else None,
        "path": record.path or None,
        "tags": list(page.tags),
        "note": page.note or None,
        "links": [{"label": link.label or link.kind, "url": link.url} for link in record.links()],
    }
