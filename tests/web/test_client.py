"""The client against a server that does everything that servers do."""

from __future__ import annotations

import asyncio
import random
import time
from datetime import UTC, datetime
from email.utils import formatdate

import pytest

from newsreader import __version__
from newsreader.domain.sanitize import clean_line
from newsreader.web.http.client import Limits, Validators, WebClient
from newsreader.web.http.errors import Failure, WebError
from tests.web.server import Delivery, PageServer, Reply, certificates

SHORT = Limits(connect=10, read=20, total=30, body=100_000)
IMPATIENT = Limits(read=1)


def _client(limits: Limits = SHORT) -> WebClient:
    return WebClient(private_addresses=True, limits=limits)


async def _failure(server: PageServer, reply: Reply, *, limits: Limits = SHORT) -> WebError:
    """What comes of a page that is answered in this way."""
    url = server.add("/page", reply)
    async with _client(limits) as client:
        with pytest.raises(WebError) as caught:
            await client.get(url)
    return _judged(caught.value)


def _judged(error: WebError) -> WebError:
    assert str(error) == clean_line(str(error))
    return error


def _words(error: WebError) -> str:
    """The words without the host before them."""
    host, colon, words = str(error).partition(": ")
    assert host.startswith("127.0.0.1:") and colon
    return words


async def test_a_page_is_fetched() -> None:
    with PageServer() as server:
        url = server.add("/page", Reply("<p>Grüße</p>"))
        async with _client() as client:
            answer = await client.get(url)
    assert answer.text() == "<p>Grüße</p>"
    assert (answer.url, answer.status, answer.content_type, answer.charset) == (
        url,
        200,
        "text/html",
        "utf-8",
    )
    assert not answer.is_cut
    assert not answer.is_unchanged


async def test_a_page_is_fetched_over_tls_with_a_trusted_certificate() -> None:
    with PageServer(tls=certificates().server) as server:
        url = server.add("/page", Reply("<p>safe</p>"))
        async with WebClient(private_addresses=True, trust=certificates().trust) as client:
            answer = await client.get(url)
    assert answer.body == b"<p>safe</p>"


async def test_requests_have_user_agent_and_accept_headers() -> None:
    with PageServer() as server:
        url = server.add("/page", Reply("x"))
        async with _client() as client:
            await client.get(url, accept="text/html")
            await client.get(url)
    first, second = (request.headers for request in server.requests)
    assert first["user-agent"] == f"newsreader/{__version__} (terminal news reader)"
    assert (first["accept"], second["accept"]) == ("text/html", "*/*")
    assert first["accept-encoding"] == "gzip, deflate"


async def test_cookies_are_neither_stored_nor_sent() -> None:
    with PageServer() as server:
        server.add("/there", Reply("there", headers={"Set-Cookie": "b=2; Path=/"}))
        url = server.add(
            "/here", Reply(status=302, headers={"Set-Cookie": "a=1; Path=/", "Location": "/there"})
        )
        async with _client() as client:
            await client.get(url)
            await client.get(url)
    assert server.paths() == ["/here", "/there", "/here", "/there"]
    assert not [request for request in server.requests if "cookie" in request.headers]


async def test_credentials_are_sent_only_to_configured_hosts() -> None:
    with PageServer() as server:
        server.add("/page", Reply("x"))
        url = server.url("/page").replace("//", "//user:word@")
        async with WebClient(private_addresses=True) as client:
            await client.get(url)
            await client.get(url, trusted=True)
    assert ["authorization" in request.headers for request in server.requests] == [False, True]


@pytest.mark.parametrize("packing", ["gzip", "deflate"])
@pytest.mark.parametrize("delivery", [Delivery.WHOLE, Delivery.CHUNKED, Delivery.DRIP])
async def test_compressed_pages_are_decompressed(packing: str, delivery: Delivery) -> None:
    with PageServer() as server:
        url = server.add("/page", Reply("<p>once</p>" * 20, packing=packing, delivery=delivery, pause=0.001))
        async with _client() as client:
            assert (await client.get(url)).body == b"<p>once</p>" * 20


async def test_a_slow_page_is_read_with_progress() -> None:
    told: list[int] = []
    with PageServer() as server:
        url = server.add("/page", Reply("slowly", delivery=Delivery.DRIP))
        async with _client() as client:
            answer = await client.get(url, on_progress=told.append)
    assert answer.body == b"slowly"
    assert told == sorted(told)
    assert told[-1] == 6


async def test_a_page_that_exceeds_the_total_time_is_aborted() -> None:
    with PageServer() as server:
        error = await _failure(
            server,
            Reply("slowly" * 100, delivery=Delivery.DRIP, pause=0.05),
            limits=Limits(read=5, total=0.5),
        )
    assert error.kind is Failure.BROKEN
    assert _words(error).startswith("too slow: ")
    assert _words(error).endswith(" in 0.5 seconds")


async def test_an_endless_page_is_cut_at_the_limit() -> None:
    with PageServer() as server:
        url = server.add("/page", Reply("<p>more</p>" * 100, delivery=Delivery.ENDLESS))
        async with _client() as client:
            answer = await client.get(url, body_limit=30_000)
    assert answer.is_cut
    assert len(answer.body) == 30_000


async def test_a_page_of_exactly_the_limit_is_whole() -> None:
    with PageServer() as server:
        plain = server.add("/plain", Reply("x" * 1_000))
        packed = server.add("/packed", Reply("x" * 1_000, packing="gzip"))
        async with _client() as client:
            for url in (plain, packed):
                answer = await client.get(url, body_limit=1_000)
                assert (len(answer.body), answer.is_cut) == (1_000, False)


async def test_a_long_page_that_may_not_be_cut_is_refused() -> None:
    with PageServer() as server:
        url = server.add("/page", Reply("x" * 2_000))
        async with _client() as client:
            with pytest.raises(WebError, match="more than 1 kB, which is the most that is read") as caught:
                await client.get(url, body_limit=1_000, may_cut=False)
    assert _judged(caught.value).kind is Failure.UNREADABLE


@pytest.mark.parametrize("packing", ["gzip", "deflate"])
async def test_a_decompression_bomb_is_refused(packing: str) -> None:
    with PageServer() as server:
        error = await _failure(server, Reply(bytes(20_000_000), packing=packing))
    assert error.kind is Failure.UNSAFE
    assert _words(error) == "the page was made to explode when it is unpacked"


@pytest.mark.parametrize(
    ("status", "kind", "words"),
    [
        (401, Failure.REFUSED, "asks for a name and a password (401)"),
        (403, Failure.REFUSED, "does not let us in (403)"),
        (451, Failure.REFUSED, "may not show the page for legal reasons (451)"),
        (418, Failure.REFUSED, "refuses the request (418)"),
        (404, Failure.GONE, "has no such page (404)"),
        (410, Failure.GONE, "has taken the page away for good (410)"),
        (429, Failure.BUSY, "asks for fewer requests (429)"),
        (503, Failure.BUSY, "is overloaded or under repair (503)"),
        (500, Failure.BROKEN, "has an error of its own (500)"),
        (304, Failure.BROKEN, "gives an answer that makes no sense (304)"),
        (300, Failure.BROKEN, "gives an answer that makes no sense (300)"),
    ],
)
async def test_error_statuses_have_messages(status: int, kind: Failure, words: str) -> None:
    with PageServer() as server:
        error = await _failure(server, Reply("" if status == 304 else "no", status))
        assert (error.kind, error.status, _words(error)) == (kind, status, words)
        assert error.url == server.url("/page")


@pytest.mark.parametrize(
    ("header", "wait", "words"),
    [
        ("30", 30, "asks for fewer requests (429), and to wait for 30 seconds"),
        ("1", 1, "asks for fewer requests (429), and to wait for 1 second"),
        ("3600", 3600, "asks for fewer requests (429), and to wait for 60 minutes"),
        ("86400", 86_400, "asks for fewer requests (429), and to wait for 24 hours"),
        ("999999999", 604_800, "asks for fewer requests (429), and to wait for 168 hours"),
        ("99999999999999999999", None, "asks for fewer requests (429)"),
        ("soon", None, "asks for fewer requests (429)"),
        ("Sat, 01 Jan 2000 00:00:00 GMT", 0, "asks for fewer requests (429), and to wait for 0 seconds"),
    ],
)
async def test_retry_after_is_reported(header: str, wait: int | None, words: str) -> None:
    with PageServer() as server:
        error = await _failure(server, Reply("no", 429, headers={"Retry-After": header}))
    assert (error.retry_after, _words(error)) == (wait, words)


async def test_retry_after_may_be_a_date() -> None:
    with PageServer() as server:
        later = formatdate(time.time() + 600, usegmt=True)
        error = await _failure(server, Reply("no", 503, headers={"Retry-After": later}))
    assert error.retry_after is not None
    assert 500 <= error.retry_after <= 600


async def test_an_unchanged_page_is_not_sent_again() -> None:
    with PageServer() as server:
        tagged = server.add("/tagged", Reply("x", etag='"one"'))
        dated = server.add("/dated", Reply("x", last_modified="Sat, 01 Jan 2000 00:00:00 GMT"))
        async with _client() as client:
            for url in (tagged, dated):
                first = await client.get(url)
                second = await client.get(url, validators=first.validators)
                assert (first.is_unchanged, second.is_unchanged) == (False, True)
                assert second.body == b""
                assert second.validators == first.validators
            changed = await client.get(tagged, validators=Validators(etag='"another"'))
    assert changed.body == b"x"


async def test_invalid_validators_are_not_sent() -> None:
    with PageServer() as server:
        url = server.add("/page", Reply("x"))
        async with _client() as client:
            await client.get(url, validators=Validators('"ü"', "a\r\nCookie: b"))
    assert not {"if-none-match", "if-modified-since", "cookie"} & set(server.requests[0].headers)


async def test_head_requests_have_no_body() -> None:
    with PageServer() as server:
        url = server.add("/page", Reply("x" * 1_000, packing="gzip", etag='"one"'))
        async with _client() as client:
            answer = await client.head(url)
    assert server.requests[0].method == "HEAD"
    assert (answer.status, answer.body, answer.validators.etag) == (200, b"", '"one"')


@pytest.mark.parametrize(
    ("reply", "kind", "words"),
    [
        (Reply(delivery=Delivery.SILENT), Failure.UNREACHABLE, "no answer within 1 second"),
        (Reply(delivery=Delivery.HANG_UP), Failure.BROKEN, "ended the connection without an answer"),
        (
            Reply("x" * 99, delivery=Delivery.CUT_SHORT),
            Failure.BROKEN,
            "the connection broke off in the middle (49 bytes came)",
        ),
        (
            Reply("x" * 9_999, delivery=Delivery.CUT_CHUNKS),
            Failure.BROKEN,
            "the connection broke off in the middle (4 kB came)",
        ),
        (
            Reply("x" * 99, delivery=Delivery.STALLED),
            Failure.BROKEN,
            "stopped in the middle for 1 second (49 bytes came)",
        ),
        (
            Reply("SSH-2.0-OpenSSH_9.6\r\n\r\n", delivery=Delivery.RAW),
            Failure.BROKEN,
            "gives an answer that makes no sense",
        ),
        (
            Reply(bytes(range(256)) * 9, delivery=Delivery.RAW),
            Failure.BROKEN,
            "gives an answer that makes no sense",
        ),
        (
            Reply("HTTP/1.1 200 OK\r\nX: " + "x" * 300_000, delivery=Delivery.RAW),
            Failure.BROKEN,
            "gives an answer that makes no sense",
        ),
        (
            Reply("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", delivery=Delivery.RAW),
            Failure.BROKEN,
            "the connection broke off in the middle (0 bytes came)",
        ),
        (Reply("plain", packing="br"), Failure.BROKEN, "the page is packed in a way that was not asked for"),
        (
            Reply("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nplain", delivery=Delivery.RAW),
            Failure.BROKEN,
            "the page is packed wrongly",
        ),
        (
            Reply(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n\x1f", delivery=Delivery.RAW),
            Failure.BROKEN,
            "the page broke off in the middle",
        ),
    ],
)
async def test_broken_responses_have_messages(reply: Reply, kind: Failure, words: str) -> None:
    with PageServer() as server:
        waits = reply.delivery in (Delivery.SILENT, Delivery.STALLED)
        error = await _failure(server, reply, limits=IMPATIENT if waits else SHORT)
    assert (error.kind, error.status, _words(error)) == (kind, 0, words)


WELL_FORMED = [
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: 5\r\n\r\n<p>ab",
    b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/x?y#z\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 200 A\r\nTransfer-Encoding: chunked\r\nContent-Encoding: deflate\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
    b"HTTP/1.1 103 Early\r\n\r\nHTTP/1.0 503 No\r\nRetry-After: Sat, 01 Jan 2000 00:00:00 GMT\r\n\r\n",
    b"HTTP/1.1 101 Switching\r\nUpgrade: h2c\r\n\r\nxxxx",
]


async def test_any_response_is_an_answer_or_a_web_error() -> None:
    dice = random.Random(7)
    with PageServer() as server:
        async with _client(IMPATIENT) as client:
            for _ in range(80):
                reply = bytearray(dice.choice(WELL_FORMED))
                for _ in range(dice.randint(1, 3)):
                    place = dice.randrange(len(reply))
                    odd = dice.choice([b"\r\n", b":", b"//", b"[", b"\0", b"%", b"\xff", b"99999", b" ", b""])
                    reply[place : place + dice.randint(0, 4)] = odd
                url = server.add("/page", Reply(bytes(reply), delivery=Delivery.RAW))
                try:
                    (await client.get(url)).text()
                except WebError as error:
                    _judged(error)


async def test_a_silent_server_is_aborted_after_the_total_time() -> None:
    with PageServer() as server:
        error = await _failure(server, Reply(delivery=Delivery.SILENT), limits=Limits(total=1))
    assert (error.kind, _words(error)) == (Failure.UNREACHABLE, "no answer within 1 second")


async def test_a_refused_connection_is_unreachable() -> None:
    with PageServer() as server:
        url = server.url("/page")
    async with _client() as client:
        with pytest.raises(WebError) as caught:
            await client.get(url)
    assert (caught.value.kind, _words(caught.value)) == (Failure.UNREACHABLE, "nobody listens there")


async def test_an_untrusted_certificate_is_refused() -> None:
    with PageServer(tls=certificates().server) as server:
        error = await _failure(server, Reply("x"))
    assert error.kind is Failure.UNSAFE
    assert _words(error) == "its certificate is signed by nobody that this computer trusts"


async def test_a_certificate_for_another_host_is_refused() -> None:
    other = certificates("other.example")
    with PageServer(tls=other.server) as server:
        url = server.add("/page", Reply("x"))
        async with WebClient(private_addresses=True, trust=other.trust) as client:
            with pytest.raises(WebError) as caught:
                await client.get(url)
    assert (caught.value.kind, _words(caught.value)) == (
        Failure.UNSAFE,
        "its certificate is for another host",
    )


async def test_an_expired_certificate_is_refused() -> None:
    old = certificates(not_after=datetime(2001, 1, 1, tzinfo=UTC))
    with PageServer(tls=old.server) as server:
        url = server.add("/page", Reply("x"))
        async with WebClient(private_addresses=True, trust=old.trust) as client:
            with pytest.raises(WebError) as caught:
                await client.get(url)
    assert (caught.value.kind, _words(caught.value)) == (Failure.UNSAFE, "its certificate has expired")


async def test_a_server_without_tls_is_distinguished_from_a_bad_certificate() -> None:
    with PageServer() as server:
        url = server.add("/page", Reply("x")).replace("http:", "https:")
        # The server waits for a line that never comes; so does the handshake, up to the limit.
        async with _client(SHORT._replace(connect=0.2)) as client:
            with pytest.raises(WebError) as caught:
                await client.get(url)
    assert (caught.value.kind, _words(caught.value)) == (Failure.BROKEN, "no secure connection can be made")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "ftp://127.0.0.1/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http://",
        "gopher://a.example/",
        "mailto:a@a.example",
        "//a.example/",
    ],
)
async def test_only_web_addresses_are_fetched(url: str) -> None:
    async with _client() as client:
        for ask in (client.get, client.head):
            with pytest.raises(WebError, match=r": no address of the web \(http or https\)") as caught:
                await ask(url)
            assert _judged(caught.value).kind is Failure.UNSAFE


async def test_hosts_that_cannot_be_encoded_are_refused() -> None:
    async with _client() as client:
        for url in (
            "http://" + "\u2488com.\u0300example/",
            "http://" + "ü" * 80 + ".example/",
            "http://a..b.example/",
        ):
            with pytest.raises(WebError) as caught:
                await client.get(url)
            assert caught.value.kind in (Failure.UNSAFE, Failure.UNREACHABLE)
            _judged(caught.value)


async def test_pages_are_fetched_concurrently() -> None:
    with PageServer() as server:
        urls = [server.add(f"/{number}", Reply(str(number), delay=0.05)) for number in range(60)]
        async with _client(Limits()) as client:
            answers = await asyncio.gather(*(client.get(url) for url in urls))
    assert [answer.text() for answer in answers] == [str(number) for number in range(60)]


@pytest.mark.parametrize("delivery", [Delivery.SILENT, Delivery.STALLED, Delivery.ENDLESS])
async def test_a_cancelled_request_ends_at_once_and_leaves_no_connection(delivery: Delivery) -> None:
    with PageServer() as server:
        url = server.add("/page", Reply("x" * 100, delivery=delivery))
        fine = server.add("/fine", Reply("fine"))
        async with _client(Limits(read=60, total=60, body=10**12)) as client:
            before = asyncio.all_tasks()
            task = asyncio.create_task(client.get(url))
            while not server.requests:
                await asyncio.sleep(0.01)
            await asyncio.sleep(0.05)
            task.cancel()
            async with asyncio.timeout(5):
                with pytest.raises(asyncio.CancelledError):
                    await task
            assert asyncio.all_tasks() == before
            assert (await client.get(fine)).body == b"fine"


async def test_a_closed_client_cannot_be_used() -> None:
    with pytest.raises(RuntimeError, match="before it is entered"):
        await _client().get("http://a.example/")
