"""Invent stories: the records of a generated corpus and their text."""

from __future__ import annotations

import base64
import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

from benchmarks.invented_world import (
    COMMON_WORD,
    RARE_WORD,
    TOPICS,
    Outlet,
    Zipf,
    outlets,
    slug_of,
    vocabulary,
)

RARE_EVERY: Final = 10_000
LARGEST_STORY: Final = 30

BODIES: Final = ("none", "short", "long")
"""No text below the front matter, about 600 characters, or about 12,000."""

_FIRST_MINUTE: Final = datetime(2021, 1, 1, tzinfo=UTC)
MINUTES: Final = 3 * 365 * 24 * 60
_STORY_MINUTES: Final = 3 * 24 * 60

_RECORD: Final = """\
---
category: news
title: "{m.title}"
excerpt: "{m.excerpt}"
publishedDateTime: {m.moment}
originalUrl: "{original_url}"
webUrl: "{m.web_url}"
{amp}type: article
quality: {m.quality}
heat: {heat}
published: {published}

provider:
  name: {m.outlet.name}
  domain: {m.outlet.domain}
{logo}
topics:
{topics}
images:
  - url: "{m.image_url}"
    width: {m.image_width}
    height: {m.image_height}
    isCached: true
{related}{secured}---
{body}"""

_RELATED: Final = """\
  - title: "{m.title}"
    excerpt: "{m.excerpt}"
    publishedDateTime: {m.moment}
    webUrl: "{m.web_url}"
{amp}    type: article
    provider:
      name: {m.outlet.name}
      domain: {m.outlet.domain}
    quality: {m.quality}
    images:
      - url: "{m.image_url}"
        width: {m.image_width}
        height: {m.image_height}
        isCached: true
"""


class Member(NamedTuple):
    """What the record of one outlet, and the related lists of the others, say about a story."""

    title: str
    excerpt: str
    moment: str
    web_url: str
    amp_url: str
    """Empty where the outlet has no AMP page."""
    outlet: Outlet
    quality: int
    image_url: str
    image_width: int
    image_height: int
    file_name: str

    def amp_lines(self, indent: str) -> str:
        """Return the lines of the AMP page and of its cached form, or nothing."""
        if not self.amp_url:
            return ""
        host, _, rest = self.amp_url.removeprefix("https://").partition("/")
        # The cache doubles a hyphen before it turns the dots into hyphens.
        label = host.replace("-", "--").replace(".", "-")
        cached = f"https://{label}.cdn.ampproject.org/c/s/{host}/{rest}"
        return f'{indent}ampWebUrl: "{self.amp_url}"\n{indent}cdnAmpWebUrl: "{cached}"\n'


class Newsroom:
    """Invents stories, one after the other; holds nothing of those that it has told."""

    def __init__(self, seed: int, bodies: str = "none") -> None:
        # random() and getrandbits() are all that is asked of it: their streams are promised to stay.
        self._rng = rng = random.Random(seed)
        self._words = Zipf(rng, vocabulary(rng), shift=2.7)
        self._outlets = Zipf(rng, outlets(), shift=4)
        self._topics = Zipf(rng, [name for _, name, _, _ in TOPICS[1:]])
        self._sizes = Zipf(rng, range(1, LARGEST_STORY + 1), exponent=2.7)
        self._bodies = bodies
        self._serial = 0

    def records(self, count: int) -> Iterator[tuple[str, str]]:
        """Yield the path, from the root of the corpus, and the text of `count` records."""
        rare_left = max(1, count // RARE_EVERY)
        rare_told = 0
        while self._serial < count:
            # A story of its own, so that no related list repeats the word.
            rare = rare_told < rare_left and self._serial >= rare_told * RARE_EVERY
            rare_told += rare
            size = 1 if rare else min(self._sizes.draw(), count - self._serial)
            story = self._members(size, RARE_WORD if rare else "")
            yield from self._written(story, shown=rare or size > 1 or self._rng.random() < 0.6)

    def _members(self, size: int, word: str) -> list[Member]:
        """Return the records of one story, the lead first."""
        start = self._below(MINUTES - _STORY_MINUTES)
        members = [self._member(start + self._below(_STORY_MINUTES), word) for _ in range(size)]
        return sorted(members, key=lambda member: -member.quality)

    def _member(self, minute: int, word: str) -> Member:
        rng, serial = self._rng, self._serial
        self._serial += 1
        title = self._title(word)
        moment = (_FIRST_MINUTE + timedelta(minutes=minute)).isoformat()[:19] + "Z"
        day = moment[:10]
        # The number keeps every address and file name apart from all others.
        slug = f"{slug_of(title)}-{serial}"
        outlet = self._outlets.draw()
        path = f"/{day[:4]}/{day[5:7]}/{day[8:]}/{slug}/"
        return Member(
            title=title,
            excerpt=self._excerpt(),
            moment=moment,
            web_url=f"https://www.{outlet.domain}{path}",
            amp_url=outlet.amp_url(path) if rng.random() < 0.15 else "",
            outlet=outlet,
            quality=int(221 * rng.random() ** 2),
            image_url=f"https://images.{outlet.domain}/photos/{rng.getrandbits(96):024x}.jpg",
            image_width=1200,
            image_height=(630, 675, 800, 900)[serial % 4],
            file_name=f"_news/{day[:7]}/{day}-{slug}.md",
        )

    def _written(self, story: list[Member], *, shown: bool) -> Iterator[tuple[str, str]]:
        entries = []
        if len(story) > 1:
            entries = [related_entry(member) for member in story]
        for place, member in enumerate(story):
            others = entries[:place] + entries[place + 1 :]
            follows = place > 0
            heat = -1 if follows else member.quality + 10 * len(others)
            yield member.file_name, self._text(member, others, heat=heat, shown=shown and not follows)

    def _text(self, member: Member, related: Sequence[str], *, heat: int, shown: bool) -> str:
        """Return a file: the record of `member`, with the entries of its related list."""
        return _RECORD.format(
            m=member,
            amp=member.amp_lines(""),
            original_url=self._original_url(member),
            heat=heat,
            published="true" if shown else "false",
            logo=member.outlet.logo,
            topics=self._topic_lines(),
            related="\nrelated:\n" + "".join(related) if related else "",
            secured=self._secured(),
            body=self._body(),
        )

    def _body(self) -> str:
        """Return the text below the front matter, as Markdown."""
        if self._bodies == "none":
            return ""
        paragraphs = [self._paragraph() for _ in range(2 if self._bodies == "short" else 40)]
        for place in range(8, len(paragraphs), 8):
            paragraphs[place] = f"## {self._title('')}\n\n{paragraphs[place]}"
        return "\n" + "\n\n".join(paragraphs) + "\n"

    def _paragraph(self) -> str:
        return " ".join([self._excerpt() for _ in range(2)])

    def _title(self, word: str) -> str:
        words = [word.capitalize() for word in self._words.draws(5 + self._below(7))]
        if self._rng.random() < 0.2:
            words.insert(self._below(len(words) + 1), COMMON_WORD.capitalize())
        if word:
            words.insert(self._below(len(words) + 1), word.capitalize())
        if self._rng.random() < 0.06:
            place = self._below(len(words))
            words[place] = f"“{words[place]}”"
        return " ".join(words)

    def _excerpt(self) -> str:
        """Return one or two sentences; one in ten is cut off, often within a word."""
        sentences = []
        for _ in range(1 + self._below(2)):
            words = self._words.draws(9 + self._below(18))
            words[0] = words[0].capitalize()
            sentences.append(" ".join(words))
        text = ". ".join(sentences)
        return text[: -3 - self._below(9)] if self._rng.random() < 0.1 else f"{text}."

    def _original_url(self, member: Member) -> str:
        if self._rng.random() < 0.05:
            return f"https://links.{member.outlet.domain}/to/{member.web_url.rpartition('-')[2]}"
        return member.web_url

    def _topic_lines(self) -> str:
        names = list(dict.fromkeys(self._topics.draws(self._below(4))))
        names.insert(self._below(len(names) + 1), "AI")
        return "".join([f"  - {name}\n" for name in names])

    def _secured(self) -> str:
        """Return a sealed block for three records in five: blocks of 16 random bytes, and 16 more."""
        if self._rng.random() >= 0.6:
            return ""
        sealed, start = (
            base64.b64encode(self._rng.getrandbits(8 * size).to_bytes(size, "little")).decode()
            for size in (16 * (30 + self._below(5)), 16)
        )
        return f'\nsecured: "{sealed};{start}"\n'

    def _below(self, limit: int) -> int:
        return int(self._rng.random() * limit)


def related_entry(member: Member) -> str:
    """Return the entry for a record in the related list of another."""
    return _RELATED.format(m=member, amp=member.amp_lines("    "))
