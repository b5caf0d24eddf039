"""Hostile records on a real pseudo-terminal: nothing of theirs may reach it but plain text."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.terminal.driver import Terminal

pytestmark = pytest.mark.terminal

PAYLOADS = (
    "\x1b]52;c;ZXZpbA==\x07",
    "\x1b[2J\x1b[31m",
    "\x9b5n\x9d52;c;ZXZpbA==\x9c",
    "\u202edesrever\u202c\u2066",
    "[/]",
    "[@click=app.quit]press[/]",
    "\x1bP+q544e\x1b\\\x1b_G\x1b\\",
)
ALL = "".join(PAYLOADS)

FORBIDDEN = (
    b"\x1b]52",
    b"52;c;",
    b"ZXZpbA==",
    b"\x1b[31m",
    b"\x1bP",
    b"\x1b_G",
    "\x9b".encode(),
    "\x9d".encode(),
    "\u202e".encode(),
    "\u2066".encode(),
)


def _field(name: str) -> str:
    return json.dumps(f"{name} {ALL} end")  # JSON strings are YAML strings


def _record() -> str:
    related = "\n".join(
        [
            f"  - title: {_field('related')}",
            "    publishedDateTime: 2021-06-02T10:00:00Z",
            f"    webUrl: {json.dumps('https://b.example/' + ALL)}",
            f"    provider: {{name: {_field('their name')}, domain: {_field('their domain')}}}",
        ]
    )
    return f"""---
title: {_field("title")}
excerpt: {_field("excerpt")}
publishedDateTime: 2021-06-01T10:00:00Z
originalUrl: {json.dumps("https://a.example/x" + ALL)}
webUrl: https://a.example/good
ampWebUrl: {json.dumps("https://a.example/amp" + ALL)}
type: {_field("type")}
heat: 10
quality: 5
provider:
  name: {_field("name")}
  domain: {_field("domain")}
  authors:
    - name: {_field("author")}
topics:
  - {_field("topic")}
related:
{related}
items:
  - {_field("item")}
actions:
  - {{url: "https://a.example/action", title: {_field("action")}}}
length: {_field("length")}
levels: [{_field("level")}]
price: {_field("price")}
location: {_field("location")}
website: {json.dumps("https://a.example/site" + ALL)}
twitter: {{username: {_field("user")}, url: "https://a.example/t", followers: 3}}
featuredContent: {json.dumps('<iframe src="https://a.example/embed' + ALL + '"></iframe>')}
{_field("unknown key")}: {_field("unknown value")}
---
# Heading {ALL}

A paragraph {ALL} with [a link {ALL}](https://a.example/link) and `code {ALL}`.
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return make_hostile_corpus(tmp_path / "corpus")


def make_hostile_corpus(root: Path) -> Path:
    """A corpus in which everything that can be shown is hostile."""
    (root / "_data" / "topics").mkdir(parents=True)
    (root / "_news").mkdir()
    topic = f"taxonomy: topic\n_id: t\nname: {_field('topic')}\ndescription: {_field('about')}\n"
    (root / "_data" / "topics" / "00-t.yaml").write_text(topic, encoding="utf-8")
    (root / "_news" / "a.md").write_text(_record(), encoding="utf-8")
    # The same bytes unescaped, in the file itself and in its name.
    raw = f"---\ntitle: raw {ALL}\nheat: 9\nexcerpt: raw {ALL}\n---\nbody {ALL}\n"
    (root / "_news" / "b.md").write_text(raw, encoding="utf-8")
    name = "c\x1b]52;c;ZXZpbA==\x07\x9b5n\u202e[bold].md"
    (root / "_news" / name).write_text(
        f"---\nheat: {_field('no number')}\nbroken: [\n---\n", encoding="utf-8"
    )
    return root


def test_nothing_hostile_reaches_the_terminal(corpus: Path) -> None:
    with Terminal(
        [sys.executable, "-m", "newsreader", str(corpus), "--all"], columns=150, rows=50
    ) as terminal:
        terminal.wait_for("1 of 3")
        terminal.settle()
        for keys in ("<enter>", "G", "g", "j", "j", "<pgdn>", "<pgdn>", "2", "j", "j", "u", "<esc>", "!"):
            terminal.send(keys)
            terminal.settle()
        terminal.wait_for("Problems")
        terminal.send("<esc>")
        terminal.settle()
        terminal.send("1")
        terminal.settle()
        terminal.send("G")
        terminal.settle()
        terminal.send("?")
        terminal.wait_for("Keys")
        terminal.send("<esc>")
        terminal.settle()
        terminal.send("2")
        terminal.settle()
        terminal.send("/")
        terminal.settle()
        terminal.send("end")
        terminal.wait_for("filter “end”")
        terminal.send("<ctrl+q>")
        assert terminal.wait_exit() == 0
        raw = terminal.raw
    for forbidden in FORBIDDEN:
        assert forbidden not in raw, forbidden
    # What looks like markup is text like any other.
    assert b"[@click=app.quit]press[/]" in raw
