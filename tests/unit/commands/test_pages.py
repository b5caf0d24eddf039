"""`newsreader pages`: what is kept, and throwing it away."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

from newsreader.domain.mark_changes import Identity
from newsreader.domain.page_text import PageText, Version
from newsreader.library.pages.store import PageStore
from newsreader.settings import paths
from tests.unit.commands.conftest import Run

DAY = 86_400


def keep(*ages: int) -> None:
    """Keep a page and a picture of each age, in days."""
    now = int(time.time())
    store = PageStore(paths.pages_file(), most_bytes=10**7)
    folder = paths.cache_dir() / "pictures"
    folder.mkdir(exist_ok=True)
    for age in ages:
        text = PageText(Version.WEB, f"https://a.example/{age}", "Title", "<p>words</p>", 1, now - age * DAY)
        store.keep(Identity.named(f"https://a.example/{age}"), text)
        picture = folder / f"{age}"
        picture.write_bytes(b"x" * 1_000)
        os.utime(picture, (now - age * DAY,) * 2)
    store.close()


def test_an_empty_store_is_not_created(run: Run, folders: Path) -> None:
    told = run("pages")
    assert told.status == 0
    assert told.lines[:3] == ["pages     0", "bytes     0 kB of at most 200.0 MB", "oldest    none"]
    assert told.lines[3] == f"where     {paths.pages_file()}"
    assert run("pages", "--purge").lines[0] == "pages     0 thrown away"
    assert run("pages", "--where").lines == [str(paths.pages_file())]
    assert not paths.pages_file().exists()
    assert not (folders / "pictures").exists()


def test_stored_pages_are_counted(run: Run) -> None:
    keep(1, 40)
    told = json.loads(run("pages", "--json").out)
    assert (told["pages"], told["pictures"], told["pictureBytes"]) == (2, 2, 2_000)
    assert 0 < told["bytes"] < 5_000
    assert told["most"] == 200_000_000
    since = time.strftime("%Y-%m-%d", time.gmtime(time.time() - 40 * DAY))
    assert told["oldest"][:10] == since
    assert run("pages").lines[-1] == "pictures  2, 2 kB"


def test_old_pages_are_purged(run: Run) -> None:
    keep(1, 2, 40)
    gone = json.loads(run("pages", "--purge", "--older", "30d", "--json").out)
    assert (gone["pages"], gone["pictures"]) == (1, 1)
    assert gone["bytes"] > 1_000
    left = json.loads(run("pages", "--json").out)
    assert (left["pages"], left["pictures"]) == (2, 2)
    assert run("pages", "--purge").lines[:2] == ["pages     2 thrown away", "pictures  2 thrown away"]
    assert json.loads(run("pages", "--json").out)["pages"] == 0


def test_an_age_requires_purge(run: Run) -> None:
    keep(40)
    answer = run("pages", "--older", "30d")
    assert answer.status == 2
    assert "--purge" in answer.err
    assert run("pages", "--purge", "--older", "ages").status == 2
    assert run("pages", "--purge", "--where").status == 2
    assert json.loads(run("pages", "--json").out)["pages"] == 1
