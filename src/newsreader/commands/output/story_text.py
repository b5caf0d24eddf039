"""A story as plain text: the lines of the story pane, with URLs in place of keys."""

from __future__ import annotations

from collections.abc import Iterator

from newsreader.domain.record import Link, LinkKind
from newsreader.domain.story_page import StoryPage
from newsreader.render.headline_row import Line
from newsreader.render.story import layout_story
from newsreader.render.story_lines import StoryLayout

_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"
_BOLD_ROLES = ("title", "heading")


def story_text(page: StoryPage, width: int, now: int, *, bold: bool) -> Iterator[str]:
    """Format a story.

    Args:
        page: The story.
        width: Maximum width of a line in cells; URLs are never cut.
        now: Unix time, for ages.
        bold: Whether title and headings are bold.

    """
    layout = layout_story(page, width, now)
    seen: set[int] = set()
    for line in layout.lines:
        target = layout.targets[line.target] if line.target >= 0 else None
        if isinstance(target, Link) and target.kind is not LinkKind.BODY:
            if line.target not in seen:
                label = f" · {target.label}" if target.label else ""
                yield f"{target.kind:<11} {target.url}{label}"
            else:  # the status of the link
                yield f"{'':<11} {_text(line.spans, bold=bold).strip()}"
            seen.add(line.target)
        else:
            yield _text(line.spans, bold=bold)
    yield from _links_in_text(layout)


def _text(spans: Line, *, bold: bool) -> str:
    is_key = bool(spans) and spans[0].role == "key" and spans[0].text.strip().isalpha()
    text = "".join(span.text for span in (spans[1:] if is_key else spans)).rstrip()
    if bold and text and spans[0].role in _BOLD_ROLES:
        return f"{_BOLD}{text}{_PLAIN}"
    return text


def _links_in_text(layout: StoryLayout) -> Iterator[str]:
    """List the URLs of links in the body."""
    urls = [
        target.url for target in layout.targets if isinstance(target, Link) and target.kind is LinkKind.BODY
    ]
    if urls:
        yield ""
        yield "Links in the text"
        yield from dict.fromkeys(urls)
