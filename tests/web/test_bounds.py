"""How many requests are under way at once, counted by those who wait for each other."""

from __future__ import annotations

import asyncio
from collections import Counter
from urllib.parse import urlsplit

from newsreader.web.bounds import Bounds


class Traffic:
    """Notes how many requests were under way at once, in all and to each host."""

    def __init__(self) -> None:
        self.now = Counter[str]()
        self.most = Counter[str]()

    async def request(self, bounds: Bounds, url: str) -> None:
        async with bounds.turn(url):
            for name in ("all", str(urlsplit(url).hostname)):
                self.now[name] += 1
                self.most[name] = max(self.most[name], self.now[name])
            for _ in range(3):
                await asyncio.sleep(0)
            for name in ("all", str(urlsplit(url).hostname)):
                self.now[name] -= 1


async def test_no_host_has_more_than_its_share_and_all_together_no_more_than_theirs() -> None:
    bounds, traffic = Bounds(a_host=2, in_all=5), Traffic()
    urls = [f"https://host{number % 4}.example/{number}" for number in range(40)]
    await asyncio.gather(*(traffic.request(bounds, url) for url in urls))
    assert traffic.most["all"] == 5
    assert {traffic.most[f"host{number}.example"] for number in range(4)} == {2}


async def test_whoever_waits_for_a_slow_host_keeps_nobody_from_another() -> None:
    bounds = Bounds(a_host=1, in_all=2)
    done = asyncio.Event()

    async def slow() -> None:
        async with bounds.turn("https://slow.example/"):
            await done.wait()

    waiting = [asyncio.create_task(slow()) for _ in range(5)]
    await asyncio.sleep(0)
    async with asyncio.timeout(10), bounds.turn("https://quick.example/"):
        pass
    done.set()
    await asyncio.gather(*waiting)


async def test_who_gives_up_while_waiting_leaves_the_turn_to_the_next() -> None:
    bounds = Bounds(a_host=1, in_all=1)
    async with bounds.turn("https://a.example/"):
        given_up = asyncio.create_task(Traffic().request(bounds, "https://a.example/"))
        await asyncio.sleep(0)
        given_up.cancel()
        await asyncio.gather(given_up, return_exceptions=True)
    async with asyncio.timeout(10), bounds.turn("https://a.example/"):
        pass
