"""A web server with articles, for a reader to fetch: `python -m benchmarks.page_server` tells its port."""

from __future__ import annotations

import random
import re
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

DELAY = 0.2
"""Seconds until a page is sent, as of a server that is not far away."""

_WORDS = re.findall(
    r"\w+",
    "the report says that machines learn from what people wrote and that nobody knows for sure how far "
    "this will go while laboratories publish more than anybody can read and hospitals try what they find",
)


def a_page(number: int) -> bytes:
    """A page of some 60 kB: an article of 1,500 words among menus, boxes and scripts."""
    chosen = random.Random(number)
    paragraphs = "".join(
        f"<p>{' '.join(chosen.choices(_WORDS, k=60)).capitalize()}, "
        f'<a href="https://news.example/{number}/{part}">as was said before</a>.</p>'
        for part in range(25)
    )
    menu = "".join(f'<li><a href="/section/{item}">Section {item}</a></li>' for item in range(60))
    script = f"<script>var data = {'x' * 30_000!r};</script>"
    article = f"<article><h1>Report {number}</h1>{paragraphs}</article>"
    body = f"<nav><ul>{menu}</ul></nav><main>{article}</main><aside><ul>{menu}</ul></aside>"
    return f"<!doctype html><title>Report {number}</title>{script}<body>{body}</body>".encode()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        body = a_page(int(self.path.strip("/") or 0))
        time.sleep(DELAY)
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    print(server.server_port, flush=True)
    server.serve_forever()
