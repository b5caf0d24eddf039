"""A corpus whose pages are served on loopback, and what such pages say."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from newsreader.settings import paths
from tests.builders import a_corpus, a_front_matter
from tests.web.server import PageServer, Reply

SENTENCE = (
    "The committee met on Tuesday to discuss how hospitals use the new models, and what that means for "
    "patients, nurses and doctors in the years to come."
)


def an_article(title: str, paragraphs: int = 5) -> str:
    """The HTML of a page with an article in it, and a menu that is none of it."""
    text = "\n".join(f"<p>{title}, part {number}. {SENTENCE}</p>" for number in range(paragraphs))
    return (
        f"<!doctype html><html><head><title>{title}</title></head><body>"
        '<nav><ul><li><a href="/a">Menu</a></li><li><a href="/b">More menu</a></li></ul></nav>'
        f"<article><h1>{title}</h1>{text}</article><footer>Imprint</footer></body></html>"
    )


def a_page(title: str, **changes: Any) -> Reply:
    """The reply with such a page."""
    return Reply(an_article(title), **changes)


def served_corpus(
    tmp_path: Path, urls: Mapping[str, str | Mapping[str, str]], settings: Path | None = None
) -> Path:
    """A corpus with a record for each name, whose web page, or whatever addresses are told, is there.

    The first of them is the newest. Pages of this machine may be fetched, as the settings say.
    """
    allow_private_addresses(settings)
    files: dict[str, str | bytes] = {}
    for number, (name, told) in enumerate(urls.items()):
        addresses = {"webUrl": told} if isinstance(told, str) else dict(told)
        keys = {"originalUrl": None, "webUrl": None, "title": name} | addresses
        when = f"2021-06-{28 - number % 28:02}T{23 - number // 28:02}:00:00Z"
        files[f"{name}.md"] = a_front_matter(**keys, publishedDateTime=when)
    return a_corpus(tmp_path, files)


def allow_private_addresses(file: Path | None = None) -> None:
    """Write the setting that lets pages of this machine be fetched."""
    file = file or paths.config_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("private_addresses = true\n", encoding="utf-8")


class CountingServer(PageServer):
    """Counts how many requests wait for an answer at once, and lets each wait for a moment.

    A request is counted until just before its answer is sent: once the client has read the answer, it may
    send the next request before this thread runs again.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.most = 0
        self._under_way = 0
        self._counting = threading.Lock()

    def _deliver(self, *arguments: Any, **options: Any) -> bool:
        with self._counting:
            self._under_way += 1
            self.most = max(self.most, self._under_way)
        time.sleep(0.03)
        with self._counting:
            self._under_way -= 1
        return super()._deliver(*arguments, **options)
