"""The arithmetic, the reports and the instruments of the benchmarks; never how fast anything is."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from benchmarks import rows
from benchmarks.__main__ import SUITE, main
from benchmarks.newsboat import write_feed
from benchmarks.probe import NotSeenError, Session
from benchmarks.report import BEGIN, END, Run, as_json, heading, line, markdown, put_into
from benchmarks.results import Bar, Figure, Result, Row, percentile

from newsreader.keymap.active import key_of

RUN = Run(10_000, 1, "2 cores", "2026-01-01")
FAST = Row("fast", bar=Bar(Figure.P95, 10))
NEAR = Row("near", bar=Bar(Figure.RATIO, 1.5, records=100))


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [([5], 0.95, 5), ([1, 2, 3, 4], 0.5, 2), (list(range(1, 101)), 0.95, 95), ([3, 1, 2], 1.0, 3)],
)
def test_a_percentile_is_a_value_that_occurred(values: list[float], share: float, expected: float) -> None:
    assert percentile(values, share) == expected


def test_no_values_have_no_percentile() -> None:
    with pytest.raises(ValueError, match="no values"):
        percentile([], 0.5)


def test_a_ratio_is_that_of_the_medians_unless_runs_are_paired() -> None:
    values, floors = [10.0, 40.0, 20.0], [10.0, 10.0, 5.0]
    assert Result(NEAR, values, floors).ratio == 2.0
    assert Result(NEAR, values, floors, paired=True).ratio == 4.0
    assert Result(NEAR, values).ratio is None


@pytest.mark.parametrize(
    ("result", "records", "verdict"),
    [
        (Result(FAST, [1.0, 10.0]), 1, "ok"),
        (Result(FAST, [1.0, 10.1]), 1, "over"),
        (Result(NEAR, [15.0], [10.0]), 100, "ok"),
        (Result(NEAR, [16.0], [10.0]), 100, "over"),
        (Result(NEAR, [16.0], [10.0]), 99, ""),
        (Result(NEAR, [16.0]), 100, ""),
        (Result(Row("plain"), [16.0]), 100, ""),
    ],
)
def test_the_verdict_follows_the_bar(result: Result, records: int, verdict: str) -> None:
    assert result.verdict(records) == verdict


def test_the_feed_for_another_reader_has_the_articles_of_the_records(tmp_path: Path) -> None:
    file = tmp_path / "_news" / "a.md"
    file.parent.mkdir()
    file.write_text(
        "---\ntitle: 'A < B & C'\nexcerpt: Text\npublishedDateTime: 2024-03-05T07:08:09Z\n"
        "webUrl: https://a.example/?b=1&c=2\n---\n",
        encoding="utf-8",
    )
    feed = tmp_path / "feed.xml"
    write_feed(tmp_path, [file], feed)
    (item,) = ElementTree.parse(feed).iter("item")  # noqa: S314 - written above
    assert {part.tag: part.text for part in item} == {
        "title": "A < B & C",
        "link": "https://a.example/?b=1&c=2",
        "guid": "_news/a.md",
        "description": "Text",
        "pubDate": "Tue, 05 Mar 2024 07:08:09 GMT",
    }
    file.write_text("No record.", encoding="utf-8")
    with pytest.raises(ValueError, match="is no record"):
        write_feed(tmp_path, [file], feed)


def test_the_reports_tell_the_same_numbers(tmp_path: Path) -> None:
    results = [Result(FAST, [4.0] * 20), Result(NEAR, [150.0, 170.0], [100.0, 100.0], note="of two")]
    for text in (line(results[1], 10_000), markdown(results, RUN)):
        assert "near (of two)" in text
        assert "160 ms" in text
        assert "× 1.60" in text
        assert "over" in text
    assert len(line(results[0], 1).split("p95")[0]) == len(heading().split("bar")[0])
    told = json.loads(as_json(results, RUN))
    assert told["machine"] == "2 cores"
    assert told["results"][1]["values"] == [150.0, 170.0]
    page = tmp_path / "page.md"
    page.write_text(f"# Speed\n\n{BEGIN}\nold\n{END}\n\nThe end.\n", encoding="utf-8")
    put_into(page, markdown(results, RUN))
    text = page.read_text(encoding="utf-8")
    assert "old" not in text
    assert text.startswith("# Speed\n")
    assert text.endswith("\nThe end.\n")
    with pytest.raises(ValueError, match="has no"):
        put_into(Path(__file__).parents[2] / "LICENSE", "")


def test_a_page_that_cannot_take_the_table_is_told_before_anything_is_measured(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["--markdown", str(Path(__file__).parents[2] / "LICENSE")]) == 2
    assert "has no" in capsys.readouterr().err


def test_every_measure_has_rows_of_the_table_and_no_two_rows_have_one_name() -> None:
    names = [row.name for row in rows.ROWS]
    assert len(set(names)) == len(names)
    assert len(SUITE) == 15


ECHO = """
import sys, tty
tty.setraw(0)
print('ready')
while (key := sys.stdin.read(1)) != 'q':
    print(key)
"""


@pytest.mark.terminal
def test_the_probe_tells_when_a_key_has_shown(tmp_path: Path) -> None:
    with Session([sys.executable, "-u", "-c", ECHO], {"TERM": "xterm-256color"}) as session:
        assert session.wait(lambda screen: "ready" in screen.text()) > 0
        reaction = session.press(
            "x", lambda screen: "x" in screen.text(), lambda screen: "no" in screen.text(), patience=0.5
        )
        assert reaction.first is not None
        assert reaction.reached[0] is not None
        assert reaction.reached[1] is None
        with pytest.raises(NotSeenError, match="not seen within"):
            session.wait(lambda screen: "never" in screen.text(), 0.2)


def test_calls_into_the_package_are_counted_by_file() -> None:
    from benchmarks.trips import Trip, counted

    with counted() as calls:
        percentile([1.0], 0.5)  # not of the package
        key_of("undo")
    assert calls["keymap/active.py"] == 1
    assert Trip("star", {"a.py": 1_000, "b.py": 2}).row.split() == ["star", "2", "1,002"]


def test_a_corpus_of_another_size_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "_news" / "2021-06").mkdir(parents=True)
    (tmp_path / "_news" / "2021-06" / "a.md").write_text("---\ntitle: a\n---\n", encoding="utf-8")
    assert main(["--records", "10", "--corpus", str(tmp_path)]) == 2
    assert "holds 1 records, not 10" in capsys.readouterr().err
