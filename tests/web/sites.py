"""Sites and feeds for tests, and a sync run of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from newsreader.corpus.file_reader import ReadFile, read_file
from newsreader.web.http.client import WebClient
from newsreader.web.sources.plan import Plan, SourceKind, SyncSource
from newsreader.web.sync.report import SyncReport
from newsreader.web.sync.run import sync
from tests.web.server import PageServer, Reply

JSON = "application/json"


def a_value(number: int, **values: Any) -> dict[str, Any]:
    """Return a record of a listing."""
    return {
        "path": f"_news/2024-04-{number:02d}-story-{number}.md",
        "title": f"Story {number}",
        "excerpt": f"What happened in story {number}.",
        "sourceUrl": None,
        "webUrl": f"https://news.example/{number}",
        "originalUrl": f"https://news.example/{number}",
        "featuredContent": None,
        "heat": 50 + number,
        "tags": None,
        "images": [{"url": f"https://news.example/{number}.jpg", "width": 1200, "title": None}],
        "content": "\r\n",
        "type": "article",
        "ampWebUrl": None,
        "publishedDateTime": f"2024-04-{number:02d}T03:22:55-07:00",
        "updatedDateTime": None,
        "provider": {"name": "News & Co", "domain": "news.example", "authors": None},
        "locale": "en-us",
        "categories": ["news"],
        "topics": ["AI"],
    } | values


def serve_listing(
    server: PageServer, pages: Sequence[Sequence[Mapping[str, Any]]], *, start: str = "/api/news/index.json"
) -> str:
    """Serve a listing as the sites do, with the number of the next page; return its URL."""
    for number, values in enumerate(pages, start=1):
        following = number + 1 if number < len(pages) else None
        text = json.dumps({"page": number, "value": values, "nextPage": following})
        place = start if number == 1 else start.replace("index", f"page/{number}/index")
        server.add(place, Reply(text, content_type=JSON, etag=f'"{hash(text)}"'))
    return server.url(start)


def a_source(address: str, kind: SourceKind = SourceKind.LISTING, **more: Any) -> SyncSource:
    """Return a source named `ai`."""
    return SyncSource(**{"name": "ai", "kind": kind, "address": address, **more})


def a_plan(folder: Path, *sources: SyncSource, **more: Any) -> Plan:
    """Create a corpus in a folder and return a plan for it."""
    root = folder / "corpus"
    root.mkdir(exist_ok=True)
    names = tuple(source.name for source in sources)
    return Plan(str(root), str(folder / "state"), sources, **{"declared": names, **more})


async def run(plan: Plan, **more: Any) -> SyncReport:
    """Run a plan."""
    async with WebClient(private_addresses=True) as client:
        return await sync(plan, client, **more)


def counts(report: SyncReport) -> dict[str, int]:
    """Return the non-zero counts of all sources by outcome."""
    found: dict[str, int] = {}
    for source in report.sources:
        for outcome, count in source.counts.items():
            found[outcome] = found.get(outcome, 0) + count
    return {outcome: count for outcome, count in found.items() if count}


def files(folder: Path) -> dict[str, bytes]:
    """Return all files of the corpus by path."""
    root = folder / "corpus"
    found = (path for path in sorted(root.rglob("*")) if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


def read(folder: Path, path: str) -> ReadFile:
    """Read a file of the corpus."""
    return read_file(folder / "corpus", path.encode())
