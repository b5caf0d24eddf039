"""Requests come in turn: few at a host, not before it wants them, and none where it is of no use."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from functools import partial

import pytest

from newsreader.web.http.errors import Failure, OfflineError, WebError
from newsreader.web.http.throttle import HostThrottle, ThrottleLimits


class Hosts:
    """Stands for all hosts: counts who is asked, and how many at once."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.most = Counter[str]()
        self.most_in_all = 0
        self._running = Counter[str]()

    async def answer(self, url: str, *failures: WebError) -> str:
        """Answer after a while, or fail as often as there are failures."""
        host = url.split("/")[2]
        self.asked.append(url)
        self._running[host] += 1
        self.most[host] = max(self.most[host], self._running[host])
        self.most_in_all = max(self.most_in_all, self._running.total())
        await asyncio.sleep(0.002)
        self._running[host] -= 1
        count = self.asked.count(url)
        if count <= len(failures):
            raise failures[count - 1]
        return url


class Sleeps:
    """Notes how long is waited, and does not wait."""

    def __init__(self) -> None:
        self.told: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.told.append(seconds)


def unreachable(url: str) -> WebError:
    return WebError("nobody listens", Failure.UNREACHABLE, url)


def busy(url: str, retry_after: int | None) -> WebError:
    return WebError("too busy", Failure.BUSY, url, status=429, retry_after=retry_after)


async def test_a_host_has_two_requests_at_once_and_all_hosts_eight() -> None:
    hosts, turns = Hosts(), HostThrottle()
    urls = [f"https://{host}.example/{number}" for host in "abcdef" for number in range(6)]
    found = await asyncio.gather(*(turns.ask(url, partial(hosts.answer, url)) for url in urls))
    assert found == urls
    assert set(hosts.most.values()) == {2}
    assert hosts.most_in_all == 8


async def test_a_host_with_a_crawl_delay_has_one_request_at_a_time() -> None:
    hosts, sleeps = Hosts(), Sleeps()
    turns = HostThrottle(sleep=sleeps)
    turns.slow_down("https://slow.example/", 3)
    for number in range(3):
        await turns.ask(f"https://slow.example/{number}", lambda: hosts.answer("https://slow.example/"))
    assert len(sleeps.told) == 2
    assert all(2 < seconds <= 3 for seconds in sleeps.told)
    turns.slow_down("https://slow.example/", 86_400)
    await turns.ask("https://slow.example/", lambda: hosts.answer("https://slow.example/"))
    await turns.ask("https://slow.example/", lambda: hosts.answer("https://slow.example/"))
    assert max(sleeps.told) <= ThrottleLimits().delay


async def test_a_busy_host_is_retried_after_the_time_it_asks_for() -> None:
    hosts, sleeps = Hosts(), Sleeps()
    turns, url = HostThrottle(sleep=sleeps), "https://busy.example/page"
    assert await turns.ask(url, lambda: hosts.answer(url, busy(url, 7))) == url
    assert [round(seconds) for seconds in sleeps.told] == [7]
    with pytest.raises(WebError, match="too busy"):
        await turns.ask(f"{url}/2", lambda: hosts.answer(f"{url}/2", *[busy(url, 1)] * 9))
    assert hosts.asked.count(f"{url}/2") == 2


@pytest.mark.parametrize("retry_after", [None, 3_600])
async def test_a_busy_host_is_not_retried_after_long_or_unknown_waits(retry_after: int | None) -> None:
    hosts, sleeps = Hosts(), Sleeps()
    url = "https://busy.example/page"
    with pytest.raises(WebError, match="too busy"):
        await HostThrottle(sleep=sleeps).ask(url, lambda: hosts.answer(url, busy(url, retry_after)))
    assert (hosts.asked, sleeps.told) == ([url], [])


async def test_a_host_is_skipped_after_three_consecutive_failures() -> None:
    hosts, turns = Hosts(), HostThrottle()
    words: list[str] = []
    for number in range(5):
        url = f"https://away.example/{number}"
        with pytest.raises(WebError) as error:
            await turns.ask(url, partial(hosts.answer, url, unreachable(url)))
        words.append(str(error.value))
        assert error.value.kind is Failure.UNREACHABLE
    assert words == ["nobody listens"] * 3 + ["away.example: was given up after 3 failures"] * 2
    assert len(hosts.asked) == 3
    there = "https://there.example/"
    assert await turns.ask(there, lambda: hosts.answer(there)) == there


async def test_a_response_resets_the_failure_count() -> None:
    hosts, turns = Hosts(), HostThrottle()
    for number in range(12):
        url = f"https://shaky.example/{number}"
        failures = [unreachable(url)] if number % 3 else []
        with pytest.raises(WebError) if failures else _nothing_raised():
            await turns.ask(url, partial(hosts.answer, url, *failures))
    assert len(hosts.asked) == 12


async def test_a_redirect_target_does_not_count_as_a_failure_of_the_host() -> None:
    hosts, turns = Hosts(), HostThrottle()
    for number in range(6):
        url = f"https://leads.example/{number}"
        with pytest.raises(WebError, match="nobody listens"):
            await turns.ask(url, partial(hosts.answer, url, unreachable("https://away.example/")))
    assert len(hosts.asked) == 6


async def test_without_a_network_other_requests_are_not_tried() -> None:
    hosts, turns = Hosts(), HostThrottle()
    for number in range(20):
        url = f"https://{number}.example/"
        offline = OfflineError(f"{number}.example: the network cannot be reached", Failure.UNREACHABLE, url)
        with pytest.raises(OfflineError):
            await turns.ask(url, partial(hosts.answer, url, offline))
    assert len(hosts.asked) == 3


async def test_a_network_that_worked_is_not_reported_as_offline() -> None:
    hosts, turns = Hosts(), HostThrottle()
    await turns.ask("https://there.example/", lambda: hosts.answer("https://there.example/"))
    for number in range(5):
        url = f"https://{number}.example/"
        with pytest.raises(OfflineError):
            await turns.ask(url, partial(hosts.answer, url, OfflineError("away", Failure.UNREACHABLE, url)))
    assert len(hosts.asked) == 6


def _nothing_raised() -> contextlib.AbstractContextManager[None]:
    return contextlib.nullcontext()
