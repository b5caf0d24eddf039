"""Fetching and checking as real processes: interrupted, piped, on a terminal, and with what they load."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from newsreader.library.pages.store import PageStore
from tests.unit.commands.web_pages import a_page, allow_private_addresses, served_corpus
from tests.web.server import Delivery, PageServer, Reply

posix = pytest.mark.skipif(os.name != "posix", reason="needs signals and a POSIX shell")
NEWSREADER = (sys.executable, "-m", "newsreader")


@pytest.fixture
def server() -> Iterator[PageServer]:
    with PageServer() as server:
        yield server


@pytest.fixture
def surroundings(environment: dict[str, str]) -> dict[str, str]:
    """Those of a process that may fetch pages of this machine."""
    allow_private_addresses(Path(environment["XDG_CONFIG_HOME"]) / "newsreader" / "config.toml")
    return environment


def wait_for(condition: Callable[[], bool]) -> None:
    """Wait until something is so; a test that waits for long has failed."""
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline, "it never came to that"
        time.sleep(0.02)


def kept_of(surroundings: dict[str, str], server: PageServer) -> int:
    """How many pages and verdicts there are of the two that are answered."""
    store = PageStore(Path(surroundings["XDG_CACHE_HOME"]) / "newsreader" / "pages.sqlite", most_bytes=10**9)
    try:
        return max(store.size().pages, len(store.link_statuses([server.url("/a"), server.url("/b")])))
    finally:
        store.close()


@posix
@pytest.mark.parametrize("command", ["fetch", "links"])
def test_ctrl_c_exits_at_once_and_keeps_fetched_pages(
    command: str, tmp_path: Path, server: PageServer, folders: Path, surroundings: dict[str, str]
) -> None:
    silent = Reply(delivery=Delivery.SILENT)
    urls = {name: server.add(f"/{name}", a_page(name)) for name in "ab"}
    urls |= {f"silent-{number}": server.add(f"/silent-{number}", silent) for number in range(9)}
    root = served_corpus(tmp_path, urls)
    process = subprocess.Popen(
        [*NEWSREADER, command, "--sort", "new", "--corpus", str(root)],
        env=surroundings,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        wait_for(
            lambda: {"/silent-0", "/silent-1"} <= set(server.paths()) and kept_of(surroundings, server) == 2
        )
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)  # a request may take 45 seconds
    finally:
        process.kill()
        process.communicate()
    assert (process.returncode, out) == (130, "")
    kept = "2 pages that came are kept" if command == "fetch" else "2 verdicts are kept"
    assert err == f"newsreader: interrupted; {kept}.\n"
    if command == "fetch":
        told = subprocess.run(
            [*NEWSREADER, "pages", "--json"], env=surroundings, capture_output=True, check=True
        )
        assert json.loads(told.stdout)["pages"] == 2


@posix
def test_a_pipe_closed_early_is_no_error(
    tmp_path: Path, server: PageServer, folders: Path, surroundings: dict[str, str]
) -> None:
    urls = {f"page-{number:02}": server.add(f"/{number}", a_page(f"{number}")) for number in range(12)}
    root = served_corpus(tmp_path, urls)
    bash = shutil.which("bash") or pytest.skip("there is no bash on this machine")
    for command in ("fetch --format jsonl", "links --alive --format tsv"):
        script = (
            f"'{sys.executable}' -m newsreader {command} --corpus '{root}' | head -1; echo ${{PIPESTATUS[0]}}"
        )
        done = subprocess.run(
            [bash, "-c", script], env=surroundings, capture_output=True, text=True, check=True, timeout=120
        )
        *rows, status = done.stdout.splitlines()
        assert len(rows) == 1
        assert status in ("0", "141")
        assert "Traceback" not in done.stderr


def test_commands_without_requests_import_no_network_module(surroundings: dict[str, str]) -> None:
    for arguments in (["list"], ["pages"], ["show", "a966671a", "--text"], ["open", "a966671a", "--print"]):
        script = (
            f"import sys; from newsreader.cli import main; main({arguments!r});"
            "print(*{name.partition('.')[0] for name in sys.modules}, *sys.modules, file=sys.stderr)"
        )
        done = subprocess.run(
            [sys.executable, "-c", script],
            env={name: value for name, value in surroundings.items() if not name.startswith("COV")},
            capture_output=True,
            text=True,
            check=True,
        )
        loaded = set(done.stderr.split())
        assert "newsreader.commands.registry" in loaded
        assert loaded.isdisjoint({"httpx", "httpcore", "anyio", "trafilatura", "asyncio"})
