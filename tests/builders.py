"""Values and files for tests: a builder gives something ordinary, and a test names only what it is about."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from newsreader.domain.dates import WEEK, Moment
from newsreader.domain.headline import Headline
from newsreader.domain.record import Provider, Record, Related
from newsreader.domain.trends import TO_MONDAY

A_MOMENT = Moment(1_624_864_320, day_only=False)
"""28 June 2021, 07:12 UTC."""


def a_record(**changes: Any) -> Record:
    """A news record that has a page, a provider, a date and a score."""
    ordinary: dict[str, Any] = {
        "path": "_news/2021-06-28-first-report.md",
        "title": "WHO issues first global report",
        "category": "news",
        "excerpt": "Six guiding principles.",
        "moment": A_MOMENT,
        "original_url": "https://who.int/news/first-report",
        "web_url": "https://who.int/news/first-report",
        "quality": 104,
        "heat": 104,
        "provider": Provider("World Health Organization", "who.int"),
        "topics": ("AI",),
    }
    return Record(**(ordinary | changes))


def a_related(**changes: Any) -> Related:
    """One entry of related coverage, at another provider than `a_record`."""
    ordinary: dict[str, Any] = {
        "title": "Guidance on AI to improve health",
        "moment": A_MOMENT,
        "web_url": "https://news.example/guidance",
        "provider": Provider("News", "news.example"),
        "quality": 48,
    }
    return Related(**(ordinary | changes))


def a_headline(**changes: Any) -> Headline:
    """A row of the list."""
    ordinary: dict[str, Any] = {
        "record_id": 1,
        "title": "WHO issues first global report",
        "provider": "who.int",
        "moment": A_MOMENT,
        "signal": 104,
        "coverage": 0,
        "has_amp": False,
        "type": "article",
    }
    return Headline(**(ordinary | changes))


def a_front_matter(body: str = "", /, **changes: object) -> str:
    """The text of a file: the front matter of `a_record`, and a body below it.

    Every keyword argument is a key as files have it (`webUrl=…`); None leaves a key out.
    """
    ordinary: dict[str, object] = {
        "category": "news",
        "title": "WHO issues first global report",
        "excerpt": "Six guiding principles.",
        "publishedDateTime": "2021-06-28T07:12:00Z",
        "originalUrl": "https://who.int/news/first-report",
        "webUrl": "https://who.int/news/first-report",
        "type": "article",
        "quality": 104,
        "heat": 104,
        "published": True,
        "provider": {"name": "World Health Organization", "domain": "who.int"},
        "topics": ["AI"],
    }
    values = {key: value for key, value in (ordinary | changes).items() if value is not None}
    return f"---\n{yaml.safe_dump(values, sort_keys=False, allow_unicode=True)}---\n{body}"


def a_corpus(tmp_path: Path, files: Mapping[str, str | bytes]) -> Path:
    """A corpus with these files, by their paths from its root; it stands in a folder of its own."""
    root = tmp_path / "corpus"
    root.mkdir(parents=True, exist_ok=True)
    for path, content in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def week_of(seconds: int) -> int:
    """Return the number of the week of a time in seconds since 1970 UTC, which began in week 0."""
    return (seconds + TO_MONDAY) // WEEK
