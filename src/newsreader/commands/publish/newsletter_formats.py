"""A newsletter as Markdown, HTML for mail, and plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from newsreader.commands.publish.newsletter import Newsletter, NewsletterItem
from newsreader.domain.citation import in_markdown, markdown_target
from newsreader.render.cells import cell_len, wrap

_NO_TOPIC = "Other stories"
TEXT_WIDTH = 72
"""Width of plain text, in cells."""

_BLOCK = re.compile(r"^(#{1,6}(?= |$)|[-+](?= |$)|[-=~]{3,})|^([0-9]{1,9})([.)])(?= |$)")
"""The start of a paragraph that Markdown would read as a heading, list or rule."""

_FONT = "font-family:Georgia,'Times New Roman',serif"
_SMALL = "font-family:Helvetica,Arial,sans-serif;font-size:13px;line-height:1.5;color:#5b6470"
_HEAD = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
</head>
<body style="margin:0;padding:0;background:#f4f2ee">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:#f4f2ee">
<tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" \
style="max-width:640px;background:#ffffff;border:1px solid #e2ded6">
<tr><td style="padding:28px 32px 32px 32px;text-align:left;{font};color:#20242a">
<h1 style="margin:0 0 4px 0;font-size:28px;line-height:1.2">{title}</h1>
<p style="margin:0;{small}">{intro}</p>
"""
_TAIL = """\
</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
"""


def as_markdown(newsletter: Newsletter) -> Iterator[str]:
    """Format a newsletter as Markdown."""
    yield f"# {in_markdown(newsletter.title)}\n\n{in_markdown(newsletter.intro)}\n"
    for section in newsletter.sections:
        yield f"\n## {in_markdown(section.topic or _NO_TOPIC)}\n"
        for item in section.stories:
            yield "".join(f"\n{paragraph}\n" for paragraph in _markdown_item(item))


def _markdown_item(item: NewsletterItem) -> Iterator[str]:
    title = in_markdown(item.title)
    yield f"### {_markdown_link(title, item.url)}" if item.url else f"### {title}"
    facts = [in_markdown(fact) for fact in item.facts]
    facts += [_markdown_link("AMP", item.amp)] if item.amp else []
    if facts:
        yield _BLOCK.sub(_escaped, " · ".join(facts))
    if item.excerpt:
        yield f"> {_paragraph(item.excerpt)}"
    if item.coverage:
        yield _paragraph(item.coverage)


def _paragraph(text: str) -> str:
    return _BLOCK.sub(_escaped, in_markdown(text))


def _escaped(found: re.Match[str]) -> str:
    number, sign = (found[2], found[3]) if found[2] else ("", found[1])
    return f"{number}\\{sign}"


def _markdown_link(text: str, url: str) -> str:
    return f"[{text}]({markdown_target(url)})"


def as_html(newsletter: Newsletter) -> Iterator[str]:
    """Format a newsletter as HTML for mail: inline styles, all text escaped, http and https links only."""
    title, intro = _html(newsletter.title), _html(newsletter.intro)
    yield _HEAD.format(title=title, intro=intro, font=_FONT, small=_SMALL)
    for section in newsletter.sections:
        yield (
            '<h2 style="margin:32px 0 0 0;padding:0 0 6px 0;border-bottom:2px solid #20242a;'
            f'font-size:20px;line-height:1.3">{_html(section.topic or _NO_TOPIC)}</h2>\n'
        )
        for item in section.stories:
            yield from _html_item(item)
    yield _TAIL


def _html_item(item: NewsletterItem) -> Iterator[str]:
    title = _html(item.title)
    shown = _html_link(title, item.url, "color:#20242a;text-decoration:none") if item.url else title
    yield f'<h3 style="margin:20px 0 2px 0;font-size:18px;line-height:1.35">{shown}</h3>\n'
    facts = [_html(fact) for fact in item.facts]
    facts += [_html_link("AMP", item.amp, "color:#2a5d9f")] if item.amp else []
    if facts:
        yield f'<p style="margin:0;{_SMALL}">{" &middot; ".join(facts)}</p>\n'
    if item.excerpt:
        yield f'<p style="margin:6px 0 0 0;font-size:16px;line-height:1.5">{_html(item.excerpt)}</p>\n'
    if item.coverage:
        yield f'<p style="margin:4px 0 0 0;{_SMALL}">{_html(item.coverage)}</p>\n'


def _html_link(html: str, url: str, style: str) -> str:
    return f'<a href="{escape(url)}" style="{style}">{html}</a>'


def _html(text: str) -> str:
    return escape(text, quote=False)


def as_text(newsletter: Newsletter) -> Iterator[str]:
    """Format a newsletter as plain text. URLs have lines of their own and are never broken."""
    for line in _text_lines(newsletter):
        yield f"{line}\n"


def _text_lines(newsletter: Newsletter) -> Iterator[str]:
    yield from _heading(newsletter.title, "=")
    yield from _wrapped(newsletter.intro, "")
    for section in newsletter.sections:
        yield ""
        yield ""
        yield from _heading(section.topic or _NO_TOPIC, "-")
        for item in section.stories:
            yield ""
            yield from _text_item(item)


def _text_item(item: NewsletterItem) -> Iterator[str]:
    yield from _wrapped(item.title, "* ")
    yield from _wrapped(" · ".join(item.facts))
    yield from _wrapped(item.excerpt)
    if item.url:
        yield f"  {item.url}"
    if item.amp:
        yield f"  AMP {item.amp}"
    yield from _wrapped(item.coverage)


def _heading(text: str, line: str) -> Iterator[str]:
    lines = [text[start:end] for start, end in wrap(text, TEXT_WIDTH)]
    yield from lines
    yield line * max(map(cell_len, lines), default=1)


def _wrapped(text: str, mark: str = "  ") -> Iterator[str]:
    for start, end in wrap(text, TEXT_WIDTH - len(mark)):
        yield f"{mark}{text[start:end]}"
        mark = " " * len(mark)
