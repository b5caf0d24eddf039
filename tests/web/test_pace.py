"""How often feeds change, and when they are left alone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsreader.domain.dates import DAY, HOUR, MINUTE
from newsreader.web.sources.plan import Plan, SourceKind
from newsreader.web.sync import source_run
from newsreader.web.sync.pace import FeedPace, pace_of_list
from newsreader.web.sync.state import SourceHealth, SyncState
from tests.web.server import PageServer, Reply
from tests.web.sites import a_plan, a_source, a_value, counts, run, serve_listing

BUSY = Reply("", 503, headers={"Retry-After": str(2 * DAY)})


def feed(*days: int, ttl: int = 0) -> str:
    """A feed with one item on each of these days of April 2024."""
    items = "".join(
        f"<item><title>{day}</title><guid>{day}</guid><dc:created>2024-04-{day:02}T12:00:00Z</dc:created></item>"
        for day in days
    )
    dublin = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    return f'<rss version="2.0" {dublin}><channel><title>B</title><ttl>{ttl}</ttl>{items}</channel></rss>'


def iso(seconds: int) -> str:
    """Return a time as it is remembered."""
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%SZ}"


def health(folder: Path) -> SourceHealth:
    """Return what is remembered of the source."""
    return SyncState(folder / "state", folder / "corpus").health["ai"]


def listed(folder: Path, server: PageServer, places: Sequence[str]) -> Plan:
    """Return a plan for a list of feeds."""
    outlines = "".join(f'<outline text="{place}" xmlUrl="{server.url(place)}"/>' for place in places)
    (folder / "feeds.opml").write_text(f'<opml version="2.0"><body>{outlines}</body></opml>')
    return a_plan(folder, a_source(str(folder / "feeds.opml"), SourceKind.OPML))


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch) -> int:
    """Stop the clock of syncs."""
    seconds = 1_800_000_000
    monkeypatch.setattr(source_run, "time", lambda: seconds + 0.5)
    return seconds


async def test_a_feed_is_left_alone_as_long_as_it_says_but_at_most_a_day(tmp_path: Path, now: int) -> None:
    with PageServer() as server:
        plan = a_plan(tmp_path, a_source(server.url("/feed"), SourceKind.FEED))
        for ttl, until in ((90, iso(now + 90 * MINUTE)), (100_000, iso(now + DAY)), (0, "")):
            server.add("/feed", Reply(feed(1, ttl=ttl)))
            await run(plan)
            assert health(tmp_path).not_before == until


async def test_an_unchanged_feed_keeps_its_pace(
    tmp_path: Path, now: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with PageServer() as server:
        plan = a_plan(tmp_path, a_source(server.url("/feed"), SourceKind.FEED))
        server.add("/feed", Reply(feed(1, 2, 5, ttl=60), etag='"1"'))
        await run(plan)
        monkeypatch.setattr(source_run, "time", lambda: now + DAY)
        assert (await run(plan)).sources[0].unchanged == 1
        assert health(tmp_path).average == 2 * DAY
        assert health(tmp_path).not_before == iso(now + DAY + HOUR)


async def test_the_wait_that_a_server_asks_for_ends_with_its_next_answer(tmp_path: Path, now: int) -> None:
    with PageServer() as server:
        plan = a_plan(tmp_path, a_source(server.url("/feed"), SourceKind.FEED))
        server.add("/feed", Reply(feed(1, 3)))
        await run(plan)
        server.add("/feed", BUSY)
        await run(plan)
        assert health(tmp_path).average == 2 * DAY
        assert health(tmp_path).not_before == iso(now + 2 * DAY)
        server.add("/feed", Reply(feed(1, 3)))
        await run(plan)
        assert health(tmp_path).not_before == ""


async def test_the_first_page_of_a_listing_tells_its_average_interval(tmp_path: Path) -> None:
    with PageServer() as server:
        address = serve_listing(server, [[a_value(9), a_value(8), a_value(7)], [a_value(1)]])
        plan = a_plan(tmp_path, a_source(address))
        await run(plan)
        assert health(tmp_path).average == DAY
        assert (await run(plan)).sources[0].unchanged == 1
        assert health(tmp_path).average == DAY


async def test_a_list_leaves_out_feeds_that_are_not_due_unless_the_reader_asks(
    tmp_path: Path, now: int
) -> None:
    with PageServer() as server:
        server.add("/slow", Reply(feed(1, 5, ttl=120)))
        server.add("/busy", BUSY)
        server.add("/fast", Reply(feed(10, 11)))
        plan = listed(tmp_path, server, ["/slow", "/busy", "/fast"])
        assert counts(await run(plan)) == {"new": 4}
        assert health(tmp_path).not_before == ""  # one of them may be asked at any time
        assert health(tmp_path).average == DAY * 4 // 5  # 1/4 and 1 record a day
        del server.requests[:]
        assert not (await run(plan._replace(by_itself=True))).failed
        assert [request.path for request in server.requests] == ["/fast"]
        del server.requests[:]
        await run(plan)
        assert {request.path for request in server.requests} == {"/slow", "/busy", "/fast"}


async def test_a_list_is_due_with_the_first_of_its_feeds(tmp_path: Path, now: int) -> None:
    with PageServer() as server:
        server.add("/slow", Reply(feed(1, ttl=120)))
        server.add("/slower", Reply(feed(2, ttl=240)))
        plan = listed(tmp_path, server, ["/slow", "/slower"])
        await run(plan)
        assert health(tmp_path).not_before == iso(now + 2 * HOUR)
        assert health(tmp_path).average == 0


async def test_a_list_whose_server_is_busy_waits_as_a_whole(tmp_path: Path, now: int) -> None:
    with PageServer() as server:
        server.add("/list", BUSY)
        plan = a_plan(tmp_path, a_source(server.url("/list"), SourceKind.OPML))
        await run(plan)
        assert health(tmp_path).not_before == iso(now + 2 * DAY)
        server.add("/feed", Reply(feed(1)))
        outline = f'<outline text="A" xmlUrl="{server.url("/feed")}"/>'
        server.add("/list", Reply(f'<opml version="2.0"><body>{outline}</body></opml>'))
        await run(plan)
        assert health(tmp_path).not_before == ""


def test_a_list_without_feeds_has_no_pace() -> None:
    assert pace_of_list([]) == FeedPace()


async def test_a_pace_that_makes_no_sense_is_forgotten(tmp_path: Path) -> None:
    with PageServer() as server:
        server.add("/feed", Reply(feed(1, 2, ttl=60), etag='"1"'))
        plan = a_plan(tmp_path, a_source(server.url("/feed"), SourceKind.FEED))
        await run(plan)
        (file,) = (tmp_path / "state").glob("*.json")
        for broken in ([60, 60], [60, 60, 10**30], [60, 60, -1], ["a", 60, 60], "a", None):
            values = json.loads(file.read_text())
            for source in values["sources"].values():
                source["paces"] = {server.url("/feed"): broken}
            file.write_text(json.dumps(values))
            assert (await run(plan)).sources[0].unchanged == 1
            assert health(tmp_path).not_before == ""
