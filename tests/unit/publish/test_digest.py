"""`newsreader digest`: which stories it tells, under which topics, and how it is written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path

import pytest

from newsreader.commands.publish.edition import as_newspaper, edition_newsletter
from newsreader.commands.publish.entries import FeedEntry
from newsreader.commands.publish.newsletter import Newsletter, NewsletterItem, outlets
from newsreader.commands.publish.newsletter_formats import as_html, as_markdown, as_text
from newsreader.commands.support.run import BROKEN_PIPE
from newsreader.domain.digest import Section
from newsreader.domain.editions import Edition, EditionSpan, EditionStory, arrange
from newsreader.domain.record import Provider
from newsreader.markup import body_blocks
from newsreader.settings import paths
from tests.builders import a_corpus, a_front_matter, a_record, a_related
from tests.unit.publish.golden import golden
from tests.unit.publish.running import Terminal, run, run_unread

SAMPLE = Path(__file__).parents[3] / "sample_content"
FORMS = {"markdown": as_markdown, "html": as_html, "text": as_text}
SUFFIXES = {"markdown": "md", "html": "html", "text": "txt"}


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    answer = run(capsys, "digest", *arguments)
    assert (answer.status, answer.err) == (0, "")
    return answer.out


def corpus(tmp_path: Path, records: Mapping[str, Mapping[str, object]]) -> str:
    """A corpus of these records, each at a page of its own; the newest is of 28 June 2021, 07:12 UTC."""
    files = {}
    for name, keys in records.items():
        page = f"https://{name}.example/story"
        ordinary = {"title": name, "webUrl": page, "originalUrl": page}
        files[f"_news/{name}.md"] = a_front_matter(**{**ordinary, **keys})
    return str(a_corpus(tmp_path, files))


# Forms.


@pytest.mark.parametrize("form", FORMS)
def test_the_digest_of_the_sample_matches_the_golden_files(
    capsys: pytest.CaptureFixture[str], form: str
) -> None:
    arguments = ("--since", "2021-06-01", "--top", "12", "--per-topic", "3", "--corpus", str(SAMPLE))
    golden(f"digest.{SUFFIXES[form]}", told(capsys, *arguments, "--format", form))


def test_the_format_is_inferred_from_the_extension(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for form, suffix in SUFFIXES.items():
        file = tmp_path / f"digest.{suffix}"
        arguments = ("digest", "--since", "2021-06-01", "--corpus", str(SAMPLE))
        answer = run(capsys, *arguments, "--output", str(file))
        assert answer == (0, "", f"19 stories written to {file}.\n")
        assert file.read_text(encoding="utf-8") == run(capsys, *arguments, "--format", form).out


class _Tags(HTMLParser):
    """Looks at every tag: each that is opened is closed in turn, and none does anything."""

    ALONE = ("meta",)

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        assert tag not in ("script", "style", "img", "iframe", "link", "object")
        assert not any(name.startswith("on") for name, _ in attributes)
        if tag not in self.ALONE:
            self.open.append(tag)
        self.links += [value or "" for name, value in attributes if name in ("href", "src")]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def hostile() -> Newsletter:
    record = a_record(
        title="<script>alert(1)</script> [x](javascript:y) & *bold* &lt;",
        excerpt="# no heading <img src=x onerror=y>",
        original_url='https://evil.example/"onclick="x(y)',
        web_url="javascript:alert(1)",
        amp_url="data:text/html,x",
        provider=Provider("- <b>Pro*vider"),
    )
    item = NewsletterItem(FeedEntry("1", "evil.example", record), 2, ("<i>Out</i>", "[let]"))
    return Newsletter("<b>News</b>", "1 story & more", [Section("", [item]), Section("<u>T</u>", [item])])


def test_hostile_records_are_escaped_in_html() -> None:
    tags = _Tags()
    tags.feed("".join(as_html(hostile())))
    tags.close()
    assert tags.open == []
    assert set(tags.links) == {'https://evil.example/"onclick="x(y)'}
    for text in ("<script>alert(1)</script>", "# no heading <img", "<b>News</b>", "<i>Out</i> and [let]"):
        assert text in tags.text


def test_hostile_records_are_escaped_in_markdown() -> None:
    blocks = body_blocks("".join(as_markdown(hostile())))
    shown = {block.text: block for block in blocks}
    assert [block.kind for block in blocks[:2]] == ["heading", "paragraph"]
    title = "<script>alert(1)</script> [x](javascript:y) & *bold* &lt;"
    assert shown[title].kind == "heading"
    assert [link.url for link in shown[title].links] == ['https://evil.example/"onclick="x%28y%29']
    assert shown["# no heading <img src=x onerror=y>"].kind == "quote"
    assert any(text.startswith("- <b>Pro*vider · ") for text in shown)
    assert shown["+2 more reports, by <i>Out</i> and [let]"].kind == "paragraph"


@pytest.mark.parametrize(
    "start", ["1. one", "2) two", "- dash", "+ plus", "--- line", "===", "## two", "~~~"]
)
def test_an_excerpt_cannot_become_a_list_heading_or_rule(start: str) -> None:
    item = NewsletterItem(FeedEntry("1", "a.example", a_record(excerpt=start)), 0, ())
    blocks = body_blocks("".join(as_markdown(Newsletter("T", "I", [Section("AI", [item])]))))
    assert [(block.kind, block.text) for block in blocks[-1:]] == [("quote", start)]


def test_text_is_wrapped_and_urls_are_not() -> None:
    address = "https://long.example/" + "x" * 200
    record = a_record(title="word " * 40, excerpt="字" * 100, original_url=address)
    item = NewsletterItem(FeedEntry("1", "a.example", record), 5, ())
    lines = "".join(as_text(Newsletter("T " * 60, "I", [Section("AI", [item])]))).splitlines()
    from newsreader.render.cells import cell_len

    assert [line for line in lines if cell_len(line) > 72] == [f"  {address}"]
    assert lines[-1] == "  +5 more reports"


def test_unknown_values_are_left_out() -> None:
    record = a_record(
        moment=None, heat=None, quality=None, excerpt="", provider=Provider(), original_url="", web_url=""
    )
    newsletter = Newsletter("T", "I", [Section("", [NewsletterItem(FeedEntry("1", "", record), 0, ())])])
    title = "WHO issues first global report"
    assert "".join(as_text(newsletter)).endswith(f"\n-------------\n\n* {title}\n")
    assert "".join(as_markdown(newsletter)).endswith(f"## Other stories\n\n### {title}\n")
    assert f">{title}</h3>\n</td>" in "".join(as_html(newsletter))


# What an entry says.


@pytest.mark.parametrize(
    ("others", "names", "words"),
    [
        (0, ("A",), ""),
        (1, ("A",), "+1 more report, by A"),
        (2, ("A", "B"), "+2 more reports, by A and B"),
        (3, ("A", "B", "C"), "+3 more reports, by A, B and C"),
        (14, ("A", "B", "C", "D"), "+14 more reports, by A, B, C and others"),
        (1_200, (), "+1,200 more reports"),
    ],
)
def test_other_reports_are_counted_and_some_are_named(
    others: int, names: tuple[str, ...], words: str
) -> None:
    assert NewsletterItem(FeedEntry("1", "a.example", a_record()), others, names).coverage == words


def test_quality_stands_in_for_heat_and_a_follower_has_none() -> None:
    facts = NewsletterItem(FeedEntry("1", "a.example", a_record(heat=None, quality=7)), 0, ()).facts
    assert facts == ("World Health Organization", "Mon 28 Jun 2021, 07:12 UTC", "quality 7")
    assert NewsletterItem(FeedEntry("1", "a.example", a_record(heat=-1)), 0, ()).facts == facts[:2]


def test_an_amp_page_that_is_the_page_itself_is_no_second_link() -> None:
    page = "https://who.int/news/first-report"
    assert NewsletterItem(FeedEntry("1", "", a_record(amp_url=page)), 0, ()).amp == ""
    assert NewsletterItem(FeedEntry("1", "", a_record(amp_url=f"{page}/amp")), 0, ()).amp == f"{page}/amp"


def test_outlets_are_named_once_without_the_publisher() -> None:
    entry = FeedEntry("1", "who.int", a_record())
    related = (
        a_related(provider=Provider("The Verge", "www.theverge.com")),
        a_related(provider=Provider("World Health Organization", "who.int")),
        a_related(provider=Provider("com/2021/07/23/tail.html", "com/2021/07/23/tail.html")),
        a_related(provider=Provider()),
        a_related(provider=Provider("Forbes")),
    )
    assert outlets(entry, ["theverge.com", "b.example", "who.int"], related) == (
        "The Verge",
        "b.example",
        "Forbes",
    )


# Which stories.


def titles(markdown: str) -> list[str]:
    """Topics as they stand, and titles with two spaces before them."""
    lines = [line for line in markdown.splitlines() if line.startswith("##")]
    return [
        line[3:] if line.startswith("## ") else f"  {line[4:].strip('[').partition(']')[0]}" for line in lines
    ]


def test_stories_are_grouped_by_topic_hottest_first(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    root = corpus(
        tmp_path,
        {
            "a": {"heat": 10, "topics": ["AI"]},
            "b": {"heat": 50, "topics": ["AI", "Robots"]},
            "c": {"heat": 30, "topics": ["Robots", "AI"]},
            "d": {"heat": 90, "topics": None},
            "e": {"heat": 20, "topics": ["AI"]},
        },
    )
    (Path(root) / "topics").mkdir()
    (Path(root) / "topics" / "1.yaml").write_text("name: AI\n", encoding="utf-8")
    (Path(root) / "topics" / "2.yaml").write_text("name: Robots\nparent: ai\n", encoding="utf-8")
    everything = ["Other stories", "  d", "Robots", "  b", "  c", "AI", "  e", "  a"]
    assert titles(told(capsys, "--corpus", root)) == everything
    bounded = titles(told(capsys, "--corpus", root, "--per-topic", "1"))
    assert bounded == ["Other stories", "  d", "Robots", "  b", "AI", "  e"]
    assert titles(told(capsys, "--corpus", root, "--top", "2")) == everything[:4]
    assert "2 of 5 stories since" in told(capsys, "--corpus", root, "--limit", "2")
    assert titles(told(capsys, "--corpus", root, "--top", "0", "--per-topic", "0")) == everything
    assert titles(told(capsys, "--corpus", root, "--offset", "4")) == ["AI", "  a"]
    assert titles(told(capsys, "--corpus", root, "--sort", "old"))[0] == "AI"


def test_a_story_is_listed_once_in_every_scope(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = {"title": "b", "webUrl": "https://b.example/story", "provider": {"name": "Bee"}}
    root = corpus(
        tmp_path,
        {"a": {"heat": 60, "related": [entry]}, "b": {"heat": -1, "published": False, "provider": None}},
    )
    for more in ((), ("--all",)):
        text = told(capsys, "--corpus", root, *more)
        assert titles(text) == ["AI", "  a"]
        assert "+1 more report, by b.example" in text


def test_ages_count_from_the_newest_record(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    root = corpus(
        tmp_path,
        {
            "new": {},
            "day": {"publishedDateTime": "2021-06-27T08:00:00Z"},
            "week": {"publishedDateTime": "2021-06-23T08:00:00Z"},
            "undated": {"publishedDateTime": None},
        },
    )
    text = told(capsys, "--corpus", root)
    assert sorted(titles(text)) == ["  day", "  new", "AI"]
    assert "2 stories since Sun 27 Jun 2021, 07:12 UTC" in text
    assert len(titles(told(capsys, "--corpus", root, "--since", "7d"))) == 4
    text = told(capsys, "--corpus", root, "--since", "2021-06-28")
    assert titles(text) == ["AI", "  new"]
    assert "1 story since Mon 28 Jun 2021\n" in text
    assert len(titles(told(capsys, "--corpus", root, "--since", "yesterday"))) == 3


def test_ages_count_from_today_if_set(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = tmp_path / "config.toml"
    settings.write_text('ages_from = "today"\n', encoding="utf-8")
    monkeypatch.setattr(paths, "config_file", lambda: settings)
    answer = run(capsys, "digest", "--corpus", corpus(tmp_path, {"a": {}}))
    assert (answer.status, answer.out) == (1, "")
    assert answer.err.startswith("newsreader: there is nothing to tell since ")


def test_the_period_applies_to_the_whole_query(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    records: dict[str, dict[str, object]] = {
        "aa": {"heat": 3},
        "bb": {"heat": 2},
        "cc": {"heat": 1},
        "dd": {"heat": 9, "publishedDateTime": "2020-01-01"},
    }
    root = corpus(tmp_path, records)
    arguments = ("--corpus", root, "title:aa", "OR", "title:bb", "OR", "title:dd")
    assert titles(told(capsys, *arguments)) == ["AI", "  aa", "  bb"]
    assert titles(told(capsys, "--corpus", root, "sort:old", "limit:2", "-title:aa"))[1:] == ["  bb", "  cc"]


# Exit statuses, errors, output.


def test_an_empty_digest_is_not_written(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "digest.md"
    answer = run(capsys, "digest", "--corpus", corpus(tmp_path, {"a": {}}), "b", "--output", str(file))
    assert (answer.status, answer.out) == (1, "")
    words = "newsreader: there is nothing to tell since Sun 27 Jun 2021, 07:12 UTC; --since goes further back"
    assert answer.err.startswith(words)
    assert not file.exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--since", "soon"), "an age such as 1d or a date such as 2021-06-28 is needed, not “soon”"),
        (("--since", "-1d"), "not “-1d”"),
        (("--top", "few"), "a number from 0 on is needed"),
        (("--format", "pdf"), "invalid choice"),
        (("quality:high",), "quality"),
        (("--corpus", "nowhere"), "there is no such folder"),
        (("--since", "2000-01-01", "--output", "nowhere/digest.md"), "cannot be written"),
    ],
)
def test_invalid_arguments_are_reported(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], words: str
) -> None:
    given = arguments if "--corpus" in arguments else (*arguments, "--corpus", str(SAMPLE))
    answer = run(capsys, "digest", *given)
    assert (answer.status, answer.out) == (2, "")
    assert words in answer.err
    assert "\0" not in answer.err


def test_a_corpus_has_its_name_from_the_settings(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = corpus(tmp_path, {"a": {}})
    settings = tmp_path / "config.toml"
    settings.write_text(f"corpora = {{ other = '/nowhere', mine = {json.dumps(root)} }}\n", encoding="utf-8")
    monkeypatch.setattr(paths, "config_file", lambda: settings)
    assert told(capsys, "--corpus", "mine").startswith("# News digest: mine\n")
    assert told(capsys, "--corpus", root).startswith("# News digest: mine\n")
    assert told(capsys, "--corpus", root, "--title", "To *day*").startswith("# To \\*day\\*\n")


def test_terminal_output_is_sanitized(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    root = corpus(tmp_path, {"a": {"title": "A\x9b31m\u202e red"}})
    terminal = Terminal()
    monkeypatch.setattr("sys.stdout", terminal)
    assert run(capsys, "digest", "--corpus", root, "--title", "T\x1b[2J").status == 0
    assert terminal.getvalue().startswith("# T\n")
    assert "A red" in terminal.getvalue()


def test_a_closed_pipe_exits_silently() -> None:
    arguments = ("digest", "--since", "2021-06-01", "--corpus", str(SAMPLE))
    assert run_unread(*arguments) == (BROKEN_PIPE, "", "")


# Editions.


@pytest.mark.parametrize("form", FORMS)
def test_the_edition_of_the_sample_matches_the_golden_files(
    capsys: pytest.CaptureFixture[str], form: str
) -> None:
    arguments = ("--edition", "2021-06-28", "--corpus", str(SAMPLE), "--format", form)
    golden(f"edition.{SUFFIXES[form]}", told(capsys, *arguments))


def test_an_edition_is_written_to_a_file_under_its_title(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "page.html"
    arguments = ("--edition", "2021-06", "--title", "The <Daily>", "--output", str(file))
    answer = run(capsys, "digest", *arguments, "--corpus", str(SAMPLE))
    assert answer == (0, "", f"8 stories written to {file}.\n")
    assert "<h1>The &lt;Daily&gt;</h1>" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("other", ["nlp", "--top=3", "--since=2d", "--sort=new", "--all"])
def test_an_edition_takes_no_query(capsys: pytest.CaptureFixture[str], other: str) -> None:
    answer = run(capsys, "digest", other, "--edition", "2021-06", "--corpus", str(SAMPLE))
    assert answer.status == 2
    assert "--edition is the whole front page of a date" in answer.err


def test_an_edition_needs_a_date_and_stories(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    answer = run(capsys, "digest", "--edition", "soon", "--corpus", str(SAMPLE))
    assert (answer.status, "“soon” is no date" in answer.err) == (2, True)
    answer = run(
        capsys, "digest", "--edition", "2021", "--corpus", corpus(tmp_path, {"a": {"published": False}})
    )
    assert (answer.status, "There are no editions" in answer.err) == (2, True)


def test_hostile_records_are_escaped_in_an_edition() -> None:
    item = hostile().sections[0].stories[0]
    record = item.entry.record
    story = EditionStory(1, record.title, record.excerpt, "<i>Out</i>", None, None, 2, "<b>type", "<u>T</u>")
    lost = story._replace(record_id=2)
    stories = [story, lost, *(story._replace(record_id=number) for number in range(3, 12))]
    page = arrange(Edition(EditionSpan.DAY, 0, 0, len(stories)), stories)
    assert page is not None
    entries = {number: item.entry for number in range(1, 12) if number != 2}
    tags = _Tags()
    head, body = "".join(as_newspaper(page, entries, "<b>News</b>")).split("<body>")
    assert "<title>&lt;b&gt;News&lt;/b&gt;: Thursday, 1 January 1970</title>" in head
    tags.feed("<body>" + body.partition("</html>")[0])
    tags.close()
    assert tags.open == []
    assert set(tags.links) == {'https://evil.example/"onclick="x(y)'}
    for text in ("<script>alert(1)</script>", "# no heading <img", "<b>News</b>", "<i>Out</i>", "<u>T</u>"):
        assert text in tags.text
    newsletter = edition_newsletter(page, entries, "News")
    assert sum(len(section.stories) for section in newsletter.sections) == 10
