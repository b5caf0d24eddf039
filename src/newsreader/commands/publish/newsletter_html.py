"""A newsletter as HTML for mails: one column, styles where they are used, nothing to load, nothing to run."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from newsreader.commands.publish.newsletter import Newsletter, NewsletterItem

_NO_TOPIC = "Other stories"

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


def as_html(newsletter: Newsletter) -> Iterator[str]:
    """The newsletter story by story. All text is escaped; links lead to http and https alone."""
    title, intro = _shown(newsletter.title), _shown(newsletter.intro)
    yield _HEAD.format(title=title, intro=intro, font=_FONT, small=_SMALL)
    for section in newsletter.sections:
        yield (
            '<h2 style="margin:32px 0 0 0;padding:0 0 6px 0;border-bottom:2px solid #20242a;'
            f'font-size:20px;line-height:1.3">{_shown(section.topic or _NO_TOPIC)}</h2>\n'
        )
        for item in section.stories:
            yield from _item(item)
    yield _TAIL


def _item(item: NewsletterItem) -> Iterator[str]:
    title = _shown(item.title)
    shown = _link(title, item.url, "color:#20242a;text-decoration:none") if item.url else title
    yield f'<h3 style="margin:20px 0 2px 0;font-size:18px;line-height:1.35">{shown}</h3>\n'
    facts = [_shown(fact) for fact in item.facts]
    facts += [_link("AMP", item.amp, "color:#2a5d9f")] if item.amp else []
    if facts:
        yield f'<p style="margin:0;{_SMALL}">{" &middot; ".join(facts)}</p>\n'
    if item.excerpt:
        yield f'<p style="margin:6px 0 0 0;font-size:16px;line-height:1.5">{_shown(item.excerpt)}</p>\n'
    if item.coverage:
        yield f'<p style="margin:4px 0 0 0;{_SMALL}">{_shown(item.coverage)}</p>\n'


def _link(html: str, url: str, style: str) -> str:
    return f'<a href="{escape(url)}" style="{style}">{html}</a>'


def _shown(text: str) -> str:
    return escape(text, quote=False)
