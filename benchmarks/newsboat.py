"""Import the same articles with newsboat, where it is installed, to have a reader to compare with."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from email.utils import formatdate
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from benchmarks.workplace import Home
from newsreader.corpus.file_reader import read_file

_PATIENCE = 3_600.0


def newsboat() -> str | None:
    """Path of the program; None where it is not installed."""
    return shutil.which("newsboat")


def write_feed(corpus: Path, files: Iterable[Path], feed: Path) -> None:
    """Write title, excerpt, address and date of records as one RSS feed."""
    with feed.open("w", encoding="utf-8") as out:
        out.write('<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel><title>All</title>\n')
        out.write("<link>https://news.example/</link><description>All</description>\n")
        for file in files:
            path = file.relative_to(corpus).as_posix()
            record = read_file(corpus, path.encode(), brief=True).record
            if record is None:
                raise ValueError(f"{path} is no record")
            date = formatdate(record.moment.seconds if record.moment else 0, usegmt=True)
            out.write(
                f"<item><title>{escape(record.title)}</title><link>{escape(record.web_url)}</link>"
                f"<guid>{escape(path)}</guid><description>{escape(record.excerpt)}</description>"
                f"<pubDate>{date}</pubDate></item>\n"
            )
        out.write("</channel></rss>\n")


@contextmanager
def served(feed: Path) -> Iterator[str]:
    """Serve a feed on this machine as long as the block lasts; its address."""
    handler = partial(_Quiet, directory=str(feed.parent))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/{feed.name}"
        finally:
            server.shutdown()


def import_articles(program: str, address: str, count: int, home: Home) -> float:
    """Let newsboat fetch a feed into an empty cache; how many milliseconds that takes.

    Raises:
        RuntimeError: it has another number of articles afterwards.

    """
    urls, cache, config = (home.folder / name for name in ("urls", "newsboat.db", "newsboat.conf"))
    urls.write_text(address + "\n", encoding="utf-8")
    config.touch()
    cache.unlink(missing_ok=True)
    argv = [program, "-u", str(urls), "-c", str(cache), "-C", str(config), "-x", "reload"]
    started = time.monotonic()
    subprocess.run(
        argv, env=home.env, stdin=subprocess.DEVNULL, capture_output=True, timeout=_PATIENCE, check=True
    )
    took = (time.monotonic() - started) * 1000
    with closing(sqlite3.connect(cache)) as connection:
        found = connection.execute("SELECT count(*) FROM rss_item").fetchone()[0]
    if found != count:
        raise RuntimeError(f"newsboat has {found} of {count} articles")
    return took


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing."""
