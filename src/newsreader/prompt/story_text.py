"""A story as paragraphs: the content of the story pane, with signs in words and targets by number.

What can be followed has in front of it what is to be typed: `u 2` opens a link, `r 5` follows a report.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType
from typing import NamedTuple

from newsreader.app.snippets import snippet_of
from newsreader.domain.dates import DateForm
from newsreader.domain.record import Link, LinkKind
from newsreader.domain.story_page import StoryPage
from newsreader.domain.urls import page_of
from newsreader.prompt.headline_text import sentence
from newsreader.prompt.parser import letter_of
from newsreader.render.headline_row import Line
from newsreader.render.story import layout_story
from newsreader.render.story_lines import Follow, StoryLine, Target

_UNBOUNDED = 1_000_000
"""Cells of a line before it is wrapped: nothing is cut."""

_SPOKEN = (
    (" · ", ", "),
    ("★ ", ""),
    ("◔ ", ""),
    ("✎ ", ""),
    (" × ", " times "),
)
"""The program's signs, and their words."""

_OFFER = f"{letter_of('readable_text')} reads the text of the page."
"""What is said where the text of a page could be fetched."""

_OWN = ("meta", "provider", "marks", "note")
"""Roles of text in which such signs are the program's."""

_NO_HOSTS: Mapping[str, int] = MappingProxyType({})

_KEYS = {LinkKind.ORIGINAL: "o", LinkKind.AMP: "a", LinkKind.CACHED_AMP: "A"}


class StoryText(NamedTuple):
    """The paragraphs of a story, what its numbers stand for, from 1 on, and the text of its page alone."""

    paragraphs: Sequence[str]
    targets: Sequence[Target]
    text: Sequence[str] = ()

    def target(self, number: int) -> Target | None:
        """What a number stands for."""
        return self.targets[number - 1] if 1 <= number <= len(self.targets) else None


def story_text(page: StoryPage, now: int, dates: DateForm, filter_text: str = "") -> StoryText:
    """Return the text of a story.

    `now` is in seconds since 1970 UTC. `filter_text` is the filter that found the story: what only its body
    has of it is quoted.
    """
    snippet = snippet_of(page, filter_text)
    layout = layout_story(page, _UNBOUNDED, now, dates, widest=_UNBOUNDED, offer=_OFFER, snippet=snippet)
    ends = _ends_of_blocks(layout.lines, layout.targets)
    paragraphs = tuple(_paragraphs(layout.lines, layout.targets, ends))
    text = tuple(_paragraphs(layout.lines[slice(*layout.text)], layout.targets, ends))
    return StoryText(paragraphs, layout.targets, text)


def link_words(number: int, link: Link, hosts: Mapping[str, int] = _NO_HOSTS) -> str:
    """Describe a link: what to type, what it is, and the host that would be visited.

    `hosts` counts the links by host: where others share it, the page is named, too.
    """
    key = _KEYS.get(link.kind)
    label = f", {link.label}" if link.label else ""
    page = page_of(link.url) if hosts.get(link.host, 0) > 1 and not link.label else ""
    return f"u {number}. {link.kind}{label}: {link.host}{page}" + (f" (or {key})" if key else "")


def _paragraphs(
    lines: Sequence[StoryLine], targets: Sequence[Target], ends: Mapping[int, int]
) -> Iterator[str]:
    hosts = Counter(target.host for target in targets if isinstance(target, Link))
    for number, group in groupby(lines, key=lambda line: line.target):
        target = targets[number] if number >= 0 else None
        if number in ends:
            yield from (_with_links(line, range(number + 1, ends[number] + 1)) for line in group)
        elif isinstance(target, Link):
            fared = [
                f"; {_words(span.text, span.role)}" for line in list(group)[1:] for span in line.spans[1:]
            ]
            yield "".join([link_words(number + 1, target, hosts), *fared])
        elif target is not None:
            yield _related(number + 1, target, list(group))
        else:
            yield from (text for line in group if (text := _text(line.spans)) is not None)


def _ends_of_blocks(lines: Iterable[StoryLine], targets: Sequence[Target]) -> dict[int, int]:
    """For the first link of each block of the body that has any, the number behind its last."""
    in_body = [
        number
        for number, target in enumerate(targets)
        if isinstance(target, Link) and target.kind is LinkKind.BODY
    ]
    firsts = sorted({line.target for line in lines} & set(in_body))
    return dict(zip(firsts, [*firsts[1:], in_body[-1] + 1 if in_body else 0], strict=False))


def _text(spans: Line) -> str | None:
    """A line in words; None for one that is nothing but a rule."""
    if spans and all(set(span.text) <= {"─", "┼"} for span in spans):
        return None
    if [span.role for span in spans] == ["key", "note"]:
        return "No AMP page."  # the one line of the links that is no link
    return "".join(_words(span.text, span.role) for span in spans).rstrip()


def _words(text: str, role: str) -> str:
    if role == "label":
        return f"{text.strip()}: "
    if role == "marker":
        return text.replace("│", ">").replace("•", "-")
    if role in _OWN:
        for sign, words in _SPOKEN:
            text = text.replace(sign, words)
    return text


def _related(number: int, target: Target, lines: Sequence[StoryLine]) -> str:
    """Another story as one paragraph: what to type, title and details."""
    spans = [[span for span in line.spans if span.role not in ("key", "blank")] for line in lines]
    title, *details = ("".join(_words(span.text, span.role) for span in line) for line in spans)
    absent = isinstance(target, Follow) and target.coverage.record_id is None
    words = ", ".join([*details, *(["not in this corpus"] if absent else [])])
    return f"r {number}. {sentence(title)}" + (f" {sentence(words)}" if words else "")


def _with_links(line: StoryLine, numbers: Sequence[int]) -> str:
    """A block of the body with the number of each link behind it; behind the block where links adjoin."""
    runs = [
        (is_link, "".join(_words(span.text, span.role) for span in spans))
        for is_link, spans in groupby(line.spans, key=lambda span: span.role == "link")
    ]
    marks = [f" [u {number}]" for number in numbers]
    if sum(is_link for is_link, _ in runs) != len(marks):
        return "".join([*(text for _, text in runs), *marks])
    left = iter(marks)
    return "".join(text + next(left) if is_link else text for is_link, text in runs)
