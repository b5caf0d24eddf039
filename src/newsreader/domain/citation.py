"""A story in words that can be put elsewhere: into a note, a page, a mail."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from newsreader.domain.dates import day_in_words
from newsreader.domain.record import LinkKind, Record

_MARKDOWN = re.compile(r"([\\`*_\[\]<>]|&(?=#?\w+;))")
_UNSAFE_IN_LINK = {"(": "%28", ")": "%29", "<": "%3C", ">": "%3E", " ": "%20"}


class Citation(NamedTuple):
    """One way to cite a story: its name, and the text."""

    name: str
    text: str


def citations(record: Record) -> list[Citation]:
    """All ways to cite a story: those with a link only where it has one that can be opened."""
    link = record.link(LinkKind.ORIGINAL)
    plain = Citation("Title", record.title)
    if link is None:
        return [plain, Citation("Citation", _in_words(record, ""))]
    return [
        Citation("Link", link.url),
        plain,
        Citation("Markdown", f"[{in_markdown(record.title)}]({markdown_target(link.url)})"),
        Citation("HTML", _html(record.title, link.url)),
        Citation("Citation", _in_words(record, link.url)),
    ]


def lists(records: Sequence[Record]) -> list[Citation]:
    """All ways to cite several stories together; those without a link are told by their words."""
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
    """Several stories as a file holds them: a list in Markdown or HTML, or citations, as its name ends."""
    name = {".md": "Markdown", ".markdown": "Markdown", ".html": "HTML", ".htm": "HTML"}.get(suffix.lower())
    text = next(form.text for form in lists(records) if form.name == (name or "Citations"))
    return f'<!doctype html>\n<meta charset="utf-8">\n{text}\n' if name == "HTML" else f"{text}\n"


def _as_markdown(forms: Mapping[str, str]) -> str:
    return forms.get("Markdown") or in_markdown(forms["Citation"])


def _as_html(forms: Mapping[str, str]) -> str:
    from html import escape

    return forms.get("HTML") or escape(forms["Citation"], quote=False)


def _in_words(record: Record, url: str) -> str:
    """Title, provider, day and address as a sentence each; what is unknown is left out."""
    day = day_in_words(record.moment) if record.moment else ""
    origin = ", ".join(part for part in (record.provider.name or record.provider.domain, day) if part)
    ended = record.title if record.title.endswith((".", "?", "!", "…")) else f"{record.title}."
    return " ".join(part for part in (ended, f"{origin}." if origin else "", url) if part)


def in_markdown(text: str) -> str:
    """The text with everything escaped that Markdown would read as a sign."""
    return _MARKDOWN.sub(r"\\\1", text)


def markdown_target(url: str) -> str:
    """An address with what would end a link of Markdown written as percent signs."""
    return "".join(_UNSAFE_IN_LINK.get(character, character) for character in url)


def _html(title: str, url: str) -> str:
    from html import escape

    return f'<a href="{escape(url)}">{escape(title, quote=False)}</a>'
