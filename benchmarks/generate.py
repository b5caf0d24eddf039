"""Write a corpus of invented news records, of any size, in the shape of a real one.

The same seed and size give the same files, byte for byte, so that measurements on different days are about
the same corpus.
"""

from __future__ import annotations

import argparse
import base64
import random
import sys
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, NamedTuple

from benchmarks.invented_world import (
    COMMON_WORD,
    RARE_WORD,
    TOPICS,
    Outlet,
    Zipf,
    outlets,
    slug_of,
    topic_files,
    vocabulary,
)

RARE_EVERY: Final = 10_000
LARGEST_STORY: Final = 30

_FIRST_MINUTE: Final = datetime(2021, 1, 1, tzinfo=UTC)
_MINUTES: Final = 3 * 365 * 24 * 60
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
"""

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

    def __init__(self, seed: int) -> None:
        # random() and getrandbits() are all that is asked of it: their streams are promised to stay.
        self._rng = rng = random.Random(seed)
        self._words = Zipf(rng, vocabulary(rng), shift=2.7)
        self._outlets = Zipf(rng, outlets(), shift=4)
        self._topics = Zipf(rng, [name for _, name, _, _ in TOPICS[1:]])
        self._sizes = Zipf(rng, range(1, LARGEST_STORY + 1), exponent=2.7)
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
        start = self._below(_MINUTES - _STORY_MINUTES)
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
            entries = [_RELATED.format(m=member, amp=member.amp_lines("    ")) for member in story]
        for place, member in enumerate(story):
            others = entries[:place] + entries[place + 1 :]
            follows = place > 0
            text = _RECORD.format(
                m=member,
                amp=member.amp_lines(""),
                original_url=self._original_url(member),
                heat=-1 if follows else member.quality + 10 * len(others),
                published="true" if shown and not follows else "false",
                logo=member.outlet.logo,
                topics=self._topic_lines(),
                related="\nrelated:\n" + "".join(others) if others else "",
                secured=self._secured(),
            )
            yield member.file_name, text

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


def generate(root: Path, records: int, seed: int = 7) -> None:
    """Write a corpus of `records` news records, with its topic files, into the folder `root`.

    The memory used does not depend on the number of records.

    Args:
        root: Made if it is not there.
        records: How many; up to a million were tried.
        seed: Decides everything in the files.

    Raises:
        ValueError: `records` is less than one.
        FileExistsError: `root` has something in it, which would mix with the corpus.
        OSError: a file could not be written.

    """
    if records < 1:
        raise ValueError("A corpus has at least one record.")
    root.mkdir(parents=True, exist_ok=True)
    if any(root.iterdir()):
        raise FileExistsError(f"{root} is not empty")
    write(root, topic_files())
    write(root, Newsroom(seed).records(records))


def write(root: Path, files: Iterable[tuple[str, str]]) -> None:
    """Write each text to its path below `root`, as UTF-8 with line feeds on every platform."""
    folders: set[str] = set()
    for path, text in files:
        folder = path.rpartition("/")[0]
        if folder not in folders:
            (root / folder).mkdir(parents=True, exist_ok=True)
            folders.add(folder)
        (root / path).write_bytes(text.encode())


def main(arguments: list[str]) -> int:
    """Generate a corpus as asked for on the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.generate", description=__doc__)
    parser.add_argument("root", metavar="DIR", type=Path, help="an empty folder, or one to be made")
    parser.add_argument("--records", type=int, default=10_000, help="how many records (10000)")
    parser.add_argument("--seed", type=int, default=7, help="another seed gives other records (7)")
    options = parser.parse_args(arguments)
    started = time.monotonic()
    try:
        generate(options.root, options.records, options.seed)
    except (OSError, ValueError) as error:
        parser.exit(1, f"{parser.prog}: {error}\n")
    print(f"{options.records:,} records in {time.monotonic() - started:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
