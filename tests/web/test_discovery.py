"""Finding the feeds of a site: announced ones, and those in the usual places."""

from __future__ import annotations

import pytest

from newsreader.web.http.client import WebClient
from newsreader.web.http.errors import WebError
from newsreader.web.sources.discovery import MAX_CANDIDATES, Candidate, announced_feeds, discover
from newsreader.web.sources.plan import SourceKind
from tests.web.server import PageServer, Reply
from tests.web.sites import a_value, serve_listing

RSS = '<rss version="2.0"><channel><title>Blog</title><item><title>One</title></item></channel></rss>'
URL = "https://lab.example/about/"


async def found(server: PageServer, path: str = "/") -> list[Candidate]:
    async with WebClient() as client:
        return await discover(client, server.url(path))


def link(href: str, kind: str = "application/rss+xml", title: str = "Blog") -> str:
    return f'<link rel="alternate" type="{kind}" title="{title}" href="{href}">'


def test_announced_feeds_have_titles_and_whole_addresses() -> None:
    page = link("/feed") + link("atom.xml", "application/atom+xml; charset=utf-8", "News &amp; more")
    assert announced_feeds(page, URL) == [
        Candidate(SourceKind.FEED, "https://lab.example/feed", "Blog"),
        Candidate(SourceKind.FEED, "https://lab.example/about/atom.xml", "News & more"),
    ]


def test_the_base_of_the_page_counts_and_space_in_an_address_does_not() -> None:
    page = '<base href="https://cdn.example/x/">' + link("\n fe\ned ")
    assert [one.url for one in announced_feeds(page, URL)] == ["https://cdn.example/x/feed"]


@pytest.mark.parametrize(
    "page",
    [
        link("javascript:x"),
        link("http://[::1"),
        link("/en", "text/html"),
        '<link rel="stylesheet" type="application/rss+xml" href="/x">',
        "<a rel='alternate' type='application/rss+xml' href='/x'>",
        "",
    ],
)
def test_what_is_no_feed_is_not_offered(page: str) -> None:
    assert announced_feeds(page, URL) == []


def test_candidates_are_distinct_and_not_endless() -> None:
    assert len(announced_feeds(link("/feed") * 2, URL)) == 1
    assert len(announced_feeds("".join(link(f"/{number}") for number in range(99)), URL)) == MAX_CANDIDATES


async def test_a_page_that_announces_feeds_leads_to_them() -> None:
    with PageServer() as server:
        server.add("/", Reply(f"<html><head>{link('/a')}{link('/b', title='Comments')}</head>"))
        assert [(one.url, one.title) for one in await found(server)] == [
            (server.url("/a"), "Blog"),
            (server.url("/b"), "Comments"),
        ]


@pytest.mark.parametrize("place", ["/feed", "/rss", "/atom.xml", "/blog/feed"])
async def test_a_feed_in_a_usual_place_is_found(place: str) -> None:
    with PageServer() as server:
        server.add("/blog", Reply("<html><p>Welcome</p>"))
        server.add(place, Reply(RSS, content_type="application/rss+xml"))
        assert await found(server, "/blog") == [Candidate(SourceKind.FEED, server.url(place), "Blog")]


async def test_the_address_of_a_feed_a_list_or_a_listing_is_itself_a_source() -> None:
    with PageServer() as server:
        server.add("/x", Reply(RSS))
        server.add("/list", Reply('<?xml version="1.0"?><opml><body/></opml>'))
        listing = serve_listing(server, [[a_value(1)]], start="/index.json")
        assert await found(server, "/x") == [Candidate(SourceKind.FEED, server.url("/x"), "Blog")]
        assert await found(server, "/list") == [Candidate(SourceKind.OPML, server.url("/list"))]
        assert await found(server, "/index.json") == [Candidate(SourceKind.LISTING, listing)]


async def test_the_listing_of_a_site_is_found_from_its_front_page() -> None:
    with PageServer() as server:
        server.add("/", Reply("<!DOCTYPE html><p>Every Day</p>"))
        listing = serve_listing(server, [[a_value(1)]], start="/index.json")
        assert await found(server) == [Candidate(SourceKind.LISTING, listing)]


@pytest.mark.parametrize("body", ["<html><p>Nothing", "<x/>", "{}", '{"value": []}', "plain", "<opml>"])
async def test_a_site_without_a_feed_has_none(body: str) -> None:
    with PageServer() as server:
        server.add("/", Reply(body))
        assert await found(server) == []


async def test_a_missing_page_is_an_error() -> None:
    with PageServer() as server, pytest.raises(WebError):
        await found(server)
