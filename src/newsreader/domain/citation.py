"""Format stories for use elsewhere: as links, Markdown, HTML and citations."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from newsreader.domain.dates import day_in_words
from newsreader.domain.record import LinkKind, Record

_MARKDOWN = re.compile(r"([\\`*_\[\]<>]|&(?=#?\w+;))")
_UNSAFE_IN_LINK = {"(": "%28", ")": "%29", "<": "%3C", ">": "%3E", " ": "%20"}


class Citation(NamedTuple):
    """A format's name and the story in it."""

    name: str
    text: str


def citations(record: Record) -> list[Citation]:
    """Format a story in every way; those with a link only if it has one that can be opened."""
    link = record.link(LinkKind.ORIGINAL)
    plain = Citation("Title", record.title)
    if link is None:
        return [plain, Citation("Citation", _citation(record, ""))]
    return [
        Citation("Link", link.url),
        plain,
        Citation("Markdown", f"[{in_markdown(record.title)}]({markdown_target(link.url)})"),
        Citation("HTML", _html(record.title, link.url)),
        Citation("Citation", _citation(record, link.url)),
    ]


def lists(records: Sequence[Record]) -> list[Citation]:
    """Format several stories in every way; those without a link as citations."""
    cited = [{form.name: form.text for form in citations(record)} for record in records]
    links = [forms["Link"] for forms in cited if "Link" in forms]
    return [
        *([Citation("Links", "\n".join(links))] if links else []),
        Citation("Titles", "\n".join(forms["Title"] for forms in cited)),
        Citation("Markdown", "\n".join(f"- {_as_markdown(forms)}" for forms in cited)),
        Citation("HTML", "<ul>\n" + "".join(f"<li>{_as_html(forms)}</li>\n" for forms in cited) + "</ul>"),
        Citation("Citations", "\n".join(forms["Citation"] for forms in cited)),
    ]


def written_out(records: Sequence[Record], suffix: str) -> str:
    """Format stories for a file: as a list in Markdown or HTML, or as citations, depending on the suffix."""
    name = {".md": "Markdown", ".markdown": "Markdown", ".html": "HTML", ".htm": "HTML"}.get(suffix.lower())
    text = next(form.text for form in lists(records) if form.name == (name or "Citations"))
    return f'<!doctype html>\n<meta charset="utf-8">\n{text}\n' if name == "HTML" else f"{text}\n"


def _as_markdown(forms: Mapping[str, str]) -> str:
    return forms.get("Markdown") or in_markdown(forms["Citation"])


def _as_html(forms: Mapping[str, str]) -> str:
    from html import escape

    return forms.get("HTML") or escape(forms["Citation"], quote=False)


def _citation(record: Record, url: str) -> str:
    """Format title, provider, date and URL; unknown parts are omitted."""
    day = day_in_words(record.moment) if record.moment else ""
    origin = ", ".join(part for part in (record.provider.name or record.provider.domain, day) if part)
    title = record.title if record.title.endswith((".", "?", "!", "…")) else f"{record.title}."
    return " ".join(part for part in (title, f"{origin}." if origin else "", url) if part)


def in_markdown(text: str) -> str:
    """Escape text for Markdown."""
    return _MARKDOWN.sub(r"\\\1", text)


def markdown_target(url: str) -> str:
    """Percent-encode the characters of a URL that would end a Markdown link."""
    return "".join(_UNSAFE_IN_LINK.get(character, character) for character in url)


def _html(title: str, url: str) -> str:
    from html import escape

    return f'<a href="{escape(url)}">{escape(title, quote=False)}</a>'
