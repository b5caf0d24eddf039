"""A newsletter as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsreader.commands.publish.newsletter import Newsletter, NewsletterItem
from newsreader.domain.citation import in_markdown, markdown_target

_NO_TOPIC = "Other stories"

_BLOCK = re.compile(r"^(#{1,6}(?= |$)|[-+](?= |$)|[-=~]{3,})|^([0-9]{1,9})([.)])(?= |$)")
"""What would make a heading, a list or a rule of a paragraph that begins with it."""


def as_markdown(newsletter: Newsletter) -> Iterator[str]:
    """The newsletter paragraph by paragraph."""
    yield f"# {in_markdown(newsletter.title)}\n\n{in_markdown(newsletter.intro)}\n"
    for section in newsletter.sections:
        yield f"\n## {in_markdown(section.topic or _NO_TOPIC)}\n"
        for item in section.stories:
            yield "".join(f"\n{paragraph}\n" for paragraph in _item(item))


def _item(item: NewsletterItem) -> Iterator[str]:
    title = in_markdown(item.title)
    yield f"### {_link(title, item.url)}" if item.url else f"### {title}"
    facts = [in_markdown(fact) for fact in item.facts]
    facts += [_link("AMP", item.amp)] if item.amp else []
    if facts:
        yield _BLOCK.sub(_as_text, " · ".join(facts))
    if item.excerpt:
        yield f"> {_paragraph(item.excerpt)}"
    if item.coverage:
        yield _paragraph(item.coverage)


def _paragraph(text: str) -> str:
    return _BLOCK.sub(_as_text, in_markdown(text))


def _as_text(found: re.Match[str]) -> str:
    number, sign = (found[2], found[3]) if found[2] else ("", found[1])
    return f"{number}\\{sign}"


def _link(text: str, url: str) -> str:
    return f"[{text}]({markdown_target(url)})"
