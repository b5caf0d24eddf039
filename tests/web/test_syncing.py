"""Runs against a server on loopback: pages, feeds, lists of feeds, and what goes wrong with them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from newsreader.corpus.scan import scan
from newsreader.domain.errors import NewsreaderError
from newsreader.web.sources.plan import Plan, SourceKind
from newsreader.web.sync.client import Syncer, SyncFailedError
from newsreader.web.sync.log import MAX_BYTES, append_log, log_file, read_log
from newsreader.web.sync.report import RecordOutcome, SyncProgress, in_short
from newsreader.web.sync.state import SyncBusyError, SyncState
from tests.web.server import Delivery, PageServer, Reply
from tests.web.sites import JSON, a_plan, a_source, a_value, counts, files, read, run, serve_listing

FIRST = "/api/news/index.json"


def rss(*titles: str) -> str:
    items = (f"<item><title>{title}</title><guid>{title}</guid></item>" for title in titles)
    return f'<rss version="2.0"><channel><title>B</title>{"".join(items)}</channel></rss>'


async def test_pages_are_followed_up_to_the_first_known_one(tmp_path: Path) -> None:
    old = [[a_value(number) for number in range(start, start + 3)] for start in (1, 4, 7)]
    with PageServer() as server:
        plan = a_plan(tmp_path, a_source(serve_listing(server, old)))
        await run(plan)
        serve_listing(server, [[a_value(20), a_value(21)], *old])
        del server.requests[:]
        assert counts(await run(plan)) == {"new": 2, "same": 3}
        assert [request.path for request in server.requests] == [FIRST, "/api/news/page/2/index.json"]


async def test_all_pages_are_followed_on_request(tmp_path: Path) -> None:
    with PageServer() as server:
        plan = a_plan(tmp_path, a_source(serve_listing(server, [[a_value(1)], [a_value(2)], [a_value(3)]])))
        await run(plan)
        del server.requests[:]
        await run(plan._replace(all_pages=True))
        assert len(server.requests) == 3


async def test_an_interrupted_listing_is_completed_by_the_next_run(tmp_path: Path) -> None:
    pages = [[a_value(1)], [a_value(2)], [a_value(3)]]
    with PageServer() as server:
        plan = a_plan(tmp_path, a_source(serve_listing(server, pages)))
        server.add("/api/news/page/2/index.json", Reply("", 500))
        report = await run(plan)
        assert "500" in report.sources[0].failure
        assert counts(report) == {"new": 1}
        serve_listing(server, pages)
        assert counts(await run(plan)) == {"new": 2}


@pytest.mark.parametrize("following", ["/api/news/more.json", "more.json", 2, "2"])
async def test_the_next_page_is_a_number_or_a_url(tmp_path: Path, following: object) -> None:
    with PageServer() as server:
        first = {"value": [a_value(1)], "nextPage": following}
        server.add(FIRST, Reply(json.dumps(first), content_type=JSON))
        last = Reply(json.dumps({"value": [a_value(2)]}), content_type=JSON)
        server.add("/api/news/more.json", last)
        server.add("/api/news/page/2/index.json", last)
        assert counts(await run(a_plan(tmp_path, a_source(server.url(FIRST))))) == {"new": 2}


async def test_pages_on_another_host_are_not_followed(tmp_path: Path) -> None:
    with PageServer() as server, PageServer() as other:
        first = {"value": [a_value(1)], "nextPage": other.url(FIRST)}
        server.add(FIRST, Reply(json.dumps(first), content_type=JSON))
        report = await run(a_plan(tmp_path, a_source(server.url(FIRST))))
        assert "another host" in report.sources[0].failure
        assert other.requests == []


async def test_a_loop_of_pages_is_detected(tmp_path: Path) -> None:
    with PageServer() as server:
        text = json.dumps({"value": [a_value(1)], "nextPage": server.url(FIRST)})
        server.add(FIRST, Reply(text, content_type=JSON))
        report = await run(a_plan(tmp_path, a_source(server.url(FIRST))))
        assert "circle" in report.sources[0].failure
        assert len(server.requests) == 1
    assert len(files(tmp_path)) == 1


async def test_invalid_records_are_reported_and_the_others_written(tmp_path: Path) -> None:
    values = [
        a_value(1, path="../../etc/cron.d/a.md"),
        a_value(2, path="_news/.hidden.md"),
        a_value(3, heat="hot"),
        a_value(4, title=None),
        "no record",
        a_value(6),
    ]
    with PageServer() as server:
        report = await run(a_plan(tmp_path, a_source(serve_listing(server, [values]))))  # type: ignore[list-item]
    assert counts(report) == {"refused": 5, "new": 1}
    assert [words.partition(": ")[2] for words in report.sources[0].words] == [
        "its path “../../etc/cron.d/a.md” is none of a record",
        "its path “_news/.hidden.md” is none of a record",
        "heat: a number is needed, found “hot”",
        "it has no title",
        "keys and values are needed",
    ]
    assert len(files(tmp_path)) == 1


@pytest.mark.parametrize("text", ["", "[]", "<html>", '{"value": 1}', "{" * 100_000, '{"value": [NaN]}'])
async def test_what_is_not_a_listing_has_a_message(tmp_path: Path, text: str) -> None:
    with PageServer() as server:
        server.add(FIRST, Reply(text, content_type=JSON))
        report = await run(a_plan(tmp_path, a_source(server.url(FIRST))))
    assert "not a listing" in report.sources[0].failure


async def test_topics_and_quality_of_the_source_are_added_to_a_listing(tmp_path: Path) -> None:
    with PageServer() as server:
        address = serve_listing(server, [[a_value(1)]])
        source = a_source(address, topics=("AI", "Chips"), quality=7, published=False)
        await run(a_plan(tmp_path, source))
    record = read(tmp_path, a_value(1)["path"]).record
    assert record is not None
    assert (record.topics, record.quality, record.published) == (("AI", "Chips"), 7, False)


async def test_a_source_that_fails_does_not_stop_the_others(tmp_path: Path) -> None:
    with PageServer() as server:
        server.add("/gone", Reply("", 404))
        server.add("/feed", Reply(rss("One"), content_type="application/rss+xml"))
        server.add("/cut", Reply(rss("Two" * 500), delivery=Delivery.CUT_SHORT))
        sources = [
            a_source(server.url("/gone"), SourceKind.FEED, name="gone"),
            a_source(server.url("/cut"), SourceKind.FEED, name="cut"),
            a_source(server.url("/feed"), SourceKind.FEED, name="good"),
        ]
        seen: list[SyncProgress] = []
        report = await run(a_plan(tmp_path, *sources), on_progress=seen.append)
    assert [bool(source.failure) for source in report.sources] == [True, True, False]
    assert "Look for its new address" in report.sources[0].failure
    assert counts(report) == {"new": 1}
    assert SyncProgress("good", 1, is_done=True) in seen
    assert in_short([report]).startswith("1 new record, 2 sources failed: gone: ")


async def test_unchanged_feeds_are_only_revalidated(tmp_path: Path) -> None:
    with PageServer() as server:
        server.add("/feed", Reply(rss("One"), last_modified="Mon, 28 Jun 2021 07:12:00 GMT"))
        plan = a_plan(tmp_path, a_source(server.url("/feed"), SourceKind.FEED))
        await run(plan)
        before = files(tmp_path)
        report = await run(plan)
        assert server.requests[-1].headers["if-modified-since"] == "Mon, 28 Jun 2021 07:12:00 GMT"
    assert (report.sources[0].requests, report.sources[0].unchanged) == (1, 1)
    assert files(tmp_path) == before


async def test_changed_settings_of_a_source_apply_to_its_records(tmp_path: Path) -> None:
    with PageServer() as server:
        server.add("/feed", Reply(rss("One"), etag='"1"'))
        await run(a_plan(tmp_path, a_source(server.url("/feed"), SourceKind.FEED, quality=1)))
        plan = a_plan(tmp_path, a_source(server.url("/feed"), SourceKind.FEED, quality=2))
        assert counts(await run(plan)) == {"changed": 1}
    record = read(tmp_path, "_news/one.md").record
    assert record is not None
    assert record.quality == 2


@pytest.mark.parametrize("on_the_web", [True, False])
async def test_every_feed_of_a_list_is_fetched_and_failures_are_named(
    tmp_path: Path, on_the_web: bool
) -> None:
    (tmp_path / "corpus" / "_data" / "topics").mkdir(parents=True)
    (tmp_path / "corpus" / "_data" / "topics" / "00-ai.yaml").write_text("name: Computer Vision\n")
    with PageServer() as server:
        server.add("/a", Reply(rss("One"), etag='"1"'))
        server.add("/b", Reply("", 503))
        outlines = (
            f'<outline text="computer vision"><outline text="A" xmlUrl="{server.url("/a")}"/></outline>'
        )
        outlines += f'<outline text="B" xmlUrl="{server.url("/b")}"/>'
        text = f"<opml><body>{outlines}</body></opml>"
        (tmp_path / "feeds.opml").write_text(text)
        server.add("/opml", Reply(text))
        address = server.url("/opml") if on_the_web else str(tmp_path / "feeds.opml")
        report = await run(a_plan(tmp_path, a_source(address, SourceKind.OPML)))
    assert report.sources[0].failure.startswith("1 of 2 feeds failed, the first: B: ")
    assert counts(report) == {"new": 1}
    record = read(tmp_path, "_news/one.md").record
    assert record is not None
    assert record.topics == ("Computer Vision",)


async def test_of_200_feeds_all_that_answer_arrive_and_the_others_are_told(tmp_path: Path) -> None:
    with PageServer() as server:
        places = [f"/feed/{number}" for number in range(200)]
        for place in places:
            server.add(place, Reply(rss(f"Story of {place}")))
        for place in places[:3]:
            server.add(place, Reply(delivery=Delivery.HANG_UP))
        server.add(places[3], Reply(b"<rss>" * 20_000, delivery=Delivery.ENDLESS))
        server.add(places[4], Reply("", 301, headers={"Location": "/moved"}))
        server.add("/moved", Reply(rss("Moved")))
        server.add(places[5], Reply("", 410))
        outlines = "".join(f'<outline text="{place}" xmlUrl="{server.url(place)}"/>' for place in places)
        (tmp_path / "f.opml").write_text(f"<opml><body>{outlines}</body></opml>")
        plan = a_plan(tmp_path, a_source(str(tmp_path / "f.opml"), SourceKind.OPML))
        report = await run(plan)
        assert counts(report) == {"new": 195}
        failure, words = report.sources[0].failure, report.sources[0].words
        assert failure.startswith("5 of 200 feeds failed")
        assert [any(line.startswith(f"{place}: ") for line in words) for place in places[:7]] == [
            *[True] * 4,
            False,
            True,
            False,
        ]
        assert sum("has moved to" in line for line in words) == 1
        del server.requests[:]
        assert counts(await run(plan)) == {"same": 195}
        asked = {request.path for request in server.requests}
        assert {places[4], places[5]}.isdisjoint(asked)


async def test_folders_of_a_list_become_topics_and_its_mistakes_are_told(tmp_path: Path) -> None:
    with PageServer() as server:
        server.add("/a?x=1&y=2", Reply(rss("One")))
        outlines = f'<outline text="Bread & Butter"><outline xmlUrl="{server.url("/a?x=1&y=2")}"/></outline>'
        (tmp_path / "f.opml").write_text(f'<opml>{outlines}<outline text="Old" xmlUrl="feed"/></opml>')
        report = await run(a_plan(tmp_path, a_source(str(tmp_path / "f.opml"), SourceKind.OPML)))
    assert report.sources[0].words == (
        "the list has mistakes (not well-formed XML, line 1); its feeds were read",
        "Old: no web address (feed)",
    )
    assert counts(report) == {"new": 1}
    record = read(tmp_path, "_news/one.md").record
    assert record is not None
    assert record.topics == ("Bread & Butter",)


async def test_feeds_with_the_same_page_do_not_alternately_change_its_record(
    tmp_path: Path,
) -> None:
    item = "<item><title>{0}</title><guid>{0}</guid><link>https://news.example/1</link></item>"
    with PageServer() as server:
        for name in ("a", "b"):
            server.add(f"/{name}", Reply(f'<rss version="2.0"><channel>{item.format(name)}</channel></rss>'))
        outlines = "".join(f'<outline xmlUrl="{server.url(place)}"/>' for place in ("/a", "/b"))
        (tmp_path / "f.opml").write_text(f"<opml>{outlines}</opml>")
        plan = a_plan(tmp_path, a_source(str(tmp_path / "f.opml"), SourceKind.OPML))
        assert counts(await run(plan)) == {"new": 1, "same": 1}
        assert counts(await run(plan)) == {"same": 2}


async def test_a_redirected_feed_recognises_its_records(tmp_path: Path) -> None:
    with PageServer() as server:
        server.add("/feed", Reply("", 302, headers={"Location": "/one"}))
        server.add("/one", Reply(rss("One")))
        server.add("/two", Reply(rss("One")))
        plan = a_plan(tmp_path, a_source(server.url("/feed"), SourceKind.FEED))
        assert counts(await run(plan)) == {"new": 1}
        server.add("/feed", Reply("", 302, headers={"Location": "/two"}))
        assert counts(await run(plan)) == {"same": 1}


@pytest.mark.parametrize("status", [301, 308])
async def test_a_feed_that_moves_for_good_is_asked_at_its_new_address(tmp_path: Path, status: int) -> None:
    with PageServer() as server:
        server.add("/old", Reply("", status, headers={"Location": "/new"}))
        server.add("/new", Reply(rss("One"), etag='"1"'))
        plan = a_plan(tmp_path, a_source(server.url("/old"), SourceKind.FEED))
        report = await run(plan)
        moved = f"{server.url('/old')} has moved to {server.url('/new')}, where it is asked from now on"
        assert report.sources[0].words == (moved,)
        del server.requests[:]
        assert (await run(plan)).sources[0].unchanged == 1
        assert [request.path for request in server.requests] == ["/new"]
        server.add("/new", Reply(rss("One", "Two")))
        assert counts(await run(plan)) == {"new": 1, "same": 1}


async def test_a_new_address_that_fails_is_forgotten(tmp_path: Path) -> None:
    with PageServer() as server:
        server.add("/old", Reply("", 301, headers={"Location": "/new"}))
        server.add("/new", Reply(rss("One")))
        plan = a_plan(tmp_path, a_source(server.url("/old"), SourceKind.FEED))
        await run(plan)
        server.add("/new", Reply("", 410))
        assert (await run(plan)).failed
        server.add("/old", Reply(rss("One", "Two")))
        assert counts(await run(plan)) == {"new": 1, "same": 1}


async def test_only_the_permanent_redirects_before_another_are_remembered(tmp_path: Path) -> None:
    with PageServer() as server:
        server.add("/old", Reply("", 301, headers={"Location": "/new"}))
        server.add("/new", Reply("", 302, headers={"Location": "/today"}))
        server.add("/today", Reply("", 301, headers={"Location": "/now"}))
        server.add("/now", Reply(rss("One")))
        plan = a_plan(tmp_path, a_source(server.url("/old"), SourceKind.FEED))
        await run(plan)
        del server.requests[:]
        await run(plan)
        assert [request.path for request in server.requests] == ["/new", "/today", "/now"]


async def test_a_feed_that_is_gone_for_good_is_not_asked_again(tmp_path: Path) -> None:
    with PageServer() as server:
        server.add("/feed", Reply("", 410))
        plan = a_plan(tmp_path, a_source(server.url("/feed"), SourceKind.FEED))
        assert (await run(plan)).failed
        del server.requests[:]
        assert "gone for good (410)" in (await run(plan)).sources[0].failure
        assert server.requests == []
        server.add("/feed", Reply(rss("One")))
        assert counts(await run(plan._replace(restore=True))) == {"new": 1}
        assert counts(await run(plan)) == {"same": 1}


async def test_an_entry_with_a_new_guid_is_the_same_record(tmp_path: Path) -> None:
    link = "<link>https://news.example/1</link>"
    item = f"<item><title>One</title><guid isPermaLink='false'>{{0}}</guid>{link}</item>"
    with PageServer() as server:
        plan = a_plan(tmp_path, a_source(server.url("/feed"), SourceKind.FEED))
        for guid, outcome in (("a", "new"), ("b", "same")):
            server.add("/feed", Reply(f'<rss version="2.0"><channel>{item.format(guid)}</channel></rss>'))
            assert counts(await run(plan)) == {outcome: 1}
    assert len(files(tmp_path)) == 1


async def test_a_missing_list_has_a_message(tmp_path: Path) -> None:
    report = await run(a_plan(tmp_path, a_source(str(tmp_path / "none.opml"), SourceKind.OPML)))
    assert "none.opml: cannot be read" in report.sources[0].failure


async def test_a_read_only_corpus_fails_with_a_message(tmp_path: Path) -> None:
    with PageServer() as server:
        server.add("/feed", Reply(rss("One"), etag='"1"'))
        plan = a_plan(tmp_path, a_source(server.url("/feed"), SourceKind.FEED))
        (tmp_path / "corpus" / "_news").write_text("a file")
        report = await run(plan)
        assert "cannot be written" in report.sources[0].failure
        (tmp_path / "corpus" / "_news").unlink()
        assert counts(await run(plan)) == {"new": 1}  # it was not taken for known


async def test_a_missing_corpus_is_not_created(tmp_path: Path) -> None:
    plan = Plan(str(tmp_path / "none"), str(tmp_path / "state"), ())
    with pytest.raises(NewsreaderError, match="no such folder"):
        await run(plan)


async def test_concurrent_runs_are_refused(tmp_path: Path) -> None:
    plan = a_plan(tmp_path)
    with SyncState(tmp_path / "state", tmp_path / "corpus").lock(), pytest.raises(SyncBusyError):
        await run(plan)
    await run(plan)


async def test_a_dry_run_leaves_no_trace(tmp_path: Path) -> None:
    with PageServer() as server:
        plan = a_plan(tmp_path, a_source(serve_listing(server, [[a_value(1)]])))
        report = await run(plan._replace(dry_run=True))
    assert report.sources[0].brought == ((RecordOutcome.NEW.value, a_value(1)["path"]),)
    assert files(tmp_path) == {}
    assert not (tmp_path / "state").exists()


async def test_new_records_are_logged(tmp_path: Path) -> None:
    with PageServer() as server:
        await run(a_plan(tmp_path, a_source(serve_listing(server, [[a_value(1)]]))))
    (entry,) = read_log(tmp_path / "state")
    assert (entry["source"], entry["came"], entry["path"]) == ("ai", "new", a_value(1)["path"])


def test_the_log_is_bounded_and_a_broken_line_hides_no_other(tmp_path: Path) -> None:
    from newsreader.web.sync.report import WriteResult

    assert list(read_log(tmp_path)) == []
    results = [
        WriteResult(RecordOutcome.NEW, "_news/" + "x" * 150 + f"{number}.md") for number in range(6_000)
    ]
    append_log(tmp_path, "/corpus", "ai", results)
    assert log_file(tmp_path).stat().st_size < MAX_BYTES
    with log_file(tmp_path).open("a") as file:
        file.write("broken\n[]\n")
    append_log(tmp_path, "/corpus", "ai", results[:1])
    entries = list(read_log(tmp_path))
    assert entries[-1]["path"] == results[0].path
    assert entries[-2]["path"] == results[-1].path


def test_the_process_syncs_and_reports_progress(tmp_path: Path) -> None:
    with PageServer() as server:
        plan = a_plan(tmp_path, a_source(serve_listing(server, [[a_value(1)], [a_value(2)]])))
        syncer = Syncer(plan)
        try:
            told = list(syncer.progress())
        finally:
            syncer.stop()
    assert told[-1] == SyncProgress("ai", 2, is_done=True)
    assert syncer.report is not None
    assert counts(syncer.report) == {"new": 2}


def test_the_process_reports_why_it_failed(tmp_path: Path) -> None:
    syncer = Syncer(Plan(str(tmp_path / "none"), str(tmp_path / "state"), ()))
    with pytest.raises(SyncFailedError, match="no such folder"):
        list(syncer.progress())
    syncer.stop()


def test_the_process_can_be_stopped_while_a_server_is_silent(tmp_path: Path) -> None:
    with PageServer() as server:
        server.add(FIRST, Reply(delivery=Delivery.SILENT))
        syncer = Syncer(a_plan(tmp_path, a_source(server.url(FIRST))))
        _until(lambda: bool(server.requests))
        syncer.stop()
    with pytest.raises((SyncFailedError, ValueError)):
        list(syncer.progress())


def _until(condition: object) -> None:
    deadline = time.monotonic() + 60
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < deadline
        time.sleep(0.005)


@pytest.mark.parametrize(
    ("after", "number"), [(1, signal.SIGKILL), (60, signal.SIGKILL), (30, signal.SIGINT)]
)
def test_a_killed_command_leaves_only_complete_files_and_the_next_run_continues(
    tmp_path: Path, after: int, number: signal.Signals
) -> None:
    values = [a_value(1, path=f"_news/{number:03d}.md", title=f"Story {number}") for number in range(120)]
    pages = [values[start : start + 20] for start in range(0, 120, 20)]
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    with PageServer() as server:
        address = serve_listing(server, pages)
        (tmp_path / "config" / "newsreader").mkdir(parents=True)
        settings = f'private_addresses = true\n[sources.ai]\ncorpus = "{corpus}"\nlisting = "{address}"\n'
        (tmp_path / "config" / "newsreader" / "config.toml").write_text(settings)
        environment = os.environ | {
            "XDG_CONFIG_HOME": str(tmp_path / "config"),
            "XDG_STATE_HOME": str(tmp_path / "state"),
            "XDG_CACHE_HOME": str(tmp_path / "cache"),
        }
        command = [sys.executable, "-m", "newsreader", "sync"]
        with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
            _until(lambda: len(list(corpus.glob("_news/*.md"))) >= after)
            process.send_signal(number)
        found = scan(corpus).files
        assert after <= len(found) < 120
        for path in found:
            whole = read(tmp_path, os.fsdecode(path))
            assert whole.defects == ()
            assert whole.record is not None
            assert whole.record.web_url == "https://news.example/1"
        subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
    assert list(files(tmp_path)) == [value["path"] for value in values]
