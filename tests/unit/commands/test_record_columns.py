"""Commands about records: what is asked, what is answered, what is refused."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from newsreader.settings import paths
from tests.builders import a_corpus, a_front_matter
from tests.unit.commands.conftest import SAMPLE, Answer, Run

FORD = "a966671a4a03610e"
FILES = {
    "_news/2021-06-28-one.md": a_front_matter(
        "The *text* with [a link](https://who.int/more).\n",
        title="=HYPERLINK(1)",
        webUrl="https://who.int/one",
        originalUrl="https://who.int/one",
        ampWebUrl="https://who.int/one/amp",
        secured="QUJD;QUJD",
        id="its own",
        answer=42,
        updatedDateTime="2021-06-29 00:00:00 +0200",
    ),
    "_news/2021-06-27-two.md": a_front_matter(
        title="Two\ttabs and “quotes”, commas",
        webUrl="https://who.int/two",
        originalUrl=None,
        publishedDateTime="some day",
        quality="many",
        provider=None,
        topics="NLP",
    ),
    "_news/2021-06-26-three.md": a_front_matter(
        title="Three", webUrl="javascript:alert(1)", originalUrl=None, published=False, heat=None
    ),
}


@pytest.fixture
def own(tmp_path: Path, run: Run) -> Any:
    """Run a command on a small corpus of its own."""
    root = a_corpus(tmp_path, FILES)
    return lambda name, *arguments: run(name, "--corpus", root, *arguments)


def told(answer: Answer) -> Any:
    assert answer.err == ""
    return json.loads(answer.out)


# The list.


def test_words_options_and_exclusions_are_accepted_in_any_order(run: Run) -> None:
    expected = run("list", "topic:ai -has:amp", "--all", "--limit", "3").lines
    assert len(expected) == 3
    assert run("list", "--limit", "3", "topic:ai", "--all", "-has:amp").lines == expected
    assert run("list", "--limit=3", "--all", "--", "topic:ai", "-has:amp").lines == expected
    without = run("list", "--all", "--", "-has:amp")
    assert without.lines == run("list", "--all", "-has:amp").lines
    assert 0 < len(without.lines) < 109


def test_limit_and_offset_select_parts_of_the_same_list(run: Run) -> None:
    whole = run("list").lines
    assert len(whole) == 40
    assert run("list", "--limit", "0").lines == whole
    assert run("list", "--limit", "5", "--offset", "3").lines == whole[3:8]
    assert run("list", "--offset", "38").lines == whole[38:]
    assert run("list", "limit:4").lines == whole[:4]
    assert run("list", "limit:4", "--offset", "3").lines == whole[3:4]
    assert run("list", "limit:4", "--limit", "2").lines == whole[:2]
    assert run("list", "--offset", "40") == Answer(1, "", "")


def test_scope_topic_and_order_match_the_screen(run: Run) -> None:
    assert len(run("list", "--all").lines) == 109
    vision = run("list", "--topic", "computer vision").lines
    assert run("list", "--topic", "comp vis").lines == vision
    assert len(vision) == 6
    newest = [row.split("\t")[1] for row in run("list", "--sort", "new").lines if row.split("\t")[1]]
    assert newest == sorted(newest, reverse=True)


def test_settings_apply_without_options(run: Run) -> None:
    paths.config_file().parent.mkdir(parents=True)
    paths.config_file().write_text(f'order = "old"\n[corpora]\nmine = "{SAMPLE}"\n', encoding="utf-8")
    assert run("list").lines == run("list", "--sort", "old").lines
    assert run("list", "--corpus", "mine", "--limit", "1").lines == run("list", "--limit", "1").lines
    paths.config_file().write_text("colour = 1\n", encoding="utf-8")
    answer = run("list", "--limit", "1")
    assert answer.status == 0
    assert "colour is not a setting" in answer.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("quality>=many",), "in the query after “quality>=”: “many”"),
        (("ai", "is:nothing"), "in the query after “ai is:”"),
        (("--topic", "nowhere"), "`newsreader topics` lists them all"),
        (("--topic", "ai in"), "“ai in” matches 8 topics: AI in Autos"),
        (("--sort", "size"), "invalid choice"),
        (("--limit", "-3"), "a number from 0 on is needed"),
        (("--limit", "many"), "a number from 0 on is needed"),
        (("--columns", "title,size"), "no column “size”"),
        (("--form", "tsv"), "unrecognized arguments"),
        (("--corpus", "/no/such/folder"), "there is no such folder"),
        (("--refresh", "--no-refresh"), "not allowed with"),
    ],
)
def test_invalid_arguments_are_reported_with_status_2(
    run: Run, arguments: tuple[str, ...], words: str
) -> None:
    answer = run("list", *arguments)
    assert answer.status == 2
    assert words in answer.err
    assert answer.out == ""


def test_no_refresh_fails_without_an_index(own: Any) -> None:
    answer = own("list", "--no-refresh")
    assert answer.status == 2
    assert "`newsreader index` makes it" in answer.err
    assert own("list").status == 0
    assert own("list", "--no-refresh").status == 0


def test_changed_files_are_read_unless_no_refresh_is_given(own: Any, tmp_path: Path) -> None:
    assert len(own("list", "--all").lines) == 3
    (tmp_path / "corpus" / "_news" / "four.md").write_text("---\ntitle: Four\n---\n", encoding="utf-8")
    assert len(own("list", "--all", "--no-refresh").lines) == 3
    assert len(own("list", "--all").lines) == 4
    assert len(own("list", "--all", "--refresh").lines) == 4


# Its formats.


def test_json_has_the_keys_of_the_record_and_added_ones(own: Any) -> None:
    one = told(own("list", "path:one", "--json"))[0]
    assert one["own"] == {"id": "its own"}
    assert one["id"] != "its own"
    assert (one["answer"], one["quality"], one["published"], one["path"]) == (
        42,
        104,
        True,
        "_news/2021-06-28-one.md",
    )
    assert (one["publishedDateTime"], one["updatedDateTime"]) == (
        "2021-06-28T07:12:00Z",
        "2021-06-28T22:00:00Z",
    )
    assert (one["provider"], one["related"], one["story"]) == (
        {"name": "World Health Organization", "domain": "who.int"},
        [],
        None,
    )
    assert one.keys().isdisjoint({"secured", "body"})
    two = told(own("list", "path:two", "--json"))[0]
    assert (two["publishedDateTime"], two["quality"], two["provider"], two["score"]) == (
        None,
        None,
        None,
        None,
    )
    assert (two["topics"], two["originalUrl"]) == (["NLP"], None)


def test_an_empty_result_is_valid_json(run: Run) -> None:
    assert run("list", "nothing-like-this", "--json") == Answer(1, "[]\n", "")
    assert run("list", "nothing-like-this", "--format", "jsonl") == Answer(1, "", "")


def test_control_characters_do_not_split_lines_of_tsv_and_csv(own: Any) -> None:
    rows = [line.split("\t") for line in own("list", "--all", "--header").lines]
    assert {len(row) for row in rows} == {9}
    assert rows[0][0] == "id"
    parsed = list(csv.DictReader(io.StringIO(own("list", "--all", "--format", "csv").out)))
    assert len(parsed) == 3
    assert {row["title"] for row in parsed} == {"'=HYPERLINK(1)", "Two tabs and “quotes”, commas", "Three"}
    assert "=HYPERLINK(1)" in {row[6] for row in rows}  # only spreadsheets are told otherwise
    assert len(own("list", "--all", "--format", "csv", "--no-header").lines) == 3


def test_columns_are_chosen_by_name(own: Any) -> None:
    answer = own("list", "path:two", "--columns", "title, topics,webUrl", "--header")
    assert answer.lines == [
        "title\ttopics\twebUrl",
        "Two tabs and “quotes”, commas\tNLP\thttps://who.int/two",
    ]
    assert own("list", "path:two", "--columns", "title", "--format", "table").lines[0] == "TITLE"


def test_only_urls_that_can_be_opened_are_listed(own: Any) -> None:
    assert sorted(own("list", "--all", "--format", "urls").lines) == [
        "https://who.int/one",
        "https://who.int/two",
    ]
    assert (
        own("list", "path:three", "--all", "--format", "md").out
        == "- Three. World Health Organization, 28 Jun 2021.\n"
    )


# Stories.


def test_stories_have_their_reports(run: Run) -> None:
    first = told(run("stories", "--limit", "1", "--json"))[0]
    assert first["story"]["members"][0]["id"] == first["id"] == first["story"]["lead"]
    assert len(first["story"]["members"]) == first["story"]["reports"] == 5
    rows = [line.split("\t") for line in run("stories", "--limit", "1").lines]
    assert [row[2] for row in rows] == [member["id"] for member in first["story"]["members"]]
    assert {row[0] for row in rows} == {first["id"]}
    assert run("stories", "nothing-like-this").status == 1


def test_a_report_belongs_to_one_story_in_every_scope(run: Run) -> None:
    everything = told(run("stories", "--all", "--json"))
    members = [
        member["id"] for story in everything for member in (story["story"] or {"members": [story]})["members"]
    ]
    assert len(members) == len(set(members)) == 109


# One story.


@pytest.mark.parametrize(
    "text",
    [
        FORD,
        FORD[:8],
        "https://www.digitaltrends.com/cars/ford-and-vw-close-down-argo-ai-autonomous-car-unit/?utm_source=x",
        "_news/2022-10-27-ford-and-vw-close-down-argo-ai-autonomous-car-unit.md",
        "ford-and-vw-close-down-argo-ai-autonomous-car-unit",
        str(SAMPLE / "_news" / "2022-10-27-ford-and-vw-close-down-argo-ai-autonomous-car-unit.md"),
    ],
)
def test_a_record_is_found_by_id_url_or_path(run: Run, text: str) -> None:
    assert told(run("show", text, "--json"))["id"] == FORD


def test_an_ambiguous_text_is_reported_with_its_matches(run: Run) -> None:
    answer = run("show", ".md")
    assert answer.status == 1
    assert "matches 109 records" in answer.err
    assert len(answer.err.splitlines()) == 6


def test_an_unknown_record_is_reported_with_similar_ones(run: Run) -> None:
    answer = run("show", "ford-and-vw-close-up.md", FORD)
    assert answer.status == 1
    assert "no record is called “ford-and-vw-close-up.md”" in answer.err
    assert "id          " + FORD in answer.out
    assert run("show", "\x1b[31mxyzzy").err == "newsreader: no record is called “xyzzy”.\n"


def test_show_prints_every_key_and_the_sealed_block_on_request(own: Any) -> None:
    one = told(own("show", "one.md", "--json"))
    assert one["body"] == "The *text* with [a link](https://who.int/more)."
    assert "secured" not in one
    assert told(own("show", "one.md", "--json", "--sealed"))["secured"] == "QUJD;QUJD"
    assert told(own("show", "two.md", "--json"))["body"] is None


def test_several_stories_are_separated(own: Any) -> None:
    text = own("show", "one.md", "two.md")
    assert text.out.count("─" * 40) == 1
    assert "https://who.int/more" in text.out
    assert "A sealed block of 3 bytes" in text.out
    assert own("show", "one.md", "two.md", "--format", "md").out.count("\n---\n") == 1
    lines = own("show", "one.md", "two.md", "--format", "jsonl").lines
    assert [json.loads(line)["path"][-6:] for line in lines] == ["one.md", "two.md"]


def test_related_coverage_is_followed_to_the_given_depth(run: Run) -> None:
    near = told(run("related", FORD, "--json"))
    far = told(run("related", FORD, "--depth", "3", "--json"))
    assert {entry["depth"] for entry in near} == {1}
    assert {entry["depth"] for entry in far} == {1, 2}
    assert near == [entry for entry in far if entry["depth"] == 1]
    graph = run("related", FORD, "--depth", "2", "--format", "dot").out
    assert graph.startswith("digraph related {")
    assert graph.count(" -> ") == len(far)
    for depth in ("0", "21", "many"):
        assert run("related", FORD, "--depth", depth).status == 2
    assert run("related", "nowhere").status == 1


def test_a_story_without_related_coverage_has_status_1(own: Any) -> None:
    assert own("related", "one.md", "--format", "tree") == Answer(
        1, own("related", "one.md", "--format", "tree").out, ""
    )
    assert own("related", "one.md").out == ""


def test_a_hostile_title_is_escaped_in_a_graph(tmp_path: Path, run: Run) -> None:
    hostile = 'a"]; evil [label="b\\'
    files = {
        "a.md": a_front_matter(title=hostile, related=[{"title": hostile, "webUrl": "https://b.example/b"}]),
    }
    graph = run("related", "--corpus", a_corpus(tmp_path, files), "a.md", "--format", "dot").out
    assert 'label="a\\"]; evil [label=\\"b\\\\' in graph


def test_explain_ranks_within_the_selected_list(run: Run) -> None:
    front = told(run("explain", FORD, "--json"))
    assert front["score"] == pytest.approx(front["strengthCredit"] + front["ageCredit"])
    assert {place["of"] for place in front["places"]} == {40}
    everything = told(run("explain", FORD, "--all", "--sort", "hot", "argo", "--json"))
    assert everything["places"][0]["order"] == "hot"
    assert everything["places"][0]["of"] < 40
    assert run("explain", "nowhere").status == 1


def test_an_undated_record_has_no_score(own: Any) -> None:
    undated = told(own("explain", "two.md", "--json"))
    assert (undated["score"], undated["ageCredit"]) == (None, None)
    assert "Undated records come last" in own("explain", "two.md").out


# Opening.


def test_urls_are_printed(own: Any) -> None:
    assert own("open", "one.md", "two.md", "--print") == Answer(
        0, "https://who.int/one\nhttps://who.int/two\n", ""
    )
    assert own("open", "one.md", "--amp", "--print").out == "https://who.int/one/amp\n"
    assert own("open", "one.md", "--amp", "--cached").status == 2


def test_missing_pages_are_reported(own: Any) -> None:
    for option, words in (("--amp", "no AMP page"), ("--cached", "no cached AMP page")):
        answer = own("open", "two.md", option, "--print")
        assert (answer.status, answer.out) == (1, "")
        assert words in answer.err


def test_a_record_without_a_link_opens_its_file(own: Any) -> None:
    answer = own("open", "three.md", "--print")
    assert answer.status == 0
    assert answer.out.startswith("file:///")
    assert answer.out.endswith("three.md\n")


def test_pages_are_opened_in_the_browser_of_the_settings(
    own: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "browser"
    script.write_text(f'#!/bin/sh\necho "$1" >> {tmp_path}/opened\n', encoding="utf-8")
    script.chmod(0o755)
    paths.config_file().parent.mkdir(parents=True)
    paths.config_file().write_text(f'browser = ["{script}"]\n', encoding="utf-8")
    answer = own("open", "one.md", "two.md")
    assert answer.status == 0
    assert (tmp_path / "opened").read_text(encoding="utf-8") == "https://who.int/one\nhttps://who.int/two\n"
    assert answer.err.splitlines()[0] == "Opened the original page at who.int with browser."


def test_a_missing_browser_is_reported_with_alternatives(own: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME", "WSL_INTEROP"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", "/nowhere")
    answer = own("open", "one.md")
    assert answer.status == 2
    assert "--print" in answer.err or sys.platform != "linux"
    assert "(y)" not in answer.err
