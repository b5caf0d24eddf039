"""Fetched pages: kept, thrown away, shared by several instances, and never in the way."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from newsreader.domain.link_status import LinkOutcome, LinkStatus
from newsreader.domain.mark_changes import Identity
from newsreader.domain.page_text import PageText, Version
from newsreader.domain.sanitize import LINE_LIMIT
from newsreader.library.index.lock import index_lock
from newsreader.library.pages import schema, store
from newsreader.library.pages.attached import attach_pages
from newsreader.library.pages.store import PagesError, PagesSize, PageStore
from newsreader.library.sqlite import connection as sqlite_connection

A, B, C = (Identity.named(f"https://news.example/{name}") for name in "abc")
PLENTY = 1_000_000


def a_text(html: str = "<p>Some words.</p>", **changes: Any) -> PageText:
    ordinary = PageText(
        Version.AMP,
        "https://news.example/a?amp=1",
        "A page",
        html,
        2,
        1_000,
        etag='W/"1"',
        last_modified="now",
    )
    return ordinary._replace(**changes)


def a_verdict(url: str = "https://news.example/a", **changes: Any) -> LinkStatus:
    return LinkStatus(url, LinkOutcome.GONE, 404, "there is no such page", 1_000)._replace(**changes)


def noise(size: int) -> str:
    """A paragraph that hardly can be compressed."""
    return f"<p>{os.urandom(size // 2).hex()}</p>"


class Clock:
    """A time that is told."""

    def __init__(self) -> None:
        self.time = 10_000.0

    def __call__(self) -> float:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "pages.sqlite"


@pytest.fixture
def pages(path: Path, clock: Clock) -> Iterator[PageStore]:
    with closing(PageStore(path, most_bytes=PLENTY, now=clock)) as pages:
        yield pages


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "TIMEOUT", 0.05)


def change(path: Path, statement: str, *parameters: object) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(statement, parameters)


def words_of(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [text for (text,) in connection.execute("SELECT text FROM page_words ORDER BY text")]


# -- one instance ----------------------------------------------------------------------------------


def test_what_is_kept_is_there_after_a_restart(path: Path, pages: PageStore) -> None:
    text = a_text(is_cut=True)
    pages.keep(A, text)
    pages.close()
    with closing(PageStore(path, most_bytes=PLENTY)) as again:
        assert again.get(A) == text
        assert again.get(B) is None
        assert again.size().pages == 1


def test_a_newer_text_takes_the_place_of_the_older_one(path: Path, pages: PageStore) -> None:
    pages.keep(A, a_text("<p>Old.</p>"))
    pages.keep(A, a_text("<p>New.</p>"))
    found = pages.get(A)
    assert found is not None
    assert found.html == "<p>New.</p>"
    assert words_of(path) == ["New."]
    assert pages.size().pages == 1


def test_the_text_to_look_for_words_in_is_what_is_shown(path: Path, pages: PageStore) -> None:
    pages.keep(
        A,
        a_text(
            "<h2>Head</h2><script>no()</script><p>Tom &amp; <b>Jerry</b>\x1b[31m</p><ul><li>Ёлка</li></ul>"
        ),
    )
    assert words_of(path) == ["Head\nTom & Jerry\nелка"]


def test_the_sign_that_a_page_goes_on_is_no_text_of_it(path: Path, pages: PageStore) -> None:
    pages.keep(A, a_text("<p>word</p>" * 3_000))
    assert set(words_of(path)[0].split("\n")) == {"word"}


def test_what_a_page_and_its_server_say_passes_the_gate(pages: PageStore) -> None:
    pages.keep(
        A,
        a_text(
            "<p>\ud800</p>",
            url="javascript:alert(1)",
            title="A \x1b[31mtitle\n",
            etag='"a\nb"',
            last_modified="x" * LINE_LIMIT,
        ),
    )
    assert pages.get(A) == a_text("<p>?</p>", url="", title="A title", etag="", last_modified="")


def test_what_was_used_longest_ago_makes_room(path: Path, clock: Clock) -> None:
    with closing(PageStore(path, most_bytes=10_000, now=clock)) as pages:
        for identity in (A, B):
            pages.keep(identity, a_text(noise(2_500)))
            clock.time += 4_000
        assert pages.get(A) is not None  # now B is the one
        clock.time += 1
        pages.keep(C, a_text(noise(3_500)))
        assert [pages.get(identity) is not None for identity in (A, B, C)] == [True, False, True]
        assert len(words_of(path)) == 2
        assert pages.size().bytes <= 10_000


def test_several_pages_make_room_for_a_large_one(path: Path, clock: Clock) -> None:
    with closing(PageStore(path, most_bytes=12_000, now=clock)) as pages:
        for identity in (A, B):
            pages.keep(identity, a_text(noise(2_500)))
            clock.time += 1
        pages.keep(C, a_text(noise(7_500)))
        assert [pages.get(identity) is not None for identity in (A, B, C)] == [False, False, True]


def test_a_page_that_is_larger_than_all_may_be_is_not_kept_and_drives_out_no_other(path: Path) -> None:
    with closing(PageStore(path, most_bytes=1_000)) as pages:
        pages.keep(A, a_text())
        with pytest.raises(PagesError, match="pages_megabytes"):
            pages.keep(B, a_text(noise(2_000)))
        assert pages.get(A) is not None
        assert pages.get(B) is None


def used_at(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT used_at FROM page").fetchone()[0])


def test_a_use_is_noted_once_an_hour(path: Path, pages: PageStore, clock: Clock) -> None:
    pages.keep(A, a_text())
    clock.time += store.USE_EVERY - 1
    pages.get(A)
    assert used_at(path) == 10_000
    clock.time += 1
    pages.get(A)
    assert used_at(path) == 10_000 + store.USE_EVERY


def test_the_time_of_the_oldest_page_is_told(pages: PageStore) -> None:
    assert pages.oldest() is None
    pages.keep(A, a_text(fetched_at=200))
    pages.keep(B, a_text(fetched_at=100))
    assert pages.oldest() == 100


def test_pages_can_be_purged_by_age_or_all(pages: PageStore, path: Path) -> None:
    pages.keep(A, a_text(fetched_at=100))
    pages.keep(B, a_text(fetched_at=200))
    pages.note([a_verdict(checked_at=100), a_verdict("https://news.example/b", checked_at=200)])
    one = pages.size().bytes // 2
    assert pages.purge(older_than=200) == PagesSize(1, one)
    assert pages.get(A) is None
    assert list(pages.link_statuses(["https://news.example/a", "https://news.example/b"])) == [
        "https://news.example/b"
    ]
    assert pages.purge() == PagesSize(1, one)
    assert pages.size() == PagesSize(0, 0)
    assert words_of(path) == []
    assert pages.purge() == PagesSize(0, 0)


def test_the_file_shrinks_when_it_is_purged(pages: PageStore, path: Path) -> None:
    for number in range(20):
        pages.keep(Identity.named(str(number)), a_text(noise(20_000)))
    pages.purge()
    assert path.stat().st_size < 200_000


# -- verdicts --------------------------------------------------------------------------------------


def test_a_verdict_is_found_by_every_way_to_write_the_address(pages: PageStore) -> None:
    verdict = a_verdict("http://www.news.example/a/?utm_source=x", moved_to="https://news.example/b")
    pages.note([verdict])
    url = "https://news.example/a"
    assert pages.link_statuses([url, "https://news.example/other", "no address"]) == {
        url: verdict._replace(url=url)
    }


def test_the_last_verdict_counts_and_texts_in_it_pass_the_gate(pages: PageStore) -> None:
    url = "https://news.example/a"
    pages.note([a_verdict(url), a_verdict("no address")])
    pages.note(
        [a_verdict(url, outcome=LinkOutcome.ALIVE, status=200, words="\x1b[31mfine", moved_to="javascript:1")]
    )
    assert pages.link_statuses([url]) == {url: LinkStatus(url, LinkOutcome.ALIVE, 200, "fine", 1_000)}


def test_nothing_is_written_for_no_verdicts(path: Path, pages: PageStore) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        pages.note([])
        other.execute("ROLLBACK")
    assert pages.link_statuses(["https://news.example/a"]) == {}


def test_many_verdicts_can_be_asked_for_and_the_oldest_are_forgotten(
    pages: PageStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "MOST_STATUSES", 1_200)
    urls = [f"https://news.example/{number}" for number in range(1_300)]
    pages.note(a_verdict(url, checked_at=number) for number, url in enumerate(urls))
    assert list(pages.link_statuses(urls)) == urls[100:]


# -- what comes out of the database is checked -----------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE page SET version = 'telepathy'",
        "UPDATE page SET html = x'00'",
        "UPDATE page SET html = 'text'",
    ],
)
def test_a_page_that_makes_no_sense_is_none(path: Path, pages: PageStore, statement: str) -> None:
    pages.keep(A, a_text())
    change(path, statement)
    assert pages.get(A) is None


def test_an_article_that_unpacks_to_far_too_much_is_cut(
    path: Path, pages: PageStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsreader.library.pages.rows.LONGEST_HTML", 1_000)
    pages.keep(A, a_text())
    change(path, "UPDATE page SET html = ?", zlib.compress(b"x" * 100_000))
    found = pages.get(A)
    assert found is not None
    assert len(found.html) == 1_000


def test_a_verdict_that_makes_no_sense_is_none(path: Path, pages: PageStore) -> None:
    pages.note([a_verdict()])
    change(path, "UPDATE verdict SET outcome = 'maybe'")
    assert pages.link_statuses(["https://news.example/a"]) == {}


# -- several instances -----------------------------------------------------------------------------

WRITER = """
import sys
from pathlib import Path
from newsreader.domain.mark_changes import Identity
from newsreader.domain.page_text import PageText, Version
from newsreader.library.pages.store import PageStore
pages = PageStore(Path(sys.argv[1]), most_bytes=1_000_000)
for number in range(40):
    pages.keep(Identity.named(f"{sys.argv[2]} {number}"), PageText(Version.WEB, "", "", "<p>word</p>", 1, 1))
pages.close()
"""


def test_processes_that_write_at_once_lose_nothing(path: Path) -> None:
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, path, name]) for name in "ab"]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    with closing(PageStore(path, most_bytes=PLENTY)) as pages:
        assert pages.size().pages == 80
        for name in "ab":
            assert pages.get(Identity.named(f"{name} 39")) is not None


def test_threads_with_instances_of_their_own_lose_nothing(path: Path) -> None:
    def write(name: str) -> None:
        with closing(PageStore(path, most_bytes=PLENTY)) as pages:
            for number in range(20):
                pages.keep(Identity.named(f"{name} {number}"), a_text())

    threads = [Thread(target=write, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with closing(PageStore(path, most_bytes=PLENTY)) as pages:
        assert pages.size().pages == 60


@pytest.mark.usefixtures("impatient")
def test_a_file_that_another_keeps_locked_can_be_read_and_is_told_of_when_writing(
    path: Path, clock: Clock
) -> None:
    with closing(PageStore(path, most_bytes=PLENTY, now=clock)) as pages:
        pages.keep(A, a_text())
        clock.time += store.USE_EVERY
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            assert pages.get(A) == a_text()
            with pytest.raises(PagesError, match=r"the page was not kept .*locked"):
                pages.keep(B, a_text())
            with pytest.raises(PagesError, match="not noted"):
                pages.note([a_verdict()])
            with pytest.raises(PagesError, match="cannot be thrown away"):
                pages.purge()
            other.execute("ROLLBACK")
        pages.keep(B, a_text())
        assert pages.size().pages == 2


@pytest.mark.usefixtures("impatient")
def test_a_file_that_is_locked_when_it_is_made_is_told_of(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(PagesError, match=r"cannot be opened .*locked"):
            PageStore(path, most_bytes=PLENTY)
        other.execute("ROLLBACK")


def test_a_full_disk_is_told_of_and_costs_nothing_else(pages: PageStore) -> None:
    pages.keep(A, a_text())
    pages._connection.execute("PRAGMA max_page_count = 20")
    with pytest.raises(PagesError, match=r"the page was not kept .*full"):
        pages.keep(B, a_text(noise(200_000)))
    assert pages.get(A) == a_text()
    pages._connection.execute("PRAGMA max_page_count = 100000")
    pages.keep(B, a_text())
    assert pages.size().pages == 2


# -- damage ----------------------------------------------------------------------------------------


def spoil_all(path: Path) -> None:
    path.write_bytes(b"no database" * 1_000)


def make_later(path: Path) -> None:
    change(path, "PRAGMA user_version = 99")


def make_foreign(path: Path) -> None:
    change(path, "PRAGMA application_id = 1")


def lose_a_table(path: Path) -> None:
    change(path, "DROP TABLE page_words")


@pytest.mark.parametrize("spoil", [spoil_all, make_later, make_foreign, lose_a_table])
def test_a_file_that_cannot_be_used_is_begun_anew(path: Path, spoil: Callable[[Path], None]) -> None:
    with closing(PageStore(path, most_bytes=PLENTY)) as pages:
        pages.keep(A, a_text())
    spoil(path)
    with closing(PageStore(path, most_bytes=PLENTY)) as pages:
        assert pages.get(A) is None
        pages.keep(B, a_text())
        assert pages.get(B) is not None


def test_damage_that_shows_later_throws_the_file_away(path: Path, pages: PageStore) -> None:
    pages.keep(A, a_text())
    pages._connection.execute("DROP TABLE verdict")
    pages.note([a_verdict()])
    assert pages.link_statuses(["https://news.example/a"]) != {}
    assert pages.get(A) is None


def test_an_instance_goes_over_to_a_file_that_took_the_place_of_its_own(path: Path, pages: PageStore) -> None:
    pages.keep(A, a_text())
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink()
    with closing(PageStore(path, most_bytes=PLENTY)) as other:
        other.keep(B, a_text())
        assert pages.get(A) is None
        pages.keep(C, a_text())
        assert other.get(C) == a_text()
        assert pages.size().pages == 2


@pytest.mark.usefixtures("impatient")
def test_two_do_not_begin_anew_at_once(path: Path) -> None:
    path.parent.mkdir()
    spoil_all(path)
    with index_lock(path), pytest.raises(PagesError, match="another newsreader"):
        PageStore(path, most_bytes=PLENTY)
    PageStore(path, most_bytes=PLENTY).close()


def test_who_comes_second_finds_what_the_first_began(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.parent.mkdir()
    spoil_all(path)
    opened = schema._open
    turns: list[bool] = []

    def open_slowly(file: Path) -> sqlite3.Connection | None:
        connection = opened(file)
        if not turns:
            turns.append(True)
            file.unlink()
            with closing(PageStore(path, most_bytes=PLENTY)) as first:
                first.keep(A, a_text())
        return connection

    monkeypatch.setattr(schema, "_open", open_slowly)
    with closing(PageStore(path, most_bytes=PLENTY)) as second:
        assert second.get(A) == a_text()


def test_a_file_that_stays_unusable_is_told_of(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "_open", lambda _: None)
    with pytest.raises(PagesError, match="Delete the file"):
        PageStore(path, most_bytes=PLENTY)


def test_a_folder_in_place_of_the_file_is_told_of(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(PagesError, match="cannot be opened"):
        PageStore(path, most_bytes=PLENTY)


def test_a_closed_instance_says_so(pages: PageStore) -> None:
    pages.close()
    with pytest.raises(PagesError, match="cannot be read"):
        pages.size()


def test_two_that_make_the_file_at_once_make_it_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    is_new = sqlite_connection.is_empty
    asked: list[bool] = []

    def make_it_meanwhile(connection: sqlite3.Connection) -> bool:
        asked.append(is_new(connection))
        if len(asked) == 1:
            with suppress(PagesError):
                PageStore(path, most_bytes=PLENTY).close()
        return asked[-1]

    monkeypatch.setattr(schema, "is_empty", make_it_meanwhile)
    with closing(PageStore(path, most_bytes=PLENTY)) as pages:
        pages.keep(A, a_text())
    assert asked[-1] is False


# -- seen by readers -------------------------------------------------------------------------------


def test_only_a_file_of_this_kind_is_attached(path: Path) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        assert not attach_pages(connection, path)
        PageStore(path, most_bytes=PLENTY).close()
        make_later(path)
        assert not attach_pages(connection, path)
        spoil_all(path)
        assert not attach_pages(connection, path)
        path.unlink()
        PageStore(path, most_bytes=PLENTY).close()
        assert attach_pages(connection, path)
