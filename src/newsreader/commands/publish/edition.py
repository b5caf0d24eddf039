"""An edition as a newsletter, and as an HTML page that looks like a newspaper on screen and on paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from newsreader.commands.publish.entries import FeedEntry
from newsreader.commands.publish.newsletter import Newsletter, NewsletterItem
from newsreader.domain.digest import Section
from newsreader.domain.editions import EditionPage, EditionStory
from newsreader.domain.plural import counted

MORE, BOX = "More news", "Videos, courses and more"

_HEAD = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
body {{ margin: 0; background: #efece4; color: #1d1c1a; font: 16px/1.45 Georgia, "Times New Roman", serif }}
main {{ max-width: 1180px; margin: 0 auto; padding: 24px 36px 40px; background: #fffdf8 }}
header {{ text-align: center; border-bottom: 1px solid #1d1c1a }}
header h1 {{ margin: 0; padding-bottom: 6px; font-size: 52px; line-height: 1.15;
  border-bottom: 4px double #1d1c1a }}
header p {{ margin: 6px 0 }}
a {{ color: inherit; text-decoration: none }}
a:hover {{ text-decoration: underline }}
h2, h3 {{ margin: 0 0 3px; line-height: 1.2; overflow-wrap: anywhere }}
h3 {{ font-size: 19px }}
p {{ margin: 0 0 6px; overflow-wrap: anywhere }}
.facts {{ font: 13px/1.4 Helvetica, Arial, sans-serif; color: #5d5951 }}
.lead {{ max-width: 820px; margin: 22px auto; text-align: center }}
.lead h2 {{ font-size: 42px }}
.lead .excerpt {{ font-size: 19px; text-align: left }}
.beside {{ display: grid; grid-template-columns: repeat(auto-fit, minmax(220px, 1fr)); gap: 0 28px;
  padding: 16px 0; border-top: 1px solid #1d1c1a }}
.beside h3 {{ font-size: 23px }}
.columns {{ columns: 3 250px; column-gap: 32px; column-rule: 1px solid #cfc9bb;
  border-top: 1px solid #1d1c1a; padding-top: 16px }}
.columns h2 {{ font-size: 15px; text-transform: uppercase; letter-spacing: .08em;
  border-bottom: 2px solid #1d1c1a; margin-bottom: 10px; break-after: avoid }}
.columns section {{ margin-bottom: 18px }}
article {{ margin-bottom: 14px; break-inside: avoid }}
.box {{ margin-top: 18px; padding: 14px 20px 4px; border: 1px solid #1d1c1a;
  columns: 2 280px; column-gap: 32px }}
.box h2 {{ font-size: 17px; column-span: all; margin-bottom: 10px }}
@page {{ size: A4; margin: 12mm }}
@media print {{ body, main {{ background: none }} main {{ max-width: none; padding: 0 }}
  body {{ font-size: 11px }}
  .lead h2 {{ font-size: 30px }} .beside h3 {{ font-size: 16px }} h3 {{ font-size: 14px }} }}
</style>
</head>
<body>
<main>
<header>
<h1>{name}</h1>
<p>{dateline}</p>
</header>
"""
_TAIL = """\
</main>
</body>
</html>
"""


def edition_newsletter(page: EditionPage, entries: Mapping[int, FeedEntry], name: str) -> Newsletter:
    """Convert an edition to a newsletter, for Markdown and plain text; leave out stories without an entry."""
    parts = [
        Section("Front page", [page.lead, *page.secondary]),
        *page.sections,
        Section(MORE, list(page.briefs)),
        Section(BOX, list(page.boxed)),
    ]
    sections = [
        Section(
            part.topic,
            [
                NewsletterItem(entries[story.record_id], story.outlets, ())
                for story in part.stories
                if story.record_id in entries
            ],
        )
        for part in parts
    ]
    return Newsletter(name, page.dateline, [section for section in sections if section.stories])


def as_newspaper(page: EditionPage, entries: Mapping[int, FeedEntry], name: str) -> Iterator[str]:
    """Format an edition as HTML: all text escaped, http and https links only, no script, nothing remote."""
    title = f"{name}: {page.edition.title}"
    yield _HEAD.format(title=_html(title), name=_html(name), dateline=_html(page.dateline))
    yield f'<div class="lead">\n{_article(page.lead, entries, 2)}</div>\n'
    yield from _part('<div class="beside">', "", page.secondary, entries, "</div>")
    if page.sections or page.briefs:
        yield '<div class="columns">\n'
        for section in page.sections:
            yield from _part("<section>", section.topic, section.stories, entries, "</section>")
        yield from _part("<section>", MORE, page.briefs, entries, "</section>")
        yield "</div>\n"
    yield from _part('<section class="box">', BOX, page.boxed, entries, "</section>")
    yield _TAIL


def _part(
    start: str, title: str, stories: Sequence[EditionStory], entries: Mapping[int, FeedEntry], end: str
) -> Iterator[str]:
    if stories:
        yield f"{start}\n"
        if title:
            yield f"<h2>{_html(title)}</h2>\n"
        for story in stories:
            yield _article(story, entries, 3)
        yield f"{end}\n"


def _article(story: EditionStory, entries: Mapping[int, FeedEntry], level: int) -> str:
    entry = entries.get(story.record_id)
    title = _html(story.title)
    if entry is not None and entry.url:
        title = f'<a href="{escape(entry.url)}">{title}</a>'
    facts = [story.type if story.type != "article" else "", entry.publisher if entry else story.provider]
    facts.append(f"+{counted(story.outlets, 'outlet')}" if story.outlets else "")
    shown = " · ".join(_html(fact) for fact in facts if fact)
    lines = [f"<h{level}>{title}</h{level}>"]
    lines += [f'<p class="facts">{shown}</p>'] if shown else []
    lines += [f'<p class="excerpt">{_html(story.excerpt)}</p>'] if story.excerpt else []
    return "".join(f"{line}\n" for line in ("<article>", *lines, "</article>"))


def _html(text: str) -> str:
    return escape(text, quote=False)
