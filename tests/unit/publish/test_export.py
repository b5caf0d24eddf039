"""`newsreader export`: feeds that other programs read, tables, and folders that are never in the corpus."""

from __future__ import annotations

import csv
import io
import json
import os
from calendar import timegm
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest

from newsreader.commands.publish.entries import FeedEntry, OutgoingFeed
from newsreader.commands.publish.feeds import atom, json_feed, rss
from newsreader.commands.publish.output import AlreadyThereError, ExportWriteError, put, put_new, write_folder
from newsreader.commands.support.run import BROKEN_PIPE
from newsreader.corpus.document import Document
from newsreader.corpus.file_reader import read_file
from newsreader.domain.record import Image, LinkKind, Provider, Record
from newsreader.render.body_html import body_html
from tests.builders import A_MOMENT, a_corpus, a_front_matter, a_record
from tests.unit.publish.golden import golden
from tests.unit.publish.running import run, run_unread

SAMPLE = Path(__file__).parents[3] / "sample_content"
FEEDS = {"rss": rss, "atom": atom, "jsonfeed": json_feed}
SUFFIXES = {"rss": "rss", "atom": "atom", "jsonfeed": "json", "csv": "csv"}
SOME = ("gpt-4", "OR", "type:course,download,collection", "OR", "title:argo", "--all", "--sort", "new")
ADDRESSES = ("--home-url", "https://site.example/", "--self-url", "https://site.example/feed?a=1&b=2")


def exported(capsys: pytest.CaptureFixture[str], *arguments: str, corpus: str = str(SAMPLE)) -> str:
    answer = run(capsys, "export", "--corpus", corpus, *arguments)
    assert (answer.status, answer.err) == (0, "")
    return answer.out


def read_feed(text: str) -> Any:
    feed = feedparser.parse(io.BytesIO(text.encode()))
    assert not feed.bozo
    return feed


def read_json_feed(text: str) -> Any:
    """A JSON Feed, which feedparser does not know, looked at as its specification asks for."""
    feed = json.loads(text)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"]
    assert feed.keys() <= {"version", "title", "home_page_url", "feed_url", "items"}
    ids = [item["id"] for item in feed["items"]]
    assert len(set(ids)) == len(ids)
    for item in feed["items"]:
        assert item.keys() <= {
            *("id", "url", "title", "content_html", "content_text", "summary", "image"),
            *("date_published", "authors", "tags", "_newsreader"),
        }
        assert ("content_html" in item) != ("content_text" in item)
        assert all(author["name"] for author in item.get("authors", []))
        assert all(isinstance(tag, str) for tag in item.get("tags", []))
    return feed


def link_of(entry: Any) -> str:
    """Where an entry leads; feedparser takes a name for an address where there is none."""
    links = [link.href for link in entry.get("links", []) if link.rel == "alternate"]
    return links[0] if links else ""


def sample_records(capsys: pytest.CaptureFixture[str]) -> list[Record]:
    """Every record of the sample in the order of the list, as its file says it."""
    listed = run(capsys, "list", "--corpus", str(SAMPLE), "--all", "--sort", "new", "--format", "jsonl").out
    paths = [json.loads(line)["path"] for line in listed.splitlines()]
    read = [read_file(SAMPLE, path.encode()).record for path in paths]
    return [record for record in read if record is not None]


# Forms.


@pytest.mark.parametrize("form", SUFFIXES)
def test_the_export_of_the_sample_matches_the_golden_files(
    capsys: pytest.CaptureFixture[str], form: str
) -> None:
    addresses = () if form == "csv" else ADDRESSES
    golden(f"export.{SUFFIXES[form]}", exported(capsys, "--format", form, *SOME, *addresses))


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_feeds_parse_to_the_same_titles_links_and_dates(
    capsys: pytest.CaptureFixture[str], form: str
) -> None:
    records = sample_records(capsys)
    feed = read_feed(exported(capsys, "--format", form, "--all", "--sort", "new", *ADDRESSES))
    assert (feed.feed.title, feed.feed.link) == ("newsreader sample", "https://site.example/")
    assert ADDRESSES[3] in [link.href for link in feed.feed.links if link.rel == "self"]
    assert len(feed.entries) == len(records) > 100
    for entry, record in zip(feed.entries, records, strict=True):
        link = record.link(LinkKind.ORIGINAL)
        assert entry.title == record.title
        assert link_of(entry) == (link.url if link else "")
        seconds = timegm(entry.published_parsed) if "published_parsed" in entry else None
        assert seconds == (record.moment and record.moment.seconds)
        assert [tag.term for tag in entry.get("tags", [])] == list(record.topics)
    ids = [entry.id for entry in feed.entries]
    assert len(set(ids)) == len(ids)
    again = read_feed(exported(capsys, "--format", form, "--all", "--sort", "old"))
    assert sorted(ids) == sorted(entry.id for entry in again.entries)


def test_a_json_feed_parses_to_the_same_titles_links_and_dates(
    capsys: pytest.CaptureFixture[str],
) -> None:
    records = sample_records(capsys)
    text = exported(capsys, "--format", "jsonfeed", "--all", "--sort", "new", *ADDRESSES)
    feed = read_json_feed(text)
    assert (feed["home_page_url"], feed["feed_url"]) == ADDRESSES[1::2]
    assert len(feed["items"]) == len(records)
    for item, record in zip(feed["items"], records, strict=True):
        link = record.link(LinkKind.ORIGINAL)
        assert (item["title"], item.get("url")) == (record.title, link and link.url)
        published = item.get("date_published")
        seconds = int(datetime.fromisoformat(published).timestamp()) if published else None
        assert seconds == (record.moment and record.moment.seconds)
        assert ("content_html" in item) != ("content_text" in item)


def test_csv_parses_to_the_same_values(capsys: pytest.CaptureFixture[str]) -> None:
    records = sample_records(capsys)
    rows = list(csv.DictReader(io.StringIO(exported(capsys, "--format", "csv", "--all", "--sort", "new"))))
    assert [row["title"].removeprefix("'") for row in rows] == [record.title for record in records]
    assert [row["webUrl"] for row in rows] == [record.web_url for record in records]
    assert [row["heat"] for row in rows] == [
        "" if record.heat is None else str(record.heat) for record in records
    ]


# What feeds say of odd records.


def feed_of(form: str, *records: Record, **of_feed: Any) -> str:
    entries = [FeedEntry(str(number), "source.example", record) for number, record in enumerate(records)]
    return "".join(FEEDS[form](OutgoingFeed(**{"title": "T", **of_feed}), entries))


ODD = a_record(
    title="AT&T <b>bold</b> a < b ]]> \x00\x0b\ufffe\ud800",
    excerpt="<script>alert(1)</script> & more",
    original_url="https://odd.example/?a=1&b=\"<>'",
    topics=('"quoted" & <odd>',),
    provider=Provider("A & B", "a.example", authors=("One <1>", "Two")),
    body="",
)


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_odd_text_round_trips_in_feeds(form: str) -> None:
    feed = read_feed(feed_of(form, ODD, title="T & <T>"))
    (entry,) = feed.entries
    assert feed.feed.title == "T & <T>"
    assert link_of(entry) == ODD.original_url
    assert [tag.term for tag in entry.tags] == list(ODD.topics)
    assert entry.summary_detail["type"] == "text/plain" or "<script>" not in entry.summary


def test_odd_text_round_trips_in_json() -> None:
    feed = read_json_feed(feed_of("jsonfeed", ODD, title="T & <T>"))
    (item,) = feed["items"]
    assert (feed["title"], item["title"], item["url"]) == ("T & <T>", ODD.title, ODD.original_url)
    assert (item["summary"], item["tags"]) == (ODD.excerpt, list(ODD.topics))
    assert item["authors"] == [{"name": "One <1>"}, {"name": "Two"}]


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_characters_forbidden_in_xml_are_removed(form: str) -> None:
    root = ElementTree.fromstring(feed_of(form, ODD))  # noqa: S314 - it was written here
    titles = [element.text for element in root.iter() if element.tag.rpartition("}")[2] == "title"]
    assert titles == ["T", "AT&T <b>bold</b> a < b ]]> "]


def test_an_excerpt_is_escaped_as_html_in_rss() -> None:
    item = ElementTree.fromstring(feed_of("rss", ODD)).find("channel/item")  # noqa: S314
    assert item is not None
    assert item.findtext("description") == "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more"
    creators = item.findall("{http://purl.org/dc/elements/1.1/}creator")
    assert [creator.text for creator in creators] == ["One <1>", "Two"]


BARE = Record(path="a.md", title="Bare")


def test_an_empty_record_is_a_valid_entry() -> None:
    (entry,) = read_feed(feed_of("rss", BARE)).entries
    assert "published" not in entry
    assert link_of(entry) == ""
    (entry,) = read_feed(feed_of("atom", BARE)).entries
    assert "published" not in entry
    assert (entry.updated, entry.content[0].value) == ("1970-01-01T00:00:00Z", "Bare")
    (item,) = json.loads(feed_of("jsonfeed", BARE))["items"]
    assert {key: item[key] for key in ("title", "content_text", "authors")} == {
        "title": "Bare",
        "content_text": "Bare",
        "authors": [{"name": "source.example"}],
    }
    assert item.keys().isdisjoint({"url", "date_published", "image", "tags", "summary"})
    assert FeedEntry("1", "", BARE).authors == ()


def test_part_of_a_url_is_no_provider_name() -> None:
    record = a_record(provider=Provider("com/2021/07/23/index.html", "com/2021/07/23/index.html"))
    assert FeedEntry("1", "source.example", record).authors == ("source.example",)


def test_an_unsafe_image_url_is_left_out() -> None:
    images = (Image("file:///etc/passwd"), Image("https://a.example/b.jpg"))
    (item,) = json.loads(feed_of("jsonfeed", a_record(images=images)))["items"]
    assert item["image"] == "https://a.example/b.jpg"


def test_a_body_becomes_plain_html() -> None:
    record = a_record(body="<p onclick=x>Hello <b>you</b></p><script>alert(1)</script>")
    html = "<p>Hello <strong>you</strong></p>"
    for form in ("rss", "atom"):
        (entry,) = read_feed(feed_of(form, record)).entries
        assert html in [content.value for content in entry.content]
    assert read_json_feed(feed_of("jsonfeed", record))["items"][0]["content_html"] == html


def test_a_feed_has_the_id_of_its_url_and_the_date_of_its_newest_entry() -> None:
    names = {
        OutgoingFeed("T", own="https://a.example/1").urn,
        OutgoingFeed("T", home="https://a.example/").urn,
        OutgoingFeed("T").urn,
    }
    assert len(names) == 3
    assert OutgoingFeed("U", own="https://a.example/1").urn in names
    feed = read_feed(feed_of("rss", newest=A_MOMENT))
    assert feed.feed.updated == "Mon, 28 Jun 2021 07:12:00 GMT"
    assert feed.feed.link == OutgoingFeed("T").urn
    assert read_feed(feed_of("atom", newest=A_MOMENT)).feed.updated == "2021-06-28T07:12:00Z"


def test_the_newest_entry_can_be_anywhere(capsys: pytest.CaptureFixture[str]) -> None:
    by_age = [read_feed(exported(capsys, "--format", "atom", "--sort", order)) for order in ("old", "new")]
    assert by_age[0].feed.updated == by_age[1].feed.updated == by_age[1].entries[0].updated


# Bodies.


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("", ""),
        ("## A & B", "<h2>A &amp; B</h2>"),
        ("> said\n\n---\n\nmore", "<blockquote>said</blockquote>\n<hr>\n<p>more</p>"),
        ("```\na < b\n```", "<pre><code>a &lt; b</code></pre>"),
        (
            "see [a *b*](https://a.example/?x=1&y) or [c](javascript:d)",
            '<p>see <a href="https://a.example/?x=1&amp;y">a </a>'
            '<a href="https://a.example/?x=1&amp;y"><em>b</em></a> or c</p>',
        ),
        ("- a\n- b", "<ul>\n<li>a\n</li>\n<li>b\n</li></ul>"),
        ("1. a\n   - b\n2. c", "<ol>\n<li>a\n<ul>\n<li>b\n</li></ul>\n</li>\n<li>c\n</li></ol>"),
        ("- a\n\n1. b\n\ntext", "<ul>\n<li>a\n</li>\n</ul>\n<ol>\n<li>b\n</li></ol>\n<p>text</p>"),
        (
            "| a | b |\n|---|---|\n| c | d |",
            "<table>\n<tr><th>a</th><th>b</th></tr>\n<tr><td>c</td><td>d</td></tr>\n</table>",
        ),
        (
            "<table><thead><tr><th>a<th><th>b</thead><tr><td><a href=https://c.example>d<td>e</a><td>f</table>",
            "<table>\n<tr><th>a</th><th></th><th>b</th></tr>\n"
            '<tr><td><a href="https://c.example">d</a></td><td><a href="https://c.example">e</a></td>'
            "<td>f</td></tr>\n</table>",
        ),
        ("- [ ] a\n- [x] b", "<ul>\n<li>☐ a\n</li>\n<li>☑ b\n</li></ul>"),
        ("- a\n\n  b\n\nc", "<ul>\n<li>a\n<p>b</p>\n</li></ul>\n<p>c</p>"),
        (
            "> [!note]\n> ~~a~~",
            "<blockquote><strong>Note</strong></blockquote>\n<blockquote><s>a</s></blockquote>",
        ),
    ],
)
def test_blocks_become_plain_html(body: str, html: str) -> None:
    assert body_html(body) == html


# Folders.


def folder_of(root: Path) -> dict[str, str]:
    return {
        file.relative_to(root).as_posix(): file.read_text(encoding="utf-8")
        for file in root.rglob("*")
        if file.is_file()
    }


@pytest.fixture
def small(tmp_path: Path) -> str:
    files = {
        "_news/a.md": a_front_matter("Body\n", heat=5),
        "_news/b.txt": a_front_matter(title="B", webUrl="https://b.example/b", originalUrl=None),
    }
    return str(a_corpus(tmp_path, files))


def test_a_markdown_folder_has_the_paths_and_content_of_the_corpus(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    target = tmp_path / "new" / "notes"
    arguments = ("export", "--corpus", str(SAMPLE), "--all", "--format", "markdown", "--output", str(target))
    answer = run(capsys, *arguments)
    assert (answer.status, answer.out) == (0, "")
    written = folder_of(target)
    assert len(written) == len(sample_records(capsys))
    for path in written:
        ours, theirs = read_file(target, path.encode()), read_file(SAMPLE, path.encode())
        assert ours.record == theirs.record
        assert ours.defects == ()
    name = "_news/2021-06-27-pytorch-gains-momentum-with-push-from-facebook-and-microsoft.md"
    golden("export-folder.md", written[name])
    umask = os.umask(0)
    os.umask(umask)
    assert (target / name).stat().st_mode & 0o777 == 0o666 & ~umask


def test_a_file_with_other_content_is_replaced_only_with_force(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, small: str
) -> None:
    target = tmp_path / "out"
    arguments = ("export", "--corpus", small, "--format", "markdown", "--output", str(target))
    assert run(capsys, *arguments) == (0, "", "2 written, 0 there already.\n")
    before = folder_of(target)
    assert run(capsys, *arguments) == (0, "", "0 written, 2 there already.\n")
    (target / "_news" / "a.md").write_text("mine", encoding="utf-8")
    (target / "_news" / "b.txt").unlink()
    answer = run(capsys, *arguments)
    assert (answer.status, answer.err) == (
        1,
        "1 written, 0 there already.\nnewsreader: 1 say something else and were left alone: _news/a.md. "
        "--force replaces them.\n",
    )
    assert folder_of(target) == {**before, "_news/a.md": "mine"}
    assert run(capsys, *arguments, "--force").status == 0
    assert folder_of(target) == before


def test_many_files_that_were_not_replaced_are_counted(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    files = {
        f"{number}.md": a_front_matter(title=f"{number}", webUrl=None, originalUrl=None)
        for number in range(8)
    }
    root = a_corpus(tmp_path, files)
    target = tmp_path / "out"
    target.mkdir()
    for name in files:
        (target / name).write_text("mine", encoding="utf-8")
    arguments = ("--corpus", str(root), "--all", "--format", "markdown", "--output", str(target))
    assert " and 3 more. --force" in run(capsys, "export", *arguments).err


@pytest.mark.parametrize(
    ("form", "where"),
    [("markdown", ""), ("markdown", "sub/folder"), ("rss", "feed.xml"), ("csv", "_news/a.md")],
)
def test_nothing_is_written_into_the_corpus(
    capsys: pytest.CaptureFixture[str], small: str, form: str, where: str
) -> None:
    before = folder_of(Path(small))
    place = str(Path(small) / where)
    answer = run(capsys, "export", "--corpus", small, "--format", form, "--output", place)
    assert (answer.status, answer.out) == (2, "")
    assert "only ever read" in answer.err
    assert folder_of(Path(small)) == before


def test_a_link_into_the_corpus_is_rejected(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, small: str
) -> None:
    before = folder_of(Path(small))
    target = tmp_path / "out"
    target.mkdir()
    (target / "_news").symlink_to(Path(small) / "_news")
    arguments = ("--format", "markdown", "--output", str(target), "--force")
    assert "only ever read" in run(capsys, "export", "--corpus", small, *arguments).err
    above = run(capsys, "export", "--corpus", str(Path(small) / "_news"), "--format", "markdown")
    assert above.status == 2
    (target / "feed.xml").symlink_to(Path(small) / "_news" / "a.md")
    place = str(target / "feed.xml")
    assert run(capsys, "export", "--corpus", small, "--format", "rss", "--output", place).status == 2
    assert folder_of(Path(small)) == before


def test_a_path_out_of_the_folder_is_rejected(tmp_path: Path) -> None:
    for path in ("../a.md", "/etc/a.md", "a/../../b.md", "."):
        with pytest.raises(ExportWriteError):
            write_folder(tmp_path / "x", [(path, Document({}, ""))], tmp_path / "corpus", replace=True)
    assert list(tmp_path.iterdir()) == []


# Files.


def no_links(*_: object) -> None:
    raise OSError("no hard links here")


def test_files_are_written_atomically(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_text("before", encoding="utf-8")

    def fail(out: Any) -> None:
        out.write("half")
        raise KeyError("interrupted")

    with pytest.raises(KeyError):
        put(file, fail, tmp_path / "corpus")
    assert folder_of(tmp_path) == {"a": "before"}


@pytest.mark.parametrize("has_links", [True, False])
def test_a_file_created_concurrently_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_links: bool
) -> None:
    if not has_links:
        monkeypatch.setattr(os, "link", no_links)
    corpus, file = tmp_path / "corpus", tmp_path / "out" / "a"
    assert put_new(file, "ours", corpus)
    assert not put_new(file, "ours", corpus)
    with pytest.raises(AlreadyThereError):
        put_new(file, "others", corpus)
    assert put_new(file, "others", corpus, replace=True)
    assert folder_of(tmp_path) == {"out/a": "others"}


def test_a_folder_in_place_of_a_file_is_reported(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(ExportWriteError, match="cannot be written"):
        put(tmp_path / "a", lambda out: out.write("x"), tmp_path / "corpus")
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(ExportWriteError, match="cannot be written"):
        put_new(tmp_path / "file" / "b", "x", tmp_path / "corpus")
    assert folder_of(tmp_path) == {"file": "x"}


# The command.


def test_the_format_is_inferred_from_the_extension(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, small: str
) -> None:
    for suffix, start in (
        (".json", "{"),
        (".rss", "<?xml"),
        (".XML", "<?xml"),
        (".atom", "<?xml"),
        (".csv", "id,"),
    ):
        file = tmp_path / f"feed{suffix}"
        answer = run(capsys, "export", "--corpus", small, "--output", str(file))
        assert answer == (0, "", f"2 records written to {file}.\n")
        assert file.read_text(encoding="utf-8").startswith(start)


def test_a_dash_means_standard_output(capsys: pytest.CaptureFixture[str], small: str) -> None:
    answer = run(capsys, "export", "--corpus", small, "--format", "csv", "--output", "-", "--limit", "1")
    assert (answer.status, len(answer.out.splitlines())) == (0, 2)


@pytest.mark.parametrize("form", FEEDS)
def test_a_feed_without_matches_has_no_entries(
    capsys: pytest.CaptureFixture[str], small: str, form: str
) -> None:
    answer = run(capsys, "export", "--corpus", small, "--format", form, "--title", "T", "title:nothing")
    assert (answer.status, answer.err) == (1, "")
    found = read_json_feed(answer.out)["items"] if form == "jsonfeed" else read_feed(answer.out).entries
    assert found == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "which format? --format takes one of jsonfeed, rss, atom, csv, markdown"),
        (("--output", "a.doc"), "which format?"),
        (("--output", "-"), "which format?"),
        (("--format", "xml"), "invalid choice"),
        (("--format", "markdown"), "--output names the folder"),
        (("--format", "rss", "--self-url", "javascript:x"), "an http or https URL is needed"),
        (("--format", "rss", "--home-url", "site"), "an http or https URL is needed"),
        (("--format", "rss", "--output", "nowhere/feed"), "cannot be written"),
        (("--format", "rss", "heat:warm"), "heat"),
        (("--format", "rss", "--corpus", "nowhere"), "there is no such folder"),
    ],
)
def test_invalid_arguments_are_reported(
    capsys: pytest.CaptureFixture[str], small: str, arguments: Sequence[str], words: str
) -> None:
    given = arguments if "--corpus" in arguments else (*arguments, "--corpus", small)
    answer = run(capsys, "export", *given)
    assert (answer.status, answer.out) == (2, "")
    assert words in answer.err


def test_a_closed_pipe_exits_silently() -> None:
    arguments = ("export", "--all", "--format", "jsonfeed", "--corpus", str(SAMPLE))
    assert run_unread(*arguments) == (BROKEN_PIPE, "", "")


def test_entries_are_read_while_they_are_written() -> None:
    """A feed asks for its entries one by one."""
    asked: list[int] = []

    def entries() -> Any:
        for number in range(3):
            asked.append(number)
            yield FeedEntry(str(number), "", BARE)

    for form in FEEDS.values():
        asked.clear()
        pieces = form(OutgoingFeed("T"), entries())
        while not asked:
            next(pieces)
        assert asked == [0]
